"""Decides whether code objects of two Pythons are the same function; must not run or make any.

Bytecode cannot be compared across versions, but a function's name, parameters, names and constants
can. What compilers do differently is left out. So few different functions look alike, and a
function that looks alike holds nothing that its author did not know.
"""

from __future__ import annotations

import dis
import hashlib
import re
import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_VARARGS, _VARKEYWORDS = 0x04, 0x08
# Takes *args, takes **kwargs, generator, coroutine, asynchronous generator.
_KIND: Final = _VARARGS | _VARKEYWORDS | 0x20 | 0x80 | 0x200
_IS_FUNCTION: Final = 0x01
# Separate code before 3.12, part of the surrounding code since.
_INLINED: Final = frozenset({"<listcomp>", "<setcomp>", "<dictcomp>", "__annotate__"})
# What compilers of some versions add to classes and annotations.
_ADDED_NAMES: Final = frozenset(
    {
        "__annotate__",
        "__annotate_func__",
        "__annotations__",
        "__class__",
        "__classcell__",
        "__classdict__",
        "__classdictcell__",
        "__conditional_annotations__",
        "__firstlineno__",
        "__module__",
        "__name__",
        "__qualname__",
        "__static_attributes__",
    }
)
# Since 3.14 these are in the bytecode, not among the constants.
_SMALL: Final = range(256)
_FORMAT: Final = re.compile(r"%-?\d*(?:\.\d+)?[sra]")
# `while 1` and constant folding leave these behind in some versions.
_FLEETING: Final = frozenset({0, 1})


@dataclass(frozen=True, slots=True)
class Parts:
    """The comparable parts of a code object; ``consts`` hold those of the code inside it."""

    name: str
    qualified_name: str | None
    arguments: tuple[str, ...]
    flags: int
    names: frozenset[str]
    free_variables: tuple[str, ...]
    consts: tuple[Any, ...]


def parts_of(code: types.CodeType) -> Parts:
    """Return the parts of a code object of this Python."""
    small = [item.argval for item in dis.get_instructions(code) if item.opname == "LOAD_SMALL_INT"]
    inside = [parts_of(one) if isinstance(one, types.CodeType) else one for one in code.co_consts]
    return Parts(
        name=code.co_name,
        qualified_name=code.co_qualname,
        arguments=arguments_of(
            code.co_varnames, code.co_argcount, code.co_kwonlyargcount, code.co_flags
        ),
        flags=code.co_flags,
        names=frozenset([*code.co_names, *code.co_varnames, *code.co_freevars, *code.co_cellvars]),
        free_variables=code.co_freevars,
        consts=(*inside, *small),
    )


def arguments_of(
    variables: tuple[str, ...], positional: int, keyword_only: int, flags: int
) -> tuple[str, ...]:
    """Return the names of a function's parameters, ``*args`` and ``**kwargs`` among them."""
    starred = bool(flags & _VARARGS) + bool(flags & _VARKEYWORDS)
    return tuple(variables[: positional + keyword_only + starred])


def likeness(parts: Parts, *, with_small_numbers: bool) -> str:
    """Return a digest that is the same for one function compiled by different Pythons.

    ``with_small_numbers``: whether both sides know all of their whole numbers below 256.
    """
    text = repr((parts.free_variables, _looks(parts, with_small_numbers)))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _looks(parts: Parts, with_small_numbers: bool) -> tuple[Any, ...]:
    """Return a function as its kind, parameters, names, values, and the same of those inside it."""
    own = list(_own(parts))
    names = {name for one in own for name in one.names if _is_written(name, one)}
    inner = [one for part in own for one in _inside(part) if one.name not in _INLINED]
    known = names if parts.flags & _IS_FUNCTION else names.union(*map(_all_names, inner))
    values = {value for one in own for value in _values(one, known, with_small_numbers)}
    looks = sorted((_looks(one, with_small_numbers) for one in inner), key=repr)
    return (
        parts.name,
        parts.arguments,
        parts.flags & _KIND,
        sorted(names),
        sorted(values),
        looks,
    )


def _all_names(parts: Parts) -> frozenset[str]:
    """Return the names of a code object and all inside; a class lists some of them since 3.13."""
    return parts.names.union(*map(_all_names, _inside(parts)))


def _own(parts: Parts) -> Iterator[Parts]:
    """Go through a code object and the parts that some versions put into code of its own."""
    yield parts
    for one in _inside(parts):
        if one.name in _INLINED:
            yield from _own(one)


def _inside(parts: Parts) -> Iterator[Parts]:
    return (const for const in parts.consts if isinstance(const, Parts))


def _is_written(name: str, parts: Parts) -> bool:
    is_added = name in _ADDED_NAMES or name.startswith(".")
    return not is_added and not (parts.name == "__annotate__" and name == "format")


def _values(parts: Parts, names: set[str], with_small_numbers: bool) -> Iterator[str]:
    # A class holds the number of its line since 3.13, annotations one of their format since 3.14.
    has_numbers = bool(parts.flags & _IS_FUNCTION) and parts.name != "__annotate__"
    for value in _flat(parts.consts):
        match value:
            case bool():
                continue
            case str() if value in names or "<locals>" in value:
                # Classes list their attributes since 3.13; full names were values before 3.11.
                continue
            case str():
                # Docstrings lose their margin since 3.13; '%s' % (x,) is cut since 3.11.
                for piece in filter(str.strip, _FORMAT.split(value)):
                    yield f"str {' '.join(piece.split())}"
            case bytes() | float() | complex():
                yield f"{type(value).__name__} {value!r}"
            case int() if value in _FLEETING or not has_numbers:
                continue
            case int() if with_small_numbers or value not in _SMALL:
                yield f"int {value:x}"
            case _:
                continue


def _flat(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, tuple | frozenset):
            yield from _flat(value)
        elif isinstance(value, slice):
            yield from _flat((value.start, value.stop, value.step))
        else:
            yield value
