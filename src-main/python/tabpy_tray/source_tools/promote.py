"""Makes a function of a script that Tableau sent: its arguments become named parameters."""

from __future__ import annotations

import ast
import io
import keyword
import re
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeGuard

from tabpy_tray import nesting
from tabpy_tray import script as scripts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ARGUMENT: Final = re.compile(r"_arg([1-9][0-9]*)\Z")
_INDENT: Final = "    "
# The line ends that Python counts; str.splitlines knows more.
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
# The imports of TabPy's own module, and so of every script (names.py).
_PRELUDE: Final = {
    "json": "import json",
    "logging": "import logging",
    "pandas": "import pandas",
    "pd": "import pandas as pd",
    "pyarrow": "import pyarrow",
    "requests": "import requests",
    "simplejson": "import simplejson",
    "timedelta": "from datetime import timedelta",
    "uuid": "import uuid",
}
_Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class PromoteError(Exception):
    """The script cannot become a function; the text tells why and what to do."""


@dataclass(frozen=True, slots=True)
class _Place:
    line: int
    """From 0."""
    start: int
    """In bytes of UTF-8."""
    name: str


def promoted(script: str, name: str, parameters: Sequence[str]) -> str:
    """Return the source of a function ``name`` that does what ``script`` did.

    ``parameters[0]`` stands for ``_arg1``, and so on. Comments, strings and the layout of the
    script stay as they are. Raises ``PromoteError``.
    """
    _check_names(name, parameters)
    text, tree = _read(script.removeprefix("\ufeff"))
    if not tree.body:
        raise PromoteError("The script is empty.")
    renames = {f"_arg{number}": one for number, one in enumerate(parameters, start=1)}
    places = sorted(_places(tree, frozenset(renames)), key=lambda place: (place.line, place.start))
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    _check_free(tree, used, parameters)
    missing = sorted(one for one in used if _ARGUMENT.match(one) and one not in renames)
    if missing:
        raise PromoteError(f"The script uses {missing[0]}, but no name was given for it.")
    lines = _renamed(text, places, renames)
    inside = _lines_inside_strings(text)
    body = [
        line if number in inside or not line.strip() else _INDENT + line
        for number, line in enumerate(lines)
    ]
    head = f'def {name}({", ".join(parameters)}):\n{_INDENT}"""A script from Tableau."""\n'
    return head + _imports(tree, used) + "\n".join(body).rstrip() + "\n"


def _imports(tree: ast.Module, used: set[str]) -> str:
    """Return imports of the names that scripts see without import, and functions do not."""
    bound = {node.id for node in ast.walk(tree) if _is_bound(node)} | _imported(tree)
    missing = [line for name, line in _PRELUDE.items() if name in used - bound]
    return "".join(f"{_INDENT}{line}\n" for line in missing)


def _is_bound(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)


def _imported(tree: ast.Module) -> set[str]:
    return {
        (item.asname or item.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for item in node.names
    }


def _read(script: str) -> tuple[str, ast.Module]:
    """Parse a script as when it runs: odd line ends are used where it has no others."""
    try:
        return _parsed(_LINE_END.sub("\n", script))
    except (SyntaxError, ValueError, RecursionError) as error:
        try:
            return _parsed("\n".join(script.splitlines()))
        except (SyntaxError, ValueError, RecursionError):
            raise PromoteError(f"Python cannot read the script: {error}") from error


def _parsed(text: str) -> tuple[str, ast.Module]:
    nesting.check(text)
    dedented = _dedented(text)
    return dedented, ast.parse(dedented)


def _check_names(name: str, parameters: Sequence[str]) -> None:
    for one in (name, *parameters):
        if not one.isidentifier() or keyword.iskeyword(one):
            raise PromoteError(f"'{one}' cannot be a name in Python: use letters, digits and _.")
    if len(set(parameters)) != len(parameters):
        raise PromoteError("Two parameters have the same name.")


def _check_free(tree: ast.Module, used: set[str], parameters: Sequence[str]) -> None:
    """Refuse a parameter that the script uses for something else."""
    taken = used | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    taken |= {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    taken |= _imported(tree)
    for one in parameters:
        if one in taken and not _ARGUMENT.match(one):
            raise PromoteError(f"The script uses the name {one} already. Choose another one.")


def _dedented(text: str) -> str:
    """Remove the indentation of the whole script, as far as its statements have it."""
    try:
        ast.parse(text)
    except IndentationError:
        pass
    except (SyntaxError, ValueError, RecursionError):
        return text
    else:
        return text
    try:
        first = scripts.statements(text)[0].col_offset
    except (SyntaxError, ValueError, RecursionError, IndexError):
        return text
    inside = _lines_inside_strings("if True:\n" + text)
    return "\n".join(
        line if number + 1 in inside else line[min(first, len(line) - len(line.lstrip())) :]
        for number, line in enumerate(text.split("\n"))
    )


def _places(node: ast.AST, names: frozenset[str]) -> Iterator[_Place]:
    """Find the uses of the arguments, but not where a function inside reuses the name."""
    if isinstance(node, ast.Name) and node.id in names:
        yield _Place(node.lineno - 1, node.col_offset, node.id)
    if isinstance(node, _Scope):
        arguments = node.args
        outer = [*arguments.defaults, *(one for one in arguments.kw_defaults if one is not None)]
        if not isinstance(node, ast.Lambda):
            outer += node.decorator_list
            outer += [node.returns] if node.returns is not None else []
        own = {one.arg for one in ast.walk(arguments) if isinstance(one, ast.arg)}
        for child in outer:
            yield from _places(child, names)
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        for child in body:
            yield from _places(child, names - own)
        return
    for child in ast.iter_child_nodes(node):
        yield from _places(child, names)


def _renamed(text: str, places: Sequence[_Place], renames: dict[str, str]) -> list[str]:
    lines = text.split("\n")
    for place in reversed(places):
        raw = lines[place.line].encode()
        end = place.start + len(place.name)
        lines[place.line] = (raw[: place.start] + renames[place.name].encode() + raw[end:]).decode()
    return lines


def _lines_inside_strings(text: str) -> set[int]:
    """Return the lines (from 0) that begin inside a string, and so must not be indented."""
    inside: set[int] = set()
    starts: list[int] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text + "\n").readline):
            kind = tokenize.tok_name[token.type]
            if kind.endswith("STRING_START"):
                starts.append(token.start[0])
            elif kind.endswith("STRING_END") and starts:
                inside.update(range(starts.pop(), token.end[0]))
            elif kind == "STRING":
                inside.update(range(token.start[0], token.end[0]))
    except (tokenize.TokenError, SyntaxError):
        return inside
    return inside
