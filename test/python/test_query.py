from __future__ import annotations

import pytest

from tabpy_tray.registry import REGISTRY

pytest.importorskip("cloudpickle")

ADD = "def add(x, y):\n    return x + y"
UUID4 = r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"


def alias(name: str, target: str) -> dict:
    return {"name": name, "type": "alias", "target": target, "pickleBytes": 0}


def test_answers_with_response_version_model_and_uuid(python) -> None:
    python.deploy(ADD, "add")
    answer = python.query("add", {"x": 1, "y": 2})
    assert answer.status == 200
    assert answer.json == {
        "response": 3,
        "version": 1,
        "model": "add",
        "uuid": answer.json["uuid"],
    }
    import re

    assert re.match(UUID4, answer.json["uuid"])


def test_the_tag_depends_on_the_result_only(python) -> None:
    python.deploy(ADD, "add")
    first = python.query("add", [1, 2])
    second = python.query("add", {"x": 1, "y": 2})
    assert first.meta["etag"] == second.meta["etag"]
    assert first.json["uuid"] != second.json["uuid"]
    assert python.query("add", [1, 3]).meta["etag"] != first.meta["etag"]


@pytest.mark.parametrize("name", ["add", "nope"])
def test_looks_at_the_body_before_the_name(python, name) -> None:
    python.deploy(ADD, "add")
    answer = python.send("query", b"x", name=name)
    assert answer.status == 400
    assert answer.json["message"].startswith("JSONDecodeError : ")
    assert answer.info == {}


@pytest.mark.parametrize("body", [b"[]", b'"data"', b"5", b"null"])
def test_refuses_a_body_that_is_no_object(python, body) -> None:
    answer = python.send("query", body, name="add")
    assert answer.status == 400
    assert answer.json["message"] == "RuntimeError : Input data must be a dictionary"


@pytest.mark.parametrize("body", [b"{}", b'{"x": 1}'])
def test_refuses_a_body_without_data(python, body) -> None:
    assert python.send("query", body, name="add").json["message"] == (
        'RuntimeError : Input data must be a dictionary with a key called "data"'
    )


def test_passes_data_and_method_on_when_a_method_is_given(python) -> None:
    python.deploy("def both(data, method):\n    return [data, method]", "both")
    answer = python.send("query", b'{"data": [1], "method": "m"}', name="both")
    assert answer.json["response"] == [[1], "m"]


@pytest.mark.parametrize("name", ["nope", "é", "a/b", "add "])
def test_knows_no_other_names(python, name) -> None:
    python.deploy(ADD, "add")
    answer = python.query(name, [])
    assert answer.status == 404
    assert answer.json == {"message": "UnknownURI", "info": f"Endpoint '{name}' does not exist"}


@pytest.mark.parametrize(("data", "kind"), [(5, "int"), ("x", "str"), (None, "NoneType")])
def test_refuses_data_that_is_neither_object_nor_list(python, data, kind) -> None:
    python.deploy(ADD, "add")
    answer = python.query("add", data)
    assert answer.status == 500
    assert answer.info["error"] == (
        "Query parameter needs to be a dictionary or a list. "
        f"Given value is of type <class '{kind}'>"
    )


def test_tells_what_the_function_raised_and_where(python) -> None:
    python.deploy("def bad(x):\n    y = 1\n    return x / 0", "bad")
    answer = python.query("bad", [1])
    assert answer.status == 500
    assert answer.json == {
        "message": "Error querying function 'bad'",
        "info": {
            "uri": "bad",
            "error": "ZeroDivisionError : division by zero",
            "type": "QueryFailed",
        },
    }
    assert answer.line == 3


def test_counts_all_lines_from_the_beginning_of_the_functions_own_source(python) -> None:
    python.deploy(
        "\n\n\ndef bad(x):\n    def inner():\n        return x[5]\n    return inner()", "bad"
    )
    error = python.query("bad", [[1]]).meta["error"]
    assert error["line"] == 3
    assert error["traceback"] == (
        "  line 4, in bad\n  line 3, in inner\nIndexError: list index out of range"
    )


@pytest.mark.parametrize(
    ("raised", "text"),
    [
        ("KeyError('response')", "KeyError : 'response'"),
        ("TimeoutError('t')", "TimeoutError : t"),
        ("SystemExit(2)", "SystemExit : 2"),
        ("ValueError('a\\nb')", "ValueError : a\nb"),
    ],
)
def test_knows_no_special_errors(python, raised, text) -> None:
    python.deploy(f"def bad():\n    raise {raised}", "bad")
    assert python.query("bad", []).info["error"] == text


