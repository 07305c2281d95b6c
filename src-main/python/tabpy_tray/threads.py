"""Stand-ins for threads where the interpreter cannot start any: their work is done at once.

``Thread.start`` runs the target to its end before it returns, and so does
``ThreadPoolExecutor.submit``. Scripts that start, join and collect get the right result; nothing
runs at the same time, so nothing gets faster.

A worker that is started before its queue has an item runs when somebody waits for it
(waiting_workers.py). Otherwise no thread can wait for another that has yet to act. Where that is
seen, at ``Condition``, ``Event``, ``Queue``, ``Semaphore``, ``Barrier`` or a lock from
``threading.Lock``, a ``RuntimeError`` explains it instead of a wait without end.
``queue.SimpleQueue`` and locks made in C cannot be watched.
"""

from __future__ import annotations

import _thread
import concurrent.futures
import concurrent.futures.thread
import itertools
import queue
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final

from tabpy_tray import waiting_workers
from tabpy_tray.session import SESSION

if TYPE_CHECKING:
    from collections.abc import Callable

_NEVER: Final = (
    "This would wait forever, because the interpreter runs only one thread at a time. "
    "Start the other thread first, or call the functions one after the other."
)
# A request that starts more threads is a bomb, or relies on threads that run side by side.
MOST_THREADS: Final = 64
_idents = itertools.count(1_000_000)
_WORK: Final = ("_target", "_args", "_kwargs")


class WaitsForEverError(RuntimeError):
    """A wait that nothing could end."""

    def __init__(self) -> None:
        super().__init__(_NEVER)


def can_start_threads() -> bool:
    """Check whether real threads can be started here."""
    return sys.platform not in {"emscripten", "wasi"}


def install() -> Callable[[], None]:
    """Replace threads by stand-ins; returns a function that puts everything back."""
    replaced: list[tuple[Any, str, Any]] = []
    for owner, name, stand_in in _REPLACEMENTS:
        replaced.append((owner, name, getattr(owner, name)))
        setattr(owner, name, stand_in)

    def undo() -> None:
        for owner, name, original in reversed(replaced):
            setattr(owner, name, original)

    return undo


def _start(self: threading.Thread) -> None:
    """Run the thread's target now, as the current thread."""
    if self._started.is_set():
        raise RuntimeError("threads can only be started once")
    if SESSION.threads_started >= MOST_THREADS:
        raise RuntimeError("can't start new thread")
    SESSION.threads_started += 1
    self._ident = next(_idents)
    self._started.set()
    # A subclass may run twice: Thread.run forgets its target after the first time.
    self._work = {name: getattr(self, name) for name in _WORK if hasattr(self, name)}
    self._run_now = lambda: _run_now(self)
    _run_now(self)


def _run_now(self: threading.Thread) -> None:
    """Run the thread to its end, or until it waits for an item that is not there yet."""
    caller = threading.current_thread()
    here = threading.get_ident()
    threading._active[here] = self
    self._is_running = True
    self._is_waiting = False
    vars(self).update(self._work)
    try:
        self.run()
    except WaitsForEverError:
        raise
    except waiting_workers.TakenBack as back:
        self._is_waiting = True
        if back.is_new:
            SESSION.waiting_workers.append(self)
    except SystemExit:
        pass
    except BaseException:  # noqa: BLE001 - a thread's error never reaches its starter
        threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), self)))
    finally:
        self._is_running = False
        threading._active[here] = caller


def _join(self: threading.Thread, timeout: float | None = None) -> None:
    """Return at once: the thread has ended, unless it is the current one or was not started."""
    if not self._started.is_set():
        raise RuntimeError("cannot join thread before it is started")
    if self is threading.current_thread():
        raise RuntimeError("cannot join current thread")
    if getattr(self, "_is_waiting", False):
        waiting_workers.run_waiting()
        if self._is_waiting and timeout is None:
            raise WaitsForEverError


def _is_alive(self: threading.Thread) -> bool:
    """Check whether the thread is running: only while its own ``start`` has not returned."""
    if self is threading.main_thread():
        return True
    return getattr(self, "_is_running", False) or getattr(self, "_is_waiting", False)


def _wait(self: threading.Condition, timeout: float | None = None) -> bool:
    """Sleep for ``timeout``; without it no other thread could notify."""
    if not self._is_owned():
        raise RuntimeError("cannot wait on un-acquired lock")
    if threading.current_thread() is not threading.main_thread():
        waiting_workers.take_back(sys._getframe(), has_timeout=timeout is not None)
    if SESSION.waiting_workers:
        state = self._release_save()
        try:
            waiting_workers.run_waiting()
        finally:
            self._acquire_restore(state)
        return True
    if timeout is None:
        raise WaitsForEverError
    if timeout > 0:
        state = self._release_save()
        try:
            time.sleep(timeout)
        finally:
            self._acquire_restore(state)
    return False


class _Lock:
    """A lock that refuses to wait for ever, because no other thread could release it meanwhile."""

    __slots__ = ("__weakref__", "_is_locked")

    def __init__(self) -> None:
        self._is_locked = False

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Take the lock, or return False when it may not wait, or its time is over."""
        if not self._is_locked:
            self._is_locked = True
            return True
        if not blocking:
            return False
        if timeout is None or timeout < 0:
            raise WaitsForEverError
        time.sleep(timeout)
        return False

    def release(self) -> None:
        """Release the lock."""
        if not self._is_locked:
            raise RuntimeError("release unlocked lock")
        self._is_locked = False

    def locked(self) -> bool:
        """Check whether the lock is taken."""
        return self._is_locked

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_error: object) -> None:
        self.release()

    def __reduce__(self) -> str:
        raise TypeError("cannot pickle '_thread.lock' object")


def _submit(
    self: concurrent.futures.ThreadPoolExecutor,
    fn: Callable[..., Any],
    /,
    *args: Any,
    **kwargs: Any,
) -> concurrent.futures.Future[Any]:
    """Call ``fn`` now and return a future that is done."""
    if self._shutdown:
        raise RuntimeError("cannot schedule new futures after shutdown")
    _initialise(self)
    future: concurrent.futures.Future[Any] = concurrent.futures.Future()
    future.set_running_or_notify_cancel()
    try:
        result = fn(*args, **kwargs)
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever asks for the result
        future.set_exception(error)
    else:
        future.set_result(result)
    return future


def _initialise(pool: Any) -> None:
    """Call the pool's initializer before its first work; 3.14 keeps it in a worker context."""
    if getattr(pool, "_is_initialised", False):
        return
    pool._is_initialised = True
    if hasattr(pool, "_create_worker_context"):
        pool._create_worker_context().initialize()
    elif pool._initializer is not None:
        pool._initializer(*pool._initargs)


def _start_new_thread(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any] | None = None
) -> int:
    """Call ``function`` now; ``_thread.start_new_thread`` of very old scripts."""
    function(*args, **(kwargs or {}))
    return next(_idents)


_REPLACEMENTS: Final[tuple[tuple[Any, str, Any], ...]] = (
    (threading.Thread, "start", _start),
    (threading.Thread, "join", _join),
    (threading.Thread, "is_alive", _is_alive),
    (threading.Condition, "wait", _wait),
    (threading, "Lock", _Lock),
    (concurrent.futures.ThreadPoolExecutor, "submit", _submit),
    (_thread, "start_new_thread", _start_new_thread),
    (queue.Queue, "get", waiting_workers.take),
    # The C queue waits where the wait cannot be seen; the Python queue waits at a Condition.
    (queue, "SimpleQueue", queue._PySimpleQueue),
)
