"""The head of an answer tells the rows each way and whether Tableau takes the result."""

from __future__ import annotations

import json

import pytest


def head(answer) -> dict:
    return {key: answer.meta[key] for key in ("rows", "rejection", "nulls") if key in answer.meta}


@pytest.mark.parametrize(
    ("script", "rows"),
    [
        ("return 1", [3, 1]),
        ("return 'text'", [3, 1]),
        ("return [1]", [3, 1]),
        ("return _arg1", [3, 3]),
        ("return [1, None, 2.5]", [3, 3]),
        ("return [float('nan'), 1.0, 2.0]", [3, 3]),
        ("return (x for x in _arg1)", [3, 3]),
        ("import numpy as np\nreturn np.array(_arg1)", [3, 3]),
        ("return [True, None, False]", [3, 3]),
        ("_arg1.append(4)\nreturn [1, 2, 3]", [3, 3]),
    ],
)
def test_tells_only_the_rows_of_what_tableau_takes(python, script, rows) -> None:
    assert head(python.evaluate(script, _arg1=[1, 2, 3])) == {"rows": rows}


@pytest.mark.parametrize(
    ("script", "rejection"),
    [
        ("return [1, 2]", {"kind": "wrong-length", "rowsSent": 3, "rowsBack": 2}),
        ("return []", {"kind": "wrong-length", "rowsSent": 3, "rowsBack": 0}),
        ("return _arg1 * 2", {"kind": "wrong-length", "rowsSent": 3, "rowsBack": 6}),
        ("return [1.5] * 1000", {"kind": "wrong-length", "rowsSent": 3, "rowsBack": 1000}),
        ("return [None, 1, 'a']", {"kind": "mixed-types", "types": ["number", "text"], "row": 3}),
        (
            "return [True, 1, 1]",
            {"kind": "mixed-types", "types": ["true/false", "number"], "row": 2},
        ),
        ("return [1, [2], 3]", {"kind": "nested", "row": 2}),
        ("return [1, 2, {}]", {"kind": "nested", "row": 3}),
        ("return None", {"kind": "no-result"}),
        ("x = 1", {"kind": "no-result"}),
        ("return {'a': _arg1}", {"kind": "object"}),
    ],
)
def test_tells_why_tableau_rejects_a_column(python, script, rejection) -> None:
    answer = python.evaluate(script, _arg1=[1, 2, 3])
    assert answer.status == 200
    assert answer.meta["rejection"] == rejection


@pytest.mark.parametrize(
    ("script", "rejection"),
    [
        ("return _arg1", None),
        ("import pandas as pd\nreturn pd.DataFrame(_arg1)", None),
        (
            "return {'a': [1, 2], 'b': [1]}",
            {"kind": "unequal-columns", "lengths": {"a": 2, "b": 1}},
        ),
        ("return {'a': 1}", {"kind": "no-columns"}),
        ("return [1, 2]", {"kind": "no-columns"}),
        ("return 1", {"kind": "no-columns"}),
        ("return None", {"kind": "no-columns"}),
    ],
)
def test_a_table_needs_columns_of_one_length(python, script, rejection) -> None:
    answer = python.evaluate(script, _arg1={"Name": ["a", "b"], "Score": [1, 2]})
    assert answer.meta.get("rejection") == rejection
    assert answer.meta["rows"][0] == 2


def test_a_script_without_data_may_return_a_table_or_a_column(python) -> None:
    assert head(python.evaluate("return {'a': [1, 2]}")) == {"rows": [None, 2]}
    assert head(python.evaluate("return [1, 2]")) == {"rows": [None, 2]}


def test_names_arguments_that_are_null_in_every_row(python) -> None:
    answer = python.evaluate("return 1", _arg1=[None, None], _arg2=None, _arg3=[None, 1], _arg4=[])
    assert head(answer) == {"rows": [2, 1], "nulls": ["_arg1", "_arg2"]}


def test_a_failed_request_tells_the_rows_that_were_sent(python) -> None:
    for script in ("return 1 / 0", "return [1, object()]", "return ("):
        assert head(python.evaluate(script, _arg1=[1, 2]))["rows"] == [2, None]


