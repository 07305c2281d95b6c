from __future__ import annotations

import sys
import types
import warnings

import pytest

from tabpy_tray import bytecode, generated, origin, pickles, saved_versions

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

    names: dict = {"__name__": "__main__", "__file__": FILE}
    exec(compile(SOURCE, FILE, "exec"), names)
    return CustomQueryObject(names["make"](k), "d")


def as_foreign(pickled: bytes, *functions: types.FunctionType) -> bytes:
    """Make bytecode look as if another Python had saved it."""
    for function in functions:
        for code in [function.__code__, *origin._inside(function.__code__)]:
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
        f"; this server runs Python {bytecode.OWN_VERSION}. Put it into a .py file on this "
        "computer and deploy it from there. It is then recompiled from its source and keeps what "
        "it uses, such as a trained model. Or deploy it with "
        "Client(url, remote_server=True), or paste it into Functions > New."
    )


def test_says_where_the_source_of_a_refused_function_was(python, foreign) -> None:
    [place] = python.send("inspect", foreign).meta["missing"]
    assert (place["file"], place["name"], place["line"]) == (FILE, "f", 7)


def rebuild(python, pickled: bytes, text: str, encoding: str = "utf-8"):
    """Do what the host does: ask what is missing, have it compiled, load again."""
    wanted = python.send("inspect", pickled).meta["missing"]
    found = python.send("rebuild", text.encode(encoding), wanted=wanted).meta["rebuilt"]
    return found, python.send("inspect", pickled, rebuilt=found)


def test_builds_a_refused_function_anew_from_its_source(python, foreign) -> None:
    [found], answer = rebuild(python, foreign, SOURCE)
    assert found["source"].startswith('def f(x, y=2, *, z=5):\n    "doc of f"\n')
    assert answer.status == 200
    assert answer.meta["main"] == found["wanted"]
    assert answer.meta["docstring"] == "doc of f"
    meta = {"name": "f", "version": 1, "pickleBytes": len(answer.body)}
    python.send("sync", answer.body, revision=1, put=[meta])
    assert python.query("f", {"x": 1}).json["response"] == [[10, 20, 50], 3, 1, 11]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (SOURCE, ""),
        (SOURCE, "x = = 1"),
        ("def f", "def g"),
        ("y=2", "why=2"),
        ("v * k", "v * q"),
        ("doc of f", "another text"),
        ("calls[0] += 1", "calls[0] += 7"),
        ("RATE, calls", "RATE, print(k), calls"),
        ("RATE, calls", "RATE, (lambda: 2.5)(), calls"),
        (
            "return f",
            "return f\n\n" + SOURCE[SOURCE.index("    def f") : SOURCE.index("    return f")],
        ),
    ],
)
def test_does_not_trust_a_source_that_has_changed(python, foreign, was, now) -> None:
    moved = "\n" + SOURCE.replace(was, now)
    found, answer = rebuild(python, foreign, moved)
    assert (found, answer.status) == ([], 400)


def test_finds_a_function_that_moved_in_its_file(python, foreign) -> None:
    _, answer = rebuild(python, foreign, "import math\n\n\n" + SOURCE)
    assert answer.status == 200


def test_reads_a_source_with_a_byte_order_mark_and_lines_of_windows(python, foreign) -> None:
    [found], answer = rebuild(python, foreign, SOURCE.replace("\n", "\r\n"), "utf-8-sig")
    assert answer.status == 200
    assert found["source"].startswith('def f(x, y=2, *, z=5):\n    "doc of f"\n')


def test_never_runs_the_source_that_it_compiles(python, foreign) -> None:
    _, answer = rebuild(python, foreign, "import sys\nsys.exit()\n" + SOURCE)
    assert answer.status == 200


def test_takes_no_other_function_of_the_file_than_the_one_that_was_saved(python, foreign) -> None:
    [place] = python.send("inspect", foreign).meta["missing"]
    text = SOURCE + "\ndef secret(key='hunter2'):\n    return key\n"
    for name, line in [("secret", 17), ("make", 4), ("<lambda>", 10)]:
        aimed = {**place, "name": name, "qualified_name": name, "line": line}
        assert python.send("rebuild", text.encode(), wanted=[aimed]).meta["rebuilt"] == []


