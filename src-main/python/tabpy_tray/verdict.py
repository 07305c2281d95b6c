"""Judges an answer as Tableau will: rows each way, and why Tableau would reject the result.

Knows plain JSON values only; must not know how an answer travels. The rules are those of the wire
contract: a calculation needs one value, or one for each row, all of one type; a table needs columns
of the same length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_NAMES: Final = 20
_MOST_COLUMNS: Final = 40
_MOST_LETTERS: Final = 100
_TYPES: Final = {int: "number", float: "number", str: "text", bool: "true/false"}
_NUMBERS: Final = frozenset({int, float, type(None)})
_CONTAINERS: Final = (list, tuple, dict)


class Verdict:
    """What is known of one call: made before the script runs, which may change its arguments."""

    __slots__ = ("back", "heads", "is_table", "nulls", "rejection", "seen", "sent")

    def __init__(self, names: Iterable[str], values: list[Any]) -> None:
        #: A table extension or a Prep step sends one argument that holds columns.
        self.is_table = len(values) == 1 and type(values[0]) is dict
        if self.is_table:
            names, values = values[0].keys(), list(values[0].values())
        #: Rows sent; 1 when all are single values, None when nothing was sent.
        self.sent: int | None = None
        #: Rows in the result; None without a result.
        self.back: int | None = None
        #: Names of arguments that are null in every row.
        self.nulls: list[str] | None = None
        #: Why Tableau shows an error in place of the result, in the fields of the wire.
        self.rejection: dict[str, Any] | None = None
        #: First rows of a large request and a large answer, as JSON.
        self.heads: dict[str, str] | None = None
        #: The judged result.
        self.seen: Any = None
        most = -1
        place = -1
        for value in values:
            place += 1
            if type(value) is not list:
                if value is None:
                    self._note_null(names, place)
                continue
            count = len(value)
            most = max(most, count)
            if count and value[0] is None and value.count(None) == count:
                self._note_null(names, place)
        if values:
            self.sent = most if most >= 0 else 1

    def _note_null(self, names: Iterable[str], place: int) -> None:
        if self.nulls is None:
            self.nulls = []
        if len(self.nulls) < _MOST_NAMES:
            name = next(name for at, name in enumerate(names) if at == place)
            self.nulls.append(str(name)[:_MOST_LETTERS])

    def judge(self, result: Any, is_uniform: bool = False) -> None:
        """Judge a result: exact JSON types. ``is_uniform``: a list of numbers only."""
        self.seen = result
        kind = type(result)
        if kind is list or kind is tuple:
            self.back = len(result)
        elif kind is dict:
            self.back = max(
                (len(one) if type(one) in {list, tuple} else 1 for one in result.values()),
                default=0,
            )
        else:
            self.back = None if result is None else 1
        if self.is_table or (self.sent is None and kind is dict):
            self.rejection = _table_rejection(result)
        elif kind is list or kind is tuple:
            self.rejection = self._column_rejection(result, is_uniform=is_uniform)
        elif result is None:
            self.rejection = {"kind": "no-result"}
        elif kind is dict:
            self.rejection = {"kind": "object"}

    def _column_rejection(self, result: list[Any], *, is_uniform: bool) -> dict[str, Any] | None:
        kinds = _NUMBERS if is_uniform else set(map(type, result))
        if not kinds.isdisjoint(_CONTAINERS):
            row = next(at for at, one in enumerate(result, 1) if isinstance(one, _CONTAINERS))
            return {"kind": "nested", "row": row}
        if self.sent is not None and len(result) not in {1, self.sent}:
            return {"kind": "wrong-length", "rowsSent": self.sent, "rowsBack": len(result)}
        names = {_TYPES.get(kind, "") for kind in kinds if kind is not type(None)}
        if len(names) < 2:  # noqa: PLR2004 - two types are one too many
            return None
        first = ""
        for row, one in enumerate(result, 1):
            name = "" if one is None else _TYPES.get(type(one), "")
            if first and name and name != first:
                return {"kind": "mixed-types", "types": [first, name], "row": row}
            first = first or name
        return None

    def withdraw(self) -> None:
        """Forget the judged result, because no result is sent."""
        self.back = self.rejection = self.seen = None

    def add_head(self, which: str, text: str) -> None:
        """Add the first rows of the ``request`` or the ``response``, as JSON."""
        self.heads = {**(self.heads or {}), which: text}

    def fields(self) -> dict[str, Any]:
        """Return what is known, as fields of the answer's head."""
        found: dict[str, Any] = {"rows": [self.sent, self.back]}
        if self.rejection is not None:
            found["rejection"] = self.rejection
        if self.nulls:
            found["nulls"] = self.nulls
        if self.heads:
            found["heads"] = self.heads
        return found

    def is_plain(self) -> bool:
        """Check whether there is nothing to tell but the number of rows each way."""
        return (
            self.rejection is None
            and self.sent is not None
            and self.back is not None
            and not (self.nulls or self.heads)
        )


def _table_rejection(result: Any) -> dict[str, Any] | None:
    if type(result) is not dict:
        return {"kind": "no-columns"}
    lengths: dict[str, int] = {}
    for name, column in result.items():
        if type(column) not in {list, tuple}:
            return {"kind": "no-columns"}
        if len(lengths) < _MOST_COLUMNS or len(column) not in lengths.values():
            lengths[str(name)[:_MOST_LETTERS]] = len(column)
    if len(set(lengths.values())) < 2:  # noqa: PLR2004 - all have the same length
        return None
    shown = dict(list(lengths.items())[:_MOST_COLUMNS])
    if len(set(shown.values())) == 1:
        odd = next(item for item in lengths.items() if item[1] not in shown.values())
        shown[odd[0]] = odd[1]
    return {"kind": "unequal-columns", "lengths": shown}
