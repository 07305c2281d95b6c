"""Recreates the methods that Python generates for dataclasses and named tuples.

Their code stands in no file, so it cannot be recompiled from source; but it follows from the fields
of the class. Must not know pickles.
"""

from __future__ import annotations

import collections
import dataclasses
import types
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_NAMED_TUPLE: Final = frozenset(
    {"__new__", "__repr__", "__getnewargs__", "__replace__", "_make", "_replace", "_asdict"}
)
_OF_DATACLASS: Final = frozenset(
    {
        "__init__",
        "__repr__",
        "__eq__",
        "__lt__",
        "__le__",
        "__gt__",
        "__ge__",
        "__hash__",
        "__setattr__",
        "__delattr__",
        "__replace__",
    }
)
# Modules whose functions write methods, and the names of these functions inside the modules.
_WRITERS: Final = frozenset({"collections", "dataclasses", "reprlib"})
_PLACES: Final = (
    "__create_fn__.",
    "_recursive_repr.",
    "namedtuple.",
    "recursive_repr.",
    "<lambda>",
)
_TOP: Final = 3
_PARAMETERS: Final = ("init", "repr", "eq", "order", "unsafe_hash", "frozen")
_FIELD: Final = ("init", "repr", "hash", "compare", "metadata", "kw_only")


def is_by_python(qualified_name: str | None, line: int, names: Mapping[str, Any]) -> bool:
    """Check whether Python, not an author, wrote the code, by where it was defined.

    Pythons before 3.11 keep no full name in code; code compiled from text begins at its top.
    """
    if names.get("__name__") in _WRITERS:
        return True
    if qualified_name is None:
        return line <= _TOP
    return qualified_name.startswith(_PLACES)


def is_generated(attributes: Mapping[str, Any], name: str) -> bool:
    """Check whether Python may have written an attribute of a class, by its name."""
    if "__dataclass_fields__" in attributes:
        return name in _OF_DATACLASS
    return "_fields" in attributes and "_field_defaults" in attributes and name in _OF_NAMED_TUPLE


def functions_of(value: Any) -> list[types.FunctionType]:
    """Return the function behind an attribute, and those that it wraps or encloses."""
    waiting, found = [value], []
    while waiting:
        one = getattr(waiting[-1], "__func__", waiting.pop())
        if not isinstance(one, types.FunctionType) or any(one is known for known in found):
            continue
        found.append(one)
        waiting.append(getattr(one, "__wrapped__", None))
        waiting.extend(map(_content, one.__closure__ or ()))
    return found


def generate(kind: type, attributes: Mapping[str, Any], names: set[str]) -> None:
    """Give a class the methods of these names again, after its other attributes are set."""
    for name in names & vars(kind).keys():
        delattr(kind, name)  # of a class that was loaded before
    if "__dataclass_fields__" in attributes:
        _as_dataclass(kind, attributes)
        return
    fields = attributes["_fields"]
    defaults = attributes["_field_defaults"]
    made = collections.namedtuple(  # noqa: PYI024 - of a class that is there
        kind.__name__, fields, defaults=[defaults[name] for name in fields if name in defaults]
    )
    for name in names & vars(made).keys():
        setattr(kind, name, vars(made)[name])


def _as_dataclass(kind: type, attributes: Mapping[str, Any]) -> None:
    parameters = attributes["__dataclass_params__"]
    kept = {}
    for name, field in attributes["__dataclass_fields__"].items():
        if name not in attributes.get("__annotations__", {}):
            continue  # inherited
        kept[name] = vars(kind).get(name)
        if type(field._field_type).__name__ == "_FIELD_BASE" and _kind_of(field) == "_FIELD":
            setattr(kind, name, _field(field))
    if "__annotations__" in attributes:
        kind.__annotations__ = attributes["__annotations__"]
    dataclasses.dataclass(kind, **{name: getattr(parameters, name) for name in _PARAMETERS})
    for name, value in kept.items():
        # A slot of the class, which was replaced by a default.
        if isinstance(value, types.MemberDescriptorType):
            setattr(kind, name, value)


def _field(field: Any) -> Any:
    given: dict[str, Any] = {name: getattr(field, name) for name in _FIELD}
    for name in ("default", "default_factory"):
        value = getattr(field, name)
        # In a pickle it is an object of its own, so `is` does not find it equal.
        if type(value).__name__ != "_MISSING_TYPE":
            given[name] = value
    given["kw_only"] = bool(given["kw_only"])
    return dataclasses.field(**given)


def _kind_of(field: Any) -> str:
    return str(field._field_type.name)


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return None
