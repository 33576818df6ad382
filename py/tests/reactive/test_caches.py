"""What keyed resources share: I-35."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
from gossamer.errors import FetchCancelledError, NoOwnerError
from gossamer.reactive import (
    Owner,
    Resource,
    ResourceCache,
    Signal,
    invalidate,
    provide_context,
    render_effect,
    resource,
    set_error_reporter,
    tick,
)
from gossamer.reactive.suspensions import Suspension
from hypothesis import given
from hypothesis import strategies as st

type Run = Callable[[Coroutine[Any, Any, None]], None]


class Server:
    """Answers after a second, with how often it was asked; some are asked in vain."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.answered: list[object] = []
        self.is_broken = False

    async def fetch(self, what: object = "it") -> str:
        self.asked.append(what)
        number = len(self.asked)
        await asyncio.sleep(1)
        if self.is_broken:
            raise ConnectionError("offline")
        self.answered.append(what)
        return f"{what} {number}"

    def use(self, what: object, key: Any = "thing", stale: float = 0) -> Resource[str]:
        return resource(self.fetch, lambda: what, key=key, stale=stale)


@pytest.fixture
def server() -> Server:
    return Server()


def test_parallel_fetches_of_one_key_are_one(run_timed: Run, server: Server) -> None:
    async def main() -> None:
        with Owner(None):
            first, second, other = server.use("a"), server.use("a"), server.use("b")
            assert (await first, await second, await other) == ("a 1", "a 1", "b 2")

    run_timed(main())

    assert server.asked == ["a", "b"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("user", ("user", 3)),
        (("user", "full"), ("user", "full", 3)),
        (lambda number: ("odd", number % 2), ("odd", 1)),
        (lambda number: "all", ("all",)),
    ],
    ids=["a name", "a path", "a path of the value's", "a name whatever the value"],
)
def test_a_key_is_a_path(key: Any, expected: object) -> None:
    with Owner(None):
        provide_context(cache := ResourceCache())
        resource(lambda number: number, lambda: 3, key=key)
        assert list(cache.entries) == [expected]


def test_a_key_without_a_source(run_timed: Run, server: Server) -> None:
    async def main() -> None:
        with Owner(None):
            pair = [resource(server.fetch, key="it") for _ in range(2)]
            assert [await one for one in pair] == ["it 1", "it 1"]

    run_timed(main())


def test_what_is_known_is_shown_at_once_and_fetched_again_meanwhile(
    run_timed: Run, server: Server
) -> None:
    async def main() -> None:
        with Owner(None):
            await server.use("a")
            suspension = Suspension()
            provide_context(suspension)
            again = server.use("a")
            seen: list[object] = []
            render_effect(lambda: seen.append((again(), again.refreshing())))
            assert (again.pending(), suspension.pending()) == (False, False)
            assert await again == "a 1"
            await asyncio.sleep(1)
            await tick()
            assert seen == [("a 1", True), ("a 2", False)]

    run_timed(main())


def test_what_is_fresh_is_not_fetched(run_timed: Run, server: Server) -> None:
    async def main() -> None:
        with Owner(None):
            await server.use("a")
            await asyncio.sleep(9)
            assert not server.use("a", stale=10).refreshing()
            await asyncio.sleep(1)
            assert server.use("a", stale=10).refreshing()

    run_timed(main())

    assert server.asked == ["a", "a"]


def test_going_back_to_a_known_value_shows_it_at_once(run_timed: Run, server: Server) -> None:
    async def main() -> None:
        page = Signal(1)
        with Owner(None):
            shown = resource(server.fetch, page, key="page", stale=60)
            await shown
            page.set(2)
            assert await shown == "2 2"
            page.set(1)
            await tick()
            assert (shown(), shown.pending()) == ("1 1", False)

    run_timed(main())

    assert server.asked == [1, 2]


def test_invalidate_fetches_what_is_used_and_forgets_the_rest(
    run_timed: Run, server: Server
) -> None:
    async def main() -> None:
        with Owner(None):
            provide_context(cache := ResourceCache())
            used = server.use("a", stale=60)
            other = server.use("b", key="other", stale=60)
            await used, await other
            with Owner() as visit:
                await server.use("c", stale=60)
            visit.dispose()
            assert set(cache.entries) == {("thing", "a"), ("thing", "c"), ("other", "b")}

            invalidate("thing")
            assert set(cache.entries) == {("thing", "a"), ("other", "b")}
            assert (used(), used.refreshing(), other.refreshing()) == ("a 1", True, False)
            await asyncio.sleep(2)
            assert used() == "a 4"

            invalidate(("thing", "b"))
            assert not used.refreshing()
            invalidate(("thing", "a"))
            assert used.refreshing()
            invalidate()
            assert other.refreshing()

    run_timed(main())


