"""Makes the integers of np.random int64.

The legacy RandomState draws C's long, which has 32 bits here. The same seeds give the same values
as on 64-bit Python.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from . import _pickle, mtrand

_Base: Any = mtrand.RandomState
_LONG: Final = np.dtype(np.long)
_LIMIT: Final = 2**31
_TAKES_LONG: Final = frozenset({"binomial", "hypergeometric"})
_DRAWS_LONG: Final = (
    "binomial",
    "geometric",
    "hypergeometric",
    "logseries",
    "multinomial",
    "negative_binomial",
    "poisson",
    "random_integers",
    "tomaxint",
    "zipf",
)


def install(namespace: dict[str, Any]) -> None:
    """Replace numpy's own generator by the wide generator; both share their state."""
    old = mtrand._rand
    new = RandomState(old._bit_generator)
    for holder in (vars(mtrand), namespace):
        for name, value in list(holder.items()):
            if getattr(value, "__self__", None) is old:
                holder[name] = getattr(new, name, value)
        holder["RandomState"] = RandomState
    mtrand._rand = new
    _pickle.RandomState = RandomState


def _wide(result: Any) -> Any:
    if isinstance(result, np.ndarray) and result.dtype == _LONG:
        return result.astype(np.int64)
    return result


def _long(value: Any) -> Any:
    """Return numbers of trials as the generator takes them: it casts them safely only."""
    if not isinstance(value, (list, tuple, np.ndarray)):
        return value
    wide = np.asarray(value)
    if wide.ndim == 0 or wide.dtype != np.int64:
        return value
    if wide.size and (wide.min() < -_LIMIT or wide.max() >= _LIMIT):
        raise ValueError(
            "Numbers beyond 2**31 - 1 are not supported here; np.random.default_rng() takes them"
        )
    return wide.astype(np.int32)


class RandomState(_Base):  # type: ignore[misc]
    __doc__ = _Base.__doc__

    def randint(self, low: Any, high: Any = None, size: Any = None, dtype: Any = int) -> Any:
        """Draw whole numbers; the default is an int64."""
        if dtype is not int:
            return super().randint(low, high, size, dtype)
        result = super().randint(low, high, size, np.int64)
        return int(result) if size is None and np.ndim(result) == 0 else result

    def permutation(self, x: Any) -> Any:
        """Shuffle a copy of ``x``, or ``range(x)``."""
        if isinstance(x, (int, np.integer)):
            order = np.arange(x)
            self.shuffle(order)
            return order
        return super().permutation(x)

    def choice(self, a: Any, size: Any = None, replace: bool = True, p: Any = None) -> Any:
        """Draw from ``a``, or from ``range(a)``."""
        result = super().choice(a, size, replace, p)
        return _wide(result) if np.ndim(a) == 0 else result


def _widened(name: str) -> Any:
    method = getattr(_Base, name)

    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        if name in _TAKES_LONG:
            args = tuple(map(_long, args))
            kwargs = {key: arg if key == "size" else _long(arg) for key, arg in kwargs.items()}
        return _wide(method(self, *args, **kwargs))

    call.__name__, call.__qualname__ = name, f"RandomState.{name}"
    call.__doc__ = method.__doc__
    return call


for _name in _DRAWS_LONG:
    setattr(RandomState, _name, _widened(_name))
RandomState.__module__ = "numpy.random.mtrand"
