from __future__ import annotations

import types

import pytest

from tabpy_tray import bytecode, pickles

cloudpickle = pytest.importorskip("cloudpickle")

SOURCE = """\
RATE = 3


def make(k):
    calls = [0]

    def f(x, y=2, *, z=5):
        "doc of f"
        calls[0] += 1
        return [[v * k for v in (x, y, z)], RATE, calls[0], (lambda q: q + k)(1)]

    return f
"""
FILE = "analysis.py"
OTHER_RESUME = {151: 128, 149: 151, 128: 151}


def query_object(k: int = 10):
    from tabpy.tabpy_tools.custom_query_object import CustomQueryObject

    names: dict = {"__name__": "__main__"}
    exec(compile(SOURCE, FILE, "exec"), names)
    return CustomQueryObject(names["make"](k), "d")


def as_foreign(pickled: bytes, *functions: types.FunctionType) -> bytes:
    """Make bytecode look as if another Python had saved it."""
    for function in functions:
        for code in [function.__code__, *bytecode._inside(function.__code__)]:
            resume = bytecode._RESUME
            foreign = code.co_code.replace(bytes([resume, 0]), bytes([OTHER_RESUME[resume], 0]), 1)
            assert foreign != code.co_code
            assert code.co_code in pickled
            pickled = pickled.replace(code.co_code, foreign)
    return pickled


@pytest.fixture
def foreign() -> bytes:
    made = query_object()
    return as_foreign(cloudpickle.dumps(made), made.custom_query)


def test_refuses_bytecode_of_another_python_and_says_the_cure(python, foreign) -> None:
    answer = python.send("inspect", foreign)
    assert answer.status == 400
    text = answer.meta["error"]["text"]
    assert text.startswith("This function was saved by Python 3.")
    assert text.endswith(
        f"; this server runs Python {bytecode.OWN_VERSION}. Deploy it with "
        "Client(url, remote_server=True), or paste it into Functions > New."
    )


def test_says_where_the_source_of_a_refused_function_was(python, foreign) -> None:
    place = python.send("inspect", foreign).meta["foreign"]
    assert (place["file"], place["name"], place["line"]) == (FILE, "f", 7)


def test_builds_a_refused_function_anew_from_its_source(python, foreign) -> None:
    answer = python.send("inspect", foreign, sources={FILE: SOURCE})
    assert answer.status == 200
    assert answer.meta["docstring"] == "doc of f"
    meta = {"name": "f", "version": 1, "pickleBytes": len(answer.body)}
    python.send("sync", answer.body, revision=1, put=[meta])
    assert python.query("f", {"x": 1}).json["response"] == [[10, 20, 50], 3, 1, 11]


@pytest.mark.parametrize("source", ["", "x = = 1", SOURCE.replace("def f", "def g"), "\n" + SOURCE])
def test_does_not_trust_a_source_that_has_changed(python, foreign, source) -> None:
    assert python.send("inspect", foreign, sources={FILE: source}).status == 400


def test_a_refused_function_is_never_run(python, foreign) -> None:
    meta = {"name": "f", "version": 1, "pickleBytes": len(foreign)}
    python.send("sync", foreign, revision=1, put=[meta])
    assert "This function was saved by" in python.query("f", {"x": 1}).info["error"]


def test_describes_a_function_of_its_own_python(python) -> None:
    answer = python.send("inspect", cloudpickle.dumps(query_object()))
    assert answer.status == 200
    assert answer.meta["docstring"] == "doc of f"
    assert answer.meta["methods"] == [{"method": "query"}]
    assert answer.body == b""


@pytest.mark.parametrize("data", [b"", b"abc", b"\x80\x05K\x05."])
def test_says_that_a_file_holds_no_function(python, data) -> None:
    answer = python.send("inspect", data)
    assert answer.status == 400
    assert answer.meta["error"]["type"] == "LoadFailed"


@pytest.mark.parametrize(
    "source",
    [
        "def f(): pass",
        "def f(x):\n  return lambda: x",
        "def f():\n  yield 1",
        "async def f(): pass",
        "f = lambda: 1",
        "def outer(x):\n  def inner(): return x\n  return inner\nf = outer(1)",
        "def o(x):\n  def i():\n    yield x\n    yield lambda: i\n  return i\nf = o(1)",
        "class A:\n  def f(self): return super().f()\nf = A.f",
    ],
)
def test_knows_its_own_functions_of_every_kind(source) -> None:
    names: dict = {"__name__": "__main__"}
    exec(source, names)
    assert callable(pickles.load(cloudpickle.dumps(names["f"])).value)


def code_arguments(opcodes: list[int]) -> tuple:
    code = bytes(byte for opcode in opcodes for byte in (opcode, 0))
    return (0, 0, 0, 0, 1, 3, code, (), (), (), "file", "f", "f", 1, b"", b"", (), ())


@pytest.mark.parametrize(
    ("opcodes", "version"),
    [
        ([151, 100, 166, 171, 83], "Python 3.11"),
        ([149, 135, 151, 124, 166, 83], "Python 3.11"),
        ([151, 121], "Python 3.12"),
        ([151, 124, 100, 122, 83], "Python 3.11 or 3.12"),
        ([149, 103], "Python 3.13"),
        ([128, 90, 35], "Python 3.14"),
        ([97, 83], "another Python"),
    ],
)
def test_names_the_python_that_made_bytecode(monkeypatch, opcodes, version) -> None:
    monkeypatch.setattr(bytecode, "_RESUME", 255)
    assert bytecode.foreign_version(code_arguments(opcodes)) == version


def test_names_a_python_without_resume() -> None:
    assert bytecode.foreign_version(code_arguments([100, 83])[:16]) == "a Python older than 3.11"


def test_what_we_save_has_the_attributes_of_tabpys_class(python) -> None:
    answer = python.deploy("def f(): return 5", "f", ", 'd'")
    state = pickles.load(answer.pickles[0]).value.__dict__
    assert sorted(state) == ["custom_query", "description"]
    assert b"tabpy.tabpy_tools.custom_query_object" in answer.pickles[0]
    assert b"tabpy_tray" not in answer.pickles[0]
