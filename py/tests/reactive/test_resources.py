"""Resources and async memos: C30, C50–C53, S70–S75, I-7."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
from gossamer.errors import FetchCancelledError, NoLoopError
from gossamer.reactive import (
    Context,
    Owner,
    Resource,
    Signal,
    async_memo,
    current_owner,
    effect,
    immediate_effect,
    local_resource,
    memo,
    on_cleanup,
    provide_context,
    render_effect,
    resource,
    set_error_reporter,
    spawn,
    tick,
    use_context,
)
from hypothesis import given, note
from hypothesis import strategies as st

type Run = Callable[[Coroutine[Any, Any, None]], None]


async def echo(value: object, seconds: float = 1) -> Any:
    await asyncio.sleep(seconds)
    return value


def test_a_resource_is_fetched_at_once_and_is_none_until_it_has_come(run_timed: Run) -> None:
    """S70, S75."""
    seen: list[object] = []

    async def main() -> None:
        name = resource(lambda: echo("Ada"))
        render_effect(lambda: seen.append((name(), name.pending(), name.error())))
        await asyncio.sleep(1)
        await tick()

    run_timed(main())

    assert seen == [(None, True, None), ("Ada", False, None)]


def test_only_the_source_is_followed(run_timed: Run) -> None:
    """S71."""
    source, other = Signal(1), Signal(10)
    fetched: list[int] = []

    async def fetch(value: int) -> int:
        fetched.append(value)
        return value + other()

    async def main() -> None:
        total = resource(fetch, source)
        assert await total == 11
        other.set(20)
        await tick()
        assert await total == 11
        source.set(1)  # equal
        await tick()
        assert await total == 11
        source.set(2)
        assert await total == 22

    run_timed(main())

    assert fetched == [1, 2]


def test_the_value_of_before_is_read_while_a_newer_one_is_fetched(run_timed: Run) -> None:
    """S74: and await waits for the newer one."""
    source = Signal("a")

    async def main() -> None:
        letter = resource(echo, source)
        assert await letter == "a"
        source.set("b")
        await tick()
        assert (letter(), letter.peek(), letter.latest()) == ("a", "a", "a")
        assert letter.pending()
        assert await letter == "b"
        assert not letter.pending()

    run_timed(main())


def test_await_right_after_a_write_waits_for_what_the_write_asks_for(run_timed: Run) -> None:
    source = Signal("a")

    async def main() -> None:
        letter = resource(echo, source)
        await letter
        source.set("b")
        assert await letter == "b"
        letter.refetch()
        assert letter.pending()

    run_timed(main())


def test_a_slow_first_fetch_never_comes_after_a_fast_second(run_timed: Run) -> None:
    """I-7: the older task is called off."""
    source = Signal("slow")
    seen: list[str | None] = []
    ended: list[str] = []

    async def fetch(which: str) -> str:
        try:
            await asyncio.sleep(10 if which == "slow" else 1)
        except asyncio.CancelledError:
            ended.append(which)
            raise
        return which

    async def main() -> None:
        word = resource(fetch, source)
        render_effect(lambda: seen.append(word()))
        await asyncio.sleep(0)
        source.set("fast")
        await asyncio.sleep(20)

    run_timed(main())

    assert seen == [None, "fast"]
    assert ended == ["slow"]


def test_a_fetcher_that_will_not_be_called_off_is_not_heard(run_timed: Run) -> None:
    source = Signal(1)

    async def fetch(number: int) -> str:
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            return f"{number}, in spite of all"
        return f"{number}"

    async def main() -> None:
        word = resource(fetch, source)
        await asyncio.sleep(1)
        source.set(2)
        await tick()
        await asyncio.sleep(1)
        assert word() is None
        assert await word == "2"

    run_timed(main())


def test_a_fetch_that_is_called_off_before_it_begins_leaves_no_warning(run_timed: Run) -> None:
    source = Signal(1)

    async def main() -> None:
        word = resource(echo, source)
        for number in range(2, 5):
            source.set(number)
            await tick()
        word.refetch()
        word.refetch()
        assert await word == 4

    run_timed(main())


def test_a_written_value_counts_and_calls_the_fetch_off(run_timed: Run) -> None:
    """S73."""

    async def main() -> None:
        name = resource(lambda: echo("fetched"))
        await asyncio.sleep(0)
        name.set("mine")
        assert not name.pending()
        assert await name == "mine"
        await asyncio.sleep(5)
        assert name() == "mine"
        name.update(lambda old: f"{old}!")
        assert name() == "mine!"
        name.refetch()
        assert await name == "fetched"

    run_timed(main())


def test_an_optimistic_value_stays_when_its_block_succeeds(run_timed: Run) -> None:
    async def main() -> None:
        names = resource(lambda: ["Ada"])
        with names.optimistic(lambda old: [*(old or ()), "Bo"]) as value:
            await asyncio.sleep(1)
        assert names() == value == ["Ada", "Bo"]

    run_timed(main())


def test_an_optimistic_value_goes_when_its_block_fails(run_timed: Run) -> None:
    async def main() -> None:
        names = resource(lambda: ["Ada"])
        optimistic = names.optimistic(lambda old: [*(old or ()), "Bo"])
        with pytest.raises(ConnectionError), optimistic:
            assert names() == ["Ada", "Bo"]
            raise ConnectionError
        assert names() == ["Ada"]

    run_timed(main())


def test_an_optimistic_value_that_was_overwritten_is_fetched_when_its_block_fails(
    run_timed: Run,
) -> None:
    async def main() -> None:
        names = resource(lambda: echo("fetched"))
        await names
        with pytest.raises(ConnectionError), names.optimistic(lambda old: "first"):
            names.set("second")
            raise ConnectionError
        assert names.pending()
        assert await names == "fetched"

    run_timed(main())


def test_a_plain_fetcher_gives_its_value_at_once() -> None:
    source = Signal(2)
    seen: list[tuple[int | None, bool]] = []
    double = resource(lambda n: n * 2, source)
    render_effect(lambda: seen.append((double(), double.pending())))

    source.set(5)

    assert seen == [(4, False), (10, False)]


def test_a_source_of_none_has_nothing_to_fetch(run_timed: Run) -> None:
    source: Signal[int | None] = Signal(None)
    fetched: list[int] = []

    async def fetch(number: int) -> int:
        fetched.append(number)
        return number

    async def main() -> None:
        value = resource(fetch, source)
        assert not value.pending()
        assert await value is None  # type: ignore[comparison-overlap] # nothing is there
        source.set(1)
        assert await value == 1
        source.set(None)
        await tick()
        assert value() is None

    run_timed(main())

    assert fetched == [1]


def test_a_source_may_read_another_resource(run_timed: Run) -> None:
    """It waits as long as that has not come, and fails when that fails."""
    fails = Signal(False)
    asked: list[str] = []

    async def user(fails: bool) -> dict[str, str]:
        await asyncio.sleep(1)
        if fails:
            raise ConnectionError("offline")
        return {"id": "ada"}

    async def posts(name: str) -> str:
        asked.append(name)
        await asyncio.sleep(1)
        return f"posts of {name}"

    async def main() -> None:
        first: Any = resource(user, fails)
        second = resource(posts, lambda: first()["id"])
        assert second.pending()
        assert await second == "posts of ada"
        render_effect(second.error)
        fails.set(True)
        await asyncio.sleep(2)
        await tick()
        assert str(second.error()) == "offline"
        assert not second.pending()

    run_timed(main())

    assert asked == ["ada"]


def test_a_source_that_fails_is_told(run_timed: Run) -> None:
    told: list[str] = []
    set_error_reporter(lambda error, owner: told.append(str(error)))

    value = resource(lambda n: n, lambda: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        value()
    assert told == ["division by zero"]


def test_an_async_generator_gives_one_value_after_the_other(run_timed: Run) -> None:
    seen: list[int | None] = []
    ends: list[str] = []

    async def count() -> AsyncIterator[int]:
        try:
            for number in range(3):
                await asyncio.sleep(1)
                yield number
            await asyncio.sleep(100)
        finally:
            ends.append("closed")

    async def main() -> None:
        with Owner(None) as owner:
            number = resource(count)
            render_effect(lambda: seen.append(number()))
        assert await number == 0
        assert not number.pending()
        await asyncio.sleep(5)
        owner.dispose()
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    run_timed(main())

    assert seen == [None, 0, 1, 2]
    assert ends == ["closed"]


def test_an_iterator_without_values_keeps_nobody_waiting(run_timed: Run) -> None:
    async def nothing() -> AsyncIterator[int]:
        return
        yield 1

    async def main() -> None:
        number = resource(nothing)
        assert await number is None  # type: ignore[comparison-overlap] # nothing came
        assert not number.pending()

    run_timed(main())


def test_an_iterator_that_fails_keeps_its_last_value(run_timed: Run) -> None:
    async def one() -> AsyncIterator[int]:
        yield 1
        await asyncio.sleep(1)
        raise ConnectionError("torn")

    async def main() -> None:
        number = resource(one)
        render_effect(number.error)
        await number
        await asyncio.sleep(1)
        with pytest.raises(ConnectionError):
            number()
        assert number.latest() == 1

    run_timed(main())


def test_an_error_is_raised_to_each_reader_until_the_next_fetch_begins(run_timed: Run) -> None:
    is_broken = Signal(True)
    told: list[str] = []

    async def fetch() -> str:
        await asyncio.sleep(1)
        if is_broken.peek():
            raise ConnectionError("offline")
        return "fine"

    async def main() -> None:
        owner = Owner(None)
        owner.error_handler = lambda error: told.append(str(error))
        with owner:
            word = resource(fetch)
            effect(lambda: word())
        with pytest.raises(ConnectionError):
            await word
        await tick()
        assert str(word.error()) == "offline"
        with pytest.raises(ConnectionError):
            word()
        with pytest.raises(ConnectionError):
            word.peek()

        is_broken.set(False)
        word.refetch()
        assert (word(), word.error(), word.pending()) == (None, None, True)
        assert await word == "fine"

    run_timed(main())

    assert told == ["offline"]


@pytest.mark.parametrize("is_async", [True, False], ids=["in a task", "at once"])
def test_an_error_that_nobody_looks_at_is_told_once(run_timed: Run, is_async: bool) -> None:
    told: list[str] = []
    set_error_reporter(lambda error, owner: told.append(f"{error} {error.__notes__}"))

    async def later() -> str:
        raise ConnectionError("offline")

    def now() -> str:
        raise ConnectionError("offline")

    async def main() -> None:
        with Owner(None) as owner:
            owner.name = "App"
            word = resource(later if is_async else now)
        await asyncio.sleep(1)
        with pytest.raises(ConnectionError):
            word()

    run_timed(main())

    assert told == ["offline ['In: App']"]


def test_who_has_stopped_waiting_is_not_counted(run_timed: Run) -> None:
    told: list[str] = []
    set_error_reporter(lambda error, owner: told.append(str(error)))

    async def fetch() -> str:
        await asyncio.sleep(5)
        raise ConnectionError("offline")

    async def main() -> None:
        word = resource(fetch)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(wait_for(word), 1)
        await asyncio.sleep(5)

    run_timed(main())

    assert told == ["offline"]


def test_an_error_that_somebody_shows_is_not_told(run_timed: Run) -> None:
    async def fetch() -> str:
        raise ConnectionError("offline")

    async def main() -> None:
        with Owner(None):
            word = resource(fetch)
            shown: list[object] = []
            render_effect(lambda: shown.append(word.error()))
        await asyncio.sleep(1)
        assert [type(error) for error in shown] == [type(None), ConnectionError]

    run_timed(main())


def test_what_fails_for_want_of_the_value_waits_for_it(run_timed: Run) -> None:
    """A reader of what has not come runs again, so what it raises till then is no error."""
    told: list[str] = []
    seen: list[str] = []
    set_error_reporter(lambda error, owner: told.append(str(error)))

    async def main() -> None:
        with Owner(None):
            user: Resource[Any] = resource(lambda: echo({"name": "Ada"}))
            read: Any = user
            name = memo(lambda: read()["name"])
            effect(lambda: seen.append(read()["name"]))
            effect(lambda: seen.append(name().upper()))
        await tick()
        assert seen == []
        await user
        await tick()
        user.set({"no": "name"})
        await tick()

    run_timed(main())

    assert seen == ["Ada", "ADA"]
    assert told == ["'name'"] * 2


def test_what_fails_while_a_memo_waits_is_told_when_the_memo_stays_as_it_is(
    run_timed: Run,
) -> None:
    async def main() -> None:
        told: list[str] = []
        with Owner(None) as owner:
            owner.error_handler = lambda error: told.append(str(error))
            user = resource(lambda: echo("Ada"))
            is_known = memo(lambda: user() == "Grace")

            def fail() -> None:
                if not is_known():
                    raise ValueError("nobody is known")

            effect(fail)
        await asyncio.sleep(0.5)
        assert told == []
        await asyncio.sleep(1)

        assert told == ["nobody is known"]
        owner.dispose()

    run_timed(main())


def test_cleanups_and_tasks_that_fail_meanwhile_are_told(run_timed: Run) -> None:
    """Only what runs again anyway is held back."""
    told: list[str] = []
    set_error_reporter(lambda error, owner: told.append(str(error)))

    async def work() -> None:
        raise ValueError("of a task")

    def fail() -> None:
        raise ValueError("of a cleanup")

    async def main() -> None:
        user, count = resource(lambda: echo("Ada")), Signal(0)

        def read() -> None:
            if count() == 0:
                on_cleanup(fail)
                spawn(work())
            user()

        effect(read)
        await tick()
        await asyncio.sleep(0.5)
        count.set(1)
        await tick()
        assert told == ["of a task", "of a cleanup"]

    run_timed(main())


def test_a_fetcher_that_is_cancelled_from_inside_fails(run_timed: Run) -> None:
    async def cancelled() -> str:
        raise asyncio.CancelledError

    async def main() -> None:
        word = resource(cancelled, name="word")
        render_effect(word.error)
        with pytest.raises(FetchCancelledError, match="word ended without a value"):
            await word
        assert not word.pending()

    run_timed(main())


def test_nothing_runs_after_the_owner_has_ended(run_timed: Run) -> None:
    source = Signal(1)
    steps: list[str] = []

    async def fetch(number: int) -> int:
        steps.append(f"begin {number}")
        on_cleanup(lambda: steps.append("cleaned up"))
        await asyncio.sleep(1)
        steps.append("never")
        return number

    async def main() -> None:
        with Owner(None) as owner:
            value = resource(fetch, source)
        waiting = asyncio.create_task(wait_for(value))
        await asyncio.sleep(0.5)
        owner.dispose()
        assert value.is_disposed
        assert not value.pending()
        source.set(2)
        value.refetch()
        value.set(5)
        await asyncio.sleep(5)
        assert waiting.cancelled()
        assert value() is None

    run_timed(main())

    assert steps == ["begin 1", "cleaned up"]


async def wait_for[T](value: Resource[T]) -> T:
    return await value


def test_owner_and_contexts_survive_every_await(run_timed: Run) -> None:
    theme = Context[str]("theme")
    seen: list[object] = []

    async def fetch() -> str:
        before = current_owner()
        await asyncio.sleep(1)
        seen.append(current_owner() is before)
        return use_context(theme) or "none"

    async def main() -> None:
        with Owner(None):
            provide_context(theme, "dark")
            assert await resource(fetch) == "dark"
            assert await async_memo(fetch) == "dark"

    run_timed(main())

    assert seen == [True, True]


def test_an_async_memo_follows_what_it_reads_also_after_an_await(run_timed: Run) -> None:
    """C30."""
    before, after = Signal(1), Signal(10)
    runs: list[int] = []

    async def main() -> None:
        @async_memo
        async def total() -> int:
            first = before()
            await asyncio.sleep(1)
            runs.append(first)
            return first + after()

        assert await total == 11
        after.set(20)
        assert await total == 21
        before.set(2)
        assert await total == 22
        assert runs == [1, 1, 2]

    run_timed(main())


def test_async_memos_follow_each_other(run_timed: Run) -> None:
    count = Signal(1)

    async def main() -> None:
        @async_memo
        async def double() -> int:
            await asyncio.sleep(1)
            return count() * 2

        @async_memo
        async def text() -> str:
            return f"{await double}"

        assert await text == "2"
        count.set(4)
        await double
        await tick()
        assert await text == "8"

    run_timed(main())


@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "later"])
def test_an_async_memo_waits_for_what_it_stumbles_over(run_timed: Run, at_once: bool) -> None:
    async def main() -> None:
        user: Any = resource(lambda: echo({"name": "Ada"}, 5))

        async def loud() -> Any:
            await asyncio.sleep(1)
            return user()["name"].upper()

        def loud_at_once() -> Any:
            return echo(user()["name"].upper())

        name = async_memo(loud_at_once if at_once else loud)
        await asyncio.sleep(2)
        assert (name.pending(), name.error()) == (True, None)
        assert await name == "ADA"

    run_timed(main())


def test_the_steps_of_an_async_memo_are_its_own_sections(run_timed: Run) -> None:
    """What happens between them is not followed; what they make ends with the run."""
    count, other = Signal(1), Signal(1)
    seen: list[str] = []

    async def main() -> None:
        @async_memo
        async def double() -> int:
            number = count()
            try:
                await asyncio.wait_for(asyncio.sleep(100), 1)
            except TimeoutError:
                effect(lambda: seen.append(f"{number} {other()}"))
            return number * 2

        await double
        other()
        await tick()
        other.set(2)
        await tick()
        count.set(2)
        await double
        await tick()
        other.set(3)
        await tick()

    run_timed(main())

    assert seen == ["1 1", "1 2", "2 2", "2 3"]


def test_a_local_resource_follows_what_its_fetcher_reads(run_timed: Run) -> None:
    """C52, S71."""
    number = Signal(1)

    async def main() -> None:
        square = local_resource(lambda: echo(number() ** 2))
        assert await square == 1
        number.set(3)
        assert await square == 9

    run_timed(main())


def test_without_a_loop_the_message_names_the_fetcher() -> None:
    with pytest.raises(NoLoopError, match="echo needs an event loop"):
        resource(echo, lambda: 1)


def test_an_immediate_reader_sees_a_settled_resource(run_timed: Run) -> None:
    seen: list[tuple[object, bool]] = []

    async def main() -> None:
        name = resource(lambda: echo("Ada"))
        immediate_effect(lambda: seen.append((name(), name.pending())))
        await name

    run_timed(main())

    assert seen == [(None, True), ("Ada", False)]


def test_a_resource_dies_with_its_owner(run_timed: Run, no_gc: None) -> None:
    import weakref

    dead: list[object] = []

    async def main() -> None:
        with Owner(None) as owner:
            value = resource(lambda: echo("Ada"))
        await value
        reference = weakref.ref(value)
        owner.dispose()
        del value
        await asyncio.sleep(0)
        dead.append(reference())

    run_timed(main())

    assert dead == [None]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["source", "refetch", "set", "wait", "break"]), st.integers(0, 3)
        ),
        max_size=30,
    ),
    st.integers(0, 2**32),
)
def test_what_is_shown_is_never_older_than_what_was_asked_for(
    steps: list[tuple[str, int]], seed: int
) -> None:
    """Against a naive model: each fetch takes a time of its own, the last one asked for wins."""
    from ..conftest import VirtualLoop

    order = random.Random(seed)

    async def main() -> None:
        source = Signal(0)
        wanted: object = None
        serial = 0
        is_broken = False

        async def outcome(value: object, seconds: float) -> object:
            await asyncio.sleep(seconds)
            if isinstance(value, Exception):
                raise value
            return value

        def fetch(number: int) -> Coroutine[Any, Any, object]:
            nonlocal wanted
            wanted = ConnectionError(serial) if is_broken else ("fetched", number, serial)
            return outcome(wanted, order.choice([0, 1, 2, 5, 9]))

        with Owner(None) as owner:
            value = resource(fetch, source)
            shown: list[object] = []
            render_effect(lambda: shown.append(value.error() or value()))
        for what, number in steps:
            note(f"{what} {number}")
            serial += 1
            if what == "wait":
                await asyncio.sleep(number)
            elif what == "set":
                wanted = ("set", number, serial)
                value.set(wanted)
            elif what == "source":
                source.set(number)
            else:
                is_broken ^= what == "break"
                value.refetch()
            await tick()
            assert value.pending() or shown[-1] == wanted
        await asyncio.sleep(20)
        await tick()
        assert not value.pending()
        assert shown[-1] == wanted
        owner.dispose()

    asyncio.run(main(), loop_factory=VirtualLoop)
