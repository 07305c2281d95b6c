def clustering(x: list, y: list) -> list:
    """Return the number of the cluster of each point; -1 for points that belong to none (DBSCAN).

    Args:
        x: one number for each point.
        y: another one for each point.

    """
    import numpy as np
    from sklearn.cluster import DBSCAN
    from sklearn.preprocessing import StandardScaler

    points = StandardScaler().fit_transform(np.column_stack([x, y]))
    return DBSCAN(eps=1, min_samples=3).fit(points).labels_.tolist()
