"""anova, as TabPy's model of this name: whether groups have the same mean."""


def anova(_arg1: list, _arg2: list, *_argN: list) -> float:
    """Return the p-value of a one-way ANOVA: how likely such differences between means are chance.

    Args:
        _arg1: the numbers of one group.
        _arg2: those of another; more groups may follow.

    """
    from scipy import stats

    groups = [_arg1, _arg2, *_argN]
    if not all(isinstance(group[0], int | float) for group in groups):
        print("ANOVA compares numbers: send a measure for each group.")
        raise ValueError
    return float(stats.f_oneway(*groups).pvalue)
