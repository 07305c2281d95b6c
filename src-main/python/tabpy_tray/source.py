"""Finds the text of a function in the script that is running; must not run anything."""

from __future__ import annotations

import ast
import inspect
import textwrap
import types
from typing import TYPE_CHECKING, Any

from tabpy_tray import pickles, script
from tabpy_tray.session import SESSION

if TYPE_CHECKING:
    from collections.abc import Iterator

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def of(query_object: Any) -> str | None:
    """Return the source of the function behind a query object, or None when it is not known.

    Known are functions and classes that the running script defines by ``def`` or ``class``, and
    TabPy's models; for a module that is run, all of its text.
    """
    if SESSION.module_text is not None:
        return SESSION.module_text
    running = SESSION.script
    function = getattr(query_object, "custom_query", None)
    if running is None or function is None:
        return None
    if not isinstance(function, type):
        function = inspect.unwrap(function)
    if str(getattr(function, "__module__", "")).startswith(f"{pickles.MODELS}."):
        return _in_its_file(function)
    code = getattr(function, "__code__", None)
    if isinstance(code, types.CodeType) and not running.owns(code):
        return None
    name = getattr(function, "__name__", None)
    if code is None and not isinstance(function, type):
        return None
    try:
        statements = script.statements(running.text)
    except (SyntaxError, ValueError, RecursionError):
        return None
    found = [
        definition
        for definition in _definitions(statements)
        if (definition.name == name and code is None) or _first_line(definition) == _line_of(code)
    ]
    if len(found) != 1 or found[0].name != name:
        return None
    return _text(running.text, found[0])


def _in_its_file(function: Any) -> str | None:
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        return None


def name_of(query_object: Any) -> str | None:
    """Return the name of the function behind a query object in its source."""
    if SESSION.function_name is not None:
        return SESSION.function_name
    function = getattr(query_object, "custom_query", None)
    if not isinstance(function, type):
        function = inspect.unwrap(function) if callable(function) else None
    name = getattr(function, "__name__", None)
    return name if isinstance(name, str) and name.isidentifier() else None


def _definitions(statements: list[ast.stmt]) -> Iterator[_Definition]:
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, _Definition):
                yield node


def _line_of(code: types.CodeType | None) -> int | None:
    return code.co_firstlineno if code is not None else None


def _first_line(definition: _Definition) -> int:
    return min([definition.lineno, *(item.lineno for item in definition.decorator_list)])


def _text(text: str, definition: _Definition) -> str:
    lines = text.splitlines()
    chosen = lines[_first_line(definition) - 1 : definition.end_lineno]
    return textwrap.dedent("\n".join(chosen)) + "\n"