def test_a_function_has_the_same_verdict(python) -> None:
    python.deploy("def part(x, n): return x[:n]", "part")
    assert head(python.query("part", {"x": [1, 2, 3], "n": 3})) == {"rows": [3, 3]}
    rejection = {"kind": "wrong-length", "rowsSent": 3, "rowsBack": 2}
    assert python.query("part", [[1, 2, 3], 2]).meta["rejection"] == rejection
    assert python.query("part", {"x": [None], "n": 1}).meta["nulls"] == ["x"]
    assert head(python.query("part", {"x": 1, "n": 2})) == {"rows": [1, None]}


def test_wide_tables_and_many_names_are_bounded(python) -> None:
    wide = {f"c{n}": [1] * (2 if n == 500 else 1) for n in range(1000)}
    answer = python.evaluate(f"return {wide!r}", _arg1={"a": [1]})
    lengths = answer.meta["rejection"]["lengths"]
    assert len(lengths) <= 41
    assert set(lengths.values()) == {1, 2}
    many = {f"_arg{n}": None for n in range(1, 101)}
    assert len(python.evaluate("return 1", **many).meta["nulls"]) == 20


def test_a_large_request_leaves_its_script_and_first_rows(python) -> None:
    body = {"script": "return _arg1", "data": {"_arg1": list(range(5000)), "_arg2": "x" * 5000}}
    answer = python.send("evaluate", json.dumps(body).encode(), timeoutSeconds=30.0, heads=True)
    request = json.loads(answer.meta["heads"]["request"])
    assert request["script"] == "return _arg1"
    assert request["data"]["_arg1"] == list(range(100))
    assert request["data"]["_arg2"] == "x" * 200 + "…"
    assert "response" not in answer.meta["heads"]
    assert answer.meta["rows"] == [5000, 5000]


@pytest.mark.parametrize(
    "script",
    [
        "return ['x' * 100] * 20000",
        "return [x / 7 for x in range(70000)]",
        "return [x / 4 for x in range(200000)]",
    ],
)
def test_a_large_result_leaves_its_first_rows(python, script) -> None:
    head = json.loads(python.evaluate(script, _arg1=[1]).meta["heads"]["response"])
    assert len(head) == 100


def test_a_large_result_of_a_function_leaves_its_first_rows(python) -> None:
    python.deploy("def many(n): return ['x' * 100] * n", "many")
    head = json.loads(python.query("many", {"n": 20000}).meta["heads"]["response"])
    assert (len(head["response"]), head["model"]) == (100, "many")


def test_first_rows_are_bounded_whatever_was_sent(python) -> None:
    data = {
        "a": [["y" * 1000] * 1000] * 200,
        "b": {str(n): {str(m): 1 for m in range(300)} for n in range(300)},
    }
    body = json.dumps({"script": "return 1", "data": {"_arg1": data}}).encode()
    answer = python.send("evaluate", body, timeoutSeconds=30.0, heads=True)
    assert len(answer.meta["heads"]["request"]) < 100_000


def test_describes_a_request_without_running_it(python) -> None:
    body = json.dumps({"script": "raise SystemExit", "data": {"_arg1": [1, 2], "_arg2": None}})
    answer = python.send("describe", body.encode(), heads=True)
    assert head(answer) == {"rows": [2, None], "nulls": ["_arg2"]}
    assert json.loads(answer.meta["heads"]["request"])["script"] == "raise SystemExit"
    assert python.send("describe", b"{").meta == {"status": 200, "bodyBytes": 0}
    assert head(python.send("describe", b'{"data": [[1], 2]}')) == {"rows": [1, None]}


def test_names_the_null_argument_whatever_the_order_of_the_keys(python) -> None:
    body = b'{"script": "return 1", "data": {"_arg2": [1], "_arg1": [null]}}'
    assert python.post(body).meta["nulls"] == ["_arg1"]


def test_nothing_is_no_row(python) -> None:
    assert python.evaluate("return None", _arg1=[1, 2]).meta["rows"] == [2, None]
