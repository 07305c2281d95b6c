def forecast(values: list, season: int = 4) -> list:
    """Fill the rows without a value with a forecast (additive Holt-Winters); others stay.

    In Tableau, let Show Missing Values or a date scaffold add the rows to be forecast.

    Args:
        values: one number for each period, in their order; null for those to be forecast.
        season: after how many periods the pattern repeats, such as 12 for months.

    """
    # Where statsmodels was added (Packages), its ExponentialSmoothing does this, too.
    import numpy as np
    from scipy.optimize import minimize

    known = np.array([value for value in values if value is not None], dtype=float)
    if len(known) < 2 * season:
        raise ValueError(
            f"A season of {season} needs at least {2 * season} values, not {len(known)}."
        )

    def walk(weights: list, ahead: int = 0) -> tuple:
        """Return the sum of squared errors, and the values ahead."""
        alpha, beta, gamma = weights
        level = known[:season].mean()
        trend = (known[season : 2 * season].mean() - level) / season
        pattern = list(known[:season] - level)
        squares = 0.0
        for at, value in enumerate(known):
            seasonal = pattern[at % season]
            squares += (value - level - trend - seasonal) ** 2
            before = level
            level = alpha * (value - seasonal) + (1 - alpha) * (level + trend)
            trend = beta * (level - before) + (1 - beta) * trend
            pattern[at % season] = gamma * (value - level) + (1 - gamma) * seasonal
        ends = len(known)
        return squares, [
            level + (step + 1) * trend + pattern[(ends + step) % season] for step in range(ahead)
        ]

    fitted = minimize(lambda weights: walk(weights)[0], [0.3, 0.1, 0.1], bounds=[(0.01, 0.99)] * 3)
    coming = iter(walk(fitted.x, ahead=len(values) - len(known))[1])
    return [float(next(coming)) if value is None else value for value in values]
