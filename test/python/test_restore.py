from __future__ import annotations

import gc
import os
import sys

import pytest


@pytest.mark.parametrize(
    "abuse",
    [
        "import builtins\nbuiltins.len = lambda x: 99\nbuiltins.sum = None",
        "import builtins\ndel builtins.len",
        "__builtins__.__dict__.clear()",
        "len = lambda x: 99\nsum = None",
        "del globals()['__builtins__']",
    ],
)
def test_builtins_survive_abuse(python, abuse) -> None:
    python.evaluate(abuse)
    assert python.evaluate("return [len([1]), sum([1, 2])]").json == [1, 3]


def test_puts_back_what_a_script_changed_in_the_interpreter(python, tmp_path) -> None:
    before = (os.getcwd(), sys.getrecursionlimit(), sys.gettrace(), gc.isenabled())
    python.evaluate(
        "import os, sys, gc\nos.chdir(_arg1)\nsys.setrecursionlimit(5000)\n"
        "sys.settrace(lambda *a: None)\ngc.disable()",
        _arg1=str(tmp_path),
    )
    assert before == (os.getcwd(), sys.getrecursionlimit(), sys.gettrace(), gc.isenabled())


def test_survives_a_working_directory_that_is_gone(python, tmp_path) -> None:
    place = tmp_path / "gone"
    place.mkdir()
    home = os.getcwd()
    python.evaluate("import os\nos.chdir(_arg1)\nos.rmdir(_arg1)", _arg1=str(place))
    assert os.getcwd() == home


def test_a_script_cannot_take_tabpy_from_the_next_one(python) -> None:
    python.evaluate("del tabpy")
    assert python.evaluate("return tabpy.query('nope')['message']").json == "UnknownURI"
