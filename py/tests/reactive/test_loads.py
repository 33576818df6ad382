"""Loads: how a fetcher is run, step by step."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
from gossamer.errors import FetchCancelledError
from gossamer.reactive import Owner, Signal, async_memo, effect, render_effect, resource, tick
from gossamer.reactive.effects import Effect
from gossamer.reactive.loads import Load, Steps

type Run = Callable[[Coroutine[Any, Any, None]], None]


class Taker:
    """Takes what a load gives."""

    label = "taker"

    def __init__(self) -> None:
        self.told: list[object] = []

    def take(self, value: object) -> None:
        self.told.append(value)

    def fail(self, error: Exception) -> None:
        self.told.append(type(error))

    def stop(self) -> None:
        self.told.append("stopped")


class Count:
    """An async iterator of its own making, without an end that one could ask for."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.now = 0

    def __aiter__(self) -> AsyncIterator[int]:
        return self

    async def __anext__(self) -> int:
        await asyncio.sleep(1)
        self.now += 1
        if self.now > self.last:
            raise StopAsyncIteration
        return self.now


def test_any_async_iterator_gives_its_values(run_timed: Run) -> None:
    taker = Taker()

    async def main() -> None:
        Load(taker, Count(2), None)
        await asyncio.sleep(5)

    run_timed(main())

    assert taker.told == [1, 2, "stopped"]


def test_an_iterator_that_is_called_off_gives_no_more(run_timed: Run) -> None:
    taker = Taker()

    async def main() -> None:
        load = Load(taker, Count(9), None)
        await asyncio.sleep(2.5)
        load.cancel()
        load.cancel()
        await asyncio.sleep(5)

    run_timed(main())

    assert taker.told == [1, 2]


@pytest.mark.parametrize("ends", ["value", "error"])
def test_an_iterator_that_will_not_be_called_off_is_not_heard(run_timed: Run, ends: str) -> None:
    taker = Taker()

    async def stubborn() -> AsyncIterator[str]:
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            if ends == "error":
                raise ValueError from None
            yield "in spite of all"

    async def main() -> None:
        load = Load(taker, stubborn(), None)
        await asyncio.sleep(1)
        load.cancel()
        await asyncio.sleep(5)

    run_timed(main())

    assert taker.told == []


@pytest.mark.parametrize("begins", [True, False], ids=["begun", "not begun"])
def test_a_task_that_somebody_else_cancels_stops(run_timed: Run, begins: bool) -> None:
    taker = Taker()

    async def main() -> None:
        load = Load(taker, asyncio.sleep(5), None)
        if begins:
            await asyncio.sleep(1)
        load.task.cancel()
        await asyncio.sleep(1)

    run_timed(main())

    assert taker.told == ["stopped"]


def test_a_cancellation_from_inside_is_a_failure(run_timed: Run) -> None:
    taker = Taker()

    async def main() -> None:
        other = asyncio.get_running_loop().create_future()
        Load(taker, other, None)
        await asyncio.sleep(0)
        other.cancel()
        await asyncio.sleep(1)

    run_timed(main())

    assert taker.told == [FetchCancelledError]


def test_what_ends_a_program_ends_the_task(run_timed: Run) -> None:
    taker = Taker()

    async def stop() -> None:
        raise KeyboardInterrupt

    async def main() -> None:
        load = Load(taker, stop(), None)
        await load.task

    with pytest.raises(KeyboardInterrupt):
        run_timed(main())

    assert taker.told == []


def test_steps_that_are_given_up_end_what_they_await(run_timed: Run) -> None:
    ended: list[str] = []

    async def work() -> None:
        try:
            await asyncio.sleep(5)
        finally:
            ended.append("work")

    async def main() -> None:
        load = Load(Taker(), asyncio.sleep(0), None, Effect(lambda: None))
        steps = Steps(load, work()).__await__()
        next(steps)
        steps.close()

    run_timed(main())

    assert ended == ["work"]


def test_what_a_step_that_was_called_off_reads_is_not_followed(run_timed: Run) -> None:
    count, late = Signal(1), Signal(1)
    runs: list[int] = []

    async def main() -> None:
        @async_memo
        async def value() -> int:
            now = count()
            runs.append(now)
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                late()
                raise
            return now

        await asyncio.sleep(0.5)
        count.set(2)
        await value
        late.set(2)
        await tick()
        assert not value.pending()

    run_timed(main())

    assert runs == [1, 2]


def test_effects_of_a_fetcher_end_with_the_next_fetch(run_timed: Run) -> None:
    source, other = Signal(1), Signal("a")
    seen: list[str] = []

    async def fetch(number: int) -> int:
        await asyncio.sleep(1)
        effect(lambda: seen.append(f"{number}{other()}"))
        return number

    async def main() -> None:
        with Owner(None) as owner:
            value = resource(fetch, source)
            render_effect(value)
        await value
        source.set(2)
        await value
        await tick()
        other.set("b")
        await tick()
        owner.dispose()
        other.set("c")
        await tick()

    run_timed(main())

    assert seen == ["1a", "2a", "2b"]