MANY = """\
import functools


def doubled(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return [2 * value for value in function(*args, **kwargs)]

    return wrapper


@doubled
def add(x, y):
    "Adds"
    return [a + b for a, b in zip(x, y)]


class Model:
    def __init__(self, rate):
        self.rate = rate

    def __call__(self, x):
        return [self.scaled(value) for value in x]

    def scaled(self, value):
        return value * self.rate + self.zero()

    @staticmethod
    def zero():
        return 0.0

    @property
    def unused(self):
        return super().__str__()


model = Model(3)
method = model.scaled
def outer(x): return inner(x)
def inner(x): return x + 1000
first, second = lambda x: x + 7, lambda x: x - 8
"""


@pytest.mark.parametrize(
    ("name", "call", "result", "source"),
    [
        ("add", {"x": [1, 2], "y": [3, 4]}, [8, 12], "@doubled\ndef add(x, y):"),
        ("model", {"x": [1, 2]}, [3.0, 6.0], None),
        ("method", {"value": 2}, 6.0, "def scaled(self, value):"),
        ("outer", {"x": 1}, 1001, "def outer(x): return inner(x)"),
        ("first", {"x": 1}, 8, "lambda x: x + 7"),
        ("second", {"x": 1}, -7, "lambda x: x - 8"),
    ],
)
def test_builds_functions_of_every_kind_anew(python, name, call, result, source) -> None:
    from tabpy.tabpy_tools.custom_query_object import CustomQueryObject

    names: dict = {"__name__": "__main__", "__file__": FILE}
    exec(compile(MANY, FILE, "exec"), names)
    made = CustomQueryObject(names[name], "d")
    pickled = cloudpickle.dumps(made)
    for code in bytecode_of(MANY):
        opcode = bytecode._RESUME
        swapped = code.co_code.replace(bytes([opcode, 0]), bytes([OTHER_RESUME[opcode], 0]), 1)
        pickled = pickled.replace(code.co_code, swapped)
    found, answer = rebuild(python, pickled, MANY)
    assert answer.status == 200
    main = [one["source"] for one in found if one["wanted"] == answer.meta.get("main")]
    assert (main[0].startswith(source) if source else not main) is True
    meta = {"name": "f", "version": 1, "pickleBytes": len(answer.body)}
    python.send("sync", answer.body, revision=1, put=[meta])
    assert python.query("f", call).json["response"] == result


def test_does_not_guess_between_two_functions_that_look_alike(python) -> None:
    text = "plus, minus = lambda x: x + 7, lambda x: x - 7\n"
    names: dict = {"__name__": "__main__", "__file__": FILE}
    exec(compile(text, FILE, "exec"), names)
    foreign = as_foreign(cloudpickle.dumps(names["minus"]), names["minus"])
    found, answer = rebuild(python, foreign, text)
    assert (found, answer.status) == ([], 400)


def bytecode_of(text: str):
    """Return all code objects of a text; the inner ones first."""
    return list(origin._inside(compile(text, FILE, "exec")))[::-1]


class VersionWarning(UserWarning):
    """Has what scikit-learn says when it loads what another version saved."""

    def __init__(self, name: str) -> None:
        self.estimator_name = name
        self.current_sklearn_version = "1.8.0"
        self.original_sklearn_version = "1.5.2"


def test_tells_of_libraries_of_another_version_without_failing(python) -> None:
    class Forest:
        def __init__(self) -> None:
            self.trees = 3

        def __setstate__(self, state: dict) -> None:
            warnings.warn(VersionWarning("Forest"), stacklevel=1)
            warnings.warn("not for the analyst", DeprecationWarning, stacklevel=1)
            self.__dict__.update(state)

        def __call__(self) -> int:
            return self.trees

    from tabpy.tabpy_tools.custom_query_object import CustomQueryObject

    pickled = cloudpickle.dumps(CustomQueryObject(Forest(), "d"))
    answer = python.send("inspect", pickled)
    assert answer.status == 200
    [note] = answer.meta["notes"]
    assert note == (
        "Forest: saved by scikit-learn 1.5.2; this server has 1.8.0. It loads, but may fail or "
        "return other results. To be sure, train it again in a script sent to the server."
    )


def test_says_how_to_bring_a_module_of_ones_own(python) -> None:
    names: dict = {"__name__": "own_module"}
    exec("def f(): pass", names)
    module = types.ModuleType("own_module")
    module.f = names["f"]
    sys.modules["own_module"] = module
    pickled = cloudpickle.dumps(names["f"])
    del sys.modules["own_module"]
    text = python.send("inspect", pickled).meta["error"]["text"]
    assert "No module named 'own_module'" in text
    assert "cloudpickle.register_pickle_by_value(own_module)" in text


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


