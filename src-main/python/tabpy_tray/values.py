"""Looks at the values that a script was sent, and writes them in a sentence about a cause."""

from __future__ import annotations

import re
import types
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST_SHOWN: Final = 40
_MOST_NAMES: Final = 12
#: Types of values that hold no others.
_SINGLE: Final = frozenset({type(None), bool, int, float, str})


def first_of(arguments: Mapping[str, Any], names: set[str]) -> str | None:
    """Return the first argument that is among the names."""
    return next((name for name in arguments if name in names), None)


def has_null(value: Any) -> bool:
    """Check whether an argument is null or has a null row."""
    return value is None or (type(value) is list and None in value)


def may_be_null(value: Any) -> bool:
    """Check whether a variable's value may be null or NaN, or have one in it."""
    return _may_be(value, lambda one: one is None or (type(one) is float and one != one))  # noqa: PLR0124 - NaN


def may_be_text(value: Any) -> bool:
    """Check whether a variable's value may be text or have text in it."""
    return _may_be(value, lambda one: type(one) is str)


def may_be_number(value: Any) -> bool:
    """Check whether a variable's value may be a number or have one in it."""
    return _may_be(value, lambda one: type(one) in {int, float, bool})


def may_be_zero(value: Any) -> bool:
    """Check whether a variable's value may be 0 or have a 0 in it."""
    return _may_be(value, lambda one: type(one) in {int, float, bool} and one == 0)


def may_be_column(value: Any) -> bool:
    """Check whether a variable's value may hold several values."""
    return type(value) not in _SINGLE


def _may_be(value: Any, fits: Callable[[Any], bool]) -> bool:
    """Check a value, and what a list or dict holds. What holds anything else may fit."""
    kind = type(value)
    if kind in _SINGLE:
        return fits(value)
    if kind is dict:
        value = list(value.values())
    elif kind is not list and kind is not tuple:
        return not isinstance(value, types.ModuleType | types.FunctionType | type)
    return any(type(one) not in _SINGLE or fits(one) for one in value)


def is_constant(value: list[Any]) -> bool:
    """Check for what Tableau makes of a parameter: the same value in every row."""
    return len(value) > 1 and value[0] is not None and value.count(value[0]) == len(value)


def has_zero(value: Any) -> bool:
    """Check whether an argument is 0 or has a row that is."""
    if type(value) is list:
        return 0 in value
    return type(value) in {int, float} and value == 0


def some_text(value: Any) -> str | None:
    """Return the first text of an argument."""
    if type(value) is str:
        return value
    if type(value) is not list:
        return None
    return next((one for one in value if type(one) is str), None)


def some_number(value: Any) -> int | float | None:
    """Return the first number of an argument."""
    values = value if type(value) is list else [value]
    return next((one for one in values if type(one) in {int, float}), None)


def plain(name: str) -> str:
    """Return a column's name without what people mistype: case, spaces, signs."""
    return re.sub(r"[\W_]", "", name).lower()


def listed(names: list[str]) -> str:
    """Return names in a row, the first of many."""
    some = ", ".join(names[:_MOST_NAMES])
    return some if len(names) <= _MOST_NAMES else f"{some} …"


def is_told(one: Any, text: str) -> bool:
    """Check whether an error's text tells this text."""
    return type(one) is str and f"{one!r}" in text


def shown(value: Any) -> str:
    """Return a value as it is shown in a sentence."""
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


def counted(count: int, what: str = "value") -> str:
    """Return a count with its noun."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
