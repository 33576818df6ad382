"""Actions: C32, C33, S82–S86."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from gossamer.errors import NoLoopError
from gossamer.reactive import (
    Owner,
    Signal,
    Submission,
    action,
    current_owner,
    effect,
    multi_action,
    render_effect,
    resource,
    set_error_reporter,
    tick,
)
from hypothesis import given
from hypothesis import strategies as st

type Run = Callable[[Coroutine[Any, Any, None]], None]


async def echo(value: object, seconds: float = 1) -> Any:
    await asyncio.sleep(seconds)
    if isinstance(value, Exception):
        raise value
    return value


def test_the_signals_say_how_it_goes(run_timed: Run) -> None:
    """C32, S82."""
    seen: list[object] = []

    async def main() -> None:
        save = action(echo)
        render_effect(
            lambda: seen.append((save.pending(), save.input(), save.value(), save.version()))
        )
        assert await save("Ada") == "Ada"
        await tick()
        save.clear()
        await tick()

    run_timed(main())

    assert seen == [
        (False, None, None, 0),
        (True, "Ada", None, 0),
        (False, None, "Ada", 1),
        (False, None, None, 1),
    ]


@pytest.mark.parametrize(
    ("args", "options", "expected"),
    [((), {}, None), (("a",), {}, "a"), (("a", "b"), {}, ("a", "b")), (("a",), {"b": 1}, ("a", 1))],
    ids=["nothing", "one", "two", "by name"],
)
def test_the_input_is_what_it_was_called_with(
    args: tuple[Any, ...], options: dict[str, Any], expected: object
) -> None:
    save = action(lambda *args, b=None: None)

    assert save(*args, **options).input == expected


def test_the_newest_call_has_the_last_word(run_timed: Run) -> None:
    """S83: in whatever order they end."""
    seen: list[str | None] = []

    async def main() -> None:
        save = action(echo)
        render_effect(lambda: seen.append(save.value()))
        slow, fast, late = save("slow", 3), save("fast", 1), save("late", 2)
        assert (save.input(), save.pending()) == (("late", 2), True)
        assert [await fast, await late, await slow] == ["fast", "late", "slow"]
        await tick()
        assert (save.pending(), save.version()) == (False, 3)

    run_timed(main())

    assert seen == [None, "fast", "late"]


def test_a_failure_is_a_signal_until_the_next_call(run_timed: Run) -> None:
    async def main() -> None:
        save = action(echo)
        errors: list[str] = []
        render_effect(lambda: errors.append(str(save.error())))
        await save("fine")
        save(ConnectionError("offline"))
        await asyncio.sleep(2)
        assert (save.value(), save.version()) == ("fine", 2)
        save("again")
        await tick()
        assert errors == ["None", "offline", "None"]

    run_timed(main())


def test_who_awaits_it_gets_what_it_raises(run_timed: Run) -> None:
    async def main() -> None:
        save = action(echo)
        with pytest.raises(ConnectionError):
            await save(ConnectionError("offline"))

    run_timed(main())


@pytest.mark.parametrize("is_async", [True, False], ids=["in a task", "at once"])
def test_a_failure_that_nobody_looks_at_is_told_once(run_timed: Run, is_async: bool) -> None:
    told: list[str] = []

    def now(error: Exception) -> None:
        raise error

    async def main() -> None:
        with Owner(None) as owner:
            owner.error_handler = lambda error: told.append(str(error))
            save: Any = action(echo if is_async else now)
        save(ConnectionError("offline"))
        await asyncio.sleep(2)

    run_timed(main())

    assert told == ["offline"]


def test_a_failure_without_an_owner_is_reported(run_timed: Run) -> None:
    told: list[str] = []
    set_error_reporter(lambda error, owner: told.append(str(error)))

    async def main() -> None:
        action(echo)(ConnectionError("offline"))
        await asyncio.sleep(2)

    run_timed(main())

    assert told == ["offline"]


def test_without_a_loop_a_call_fails() -> None:
    save = action(echo)
    shown = render_effect(save.error)

    submission = save("Ada")

    assert isinstance(submission.error(), NoLoopError)
    assert not save.pending()
    shown.dispose()


def test_it_runs_where_it_was_made_and_follows_nothing(run_timed: Run) -> None:
    """S82."""
    count = Signal(1)
    owners: list[object] = []

    async def main() -> None:
        with Owner(None) as owner:

            @action
            async def save() -> int:
                owners.append(current_owner())
                await asyncio.sleep(1)
                owners.append(current_owner())
                return count()

        runs: list[int] = []
        with Owner(None):
            effect(lambda: (runs.append(1), save(), count.peek()))
        await tick()
        count.set(2)
        await asyncio.sleep(2)
        assert (owners, runs, save.value()) == ([owner, owner], [1], 2)

    run_timed(main())


def test_a_plain_function_ends_at_once() -> None:
    double = action(lambda n: n * 2)

    submission = double(4)

    assert (submission.value(), double.value(), double.pending(), double.version()) == (
        8,
        8,
        False,
        1,
    )


def test_a_call_that_is_called_off_leaves_the_value(run_timed: Run) -> None:
    """S84."""
    ended: list[str] = []

    async def work(name: str) -> str:
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            ended.append(name)
            raise
        return name

    async def main() -> None:
        save = action(work)
        await save("first")
        second, third = save("second"), save("third")
        await asyncio.sleep(1)
        waiting = asyncio.create_task(wait_for(third))
        await asyncio.sleep(0)
        third.cancel()
        assert (save.pending(), save.input()) == (True, "second")
        second.cancel()
        second.cancel()
        assert (save.pending(), save.input(), save.value(), save.version()) == (
            False,
            None,
            "first",
            1,
        )
        await asyncio.wait([waiting])
        assert waiting.cancelled()
        with pytest.raises(asyncio.CancelledError):
            await second
        assert ended == ["third", "second"]

    run_timed(main())


async def wait_for[T](submission: Submission[T]) -> T:
    return await submission


def test_nothing_runs_after_the_owner_has_ended(run_timed: Run) -> None:
    steps: list[str] = []

    async def work() -> None:
        await asyncio.sleep(1)
        steps.append("never")

    async def main() -> None:
        with Owner(None) as owner:
            save = action(work)
        first = save()
        await asyncio.sleep(0.5)
        owner.dispose()
        second = save()
        await asyncio.sleep(5)
        assert (first.is_cancelled(), second.is_cancelled(), save.pending()) == (True, True, False)

    run_timed(main())

    assert steps == []


def test_an_action_with_an_optimistic_value(run_timed: Run) -> None:
    names = ["Ada"]

    async def main() -> None:
        listed = resource(lambda: echo(list(names)))

        @action
        async def add(name: str) -> None:
            with listed.optimistic(lambda old: [*(old or ()), name]):
                await asyncio.sleep(1)
                if not name:
                    raise ValueError
                names.append(name)

        render_effect(add.error)
        await listed
        saving = add("Bo")
        await asyncio.sleep(0)
        assert listed() == ["Ada", "Bo"]
        await saving
        add("")
        await asyncio.sleep(0)
        assert listed() == ["Ada", "Bo", ""]
        await asyncio.sleep(2)
        assert listed() == ["Ada", "Bo"]

    run_timed(main())


def test_submissions_stand_in_the_order_of_their_calls(run_timed: Run) -> None:
    """C33."""

    async def main() -> None:
        add = multi_action(echo)
        listed: list[list[object]] = []
        render_effect(lambda: listed.append([one.input for one in add.submissions()]))
        slow, fast = add("slow", 2), add("fast", 1)
        await fast
        assert [one.pending() for one in add.submissions()] == [True, False]
        assert await slow == "slow"
        await tick()
        assert listed[-1] == [("slow", 2), ("fast", 1)]
        assert ([one.value() for one in add.submissions()], add.version()) == (["slow", "fast"], 2)
        third = add("third")
        add.clear()
        assert add.submissions() == [third]

    run_timed(main())


def test_a_submission_is_called_off_alone(run_timed: Run) -> None:
    """S85: and unlike there, its task ends."""
    ended: list[object] = []

    async def work(number: int) -> int:
        try:
            await asyncio.sleep(number)
        finally:
            ended.append(number)
        return number

    async def main() -> None:
        add = multi_action(work)
        first, second = add(3), add(2)
        await asyncio.sleep(1)
        first.cancel()
        assert (first.is_cancelled(), first.pending(), first.value()) == (True, False, None)
        assert await second == 2
        await asyncio.sleep(5)
        assert (first.value(), add.version(), ended) == (None, 1, [3, 2])

    run_timed(main())


def test_a_submission_may_be_known_already() -> None:
    add = multi_action(lambda name: name)

    known = add.dispatch_sync("Ada", "saved")

    assert (known.input, known.value(), known.pending(), add.version()) == (
        "Ada",
        "saved",
        False,
        1,
    )
    assert add.submissions() == [known]


def test_a_failed_submission_that_is_shown_is_not_told(run_timed: Run) -> None:
    told: list[str] = []
    set_error_reporter(lambda error, owner: told.append(str(error)))

    async def main() -> None:
        add = multi_action(echo)
        shown = add(ConnectionError("shown"))
        render_effect(shown.error)
        add(ConnectionError("not shown"))
        await asyncio.sleep(2)
        assert str(shown.error()) == "shown"
        assert repr(shown) == "Submission(echo, ConnectionError('shown'))"

    run_timed(main())

    assert told == ["not shown"]


@given(
    st.lists(st.tuples(st.sampled_from(["call", "fail", "cancel", "wait"]), st.integers(0, 5))),
    st.integers(0, 2**32),
)
def test_no_call_overwrites_a_newer_one(steps: list[tuple[str, int]], seed: int) -> None:
    """Against a naive model: of the calls that have ended, the newest counts."""
    from ..conftest import VirtualLoop

    order = random.Random(seed)

    async def main() -> None:
        running: dict[int, Submission[object]] = {}
        ended = {-1: ""}  # each with what it raised
        value: int | None = None
        error = ""

        async def work(number: int, fails: bool) -> object:
            nonlocal value, error
            await asyncio.sleep(order.choice([0, 1, 2, 3, 5, 8]))
            del running[number]
            is_newest = number > max(ended)
            ended[number] = f"call {number}" if fails else ""
            if is_newest:
                error = ended[number]
                value = value if fails else number
            if fails:
                raise ConnectionError(ended[number])
            return number

        save = action(work)
        render_effect(save.error)
        for number, (what, which) in enumerate(steps):
            if what == "wait":
                await asyncio.sleep(which)
            elif what == "cancel":
                if running:
                    running.pop(list(running)[which % len(running)]).cancel()
            else:
                error = ""
                running[number] = save(number, what == "fail")
            await asyncio.sleep(0)
            assert save.pending() == bool(running)
            assert save.version() == len(ended) - 1
            assert save.value() == value
            assert str(save.error() or "") == error
        await asyncio.sleep(10)
        assert not save.pending()

    asyncio.run(main(), loop_factory=VirtualLoop)
