"""Lists the functions that a piece of source defines, and their parameters."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_Function = ast.FunctionDef | ast.AsyncFunctionDef
# In the order in which they are tried: a list of bool is recognised by its bool.
_TYPES: Final = (
    ("boolean", frozenset({"bool", "boolean"})),
    ("text", frozenset({"str", "string", "text", "date", "datetime"})),
    ("number", frozenset({"float", "double", "real", "number", "decimal", "ndarray", "series"})),
    ("integer", frozenset({"int", "integer", "long"})),
)
_WORD: Final = re.compile(r"[a-z]+")


def functions_of(source: str) -> list[dict[str, Any]]:
    """Describe the functions at the top level of ``source``, in their order.

    Each has ``name``, ``docstring`` (cleaned; empty when there is none), ``line`` and
    ``parameters`` (``name``, ``type``, ``isRequired``, ``about``); ``*args`` and ``**kwargs`` are
    left out. Raises ``SyntaxError`` or ``ValueError`` when Python cannot read the source.
    """
    tree = ast.parse(source)
    latest = {node.name: node for node in tree.body if isinstance(node, _Function)}
    return [_described(node) for node in latest.values()]


def _described(node: _Function) -> dict[str, Any]:
    docstring = ast.get_docstring(node) or ""
    return {
        "name": node.name,
        "docstring": docstring,
        "line": node.lineno,
        "parameters": _parameters(node.args, _told(docstring)),
    }


def _parameters(
    arguments: ast.arguments, told: Mapping[str, tuple[str, str]]
) -> list[dict[str, Any]]:
    positional = [*arguments.posonlyargs, *arguments.args]
    missing = len(positional) - len(arguments.defaults)
    defaults: list[ast.expr | None] = [*[None] * missing, *arguments.defaults]
    pairs = [
        *zip(positional, defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    return [_parameter(argument, default, told) for argument, default in pairs]


def _parameter(
    argument: ast.arg, default: ast.expr | None, told: Mapping[str, tuple[str, str]]
) -> dict[str, Any]:
    type_name, about = told.get(argument.arg, ("", ""))
    hint = "" if argument.annotation is None else ast.unparse(argument.annotation)
    return {
        "name": argument.arg,
        "type": _type_in(hint) or _type_in(type_name) or _type_of(default) or "any",
        "isRequired": default is None,
        "about": about,
    }


def _type_in(text: str) -> str | None:
    words = set(_WORD.findall(text.lower()))
    return next((kind for kind, known in _TYPES if not known.isdisjoint(words)), None)


def _type_of(default: ast.expr | None) -> str | None:
    if not isinstance(default, ast.Constant) or default.value is None:
        return None
    return _type_in(type(default.value).__name__)


def _told(docstring: str) -> dict[str, tuple[str, str]]:
    """Return parameter → (type, sentence) of a docstring: Google's, NumPy's or Sphinx' style."""
    if not docstring:
        return {}
    try:
        import docstring_parser  # noqa: PLC0415 - an extra package, and no script needs it
    except ImportError:
        return {}
    try:
        parsed = docstring_parser.parse(docstring)
    except docstring_parser.ParseError:
        return {}
    return {
        one.arg_name: (one.type_name or "", " ".join((one.description or "").split()))
        for one in parsed.params
    }
