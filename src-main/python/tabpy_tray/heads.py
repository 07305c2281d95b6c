"""Cuts the first rows out of a large request or result, so that people can still look at them."""

from __future__ import annotations

from json import dumps as _dumps  # a script may replace it
from typing import Any, Final

#: Bytes of a body from which on the program keeps only its head.
LARGE: Final = 1_000_000
_ROWS: Final = 100
_COLUMNS: Final = 200
_CELL_LETTERS: Final = 200
_SCRIPT_LETTERS: Final = 200_000
_LETTERS: Final = 60_000
_LEVELS: Final = 4
_LARGE: Final = 1 << 64


def of_request(request: dict[str, Any]) -> str:
    """Return a request of /evaluate or /query as JSON, with the script and the first rows only."""
    script = request.get("script")
    head = {"data": _first_rows(request.get("data"))}
    if isinstance(script, str) and len(script) <= _SCRIPT_LETTERS:
        head["script"] = script
    return _dumps(head)


def of_result(result: Any) -> str:
    """Return a result as JSON with its first rows only."""
    return _dumps(_first_rows(result))


def _first_rows(value: Any) -> Any:
    rows = _ROWS
    while True:
        head = _cut(value, rows, _LEVELS)
        if len(_dumps(head)) <= _LETTERS:
            return head
        if rows == 1:
            return {} if isinstance(value, dict) else []
        rows //= 2


def _cut(value: Any, rows: int, levels: int) -> Any:
    kind = type(value)
    if kind is str:
        return value if len(value) <= _CELL_LETTERS else f"{value[:_CELL_LETTERS]}…"
    if kind is list or kind is tuple:
        return [_cut(one, rows, levels - 1) for one in value[:rows]] if levels else "[…]"
    if kind is dict:
        if not levels:
            return "{…}"
        some = list(value.items())[:_COLUMNS]
        return {str(key)[:_CELL_LETTERS]: _cut(one, rows, levels - 1) for key, one in some}
    if kind is float and value - value != 0:
        return None
    if kind is int and not -_LARGE < value < _LARGE:
        return "…"  # writing its digits may take minutes
    return value
