"""Turns the result of a script or function into JSON bytes.

Two dialects, because TabPy has two: ``EVALUATE`` (simplejson: a Decimal is a number, bytes are
text, a namedtuple is an object) and ``QUERY`` (json: those are errors, a namedtuple is a list).
Both write NaN and infinities as null, and both convert what numpy and pandas return, where TabPy
fails. ``EVALUATE`` also converts dates, sets, UUIDs and the like; ``QUERY`` keeps TabPy's
strictness for types of the standard library.
"""

from __future__ import annotations

import array
import collections
import datetime
import decimal
import enum
import io
import itertools
import math
import pathlib
import re
import sys
import types
import uuid
from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from json import JSONEncoder
from json import dumps as _dumps  # a script may replace it
from typing import TYPE_CHECKING, Any, Literal

from tabpy_tray import tables
from tabpy_tray.columns import SHORT as _SHORT
from tabpy_tray.columns import is_column
from tabpy_tray.plain import MOST_VALUES, SCALARS, is_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

try:
    from pydantic_core import to_json as _fast_dumps
except ImportError:
    _fast_dumps = None

try:
    from msgspec.json import Encoder

    _plain_dumps = Encoder().encode  # the same bytes as the one above, in two thirds of the time
except ImportError:
    _plain_dumps = None

Dialect = Literal["evaluate", "query"]
EVALUATE: Dialect = "evaluate"
QUERY: Dialect = "query"

# Deeper values are answered with RecursionError, as in TabPy (measured on CPython 3.11).
MAX_DEPTH = 981
_FRAMES_PER_LEVEL = 4

# A number without exponent, a text without escapes, true, false, null.
_SAME_EVERYWHERE = re.compile(rb'-?[0-9.]+|true|false|null|"[ !#-\[\]-~]*"')
_SHORT_INTEGER = 1 << 64
_CONSTANTS = {None: b"null", True: b"true", False: b"false"}
_float_text = float.__repr__
_TABPYS_ENCODER = JSONEncoder(allow_nan=False)
_MAX_TEXT = 256 << 20  # as the host's limit of an answer
_TOO_LARGE = "The result is larger than 256 MB. Return fewer rows or columns."
_VALUES_OF_CONTAINER = 16
_MAX_DIGITS = 4300  # CPython's limit for turning an int into text; TabPy's answer depends on it
_DIGITS = re.compile(rb"[0-9]+")
_INTEGER = re.compile(r"-?[0-9]+")

_LISTS = (
    set,
    frozenset,
    collections.deque,
    range,
    array.array,
    map,
    filter,
    zip,
    enumerate,
    reversed,
    types.GeneratorType,
    Iterator,
    KeysView,
    ValuesView,
    ItemsView,
)


def dumps(value: Any, dialect: Dialect = EVALUATE) -> bytes:
    """Return ``value`` as UTF-8 JSON.

    Raises ``TypeError`` (no JSON form), ``ValueError`` (circular; an integer of more than 4300
    digits), ``UnicodeDecodeError`` (bytes that are not UTF-8) or ``RecursionError``.
    """
    if is_plain(value):
        return write(value, is_shallow=True)
    return write(to_plain(value, dialect))


def spell_scalar(value: Any) -> bytes | None:
    """Return the JSON of ``spell`` for one number, truth value or None; None for anything else.

    Runs no foreign code, and none of the steps that longer answers need.
    """
    kind = type(value)
    if kind is float:
        # A difference that is not zero: an infinity, or not a number.
        return _float_text(value).encode("ascii") if value - value == 0 else b"null"
    if kind is int:
        return b"%d" % value if -_SHORT_INTEGER < value < _SHORT_INTEGER else None
    return _CONSTANTS.get(value) if kind is bool or value is None else None


def spell(
    value: Any,
    dialect: Dialect = EVALUATE,
    see: Callable[[Any, bool], None] | None = None,
) -> bytes:
    """Return ``value`` in the form of TabPy's answers; raises what ``dumps`` raises.

    Short answers are TabPy's letter by letter (spaces, escapes, ``1e+16``), because people compare
    them with its documentation. Long answers are for programs, and the fast writer has no such
    spelling. ``see`` is given the value as JSON's own types, and whether it is a list of numbers.
    """
    if type(value) is list and len(value) > _SHORT and is_column(value):
        if see is not None:
            see(value, True)
        return _column_dumps(value)
    is_shallow = is_plain(value)
    plain = value if is_shallow else to_plain(value, dialect)
    if see is not None:
        see(plain, False)
    data = write(plain, is_shallow=is_shallow)
    if len(data) > _SHORT or _SAME_EVERYWHERE.fullmatch(data):
        return data
    try:
        return _TABPYS_ENCODER.encode(plain).encode("ascii")
    except ValueError:
        return _TABPYS_ENCODER.encode(_without_nan(plain)).encode("ascii")


