"""Deploys TabPy's four models from inside a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tabpy.models.scripts.anova import anova
from tabpy.models.scripts.pca import PCA
from tabpy.models.scripts.sentiment_analysis import SentimentAnalysis
from tabpy.models.scripts.ttest import ttest
from tabpy.models.utils import setup_utils

if TYPE_CHECKING:
    from collections.abc import Callable


class Model(NamedTuple):
    """A function, with TabPy's name and description."""

    name: str
    function: Callable[..., object]
    description: str


MODELS: Final = (
    Model("PCA", PCA, "Returns the specified principal component"),
    Model(
        "Sentiment Analysis",
        SentimentAnalysis,
        "Returns a sentiment score between -1 and 1 for a given string",
    ),
    Model("ttest", ttest, "Returns the p-value form a t-test"),
    Model("anova", anova, "Returns the p-value form an ANOVA test"),
)


def main() -> list[str]:
    """Deploy the models over older versions, as TabPy's command of this name does.

    Returns their names. They are deployed with their source, so that people can read and change
    them, and by value, so that they stay as they are when this program changes.
    """
    for name, function, description in MODELS:
        setup_utils.deploy_model(name, function, description)
    return [model.name for model in MODELS]