def test_invalidate_during_a_fetch_begins_it_anew(run_timed: Run, server: Server) -> None:
    async def main() -> None:
        with Owner(None):
            used = server.use("a")
            await asyncio.sleep(0.5)
            invalidate("thing")
            assert await used == "a 2"

    run_timed(main())

    assert server.answered == ["a"]


def test_refetch_and_set_are_for_all_who_use_it(run_timed: Run, server: Server) -> None:
    async def main() -> None:
        with Owner(None):
            first, second = server.use("a"), server.use("a")
            await first
            first.refetch()
            assert second.refreshing()
            await asyncio.sleep(2)
            assert second() == "a 2"
            second.refetch()
            first.set("mine")
            assert (second(), second.refreshing()) == ("mine", False)
            await asyncio.sleep(5)
            assert second() == "mine"
            with pytest.raises(ConnectionError), second.optimistic(lambda old: "hope"):
                assert first() == "hope"
                raise ConnectionError
            assert first() == "mine"

    run_timed(main())


def test_the_last_one_to_leave_calls_the_fetch_off(run_timed: Run, server: Server) -> None:
    async def main() -> None:
        with Owner(None):
            with Owner() as first:
                server.use("a")
            with Owner() as second:
                server.use("a")
        await asyncio.sleep(0.5)
        first.dispose()
        await asyncio.sleep(0.1)
        second.dispose()
        await asyncio.sleep(5)

    run_timed(main())

    assert (server.asked, server.answered) == (["a"], [])


def test_a_refresh_that_is_called_off_leaves_what_is_known_out_of_date(
    run_timed: Run, server: Server
) -> None:
    async def main() -> None:
        with Owner(None) as root:
            with Owner() as owner:
                assert await server.use("a", stale=60) == "a 1"
            invalidate(("thing", "a"))
            await asyncio.sleep(0.5)
            owner.dispose()
            again = root.run(server.use, "a", stale=60)
            assert (again.peek(), again.refreshing()) == ("a 1", True)
            await asyncio.sleep(1.5)
            assert again.peek() == "a 3"

    run_timed(main())


def test_the_first_one_to_leave_takes_nothing_from_the_others(
    run_timed: Run, server: Server
) -> None:
    async def main() -> None:
        with Owner(None):
            with Owner() as first:
                server.use("a")
            second = server.use("a")
            await asyncio.sleep(0.5)
            first.dispose()
            assert await second == "a 1"

    run_timed(main())


def test_who_has_left_is_let_go(run_timed: Run, no_gc: None) -> None:
    import weakref

    async def main() -> None:
        with Owner(None):
            cache = ResourceCache()
            provide_context(cache)
            with Owner() as visit:
                first = resource(lambda: asyncio.sleep(1, "a"), key="a")
            await first
            reference = weakref.ref(first)
            visit.dispose()
            del first
            await asyncio.sleep(0)
            assert list(cache.entries) == [("a",)]
            assert reference() is None

    run_timed(main())


def test_what_nobody_uses_is_forgotten_after_a_while(run_timed: Run, server: Server) -> None:
    async def main() -> None:
        with Owner(None):
            provide_context(cache := ResourceCache(keep=10))
            with Owner() as visit:
                await server.use("a")
            visit.dispose()
            await asyncio.sleep(9)
            server.use("b")
            assert ("thing", "a") in cache.entries
            await asyncio.sleep(1)
            server.use("c")
            assert set(cache.entries) == {("thing", "b"), ("thing", "c")}

    run_timed(main())


def test_a_failed_fetch_fails_for_all_and_is_not_kept(run_timed: Run, server: Server) -> None:
    async def main() -> None:
        with Owner(None):
            server.is_broken = True
            pair = [server.use("a"), server.use("a")]
            for one in pair:
                render_effect(one.error)
            with pytest.raises(ConnectionError):
                await pair[0]
            with pytest.raises(ConnectionError):
                pair[1]()
            server.is_broken = False
            assert await server.use("a") == "a 2"
            assert [one() for one in pair] == ["a 2", "a 2"]

    run_timed(main())


def test_a_failed_refresh_leaves_what_is_known(run_timed: Run, server: Server) -> None:
    told: list[str] = []
    set_error_reporter(lambda error, owner: told.append(str(error)))

    async def main() -> None:
        with Owner(None):
            used = server.use("a")
            render_effect(lambda: used())
            await used
            server.is_broken = True
            used.refetch()
            await asyncio.sleep(2)
            assert (used(), str(used.error()), used.refreshing()) == ("a 1", "offline", False)

    run_timed(main())

    assert told == ["offline"]


