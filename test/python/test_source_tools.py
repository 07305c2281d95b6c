"""What the editor asks: signatures, problems, completions, and scripts made functions."""

from __future__ import annotations

import sys
import textwrap
import time

import pytest

from tabpy_tray.source_tools import completion, problem, promote, signature


def _parameters(source: str) -> list[tuple[str, str, bool, str]]:
    (function,) = signature.functions_of(textwrap.dedent(source))
    return [
        (one["name"], one["type"], one["isRequired"], one["about"])
        for one in function["parameters"]
    ]


def test_functions_are_those_at_the_top_the_latest_of_a_name() -> None:
    source = (
        "def a(): pass\nclass C:\n    def b(self): pass\nasync def c(): pass\ndef a(x): 'Doc.'\n"
    )
    found = signature.functions_of(source)
    assert [(one["name"], one["line"], one["docstring"]) for one in found] == [
        ("a", 5, "Doc."),
        ("c", 4, ""),
    ]


def test_parameters_take_their_type_from_hints_and_defaults() -> None:
    source = """
        def f(a, b: list[float], c: "np.ndarray", d: list[bool], e: str = "x", f: int | None = None,
              g=1, h=True, i="t", *rest, j: float = 1.5, **more): pass
        """
    assert [one[:3] for one in _parameters(source)] == [
        ("a", "any", True),
        ("b", "number", True),
        ("c", "number", True),
        ("d", "boolean", True),
        ("e", "text", False),
        ("f", "integer", False),
        ("g", "integer", False),
        ("h", "boolean", False),
        ("i", "text", False),
        ("j", "number", False),
    ]


@pytest.mark.parametrize(
    "docstring",
    [
        "Sum.\n\nArgs:\n    sales (list of float): What was\n        sold.\n    name: Whose.\n",
        (
            "Sum.\n\nParameters\n----------\nsales : list of float\n    What was sold.\n"
            "name\n    Whose.\n"
        ),
        "Sum.\n\n:param float sales: What was sold.\n:param name: Whose.\n",
    ],
    ids=["google", "numpy", "sphinx"],
)
def test_docstrings_tell_of_parameters(docstring: str) -> None:
    source = f"def f(sales, name, other=None):\n    {docstring!r}\n"
    assert _parameters(source) == [
        ("sales", "number", True, "What was sold."),
        ("name", "any", True, "Whose."),
        ("other", "any", False, ""),
    ]


def test_a_problem_is_told_at_its_place_in_units_of_an_editor() -> None:
    assert problem.problem_of("x = 1\n") is None
    assert problem.problem_of("x = 1\nreturn x\n") == {
        "text": "'return' outside function",
        "line": 2,
        "column": 1,
        "endLine": 2,
        "endColumn": 9,
    }
    found = problem.problem_of("x = '😀' +* 1\n")
    assert found is not None
    assert (found["text"], found["line"], found["column"]) == ("invalid syntax", 1, 11)
    assert problem.problem_of("x = '\0'") is not None
    # A form feed ends no line of Python's.
    found = problem.problem_of("x = 1\n\x0c\ny = '😀' +* 1\n")
    assert found is not None
    assert (found["line"], found["column"]) == (3, 11)


def _labels(source: str, at: str = "|") -> list[str]:
    offset = len(source.partition(at)[0].encode("utf-16-le")) // 2
    return [one["label"] for one in completion.completions(source.replace(at, ""), offset)]


def test_completions_know_the_names_in_scope() -> None:
    source = "import math\nrate = 2\ndef price(amount, vat=1):\n    total = amount\n    return |\n"
    labels = _labels(source)
    assert {"math", "rate", "price", "amount", "vat", "total", "len", "lambda"} <= set(labels)
    assert "amount" not in _labels("def price(amount):\n    pass\nx = |\n")
    assert _labels("def price(amount):\n    return am|")[0] == "amount"


def test_completions_know_what_modules_hold() -> None:
    assert "sqrt" in _labels("import math\nmath.sq|")
    assert "sqrt" in _labels("import math as m\ndef f(x):\n    return m.|\n")
    assert "join" in _labels("import os.path\nos.path.jo|")
    assert _labels("from math import sq|") == ["sqrt"]
    assert "math" in _labels("import mat|")
    assert "path" in _labels("import os.|") or "path" in _labels("from os import pa|")
    assert "dumps" in _labels("from json import dumps\ndu|")


def test_completions_tell_kinds_and_signatures() -> None:
    (found,) = completion.completions("def twice(x, times=2): ...\ntwi", 30)
    assert found == {"label": "twice", "kind": "function", "about": "(x, times=2)"}


@pytest.mark.parametrize(
    "source",
    [
        "x = 'le|",
        "x = 1  # le|",
        '"""Some le|',
        "f(x).le|",
        "x[0].le|",
        "nowhere.|",
        "import nowhere\nnowhere.|",
    ],
)
def test_completions_offer_nothing_where_nothing_is_known(source: str) -> None:
    assert _labels(source) == []


