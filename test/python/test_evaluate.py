from __future__ import annotations

import json
import sys
import tracemalloc

import pytest

NO_RESPONSE = (
    "The endpoint you're trying to query did not respond. Please make sure the endpoint exists "
    "and the correct set of arguments are provided."
)


def test_answers_the_example_of_the_documentation(python) -> None:
    answer = python.evaluate("return _arg1+_arg2", _arg1=1, _arg2=2)
    assert (answer.status, answer.body) == (200, b"3")


@pytest.mark.parametrize("script", ["x = 1", "pass", "return None", "'a text'", "return"])
def test_answers_null_when_the_script_returns_nothing(python, script) -> None:
    assert python.evaluate(script).body == b"null"


@pytest.mark.parametrize("body", [b'{"script":"return 1"}', b'{"script":"return 1","data":null}'])
def test_runs_without_arguments_when_there_is_no_data(python, body) -> None:
    assert python.post(body).body == b"1"


@pytest.mark.parametrize("body", [b"{}", b"[]", b"5", b"null", b'"x"', b'"script"', b'{"data":{}}'])
def test_says_that_the_script_is_empty_when_there_is_none(python, body) -> None:
    answer = python.post(body)
    assert (answer.status, answer.json) == (400, {"message": "Script is empty.", "info": {}})


@pytest.mark.parametrize("script", ["", "   ", "\n\n", "# only a comment", "\ufeff"])
def test_says_that_a_script_without_statements_is_empty(python, script) -> None:
    assert python.evaluate(script).json == {"message": "Script is empty.", "info": {}}


@pytest.mark.parametrize("data", ["[]", '"x"', "5", "true", "false", "0", '""'])
def test_refuses_data_that_is_no_object(python, data) -> None:
    answer = python.post(b'{"script":"return 1","data":%s}' % data.encode())
    assert answer.status == 400
    assert answer.json["message"] == "Script parameters need to be provided as a dictionary."


@pytest.mark.parametrize(
    "names", [["_arg2"], ["_arg1", "_arg3"], ["_arg1", "x"], ["_arg0", "_arg1"], ["_arg01"]]
)
def test_refuses_names_that_leave_a_gap(python, names) -> None:
    answer = python.evaluate("return 1", **dict.fromkeys(names, 1))
    assert answer.status == 400
    assert answer.json["message"] == (
        "Variables names should follow the format _arg1, _arg2, _argN"
    )


def test_binds_three_hundred_arguments_by_name(python) -> None:
    data = {f"_arg{n}": n for n in range(300, 0, -1)}
    assert python.evaluate("return [_arg1, _arg99, _arg300]", **data).json == [1, 99, 300]


@pytest.mark.parametrize("script", ["5", "null", "[1]", "{}"])
def test_words_a_script_that_is_no_text_as_tabpy_does(python, script) -> None:
    answer = python.post(b'{"script":%s,"data":{}}' % script.encode())
    assert answer.status == 500
    assert "object has no attribute 'splitlines'" in answer.info


@pytest.mark.parametrize("body", [b"", b"not json", b'{"script":"return 1"} x', b"{'a':1}"])
def test_names_the_error_of_a_body_that_is_no_json(python, body) -> None:
    answer = python.post(body)
    assert answer.status == 500
    assert answer.json["message"] == "Error processing script"
    assert answer.info.startswith("JSONDecodeError : ")


def test_reads_nan_and_writes_null(python) -> None:
    answer = python.post(b'{"data":{"_arg1":[NaN,-Infinity,1]},"script":"return _arg1"}')
    assert answer.body == b"[null, null, 1]"


def test_a_script_sees_only_its_arguments_as_locals(python) -> None:
    assert python.evaluate("return sorted(locals())", _arg1=1).json == ["_arg1", "tabpy"]


def test_leaks_no_locals_into_the_next_script(python) -> None:
    python.evaluate("secret = 5\ndef helper(): return 6\nreturn secret", _arg1=1)
    for name in ("secret", "helper", "_arg1"):
        answer = python.evaluate(f"return {name}")
        assert answer.info == f"NameError : name '{name}' is not defined"


def test_keeps_global_names_for_the_next_script(python) -> None:
    script = "global calls\ntry:\n  calls += 1\nexcept NameError:\n  calls = 1\nreturn calls"
    assert [python.evaluate(script).json for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("script", "result"),
    [
        ("return json.dumps([1, None])", "[1, null]"),
        ("return str(uuid.UUID(int=0))", "00000000-0000-0000-0000-000000000000"),
        ("return str(timedelta(seconds=90))", "0:01:30"),
        ("logging.getLogger('x').debug('y')", None),
        ("return prep_string() + prep_int()", ["prep_string_type", "prep_int_type"]),
        ("return __name__ == '__main__'", False),
    ],
)
def test_offers_the_names_that_tabpy_offers(python, script, result) -> None:
    assert python.evaluate(script).json == result


