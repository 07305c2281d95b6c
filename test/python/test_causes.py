"""A failed request tells the cause in the data, on the line that failed, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

#: Scripts as analysts write them, with the first sentence of the cause that is told; "" for none.
CASES = json.loads(Path(__file__).with_name("cause_cases.json").read_text(encoding="utf-8"))
NULLS = [1.0, 2.0, None, 4.0]
NUMBERS = [1.0, 2.0, 3.0, 4.0]
TEXTS = ["a", "12", "c", "d"]


def cause_of(python, script: str, **arguments) -> str:
    """Run a script that must fail; return the cause in the answer's head."""
    answer = python.evaluate(script, **arguments)
    assert answer.status != 200, answer.body
    cause = answer.meta["error"].get("cause", "")
    assert answer.info.endswith(cause)  # Tableau shows it too
    assert cause not in answer.meta["error"]["text"] or not cause  # the original stands apart
    return cause


@pytest.mark.parametrize(
    "script",
    [
        "return [x * 2 for x in _arg1]",
        "return sum(_arg1)",
        "return sum(x * 2 for x in _arg1)",
        "out = []\nfor x in _arg1:\n    out.append(x + 1)\nreturn out",
        "def double(x):\n    return x * 2\nreturn [double(x) for x in _arg1]",
        "return list(map(lambda x: x * 2, _arg1))",
        "return [\n    x\n    * 2\n    for x in _arg1\n]",
        "import math\nreturn [math.sqrt(x) for x in _arg1]",
        "return [float(x) for x in _arg1]",
        "return max(_arg1)",
        "return sorted(_arg1)",
        "import statistics\nreturn statistics.mean(_arg1)",
        "values = _arg1\nthird = values[2]\nreturn third + 1",
        "return [round(a - b) for a, b in zip(_arg2, _arg1)]",
        "import numpy as np\nreturn np.exp(_arg1).tolist()",
        "return [-x for x in _arg1]",
        "return [x > 1 for x in _arg1]",
    ],
)
def test_names_the_null_in_an_argument_and_its_row(python, script) -> None:
    cause = cause_of(python, script, _arg1=NULLS, _arg2=NUMBERS)
    assert cause.startswith("_arg1 is null in row 3. ")


def test_counts_the_nulls_when_there_are_more(python) -> None:
    cause = cause_of(python, "return [x * 2 for x in _arg1]", _arg1=[1, None, None, 4])
    assert cause.startswith("_arg1 is null in row 2 (2 of 4 rows are null).")


@pytest.mark.parametrize("value", [None, [None, None]])
def test_explains_attr_where_an_argument_is_null_throughout(python, value) -> None:
    cause = cause_of(python, "return _arg1 * 2 if False else _arg1 + 1", _arg1=value)
    if value is None:
        assert "_arg1 is null" in cause
        assert "ATTR([field])" in cause
    else:
        cause = cause_of(python, "return [x * 2 for x in _arg1]", _arg1=value)
        assert cause.startswith("_arg1 is null in every row. ATTR([field])")


def test_a_null_that_becomes_nan_is_named(python) -> None:
    script = "import numpy as np\nreturn [int(x) for x in np.array(_arg1, float)]"
    assert cause_of(python, script, _arg1=NULLS).startswith(
        "_arg1 is null in row 3, which numpy and pandas read as NaN."
    )
    own = "import math\nbad = math.inf - math.inf + _arg1[0]\nreturn int(bad)"
    assert cause_of(python, own, _arg1=NUMBERS).startswith("No argument is null here")


@pytest.mark.parametrize(
    "script",
    [
        # The null has nothing to do with the line that failed.
        "d = {}\nreturn d.get('a') + 1",
        "nothing = None\nreturn nothing.upper()",
        "def f(x):\n    y = None\n    return y + 1\nreturn [f(x) for x in _arg1]",
        "return [x * 2 for x in _arg2][0] + None",
        # The script says so itself.
        "raise TypeError('NoneType in my data: ' + str(_arg1))",
        "return 1 / 0",
        "return [][1]",
        "return {}['a']",
        "return undefined_name",
        "x = (1",
    ],
)
def test_is_silent_where_the_data_is_not_the_cause(python, script) -> None:
    assert cause_of(python, script, _arg1=NULLS, _arg2=NUMBERS) == ""


@pytest.mark.parametrize(
    "script",
    [
        "return _arg1 + 1",
        "return _arg1 * 2.5",
        "return _arg1 > 3",
        "values = _arg1\nreturn values - 1",
        "return float(_arg1)",
        "import math\nreturn math.sqrt(_arg1)",
        "return -_arg1",
        "return _arg1.upper()",
        "return round(_arg1)",
        "def half(x):\n    return x / 2\nreturn half(_arg1)",
        "import numpy as np\nif np.array(_arg1) > 2:\n    return 1\nreturn 0",
        "import math\nimport numpy as np\nreturn math.sqrt(np.array(_arg1))",
    ],
)
def test_says_that_a_column_is_used_as_one_value(python, script) -> None:
    cause = cause_of(python, script, _arg1=NUMBERS)
    assert cause.startswith("_arg1 is a column of 4 values, and this line uses it as one value.")


