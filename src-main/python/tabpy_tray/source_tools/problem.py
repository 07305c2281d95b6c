"""Explains why Python cannot read a piece of source, and at which place an editor shows it."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any, Final

from tabpy_tray import nesting, script

if TYPE_CHECKING:
    from collections.abc import Callable

_LAST_OF_ONE_UNIT: Final = 0xFFFF
# The line ends that Python counts; str.splitlines knows more.
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def problem_of_script(source: str) -> dict[str, Any] | None:
    """Return the same for the script of a request, which is the body of a function."""
    return _problem(source, script.statements)


def problem_of(source: str) -> dict[str, Any] | None:
    """Return why ``source`` cannot be compiled as a module, or None when it can.

    ``line``, ``column``, ``endLine`` and ``endColumn`` start at 1, columns in UTF-16 units, as in
    editors. The text is Python's own.
    """
    return _problem(source, _compile)


def _compile(source: str) -> None:
    nesting.check(source)
    compile(ast.parse(source), "<source>", "exec", dont_inherit=True)


def _problem(source: str, read: Callable[[str], Any]) -> dict[str, Any] | None:
    try:
        read(source)
    except SyntaxError as error:
        line = error.lineno or 1
        column = error.offset or 1
        end_line = error.end_lineno or line
        end_column = error.end_offset or column
        if (end_line, end_column) <= (line, column):
            end_line, end_column = line, column + 1
        lines = _LINE_END.split(source)
        return {
            "text": error.msg,
            "line": line,
            "column": _units(lines, line, column),
            "endLine": end_line,
            "endColumn": _units(lines, end_line, end_column),
        }
    except (ValueError, RecursionError, MemoryError) as error:
        text = str(error) or type(error).__name__
        return {"text": text, "line": 1, "column": 1, "endLine": 1, "endColumn": 2}
    return None


def _units(lines: list[str], line: int, column: int) -> int:
    if not 1 <= line <= len(lines):
        return column
    before = lines[line - 1][: column - 1]
    return column + sum(ord(character) > _LAST_OF_ONE_UNIT for character in before)
