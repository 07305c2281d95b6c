"""Reads pickles of pandas whose text is kept by pyarrow, where there is no pyarrow.

pandas 3 keeps text that way wherever pyarrow is installed, and its pickles name it. Here such text
becomes pandas' own: the same values, the same dtype ``str``.
"""

from __future__ import annotations

import functools
import importlib.util
import pickle
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

_ARRAYS: Final = ("ArrowStringArray", "ArrowStringArrayNumpySemantics", "ArrowExtensionArray")
# By the width of their offsets.
_OFFSETS: Final = {"string": "<i4", "utf8": "<i4", "large_string": "<i8", "large_utf8": "<i8"}


def stand_in(module: str, name: str) -> Any:
    """Return the replacement of a name in a pickle; None where the name needs none."""
    top = module.partition(".")[0]
    if top == "pyarrow":
        return None if _has_pyarrow() else _ARROW.get(name, _unknown(f"{module}.{name}"))
    if top != "pandas" or _has_pyarrow():
        return None
    if name in _ARRAYS:
        return _text_class()
    if name == "StringDtype":
        return _dtype
    return _ArrowDtype if name == "ArrowDtype" else None


def install() -> Callable[[], None]:
    """Let pickle, pandas and joblib read such pickles too; returns a function that undoes it."""
    find_class = pickle._Unpickler.find_class
    places = [
        (module, name, getattr(module, name))
        for module in (pickle, *_cloudpickles())
        for name in ("load", "loads")
        if hasattr(module, name)
    ]

    def find(self: Any, module: str, name: str, /) -> Any:
        found = stand_in(module, name)
        return find_class(self, module, name) if found is None else found

    pickle._Unpickler.find_class = find  # type: ignore[method-assign]
    for module, name, original in places:
        setattr(module, name, _patient(original))

    def undo() -> None:
        pickle._Unpickler.find_class = find_class  # type: ignore[method-assign]
        for module, name, original in places:
            setattr(module, name, original)

    return undo


def _patient(original: Callable[..., Any]) -> Callable[..., Any]:
    """Let another reader try where the fast one met pyarrow."""

    @functools.wraps(original)
    def read(source: Any, /, **named: Any) -> Any:
        start = source.tell() if hasattr(source, "seekable") and source.seekable() else None
        try:
            return original(source, **named)
        except ImportError as error:
            is_file = original.__name__ == "load"
            if "pyarrow" not in str(error).lower() or (is_file and start is None) or _has_pyarrow():
                raise
            if not is_file:
                return pickle._loads(source, **named)  # type: ignore[attr-defined]
            source.seek(start)
            return pickle._Unpickler(source, **named).load()

    return read


def _cloudpickles() -> list[Any]:
    names = ("cloudpickle", "cloudpickle.cloudpickle")
    return [sys.modules[name] for name in names if name in sys.modules]


def _has_pyarrow() -> bool:
    return "pyarrow" in sys.modules or importlib.util.find_spec("pyarrow") is not None


class _ArrowDtype:
    """Replaces ``pandas.ArrowDtype``, until the array around it is made."""


def _dtype(_storage: str | None = None, na_value: Any = None) -> Any:
    """Make the dtype of a text whose storage is Python's."""
    import pandas as pd  # noqa: PLC0415 - only where a pickle needs it

    return pd.StringDtype("python", pd.NA if na_value is None else na_value)


@functools.cache
def _text_class() -> type:
    """Return a class that takes the state of a pyarrow class and becomes pandas' own."""
    import pandas as pd  # noqa: PLC0415
    from pandas._libs.arrays import NDArrayBacked  # noqa: PLC0415

    class TextOfArrow(pd.arrays.StringArray):  # type: ignore[misc]
        def __setstate__(self, state: Any) -> None:
            values = state.get("_pa_array", state.get("_data"))
            dtype = state.get("_dtype")
            if not isinstance(dtype, pd.StringDtype):
                dtype = _dtype()
            made = pd.array(values, dtype=dtype)
            NDArrayBacked.__init__(self, made._ndarray, made.dtype)
            self.__class__ = type(made)

    return TextOfArrow


def _restored(data: tuple[Any, ...]) -> list[str | None]:
    """Return the texts of a pyarrow array."""
    import numpy as np  # noqa: PLC0415

    kind, length, nulls, offset, buffers, *_rest = data
    width = _OFFSETS.get(kind)
    if width is None:
        _refuse(kind)
    valid, places, texts = buffers
    if length == 0:
        return []
    starts = np.frombuffer(places, width, length + 1, offset * int(width[-1])).tolist()
    texts = texts or b""
    found: list[str | None] = [texts[start:end].decode() for start, end in pairwise(starts)]
    if valid is not None and nulls != 0:
        bits = np.unpackbits(np.frombuffer(valid, "u1"), bitorder="little")
        for place in np.flatnonzero(bits[offset : offset + length] == 0):
            found[place] = None
    return found


def _chunked(arrays: list[list[Any]], _kind: Any = None) -> list[Any]:
    return [value for array in arrays for value in array]


def _unknown(name: str) -> Callable[..., NoReturn]:
    def refuse(*_values: Any, **_named: Any) -> NoReturn:
        _refuse(name)

    return refuse


def _refuse(what: Any) -> NoReturn:
    raise ImportError(
        f"This data contains {what} of pyarrow, which is not installed. Add the package pyarrow "
        "on the Packages screen of TabPy Tray, or save the data "
        "with dtype_backend='numpy_nullable'.",
        name="pyarrow",
    )


_ARROW: Final[dict[str, Callable[..., Any]]] = {
    "_restore_array": _restored,
    "chunked_array": _chunked,
    "py_buffer": bytes,
    "type_for_alias": str,
}