@pytest.mark.parametrize(
    "value", ["b'abc'", "{1}", "{(1, 2): 3}", "1 + 2j", "(i for i in [1])", "ValueError('x')"]
)
def test_says_that_a_result_is_not_json(python, value) -> None:
    python.deploy(f"def bad():\n    return {value}", "bad")
    error = python.query("bad", []).info["error"]
    assert error.startswith("TypeError : Result from object query is not json serializable: ")


def test_answers_a_circular_result(python) -> None:
    python.deploy("def bad():\n    x = []\n    x.append(x)\n    return x", "bad")
    assert python.query("bad", []).info["error"] == "ValueError : Circular reference detected"


def test_keeps_the_state_of_a_function_between_calls(python) -> None:
    python.deploy("def count(seen=[]):\n    seen.append(1)\n    return len(seen)", "count")
    assert [python.query("count", []).json["response"] for _ in range(3)] == [1, 2, 3]


def test_keeps_the_state_when_the_host_sends_the_same_function_again(python) -> None:
    answer = python.deploy("def count(seen=[]):\n    seen.append(1)\n    return len(seen)", "count")
    python.query("count", [])
    meta = {"name": "count", "version": 1, "pickleBytes": len(answer.pickles[0])}
    python.send("sync", answer.pickles[0], revision=2, put=[meta | {"description": "new"}])
    assert python.query("count", []).json["response"] == 2
    python.send("sync", answer.pickles[0], revision=3, put=[meta | {"version": 2}])
    assert python.query("count", []).json["response"] == 1


def test_follows_aliases_to_the_function(python) -> None:
    python.deploy(ADD, "add")
    python.send("sync", revision=1, put=[alias("plus", "add"), alias("sum", "plus")])
    answer = python.query("sum", [1, 2])
    assert answer.json["response"] == 3
    assert answer.json["model"] == "add"


@pytest.mark.parametrize(("first", "second"), [("a", "a"), ("b", "a"), ("nope", "nope")])
def test_aliases_in_a_circle_lead_nowhere(python, first, second) -> None:
    python.send("sync", revision=1, put=[alias("a", first), alias("b", second)])
    assert python.query("a", []).status == 404


def test_syncs_and_removes_functions(python) -> None:
    pickles = python.deploy(ADD, "add").pickles
    REGISTRY.entries.clear()
    meta = {"name": "plus", "version": 7, "pickleBytes": len(pickles[0])}
    other = {"name": "other", "version": 1, "pickleBytes": len(pickles[0])}
    python.send("sync", pickles[0] * 2, revision=1, put=[meta, other], remove=[])
    assert python.query("plus", [1, 2]).json["version"] == 7
    assert python.query("other", [1, 2]).json["response"] == 3
    python.send("sync", revision=2, put=[], remove=["plus", "unknown"])
    assert python.query("plus", [1, 2]).status == 404


def test_tells_why_a_function_could_not_be_loaded(python) -> None:
    meta = {"name": "broken", "version": 1, "pickleBytes": 3}
    python.send("sync", b"abc", revision=1, put=[meta])
    error = python.query("broken", []).info["error"]
    assert error.startswith("There is no query object associated to the endpoint: broken. Load")
    loaded = python.send("load", names=["broken", "nope"]).meta["loaded"]
    assert loaded["broken"]["status"] == "LoadFailed"
    assert loaded["broken"]["lastError"].startswith("Load failed: ")
    assert loaded["nope"]["lastError"] == "Endpoint 'nope' does not exist"


def test_gives_the_hosts_reason_when_there_is_no_pickle(python) -> None:
    meta = {
        "name": "gone",
        "version": 1,
        "pickleBytes": 0,
        "status": "LoadFailed",
        "lastError": "The file is damaged.",
    }
    python.send("sync", revision=1, put=[meta])
    assert python.query("gone", []).info["error"].endswith("The file is damaged.")


def test_a_function_that_prints_is_heard(python) -> None:
    python.deploy("def say():\n    print('hello')", "say")
    assert python.query("say", []).meta["prints"] == "hello\n"