def test_completions_of_many_names_in_a_line_come_at_once() -> None:
    started = time.process_time()
    completion.completions("import " + "a, " * 40 + "!", 128)
    assert time.process_time() - started < 1


def test_completions_run_nothing_of_the_source() -> None:
    assert "len" in _labels("raise SystemExit\nle|")


def test_a_script_becomes_a_function_with_named_parameters() -> None:
    script = (
        "import numpy as np\nx = np.array(_arg1)  # _arg1 is sales\nreturn (x - _arg2).tolist()"
    )
    assert promote.promoted(script, "profit", ["sales", "costs"]) == textwrap.dedent(
        '''\
        def profit(sales, costs):
            """A script from Tableau."""
            import numpy as np
            x = np.array(sales)  # _arg1 is sales
            return (x - costs).tolist()
        '''
    )


def test_a_script_keeps_its_strings_and_layout() -> None:
    script = (
        "text = '''_arg1\nsecond'''\n\nif _arg1:\n\treturn text + '_arg1'\nreturn (\n  _arg1,\n)"
    )
    source = promote.promoted(script, "f", ["a"])
    scope: dict[str, object] = {}
    exec(source, scope)
    assert scope["f"]([1]) == "_arg1\nsecond_arg1"  # type: ignore[operator]
    assert scope["f"]([]) == ([],)  # type: ignore[operator]


def test_a_script_keeps_characters_that_end_lines_elsewhere() -> None:
    script = "text = '''a\x0cb\u2028c'''\nreturn text + 'd\x0ce' + _arg1"
    scope: dict[str, object] = {}
    exec(promote.promoted(script, "f", ["a"]), scope)
    assert scope["f"]("f") == "a\x0cb\u2028cd\x0cef"  # type: ignore[operator]


def test_a_script_with_other_line_ends_is_read_as_it_is_run() -> None:
    for end in ("\r\n", "\r", "\u2028"):
        scope: dict[str, object] = {}
        exec(promote.promoted(f"x = _arg1{end}return x", "f", ["a"]), scope)
        assert scope["f"](1) == 1  # type: ignore[operator]


def test_a_script_that_is_indented_as_a_whole_is_not_twice() -> None:
    assert "\n    return a\n" in promote.promoted("    return _arg1", "f", ["a"])


def test_names_that_an_inner_function_takes_for_itself_stay() -> None:
    script = "g = lambda _arg1, y=_arg1: _arg1 + y\nreturn g(_arg1=_arg2)"
    source = promote.promoted(script, "f", ["a", "b"])
    assert "g = lambda _arg1, y=a: _arg1 + y" in source
    assert "return g(_arg1=b)" in source


def test_characters_of_several_bytes_move_nothing() -> None:
    assert "return 'é😀' + a\n" in promote.promoted("return 'é😀' + _arg1", "f", ["a"])


@pytest.mark.skipif(
    sys.version_info < (3, 12), reason="older Pythons do not say where in an f-string"
)
def test_names_inside_f_strings_are_renamed() -> None:
    assert 'return f"{a:>{b}} _arg1"' in promote.promoted(
        'return f"{_arg1:>{_arg2}} _arg1"', "f", ["a", "b"]
    )


def test_imports_what_scripts_see_without_import() -> None:
    script = "import uuid\njson = 3\nreturn pd.DataFrame(_arg1), json, uuid, pandas"
    source = promote.promoted(script, "f", ["a"])
    assert "    import pandas\n    import pandas as pd\n    import uuid\n    json = 3\n" in source


@pytest.mark.parametrize(
    ("script", "name", "parameters", "words"),
    [
        ("return _arg1", "two words", ["a"], "cannot be a name in Python"),
        ("return _arg1", "f", ["class"], "cannot be a name in Python"),
        ("return _arg1", "f", ["a", "a"], "the same name"),
        ("a = 1\nreturn _arg1", "f", ["a"], "uses the name a already"),
        ("import a.b\nreturn _arg1", "f", ["a"], "uses the name a already"),
        ("return _arg1 + _arg3", "f", ["a", "b"], "uses _arg3, but no name was given for it"),
        ("return (", "f", ["a"], "Python cannot read the script"),
        ("# nothing", "f", ["a"], "The script is empty"),
    ],
)
def test_what_cannot_become_a_function_is_told(
    script: str, name: str, parameters: list[str], words: str
) -> None:
    with pytest.raises(promote.PromoteError, match=words):
        promote.promoted(script, name, parameters)


def test_source_that_nests_too_deeply_is_told_and_not_parsed() -> None:
    deep = "x = " + "(" * 5_000 + "1" + ")" * 5_000
    assert "recursion" in problem.problem_of(deep)["text"]
    with pytest.raises(promote.PromoteError, match="recursion"):
        promote.promoted(f"return {deep[4:]}", "f", [])
