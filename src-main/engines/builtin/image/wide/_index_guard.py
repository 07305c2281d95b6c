"""Lets compiled modules take 64-bit whole numbers where they want 32-bit indices.

On this platform ``int`` is an int64 and C's ``intp`` has 32 bits; elsewhere both are the same, and
packages rely on it. When a compiled function refuses a call for the type of an array, the call is
repeated with copies of the other type. The numbers are checked to fit, and what the call wrote into
a copy is written back. Only a refused call costs time.
"""

from __future__ import annotations

import functools
import itertools
import sys
from importlib.machinery import ExtensionFileLoader
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ._wide_states import guard_states, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    import numpy as np

_SITE: Final = str(Path(__file__).parent.parent) + "/"
# numpy knows its own types; tslibs warn with the line of their caller, counted in frames.
_LEFT_ALONE: Final = ("numpy.", "pandas._libs.tslibs.")
_MISMATCH: Final = "Buffer dtype mismatch, expected"
_INTP: Final = 7
_INT32: Final = 5
_LIMIT: Final = 2**31
_MOST_ARRAYS: Final = 6
_LOOKED_AT: Final = 64
_CYTHON: Final = "cython_function_or_method"
_FUSED: Final = "fused_cython_function"
_C: Final = "builtin_function_or_method"
_MAKERS: Final = frozenset({"zeros", "ones", "empty", "full", "array", "asarray", "arange"})


def install() -> None:
    """Guard every compiled module that is imported from now on, of any package."""
    plain = ExtensionFileLoader.exec_module

    def exec_module(self: ExtensionFileLoader, module: ModuleType) -> None:
        plain(self, module)
        name = module.__name__
        if self.path.startswith(_SITE) and not name.startswith(_LEFT_ALONE):
            guard_module(module)
            guard_states(module)

    ExtensionFileLoader.exec_module = exec_module  # type: ignore[method-assign]


def guard_module(module: ModuleType) -> None:
    """Replace a module's compiled functions and methods by guards."""
    is_scipy = module.__name__.startswith("scipy.")
    for name, value in list(vars(module).items()):
        kind = type(value).__name__
        if isinstance(value, type):
            _guard_methods(value)
        elif kind in {_CYTHON, _FUSED} and not _is_left_alone(value):
            setattr(module, name, guarded(value) if kind == _CYTHON else _Fused(value))
        elif kind == _C and is_scipy and value.__module__ == module.__name__:
            # SciPy's functions in plain C want int32 by its number.
            setattr(module, name, _Plain(value))


def _guard_methods(kind: type) -> None:
    for name, value in list(vars(kind).items()):
        is_method = type(value).__name__ == _CYTHON and not name.startswith("__")
        if is_method and not _is_left_alone(value):
            replace(kind, name, guarded(value))


def _is_left_alone(function: Any) -> bool:
    """Whether a function was compiled for one of those packages, in any module."""
    return str(function.__module__).startswith(_LEFT_ALONE)


