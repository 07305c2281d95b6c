"""eval_hermite and eval_hermitenorm have one loop, over C's long (32 bit here): int64 degrees are cast to it."""

import functools

import numpy as np


def _takes_int64(ufunc):
    @functools.wraps(ufunc, updated=())
    def call(n, *args, **kwargs):
        if getattr(n, "dtype", None) == np.int64 or isinstance(n, (list, tuple)):
            n = np.asarray(n)
            if n.dtype == np.int64:
                n = np.clip(n, -(2**31), 2**31 - 1).astype(np.intp)
        return ufunc(n, *args, **kwargs)

    return call


def install(module):
    for name in ("eval_hermite", "eval_hermitenorm"):
        setattr(module, name, _takes_int64(getattr(module, name)))