CLASSES = """
import enum
from collections import namedtuple
from dataclasses import dataclass, field
from typing import NamedTuple

P = namedtuple('P', 'a b', defaults=[2])

class N(NamedTuple):
    a: int
    b: str = 'q'
    def both(self): return f'{self.a}{self.b}'
    def __repr__(self): return 'N!'

@dataclass
class D:
    x: int
    y: int = 2
    z: list = field(default_factory=list)
    def total(self): return self.x + self.y

@dataclass
class Own(D):
    w: int = 1
    def __post_init__(self): self.w *= 2
    def __repr__(self): return f'own {self.w}'

@dataclass(frozen=True, order=True)
class F:
    v: float

@dataclass(slots=True)
class S:
    v: int

class C(enum.Enum):
    RED = 1

names = {}
exec("def made(x):\\n    return x * 2", names)
made = names['made']

def named(x): return [P(x)._replace(b=3)._asdict(), list(P(x)), repr(P(x))]
def typed(x): return [N(x).both(), repr(N(x)), N(x)._fields]
def data(x): return [D(x).total(), repr(D(x)), D(x) == D(x), D(1).z is D(1).z]
def own(x): return [repr(Own(x)), Own(x).x, Own(x) == Own(x)]
def frozen(x):
    try:
        F(x).v = 2
    except AttributeError as error:
        return [type(error).__name__, F(1) < F(2), hash(F(x)) == hash(F(x))]
def slots(x): return [S(x).v, hasattr(S(x), '__dict__')]
def kind(x): return C(x).name
def generated(x): return made(x)
"""


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("named", [{"a": 1, "b": 3}, [1, 2], "P(a=1, b=2)"]),
        ("typed", ["1q", "N!", ["a", "b"]]),
        ("data", [3, "D(x=1, y=2, z=[])", True, False]),
        ("own", ["own 2", 1, True]),
        ("frozen", ["FrozenInstanceError", True, True]),
        ("slots", [1, False]),
        ("kind", "RED"),
        ("generated", 2),
    ],
)
def test_classes_that_python_completes_are_made_again(python, name, result) -> None:
    from tabpy.tabpy_tools.custom_query_object import CustomQueryObject

    module = types.ModuleType("deployed_file")
    module.__dict__.update(__name__="__main__", __file__=FILE)
    names: dict = module.__dict__
    sys.modules["deployed_file"] = module
    exec(compile(CLASSES, FILE, "exec"), names)
    pickled = cloudpickle.dumps(CustomQueryObject(names[name], "d"))
    codes = bytecode_of(CLASSES) + [
        function.__code__
        for one in (*names.values(), names["names"]["made"])
        for value in (vars(one).values() if isinstance(one, type) else [one])
        for function in generated.functions_of(value)
    ]
    for code in codes:
        opcode = bytecode._RESUME
        swapped = code.co_code.replace(bytes([opcode, 0]), bytes([OTHER_RESUME[opcode], 0]), 1)
        pickled = pickled.replace(code.co_code, swapped)
    _found, answer = rebuild(python, pickled, CLASSES)
    assert answer.status == 200
    meta = {"name": "f", "version": 1, "pickleBytes": len(answer.body)}
    python.send("sync", answer.body, revision=1, put=[meta])
    assert python.query("f", {"x": 1}).json.get("response") == result


def test_a_part_of_a_package_that_is_not_here_tells_of_another_version(python) -> None:
    data = b"\x80\x04\x8c\x11numpy._other.part\x94\x8c\x01f\x94\x93\x94."
    text = python.send("inspect", data).meta["error"]["text"]
    assert "Another version of numpy seems to have saved it; this server has numpy " in text
    assert "register_pickle_by_value" not in text


def test_a_model_of_another_scikit_learn_names_both_versions() -> None:
    data = b"\x80\x04}\x94\x8c\x10_sklearn_version\x94\x8c\x051.9.1\x94s."
    error = ModuleNotFoundError("x", name="numpy._other")
    text = saved_versions.difference(error, data)
    assert "It was saved with scikit-learn 1.9.1" in text
    assert saved_versions.difference(ModuleNotFoundError("x", name="helpers"), data) is None
    assert saved_versions.difference(ValueError("an author's own"), data) is None
