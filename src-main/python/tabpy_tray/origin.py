"""Finds functions in the text of their source file and recompiles them.

Runs nothing of the text. Must not know where the text comes from, nor pickles.
"""

from __future__ import annotations

import ast
import re
import textwrap
import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tabpy_tray.likeness import likeness, parts_of
from tabpy_tray.names import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tabpy_tray.bytecode import ForeignCode

# The line ends that Python counts; str.splitlines knows more.
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
# Strings that may be code; a file has thousands of others.
_MOST_TEXTS: Final = 50
_MOST_TEXT: Final = 100_000
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
# All whole numbers of these are known; a later Python may keep small ones elsewhere.
_KNOWN: Final = ("Python 3.", "a Python older")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A function to be found: the place that its author names, and its likeness."""

    file: str
    name: str
    qualified_name: str | None
    line: int
    looks: str
    with_small_numbers: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A function in a text: compiled, and the lines that define it."""

    code: types.CodeType
    text: str


def wanted(code: types.CodeType | ForeignCode, names: Mapping[str, Any]) -> Wanted | None:
    """Return what to look for, or None for code that holds too little.

    ``names`` are the globals of the function: cloudpickle leaves the file's name out of code since
    3.1, but keeps ``__file__``.
    """
    if isinstance(code, types.CodeType):
        parts, file, line, version = parts_of(code), code.co_filename, code.co_firstlineno, None
    else:
        parts, file, line, version = code.parts, code.file, code.line, code.version
    if parts is None:
        return None
    if file.startswith("<"):
        module_file = names.get("__file__")
        is_known = isinstance(module_file, str) and module_file != FILE
        file = module_file if is_known else file
    knows_all = version is None or version.startswith(_KNOWN)
    return Wanted(
        file=file,
        name=parts.name,
        qualified_name=parts.qualified_name,
        line=line,
        looks=likeness(parts, with_small_numbers=knows_all),
        with_small_numbers=knows_all,
    )


def find(text: str, one: Wanted) -> Found | None:
    """Compile the text and return the function that looks like the wanted one.

    A function at the wanted line is preferred; elsewhere there must be only one, because the file
    may have grown above it. None when the text does not compile, holds no such function, or holds
    two that look the same.
    """
    try:
        module = compile(text, one.file, "exec", dont_inherit=True)
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    alike = [code for code in _inside(module) if _is_alike(code, one)]
    if not alike:
        return _in_strings(tree, one)
    there = [code for code in alike if code.co_firstlineno == one.line]
    choice = there or alike
    if len({one.co_code for one in choice}) != 1 or (not there and len(choice) > 1):
        return None
    return Found(choice[0], _text(text, tree, choice[0]))


def _in_strings(tree: ast.AST, one: Wanted) -> Found | None:
    """Find a function that the file makes with ``exec`` or ``eval``, in one of its strings."""
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    likely = [text for text in texts if one.name.strip("<>") in text and len(text) < _MOST_TEXT]
    if len(likely) > _MOST_TEXTS:
        return None
    found: list[Found] = []
    for text in likely:
        try:
            module, inner = compile(text, one.file, "exec", dont_inherit=True), ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        alike = [code for code in _inside(module) if _is_alike(code, one)]
        found.extend(Found(code, _text(text, inner, code)) for code in alike)
    return found[0] if len({one.code.co_code for one in found}) == 1 else None


def _is_alike(code: types.CodeType, one: Wanted) -> bool:
    if code.co_name != one.name or one.qualified_name not in {None, code.co_qualname}:
        return False
    return likeness(parts_of(code), with_small_numbers=one.with_small_numbers) == one.looks


def _inside(code: types.CodeType) -> Iterator[types.CodeType]:
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield const
            yield from _inside(const)


def _text(text: str, tree: ast.AST, code: types.CodeType) -> str:
    """Return the lines of a function with its decorators; for a lambda only its own text."""
    there = [
        node
        for node in ast.walk(tree)
        if isinstance(node, _Definition)
        and _first_line(node) == code.co_firstlineno
        and getattr(node, "name", "<lambda>") == code.co_name
    ]
    if len(there) > 1:
        # For several lambdas on one line: the code's first position is where its body begins.
        spots = {(line, column) for line, _, column, _ in code.co_positions()}
        there = [
            node
            for node in there
            if isinstance(node, ast.Lambda) and (node.body.lineno, node.body.col_offset) in spots
        ]
    if not there:
        return ""
    [node, *_] = there
    if isinstance(node, ast.Lambda):
        return f"{ast.get_source_segment(text, node) or ''}\n"
    lines = _LINE_END.split(text)[_first_line(node) - 1 : node.end_lineno]
    return textwrap.dedent("\n".join(lines)) + "\n"


def _first_line(node: Any) -> int:
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(one.lineno for one in decorators)])
