"""Finds the cause of an error in the data that was sent, in the words of an analyst.

Used only when a request failed, and only where Python's text does not tell the cause: a null in an
argument, a column used as one value, text in place of a number, a name that the script forgot. A
cause is told only when the expression that failed uses the argument. The sentences are data
(causes.json).
"""

from __future__ import annotations

import difflib
import functools
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tabpy_tray import code_lines, values
from tabpy_tray.registry import REGISTRY

if TYPE_CHECKING:
    import types
    from collections.abc import Callable, Mapping

    from tabpy_tray.code_lines import Place

_MOST_TEXT: Final = 2_000
_NAME: Final = re.compile(r"name '([A-Za-z_]\w{0,99})' is not defined", re.ASCII)
_ARGUMENT: Final = re.compile(r"_arg([1-9]\d{0,3})", re.ASCII)
# numpy keeps numbers with a null among them as objects, and has no functions for those.
_NONE: Final = re.compile(r"NoneType|\bnot None$|^loop of ufunc does not support")
_NAN: Final = re.compile(r"\bNaN\b|non-finite values")
_NOT_A_NUMBER: Final = re.compile(
    r"could not convert string to float|invalid literal for int\(\)|"
    r"unsupported operand type\(s\)[^\n]*'str'|not supported between instances of[^\n]*'str'|"
    r"must be real number, not str|bad operand type for [^\n]*'str'|"
    r"can't multiply sequence by non-int|concatenate str \(not|did not contain a loop|"
    r"'str' object cannot be interpreted|type str doesn't define __round__|"
    r"dtypes are not compatible|not compatible with arrays of bytes/strings"
)
_CONVERSION: Final = re.compile(r"could not convert string to float|invalid literal for int\(\)")
_NUMBER_IN_TEXT: Final = re.compile(r'can only concatenate str \(not "(int|float|bool)"\)')
_NO_METHOD: Final = re.compile(r"^'(int|float|str)' object has no attribute '(\w+)'")
_OF_DATES: Final = re.compile(r"year|month|day|hour|minute|(iso)?weekday|date|strftime|dt|days")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d.*)?", re.ASCII)
_FEW_DIMENSIONS: Final = re.compile(r"^Expected 2D array, got (1D|scalar) array")
_ONE_VALUE: Final = re.compile(
    r"^The truth value of an? |only length-1 arrays|only 0-dimensional arrays|"
    r"can only convert an array of size 1|parameter of \w+ must be [^\n]* Got \["
)
_LIST: Final = re.compile(r"\blist\b|can't multiply sequence by non-int")
_OTHER_PARAMETERS: Final = re.compile(
    r"unexpected keyword argument|missing \d+ required|takes (from )?\d+ [^\n]*positional"
)
_SLICE: Final = "slice indices must be integers"
_NOT_A_COLUMN: Final = re.compile(
    r"is not iterable|has no len\(\)|is not subscriptable|^If using all scalar values"
)
_WRONG_ARGUMENT: Final = re.compile(r"_?arg(ument)?s?_?\d*", re.ASCII | re.IGNORECASE)
# Functions of Tableau's formulas, which people write into the script.
_OF_TABLEAU: Final = re.compile(
    r"SUM|AVG|ATTR|MIN|MAX|COUNTD?|MEDIAN|ZN|IFNULL|ISNULL|II?F|CASE|FIXED|LOOKUP|FIRST|LAST|INDEX|"
    r"SIZE|TOTAL|DATE(PART|DIFF|TRUNC|ADD|NAME)|STR|INT|FLOAT|LEFT|RIGHT|MID|LEN|CONTAINS|TODAY|"
    r"NOW|(WINDOW|RUNNING)_[A-Z]+"
)
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


def of_parameters(text: str, name: str, takes: list[str], sent: list[str] | int) -> str | None:
    """Return the cause of a call that a function refused, because it has other parameters."""
    if _OTHER_PARAMETERS.search(text) is None:
        return None
    kind = "other count" if isinstance(sent, int) else "other parameters"
    said = values.counted(sent) if isinstance(sent, int) else values.listed(sent) or "none"
    return _say(kind, name=name, takes=values.listed(takes) or "none", sent=said)


