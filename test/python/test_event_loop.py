from __future__ import annotations

import asyncio

import pytest

from tabpy_tray.event_loop import SleepingLoop


def run(coroutine):
    loop = SleepingLoop()
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()


async def after(seconds: float, value):
    await asyncio.sleep(seconds)
    return value


def test_runs_coroutines_and_timers_in_their_order() -> None:
    async def main():
        order = []

        async def note(seconds):
            order.append(await after(seconds, seconds))

        await asyncio.gather(note(0.003), note(0.001), note(0.002))
        return order

    assert run(main()) == [0.001, 0.002, 0.003]


def test_passes_values_between_tasks() -> None:
    async def main():
        queue: asyncio.Queue = asyncio.Queue()
        consumer = asyncio.ensure_future(queue.get())
        await asyncio.sleep(0)
        await queue.put(5)
        return await consumer

    assert run(main()) == 5


def test_ends_a_wait_at_its_time_out() -> None:
    with pytest.raises(TimeoutError):
        run(asyncio.wait_for(after(60, 1), 0.001))


def test_does_the_work_of_an_executor_at_once() -> None:
    async def main():
        return await asyncio.to_thread(lambda: 7)

    assert run(main()) == 7


def test_hands_the_error_of_an_executor_to_whoever_waits() -> None:
    async def main():
        await asyncio.to_thread(lambda: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        run(main())


def test_says_so_instead_of_waiting_for_ever() -> None:
    async def main():
        await asyncio.get_running_loop().create_future()

    with pytest.raises(RuntimeError, match="would wait forever"):
        run(main())


def test_serves_asyncio_run() -> None:
    with asyncio.Runner(loop_factory=SleepingLoop) as runner:
        assert runner.run(after(0, 3)) == 3
