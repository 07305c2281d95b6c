from __future__ import annotations

import array
import collections
import datetime as dt
import decimal
import enum
import itertools
import json
import marshal
import math
import os
import pathlib
import random
import struct
import types
import uuid
from typing import NamedTuple

import pytest

from tabpy_tray import plain, serialise
from tabpy_tray.columns import float_records
from tabpy_tray.plain import is_plain
from tabpy_tray.serialise import (
    EVALUATE,
    QUERY,
    dumps,
    spell,
    to_plain,
)


class Point(NamedTuple):
    x: object
    y: object


class Colour(enum.IntEnum):
    RED = 1


class Shade(str, enum.Enum):  # noqa: UP042 - the older spelling is what scripts have
    DARK = "dark"


class Plain(enum.Enum):
    A = 1


class Text(str):
    __slots__ = ()

    def __str__(self) -> str:
        return "not this"


class Real(float):
    __slots__ = ()

    def __repr__(self) -> str:
        return "not this"


SAME_IN_BOTH = [
    (None, "null"),
    (True, "true"),
    (1, "1"),
    (1.0, "1.0"),
    (-0.0, "-0.0"),
    (0.1 + 0.2, "0.30000000000000004"),
    (float("nan"), "null"),
    ([float("inf"), float("-inf"), 1.5], "[null,null,1.5]"),
    ({"a": float("nan")}, '{"a":null}'),
    (2**53 + 1, "9007199254740993"),
    ([2**100, -(2**64)], "[1267650600228229401496703205376,-18446744073709551616]"),
    ((1, (2, 3)), "[1,[2,3]]"),
    ({1: "a", None: "b", 2.5: "c", False: "d"}, '{"1":"a","null":"b","2.5":"c","false":"d"}'),
    ([Colour.RED], "[1]"),
    (Shade.DARK, '"dark"'),
    (Text("this"), '"this"'),
    (Real(1.5), "1.5"),
    ({Text("k"): 1}, '{"k":1}'),
    (collections.OrderedDict(b=1, a=[()]), '{"b":1,"a":[[]]}'),
    (collections.Counter("aab"), '{"a":2,"b":1}'),
]


@pytest.mark.parametrize("dialect", [EVALUATE, QUERY])
@pytest.mark.parametrize(("value", "text"), SAME_IN_BOTH, ids=lambda item: repr(item)[:30])
def test_writes_what_json_knows_in_both_dialects(value, text, dialect, json_library: None) -> None:
    assert dumps(value, dialect).decode() == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Point(1, [Point(2, 3)]), {"x": 1, "y": [{"x": 2, "y": 3}]}),
        (decimal.Decimal("1.50"), 1.5),
        (decimal.Decimal(7), 7),
        (decimal.Decimal("NaN"), None),
        ([b"abc", "é".encode()], ["abc", "é"]),
        ({b"k": 1, decimal.Decimal("1.5"): 2}, {"k": 1, "1.5": 2}),
        (dt.datetime(2020, 1, 2, 3, 4, 5, tzinfo=dt.UTC), "2020-01-02T03:04:05+00:00"),
        (dt.date(2020, 1, 2), "2020-01-02"),
        (dt.time(3, 4), "03:04:00"),
        (dt.timedelta(hours=1, milliseconds=500), 3600.5),
        ({dt.date(2020, 1, 2): 1}, {"2020-01-02": 1}),
        ([{1}, frozenset([2])], [[1], [2]]),
        (collections.deque([1, 2]), [1, 2]),
        (range(3), [0, 1, 2]),
        ({"a": 1}.keys(), ["a"]),
        (array.array("d", [1.5]), [1.5]),
        (uuid.UUID(int=0), "00000000-0000-0000-0000-000000000000"),
        (pathlib.PurePosixPath("a/b"), "a/b"),
        (types.MappingProxyType({"a": 1}), {"a": 1}),
        (collections.ChainMap({"a": 1}), {"a": 1}),
    ],
    ids=lambda item: repr(item)[:30],
)
def test_evaluate_converts_values_of_the_standard_library(value, expected, json_library) -> None:
    assert json.loads(dumps(value, EVALUATE)) == expected


def test_evaluate_reads_iterators_to_their_end(json_library: None) -> None:
    assert dumps(x for x in [1, 2]) == b"[1,2]"
    assert dumps({"a": map(str, [1])}) == b'{"a":["1"]}'
    assert dumps([zip([1], [2], strict=True)]) == b"[[[1,2]]]"


