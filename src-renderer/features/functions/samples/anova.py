def anova(values: list, groups: list) -> float:
    """Return the p-value of a one-way ANOVA: how likely such differences between groups are chance.

    Args:
        values: one number for each row.
        groups: the name of the group of each row.

    """
    from scipy import stats

    members = {}
    for value, group in zip(values, groups):
        if value is not None:
            members.setdefault(group, []).append(value)
    if len(members) < 2:
        raise ValueError("ANOVA compares groups: send a dimension with two values or more.")
    return float(stats.f_oneway(*members.values()).pvalue)
