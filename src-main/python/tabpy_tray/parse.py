"""Reads JSON bytes as ``json.loads`` would; must not know what the values are for.

A large request comes as ``Records``: the guest has read it, and marshal makes the values.
``pydantic_core`` reads 200,000 rows three times faster than the standard library inside
WebAssembly. What it refuses goes to the standard library, which either reads it (lone surrogates,
deep nesting, huge exponents) or words the error as TabPy does.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from marshal import loads as _unmarshal  # a script may replace it
from typing import Any

try:
    from pydantic_core import from_json as _fast_loads
except ImportError:
    _fast_loads = None

# The depth at which TabPy gives up (measured on CPython 3.11). The standard decoder recurses in C:
# without a limit a WebAssembly stack could overflow and end the interpreter; it allows 4000 levels.
MAX_DEPTH = 980

_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NOT_BRACKETS = re.compile(r"[^\[\]{}]+")


@dataclass(slots=True)
class Records:
    """A value as marshal writes it; made by the guest out of JSON, never by a caller."""

    data: bytes


def loads(data: bytes | Records) -> Any:
    """Parse ``data`` (UTF-8).

    Raises ``json.JSONDecodeError``, ``UnicodeDecodeError``, ``ValueError`` (an integer of more than
    4300 digits) or ``RecursionError``, each with TabPy's text.
    """
    if type(data) is Records:
        return _unmarshal(data.data)
    if _fast_loads is not None:
        try:
            return _fast_loads(data)
        except ValueError:
            pass
    text = bytes(data).decode("utf-8")
    if _depth(text) > MAX_DEPTH:
        raise RecursionError("maximum recursion depth exceeded while decoding a JSON document")
    return json.loads(text)


def _depth(text: str) -> int:
    """Return the depth of nested arrays and objects, without recursion."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    for bracket in _NOT_BRACKETS.sub("", _TEXTS.sub("", text)):
        if bracket in "[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest
