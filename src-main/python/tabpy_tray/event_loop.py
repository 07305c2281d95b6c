"""An asyncio event loop that waits by sleeping, for an interpreter without sockets or threads.

Pyodide's own loop is driven by JavaScript's, which does not turn while a request is answered. This
loop runs coroutines, tasks, timers, queues and locks; it has no network, no programs and no
signals, and work for an executor is done at once.
"""

from __future__ import annotations

import asyncio
import asyncio.runners
import time
import warnings
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable


class _Clock:
    """The selector of ``BaseEventLoop``: here it waits only for time."""

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise RuntimeError(
                "This coroutine would wait forever, because nothing else runs that could wake it."
            )
        if timeout > 0:
            time.sleep(timeout)
        return []


class SleepingLoop(asyncio.BaseEventLoop):
    """Runs callbacks in order and sleeps until the next timer."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _Clock()

    def run_in_executor(  # type: ignore[override]
        self, _executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Call ``func`` now; the future is done when this returns."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - it belongs to whoever awaits the future
            future.set_exception(error)
        return future

    def add_signal_handler(self, sig: int, callback: Any, *args: Any) -> NoReturn:
        """Refuse: no signal reaches this interpreter."""
        raise NotImplementedError("Signals are not available in this interpreter.")

    def remove_signal_handler(self, _sig: int) -> bool:
        """Return False: there was none."""
        return False

    def _process_events(self, event_list: list[Any]) -> None:
        """Do nothing: there are no events but timers."""

    def _write_to_self(self) -> None:
        """Do nothing: no other thread could have to be woken."""


def install() -> None:
    """Make ``asyncio.run`` and new event loops work without the host."""
    asyncio.events._set_running_loop(None)
    asyncio.run = asyncio.runners.run
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)

        class SleepingPolicy(asyncio.DefaultEventLoopPolicy):
            """Makes ``SleepingLoop`` the loop that asyncio creates."""

            _loop_factory = SleepingLoop

        asyncio.set_event_loop_policy(SleepingPolicy())