@pytest.mark.parametrize("name", ["pd", "pandas"])
def test_imports_pandas_only_for_scripts_that_use_it(python, name) -> None:
    pytest.importorskip("pandas")
    script = f"f = lambda: {name}.DataFrame({{'a': [1]}})\nreturn f()"
    assert python.evaluate(script).json == {"a": [1]}


@pytest.mark.parametrize(
    ("script", "info"),
    [
        ("return 1/0", "ZeroDivisionError : division by zero"),
        ("return nope", "NameError : name 'nope' is not defined"),
        ("raise KeyError('b')", "KeyError : 'b'"),
        ("raise TimeoutError('mine')", "TimeoutError : mine"),
        ("raise SystemExit(3)", "SystemExit : 3"),
        ("import sys\nsys.exit()", "SystemExit : "),
        ("raise KeyboardInterrupt", "KeyboardInterrupt : "),
        ("raise GeneratorExit", "GeneratorExit : "),
        ("raise StopIteration", "StopIteration : "),
        ("raise ExceptionGroup('eg', [ValueError(1)])", "ExceptionGroup : eg (1 sub-exception)"),
        (
            "try:\n  1/0\nexcept Exception as e:\n  raise RuntimeError('x') from e",
            "RuntimeError : x",
        ),
        ("raise ValueError('é\\ud800\\n')", "ValueError : é\ud800\n"),
        ("class E(Exception): pass\nraise E", "E : "),
    ],
)
def test_words_errors_as_class_and_text(python, script, info) -> None:
    answer = python.evaluate(script)
    assert (answer.status, answer.info) == (500, info)


def test_survives_an_exception_whose_text_cannot_be_made(python) -> None:
    script = "class E(Exception):\n  def __str__(self): raise ValueError\nraise E"
    assert python.evaluate(script).info.startswith("E : <its text could not be made")


def test_answers_endless_recursion_and_goes_on(python) -> None:
    answer = python.evaluate("def f(n): return f(n + 1)\nreturn f(0)")
    assert answer.info.startswith("RecursionError : ")
    assert python.evaluate("return 1").json == 1


def test_spells_error_bodies_as_tabpy_does(python) -> None:
    body = python.evaluate("raise ValueError('é')").body
    assert body == b'{"message": "Error processing script", "info": "ValueError : \\u00e9"}'


def test_adds_the_cure_to_a_missing_module(python) -> None:
    info = python.evaluate("import no_such_module.part").info
    assert info.startswith("ModuleNotFoundError : No module named 'no_such_module'")
    assert "you can add it on the Packages screen of TabPy Tray" in info
    assert (
        python.evaluate("import no_such_module.part").meta["error"]["missing"] == "no_such_module"
    )


