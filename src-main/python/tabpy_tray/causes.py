"""Finds the cause of an error in the data that was sent, in the words of an analyst.

Used only when a request failed, and only where Python's text does not tell the cause: a null in an
argument, a column used as one value, text in place of a number, a name that the script forgot. A
cause is told only when the line that failed uses the argument. The sentences are data
(causes.json).
"""

from __future__ import annotations

import functools
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tabpy_tray import code_lines
from tabpy_tray.registry import REGISTRY

if TYPE_CHECKING:
    import types
    from collections.abc import Callable, Mapping

    from tabpy_tray.code_lines import Place

_MOST_TEXT: Final = 2_000
_MOST_SHOWN: Final = 40
_NAME: Final = re.compile(r"name '([A-Za-z_]\w{0,99})' is not defined", re.ASCII)
_ARGUMENT: Final = re.compile(r"_arg([1-9]\d{0,3})", re.ASCII)
# numpy keeps numbers with a null among them as objects, and has no functions for those.
_NONE: Final = re.compile(r"NoneType|^loop of ufunc does not support")
_NAN: Final = re.compile(r"\bNaN\b")
_NOT_A_NUMBER: Final = re.compile(
    r"could not convert string to float|invalid literal for int\(\)|"
    r"unsupported operand type\(s\)[^\n]*'str'|not supported between instances of[^\n]*'str'|"
    r"must be real number, not str|bad operand type for [^\n]*'str'|"
    r"can't multiply sequence by non-int|concatenate str \(not|did not contain a loop|"
    r"'str' object cannot be interpreted"
)
_ONE_VALUE: Final = re.compile(
    r"^The truth value of an? |only length-1 arrays|only 0-dimensional arrays|"
    r"can only convert an array of size 1"
)
_LIST: Final = re.compile(r"\blist\b|can't multiply sequence by non-int")
_NOT_A_COLUMN: Final = re.compile(r"is not iterable|has no len\(\)|is not subscriptable")
_NO_ATTRIBUTE: Final = re.compile(r"^'(list|NoneType|str|int|float|bool)' object has no attribute")
_USUAL_IMPORTS: Final = {
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "sp": "import scipy as sp",
    "sm": "import statsmodels.api as sm",
    "dt": "import datetime as dt",
    "numpy": "import numpy",
    "scipy": "import scipy",
    "sklearn": "import sklearn",
    "stats": "from scipy import stats",
    "datetime": "from datetime import datetime",
    "timedelta": "from datetime import timedelta",
    "Counter": "from collections import Counter",
    "defaultdict": "from collections import defaultdict",
    "KMeans": "from sklearn.cluster import KMeans",
    "DBSCAN": "from sklearn.cluster import DBSCAN",
    "LinearRegression": "from sklearn.linear_model import LinearRegression",
    "StandardScaler": "from sklearn.preprocessing import StandardScaler",
}
_OTHER_LANGUAGES: Final = {
    "true": "True",
    "false": "False",
    "null": "None",
    "NULL": "None",
    "TRUE": "True",
    "FALSE": "False",
    "nan": "float('nan')",
}


def of(
    error: BaseException,
    arguments: Mapping[str, Any],
    owns: Callable[[types.CodeType], bool],
) -> str | None:
    """Return the cause in a sentence or two, or None. Never raises.

    ``arguments`` are the values that were sent, under the names that the script or function has for
    them; ``owns`` knows its code.
    """
    try:
        return _of(error, arguments, owns)
    except Exception:  # noqa: BLE001 - a script may have broken whatever this uses
        return None


def _of(
    error: BaseException,
    arguments: Mapping[str, Any],
    owns: Callable[[types.CodeType], bool],
) -> str | None:
    text = str(error)[:_MOST_TEXT]
    if isinstance(error, NameError):
        return _of_name(text, arguments)
    places = code_lines.places(error, owns)
    if not places or code_lines.raises(places[-1]):
        return None
    for rule in _RULES:
        found = rule(error, text, arguments, places)
        if found is not None:
            return found
    return None


def _of_name(text: str, arguments: Mapping[str, Any]) -> str | None:
    match = _NAME.search(text)
    if match is None:
        return None
    name = match[1]
    if _ARGUMENT.fullmatch(name):
        count = sum(_ARGUMENT.fullmatch(one) is not None for one in arguments)
        if count == 0:  # Tableau always sends one
            return None
        was = "was" if count == 1 else "were"
        return _say("no argument", name=name, sent=f"{_counted(count, 'argument')} {was} sent")
    if name in REGISTRY.entries:
        first = next(iter(arguments), "_arg1")
        return _say("deployed function", name=name, argument=first)
    if name in _USUAL_IMPORTS:
        return _say("not imported", name=name, line=_USUAL_IMPORTS[name])
    if name in _OTHER_LANGUAGES:
        return _say("other language", name=name, python=_OTHER_LANGUAGES[name])
    if name in sys.stdlib_module_names:
        return _say("not imported", name=name, line=f"import {name}")
    return None


