"""Tells which variables a failing expression of a script uses, and where their values came from.

Reads compiled code, because the source is not always there. Begins with the expression that failed
and goes on by lines: a variable comes from everything that is read on the line that sets it.
"""

from __future__ import annotations

import dis
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import types
    from collections.abc import Callable, Iterator, Mapping

_MOST_PLACES: Final = 50
# Functions that Python makes of loops in brackets; all that they use comes from around them.
_LOOPS: Final = frozenset({"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"})
_MOST_LINES: Final = 200
_MOST_INSTRUCTIONS: Final = 20_000
_END: Final = 1 << 30
_Span = tuple[int, int, int, int]


@dataclass(slots=True)
class Place:
    """One frame of the script: its code, the line and instruction that failed, its variables."""

    code: types.CodeType
    #: The expression that failed: its first line and column, its last line and the column after it.
    span: _Span
    instruction: int
    variables: Mapping[str, Any]
    #: It called nothing: the error arose right here.
    is_last: bool

    @property
    def lines(self) -> range:
        """The lines of the expression that failed, from 1."""
        return range(self.span[0], min(self.span[2], self.span[0] + _MOST_LINES) + 1)


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
            span = _span_at(code, trace.tb_lasti, trace.tb_lineno)
            found.append(Place(code, span, trace.tb_lasti, variables, is_last))
        trace = trace.tb_next
    return found


def raises(place: Place) -> bool:
    """Check whether the script raised the error itself, with ``raise`` or ``assert``."""
    name = dis.opname[place.code.co_code[place.instruction]]
    return place.is_last and name == "RAISE_VARARGS"


def holding(place: Place, arguments: Mapping[str, Any]) -> set[str]:
    """Return the arguments that a variable of the failing expression holds, under whatever name.

    None when a variable of the script's own in it has the same type: it may be to blame.
    """
    names = _read_in(place)
    held = [place.variables[name] for name in names if name in place.variables]
    found = {name for name, value in arguments.items() if any(one is value for one in held)}
    kinds = {type(arguments[name]) for name in found}
    values = arguments.values()
    is_clear = not any(
        type(one) in kinds and not any(one is value for value in values) for one in held
    )
    return found if is_clear else set()


def used(
    found: list[Place],
    arguments: Mapping[str, Any],
    may_be: Callable[[Any], bool],
    right: str | None = None,
) -> set[str]:
    """Return the arguments from which the values in the failing expression come.

    ``may_be`` tells whether a value may be to blame; others are not followed. Where ``right``, the
    name of the last operand, may be, only that one is. An inner function's values come from its
    parameters; from there the search goes on in its caller.
    """
    hits: set[str] = set()
    first = _suspects(found[-1], may_be) if found else set()
    if right is not None and right in first:
        first = {right}
    for at in range(len(found) - 1, -1, -1):
        place = found[at]
        free = set(place.code.co_freevars)
        names = _origins(_lines_of(place.code), first)
        outer = free if at else names
        hits |= {name for name in arguments if name in names and name in outer}
        if not at:
            break
        if place.code.co_name in _LOOPS:
            is_own = not names.isdisjoint(place.code.co_varnames)
            first = _read_on_lines(found[at - 1]) if is_own else names & free
        elif names.isdisjoint(_parameters(place.code)):
            break
        else:
            first = _read_on_lines(found[at - 1])
    return hits


def _read_on_lines(place: Place) -> set[str]:
    return _lines_of(place.code).read_on(place.lines)


def last_operand(place: Place) -> str | None:
    """Return the variable that was read right before the instruction that failed, if one was."""
    before: dis.Instruction | None = None
    for one in _instructions_of(place.code):
        if one.offset >= place.instruction:
            break
        before = one
    if before is None:
        return None
    names = _names_of(before)
    at = len(names) - 1
    return names[at] if isinstance(names[at], str) and _reads(before.opname, at) else None


def _parameters(code: types.CodeType) -> tuple[str, ...]:
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(code.co_flags & 0x04) + bool(code.co_flags & 0x08)  # *args and **kwargs
    return code.co_varnames[:count]


def _suspects(place: Place, may_be: Callable[[Any], bool]) -> set[str]:
    """Return the variables of the failing expression that may be to blame.

    A variable of a loop in brackets has no value any more, so it is one of them. It is none where
    another variable is surely to blame, or where the expression begins with a call: then the
    result of that call is.
    """
    names = _read_in(place)
    known = {name for name in names if name in place.variables}
    blamed = {name for name in known if may_be(place.variables[name])}
    is_sure = any(place.variables[name] is None for name in blamed)
    return blamed if is_sure or _begins_with_call(place) else blamed | (names - known)


def _read_in(place: Place) -> set[str]:
    """Return the names that the failing expression reads.

    Where one instruction has two variables, it has the position of the first; the second belongs
    to the instruction that follows.
    """
    found: set[str] = set()
    pending: str | None = None
    for one in _instructions_of(place.code):
        is_inside = _is_inside(one, place.span)
        if is_inside and pending is not None:
            found.add(pending)
        names = _names_of(one)
        pending = names[1] if len(names) > 1 and _reads(one.opname, 1) else None
        if is_inside and isinstance(names[0], str) and _reads(one.opname, 0):
            found.add(names[0])
    return found


def _begins_with_call(place: Place) -> bool:
    first = place.span[:2]
    return any(
        one.opname.startswith("CALL")
        and one.offset < place.instruction
        and one.positions is not None
        and (one.positions.lineno, one.positions.col_offset) == first
        for one in _instructions_of(place.code)
        if _is_inside(one, place.span)
    )


def _instructions_of(code: types.CodeType) -> Iterator[dis.Instruction]:
    return itertools.islice(dis.get_instructions(code), _MOST_INSTRUCTIONS)


def _is_inside(one: dis.Instruction, span: _Span) -> bool:
    at = one.positions
    if at is None or at.lineno is None or at.col_offset is None:
        return False
    last = (at.end_lineno or at.lineno, _END if at.end_col_offset is None else at.end_col_offset)
    return (at.lineno, at.col_offset) >= span[:2] and last <= span[2:]


def _names_of(one: dis.Instruction) -> tuple[Any, ...]:
    return one.argval if isinstance(one.argval, tuple) else (one.argval,)


def _origins(lines: _Code, first: set[str]) -> set[str]:
    names: set[str] = set()
    waiting = list(first)
    while waiting:
        name = waiting.pop()
        if name in names:
            continue
        names.add(name)
        for other in lines.set_on.get(name, ()):
            waiting.extend(lines.read.get(other, ()))
    return names


def _span_at(code: types.CodeType, instruction: int, line: int) -> _Span:
    for at, (first, last, column, end_column) in enumerate(code.co_positions()):
        if at * 2 == instruction and first and last and column is not None:
            return (first, column, last, _END if end_column is None else end_column)
    return (line, 0, line, _END)


def _lines_of(code: types.CodeType) -> _Code:
    found = _Code({}, {})
    for one in _instructions_of(code):
        line = one.positions.lineno if one.positions else None
        if line is None:
            continue
        for at, name in enumerate(_names_of(one)):
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