@pytest.mark.parametrize(
    "value",
    [
        b"abc",
        decimal.Decimal("1.5"),
        dt.date(2020, 1, 2),
        dt.timedelta(1),
        {1},
        collections.deque([1]),
        (x for x in [1]),
        uuid.UUID(int=0),
        {(1, 2): 3},
        [{b"k": 1}],
    ],
    ids=repr,
)
def test_query_refuses_what_tabpy_refuses(value) -> None:
    with pytest.raises(TypeError):
        dumps(value, QUERY)


def test_leaves_out_the_private_fields_that_scipy_adds_to_its_results() -> None:
    class Result(Point):
        def _asdict(self):
            return {"x": self.x, "y": self.y, "df": 4.0, "_xp": math}

    assert dumps(Result(1, 2)) == b'{"x":1,"y":2,"df":4.0}'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([1.0, float("nan"), 2.0], "[1.0, null, 2.0]"),
        ({"a": [1, 2], "b": None}, '{"a": [1, 2], "b": null}'),
        ("é\u2028\U0001f600/</b>", '"\\u00e9\\u2028\\ud83d\\ude00/</b>"'),
        ([1e16, 1e-7, 1.5, -0.0, 2**70], "[1e+16, 1e-07, 1.5, -0.0, 1180591620717411303424]"),
        ((1, "a,b:c"), '[1, "a,b:c"]'),
        ('\x00\x7f"\\\ud800', '"\\u0000\\u007f\\"\\\\\\ud800"'),
        (3, "3"),
        (1e22, "1e+22"),
        (True, "true"),
        ("plain text", '"plain text"'),
    ],
)
def test_spells_short_answers_letter_by_letter_as_tabpy(value, text, json_library: None) -> None:
    assert spell(value) == text.encode()


def test_spells_long_answers_as_the_fast_writer_does(json_library: None) -> None:
    assert spell([1, 2] * 500) == dumps([1, 2] * 500)


def test_evaluate_writes_whatever_has_asdict_as_an_object() -> None:
    class Row:
        def _asdict(self):
            return {"a": 1}

    assert dumps([Row()]) == b'[{"a":1}]'
    with pytest.raises(TypeError):
        dumps([Row()], QUERY)


def test_query_writes_a_namedtuple_as_a_list() -> None:
    assert dumps([Point(1, 2)], QUERY) == b"[[1,2]]"


@pytest.mark.parametrize(
    "value", [lambda: 1, object(), 1 + 2j, ValueError("x"), Plain.A, [Plain.A], {"a": {"b": len}}]
)
@pytest.mark.parametrize("dialect", [EVALUATE, QUERY])
def test_says_which_type_has_no_json_form(value, dialect) -> None:
    with pytest.raises(TypeError, match=r"Object of type \w+ is not JSON serializable"):
        dumps(value, dialect)


@pytest.mark.parametrize("dialect", [EVALUATE, QUERY])
def test_refuses_keys_that_are_tuples_with_tabpys_text(dialect) -> None:
    with pytest.raises(TypeError, match="keys must be str, int, float, bool or None, not tuple"):
        dumps({(1, 2): 3}, dialect)


def test_refuses_bytes_that_are_no_utf8() -> None:
    with pytest.raises(UnicodeDecodeError):
        dumps(b"\xff")


@pytest.mark.parametrize("dialect", [EVALUATE, QUERY])
def test_finds_circles(dialect, json_library: None) -> None:
    loop: list = []
    loop.append([loop, loop])
    with pytest.raises(ValueError, match="Circular reference detected"):
        dumps(loop, dialect)
    table: dict = {}
    table["self"] = {1: table}
    with pytest.raises(ValueError, match="Circular reference detected"):
        dumps(table, dialect)


def _doubled(value: object, times: int) -> object:
    """Return a list whose two members are one list, whose two members are one list, and so on."""
    for number in range(times):
        value = {"a": value, "b": value} if number % 3 == 0 else [value, value]
    return value


@pytest.mark.parametrize("inside", [1, "x", [], {}, {"a": [1]}, {1: 2}, Real(1)])
@pytest.mark.parametrize("times", [22, 40, 95, 200])
def test_looks_at_a_bounded_part_of_what_is_shared(monkeypatch, times: int, inside: object) -> None:
    monkeypatch.setattr(plain, "_MOST_LOOKED_AT", 10_000)
    assert not is_plain(_doubled(inside, times))


