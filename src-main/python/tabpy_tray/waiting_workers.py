"""Lets a worker thread that waits for its first item start later, where there are no threads.

A stand-in thread runs to its end inside ``start``. A worker that is started before its queue has an
item would wait there for ever. So its start is undone, if it has done nothing yet that could be
done twice, and it runs when somebody waits for it. A worker that has emptied its queue and waits
for more is stopped for good, like a daemon thread that nobody wakes again.
"""

from __future__ import annotations

import dis
import queue
import threading
from typing import TYPE_CHECKING, Any, Final

from tabpy_tray.session import SESSION

if TYPE_CHECKING:
    import types

# What a worker may do before it waits, and may repeat: read names, and reach the call.
_REPEATABLE: Final = (
    "BUILD_",
    "CACHE",
    "COPY_FREE_VARS",
    "EXTENDED_ARG",
    "JUMP_",
    "LOAD_",
    "MAKE_CELL",
    "NOP",
    "NOT_TAKEN",
    "POP_JUMP_",
    "PUSH_NULL",
    "RESUME",
    "STORE_FAST",
    "TO_BOOL",
    "KW_NAMES",
    "PRECALL",
)
_get = queue.Queue.get
_WAITS: Final = _get.__code__
_HANDLER: Final = 8
_THREADS: Final = "tabpy_tray.threads"


class TakenBack(BaseException):
    """Unwinds a worker that waits for an item."""

    def __init__(self, *, is_new: bool) -> None:
        self.is_new = is_new


def take_back(here: types.FrameType | None, *, has_timeout: bool) -> None:
    """Raise ``TakenBack`` where the current thread is a worker that waits for an item.

    ``here`` is the frame that waits. Returns where the thread's start cannot be undone.
    """
    inner = here.f_back if here is not None else None
    get = inner.f_back if inner is not None and inner.f_code is _WAITS else None
    worker = get.f_back if get is not None and get.f_code is take.__code__ else None
    above = worker.f_back if worker is not None else None
    if (
        worker is None
        or above is None
        or not _is_entry(worker, above)
        or not _passes_through(worker)
    ):
        return
    thread: Any = threading.current_thread()
    is_new = _is_at_beginning(worker)
    if has_timeout and (not is_new or getattr(thread, "_is_later", False)):
        return  # it goes on without an item, as it would
    thread._is_later = True
    raise TakenBack(is_new=is_new)


def take(self: queue.Queue[Any], block: bool = True, timeout: float | None = None) -> Any:
    """Do what ``Queue.get`` does, and note that the current thread has taken an item."""
    item = _get(self, block, timeout)
    threading.current_thread()._took = True  # type: ignore[attr-defined]
    return item


def run_waiting() -> bool:
    """Run workers whose start was undone; return whether there were any."""
    waiting, SESSION.waiting_workers = SESSION.waiting_workers, []
    for thread in waiting:
        thread._run_now()
    return bool(waiting)


def _is_entry(worker: types.FrameType, above: types.FrameType) -> bool:
    """Check whether a frame belongs to the thread's own function."""
    if above.f_code is threading.Thread.run.__code__:
        return True
    return worker.f_code.co_name == "run" and above.f_globals.get("__name__") == _THREADS


def _is_at_beginning(worker: types.FrameType) -> bool:
    """Check whether the worker only reached this call, so that nothing is done twice."""
    if getattr(threading.current_thread(), "_took", False):
        return False
    ran = [one for one in dis.get_instructions(worker.f_code) if one.offset <= worker.f_lasti]
    return all(one.opname.startswith(_REPEATABLE) for one in ran[:-1])


def _passes_through(worker: types.FrameType) -> bool:
    """Check whether unwinding runs none of the worker's lines: no ``finally``, no ``except:``."""
    code: Any = worker.f_code
    instructions = list(dis.get_instructions(code))
    for entry in dis._parse_exception_table(code):  # type: ignore[attr-defined]
        if not entry.start <= worker.f_lasti < entry.end:
            continue
        handler = [one for one in instructions if one.offset >= entry.target][:_HANDLER]
        if not any(one.opname == "CHECK_EXC_MATCH" for one in handler):
            return False
    return True
