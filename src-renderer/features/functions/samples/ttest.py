def ttest(sample: list, other: list) -> float:
    """Return the p-value of Welch's t-test: how likely such a difference of means is chance.

    Args:
        sample: the numbers of one sample.
        other: those of the other; it may be longer or shorter.

    """
    from scipy import stats

    return float(stats.ttest_ind(sample, other, equal_var=False, nan_policy="omit").pvalue)
