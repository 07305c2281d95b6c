"""PCA, as TabPy's model of this name: one principal component of numbers and categories."""


def PCA(component: int, _arg1: list, _arg2: list, *_argN: list) -> list:
    """Return one principal component: a number for each row.

    Numbers are scaled to the same spread first; a text column becomes one column for each of its
    values (25 at most).

    Args:
        component: which component, 1 for the one that explains most.
        _arg1: a column, one value for each row.
        _arg2: another one; more may follow.

    """
    import numpy as np
    from sklearn import decomposition
    from sklearn.preprocessing import StandardScaler

    columns = []
    for number, values in enumerate([_arg1, _arg2, *_argN], start=1):
        if len(values) != len(_arg1):
            raise ValueError(f"Argument {number} has {len(values)} rows, the first {len(_arg1)}.")
        if any(value is None for value in values):
            raise ValueError(f"Argument {number} holds nulls: filter them out, or replace them.")
        if isinstance(values[0], int | float):
            columns.append(np.array(values, dtype=float))
            continue
        categories = sorted(set(values))
        if len(categories) > 25:
            raise ValueError(
                f"Argument {number} is text with {len(categories)} different values; at most 25 "
                "can be told apart."
            )
        columns.extend(
            np.array([value == category for value in values], dtype=float)
            for category in categories
        )
    if not 1 <= component <= len(columns):
        raise ValueError(f"component is {component}; it must be from 1 to {len(columns)}.")
    scaled = StandardScaler().fit_transform(np.column_stack(columns))
    components = decomposition.PCA().fit_transform(scaled)
    if component > components.shape[1]:
        raise ValueError(
            f"component is {component}; {len(_arg1)} rows have {components.shape[1]} components."
        )
    return components[:, component - 1].tolist()
