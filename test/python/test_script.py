from __future__ import annotations

import pytest

from tabpy_tray import nesting, script

FINE = [
    ("x=1\r\nreturn x", 1),
    ("x=1\rreturn x", 1),
    ("\n\n\nreturn 1\n\n\n", 1),
    ("return 1;", 1),
    ("return 1 # tail", 1),
    ("return \\\n  5", 5),
    ("return (1 +\n2)", 3),
    ("   x = 1\n   return x", 1),
    ("\treturn 1", 1),
    ("\n\n  # note\n  return 4", 4),
    ("if True:\n\tx = 1\nreturn x", 1),
    ("def f():\n\treturn 3\nreturn f()", 3),
    ("return '''a\n b\n'''", "a\n b\n"),
    ("  return '''a\n b\n'''", "a\n b\n"),
    ("return 'a\u2028b'", "a\u2028b"),
    ("x = 1\u2028return x", 1),
    ("x = 1\x0breturn x", 1),
    ("\ufeffreturn 2", 2),
    ("x = 1\nclass A:\n    y = 2\nreturn A.y", 2),
    ("return [_ for _ in (1, 2)][-1]", 2),
    ("global later\nlater = 3\nreturn later", 3),
    ("n = 1\ndef add(k):\n  nonlocal n\n  n += k\n  return n\nadd(2)\nreturn add(3)", 6),
]

WRONG = [
    (
        "from math import *",
        "SyntaxError : import * only allowed at module level (<string>, line 1)",
    ),
    ("await f()", "SyntaxError : 'await' outside async function (<string>, line 1)"),
    ("x = 1\n  return x", "IndentationError : unexpected indent (<string>, line 2)"),
    ("if True:\nreturn 1", "IndentationError : expected an indented block"),
    ("  x = 1\nreturn x", "IndentationError : un"),
    ("% ^ !! return", "SyntaxError : "),
    ("return 'it's'", "SyntaxError : "),
    ("nonlocal x", "SyntaxError : no binding for nonlocal 'x' found (<string>, line 1)"),
    ("return 1\0", ""),
    ("return '\ud800'", "UnicodeEncodeError : "),
    ("break", "SyntaxError : 'break' outside loop (<string>, line 1)"),
]


@pytest.mark.parametrize(("text", "result"), FINE, ids=lambda item: repr(item)[:40])
def test_runs_scripts_as_bodies_of_a_function(python, text, result) -> None:
    assert python.evaluate(text).json == result


@pytest.mark.parametrize(("text", "info"), WRONG, ids=lambda item: repr(item)[:40])
def test_names_what_the_compiler_refuses(python, text, info) -> None:
    answer = python.evaluate(text)
    assert answer.status == 500
    assert answer.info.startswith(info)


def test_a_yield_makes_the_script_a_generator(python) -> None:
    assert python.evaluate("yield 1\nyield 2").json == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "return 1" + "+1" * 20_000,
        "return " + "-" * 20_000 + "1",
        "return a" + ".b(1)" * 5_000,
        "return a" + "[0]" * 5_000,
        "return f" + "()" * 5_000,
        "return " + "lambda:" * 5_000 + "1",
        "return " + "not " * 5_000 + "1",
        "return " + "1 if 0 else " * 5_000 + "2",
        "return " + "(" * 5_000 + ")" * 5_000,
        "x = 1\nif x == 2: pass\n" + "elif x == 3: pass\n" * 5_000,
    ],
    ids=lambda text: text[:14],
)
def test_refuses_a_script_that_would_overflow_the_stack(python, text) -> None:
    info = python.evaluate(text).info
    assert info == "RecursionError : maximum recursion depth exceeded during compilation"


@pytest.mark.parametrize(
    "text",
    [
        "return len([" + "-1.5e-3, " * 50_000 + "])",
        "return len({" + "'it (a': [(1)], " * 5_000 + "})",
        "x = 0\n" + "x = x + (1 - 2) * 3.5 # (((\n" * 5_000 + "return x",
        "return len('''" + "((((" * 5_000 + "''')",
        "return " + " + ".join(["1"] * 900),
    ],
    ids=lambda text: text[:14],
)
def test_lets_long_flat_scripts_pass(text) -> None:
    nesting.check(text)


def test_compiles_a_script_once_for_each_number_of_arguments() -> None:
    first = script.compiled("return 12345", 1)
    assert script.compiled("return 12345", 1) is first
    assert script.compiled("return 12345", 2) is not first


def test_forgets_the_oldest_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "_MAX_CACHED", 2)
    oldest = script.compiled("return 'oldest'", 0)
    script.compiled("return 'newer'", 0)
    script.compiled("return 'newest'", 0)
    assert script.compiled("return 'oldest'", 0) is not oldest


def test_bounds_the_size_of_what_it_remembers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "_MAX_CACHED_CHARS", 1_000)
    large = [f"x = {n}\n" + "#" * 900 for n in range(3)]
    for text in large:
        script.compiled(text, 0)
    assert script._cached_chars < 2_000


def test_counts_parameters_among_what_it_remembers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "_MAX_CACHED_CHARS", 1_000)
    first = script.compiled("return 'first'", 9)
    script.compiled("return 'second'", 9)
    assert script.compiled("return 'first'", 9) is not first


def test_does_not_remember_a_script_of_thousands_of_parameters() -> None:
    first = script.compiled("return 'many'", 1_001)
    assert script.compiled("return 'many'", 1_001) is not first
