"""Deploying and trying a function of a file's text: what an author of functions does."""

from __future__ import annotations

import json
import sys
import types
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


class FakeFigure:
    """A figure of a matplotlib that is not there."""

    def __init__(self, content: bytes | Exception, inches: tuple[float, float] = (4, 3)) -> None:
        self.content = content
        self.inches = inches
        self.dpi = 0.0

    def get_size_inches(self) -> tuple[float, float]:
        return self.inches

    def savefig(self, file: Any, *, format: str, dpi: float) -> None:  # noqa: A002 - matplotlib's name
        assert format == "png"
        self.dpi = dpi
        if isinstance(self.content, Exception):
            raise self.content
        file.write(self.content)


class FakePyplot(types.ModuleType):
    """What pyplot knows of open figures."""

    def __init__(self) -> None:
        super().__init__("matplotlib.pyplot")
        self.open: dict[int, FakeFigure] = {}

    def show(self, *figures: FakeFigure) -> None:
        for figure in figures:
            self.open[len(self.open) + 1] = figure

    def get_fignums(self) -> list[int]:
        return sorted(self.open)

    def figure(self, number: int) -> FakeFigure:
        return self.open[number]

    def close(self, which: str) -> None:
        assert which == "all"
        self.open.clear()


PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def pyplot(monkeypatch: pytest.MonkeyPatch) -> FakePyplot:
    fake = FakePyplot()
    fake.Figure = FakeFigure
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", fake)
    return fake


def pictures_in(answer: Answer) -> tuple[bytes, list[bytes]]:
    sizes = answer.meta.get("pictures", [])
    end = len(answer.body) - sum(sizes)
    found, start = [], end
    for size in sizes:
        found.append(answer.body[start : start + size])
        start += size
    return answer.body[:end], found


DRAWS = """
import sys
def f(*parts):
    pyplot = sys.modules['matplotlib.pyplot']
    pyplot.show(*[pyplot.Figure(b'\\x89PNG\\r\\n\\x1a\\n' + part.encode()) for part in parts])
    return len(parts)
"""


def test_gives_the_figures_that_a_trial_left_open(python: Interpreter, pyplot: FakePyplot) -> None:
    answer = attempt(python, DRAWS, "f", ["one", "two"])
    assert pictures_in(answer) == (b"2", [PNG + b"one", PNG + b"two"])
    assert pyplot.open == {}


def test_gives_no_figure_of_an_earlier_run(python: Interpreter, pyplot: FakePyplot) -> None:
    pyplot.show(FakeFigure(PNG + b"left by a script"))
    assert pictures_in(attempt(python, "def f(): return 1", "f", [])) == (b"1", [])


def test_gives_the_figures_of_a_trial_that_failed(python: Interpreter, pyplot: FakePyplot) -> None:
    answer = attempt(python, f"{DRAWS}\ndef g(x):\n    f(x)\n    return 1 / 0\n", "g", ["one"])
    assert answer.meta["error"]["type"] == "ZeroDivisionError"
    assert pictures_in(answer)[1] == [PNG + b"one"]


def test_gives_the_figures_of_a_deployed_function_on_trial_only(
    python: Interpreter, pyplot: FakePyplot
) -> None:
    deploy(python, DRAWS, "f")
    body = json.dumps({"data": ["one"]}).encode()
    answer = python.send("try-deployed", body, name="f")
    text, found = pictures_in(answer)
    assert (json.loads(text)["response"], found) == (1, [PNG + b"one"])
    asked = python.send("query", body, name="f")
    assert "pictures" not in asked.meta
    assert asked.json["response"] == 1
    assert len(pyplot.open) == 1


def test_gives_no_more_figures_than_a_window_shows(python: Interpreter, pyplot: FakePyplot) -> None:
    assert len(pictures_in(attempt(python, DRAWS, "f", list("abcdefg")))[1]) == 4
    assert pyplot.open == {}


@pytest.mark.parametrize(
    "content",
    [b"no picture", PNG + bytes(1_000_000), ValueError("cannot be drawn")],
)
def test_leaves_out_a_figure_that_cannot_be_shown(
    python: Interpreter, pyplot: FakePyplot, content: bytes | Exception
) -> None:
    pyplot.given = [FakeFigure(content), FakeFigure(PNG)]
    source = (
        "import sys\ndef f():\n    it = sys.modules['matplotlib.pyplot']\n    it.show(*it.given)\n"
    )
    answer = attempt(python, source, "f", [])
    assert pictures_in(answer) == (b"null", [PNG])


def test_draws_a_huge_figure_with_fewer_dots(python: Interpreter, pyplot: FakePyplot) -> None:
    huge = pyplot.huge = FakeFigure(PNG, (400, 3))
    source = (
        "import sys\ndef f():\n    it = sys.modules['matplotlib.pyplot']\n    it.show(it.huge)\n"
    )
    assert len(pictures_in(attempt(python, source, "f", []))[1]) == 1
    assert huge.dpi == 4


def test_lets_show_pass_in_a_trial(python: Interpreter) -> None:
    text = "FigureCanvasAgg is non-interactive, and thus cannot be shown"
    source = f"import warnings\ndef f():\n    warnings.warn('{text}')\n    warnings.warn('mine')\n"
    with pytest.warns(UserWarning, match="mine") as found:
        attempt(python, source, "f", [])
    assert [str(one.message) for one in found] == ["mine"]


def test_answers_when_matplotlib_was_replaced(
    python: Interpreter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", types.ModuleType("broken"))
    assert pictures_in(attempt(python, "def f(): return 1", "f", [])) == (b"1", [])


def test_a_trial_tells_the_verdict_and_the_cause(python) -> None:
    text = "def half(x):\n    return [one / 2 for one in x]"
    data = json.dumps({"x": [1, None]})
    answer = python.send(
        "try", (text + data).encode(), functionName="half", sourceBytes=len(text.encode())
    )
    assert answer.meta["error"]["cause"].startswith("x is null in row 2.")
    assert answer.meta["rows"] == [2, None]
    text = "def half(x):\n    return x[:1] * 3"
    data = json.dumps({"x": [1, 2]})
    answer = python.send(
        "try", (text + data).encode(), functionName="half", sourceBytes=len(text.encode())
    )
    assert answer.meta["rejection"] == {"kind": "wrong-length", "rowsSent": 2, "rowsBack": 3}
