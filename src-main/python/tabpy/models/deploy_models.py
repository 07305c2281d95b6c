"""Deploys TabPy's four models; must not know how the server keeps them."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Final, NamedTuple

from tabpy.models.scripts.anova import anova
from tabpy.models.scripts.pca import PCA
from tabpy.models.scripts.sentiment_analysis import SentimentAnalysis
from tabpy.models.scripts.ttest import ttest
from tabpy.models.utils import setup_utils

if TYPE_CHECKING:
    from collections.abc import Callable


class Model(NamedTuple):
    """A function, and what TabPy calls it and says of it."""

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


def script() -> str:
    """Return a script that defines the models and deploys them, over older versions.

    What a script defines is deployed with its source, so that people can read and change it, and
    by value, so that it stays as it is when this program changes.
    """
    lines = [
        "from tabpy.tabpy_tools.client import Client",
        "client = Client('http://localhost:9004/')",
    ]
    for name, function, description in MODELS:
        lines += [
            inspect.getsource(function),
            f"client.deploy({name!r}, {function.__name__}, {description!r}, override=True)",
        ]
    lines.append(f"return {[model.name for model in MODELS]!r}")
    return "\n".join(lines)


def main() -> None:
    """Deploy the models from inside a script, as TabPy's command of this name does."""
    for name, function, description in MODELS:
        setup_utils.deploy_model(name, function, description)
