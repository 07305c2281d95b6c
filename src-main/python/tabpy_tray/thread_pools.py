"""A stand-in for ``multiprocessing.pool.ThreadPool``: its work is done at once, in order.

Python's own needs a compiled module that does not work in WebAssembly, and threads that wait for
work. Pools of processes stay refused.
"""

from __future__ import annotations

import sys
import types
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_COMPILED = "_multiprocessing"


def install() -> Callable[[], None]:
    """Make ``ThreadPool`` work, also in ``multiprocessing.dummy``; returns a function to undo it.

    Where the compiled module is missing, an empty one replaces it.
    """
    is_missing = _COMPILED not in sys.modules and not _can_import(_COMPILED)
    if is_missing:
        sys.modules[_COMPILED] = types.ModuleType(_COMPILED)
    import multiprocessing.dummy  # noqa: PLC0415 - needs the module
    import multiprocessing.pool  # noqa: PLC0415

    original = multiprocessing.pool.ThreadPool
    multiprocessing.pool.ThreadPool = SequentialPool  # type: ignore[assignment,misc]

    def undo() -> None:
        multiprocessing.pool.ThreadPool = original  # type: ignore[misc]
        if is_missing:
            del sys.modules[_COMPILED]

    return undo


class Result:
    """A finished ``AsyncResult``."""

    def __init__(
        self,
        work: Callable[[], Any],
        callback: Callable[[Any], Any] | None = None,
        error_callback: Callable[[BaseException], Any] | None = None,
    ) -> None:
        self._value: Any = None
        self._error: Exception | None = None
        try:
            self._value = work()
        except Exception as error:  # noqa: BLE001 - it belongs to whoever asks for the result
            self._error = error
        if self._error is None:
            if callback is not None:
                callback(self._value)
        elif error_callback is not None:
            error_callback(self._error)

    def get(self, timeout: float | None = None) -> Any:
        """Return the result, or raise what the function raised."""
        if self._error is not None:
            raise self._error
        return self._value

    def wait(self, timeout: float | None = None) -> None:
        """Return at once."""

    def ready(self) -> bool:
        """Return True: it is done."""
        return True

    def successful(self) -> bool:
        """Check whether the function returned."""
        return self._error is None


class SequentialPool:
    """Has the methods of ``ThreadPool``; the calling thread does the work, one after another."""

    def __init__(
        self,
        processes: int | None = None,
        initializer: Callable[..., Any] | None = None,
        initargs: Iterable[Any] = (),
        **_named: Any,
    ) -> None:
        if processes is not None and processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._is_open = True
        if initializer is not None:
            initializer(*initargs)

    def apply(
        self, func: Callable[..., Any], args: Iterable[Any] = (), kwds: dict[str, Any] | None = None
    ) -> Any:
        """Call ``func`` and return its result."""
        self._check()
        return func(*args, **(kwds or {}))

    def apply_async(
        self,
        func: Callable[..., Any],
        args: Iterable[Any] = (),
        kwds: dict[str, Any] | None = None,
        callback: Callable[[Any], Any] | None = None,
        error_callback: Callable[[BaseException], Any] | None = None,
    ) -> Result:
        """Call ``func`` now; the answer holds its result."""
        self._check()
        return Result(lambda: func(*args, **(kwds or {})), callback, error_callback)

    def map(
        self, func: Callable[[Any], Any], iterable: Iterable[Any], chunksize: int | None = None
    ) -> list[Any]:
        """Return what ``func`` returns for each item."""
        self._check()
        return [func(item) for item in iterable]

    def map_async(
        self,
        func: Callable[[Any], Any],
        iterable: Iterable[Any],
        chunksize: int | None = None,
        callback: Callable[[Any], Any] | None = None,
        error_callback: Callable[[BaseException], Any] | None = None,
    ) -> Result:
        """Do what ``map`` does; the answer holds its result."""
        self._check()
        return Result(lambda: [func(item) for item in iterable], callback, error_callback)

    def starmap(
        self,
        func: Callable[..., Any],
        iterable: Iterable[Iterable[Any]],
        chunksize: int | None = None,
    ) -> list[Any]:
        """Return what ``func`` returns for each item, whose parts are its arguments."""
        self._check()
        return [func(*item) for item in iterable]

    def starmap_async(
        self,
        func: Callable[..., Any],
        iterable: Iterable[Iterable[Any]],
        chunksize: int | None = None,
        callback: Callable[[Any], Any] | None = None,
        error_callback: Callable[[BaseException], Any] | None = None,
    ) -> Result:
        """Do what ``starmap`` does; the answer holds its result."""
        self._check()
        return Result(lambda: [func(*item) for item in iterable], callback, error_callback)

    def imap(
        self, func: Callable[[Any], Any], iterable: Iterable[Any], chunksize: int = 1
    ) -> Iterator[Any]:
        """Yield what ``func`` returns for each item."""
        self._check()
        return map(func, iterable)

    def imap_unordered(
        self, func: Callable[[Any], Any], iterable: Iterable[Any], chunksize: int = 1
    ) -> Iterator[Any]:
        """Do what ``imap`` does."""
        return self.imap(func, iterable, chunksize)

    def close(self) -> None:
        """Take no more work."""
        self._is_open = False

    def terminate(self) -> None:
        """Take no more work."""
        self._is_open = False

    def join(self) -> None:
        """Return at once: nothing is left to do."""
        if self._is_open:
            raise ValueError("Pool is still running")

    def __enter__(self) -> Self:
        self._check()
        return self

    def __exit__(self, *_error: object) -> None:
        self.terminate()

    def _check(self) -> None:
        if not self._is_open:
            raise ValueError("Pool not running")


def _can_import(name: str) -> bool:
    try:
        __import__(name)
    except ImportError:
        return False
    return True