def write(plain: Any, *, is_shallow: bool = False) -> bytes:
    """Return new plain containers (see ``is_plain``) as UTF-8 JSON.

    ``is_shallow`` tells that they are no deeper than ``is_plain`` allows. Raises ``MemoryError``
    for a single text that is longer than any answer may be: the fast writer would end the
    interpreter when there is no memory for its copy.
    """
    if type(plain) is str and len(plain) > _MAX_TEXT:
        raise MemoryError(_TOO_LARGE)
    if is_shallow and _plain_dumps is not None:
        try:
            return _plain_dumps(plain)
        except ValueError:  # a lone surrogate, or an integer of more than 4300 digits
            pass
    if _fast_dumps is not None:
        try:
            data = _fast_dumps(plain, inf_nan_mode="null")
        except ValueError:  # a lone surrogate, or more than 254 levels
            pass
        else:
            if len(data) <= _MAX_DIGITS or not _may_hold_huge_integer(data):
                return data
    return _deeply(lambda: _standard_dumps(plain))


def _column_dumps(value: list[Any]) -> bytes:
    return write(value, is_shallow=True)


def to_plain(value: Any, dialect: Dialect = EVALUATE) -> Any:
    """Return ``value`` as new lists, dicts with text keys and exact scalars.

    NaN stays NaN. The result shares no mutable object with ``value``.
    """
    try:
        return _Walk(dialect).convert(value)
    except RecursionError:
        return _deeply(lambda: _Walk(dialect).convert(value))


def _deeply(work: Callable[[], Any]) -> Any:
    """Call ``work`` with frames for ``MAX_DEPTH`` levels; frames of Python cost no C stack."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(limit + _FRAMES_PER_LEVEL * MAX_DEPTH)
    try:
        return work()
    finally:
        sys.setrecursionlimit(limit)


class _Walk:
    """One conversion: the dialect, the containers between the root and here, and the quota left."""

    __slots__ = ("_dialect", "_path", "_room")

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._path: set[int] = set()
        self._room = MOST_VALUES

    def convert(self, value: Any) -> Any:
        kind = type(value)
        if kind in SCALARS:
            return value
        if kind is list:
            return self._list(value)
        if kind is dict:
            return self._dict(value)
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, float):
            return float.__float__(value)
        if isinstance(value, int):
            return int.__int__(value)
        step = tables.simplify(value)
        if step is not tables.UNKNOWN:
            return self._inside(value, step)
        if isinstance(value, tuple):
            if self._dialect == EVALUATE and callable(getattr(value, "_asdict", None)):
                return self._dict(_fields_of(value), value)
            return self._list(value)
        if isinstance(value, list):
            return self._list(value)
        if isinstance(value, dict):
            return self._dict(value)
        if self._dialect == EVALUATE:
            return self._lenient(value)
        raise _refused(value)

    def _lenient(self, value: Any) -> Any:
        """Convert the types that only /evaluate knows: simplejson's own, and a superset."""
        if isinstance(value, decimal.Decimal):
            return number(value)
        if callable(getattr(value, "_asdict", None)) and not isinstance(value, type):
            return self._dict(_fields_of(value), value)
        if isinstance(value, bytes | bytearray):
            return value.decode("utf-8")
        if isinstance(value, datetime.datetime | datetime.date | datetime.time):
            return value.isoformat()
        if isinstance(value, datetime.timedelta):
            return value.total_seconds()
        if isinstance(value, _LISTS) and not isinstance(value, io.IOBase):
            _refuse_endless(value)
            return self._list(value)
        if isinstance(value, uuid.UUID | pathlib.PurePath):
            return str(value)
        if isinstance(value, Mapping) and not isinstance(value, enum.Enum):
            return self._dict(dict(value), value)
        raise _refused(value)

    def _list(self, value: Iterable[Any], owner: Any = None) -> list[Any]:
        if isinstance(value, list | tuple) and SCALARS.issuperset(map(type, value)):
            items = list(value)
            self._spend(_VALUES_OF_CONTAINER + len(items))
            return items
        self._enter(value if owner is None else owner)
        convert = self.convert
        items = [convert(item) for item in value]
        self._leave(value if owner is None else owner)
        return items

    def _dict(self, value: Mapping[Any, Any], owner: Any = None) -> dict[str, Any]:
        self._enter(value if owner is None else owner)
        convert = self.convert
        items = {
            key if type(key) is str else self._key(key): convert(item)
            for key, item in value.items()
        }
        self._leave(value if owner is None else owner)
        return items

    def _inside(self, value: Any, step: Any) -> Any:
        """Convert the simplified form of a foreign container."""
        if type(step) in SCALARS:
            return step
        if type(step) is list:
            return self._list(step, value)
        if type(step) is dict:
            return self._dict(step, value)
        self._enter(value)
        plain = self.convert(step)
        self._leave(value)
        return plain

    def _key(self, key: Any) -> str:
        """Return the text of a key that is not exactly a ``str``."""
        if isinstance(key, str):
            return str.__str__(key)
        if key is None:
            return "null"
        if key is True or key is False:
            return "true" if key else "false"
        if isinstance(key, int):
            return int.__repr__(key)
        if isinstance(key, float):
            return float.__repr__(key) if math.isfinite(key) else "null"
        step = tables.simplify(key)
        if step is not tables.UNKNOWN and type(step) in SCALARS:
            return self._key(step)
        if self._dialect == EVALUATE:
            if isinstance(key, bytes):
                return key.decode("utf-8")
            if isinstance(key, decimal.Decimal | uuid.UUID):
                return str(key)
            if isinstance(key, datetime.date | datetime.time):
                return key.isoformat()
        raise TypeError(f"keys must be str, int, float, bool or None, not {type(key).__name__}")

    def _enter(self, value: Any) -> None:
        if id(value) in self._path:
            raise ValueError("Circular reference detected")
        if len(self._path) >= MAX_DEPTH:
            raise RecursionError("maximum recursion depth exceeded while encoding a JSON object")
        self._spend(_VALUES_OF_CONTAINER)
        self._path.add(id(value))

    def _spend(self, values: int) -> None:
        self._room -= values
        if self._room < 0:
            raise MemoryError(_TOO_LARGE)

    def _leave(self, value: Any) -> None:
        self._path.discard(id(value))


