"""Deploying and trying a function of a file's text: what an author of functions does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Answer, Interpreter

ADD = "def add(x, y):\n    '''Adds.'''\n    return x + y\n"


def deploy(python: Interpreter, source: str, function: str = "add", **more: Any) -> Answer:
    fields = {"name": function, "description": "", "isPublic": False, "override": False, **more}
    return python.send("deploy", source.encode(), functionName=function, **fields)


def attempt(python: Interpreter, source: str, function: str, data: Any) -> Answer:
    text = source.encode()
    body = text + (data if isinstance(data, bytes) else json.dumps(data).encode())
    return python.send("try", body, functionName=function, sourceBytes=len(text))


def test_deploys_a_function_with_all_of_its_text(python: Interpreter) -> None:
    source = f"# äöü\nimport math\n{ADD}"
    answer = deploy(python, source, name="plus", description="adds", isPublic=True)
    assert answer.status == 200
    (change,) = answer.changes
    assert change["name"] == "plus"
    assert change["functionName"] == "add"
    assert change["source"] == source
    assert change["docstring"] == "Adds."
    assert change["isPublic"] is True
    assert python.query("plus", {"x": 1, "y": 2}).json["response"] == 3


def test_refuses_a_name_that_is_taken_unless_it_may_be_replaced(python: Interpreter) -> None:
    assert deploy(python, ADD).status == 200
    refused = deploy(python, ADD)
    assert refused.status == 400
    assert "already exists" in refused.meta["error"]["text"]
    assert refused.changes == []
    assert deploy(python, ADD, override=True).changes[0]["version"] == 2


@pytest.mark.parametrize(
    ("source", "data", "result"),
    [
        ("from __future__ import annotations\ndef f(x: Nothing): return x", {"x": 1}, 1),
        ("from math import *\ndef f(x): return floor(x)", {"x": 1.5}, 1),
        ("def f(n): return n == 0 or g(n - 1)\ndef g(n): return n > 0 and f(n - 1)", [4], True),
        ("RATE = 2\nclass Tax:\n    def of(self, x): return x * RATE\ndef f(x): return Tax().of(x)",
         {"x": 3}, 6),
        ("import dataclasses as d\n@d.dataclass\nclass P:\n    x: int\ndef f(x): return P(x).x",
         {"x": 3}, 3),
        ("f = lambda x: x + 1", [1], 2),
    ],
)  # fmt: skip
def test_a_text_is_a_module(python: Interpreter, source: str, data: Any, result: Any) -> None:
    assert attempt(python, source, "f", data).json == result
    assert deploy(python, source, "f").status == 200
    assert python.query("f", data).json["response"] == result


def test_keeps_nothing_of_one_text_for_the_next(python: Interpreter) -> None:
    attempt(python, "secret = 1\ndef f(): return 1", "f", {})
    assert attempt(python, "def f(): return secret", "f", {}).meta["error"]["type"] == "NameError"
    assert python.evaluate("return 'secret' in globals()").json is False


@pytest.mark.parametrize(
    ("source", "kind", "line"),
    [
        ("def f(x):\n    y = = 2\n", "SyntaxError", 2),
        ("\n\ndef f(x):\n    return 1 / x\n", "ZeroDivisionError", 4),
        ("def g(x):\n    return 1 / x\n\ndef f(x):\n    return g(x)\n", "ZeroDivisionError", 2),
        ("raise ValueError('no')\ndef f(x): pass\n", "ValueError", 1),
        ("import sys\ndef f(x):\n    sys.exit(3)\n", "SystemExit", 3),
        ("def g(x): pass\n", "NameError", None),
        ("f = 3\n", "NameError", None),
    ],
)
def test_tells_what_went_wrong_and_where(
    python: Interpreter, source: str, kind: str, line: int | None
) -> None:
    error = attempt(python, source, "f", {"x": 0}).meta["error"]
    assert (error["type"], error["line"]) == (kind, line)


def test_tells_what_was_printed(python: Interpreter) -> None:
    answer = attempt(python, "print('above')\ndef f(): print('inside')", "f", {})
    assert answer.meta["prints"] == "above\ninside\n"
    assert answer.json is None


@pytest.mark.parametrize("data", [b"{", b"3", b'"x"'])
def test_refuses_data_that_are_no_arguments(python: Interpreter, data: bytes) -> None:
    assert attempt(python, ADD, "add", data).status == 400


def test_a_deployed_function_that_fails_names_the_line_of_its_text(python: Interpreter) -> None:
    deploy(python, "def g(x):\n    return 1 / x\n\ndef f(x):\n    return g(x)\n", "f")
    assert python.query("f", {"x": 0}).line == 2


def test_names_the_function_that_a_script_deploys(python: Interpreter) -> None:
    (change,) = python.deploy("def add(x): return x", "plus").changes
    assert change["functionName"] == "add"


def test_says_what_cannot_be_saved(python: Interpreter) -> None:
    error = deploy(python, "x = (i for i in [1])\ndef f(): return next(x)", "f").meta["error"]
    assert "cannot be pickled" in error["text"]


def test_a_function_calls_others_as_scripts_do(python: Interpreter) -> None:
    deploy(python, ADD)
    source = "def twice(x):\n    return tabpy.query('add', x, x)['response'] * 2\n"
    assert attempt(python, source, "twice", {"x": 2}).json == 8
    assert deploy(python, source, "twice").status == 200
    assert python.query("twice", {"x": 2}).json["response"] == 8
    assert python.evaluate("return tabpy.query('twice', 3)['response']").json == 12