class TestInsideScripts:
    def test_answers_as_the_http_interface_does(self, python) -> None:
        python.deploy(ADD, "add")
        answer = python.evaluate("return tabpy.query('add', x=_arg1, y=_arg2)", _arg1=1, _arg2=2)
        assert answer.json["response"] == 3
        assert sorted(answer.json) == ["model", "response", "uuid", "version"]

    def test_positional_arguments_win(self, python) -> None:
        python.deploy("def both(a, b=2):\n    return [a, b]", "both")
        script = "return tabpy.query('both', 1, b=5)['response']"
        assert python.evaluate(script).json == [1, 2]

    def test_never_raises_for_a_function_that_fails_or_is_unknown(self, python) -> None:
        python.deploy(ADD, "add")
        unknown = python.evaluate("return tabpy.query('nope', 1)").json
        assert unknown == {"message": "UnknownURI", "info": "Endpoint 'nope' does not exist"}
        failed = python.evaluate("return tabpy.query('add', 1, 'a')").json
        assert failed["message"] == "Error querying function 'add'"
        assert failed["info"]["type"] == "QueryFailed"

    def test_the_404_names_the_functions_error_and_line(self, python) -> None:
        python.deploy("def bad():\n    return 1 / 0", "bad")
        info = python.evaluate("return tabpy.query('bad')['response']").info
        assert info.endswith(
            "Error querying function 'bad': ZeroDivisionError : division by zero "
            "(line 2 of the function)"
        )

    def test_shares_no_list_between_script_and_function(self, python) -> None:
        python.deploy(
            "def grow(x, kept=[]):\n    x.append(9)\n    kept.append(1)\n    return kept", "g"
        )
        script = "a = [1]\nr = tabpy.query('g', a)['response']\nr.append(5)\nreturn [a, r]"
        assert python.evaluate(script).json == [[1], [1, 5]]
        assert python.evaluate("return tabpy.query('g', [])['response']").json == [1, 1]

    def test_passes_arguments_as_json_would(self, python) -> None:
        python.deploy("def kind(x):\n    return [str(type(x)), x]", "kind")
        script = "return tabpy.query('kind', {1: (2, 3)})['response']"
        assert python.evaluate(script).json == ["<class 'dict'>", {"1": [2, 3]}]

    def test_converts_arrays_on_the_way(self, python) -> None:
        pytest.importorskip("numpy")
        python.deploy(ADD, "add")
        script = "import numpy as np\nreturn tabpy.query('add', np.array([1]), [2])['response']"
        assert python.evaluate(script).json == [1, 2]

    def test_knows_names_with_spaces_and_their_encoded_form(self, python) -> None:
        python.deploy(ADD, "my add")
        for name in ("my add", "my%20add"):
            script = f"return tabpy.query('{name}', 1, 2)['response']"
            assert python.evaluate(script).json == 3

    def test_a_deployed_function_can_query_another(self, python) -> None:
        python.deploy(ADD, "add")
        python.deploy("def twice(x):\n    return tabpy.query('add', x, x)['response']", "twice")
        assert python.query("twice", [4]).json["response"] == 8

    def test_endless_queries_are_answered(self, python) -> None:
        python.deploy("def loop():\n    return tabpy.query('loop')['response']", "loop")
        assert python.query("loop", []).status == 500


def test_tells_the_host_which_functions_a_script_called(python) -> None:
    python.deploy("def half(x): return x / 2", "half")
    script = "for n in (1, 2): tabpy.query('half', n)\ntabpy.query('half', 'x')\nreturn 1"
    asked = python.evaluate(script).meta["asked"]
    assert {name: (one["calls"], one["errors"]) for name, one in asked.items()} == {"half": (3, 1)}
    assert len(asked["half"]["ms"]) == 3
    assert "asked" not in python.evaluate("return 1").meta


def test_bounds_what_it_tells_of_called_functions(python) -> None:
    script = "for n in range(1500): tabpy.query(str(n if n < 1000 else 0))\nreturn 1"
    asked = python.evaluate(script).meta["asked"]
    assert len(asked) == 100
    assert (asked["0"]["calls"], len(asked["0"]["ms"])) == (501, 200)


def test_what_a_whole_sync_does_not_name_is_gone(python) -> None:
    python.deploy(ADD, "add")
    python.deploy(ADD, "sub")
    python.send("sync", revision=3, put=[alias("plus", "add"), alias("add", "add")], isWhole=True)
    assert sorted(REGISTRY.entries) == ["add", "plus"]
    assert python.query("sub", [1, 2]).status == 404


def test_a_function_that_was_deployed_here_stays_loaded_when_no_pickle_comes_with_it(
    python,
) -> None:
    python.deploy(ADD, "add")
    assert python.query("add", [1, 2]).status == 200
    loaded = REGISTRY.entries["add"].loaded
    python.send("sync", put=[{"name": "add", "version": 3, "description": "new", "isOwn": True}])
    entry = REGISTRY.entries["add"]
    assert entry.loaded is loaded
    assert (entry.version, entry.description) == (3, "new")
    assert python.query("add", [1, 2]).json["response"] == 3
