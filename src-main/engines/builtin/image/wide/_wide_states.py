"""Lets compiled classes load what 64-bit Python pickled: indices have 64 bits there, 32 here.

The change is made in the classes themselves, so it works for deployed functions, ``pickle``,
``joblib`` and ``pandas.read_pickle`` alike.
"""

from __future__ import annotations

import ctypes
import functools
import gc
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    import numpy as np

_MISMATCH: Final = "Buffer dtype mismatch, expected"
_LIMIT: Final = 2**31
_INT64: Final = "i8"
_CKDTREE: Final = "scipy.spatial._ckdtree"
# A cKDTree's state: its nodes as they lie in memory, then what follows here.
_DATA, _LEAF_SIZE, _INDICES, _BOX_SIZE = 1, 4, 7, 8


def guard_states(module: ModuleType) -> None:
    """Let the classes of a compiled module accept states of 64-bit Python."""
    is_ckdtree = module.__name__ == _CKDTREE
    for value in list(vars(module).values()):
        plain = vars(value).get("__setstate__") if isinstance(value, type) else None
        if type(plain).__name__ == "cython_function_or_method":
            replace(value, "__setstate__", _rebuilt(plain) if is_ckdtree else _narrowed(plain))


def replace(kind: type, name: str, value: Any) -> None:
    """Set an attribute of a compiled class, which Python itself cannot."""
    (namespace,) = (part for part in gc.get_referents(kind.__dict__) if isinstance(part, dict))
    namespace[name] = value
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))


def _narrowed(plain: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return ``__setstate__`` that takes indices of int64, also in arrays of structures."""

    @functools.wraps(plain)
    def set_state(self: Any, state: Any) -> None:
        try:
            plain(self, state)
        except ValueError as error:
            if not str(error).startswith(_MISMATCH) or not isinstance(state, (tuple, list, dict)):
                raise
        else:
            return
        if isinstance(state, dict):
            plain(self, {name: _as_indices(value) for name, value in state.items()})
        else:
            plain(self, type(state)(map(_as_indices, state)))

    return set_state


def _as_indices(value: Any) -> Any:
    """Return an array with indices for int64; any other, or one that does not fit, unchanged."""
    numpy = sys.modules["numpy"]
    if not isinstance(value, numpy.ndarray):
        return value
    if value.dtype.names is None:
        return value.astype("p") if _fits(value) else value
    fields = [(name, value.dtype[name]) for name in value.dtype.names]
    if not any(kind == _INT64 and _fits(value[name]) for name, kind in fields):
        return value
    narrow = [(name, "p" if kind == _INT64 else kind) for name, kind in fields]
    return value.astype(numpy.dtype(narrow, align=True))


def _fits(value: np.ndarray) -> bool:
    if value.dtype != _INT64:
        return False
    return value.size == 0 or bool(value.min() >= -_LIMIT and value.max() < _LIMIT)


def _rebuilt(plain: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return cKDTree's ``__setstate__`` that builds a tree of 64-bit Python again from its data.

    Its nodes are kept as they lie in memory there, and reading them as ours ends Python.
    """

    @functools.wraps(plain)
    def set_state(self: Any, state: Any) -> None:
        if state[_INDICES].dtype == _INT64:
            kind = sys.modules[_CKDTREE].cKDTree
            kind.__init__(self, state[_DATA], state[_LEAF_SIZE], boxsize=state[_BOX_SIZE])
        else:
            plain(self, state)

    return set_state