def _null(
    error: BaseException, text: str, arguments: Mapping[str, Any], places: list[Place]
) -> str | None:
    is_none = isinstance(error, TypeError | AttributeError) and _NONE.search(text) is not None
    if not is_none and not (isinstance(error, ValueError) and _NAN.search(text)):
        return None
    nulls = {name: value for name, value in arguments.items() if _has_null(value)}
    name = _first_of(nulls, code_lines.used(places, nulls))
    if name is None:
        if is_none or code_lines.used(places, arguments).isdisjoint(arguments):
            return None
        return _say("own NaN")
    value = arguments[name]
    if value is None:
        return _say("null value", name=name)
    count = value.count(None)
    if count == len(value):
        return _say("all null", name=name)
    row = value.index(None) + 1
    more = f" ({count:,} of {len(value):,} rows are null)" if count > 1 else ""
    return _say("null" if is_none else "null as NaN", name=name, row=f"{row:,}", more=more)


def _column(
    error: BaseException, text: str, arguments: Mapping[str, Any], places: list[Place]
) -> str | None:
    columns = {name: value for name, value in arguments.items() if type(value) is list}
    if isinstance(error, TypeError | AttributeError) and _LIST.search(text):
        name = _first_of(columns, code_lines.holding(places[-1], columns))
    elif isinstance(error, TypeError | ValueError) and _ONE_VALUE.search(text):
        name = _first_of(columns, code_lines.used(places, columns))
    else:
        return None
    return None if name is None else _say("column", name=name, rows=_counted(len(columns[name])))


def _text(
    error: BaseException, text: str, arguments: Mapping[str, Any], places: list[Place]
) -> str | None:
    is_no_number = isinstance(error, TypeError | ValueError) and _NOT_A_NUMBER.search(text)
    if not is_no_number or _NO_ATTRIBUTE.search(text):
        return None
    texts = {name: value for name, value in arguments.items() if _some_text(value) is not None}
    name = _first_of(texts, code_lines.used(places, texts))
    if name is None:
        return None
    value = texts[name]
    row = None
    if isinstance(error, ValueError) and type(value) is list:
        row = next((at for at, one in enumerate(value, 1) if _is_told(one, text)), None)
    if row is not None:
        return _say("not a number", name=name, row=f"{row:,}", value=_shown(value[row - 1]))
    return _say("text", name=name, value=_shown(_some_text(value)))


def _single(
    error: BaseException, text: str, arguments: Mapping[str, Any], places: list[Place]
) -> str | None:
    if not isinstance(error, TypeError) or not _NOT_A_COLUMN.search(text):
        return None
    values = {
        name: value
        for name, value in arguments.items()
        if type(value) in {int, float, bool} and f"'{type(value).__name__}'" in text
    }
    name = _first_of(values, code_lines.holding(places[-1], values))
    return None if name is None else _say("one value", name=name, value=_shown(values[name]))


def _zero(
    error: BaseException, _text: str, arguments: Mapping[str, Any], places: list[Place]
) -> str | None:
    if not isinstance(error, ZeroDivisionError):
        return None
    zeros = {name: value for name, value in arguments.items() if _has_zero(value)}
    name = _first_of(zeros, code_lines.used(places, zeros))
    if name is None:
        return None
    value = zeros[name]
    place = f" in row {value.index(0) + 1:,}" if type(value) is list else ""
    return _say("zero", name=name, place=place)


_RULES: Final = (_null, _column, _text, _single, _zero)


def _first_of(arguments: Mapping[str, Any], names: set[str]) -> str | None:
    return next((name for name in arguments if name in names), None)


def _has_null(value: Any) -> bool:
    return value is None or (type(value) is list and None in value)


def _has_zero(value: Any) -> bool:
    if type(value) is list:
        return 0 in value
    return type(value) in {int, float} and value == 0


def _some_text(value: Any) -> str | None:
    if type(value) is str:
        return value
    if type(value) is not list:
        return None
    return next((one for one in value if type(one) is str), None)


def _is_told(one: Any, text: str) -> bool:
    return type(one) is str and f"{one!r}" in text


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


def _counted(count: int, what: str = "value") -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _say(kind: str, **parts: str) -> str:
    return _sentences()[kind].format(**parts)


@functools.cache
def _sentences() -> dict[str, str]:
    text = Path(__file__).with_name("causes.json").read_text(encoding="utf-8")
    sentences: dict[str, str] = json.loads(text)
    return sentences
