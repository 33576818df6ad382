"""What a boundary waits for: S76, S77, I-10."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from gossamer.reactive import (
    Owner,
    Signal,
    effect,
    immediate_effect,
    live_effect,
    memo,
    provide_context,
    render_effect,
    resource,
    tick,
    watch,
)
from gossamer.reactive.suspensions import Suspension

type Run = Callable[[Coroutine[Any, Any, None]], None]


def below() -> tuple[Owner, Suspension]:
    """An owner, and the boundary that is provided there."""
    with Owner(None) as owner:
        suspension = Suspension()
        provide_context(suspension)
    return owner, suspension


async def ada() -> str:
    await asyncio.sleep(1)
    return "Ada"


def test_what_is_shown_holds_the_nearest_boundary(run_timed: Run) -> None:
    """S77: and only that one."""

    async def main() -> None:
        outer, suspension = below()
        with outer, Owner() as inner:
            nearest = Suspension()
            provide_context(nearest)
        name = resource(ada)
        inner.run(live_effect, lambda: name())
        assert (nearest.pending(), suspension.pending()) == (True, False)
        await name
        assert not nearest.pending()
        name.refetch()
        assert nearest.pending()
        await name
        assert not nearest.pending()

    run_timed(main())


def test_a_boundary_waits_for_all_of_them(run_timed: Run) -> None:
    async def main() -> None:
        owner, suspension = below()
        first, second = resource(ada), resource(lambda: asyncio.sleep(2, "Bo"))
        owner.run(render_effect, lambda: (first(), second()))
        await first
        assert suspension.pending()
        await second
        assert not suspension.pending()

    run_timed(main())


def test_handlers_tasks_and_effects_hold_nothing(run_timed: Run) -> None:
    async def main() -> None:
        owner, suspension = below()
        name = resource(ada)

        async def read() -> None:
            name()
            await name

        with owner:
            effect(lambda: name())
            immediate_effect(lambda: name())
            watch(lambda: name(), lambda: None)
            owner.run(name)
            task = asyncio.create_task(read())
        await tick()
        assert not suspension.pending()
        await task

    run_timed(main())


def test_a_memo_holds_the_boundary_where_it_was_made(run_timed: Run) -> None:
    async def main() -> None:
        owner, suspension = below()
        name = resource(ada)
        loud = owner.run(memo, lambda: str(name()).upper())
        outside = memo(lambda: name())
        owner.run(render_effect, outside)
        assert not suspension.pending()
        owner.run(render_effect, loud)
        assert suspension.pending()
        await name
        assert (suspension.pending(), loud()) == (False, "ADA")

    run_timed(main())


def test_who_reads_it_no_more_waits_no_more(run_timed: Run) -> None:
    async def main() -> None:
        owner, suspension = below()
        name = resource(ada)
        wants = Signal(True)
        seen: list[bool] = []
        owner.run(render_effect, lambda: wants() and name())
        other = owner.run(render_effect, lambda: name())
        render_effect(lambda: seen.append(suspension.pending()))
        wants.set(False)
        await tick()
        assert suspension.pending()
        other.dispose()
        assert not suspension.pending()
        wants.set(True)
        await tick()
        assert suspension.pending()
        assert seen == [True, False, True]
        owner.dispose()
        assert not suspension.pending()

    run_timed(main())


def test_reading_again_does_not_let_go_in_between(run_timed: Run) -> None:
    async def main() -> None:
        owner, suspension = below()
        name = resource(ada)
        count = Signal(0)
        seen: list[bool] = []
        owner.run(render_effect, lambda: (count(), name()))
        render_effect(lambda: seen.append(suspension.pending()))
        for number in range(3):
            count.set(number)
            await tick()
        assert seen == [True]

    run_timed(main())


def test_a_resource_that_ends_keeps_no_boundary_waiting(run_timed: Run) -> None:
    async def main() -> None:
        owner, suspension = below()
        with Owner(None) as other:
            name = resource(ada)
        owner.run(render_effect, lambda: name())
        assert suspension.pending()
        other.dispose()
        assert not suspension.pending()

    run_timed(main())
