"""Wraps SciPy's eval_hermite and eval_hermitenorm, whose only loop is over C's 32-bit long."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from types import ModuleType


def install(module: ModuleType) -> None:
    """Make both accept degrees of 64 bits; degrees too large for any polynomial are cut."""
    for name in ("eval_hermite", "eval_hermitenorm"):
        setattr(module, name, _takes_int64(getattr(module, name)))


def _takes_int64(ufunc: Any) -> Any:
    @functools.wraps(ufunc, updated=())
    def call(n: Any, *args: Any, **kwargs: Any) -> Any:
        if getattr(n, "dtype", None) == np.int64 or isinstance(n, (list, tuple)):
            n = np.asarray(n)
            if n.dtype == np.int64:
                n = np.clip(n, -(2**31), 2**31 - 1).astype(np.int32)
        return ufunc(n, *args, **kwargs)

    return call
