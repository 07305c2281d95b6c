"""Lets compiled modules take int64 arrays where they want the 32-bit intp: on this platform int and intp differ, nowhere else.

Only the failing call pays: a call that Cython refuses for the type of an array is made again with int32 copies
(values are checked to fit), and what it wrote into a copy is written back.
"""

import functools
import itertools
import sys
from importlib.machinery import ExtensionFileLoader

PACKAGES = ("pandas", "scipy", "sklearn")
_KINDS = (
    "intp_t'",
    "long'",
    "int'",
    "Py_ssize_t'",
    "int32_t'",
    "SIZE_t'",
    "npy_intp'",
    "ITYPE_t'",
    "intp'",
)


def _refused(error):
    text = str(error)
    return text.startswith("Buffer dtype mismatch, expected") and text.endswith(
        "but got 'long long'"
    )


def _fits(np, value):
    if isinstance(value, (list, tuple)):
        return any(map(functools.partial(_fits, np), value[:64]))
    if not isinstance(value, np.ndarray) or value.dtype != np.int64:
        return False
    return value.size == 0 or (value.min() >= -(2**31) and value.max() < 2**31)


def _narrow(np, value):
    if isinstance(value, (list, tuple)):
        return type(value)(_narrow(np, v) if _fits(np, v) else v for v in value)
    return value.astype(np.intp)


def _again(call, args, kwargs, error):
    import numpy as np

    places = [(True, i) for i, v in enumerate(args)] + [(False, k) for k in kwargs]
    get = lambda p: args[p[1]] if p[0] else kwargs[p[1]]
    fits = [p for p in places if _fits(np, get(p))][:6]
    for size in range(1, len(fits) + 1):
        for chosen in itertools.combinations(fits, size):
            a, k, copies = list(args), dict(kwargs), []
            for p in chosen:
                narrow = _narrow(np, get(p))
                if isinstance(narrow, np.ndarray):
                    copies.append((get(p), narrow, narrow.copy()))
                if p[0]:
                    a[p[1]] = narrow
                else:
                    k[p[1]] = narrow
            try:
                result = call(*a, **k)
            except (ValueError, TypeError) as other:
                if "Buffer dtype mismatch" in str(other) or "No matching signature" in str(other):
                    continue
                raise
            for original, narrow, before in copies:
                if not np.array_equal(narrow, before):
                    original[...] = narrow
            return result
    return _narrowed(call, args, kwargs, error)


class _NarrowNumpy:
    """numpy as a compiled module knows it: its own default integer is intp."""

    def __init__(self, np):
        self._np = np

    def __getattr__(self, name):
        made = getattr(self._np, name)
        if name in ("zeros", "ones", "empty", "full", "array", "asarray", "arange"):
            made = self._narrow(name, made)
        elif name == "int_":
            made = self._np.intp
        setattr(self, name, made)
        return made

    def _narrow(self, name, make):
        intp = self._np.intp

        def narrow(*args, dtype=None, **kwargs):
            if dtype is int or (
                dtype is None
                and name == "arange"
                and all(isinstance(v, (int, self._np.integer)) for v in args)
            ):
                dtype = intp
            return make(*args, **kwargs) if dtype is None else make(*args, dtype=dtype, **kwargs)

        return narrow


def _narrowed(call, args, kwargs, error):
    # The module itself made an array with dtype=int and holds it as C's long or intp.
    names = vars(sys.modules.get(call.__module__))
    wide = names.get("np")
    if wide is not sys.modules["numpy"]:
        raise error
    names["np"] = _NarrowNumpy(wide)
    try:
        return call(*args, **kwargs)
    except ValueError as other:
        raise (error if _refused(other) else other)
    finally:
        names["np"] = wide


def guarded(call):
    @functools.wraps(call)
    def guard(*args, **kwargs):
        try:
            return call(*args, **kwargs)
        except ValueError as error:
            if not _refused(error):
                raise
            refusal = error
        return _again(call, args, kwargs, refusal)

    return guard


class _Fused:
    """A function for several types: also asked for one of them by name."""

    def __init__(self, fused):
        self._fused, self._call = fused, guarded(fused)
        functools.update_wrapper(self, fused)

    def __call__(self, *args, **kwargs):
        return self._call(*args, **kwargs)

    def __getitem__(self, types):
        return guarded(self._fused[types])

    def __getattr__(self, name):
        return getattr(self._fused, name)

    def __reduce__(self):
        return self._fused.__name__


def guard_module(module):
    for name, value in list(vars(module).items()):
        if getattr(value, "__module__", None) != module.__name__:
            continue
        if hasattr(value, "__signatures__"):
            setattr(module, name, _Fused(value))
        elif type(value).__name__ == "cython_function_or_method":
            setattr(module, name, guarded(value))


def install():
    """Before the packages are imported."""
    plain = ExtensionFileLoader.exec_module

    def exec_module(self, module):
        plain(self, module)
        if module.__name__.split(".")[0] in PACKAGES and not module.__name__.startswith(
            "pandas._libs.tslibs"
        ):
            guard_module(module)

    ExtensionFileLoader.exec_module = exec_module