def test_a_list_of_the_scripts_own_is_no_column(python) -> None:
    assert cause_of(python, "mine = [1]\nreturn mine + _arg1[0]", _arg1=NUMBERS) == ""


def test_says_that_one_value_is_used_as_a_column(python) -> None:
    cause = cause_of(python, "return [x * 2 for x in _arg1]", _arg1=4)
    assert cause.startswith("_arg1 is one value (4), and this line uses it as a column.")


def test_names_text_in_place_of_a_number(python) -> None:
    for script in ("return [x - 1 for x in _arg1]", "return sum(_arg1)"):
        assert cause_of(python, script, _arg1=TEXTS).startswith("_arg1 is text, such as 'a'")
    cause = cause_of(python, "return [float(x) for x in _arg1]", _arg1=["1", "n/a", "3"])
    assert cause.startswith("_arg1 is 'n/a' in row 2, which is not a number.")
    assert cause_of(python, "return 'a' + 1", _arg1=TEXTS) == ""


def test_names_the_zero_that_divides(python) -> None:
    cause = cause_of(
        python, "return [a / b for a, b in zip(_arg1, _arg2)]", _arg1=NUMBERS, _arg2=[1, 0, 1, 1]
    )
    assert cause.startswith("_arg2 is 0 in row 2.")


def test_names_what_the_script_forgot(python) -> None:
    assert cause_of(python, "return _arg3", _arg1=1, _arg2=2).startswith(
        "The script uses _arg3, but 2 arguments were sent."
    )
    assert cause_of(python, "return np.mean(_arg1)", _arg1=NUMBERS).endswith("import numpy as np")
    assert cause_of(python, "return math.pi").endswith("import math")
    assert cause_of(python, "return null") == "Python has no null. Write None."


def test_names_a_deployed_function_that_is_called_like_pythons_own(python) -> None:
    python.deploy("def predict(x): return x", "predict")
    cause = cause_of(python, "return predict(_arg1)", _arg1=NUMBERS)
    assert cause == (
        "predict is a deployed function. Call it with tabpy.query('predict', _arg1)['response']."
    )


def test_hints_of_the_walls_stand_apart_from_the_original(python) -> None:
    assert "can be added" in cause_of(python, "import xgboost")
    assert "only under /data" in cause_of(python, "open(r'C:\\models\\m.joblib')")


def test_a_function_tells_its_parameter(python) -> None:
    python.deploy("def double(sales, factor): return [x * factor[0] for x in sales]", "double")
    for data in ({"sales": [1, None], "factor": [2]}, [[1, None], [2]]):
        answer = python.query("double", data)
        assert answer.status == 500
        assert answer.meta["error"]["cause"].startswith("sales is null in row 2.")
        assert answer.info["error"].endswith(answer.meta["error"]["cause"])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_tells_the_cause_of_what_analysts_write(python, case) -> None:
    cause = cause_of(python, case["script"], **case["data"])
    assert cause.startswith(case["cause"])
    assert bool(cause) == bool(case["cause"])


def test_says_why_a_query_in_a_script_has_no_response(python) -> None:
    python.deploy("def double(sales): return [x * 2 for x in sales]", "double")
    told = {
        "doubel": "No function is deployed under the name 'doubel'. There is 'double'.",
        "forecast": "No function is deployed under the name 'forecast'.",
    }
    for name, cause in told.items():
        answer = python.evaluate(f"return tabpy.query('{name}', _arg1)['response']", _arg1=NUMBERS)
        assert answer.status == 404
        assert answer.meta["error"]["cause"].startswith(cause)
    answer = python.evaluate("return tabpy.query('double', _arg1)['response']", _arg1=NULLS)
    assert "sales is null in row 3." in answer.meta["error"]["cause"]
    own = python.evaluate("return {}['response']", _arg1=NUMBERS)
    assert "cause" not in own.meta["error"]


def test_compares_the_names_of_a_request_with_the_parameters_of_the_function(python) -> None:
    python.deploy("def double(sales): return [x * 2 for x in sales]", "double")
    for data, sent in (({"amount": [1]}, "The request has: amount."), ([[1], [2]], "2 values.")):
        answer = python.query("double", data)
        cause = answer.meta["error"]["cause"]
        assert cause.startswith("double has the parameters: sales.")
        assert sent in cause
        assert cause not in answer.info["error"]  # what TabPy answers, letter by letter