@pytest.mark.parametrize("members", [2, 3, 1_000])
def test_looks_at_a_bounded_part_of_a_circle_with_many_ways(members: int) -> None:
    # With the bound that the product has: without one, this takes all memory that there is.
    loop: list = []
    loop.extend([loop] * members)
    assert not is_plain(loop)
    table: dict = {}
    table.update({str(number): [table] for number in range(members)})
    assert not is_plain(table)
    with pytest.raises(ValueError, match="Circular reference detected"):
        dumps([loop, table])


def test_tells_that_more_is_shared_than_an_answer_can_hold(monkeypatch) -> None:
    monkeypatch.setattr(plain, "_MOST_LOOKED_AT", 1_000)
    monkeypatch.setattr(plain, "MOST_VALUES", 50_000)
    monkeypatch.setattr(serialise, "MOST_VALUES", 50_000)
    for dialect in (EVALUATE, QUERY):
        for write in (dumps, spell):
            with pytest.raises(MemoryError, match="larger than 256 MB"):
                write(_doubled(1, 60), dialect)


def test_counts_the_values_of_a_list_as_often_as_it_is_used(monkeypatch) -> None:
    monkeypatch.setattr(plain, "MOST_VALUES", 50_000)
    monkeypatch.setattr(serialise, "MOST_VALUES", 50_000)
    column = [1.5] * 10_000
    assert is_plain([column] * 4)
    assert not is_plain([column] * 5)
    with pytest.raises(MemoryError, match="larger than 256 MB"):
        dumps([column] * 5)


def test_writes_what_is_shared_a_few_times_and_what_is_wide(json_library: None) -> None:
    value = _doubled(1, 8)
    assert json.loads(dumps(value)) == value
    wide = [{"a": number, "b": [number, str(number)]} for number in range(50_000)]
    assert is_plain(wide)
    assert json.loads(dumps(wide)) == wide


def test_writes_more_containers_than_it_looks_at(monkeypatch, json_library: None) -> None:
    monkeypatch.setattr(plain, "_MOST_LOOKED_AT", 100)
    wide = [[number, {"a": (number,)}] for number in range(1_000)]
    assert not is_plain(wide)
    assert json.loads(dumps(wide)) == [[number, {"a": [number]}] for number in range(1_000)]


def test_writes_the_same_list_twice_when_it_is_no_circle(json_library: None) -> None:
    shared = [{1: 2}]
    assert json.loads(dumps([shared, shared])) == [[{"1": 2}], [{"1": 2}]]


@pytest.mark.parametrize("depth", [99, 100, 101, 150, 254, 255, 400, 800])
def test_writes_deep_lists(depth: int, json_library: None) -> None:
    value: object = 1
    for _ in range(depth):
        value = [value]
    assert dumps(value) == b"[" * depth + b"1" + b"]" * depth


def test_refuses_what_is_too_deep(json_library: None) -> None:
    value: object = 1
    for _ in range(5_000):
        value = [value]
    with pytest.raises(RecursionError):
        dumps(value)


@pytest.mark.parametrize("count", [1, 3, 2_000])
@pytest.mark.parametrize("place", [0, -1])
def test_refuses_integers_of_more_than_4300_digits(count, place, json_library: None) -> None:
    numbers = [1.5] * count
    numbers[place] = 10**4300
    with pytest.raises(ValueError, match="Exceeds the limit"):
        dumps(numbers)
    numbers[place] = 10**4299
    assert json.loads(dumps(numbers)) == numbers


def test_accepts_texts_of_many_digits(json_library: None) -> None:
    text = "1" * 20_000
    assert json.loads(dumps([text, 5])) == [text, 5]


def test_writes_lone_surrogates_as_escapes(json_library: None) -> None:
    value = {"\ud800": ["a\udfff", float("nan"), "\x00é\u2028😀"]}
    assert json.loads(dumps(value)) == {"\ud800": ["a\udfff", None, "\x00é\u2028😀"]}


def test_knows_plain_values_without_converting_them() -> None:
    assert is_plain({"a": [1, 2.5, None, True, ("x", [])], "b": {}})
    assert not is_plain({1: 2})
    assert not is_plain([1, {"a": Colour.RED}])
    assert not is_plain([Real(1)])


