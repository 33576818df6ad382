"""Tasks and streams: C9, C29, S57."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import aclosing
from contextvars import Context
from typing import Any

import pytest
from gossamer.errors import NoLoopError, NoOwnerError
from gossamer.reactive import (
    Owner,
    Signal,
    after,
    current_owner,
    effect,
    follow_loop,
    from_async_iter,
    memo,
    set_error_reporter,
    spawn,
    tick,
)

type Run = Callable[[Coroutine[Any, Any, None]], None]


def test_task_keeps_its_owner_after_every_await(run_async: Run) -> None:
    """S57, C29."""
    owner = Owner(None)
    seen: list[object] = []

    async def work() -> str:
        for _ in range(3):
            seen.append(current_owner())
            await asyncio.sleep(0)
        return "done"

    async def main() -> None:
        with owner:
            task = spawn(work())
        assert await task == "done"

    run_async(main())

    assert seen == [owner] * 3
    assert not owner.children


def test_task_of_the_section_that_starts_it(run_async: Run) -> None:
    """S57: in an effect, the effect."""
    seen: list[object] = []

    async def work() -> None:
        await asyncio.sleep(0)
        seen.append(current_owner())
        effect(lambda: seen.append("effect of the task"))

    async def main() -> None:
        made = effect(lambda: spawn(work()))
        await tick()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await tick()
        assert seen == [made, "effect of the task"]
        made.dispose()

    run_async(main())


def test_what_a_task_made_outlives_it_and_ends_with_the_owner(run_async: Run) -> None:
    count = Signal(0)
    seen: list[int] = []
    owner = Owner(None)

    async def work() -> None:
        await asyncio.sleep(0)
        effect(lambda: seen.append(count()))

    async def main() -> None:
        await spawn(work(), owner)
        await tick()
        count.set(1)
        await tick()
        owner.dispose()
        count.set(2)
        await tick()

    run_async(main())

    assert seen == [0, 1]


def test_task_is_cancelled_with_its_owner(run_async: Run) -> None:
    """C29."""
    log: list[str] = []
    owner = Owner(None)

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            log.append("cancelled")
            raise

    async def main() -> None:
        task = spawn(work(), owner)
        await asyncio.sleep(0)
        owner.dispose()
        with pytest.raises(asyncio.CancelledError):
            await task

    run_async(main())

    assert log == ["cancelled"]


def test_task_of_an_owner_that_has_ended_is_cancelled(run_async: Run) -> None:
    owner = Owner(None)
    owner.dispose()
    log: list[str] = []

    async def work() -> None:
        log.append("ran")

    async def main() -> None:
        with pytest.raises(asyncio.CancelledError):
            await spawn(work(), owner)

    run_async(main())

    assert log == []


def test_error_of_a_task_goes_to_the_owners_handler(run_async: Run) -> None:
    caught: list[str] = []
    owner = Owner(None)
    owner.error_handler = lambda error: caught.append(f"handler {error!r}")
    other = Owner(None)
    set_error_reporter(lambda error, by: caught.append(f"reporter {error!r} {by is other}"))

    async def work() -> None:
        await asyncio.sleep(0)
        raise KeyError("x")

    async def main() -> None:
        for one in (owner, other):
            with pytest.raises(KeyError):
                await spawn(work(), one)
            await asyncio.sleep(0)

    run_async(main())

    assert caught == ["handler KeyError('x')", "reporter KeyError('x') True"]


def test_task_without_an_owner_is_a_plain_task(run_async: Run) -> None:
    seen: list[object] = []

    async def work() -> None:
        seen.append(current_owner())

    async def main() -> None:
        await spawn(work())

    run_async(main())

    assert seen == [None]


def test_concurrent_tasks_never_mix_their_owners(run_async: Run) -> None:
    foreign: list[object] = []

    async def work(mine: Owner, turns: int) -> None:
        for _ in range(turns):
            await asyncio.sleep(0)
            if current_owner() is not mine:
                foreign.append(current_owner())
            child = Owner()
            effect(lambda: None)
            if child.parent is not mine:
                foreign.append(child.parent)

    async def main() -> None:
        owners = [Owner(None) for _ in range(100)]
        tasks = [spawn(work(owner, 1 + number % 7), owner) for number, owner in enumerate(owners)]
        await asyncio.gather(*tasks)

    run_async(main())

    assert foreign == []


def test_stream_gives_the_value_now_and_after_each_change(run_async: Run) -> None:
    """C9."""
    count, set_count = Signal(0).split()
    double = memo(lambda: count() * 2)
    seen: list[int] = []

    async def read(values: AsyncIterator[int]) -> None:
        async for value in values:
            seen.append(value)
            if value >= 4:
                break

    async def main() -> None:
        values, doubles = count.stream(), double.stream()
        task = asyncio.create_task(read(values))
        other = asyncio.create_task(read(doubles))
        for value in (1, 2, 3, 4):
            for _ in range(5):
                await asyncio.sleep(0)
            set_count(value)
        await task
        await other
        await values.aclose()  # type: ignore[attr-defined] # a generator
        await doubles.aclose()  # type: ignore[attr-defined] # a generator

    run_async(main())

    assert sorted(seen) == [0, 0, 1, 2, 2, 3, 4, 4]


def test_closed_stream_no_longer_follows(run_async: Run) -> None:
    """C9."""
    count = Signal(0)

    async def main() -> None:
        async with aclosing(count.stream()) as values:  # type: ignore[type-var] # a generator
            assert await anext(values) == 0
            assert count.subs is not None

    run_async(main())

    assert count.subs is None


def test_signal_of_an_async_iterator(run_async: Run) -> None:
    """C9."""
    closed: list[str] = []

    async def numbers() -> AsyncIterator[int]:
        try:
            for number in range(1, 100):
                yield number
                await asyncio.sleep(0)
        finally:
            closed.append("closed")

    async def main() -> None:
        owner = Owner(None)
        values = numbers()
        with owner:
            latest = from_async_iter(values, 0)
        assert latest() == 0
        while latest() < 3:
            await asyncio.sleep(0)
        owner.dispose()
        for _ in range(3):
            await asyncio.sleep(0)
        last = latest()
        await asyncio.sleep(0)
        assert latest() == last < 10
        await values.aclose()  # type: ignore[attr-defined] # a generator

    run_async(main())

    assert closed == ["closed"]


WAYS: dict[str, Callable[[asyncio.AbstractEventLoop, Callable[[], object]], object]] = {
    "call_soon": lambda loop, fn: loop.call_soon(fn),
    "call_later": lambda loop, fn: loop.call_later(0.001, fn),
    "call_at": lambda loop, fn: loop.call_at(loop.time() + 0.001, fn),
    "call_soon_threadsafe": lambda loop, fn: loop.call_soon_threadsafe(fn),
}


@pytest.fixture
def followed() -> Iterator[list[str]]:
    """The running loop is followed; what it tells a handler of before, and all is put back."""
    followed_loops.clear()
    yield []
    for loop, before in followed_loops:
        for name in WAYS:
            delattr(loop, name)
        loop.set_exception_handler(before)


followed_loops: list[tuple[asyncio.AbstractEventLoop, Any]] = []


def follow(told: list[str]) -> asyncio.AbstractEventLoop:
    loop = asyncio.get_running_loop()
    followed_loops.append((loop, loop.get_exception_handler()))
    loop.set_exception_handler(lambda _loop, context: told.append(str(context.get("exception"))))
    follow_loop(loop)
    return loop


def fail() -> None:
    raise ValueError("oh")


def fail_in(seen: list[object], done: asyncio.Event) -> Callable[[], None]:
    def run() -> None:
        seen.append(current_owner())
        done.set()
        fail()

    return run


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("place", ["effect", "owner", "task", "memo"])
def test_error_of_a_callback_goes_to_the_owner_it_was_scheduled_in(
    run_async: Run,
    followed: list[str],
    way: Callable[[asyncio.AbstractEventLoop, Callable[[], object]], object],
    place: str,
) -> None:
    taken: list[str] = []
    seen: list[object] = []
    root = Owner(None)
    root.name = "App"
    root.error_handler = lambda error: taken.append(f"{error}, {error.__notes__[0]}")

    async def main() -> None:
        loop = follow(followed)
        done = asyncio.Event()

        def schedule() -> None:
            seen.append(current_owner())
            way(loop, fail_in(seen, done))

        async def task() -> None:
            await asyncio.sleep(0)
            schedule()

        if place == "owner":
            root.run(schedule)
        elif place == "effect":
            root.run(effect, schedule)
            await tick()
        elif place == "memo":
            root.run(memo, schedule).peek()
        else:
            await spawn(task(), root)
        await done.wait()
        await asyncio.sleep(0)

    run_async(main())

    assert taken == ["oh, In: App"]
    assert followed == []
    assert seen[0] is seen[1] is not None


def test_error_of_a_callback_without_an_owner_goes_where_it_went(
    run_async: Run, followed: list[str]
) -> None:
    async def main() -> None:
        loop = follow(followed)
        loop.call_soon(fail)
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    run_async(main())

    assert followed == ["oh"]


def test_loop_without_a_handler_of_its_own_tells_what_no_owner_takes(
    run_async: Run, followed: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        followed_loops.append((loop, loop.get_exception_handler()))
        loop.set_exception_handler(None)
        follow_loop(loop)
        loop.call_exception_handler({"message": "odd"})
        loop.call_soon(fail)
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    with contextlib.redirect_stderr(io.StringIO()) as printed:
        run_async(main())

    said = caplog.text + printed.getvalue()  # asyncio logs, Pyodide prints
    assert "odd" in said
    assert "ValueError: oh" in said
    assert followed == []


def test_error_of_a_callback_whose_owner_has_ended_is_reported(
    run_async: Run, followed: list[str]
) -> None:
    told: list[str] = []
    made: list[object] = []
    root = Owner(None)
    root.error_handler = lambda error: told.append("root took it")

    async def main() -> None:
        loop = follow(followed)
        owner = Owner(root)

        def late() -> None:
            made.append(effect(fail).is_disposed)
            fail()

        owner.run(loop.call_soon, late)
        owner.dispose()
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    set_error_reporter(lambda error, owner: told.append(str(error)))
    run_async(main())

    assert told == ["oh"]
    assert made == [True]


def test_a_context_that_is_given_is_used_as_it_is(run_async: Run, followed: list[str]) -> None:
    owner = Owner(None)
    owner.error_handler = lambda error: None

    async def main() -> None:
        loop = follow(followed)
        owner.run(lambda: loop.call_soon(fail, context=Context()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    run_async(main())

    assert followed == ["oh"]


def test_a_timer_calls_once_as_a_section_of_its_owner(run_timed: Run) -> None:
    seen: list[object] = []
    owner = Owner(None)

    async def main() -> None:
        with owner:
            after(2, lambda: seen.append(current_owner()))
        await asyncio.sleep(1)
        assert seen == []
        await asyncio.sleep(5)

    run_timed(main())

    assert seen == [owner]


def test_a_timer_is_stopped_by_the_next_run_of_its_effect(run_timed: Run) -> None:
    seen: list[int] = []
    count = Signal(0)

    async def main() -> None:
        def wait() -> None:
            value = count()
            after(1, lambda: seen.append(value))

        waiting = effect(wait)
        await tick()
        count.set(1)
        await asyncio.sleep(3)
        count.set(2)
        await tick()
        waiting.dispose()
        await asyncio.sleep(3)

    run_timed(main())

    assert seen == [1]


def test_what_a_timer_raises_goes_to_its_owner(run_timed: Run) -> None:
    told: list[str] = []
    owner = Owner(None)
    owner.error_handler = lambda error: told.append(str(error))

    async def main() -> None:
        owner.run(after, 1, lambda: 1 // 0)
        await asyncio.sleep(2)

    run_timed(main())

    assert told == ["division by zero"]


def test_a_timer_needs_a_loop_and_an_owner(run_timed: Run) -> None:
    async def main() -> None:
        with pytest.raises(NoOwnerError):
            after(1, print)

    run_timed(main())
    with pytest.raises(NoLoopError):
        Owner(None).run(after, 1, print)


def test_a_task_needs_a_loop() -> None:
    async def work() -> None: ...

    with pytest.raises(NoLoopError, match="work needs an event loop"):
        spawn(work())
