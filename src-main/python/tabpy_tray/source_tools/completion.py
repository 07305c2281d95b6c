"""Offers the names that fit at a place in a piece of source, without running any of it.

Packages that the source imports are imported, so that their names are known; they are ours.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import io
import keyword
import pkgutil
import re
import sys
import tokenize
import types
from typing import TYPE_CHECKING, Any, Final

from tabpy_tray import nesting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST: Final = 300
_MOST_ABOUT: Final = 160
_FROM_IMPORT: Final = re.compile(r"^\s*from\s+([\w.]+)\s+import\s+[\w\s,(]*?(\w*)$")
_FROM: Final = re.compile(r"^\s*from\s+([\w.]*)$")
# No blank may be matched in two ways: with many names in a line that would take for ever.
_IMPORT: Final = re.compile(r"^\s*import\s+(?:[\w.\s]+,)*\s*([\w.]*)$")
_DOTTED: Final = re.compile(r"(?<![\w.)\]\"'])([A-Za-z_]\w*(?:\.\w+)*)\.(\w*)$")
_AFTER_DOT: Final = re.compile(r"\.\w*$")
_WORD: Final = re.compile(r"\w*$")

Named = tuple[str, Any]


def completions(source: str, offset: int) -> list[dict[str, str]]:
    """Return the names that fit at ``offset`` (in UTF-16 units): ``label``, ``kind``, ``about``.

    Nothing inside strings and comments, and nothing of values whose type only a run would show.
    """
    before = source.encode("utf-16-le", "surrogatepass")[: offset * 2].decode(
        "utf-16-le", "replace"
    )
    if _is_inside_text(before):
        return []
    line = before.rpartition("\n")[2]
    after = source[len(before) :]
    if found := _FROM_IMPORT.match(line):
        return _offers(_members(_imported(found[1])), found[2])
    if found := _FROM.match(line) or _IMPORT.match(line):
        return _modules(found[1])
    if found := _DOTTED.search(line):
        return _offers(_members(_resolved(found[1], before, after)), found[2])
    if _AFTER_DOT.search(line):
        return []
    prefix = _WORD.search(line)
    return _offers(_in_scope(before, after), prefix[0] if prefix else "")


def _is_inside_text(before: str) -> bool:
    last = None
    try:
        for token in tokenize.generate_tokens(io.StringIO(before).readline):
            if token.type == tokenize.ERRORTOKEN and token.string in {"'", '"'}:
                return True
            if token.type not in {tokenize.NEWLINE, tokenize.NL, tokenize.ENDMARKER}:
                last = token
    except tokenize.TokenError as error:
        return "string" in str(error.args[0])
    except SyntaxError:
        return False
    if last is None or last.type != tokenize.COMMENT:
        return False
    return last.end[0] == before.count("\n") + 1


def _offers(named: Iterable[Named], prefix: str) -> list[dict[str, str]]:
    small = prefix.lower()
    chosen = {
        name: value
        for name, value in named
        if name.lower().startswith(small) and (prefix.startswith("_") or not name.startswith("_"))
    }
    ordered = sorted(
        chosen.items(), key=lambda one: (not one[0].startswith(prefix), one[0].lower())
    )
    return [
        {"label": name, "kind": _kind(value), "about": _about(value)}
        for name, value in ordered[:_MOST]
    ]


class _Unknown:
    """A name of the source whose value only a run would show."""

    def __init__(self, kind: str, about: str = "") -> None:
        self.kind = kind
        self.about = about


def _kind(value: Any) -> str:
    if isinstance(value, _Unknown):
        return value.kind
    if isinstance(value, types.ModuleType):
        return "module"
    if isinstance(value, type):
        return "class"
    return "function" if callable(value) else "variable"


def _about(value: Any) -> str:
    if isinstance(value, _Unknown):
        return value.about
    if isinstance(value, types.ModuleType) or not callable(value):
        return ""
    try:
        text = str(inspect.signature(value))
    except (TypeError, ValueError):
        return ""
    return text if len(text) <= _MOST_ABOUT else f"{text[: _MOST_ABOUT - 1]}…"


def _imported(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except Exception:  # noqa: BLE001 - whatever a package raises while it is imported
        return None


def _members(value: Any) -> Iterator[Named]:
    if value is None:
        return
    for name in dir(value):
        try:
            yield name, getattr(value, name)
        except Exception:  # noqa: BLE001 - a property may raise anything
            yield name, _Unknown("variable")


def _modules(typed: str) -> list[dict[str, str]]:
    parent, _, prefix = typed.rpartition(".")
    if parent:
        module = _imported(parent)
        paths = getattr(module, "__path__", None)
        names = {info.name for info in pkgutil.iter_modules(paths)} if paths else set()
    else:
        names = {info.name for info in pkgutil.iter_modules()} | set(sys.stdlib_module_names)
    return _offers(((name, _Unknown("module")) for name in names), prefix)


def _resolved(dotted: str, before: str, after: str) -> Any:
    """Return the object behind a dotted name, as far as imports show it."""
    root, *rest = dotted.split(".")
    value = dict(_imports(_tree(before, after))).get(root)
    for name in rest:
        value = getattr(value, name, None)
    return value


def _tree(before: str, after: str) -> ast.Module | None:
    """Parse the source, without the line that is being written when it does not parse."""
    above, _, line = before.rpartition("\n")
    below = after.partition("\n")[2]
    indent = line[: len(line) - len(line.lstrip())]
    for text in (before + after, f"{above}\n{indent}pass\n{below}", f"{above}\n{indent}pass\n"):
        try:
            nesting.check(text)
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError):
            continue
    return None


def _imports(tree: ast.Module | None) -> Iterator[Named]:
    if tree is None:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                module = _imported(item.name)
                root = item.name.partition(".")[0]
                yield item.asname or root, module if item.asname else sys.modules.get(root)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            module = _imported(node.module)
            for item in node.names:
                value = getattr(module, item.name, None)
                if value is None:
                    value = _imported(f"{node.module}.{item.name}")
                yield item.asname or item.name, _Unknown("variable") if value is None else value


def _in_scope(before: str, after: str) -> Iterator[Named]:
    for name in keyword.kwlist:
        yield name, _Unknown("keyword")
    yield from vars(builtins).items()
    tree = _tree(before, after)
    if tree is None:
        return
    line = before.count("\n") + 1
    yield from _defined(tree.body)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and _holds(
            node, line
        ):
            for one in ast.walk(node.args):
                if isinstance(one, ast.arg):
                    yield one.arg, _Unknown("variable", "parameter")
            if not isinstance(node, ast.Lambda):
                yield from _defined(node.body)
    yield from _imports(tree)


def _holds(node: ast.AST, line: int) -> bool:
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", None) or 0
    return first <= line <= last


def _defined(body: list[ast.stmt]) -> Iterator[Named]:
    """Return the names that statements define, without those inside functions and classes."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, _Unknown("function", f"({ast.unparse(node.args)})")
        elif isinstance(node, ast.ClassDef):
            yield node.name, _Unknown("class")
        elif not isinstance(node, ast.Lambda):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id, _Unknown("variable")
            waiting.extend(ast.iter_child_nodes(node))
