def add(x: list, y: list) -> list:
    """Add two columns, row by row; null where one of them is null.

    Args:
        x: one number for each row.
        y: another one for each row.

    """
    return [None if a is None or b is None else a + b for a, b in zip(x, y)]
