"""Worker threads that are started before their queue has anything in it."""

from __future__ import annotations

import queue
import threading

import pytest

from tabpy_tray import threads
from tabpy_tray.session import SESSION


@pytest.fixture(autouse=True)
def stand_ins():
    SESSION.begin()
    undo = threads.install()
    yield
    undo()


def test_a_worker_that_is_started_first_does_what_comes_into_its_queue() -> None:
    q, done = queue.Queue(), []

    def worker():
        while True:
            item = q.get()
            done.append(item * 2)
            q.task_done()

    threading.Thread(target=worker, daemon=True).start()
    for item in range(3):
        q.put(item)
    q.join()
    assert done == [0, 2, 4]


def test_a_worker_ends_with_its_sentinel() -> None:
    q, out = queue.Queue(), queue.Queue()

    def worker():
        total = 0
        while True:
            item = q.get()
            if item is None:
                break
            total += item
        out.put(total)

    workers = [threading.Thread(target=worker) for _ in range(2)]
    for one in workers:
        one.start()
        assert one.is_alive()
    for item in [1, 2, 3, None, None]:
        q.put(item)
    for one in workers:
        one.join()
    assert not any(one.is_alive() for one in workers)
    assert sorted([out.get(), out.get()]) == [0, 6]


def test_a_worker_with_a_timeout_finds_what_came_after_its_start() -> None:
    q, done = queue.Queue(), []

    def worker():
        while True:
            try:
                item = q.get(timeout=0.05)
            except queue.Empty:
                break
            done.append(item)

    thread = threading.Thread(target=worker)
    thread.start()
    q.put(1)
    q.put(2)
    thread.join()
    assert done == [1, 2]


def test_a_subclass_with_its_own_run_is_a_worker_too() -> None:
    class Worker(threading.Thread):
        def __init__(self, q, out) -> None:
            super().__init__(daemon=True)
            self.q, self.out = q, out

        def run(self) -> None:
            while True:
                self.out.append(self.q.get())
                self.q.task_done()

    q, out = queue.Queue(), []
    Worker(q, out).start()
    q.put("a")
    q.join()
    assert out == ["a"]


def test_who_waits_for_a_result_has_the_worker_run() -> None:
    q, out = queue.Queue(), queue.Queue()

    def worker():
        while True:
            out.put(q.get() + 1)

    threading.Thread(target=worker, daemon=True).start()
    q.put(1)
    assert out.get() == 2


def test_what_was_done_before_waiting_is_not_done_twice() -> None:
    q, seen = queue.Queue(), []

    def worker():
        seen.append("started")
        seen.append(q.get())

    threading.Thread(target=worker, daemon=True).start()
    q.put(1)
    with pytest.raises(threads.WaitsForEverError):
        q.join()
    assert seen == ["started"]


def test_a_worker_that_nobody_feeds_again_is_told() -> None:
    q = queue.Queue()

    def worker():
        while True:
            q.get()
            q.task_done()

    thread = threading.Thread(target=worker)
    thread.start()
    q.put(1)
    q.join()
    q.put(2)
    with pytest.raises(threads.WaitsForEverError):
        q.join()
    with pytest.raises(threads.WaitsForEverError):
        thread.join()


def test_a_worker_that_would_tidy_up_is_not_taken_back() -> None:
    q, tidied = queue.Queue(), []

    def worker():
        try:
            q.get()
        finally:
            tidied.append(1)

    with pytest.raises(threads.WaitsForEverError):
        threading.Thread(target=worker).start()
