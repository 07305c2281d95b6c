"""Finds long columns of one kind of number, which can be written faster than other results."""

from __future__ import annotations

import math
from marshal import dumps as _marshal
from typing import Any

# Shorter columns are spelled as TabPy spells them.
SHORT = 512
_PIECE = 100_000
_MOST_FLOATS = 2_000_000
_SAMPLES = 16
_DECIMALS = 4
# Places that repeat with nothing in the data.
_GOLDEN = (math.sqrt(5) - 1) / 2
_LOOKED_AT = 1024
_FEW = 700


def float_records(value: Any) -> bytes | None:
    """Return a long list of floats as marshal writes it, where the guest writes them faster.

    That is so for numbers of a few decimals, and for numbers that repeat often; a sample of the
    column decides. None for anything else.
    """
    if type(value) is not list or not SHORT < len(value) <= _MOST_FLOATS:
        return None
    if type(value[0]) is not float or not (_has_few_decimals(value) or _repeats(value)):
        return None
    try:
        data = _marshal(value, 2)
    except ValueError:
        return None
    return data if _are_records(data, len(value), b"g", 9) else None


def _has_few_decimals(value: list[Any]) -> bool:
    count = len(value)
    for sample in range(_SAMPLES):
        one = value[int(sample * _GOLDEN % 1 * count)]
        if type(one) is not float or (one - one == 0 and round(one, _DECIMALS) != one):
            return False
    return True


def _repeats(value: list[Any]) -> bool:
    some = value[:_LOOKED_AT]
    return len(value) > 4 * _LOOKED_AT and set(map(type, some)) == {float} and len(set(some)) < _FEW


def is_column(value: list[Any]) -> bool:
    """Check whether all are floats, or all are integers of 32 bits; see ``_are_records``."""
    kind = type(value[0])
    mark, width = (b"g", 9) if kind is float else (b"i", 5) if kind is int else (b"", 0)
    if not width:
        return False
    for start in range(0, len(value), _PIECE):
        piece = value if len(value) <= _PIECE else value[start : start + _PIECE]
        try:
            data = _marshal(piece, 2)
        except ValueError:
            return False
        if not _are_records(data, len(piece), mark, width):
            return False
    return True


def _are_records(data: bytes, count: int, mark: bytes, width: int) -> bool:
    """Check whether marshal wrote a list of one kind only, by the width of what it wrote.

    It writes nine bytes for each exact float, the first of them "g": when the length fits and every
    ninth byte is a "g", nothing else can be in the list. Checking each type takes twice as long.
    The same for integers, with five bytes and "i".
    """
    return len(data) == 5 + width * count and data[5::width] == mark * count
