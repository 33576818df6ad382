"""Batches, schedulers, the flush: C23, S31, S41."""

import asyncio
import sys
import types
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from gossamer.reactive import (
    Owner,
    Signal,
    batch,
    effect,
    flush,
    memo,
    render_effect,
    set_error_reporter,
    set_scheduler,
    tick,
)
from gossamer.reactive.flushing import running_loop

type Run = Callable[[Coroutine[Any, Any, None]], None]


def test_nested_batches_flush_once_at_the_outermost_end() -> None:
    count = Signal(0)
    seen: list[int] = []
    effect(lambda: seen.append(count()))

    with batch():
        with batch():
            count.set(1)
        assert seen == [0]
        count.set(2)

    assert seen == [0, 2]


def test_batch_flushes_when_its_body_raises() -> None:
    count = Signal(0)
    seen: list[int] = []
    effect(lambda: seen.append(count()))

    with pytest.raises(KeyError), batch():
        count.set(1)
        raise KeyError

    assert seen == [0, 1]


def test_flush_inside_a_batch_runs_what_is_queued() -> None:
    count = Signal(0)
    seen: list[int] = []
    effect(lambda: seen.append(count()))

    with batch():
        count.set(1)
        flush()
        assert seen == [0, 1]

    assert seen == [0, 1]


def test_host_is_asked_once_per_flush() -> None:
    asked: list[Callable[[], None]] = []
    set_scheduler(asked.append)
    count = Signal(0)
    seen: list[int] = []
    effect(lambda: seen.append(count()))
    count.set(1)
    assert seen == []
    assert len(asked) == 1

    asked[0]()
    assert seen == [1]
    count.set(2)
    count.set(3)
    assert len(asked) == 2
    flush()
    assert seen == [1, 3]
    asked[1]()

    assert seen == [1, 3]


def test_render_effect_leaves_its_followers_to_the_host() -> None:
    asked: list[Callable[[], None]] = []
    set_scheduler(asked.append)
    count = Signal(0)
    seen: list[int] = []
    render_effect(lambda: seen.append(count()))

    render_effect(lambda: count.set(1))

    assert seen == [0]
    asked[0]()
    assert seen == [0, 1]


def test_running_loop_flushes_soon(run_async: Run) -> None:
    """S30, S31."""
    count = Signal(0)
    seen: list[int] = []

    async def main() -> None:
        set_scheduler(None)
        effect(lambda: seen.append(count()))
        assert seen == []
        await tick()
        assert seen == [0]
        count.set(1)
        count.set(2)
        assert seen == [0]
        await asyncio.sleep(0)
        assert seen == [0, 2]

    run_async(main())


def test_one_tick_waits_for_a_chain_of_effects(run_async: Run) -> None:
    """S41: one tick is enough, since a flush goes on until nothing is left."""
    a, b, c = Signal(0), Signal(0), Signal(0)
    seen: list[int] = []

    async def main() -> None:
        set_scheduler(None)
        effect(lambda: b.set(a()))
        effect(lambda: c.set(b()))
        effect(lambda: seen.append(c()))
        await tick()
        a.set(5)
        await tick()

    run_async(main())

    assert seen[-1] == 5


def test_tick_flushes_what_the_host_has_not_yet(run_async: Run) -> None:
    set_scheduler(lambda _flush: None)
    seen: list[int] = []
    effect(lambda: seen.append(1))

    run_async(tick())

    assert seen == [1]


@pytest.mark.cpython("asks for a loop of its own")
def test_flush_that_a_closed_loop_forgot_is_asked_for_again() -> None:
    count = Signal(0)
    seen: list[int] = []
    effect(lambda: seen.append(count()))
    first, second = asyncio.new_event_loop(), asyncio.new_event_loop()

    async def write_and_wait() -> None:
        count.set(2)
        await tick()

    first.call_soon(count.set, 1)
    first.call_soon(first.stop)
    first.run_forever()
    first.close()
    assert seen == [0]
    second.run_until_complete(write_and_wait())
    second.close()

    assert seen[-1] == 2


def test_without_asyncio_there_is_no_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "asyncio")

    assert running_loop() is None


def test_another_asyncio_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("asyncio")
    monkeypatch.setitem(sys.modules, "asyncio", module)
    monkeypatch.setattr(module, "get_running_loop", lambda: "the loop", raising=False)

    assert running_loop() == "the loop"  # type: ignore[comparison-overlap] # a stand-in


def test_interrupted_flush_keeps_the_rest() -> None:
    """What is not an Exception stops the flush; the next one runs what was left."""
    count = Signal(0)
    seen: list[int] = []
    effect(lambda: interrupt() if count() == 1 else None)
    effect(lambda: seen.append(count()))

    with pytest.raises(KeyboardInterrupt):
        count.set(1)
    assert seen == [0]
    flush()

    assert seen == [0, 1]


def interrupt() -> None:
    raise KeyboardInterrupt


def test_all_siblings_run_and_then_the_first_error_is_raised() -> None:
    count = Signal(0)
    seen: list[int] = []
    effect(lambda: 1 // (count() - 1))
    effect(lambda: seen.append(count()))

    with pytest.raises(ZeroDivisionError):
        count.set(1)

    assert seen == [0, 1]


def test_several_errors_are_raised_together() -> None:
    count = Signal(0)
    for _ in range(2):
        effect(lambda: 1 // (count() - 1))

    with pytest.raises(ExceptionGroup) as caught:
        count.set(1)

    assert [type(error) for error in caught.value.exceptions] == [ZeroDivisionError] * 2


def test_reporter_gets_errors_with_their_owner() -> None:
    reported: list[tuple[str, Owner | None]] = []
    set_error_reporter(lambda error, owner: reported.append((str(error), owner)))
    count = Signal(1)
    made = effect(lambda: 1 // count())

    count.set(0)

    assert len(reported) == 1
    assert reported[0][1] is made


def test_batch_in_a_memo_is_no_flush_in_the_middle_of_it() -> None:
    seen: list[int] = []

    def build() -> int:
        effect(lambda: seen.append(outer()))
        return inner()

    inner = memo(lambda: 1)
    outer = memo(build)

    assert outer() == 1
    assert seen == [1]