def test_names_the_package_of_a_module_that_is_named_differently(python, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    del sys.modules["cv2"]
    info = python.evaluate("raise ModuleNotFoundError(\"No module named 'cv2'\", name='cv2')").info
    assert info == (
        "ModuleNotFoundError : No module named 'cv2'. "
        "The package opencv-python can be added on the Packages screen of TabPy Tray."
    )


def test_names_what_to_use_instead_of_what_cannot_run_here(python) -> None:
    script = "raise ModuleNotFoundError(\"No module named 'prophet'\", name='prophet.forecaster')"
    answer = python.evaluate(script)
    assert answer.info.startswith("ModuleNotFoundError : No module named 'prophet'. Prophet needs")
    assert "SARIMAX" in answer.info
    assert answer.meta["error"]["missing"] == "prophet"


def test_tells_a_missing_module_behind_an_error_that_it_caused(python) -> None:
    cause = "ModuleNotFoundError(\"No module named 'seaglass'\", name='seaglass')"
    error = python.evaluate(f"raise ValueError('not loaded') from {cause}").meta["error"]
    assert (error["type"], error["missing"]) == ("ValueError", "seaglass")
    handled = f"try:\n    raise {cause}\nexcept ImportError:\n    raise ValueError('other')"
    assert "missing" not in python.evaluate(handled).meta["error"]


@pytest.mark.parametrize("name", ["'numpy.nope'", "'os.nope'", "'_thread_x'", "17", "None"])
def test_offers_no_package_for_what_is_none(python, name) -> None:
    error = python.evaluate(f"raise ModuleNotFoundError('x', name={name})").meta["error"]
    assert "missing" not in error


def test_does_not_offer_packages_for_what_no_package_can_bring(python) -> None:
    info = python.evaluate("raise ModuleNotFoundError(\"x\", name='_multiprocessing')").info
    assert "No module named '_multiprocessing'" in info
    assert "Packages" not in info


@pytest.mark.parametrize("script", ["raise KeyError('response')", "return {}['response']"])
def test_a_missing_response_is_a_404(python, script) -> None:
    answer = python.evaluate(script)
    assert (answer.status, answer.info) == (404, NO_RESPONSE)


def test_a_404_tells_why_the_query_failed(python) -> None:
    answer = python.evaluate("return tabpy.query('nope')['response']")
    assert answer.status == 404
    assert answer.info == f"{NO_RESPONSE} Endpoint 'nope' does not exist"


@pytest.mark.parametrize(
    ("script", "line"),
    [
        ("x = 1\ny = = 2", 2),
        ("x = 1\n\nreturn x / 0", 3),
        ("def f():\n  return 1 / 0\n\nx = 1\nreturn f()", 2),
        ("import json\nx = 1\njson.loads('x')", 3),
        ("x = '''a\nb'''\nreturn nope", 3),
        ("\n  x = 1\n  return x / 0", 3),
        ("  x = 1\n  y = = 2", 2),
        ("exec('\\n\\n\\n1/0')", 1),
        ("return object()", None),
    ],
)
def test_counts_lines_as_the_analyst_does(python, script, line) -> None:
    assert python.evaluate(script).line == line


def test_says_the_analysts_line_in_the_text_of_a_syntax_error(python) -> None:
    info = python.evaluate("x = 1\ny = = 2").info
    assert info == "SyntaxError : invalid syntax (<string>, line 2)"


def test_shows_a_traceback_of_the_scripts_own_lines(python) -> None:
    error = python.evaluate("def f():\n  return 1 / 0\nreturn f()").meta["error"]
    assert error["type"] == "ZeroDivisionError"
    assert error["text"] == "division by zero"
    assert error["traceback"] == (
        "  line 3\n    return f()\n  line 2, in f\n    return 1 / 0\n"
        "ZeroDivisionError: division by zero"
    )


def test_bounds_texts_and_tracebacks(python) -> None:
    answer = python.evaluate("raise ValueError('x' * 10_000_000)")
    assert len(answer.body) < 40_000
    assert len(answer.meta["error"]["traceback"]) < 9_000


def test_answers_an_echo_of_many_rows_unchanged(python) -> None:
    rows = [n / 7 for n in range(20_000)]
    assert python.evaluate("return _arg1", _arg1=rows).json == rows


def test_ignores_other_keys_of_the_request(python) -> None:
    body = json.dumps({"api_key": "", "script": "return int(1)", "data": {"_arg1": [4]}})
    assert python.post(body.encode()).body == b"1"


def test_lets_a_script_keep_things_on_its_own_tabpy_object(python) -> None:
    assert python.evaluate("tabpy.cache = 5\nreturn tabpy.cache").json == 5
    assert python.evaluate("return hasattr(tabpy, 'cache')").json is False


def test_names_the_tabpy_object_in_errors_as_tabpy_does(python) -> None:
    assert python.evaluate("return tabpy.query()").info == (
        "TypeError : RestrictedTabPy.query() missing 1 required positional argument: 'name'"
    )
    assert python.evaluate("return tabpy.deploy").info == (
        "AttributeError : 'RestrictedTabPy' object has no attribute 'deploy'"
    )


def test_a_script_can_call_itself_by_the_name_that_tabpy_gives_it(python) -> None:
    script = "return 1 if _arg1 < 2 else _arg1 * _user_script(tabpy, _arg1 - 1)"
    assert python.evaluate(script, _arg1=5).json == 120


def test_says_nothing_of_packages_where_a_part_of_the_standard_library_is_missing(python) -> None:
    info = python.evaluate("import os.nope").info
    assert info == "ModuleNotFoundError : No module named 'os.nope'; 'os' is not a package"


def test_returns_what_a_function_deployed_with_the_tabpy_object_asks_it_for(python) -> None:
    python.deploy("def add(x, y):\n    return x + y", "add")
    python.deploy("def twice(x):\n    return tabpy.query('add', x, x)['response']", "twice")
    assert python.query("twice", [4]).json["response"] == 8


@pytest.mark.parametrize(
    "name", ["k{}", "_arg{}x", "_arg0{}"], ids=["no name of ours", "longer", "with a zero"]
)
def test_thousands_of_wrong_names_leave_nothing_behind(python, name) -> None:
    body = json.dumps({"script": "return 1", "data": {name.format(n): 1 for n in range(8_000)}})
    python.evaluate("return 1")
    tracemalloc.start()
    try:
        assert python.post(body.encode()).status == 400
        kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 1_000_000
    assert peak < 10_000_000


def test_thousands_of_right_names_leave_little_behind(python) -> None:
    data = {f"_arg{n}": n for n in range(1, 5_001)}
    python.evaluate("return 1", **data)
    tracemalloc.start()
    try:
        for _ in range(3):
            assert python.evaluate("return _arg1 + _arg5000", **data).json == 5_001
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 1_000_000


def test_answers_a_long_column_beside_prints_and_deployments(python) -> None:
    column = [number / 4 for number in range(1_000)]
    printed = python.evaluate("print('x')\nreturn [x / 4 for x in range(1000)]")
    assert (printed.json, printed.meta["prints"]) == (column, "x\n")
    deployed = python.evaluate(
        "from tabpy.tabpy_tools.client import Client\n"
        "def half(x): return x / 2\n"
        "Client('http://localhost:9004/').deploy('half', half)\n"
        "return [x / 4 for x in range(1000)]"
    )
    assert deployed.json == column
    assert [change["name"] for change in deployed.changes] == ["half"]
    assert python.query("half", {"x": 3}).json["response"] == 1.5
