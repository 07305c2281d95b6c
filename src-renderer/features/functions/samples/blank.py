def my_function(values: list) -> list:
    """Say here what it does.

    Args:
        values: one number for each row.

    """
    return [value * 2 for value in values]
