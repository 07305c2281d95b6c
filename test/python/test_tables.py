from __future__ import annotations

import json
import sys

import pytest

from tabpy_tray import tables
from tabpy_tray.serialise import EVALUATE, QUERY, dumps

np = pytest.importorskip("numpy")
pd = pytest.importorskip("pandas")

VALUES = [
    (np.int64(1), 1),
    (np.bool_(True), True),
    (np.float32(1.5), 1.5),
    (np.float64("nan"), None),
    (np.float16(0.5), 0.5),
    (np.longdouble(2.5), 2.5),
    (np.str_("a"), "a"),
    (np.datetime64("2020-01-02"), "2020-01-02"),
    (np.datetime64("2020-01-02T03:04"), "2020-01-02T03:04:00"),
    (np.datetime64("NaT"), None),
    (np.timedelta64(1500, "ms"), 1.5),
    (np.timedelta64("NaT"), None),
    (np.array([1, 2]), [1, 2]),
    (np.array(5), 5),
    (np.array([[1.5, float("nan")], [float("inf"), 2]]), [[1.5, None], [None, 2.0]]),
    (np.array([True, False]), [True, False]),
    (np.array(["a", None, 1.5, np.int8(3)], dtype=object), ["a", None, 1.5, 3]),
    (np.array([1.5, 2.5], dtype=np.longdouble), [1.5, 2.5]),
    (np.ma.masked_array([1, 2], mask=[False, True]), [1, None]),
    (np.ma.masked, None),
    (np.array(["2020-01-01", "NaT"], dtype="M8[ns]"), ["2020-01-01T00:00:00", None]),
    (np.array(["2020-01-01T00:00:00.5"], dtype="M8[ns]"), ["2020-01-01T00:00:00.500000"]),
    (np.array([(1, 2.5)], dtype=[("a", "i4"), ("b", "f8")]), [[1, 2.5]]),
    ({np.int64(1): np.array([1])}, {"1": [1]}),
    (pd.Series([1, 2]), [1, 2]),
    (pd.Series([1.5, None]), [1.5, None]),
    (pd.Series(["a", None]), ["a", None]),
    (pd.Series([1, None], dtype="Int64"), [1, None]),
    (pd.Series([True, None], dtype="boolean"), [True, None]),
    (pd.Series(["x", "y", None], dtype="category"), ["x", "y", None]),
    (pd.Series(pd.to_datetime(["2020-01-01", None])), ["2020-01-01T00:00:00", None]),
    (pd.Series(pd.to_datetime(["2020-01-01"]).tz_localize("UTC")), ["2020-01-01T00:00:00+00:00"]),
    (pd.Series(pd.to_timedelta(["1min", None])), [60.0, None]),
    (pd.Series([[1, 2], {"a": np.int64(1)}]), [[1, 2], {"a": 1}]),
    (pd.Index(["a", "b"]), ["a", "b"]),
    (pd.RangeIndex(2), [0, 1]),
    (pd.MultiIndex.from_tuples([("a", 1)]), [["a", 1]]),
    (pd.Categorical(["a", "b"]), ["a", "b"]),
    (pd.array([1, None], dtype="Int64"), [1, None]),
    (pd.Timestamp("2020-01-01 10:00"), "2020-01-01T10:00:00"),
    (pd.Timedelta("1min"), 60.0),
    ([pd.NaT, pd.NA], [None, None]),
    (pd.Period("2020-01"), "2020-01"),
    (pd.Interval(0, 1), "(0, 1]"),
    (pd.DataFrame({"a": [1, 2], "b": ["x", None]}), {"a": [1, 2], "b": ["x", None]}),
    (pd.DataFrame({0: [1.5], 1: [True]}), {"0": [1.5], "1": [True]}),
    ([{"t": pd.DataFrame({"a": [1]})}], [{"t": {"a": [1]}}]),
    ({pd.Timestamp("2020-01-01"): 1}, {"2020-01-01T00:00:00": 1}),
    (pd.DataFrame(), {}),
]


@pytest.mark.parametrize("dialect", [EVALUATE, QUERY])
@pytest.mark.parametrize(("value", "expected"), VALUES, ids=lambda item: repr(item)[:40])
def test_converts_numpy_and_pandas(value, expected, dialect, json_library: None) -> None:
    assert json.dumps(json.loads(dumps(value, dialect))) == json.dumps(expected)


def test_a_column_of_floats_stays_floats() -> None:
    assert dumps(np.array([1.0, 2.0])) == b"[1.0,2.0]"


def test_refuses_complex_numbers_as_tabpy_does() -> None:
    with pytest.raises(TypeError, match="Object of type complex is not JSON serializable"):
        dumps(np.array([1 + 2j]))


def test_refuses_columns_named_by_tuples() -> None:
    table = pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("a", "b")]))
    with pytest.raises(TypeError, match="not tuple"):
        dumps(table)


def test_finds_a_circle_through_an_array() -> None:
    holder = np.empty(1, dtype=object)
    holder[0] = [holder]
    with pytest.raises(ValueError, match="Circular"):
        dumps(holder)


@pytest.mark.parametrize("name", ["numpy", "pandas"])
def test_survives_a_script_that_spoils_the_list_of_modules(name, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, name, object())
    assert tables.simplify(object()) is tables.UNKNOWN


def test_does_not_import_what_no_script_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "numpy")
    monkeypatch.delitem(sys.modules, "pandas")
    with pytest.raises(TypeError):
        dumps(object())
    assert "numpy" not in sys.modules
    assert "pandas" not in sys.modules