def test_plain_fetchers_share_as_well() -> None:
    asked: list[int] = []

    def double(number: int) -> int:
        asked.append(number)
        return number * 2

    with Owner(None):
        first = resource(double, lambda: 4, key="double", stale=60)
        second = resource(double, lambda: 4, key="double", stale=60)

    assert (first(), second(), asked) == (8, 8, [4])


def test_a_plain_fetcher_that_fails_fails_for_all() -> None:
    told: list[str] = []
    set_error_reporter(lambda error, owner: told.append(str(error)))
    with Owner(None):
        bad = resource(lambda n: n / 0, lambda: 4, key="bad")

    with pytest.raises(ZeroDivisionError):
        bad()
    assert told == ["division by zero"]


def test_a_shared_fetch_that_is_cancelled_from_inside_names_its_resource(run_timed: Run) -> None:
    async def cancelled() -> str:
        raise asyncio.CancelledError

    async def main() -> None:
        with Owner(None):
            word = resource(cancelled, key="word", name="word")
            render_effect(word.error)
            with pytest.raises(FetchCancelledError, match="word ended without a value"):
                await word

    run_timed(main())


def test_a_shared_stream_gives_its_values_to_all(run_timed: Run) -> None:
    async def count() -> AsyncIterator[int]:
        for number in range(2):
            yield number
            await asyncio.sleep(1)

    async def main() -> None:
        with Owner(None):
            pair = [resource(count, key="count") for _ in range(2)]
            assert [await one for one in pair] == [0, 0]
            await asyncio.sleep(1)
            assert [one() for one in pair] == [1, 1]
            await asyncio.sleep(2)
            assert not pair[0].refreshing()

    run_timed(main())


def test_each_tree_of_owners_has_a_cache_of_its_own(run_timed: Run, server: Server) -> None:
    """A server draws one page for each request, and none may see another's."""

    async def main() -> None:
        found = []
        for _ in range(2):
            with Owner(None), Owner():
                found.append(await server.use("a", stale=60))
        assert found == ["a 1", "a 2"]

    run_timed(main())


def test_without_an_owner_nobody_knows_which_cache(server: Server) -> None:
    with pytest.raises(NoOwnerError):
        server.use("a")
    with pytest.raises(NoOwnerError):
        invalidate()
    with pytest.raises(NoOwnerError):
        ResourceCache()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["open", "close", "turn", "write", "invalidate", "wait"]),
            st.integers(0, 3),
            st.integers(0, 2),
        ),
        max_size=40,
    ),
    st.integers(0, 2**32),
)
def test_all_who_use_a_key_see_the_same_and_nothing_older(
    steps: list[tuple[str, int, int]], seed: int
) -> None:
    """Against a naive model: the data of a server, a version each, invalidated when written."""
    from ..conftest import VirtualLoop

    order = random.Random(seed)

    async def main() -> None:
        data = [0, 0, 0]
        running = 0

        async def fetch(number: int) -> tuple[int, int]:
            nonlocal running
            version = data[number]
            running += 1
            try:
                await asyncio.sleep(order.choice([0, 1, 3, 8]))
            finally:
                running -= 1
            return number, version

        with Owner(None) as root:
            cache = ResourceCache()
            provide_context(cache)
            users: dict[int, tuple[Owner, Signal[int], Resource[tuple[int, int]]]] = {}
            for what, who, number in steps:
                if what == "open" and who not in users:
                    with Owner() as owner:
                        source = Signal(number)
                        users[who] = owner, source, resource(fetch, source, key="row", stale=1e9)
                elif what == "close" and who in users:
                    users.pop(who)[0].dispose()
                elif what == "turn" and who in users:
                    users[who][1].set(number)
                elif what == "write":
                    data[number] += 1
                    invalidate(("row", number))
                elif what == "invalidate":
                    invalidate()
                else:
                    await asyncio.sleep(number)
                await tick()
                await asyncio.sleep(0)
                used = {source() for _, source, _ in users.values()}
                assert running <= len(used)
                for _, source, value in users.values():
                    if not value.pending() and not value.refreshing():
                        assert value() == (source(), data[source()])
            await asyncio.sleep(50)
            for _, source, value in users.values():
                assert not value.pending()
                assert value() == (source(), data[source()])
        root.dispose()
        await asyncio.sleep(0)
        assert running == 0

    asyncio.run(main(), loop_factory=VirtualLoop)
