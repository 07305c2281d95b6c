"""Words exceptions as TabPy does, and finds the analyst's line; must not know HTTP."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from tabpy_tray import causes, hints, missing

if TYPE_CHECKING:
    import types
    from collections.abc import Callable, Mapping

_MAX_TEXT: Final = 32_000
_MAX_TRACEBACK: Final = 8_000
_MAX_CHAIN: Final = 4
_MAX_NAME: Final = 100


def describe(error: BaseException) -> str:
    """Return TabPy's text for an exception: ``"Class : text"``. Never raises."""
    return f"{type_name(error)} : {explain(error)}"


def explain(error: BaseException) -> str:
    """Return the exception's text, with the cure where it is known."""
    text, cause = _told(error)
    return hints.joined(text, cause)


def described(details: dict[str, Any]) -> str:
    """Return TabPy's text for what ``details`` returned, with the cause behind it."""
    return f"{details['type']} : {hints.joined(details['text'], details.get('cause'))}"


def type_name(error: BaseException) -> str:
    """Return the name of the exception's class."""
    return str(type(error).__name__)


def text_of(error: BaseException) -> str:
    """Return ``str(error)``, bounded, or a substitute when that itself fails."""
    try:
        text = str(error)
    except BaseException as failure:  # noqa: BLE001 - a script's own __str__ may raise anything
        return f"<its text could not be made: {type(failure).__name__}>"
    if len(text) > _MAX_TEXT:
        return f"{text[:_MAX_TEXT]}… ({len(text)} characters)"
    return text


def is_missing_response(error: BaseException) -> bool:
    """Check whether ``tabpy.query(...)['response']`` raised this because a query failed."""
    return type(error) is KeyError and error.args == ("response",)


def details(
    error: BaseException,
    lines: str,
    owns: Callable[[types.CodeType], bool],
    arguments: Mapping[str, Any] | None = None,
    first_line: int = 1,
) -> dict[str, Any]:
    """Return the wire's ``error``: type, text, cause, the innermost own line, a short traceback.

    ``lines`` is the source that line numbers refer to; ``owns`` knows the code made from it;
    ``arguments`` are the values that were sent, by the names in that code. Lines count from
    ``first_line`` of the code's file, in ``line`` and traceback alike.
    """
    source = lines.splitlines()
    line: int | None = None
    parts: list[str] = []
    chain = _chain(error)
    for link in chain:
        frames = [(at - first_line + 1, name) for at, name in _own_frames(link, owns)]
        if link is error and frames:
            line = frames[-1][0]
        parts.append(_traceback(link, frames, source))
    text, cause = _told(error)
    if cause is None:
        cause = causes.of(error, arguments or {}, owns)
    found = {
        "type": type_name(error),
        "text": text,
        "line": line,
        "traceback": _bounded("\n\n".join(reversed(parts))),
    }
    if cause is not None:
        found["cause"] = cause
    absent = absent_package(error)
    return found if absent is None else {**found, "missing": absent}


def syntax_details(error: BaseException) -> dict[str, Any]:
    """Return the wire's ``error`` for a script that could not be compiled."""
    line = error.lineno if isinstance(error, SyntaxError) else None
    shown = ""
    if isinstance(error, SyntaxError) and error.text:
        caret = " " * max((error.offset or 1) - 1, 0) + "^"
        shown = f"  line {line}\n    {error.text.rstrip()}\n    {caret}\n"
    return {
        "type": type_name(error),
        "text": explain(error),
        "line": line,
        "traceback": _bounded(f"{shown}{type_name(error)}: {text_of(error)}"),
    }


def _told(error: BaseException) -> tuple[str, str | None]:
    """Return the exception's own text, and the cause or cure beside it where it is known."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        return _missing_module(error, error.name)
    return text_of(error), hints.beside(error)


def _missing_module(error: ModuleNotFoundError, name: str) -> tuple[str, str | None]:
    text = text_of(error)
    if not text.startswith("No module named"):  # Pyodide's advice is to call micropip
        text = f"No module named '{name}'"
    package = name.partition(".")[0]
    if package != name and package in sys.modules:
        return text, None
    if package in sys.stdlib_module_names or package.startswith("_"):
        return text, "It needs programs, threads or hardware that scripts cannot use here."
    try:
        return text, missing.advice(hints.module_of(error))
    except Exception:  # noqa: BLE001 - a script may have broken whatever reads our file
        return text, None


def absent_package(error: BaseException) -> str | None:
    """Return the missing top-level module that could be added, or None.

    A function that does not load because of a missing module has that error as its cause.
    """
    for _ in range(_MAX_CHAIN):
        if isinstance(error, ModuleNotFoundError) or error.__cause__ is None:
            break
        error = error.__cause__
    if not isinstance(error, ModuleNotFoundError) or not isinstance(error.name, str):
        return None
    package = error.name.partition(".")[0]
    if package in sys.modules or package in sys.stdlib_module_names or package.startswith("_"):
        return None
    return package[:_MAX_NAME]


def _chain(error: BaseException) -> list[BaseException]:
    links = [error]
    while len(links) < _MAX_CHAIN:
        last = links[-1]
        cause = last.__cause__ or (None if last.__suppress_context__ else last.__context__)
        if cause is None or any(cause is link for link in links):
            break
        links.append(cause)
    return links


def _own_frames(
    error: BaseException, owns: Callable[[types.CodeType], bool]
) -> list[tuple[int, str]]:
    """Return (line, function) of the own frames, outermost first, without endless repetition."""
    known: dict[int, bool] = {}
    frames: list[tuple[int, str]] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if id(code) not in known:
            known[id(code)] = owns(code)
        if known[id(code)]:
            frame = (trace.tb_lineno, code.co_name)
            if frames[-3:] != [frame] * 3:
                frames.append(frame)
        trace = trace.tb_next
    return frames


def _traceback(error: BaseException, frames: list[tuple[int, str]], source: list[str]) -> str:
    lines = []
    for number, name in frames:
        place = "" if name == "_user_script" else f", in {name}"
        lines.append(f"  line {number}{place}")
        if 0 < number <= len(source):
            lines.append(f"    {source[number - 1].strip()}")
    lines.append(f"{type_name(error)}: {text_of(error)}")
    return "\n".join(lines)


def _bounded(text: str) -> str:
    if len(text) <= _MAX_TRACEBACK:
        return text
    return f"{text[: _MAX_TRACEBACK // 2]}\n…\n{text[-_MAX_TRACEBACK // 2 :]}"
