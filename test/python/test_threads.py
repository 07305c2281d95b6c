from __future__ import annotations

import concurrent.futures
import queue
import threading
from typing import TYPE_CHECKING

import pytest

from tabpy_tray import threads
from tabpy_tray.session import SESSION

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def stand_ins() -> Iterator[None]:
    """Threads as they are inside WebAssembly."""
    SESSION.begin()
    undo = threads.install()
    yield
    undo()


def test_a_thread_has_done_its_work_when_start_returns() -> None:
    done = []
    thread = threading.Thread(target=lambda: done.append(threading.current_thread().name))
    thread.start()
    assert done == [thread.name]
    assert not thread.is_alive()
    thread.join()
    assert threading.current_thread() is threading.main_thread()


def test_a_thread_knows_that_it_is_alive_while_it_runs() -> None:
    seen = []
    thread = threading.Thread(target=lambda: seen.append(thread.is_alive()))
    thread.start()
    assert seen == [True]


def test_threads_can_start_threads() -> None:
    names = []

    def outer():
        inner = threading.Thread(target=lambda: names.append("inner"))
        inner.start()
        inner.join()
        names.append(threading.current_thread().name)

    threading.Thread(target=outer, name="outer").start()
    assert names == ["inner", "outer"]


def test_a_subclass_runs_its_own_run() -> None:
    class Worker(threading.Thread):
        def run(self) -> None:
            self.result = 5

    worker = Worker()
    worker.start()
    assert worker.result == 5


def test_a_threads_error_is_shown_and_does_not_reach_its_starter(monkeypatch) -> None:
    shown = []
    monkeypatch.setattr(threading, "excepthook", shown.append)
    threading.Thread(target=lambda: 1 / 0).start()
    assert [seen.exc_type for seen in shown] == [ZeroDivisionError]


@pytest.mark.parametrize("misuse", [lambda t: t.join(), lambda t: (t.start(), t.start())])
def test_refuses_what_real_threads_refuse(misuse) -> None:
    with pytest.raises(RuntimeError):
        misuse(threading.Thread(target=int))


def test_a_pool_does_its_work_when_it_is_handed_in() -> None:
    started = []
    with concurrent.futures.ThreadPoolExecutor(
        4, initializer=started.append, initargs=(1,)
    ) as pool:
        futures = [pool.submit(pow, 2, n) for n in range(3)]
        assert all(future.done() for future in futures)
        assert sorted(f.result() for f in concurrent.futures.as_completed(futures)) == [1, 2, 4]
        assert list(pool.map(str, [1, 2])) == ["1", "2"]
        with pytest.raises(ZeroDivisionError):
            pool.submit(lambda: 1 / 0).result()
    assert started == [1]
    with pytest.raises(RuntimeError):
        pool.submit(int)


def test_a_producer_can_run_before_its_consumer() -> None:
    items: queue.Queue = queue.Queue()
    taken = []

    def consume():
        while (item := items.get()) is not None:
            taken.append(item)
            items.task_done()
        items.task_done()

    for item in (1, 2, None):
        items.put(item)
    threading.Thread(target=consume, daemon=True).start()
    items.join()
    assert taken == [1, 2]


@pytest.mark.parametrize(
    "wait",
    [
        lambda: queue.Queue().get(),
        lambda: threading.Event().wait(),
        lambda: threading.Semaphore(0).acquire(),
        lambda: [lock := threading.Lock(), lock.acquire(), lock.acquire()],
        lambda: queue.SimpleQueue().get(),
        lambda: threading.Barrier(2).wait(),
        lambda: concurrent.futures.Future().result(),
        lambda: threading.Thread(target=queue.Queue().get).start(),
    ],
)
def test_says_so_instead_of_waiting_for_ever(wait) -> None:
    with pytest.raises(RuntimeError, match="would wait forever"):
        wait()


def test_waits_with_a_time_out_end() -> None:
    assert threading.Event().wait(0.001) is False
    with pytest.raises(queue.Empty):
        queue.Queue().get(timeout=0.001)
    lock = threading.Lock()
    assert lock.acquire()
    assert not lock.acquire(timeout=0.001)
    assert not lock.acquire(blocking=False)


def test_a_timer_waits_and_calls() -> None:
    called = []
    timer = threading.Timer(0.001, called.append, [1])
    timer.start()
    assert called == [1]


def test_locks_lock_and_unlock() -> None:
    lock = threading.Lock()
    with lock:
        assert lock.locked()
    assert not lock.locked()
    with pytest.raises(RuntimeError):
        lock.release()


def test_undoing_brings_real_threads_back() -> None:
    undo = threads.install()
    undo()
    undo_outer = threads.install()
    undo_outer()
    assert threading.Thread.start is threads._start  # the fixture's own stand-ins


def test_a_request_that_starts_threads_without_end_is_refused() -> None:
    started = []
    for _ in range(threads.MOST_THREADS):
        threading.Thread(target=lambda: started.append(1)).start()
    with pytest.raises(RuntimeError, match="can't start new thread"):
        threading.Thread(target=lambda: started.append(1)).start()
    assert len(started) == threads.MOST_THREADS
    SESSION.begin()
    threading.Thread(target=lambda: started.append(1)).start()
    assert len(started) == threads.MOST_THREADS + 1