def test_copies_share_nothing_with_the_original() -> None:
    original = {"a": [1, {"b": [2]}]}
    copy = to_plain(original)
    copy["a"][1]["b"].append(3)
    copy["a"].append(4)
    assert original == {"a": [1, {"b": [2]}]}


def test_copies_keep_nan_as_a_number() -> None:
    (number,) = to_plain([float("nan")])
    assert math.isnan(number)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (itertools.accumulate([1, 2, 3]), [1, 3, 6]),
        (itertools.chain([1], [2]), [1, 2]),
        (itertools.islice(itertools.count(), 2), [0, 1]),
        (itertools.repeat(1, 2), [1, 1]),
        (itertools.starmap(pow, [(2, 3)]), [8]),
        (itertools.pairwise([1, 2]), [[1, 2]]),
        (iter([1]), [1]),
        (iter((1,)), [1]),
        (iter({1: 2}), [1]),
        (iter({3}), [3]),
        (iter(range(2)), [0, 1]),
        (iter("ab"), ["a", "b"]),
        (reversed({1: 2}), [1]),
        (collections.OrderedDict(a=1).values(), [1]),
        (collections.Counter("aa").items(), [["a", 2]]),
        (types.MappingProxyType({"a": 1}).keys(), ["a"]),
        (collections.ChainMap({"a": 1}).values(), [1]),
        (os.environ.__class__({}, str, str, str, str).keys(), []),
    ],
)
def test_a_script_may_return_any_iterator(value, expected) -> None:
    assert json.loads(dumps({"a": value})) == {"a": expected}


@pytest.mark.parametrize("value", [itertools.count(), itertools.cycle([1]), itertools.repeat(1)])
def test_an_iterator_without_end_is_refused(value) -> None:
    with pytest.raises(TypeError, match="has no end"):
        dumps(value)


def test_an_open_file_is_no_list() -> None:
    with open(__file__) as file, pytest.raises(TypeError, match="not JSON serializable"):
        dumps(file)


MONEY = [number / 100 for number in range(-2_000, 2_000)]


@pytest.mark.parametrize(
    "column",
    [
        MONEY,
        [*MONEY, float("nan"), float("inf"), -0.0],
        [number / 7 for number in range(50)] * 200,
        [1.0] * 513,
    ],
)
def test_hands_long_columns_of_short_floats_to_the_guest(column: list[float]) -> None:
    records = float_records(column)
    assert records is not None
    assert [repr(one) for one in marshal.loads(records)] == [repr(one) for one in column]


@pytest.mark.parametrize(
    "value",
    [
        None,
        1.5,
        [],
        [1.5],
        [1.5] * 512,
        tuple(MONEY),
        [1] * 1_000,
        ["a"] * 1_000,
        [*MONEY, 1],
        [*MONEY, None],
        [*MONEY, True],
        [*MONEY, "g"],
        [*MONEY, Real(1.5)],
        [*MONEY, MONEY],
        [None, *MONEY],
        [math.sqrt(number) for number in range(10_000)],
        dict.fromkeys(map(str, range(1_000)), 1.5),
    ],
)
def test_writes_all_else_in_python(value: object) -> None:
    assert float_records(value) is None


def test_writes_the_same_bytes_with_each_fast_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("msgspec")
    pytest.importorskip("pydantic_core")
    generator = random.Random(11)
    floats = [*struct.unpack("3000d", generator.randbytes(24_000)), -0.0, 1e15, 1e16, 1e-4, 1e-5]
    floats += [mantissa * 10.0**power for power in range(-320, 309) for mantissa in (1.0, 1.23)]
    letters = [chr(point) for point in range(0x3000) if not 0xD800 <= point < 0xE000]
    integers = [
        sign * 2**power + more
        for power in (31, 63, 64, 200)
        for sign in (1, -1)
        for more in (-1, 0, 1)
    ]
    values = [
        floats,
        letters,
        integers,
        ("".join(letters), [(), {"": None, "é\n": [True]}]),
        10**4299,
    ]
    values += ["\ud800é", {"\udfff": "é"}, [10**4300], [[1.5] * 1000, "\ud800"]]
    written = [outcome_of_dumps(value) for value in values]
    monkeypatch.setattr(serialise, "_plain_dumps", None)
    assert written == [outcome_of_dumps(value) for value in values]


def outcome_of_dumps(value: object) -> bytes | str:
    try:
        return serialise.dumps(value)
    except ValueError as error:
        return str(error)