def _fields_of(value: Any) -> dict[Any, Any]:
    """Return a namedtuple as a dict, without the private extras that results of scipy.stats add."""
    names = getattr(value, "_fields", ())
    return {
        key: item
        for key, item in value._asdict().items()
        if not str(key).startswith("_") or key in names
    }


def _refuse_endless(value: Any) -> None:
    """Raise for an iterator that is known to be endless, which would fill the memory."""
    is_endless = isinstance(value, itertools.count | itertools.cycle)
    if isinstance(value, itertools.repeat):
        try:
            value.__length_hint__()
        except TypeError:
            is_endless = True
    if is_endless:
        kind = type(value).__name__
        raise TypeError(f"Object of type {kind} has no end: take a part of it (itertools.islice)")


def number(value: decimal.Decimal) -> int | float | None:
    """Return a Decimal as simplejson writes it: ``1`` is an int, ``1.0`` a float, NaN is null."""
    if not value.is_finite():
        return None
    text = str(value)
    return int(text) if _INTEGER.fullmatch(text) else float(text)


def _refused(value: Any) -> TypeError:
    return TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _may_hold_huge_integer(data: bytes) -> bool:
    """Check whether a run of more than 4300 digits may be in ``data``.

    Such a run covers a multiple of 4300, so only those places are checked.
    """
    for place in range(_MAX_DIGITS, len(data), _MAX_DIGITS):
        ahead = _DIGITS.match(data, place)
        if ahead is None:
            continue
        behind = _DIGITS.match(data[place - _MAX_DIGITS : place][::-1])
        if ahead.end() - place + (behind.end() if behind else 0) > _MAX_DIGITS:
            return True
    return False


def _standard_dumps(plain: Any) -> bytes:
    try:
        text = _dumps(plain, allow_nan=False, separators=(",", ":"))
    except ValueError as error:
        if "not JSON compliant" not in str(error):
            raise
        text = _dumps(_without_nan(plain), separators=(",", ":"))
    return text.encode("ascii")


def _without_nan(plain: Any) -> Any:
    kind = type(plain)
    if kind is float:
        return plain if math.isfinite(plain) else None
    if kind is list or kind is tuple:
        return [_without_nan(item) for item in plain]
    if kind is dict:
        return {key: _without_nan(item) for key, item in plain.items()}
    return plain
