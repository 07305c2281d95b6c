def pca(first: list, second: list, third: list) -> list:
    """Return the first principal component of three measures: where each row stands on it.

    Args:
        first: one number for each row.
        second: another one for each row.
        third: another one for each row.

    """
    import numpy as np
    from sklearn.decomposition import PCA
    from sklearn.preprocessing import StandardScaler

    scaled = StandardScaler().fit_transform(np.column_stack([first, second, third]))
    return PCA(n_components=1).fit_transform(scaled)[:, 0].tolist()