def guarded(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``call`` so that it takes arrays of int64 for intp, and the other way round."""

    @functools.wraps(call)
    def guard(*args: Any, **kwargs: Any) -> Any:
        try:
            return call(*args, **kwargs)
        except Exception as error:
            found = _other_type(error)
            if found is None:
                raise
            refusal, convert = error, found
        try:
            return convert(call, args, kwargs, refusal)
        finally:
            # Its traceback holds this frame, and with it every argument until the next collection.
            del refusal

    return guard


def _other_type(error: Exception) -> Callable[..., Any] | None:
    """Return how to repeat a call that was refused with this error, or None."""
    if isinstance(error, LookupError):
        return None
    text = str(error)
    if text.startswith(_MISMATCH):
        if text.endswith("but got 'long long'"):
            return functools.partial(_again, _as_index)
        if text.endswith("but got 'long'"):
            return functools.partial(_again, _as_int64)
    # C code that compares numbers of types takes int32 for C's long.
    return _with_long if "int32" in text else None


class _Plain:
    """A C function, which never becomes a method of a class that holds it."""

    def __init__(self, plain: Any) -> None:
        self._call = guarded(plain)
        functools.update_wrapper(self, plain)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._call(*args, **kwargs)

    def __reduce__(self) -> str:
        return str(self.__name__)


class _Fused:
    """A function for several types: also called for one of them by name."""

    def __init__(self, fused: Any) -> None:
        self._fused, self._call = fused, guarded(fused)
        functools.update_wrapper(self, fused)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._call(*args, **kwargs)

    def __getitem__(self, types: Any) -> Callable[..., Any]:
        return guarded(self._fused[types])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._fused, name)

    def __reduce__(self) -> str:
        return str(self._fused.__name__)


def _as_index(value: np.ndarray) -> np.ndarray | None:
    """Return an array of int64 as intp; None for any other array, or when it does not fit."""
    if value.dtype.kind != "i" or value.dtype.itemsize != 8:  # noqa: PLR2004 - bytes of an int64
        return None
    if value.size and not (value.min() >= -_LIMIT and value.max() < _LIMIT):
        return None
    return value.astype("p")


def _as_int64(value: np.ndarray) -> np.ndarray | None:
    return value.astype("int64") if value.dtype.num == _INTP else None


def _again(
    convert: Callable[[np.ndarray], np.ndarray | None],
    call: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    error: Exception,
) -> Any:
    """Repeat a call with one, then two … of its arrays converted, until one is not refused."""
    given: dict[int | str, Any] = {**dict(enumerate(args)), **kwargs}
    fits = [place for place, value in given.items() if _is_convertible(value, convert)]
    for chosen in _choices(fits[:_MOST_ARRAYS]):
        copies = [_Converted(given[place], convert) for place in chosen]
        tried = given | {place: copy.value for place, copy in zip(chosen, copies, strict=True)}
        try:
            result = call(*(tried[i] for i in range(len(args))), **{k: tried[k] for k in kwargs})
        except (ValueError, TypeError) as other:
            if _MISMATCH in str(other) or "No matching signature" in str(other):
                continue
            raise
        for copy in copies:
            copy.write_back()
        return result
    return _with_narrow_numpy(call, args, kwargs, error)


def _choices(places: list[int | str]) -> Iterator[tuple[int | str, ...]]:
    for size in range(1, len(places) + 1):
        yield from itertools.combinations(places, size)


def _is_convertible(value: Any, convert: Callable[[np.ndarray], np.ndarray | None]) -> bool:
    """Whether an argument is an array to convert, or a list that begins with some."""
    parts = value[:_LOOKED_AT] if isinstance(value, (list, tuple)) else [value]
    array = sys.modules["numpy"].ndarray
    return any(isinstance(part, array) and convert(part) is not None for part in parts)


class _Converted:
    """An argument, or a list of them, with copies of its arrays in the other type."""

    def __init__(self, value: Any, convert: Callable[[np.ndarray], np.ndarray | None]) -> None:
        self._convert = convert
        self._copies: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        is_list = isinstance(value, (list, tuple))
        self.value = type(value)(map(self._one, value)) if is_list else self._one(value)

    def write_back(self) -> None:
        """Give the original arrays what was written into their copies."""
        for original, converted, before in self._copies:
            if not (converted == before).all():
                original[...] = converted

    def _one(self, value: Any) -> Any:
        array = sys.modules["numpy"].ndarray
        converted = self._convert(value) if isinstance(value, array) else None
        if converted is None:
            return value
        self._copies.append((value, converted, converted.copy()))
        return converted


def _with_long(
    call: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], error: Exception
) -> Any:
    """Repeat a call with arrays of int32 seen as C's long, in the same memory."""
    array = sys.modules["numpy"].ndarray

    def seen(value: Any) -> Any:
        is_int32 = isinstance(value, array) and value.dtype.num == _INT32
        return value.view("l") if is_int32 else value

    if not any(seen(value) is not value for value in (*args, *kwargs.values())):
        raise error
    return call(*map(seen, args), **{name: seen(value) for name, value in kwargs.items()})


def _with_narrow_numpy(
    call: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], error: Exception
) -> Any:
    """Repeat a call whose module makes arrays itself and holds them as C's long or intp."""
    names = getattr(call, "__globals__", {})
    wide = names.get("np")
    if wide is not sys.modules["numpy"]:
        raise error
    names["np"] = _NarrowNumpy(wide)
    try:
        return call(*args, **kwargs)
    except ValueError as other:
        raise (error if str(other).startswith(_MISMATCH) else other) from None
    finally:
        names["np"] = wide


class _NarrowNumpy:
    """numpy as a compiled module takes it for granted: its default integer is an index.

    Indices are int32 here, because what is computed from intp has 64 bit.
    """

    def __init__(self, wide: ModuleType) -> None:
        self._wide = wide

    def __getattr__(self, name: str) -> Any:
        made = getattr(self._wide, name)
        if name in _MAKERS:
            made = self._narrow(name, made)
        elif name in {"int_", "intp"}:
            made = self._wide.int32
        setattr(self, name, made)
        return made

    def _narrow(self, name: str, make: Callable[..., Any]) -> Callable[..., Any]:
        int32, integer = self._wide.int32, (int, self._wide.integer)

        def narrow(*args: Any, dtype: Any = None, **kwargs: Any) -> Any:
            is_default = dtype is None and name == "arange"
            if dtype is int or (is_default and all(isinstance(value, integer) for value in args)):
                dtype = int32
            if dtype is not None:
                kwargs["dtype"] = dtype
            return make(*args, **kwargs)

        return narrow
