"""ttest, as TabPy's model of this name: whether two samples have the same mean."""


def ttest(_arg1: list, _arg2: list) -> float:
    """Return the p-value of a t-test: how likely such a difference of means is chance.

    Args:
        _arg1: a sample, or two samples in one column.
        _arg2: the mean to compare with (one value), two different values that say which of the
            samples each row of _arg1 belongs to, or a second sample.

    """
    from scipy import stats

    if len(_arg2) == 1:
        return float(stats.ttest_1samp(_arg1, _arg2[0]).pvalue)
    first, second = _arg1, _arg2
    if len(set(_arg2)) == 2:
        if len(_arg1) != len(_arg2):
            raise ValueError(
                f"_arg1 has {len(_arg1)} rows and _arg2 {len(_arg2)}: each value needs its group."
            )
        first = [value for value, group in zip(_arg1, _arg2) if group == _arg2[0]]
        second = [value for value, group in zip(_arg1, _arg2) if group != _arg2[0]]
    return float(stats.ttest_ind(first, second, equal_var=False).pvalue)
