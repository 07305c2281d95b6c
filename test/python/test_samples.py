"""The samples to begin a function with: each alone, as it is deployed."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "src-renderer" / "features" / "functions" / "samples"


def sample(name: str):
    """The function that a sample's file defines, and nothing else of it."""
    namespace: dict = {}
    exec(compile((FOLDER / f"{name}.py").read_text("utf-8"), name, "exec"), namespace)
    [function] = [value for key, value in namespace.items() if key != "__builtins__"]
    return function


def test_each_defines_one_function_with_words():
    for file in FOLDER.glob("*.py"):
        function = sample(file.stem)
        assert function.__doc__.strip().endswith("row.") or "Args:" in function.__doc__


def test_add_keeps_nulls():
    assert sample("add")([1, None, 3], [10, 20, None]) == [11, None, None]


def test_clustering_tells_two_groups_apart():
    pytest.importorskip("sklearn")
    x = [6.35, 6.40, 6.65, 8.60, 8.90, 9.00, 9.10]
    y = [1.95, 1.95, 2.05, 3.05, 3.05, 3.10, 3.15]
    assert sample("clustering")(x, y) == [0, 0, 0, 1, 1, 1, 1]


def test_forecast_goes_on_with_trend_and_season():
    pytest.importorskip("scipy")
    wave = [100 + 5 * period + 20 * (period % 4 == 3) for period in range(16)]
    known, hidden = wave[:12], wave[12:]
    answer = sample("forecast")([*known, None, None, None, None], season=4)
    assert answer[:12] == known
    assert answer[12:] == pytest.approx(hidden, rel=0.05)


def test_forecast_says_how_many_values_it_needs():
    pytest.importorskip("scipy")
    with pytest.raises(ValueError, match="at least 24 values, not 3"):
        sample("forecast")([1, 2, 3, None], season=12)


def test_anova_needs_groups():
    pytest.importorskip("scipy")
    with pytest.raises(ValueError, match="two values or more"):
        sample("anova")([1, 2], ["a", "a"])
    assert sample("anova")([1, 2, 9, 10, None], ["a", "a", "b", "b", "b"]) < 0.05
