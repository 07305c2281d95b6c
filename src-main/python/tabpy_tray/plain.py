"""Checks whether a result consists of JSON's own types only."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

SCALARS = frozenset({str, int, float, bool, type(None)})
#: The most values, repeated ones counted each time, that an answer of 256 MB may hold.
MOST_VALUES = 1 << 27
_TEXT_ONLY = frozenset({str})
_PLAIN_DEPTH = 100  # pydantic_core refuses 255 levels
_CONTAINERS = frozenset({dict, list, tuple})
_LISTS_ONLY = frozenset({list, tuple})
# A value that is used twice counts twice: ``a = [a, a]`` doubles with each level.
_MOST_LOOKED_AT = 1 << 21
_FEW_LISTS = 64


def is_plain(value: Any) -> bool:
    """Check whether ``value`` is made only of exact JSON types, with fast sets of types.

    Goes level by level: the contents of 40,000 records are checked together, not record by record.
    Returns False for more containers than it can afford to check; ``to_plain`` decides about those.
    """
    level = [value]
    left = _MOST_LOOKED_AT
    room = MOST_VALUES
    for _ in range(_PLAIN_DEPTH + 1):
        kinds = set(map(type, level))
        kinds -= SCALARS
        if not kinds:
            return True
        if not kinds <= _CONTAINERS:
            return False
        dicts = [one for one in level if type(one) is dict] if dict in kinds else []
        lists = (
            [one for one in level if type(one) in _LISTS_ONLY]
            if len(kinds) > (dict in kinds)
            else []
        )
        room -= sum(map(len, dicts)) + sum(map(len, lists))
        if room < 0 or not _TEXT_ONLY.issuperset(map(type, chain.from_iterable(dicts))):
            return False
        if len(lists) <= _FEW_LISTS:  # one by one they take two thirds of the time
            is_flat = all(SCALARS.issuperset(map(type, one)) for one in lists)
            is_flat = is_flat and SCALARS.issuperset(map(type, _inside(dicts, [])))
        else:
            is_flat = SCALARS.issuperset(map(type, _inside(dicts, lists)))
        if is_flat:
            return True
        inner = (one for one in _inside(dicts, lists) if type(one) not in SCALARS)
        level = list(islice(inner, left + 1))
        left -= len(level)
        if left < 0:
            return False
    return False


def _inside(dicts: list[dict[Any, Any]], lists: list[Any]) -> Iterable[Any]:
    return chain(chain.from_iterable(map(dict.values, dicts)), chain.from_iterable(lists))
