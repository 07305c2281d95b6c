"""Simplifies values of numpy and pandas one step towards JSON; must not import either of them.

They are looked up in ``sys.modules``: such a value can only exist once a script imported them, and
importing pandas takes seconds.
"""

from __future__ import annotations

import sys
from typing import Any, Final


class _Unknown:
    """The type of ``UNKNOWN``."""


UNKNOWN: Final = _Unknown()


def simplify(value: Any) -> Any:
    """Return a list, a dict or a scalar for a numpy or pandas value, else ``UNKNOWN``.

    Items of the result may need another step. NaT and NA become None, time stamps ISO text,
    time spans seconds.
    """
    pandas = sys.modules.get("pandas")
    if pandas is not None and hasattr(pandas, "DataFrame"):
        step = _simplify_pandas(pandas, value)
        if step is not UNKNOWN:
            return step
    numpy = sys.modules.get("numpy")
    if numpy is not None and hasattr(numpy, "ndarray"):
        return _simplify_numpy(numpy, value)
    return UNKNOWN


def _simplify_pandas(pandas: Any, value: Any) -> Any:
    if isinstance(value, pandas.DataFrame):
        return dict(value.items())
    if isinstance(value, pandas.Series | pandas.Index):
        kind = getattr(value.dtype, "kind", "O")
        if kind in "mM" and type(value.dtype).__module__.startswith("numpy"):
            return value.to_numpy()
        return value.tolist()
    if value is pandas.NaT or value is pandas.NA:
        return None
    if isinstance(value, pandas.Timestamp):
        return value.isoformat()
    if isinstance(value, pandas.Timedelta):
        return value.total_seconds()
    if isinstance(value, pandas.Period | pandas.Interval):
        return str(value)
    if isinstance(value, pandas.api.extensions.ExtensionArray):
        return list(value)
    return UNKNOWN


def _simplify_numpy(numpy: Any, value: Any) -> Any:
    if isinstance(value, numpy.ma.MaskedArray):
        return value.tolist()
    if isinstance(value, numpy.ndarray):
        if value.dtype.kind == "M":
            return _time_stamps(numpy, value)
        if value.dtype.kind == "m":
            return _time_spans(numpy, value)
        return value.tolist()
    if not isinstance(value, numpy.generic):
        return UNKNOWN
    if isinstance(value, numpy.datetime64 | numpy.timedelta64):
        return simplify(numpy.asarray(value))
    if isinstance(value, numpy.floating):
        return float(value)
    return value.item()


def _time_stamps(numpy: Any, value: Any) -> Any:
    """Return ISO text for datetime64, with as many decimals as the column needs."""
    unit = numpy.datetime_data(value.dtype)[0]
    if unit not in {"Y", "M", "W", "D", "h", "m", "s", "generic"}:
        for coarser in ("s", "us"):
            rounded = value.astype(f"M8[{coarser}]")
            if ((rounded == value) | numpy.isnat(value)).all():
                value = rounded
                break
    elif unit in {"h", "m"}:
        value = value.astype("M8[s]")
    text = numpy.datetime_as_string(value)
    return _without_nat(numpy, value, text)


def _time_spans(numpy: Any, value: Any) -> Any:
    """Return seconds for timedelta64; calendar units (months, years) keep their count."""
    unit = numpy.datetime_data(value.dtype)[0]
    if unit in {"Y", "M", "generic"}:
        counts = value.astype("int64")
    else:
        counts = value / numpy.timedelta64(1, "s")
    return _without_nat(numpy, value, counts)


def _without_nat(numpy: Any, value: Any, result: Any) -> Any:
    missing = numpy.isnat(value)
    if not missing.any():
        return result.tolist()
    if value.ndim == 0:
        return None
    items = result.astype(object)
    items[missing] = None
    return items.tolist()
