"""Estimates the depth of a script's syntax tree from its text; must not parse it.

CPython parses by recursion. Inside WebAssembly its own guard comes too late: measured in Pyodide
314 on Node 24, 2000 levels (or 1300 times ``elif``) overflow the JavaScript stack and end the
interpreter for good, while 1600 are still answered with RecursionError.
"""

from __future__ import annotations

import re
from typing import Final

MAX_LEVELS: Final = 1200
MAX_BRANCHES: Final = 900

_TOKEN: Final = re.compile(
    r"""
      (?P<text>[rRbBuUfFtT]{0,2}(?:
          '{3}(?:[^\\]|\\.)*?'{3} | "{3}(?:[^\\]|\\.)*?"{3}
        | '(?:[^'\\\n]|\\.)*' | "(?:[^"\\\n]|\\.)*" ))
    | (?P<comment>\#[^\n\r]*)
    | (?P<number>\.?[0-9](?:[eE][+-]|[\w.])*)
    | (?P<branch>(?<![^\n\r])[ \t]*elif\b)
    | (?P<word>\w+)
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<end>[,;:])
    | (?P<line>[\n\r])
    | (?P<operator>[^\s\w])
    """,
    re.VERBOSE | re.DOTALL,
)
_WORDS: Final = frozenset(
    {"not", "lambda", "if", "else", "await", "and", "or", "in", "is", "yield"}
)
_NOT_DEEP: Final = re.compile(r"[\w\s,'\"]+")


def check(text: str) -> None:
    """Raise ``RecursionError`` when parsing ``text`` could overflow the stack."""
    if len(text) < MAX_BRANCHES or _is_surely_flat(text):
        return
    levels = [0]
    total = branches = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "open":
            levels.append(0)
            total += 1
        elif kind == "close":
            if len(levels) > 1:
                total -= levels.pop() + 1
            levels[-1] += 1
            total += 1
        elif kind == "end" or (kind == "line" and len(levels) == 1):
            if text[token.start() - 6 : token.start()] != "lambda":
                total -= levels[-1]
                levels[-1] = 0
        elif kind == "operator" or (kind == "word" and token.group() in _WORDS):
            levels[-1] += 1
            total += 1
        elif kind == "branch":
            branches += 1
        if total > MAX_LEVELS or branches > MAX_BRANCHES:
            raise RecursionError("maximum recursion depth exceeded during compilation")


def _is_surely_flat(text: str) -> bool:
    """Decide from counts alone; true for nearly every script that people write."""
    marks = len(_NOT_DEEP.sub("", text)) + sum(text.count(f"{word} ") for word in _WORDS)
    return marks + text.count("lambda") + text.count("elif") <= MAX_BRANCHES
