"""np.random's integers as int64: legacy RandomState gives C's long, which has 32 bit here (as on Windows)."""

import numpy as np

from . import _pickle, mtrand

_Base = mtrand.RandomState
_LONG = np.dtype(np.long)
_TAKES_LONG = {"binomial", "hypergeometric"}


def _wide(result):
    if isinstance(result, np.ndarray) and result.dtype == _LONG:
        return result.astype(np.int64)
    return result


def _long(value):
    # Numbers of trials: the generator takes C's long and casts safely only.
    if not isinstance(value, (list, tuple, np.ndarray)):
        return value
    wide = np.asarray(value)
    if wide.ndim == 0 or wide.dtype != np.int64:
        return value
    if wide.size and (wide.min() < -(2**31) or wide.max() >= 2**31):
        raise ValueError(
            "numbers beyond 2**31 - 1 are not supported here; np.random.default_rng() takes them"
        )
    return wide.astype(np.long)


class RandomState(_Base):
    __doc__ = _Base.__doc__

    def randint(self, low, high=None, size=None, dtype=int):
        if dtype is not int:
            return super().randint(low, high, size, dtype)
        result = super().randint(low, high, size, np.int64)
        return int(result) if size is None and np.ndim(result) == 0 else result

    def permutation(self, x):
        if isinstance(x, (int, np.integer)):
            order = np.arange(x)
            self.shuffle(order)
            return order
        return super().permutation(x)

    def choice(self, a, size=None, replace=True, p=None):
        result = super().choice(a, size, replace, p)
        return _wide(result) if np.ndim(a) == 0 else result


def _widened(name):
    method = getattr(_Base, name)

    def call(self, *args, **kwargs):
        if name in _TAKES_LONG:
            args = [_long(arg) for arg in args]
            kwargs = {key: _long(arg) if key != "size" else arg for key, arg in kwargs.items()}
        return _wide(method(self, *args, **kwargs))

    call.__name__, call.__qualname__, call.__doc__ = name, f"RandomState.{name}", method.__doc__
    return call


for _name in (
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
):
    setattr(RandomState, _name, _widened(_name))
RandomState.__module__, RandomState.__name__, RandomState.__qualname__ = (
    "numpy.random.mtrand",
    "RandomState",
    "RandomState",
)


def install(namespace):
    """Puts the wide generator in the place of the one that numpy made; both would share their state."""
    old = mtrand._rand
    new = RandomState(old._bit_generator)
    for holder in (vars(mtrand), namespace):
        for name, value in list(holder.items()):
            if getattr(value, "__self__", None) is old:
                holder[name] = getattr(new, name, value)
        holder["RandomState"] = RandomState
    mtrand._rand = new
    _pickle.RandomState = RandomState