def of_query(name: str, failure: str | None) -> str | None:
    """Return the cause of a ``tabpy.query(…)['response']`` that failed.

    ``failure``: how the function failed; None when there is no function of that name.
    """
    if failure is not None:
        return failure[:_MOST_TEXT]
    near = difflib.get_close_matches(name, list(REGISTRY.entries), 1)
    if near:
        return _say("function named otherwise", name=values.shown(name), near=values.shown(near[0]))
    return _say("no function", name=values.shown(name))


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
        return _say(
            "no argument", name=name, sent=f"{values.counted(count, 'argument')} {was} sent"
        )
    if _WRONG_ARGUMENT.fullmatch(name) and arguments:
        return _say("wrong argument", name=name, names=values.listed(list(arguments)))
    if name in REGISTRY.entries:
        first = next(iter(arguments), "_arg1")
        return _say("deployed function", name=name, argument=first)
    if name in _USUAL_IMPORTS:
        return _say("not imported", name=name, line=_USUAL_IMPORTS[name])
    if name in _OTHER_LANGUAGES:
        return _say("other language", name=name, python=_OTHER_LANGUAGES[name])
    if _OF_TABLEAU.fullmatch(name):
        return _say("of Tableau", name=name)
    if name in sys.stdlib_module_names:
        return _say("not imported", name=name, line=f"import {name}")
    return None


def _null(
    error: BaseException, text: str, arguments: Mapping[str, Any], places: list[Place]
) -> str | None:
    is_none = isinstance(error, TypeError | AttributeError) and _NONE.search(text) is not None
    is_none = is_none or (isinstance(error, KeyError) and error.args == (None,))
    # pandas makes NaN, a number, of a null in a column of text.
    match = _NO_METHOD.search(text) if isinstance(error, AttributeError) else None
    is_text = match is not None and match[1] == "float" and hasattr(str, match[2])
    is_nan = isinstance(error, ValueError) and _NAN.search(text) is not None
    if not (is_none or is_text or is_nan):
        return None
    nulls = {
        name: value
        for name, value in arguments.items()
        if values.has_null(value) and (not is_text or values.some_text(value) is not None)
    }
    name = values.first_of(nulls, code_lines.used(places, nulls, values.may_be_null))
    if name is None:
        if not is_nan or code_lines.used(places, arguments, values.may_be_null).isdisjoint(
            arguments
        ):
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
    kind = "null" if is_none else "null text as NaN" if is_text else "null as NaN"
    return _say(kind, name=name, row=f"{row:,}", more=more)


def _column(
    error: BaseException, text: str, arguments: Mapping[str, Any], places: list[Place]
) -> str | None:
    columns = {name: value for name, value in arguments.items() if type(value) is list}
    if isinstance(error, TypeError) and text.startswith(_SLICE):
        held = code_lines.holding(places[-1], columns)
        # Of two columns, one is cut and the other says where.
        constant = {name for name in held if values.is_constant(columns[name])}
        name = next(iter(constant)) if len(constant) == 1 < len(held) else None
    elif isinstance(error, TypeError | AttributeError) and _LIST.search(text):
        name = values.first_of(columns, code_lines.holding(places[-1], columns))
    elif isinstance(error, TypeError | ValueError) and _ONE_VALUE.search(text):
        found = code_lines.used(places, columns, values.may_be_column)
        told = {name for name in found if f"Got {columns[name]!r} " in text}
        name = values.first_of(columns, told or found)
    elif isinstance(error, ValueError) and _FEW_DIMENSIONS.search(text):
        name = values.first_of(columns, code_lines.used(places, columns, values.may_be_column))
        return None if name is None else _say("one dimension", name=name)
    else:
        return None
    if name is None:
        return None
    value = columns[name]
    if values.is_constant(value):
        return _say(
            "constant", name=name, rows=values.counted(len(value)), value=values.shown(value[0])
        )
    return _say("column", name=name, rows=values.counted(len(value)))


