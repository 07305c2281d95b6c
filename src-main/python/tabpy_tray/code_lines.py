"""Tells which variables the failing line of a script uses, and where their values came from.

Reads compiled code, because the source is not always there. Works by lines: a variable comes from
everything that is read on the line that sets it.
"""

from __future__ import annotations

import dis
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import types
    from collections.abc import Callable, Mapping

_MOST_PLACES: Final = 50
# Functions that Python makes of loops in brackets; all that they use comes from around them.
_LOOPS: Final = frozenset({"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"})
_MOST_LINES: Final = 200
_MOST_INSTRUCTIONS: Final = 20_000


@dataclass(slots=True)
class Place:
    """One frame of the script: its code, the line and instruction that failed, its variables."""

    code: types.CodeType
    #: The lines of the expression that failed, from 1.
    lines: range
    instruction: int
    variables: Mapping[str, Any]
    #: It called nothing: the error arose right here.
    is_last: bool


@dataclass(slots=True)
class _Code:
    """The names that each line reads, and for each variable, the lines that set it."""

    read: dict[int, set[str]]
    set_on: dict[str, set[int]]

    def read_on(self, lines: range) -> set[str]:
        return set().union(*(self.read.get(line, ()) for line in lines))


def places(error: BaseException, owns: Callable[[types.CodeType], bool]) -> list[Place]:
    """Return the frames of the script in an error's traceback, the outermost first."""
    found: list[Place] = []
    trace = error.__traceback__
    while trace is not None and len(found) < _MOST_PLACES:
        code = trace.tb_frame.f_code
        if owns(code):
            variables = trace.tb_frame.f_locals
            is_last = trace.tb_next is None
            lines = _lines_at(code, trace.tb_lasti, trace.tb_lineno)
            found.append(Place(code, lines, trace.tb_lasti, variables, is_last))
        trace = trace.tb_next
    return found


def raises(place: Place) -> bool:
    """Check whether the script raised the error itself, with ``raise`` or ``assert``."""
    name = dis.opname[place.code.co_code[place.instruction]]
    return place.is_last and name == "RAISE_VARARGS"


def holding(place: Place, arguments: Mapping[str, Any]) -> set[str]:
    """Return the arguments that a variable on the failing line holds, under whatever name.

    None when a variable of the script's own on that line has the same type: it may be to blame.
    """
    names = _lines_of(place.code).read_on(place.lines)
    held = [place.variables[name] for name in names if name in place.variables]
    found = {name for name, value in arguments.items() if any(one is value for one in held)}
    kinds = {type(arguments[name]) for name in found}
    values = arguments.values()
    is_clear = not any(
        type(one) in kinds and not any(one is value for value in values) for one in held
    )
    return found if is_clear else set()


def used(found: list[Place], arguments: Mapping[str, Any]) -> set[str]:
    """Return the arguments from which the values on the failing line come.

    An inner function's values come from its parameters; from there the search goes on in its
    caller.
    """
    hits: set[str] = set()
    for at in range(len(found) - 1, -1, -1):
        place = found[at]
        names = _origins(_lines_of(place.code), place.lines)
        outer = set(place.code.co_freevars) if at else names
        hits |= {name for name in arguments if name in names and name in outer}
        is_loop = place.code.co_name in _LOOPS
        if at and not is_loop and names.isdisjoint(_parameters(place.code)):
            break
    return hits


def _parameters(code: types.CodeType) -> tuple[str, ...]:
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(code.co_flags & 0x04) + bool(code.co_flags & 0x08)  # *args and **kwargs
    return code.co_varnames[:count]


def _origins(lines: _Code, failed: range) -> set[str]:
    names: set[str] = set()
    waiting = list(lines.read_on(failed))
    while waiting:
        name = waiting.pop()
        if name in names:
            continue
        names.add(name)
        for other in lines.set_on.get(name, ()):
            waiting.extend(lines.read.get(other, ()))
    return names


def _lines_at(code: types.CodeType, instruction: int, line: int) -> range:
    for at, place in enumerate(code.co_positions()):
        if at * 2 == instruction and place[0] and place[1]:
            return range(place[0], min(place[1], place[0] + _MOST_LINES) + 1)
    return range(line, line + 1)


def _lines_of(code: types.CodeType) -> _Code:
    found = _Code({}, {})
    for count, one in enumerate(dis.get_instructions(code)):
        line = one.positions.lineno if one.positions else None
        if line is None or count > _MOST_INSTRUCTIONS:
            continue
        names = one.argval if isinstance(one.argval, tuple) else (one.argval,)
        for at, name in enumerate(names):
            if not isinstance(name, str):
                continue
            if _sets(one.opname, at):
                found.set_on.setdefault(name, set()).add(line)
            elif _reads(one.opname, at):
                found.read.setdefault(line, set()).add(name)
    return found


def _sets(operation: str, at: int) -> bool:
    """Check whether an instruction sets the variable at that place; some have two."""
    if operation in {"STORE_FAST_STORE_FAST", "STORE_FAST", "STORE_DEREF", "STORE_NAME"}:
        return True
    return operation in {"STORE_GLOBAL", "STORE_FAST_MAYBE_NULL"} or (
        operation == "STORE_FAST_LOAD_FAST" and at == 0
    )


def _reads(operation: str, at: int) -> bool:
    if operation == "STORE_FAST_LOAD_FAST":
        return at == 1
    is_variable = operation.startswith(("LOAD_FAST", "LOAD_DEREF", "LOAD_NAME", "LOAD_GLOBAL"))
    return is_variable and operation != "LOAD_FAST_AND_CLEAR"