def _text(
    error: BaseException, text: str, arguments: Mapping[str, Any], places: list[Place]
) -> str | None:
    match = _NO_METHOD.search(text) if isinstance(error, AttributeError) else None
    is_date = match is not None and match[1] == "str" and _OF_DATES.fullmatch(match[2]) is not None
    is_no_number = isinstance(error, TypeError | ValueError) and _NOT_A_NUMBER.search(text)
    if not is_date and not is_no_number:
        return None
    texts = {
        name: value for name, value in arguments.items() if values.some_text(value) is not None
    }
    name = values.first_of(texts, code_lines.used(places, texts, values.may_be_text))
    if name is None:
        return None
    value = texts[name]
    shown = values.some_text(value) or ""
    if is_date or (isinstance(error, TypeError) and _DATE.fullmatch(shown)):
        return (
            _say("date", name=name, value=values.shown(shown)) if _DATE.fullmatch(shown) else None
        )
    row = None
    if isinstance(error, ValueError) and type(value) is list:
        row = next((at for at, one in enumerate(value, 1) if values.is_told(one, text)), None)
    if row is not None:
        return _say("not a number", name=name, row=f"{row:,}", value=values.shown(value[row - 1]))
    if isinstance(error, ValueError) and _CONVERSION.search(text) and type(value) is list:
        return None  # the script converts what it made of the text, and Python shows that
    return _say("text", name=name, value=values.shown(shown))


def _number(
    error: BaseException, text: str, arguments: Mapping[str, Any], places: list[Place]
) -> str | None:
    match = _NO_METHOD.search(text) if isinstance(error, AttributeError) else None
    is_method = match is not None and match[1] != "str" and hasattr(str, match[2])
    is_joined = isinstance(error, TypeError) and _NUMBER_IN_TEXT.search(text) is not None
    if not is_method and not is_joined:
        return None
    numbers = {
        name: value for name, value in arguments.items() if values.some_number(value) is not None
    }
    name = values.first_of(numbers, code_lines.used(places, numbers, values.may_be_number))
    if name is None:
        return None
    kind = "number as text" if is_method else "number in text"
    return _say(kind, name=name, value=values.shown(values.some_number(numbers[name])))


def _single(
    error: BaseException, text: str, arguments: Mapping[str, Any], places: list[Place]
) -> str | None:
    if not isinstance(error, TypeError | ValueError) or not _NOT_A_COLUMN.search(text):
        return None
    singles = {
        name: value
        for name, value in arguments.items()
        if type(value) in {int, float, bool, str}
        and (isinstance(error, ValueError) or f"'{type(value).__name__}'" in text)
    }
    name = values.first_of(singles, code_lines.holding(places[-1], singles))
    return None if name is None else _say("one value", name=name, value=values.shown(singles[name]))


def _zero(
    error: BaseException, _text: str, arguments: Mapping[str, Any], places: list[Place]
) -> str | None:
    if not isinstance(error, ZeroDivisionError):
        return None
    zeros = {name: value for name, value in arguments.items() if values.has_zero(value)}
    divisor = code_lines.last_operand(places[-1])
    found = code_lines.used(places, zeros, values.may_be_zero, divisor)
    # Of two, one may only be divided.
    name = next(iter(found)) if len(found) == 1 else None
    if name is None:
        return None
    value = zeros[name]
    place = f" in row {value.index(0) + 1:,}" if type(value) is list else ""
    return _say("zero", name=name, place=place)


def _table(
    error: BaseException, _text: str, arguments: Mapping[str, Any], places: list[Place]
) -> str | None:
    if not isinstance(error, KeyError) or len(error.args) != 1 or type(error.args[0]) is not str:
        return None
    wanted = error.args[0]
    tables = {
        name: value
        for name, value in arguments.items()
        if type(value) is dict and value and wanted not in value
    }
    name = values.first_of(tables, code_lines.used(places, tables, values.may_be_column))
    if name is None:
        return None
    columns = list(map(str, tables[name]))
    near = next((one for one in columns if values.plain(one) == values.plain(wanted)), None)
    if near is not None:
        return _say("column named otherwise", wanted=values.shown(wanted), near=values.shown(near))
    return _say("no column", wanted=values.shown(wanted), names=values.listed(columns))


_RULES: Final = (_null, _column, _number, _text, _single, _zero, _table)


def _say(kind: str, **parts: str) -> str:
    return _sentences()[kind].format(**parts)


@functools.cache
def _sentences() -> dict[str, str]:
    text = Path(__file__).with_name("causes.json").read_text(encoding="utf-8")
    sentences: dict[str, str] = json.loads(text)
    return sentences
