"""Suspense and Transition: C56, C57, S76, S90–S95, S99, I-10."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from gossamer import (
    ErrorBoundary,
    Resource,
    Show,
    Signal,
    Suspense,
    Transition,
    component,
    effect,
    on_cleanup,
    resource,
    tick,
)
from gossamer.testing.page import FakePage

type Run = Callable[[Coroutine[Any, Any, None]], None]
type Mount = Callable[[object], FakePage]


def slow[T](value: T, seconds: float = 1) -> Resource[T]:
    async def fetch() -> T:
        await asyncio.sleep(seconds)
        return value

    return resource(fetch)


def squares(number: Signal[int]) -> Resource[int]:
    async def square(n: int) -> int:
        await asyncio.sleep(1)
        return n * n

    return resource(square, number)


async def settle(seconds: float = 0) -> None:
    await asyncio.sleep(seconds)
    await tick()


def test_the_fallback_is_shown_until_all_have_come(show: Mount, run_timed: Run) -> None:
    async def main() -> None:
        first, second = slow("Ada"), slow("Bo", 2)
        page = show(t"<{Suspense} fallback={t'<i>…</i>'}><p>{first} and {second}</p></{Suspense}>")
        assert page.body.inner_html() == "<i>…</i>"
        await settle(1)
        assert page.body.inner_html() == "<i>…</i>"
        await settle(1)
        assert page.body.inner_html() == "<p>Ada and Bo</p>"

    run_timed(main())


def test_children_are_built_once_and_keep_their_nodes(show: Mount, run_timed: Run) -> None:
    """S90: also while the fallback is shown, and through each reload (S91)."""
    built: list[str] = []

    @component
    def Name(name: Resource[str]) -> object:
        built.append("built")
        on_cleanup(lambda: built.append("gone"))
        return t"<p>{name}</p><input>"

    async def main() -> None:
        name = slow("Ada")
        page = show(t"<b></b><{Suspense} fallback='…'><{Name} name={name} /></{Suspense}><u></u>")
        assert built == ["built"]
        assert page.body.inner_html() == "<b></b>…<u></u>"
        await settle(1)
        nodes = page.elements()
        assert page.body.inner_html() == "<b></b><p>Ada</p><input><u></u>"
        name.refetch()
        await tick()
        assert page.body.inner_html() == "<b></b>…<u></u>"
        await settle(1)
        assert page.elements() == nodes
        assert built == ["built"]

    run_timed(main())


def test_data_that_is_there_shows_no_fallback(show: Mount, run_timed: Run) -> None:
    """S92."""
    built: list[str] = []

    @component
    def Fallback() -> object:
        built.append("fallback")
        return "…"

    async def main() -> None:
        name = resource(lambda: "Ada")
        page = show(t"<{Suspense} fallback={Fallback()}>{name}</{Suspense}>")
        assert page.body.text() == "Ada"
        assert not [write for write in page.writes if write[0] == "park"]
        assert built == []

    run_timed(main())


def test_holes_go_on_while_their_children_are_out_of_the_page(show: Mount, run_timed: Run) -> None:
    async def main() -> None:
        name, count = slow("Ada"), Signal(1)
        items = Signal(["a"])
        page = show(
            t"""<{Suspense} fallback="…">{name}{(lambda: [t"<li>{i}</li>" for i in items()])}
            <{Show} when={(lambda: count() > 1)}>many</{Show}></{Suspense}>"""
        )
        count.set(2)
        items.set(["b", "c"])
        await settle(1)
        assert page.body.inner_html().split() == ["Ada<li>b</li><li>c</li>", "many"]

    run_timed(main())


def test_only_the_nearest_boundary_waits(show: Mount, run_timed: Run) -> None:
    """S99."""

    async def main() -> None:
        outer, inner = slow("outer"), slow("inner", 2)
        page = show(
            t"<{Suspense} fallback='1'>{outer} <{Suspense} fallback='2'>{inner}</{Suspense}></{Suspense}>"
        )
        assert page.body.text() == "1"
        await settle(1)
        assert page.body.text() == "outer 2"
        await settle(1)
        assert page.body.text() == "outer inner"

    run_timed(main())


def test_the_fallback_may_wait_for_the_boundary_around(show: Mount, run_timed: Run) -> None:
    async def main() -> None:
        name, hint = slow("Ada", 3), slow("soon", 1)
        page = show(
            t"<{Suspense} fallback='…'><{Suspense} fallback={t'<i>{hint}</i>'}>{name}</{Suspense}></{Suspense}>"
        )
        assert page.body.inner_html() == "…"
        await settle(1)
        assert page.body.inner_html() == "<i>soon</i>"
        await settle(2)
        assert page.body.inner_html() == "Ada"

    run_timed(main())


def test_what_appears_later_holds_the_boundary_too(show: Mount, run_timed: Run) -> None:
    """I-10: a conditional read."""

    async def main() -> None:
        name, is_open = slow("Ada", 5), Signal(False)
        page = show(
            t"<{Suspense} fallback='…'>Who: <{Show} when={is_open}>{name}</{Show}></{Suspense}>"
        )
        assert page.body.text() == "Who: "
        is_open.set(True)
        await tick()
        assert page.body.text() == "…"
        is_open.set(False)
        await tick()
        assert page.body.text() == "Who: "
        await settle(5)
        is_open.set(True)
        await tick()
        assert page.body.text() == "Who: Ada"

    run_timed(main())


def test_a_reader_of_parts_waits_without_a_word(show: Mount, run_timed: Run) -> None:
    """The value is None until it has come; what stumbles over that runs again when it has."""

    async def main() -> None:
        user: Any = slow({"name": "Ada", "tags": ["x", "y"]})
        page = show(
            t"""<{ErrorBoundary} fallback="failed"><{Suspense} fallback="…"><p class={
                (lambda: user()["name"])
            }>{(lambda: user()["tags"][1])}</p></{Suspense}></{ErrorBoundary}>"""
        )
        assert page.body.inner_html() == "…"
        await settle(1)
        assert page.body.inner_html() == '<p class="Ada">y</p>'
        assert page.reports == page.warnings == []

    run_timed(main())


def test_an_error_reaches_the_boundary_and_a_retry_clears_it(show: Mount, run_timed: Run) -> None:
    is_offline = True

    async def fetch() -> str:
        await asyncio.sleep(1)
        if is_offline:
            raise ConnectionError("offline")
        return "Ada"

    async def main() -> None:
        nonlocal is_offline
        name = resource(fetch)

        def failed(error: Exception, reset: Callable[[], None]) -> object:
            def retry() -> None:
                name.refetch()
                reset()

            return t"<button on:click={retry}>{error!s}: try again</button>"

        page = show(
            t"<{ErrorBoundary} fallback={failed}><{Suspense} fallback='…'><p>{name}</p></{Suspense}></{ErrorBoundary}>"
        )
        await settle(1)
        assert page.body.text() == "offline: try again"
        page.fire(page.elements()[0], "click")
        await tick()
        assert page.body.text() == "…"
        await settle(1)
        assert page.body.text() == "offline: try again"
        is_offline = False
        page.fire(page.elements()[0], "click")
        await settle(1)
        assert page.body.inner_html() == "<p>Ada</p>"
        assert len(page.warnings) == 2
        assert page.reports == []

    run_timed(main())


def test_a_transition_shows_its_fallback_for_the_first_load_only(
    show: Mount, run_timed: Run
) -> None:
    """S91: and tells whether it waits."""

    async def main() -> None:
        number, is_busy = Signal(2), Signal(False)
        square = squares(number)
        page = show(
            t"<{Transition} fallback='…' is_pending={is_busy}><p>{square}</p></{Transition}>"
        )
        assert page.body.inner_html() == "…"
        await settle(1)
        before = page.elements()
        assert (page.body.text(), is_busy()) == ("4", False)
        number.set(3)
        await settle(0.5)
        assert (page.body.text(), is_busy()) == ("4", True)
        await settle(0.5)
        assert (page.body.text(), is_busy()) == ("9", False)
        assert page.elements() == before

    run_timed(main())


def test_a_transition_that_began_with_nothing_to_wait_for_has_settled(
    show: Mount, run_timed: Run
) -> None:
    """S92."""

    async def main() -> None:
        is_open, name = Signal(False), slow("Ada")
        page = show(
            t"<{Transition} fallback='…'>Who: <{Show} when={is_open}>{name}</{Show}></{Transition}>"
        )
        is_open.set(True)
        await tick()
        assert page.body.text() == "Who: "
        await settle(1)
        assert page.body.text() == "Who: Ada"

    run_timed(main())


def test_transitions_side_by_side_wait_for_themselves(show: Mount, run_timed: Run) -> None:
    """S93."""

    async def main() -> None:
        first, second = slow("a"), slow("b", 2)
        page = show(
            t"<{Transition} fallback='1'>{first}</{Transition}><{Transition} fallback='2'>{second}</{Transition}>"
        )
        assert page.body.text() == "12"
        await settle(1)
        assert page.body.text() == "a2"
        await settle(1)
        assert page.body.text() == "ab"

    run_timed(main())


def test_what_comes_within_the_delay_shows_no_fallback(show: Mount, run_timed: Run) -> None:
    async def main() -> None:
        name = slow("Ada")
        page = show(t"<{Suspense} fallback='…' delay={2}>Hello {name}</{Suspense}>")
        assert page.body.text() == ""
        await settle(1)
        assert page.body.text() == "Hello Ada"
        name.refetch()
        await tick()
        assert page.body.text() == "Hello Ada"
        await settle(3)
        assert page.body.text() == "Hello Ada"

    run_timed(main())


def test_what_takes_longer_than_the_delay_shows_it(show: Mount, run_timed: Run) -> None:
    async def main() -> None:
        name = slow("Ada", 5)
        page = show(t"<{Suspense} fallback='…' delay={2}>Hello {name}</{Suspense}>")
        await settle(2)
        assert page.body.text() == "…"
        await settle(3)
        assert page.body.text() == "Hello Ada"

    run_timed(main())


def test_a_fallback_stays_for_its_least_time(show: Mount, run_timed: Run) -> None:
    async def main() -> None:
        name = slow("Ada")
        page = show(t"<{Suspense} fallback='…' min_duration={4}>{name}</{Suspense}>")
        await settle(3)
        assert page.body.text() == "…"
        name.refetch()  # meanwhile it waits again
        await settle(0.5)
        await settle(1)
        assert page.body.text() == "Ada"

    run_timed(main())


def test_timers_end_with_the_boundary(show: Mount, run_timed: Run) -> None:
    async def main() -> None:
        is_open, name = Signal(True), slow("Ada")
        boundary = Suspense(name, "…", delay=0.5, min_duration=4)
        page = show(Show(is_open, boundary))
        await settle(0.25)
        is_open.set(False)
        await settle(10)
        is_open.set(True)
        name.refetch()
        await settle(0.75)
        is_open.set(False)
        await settle(10)
        assert page.body.text() == ""

    run_timed(main())


def test_effects_and_handlers_show_nothing_and_hold_nothing(show: Mount, run_timed: Run) -> None:
    async def main() -> None:
        name = slow("Ada")
        seen: list[str | None] = []

        @component
        def Logger() -> object:
            effect(lambda: seen.append(name()))
            return t"<button on:click={(lambda: seen.append(name()))}>Log</button>"

        page = show(t"<{Suspense} fallback='…'><{Logger} /></{Suspense}>")
        page.fire(page.elements()[0], "click")
        assert page.body.text() == "Log"
        await settle(1)
        assert seen == [None, None, "Ada"]

    run_timed(main())


@pytest.mark.parametrize("seconds", [0, 0.5, 2])
def test_nothing_is_left_when_it_goes_at_any_time(
    show: Mount, run_timed: Run, seconds: float
) -> None:
    async def main() -> None:
        is_open = Signal(True)

        @component
        def Inner() -> object:
            name = slow("Ada")
            return t"<p>{name}</p>"

        page = show(
            t"<{Show} when={is_open}><{Suspense} fallback={t'<i>…</i>'}><{Inner} /></{Suspense}></{Show}>"
        )
        before = len(page.nodes)
        await settle(seconds)
        is_open.set(False)
        await tick()
        assert page.body.inner_html() == ""
        is_open.set(True)
        await tick()
        assert page.body.inner_html() == "<i>…</i>"
        assert len(page.nodes) == before

    run_timed(main())


def test_a_boundary_that_is_drawn_again_keeps_its_nodes(show: Mount, run_timed: Run) -> None:
    async def main() -> None:
        color, name = Signal("red"), slow("Ada")
        page = show(lambda: t"<{Suspense} fallback='…'><p class={color()}>{name}</p></{Suspense}>")
        assert page.body.inner_html() == "…"
        color.set("blue")
        await tick()
        assert page.body.inner_html() == "…"
        await settle(1)
        nodes = page.elements()
        assert page.body.inner_html() == '<p class="blue">Ada</p>'
        color.set("green")
        await tick()
        assert page.body.inner_html() == '<p class="green">Ada</p>'
        assert page.elements() == nodes

    run_timed(main())


def test_children_that_are_no_view_leave_nothing_behind(show: Mount, run_timed: Run) -> None:
    async def main() -> None:
        page = show(t"<u></u><{Suspense} fallback='…'>{[t'<b></b>', object()]}</{Suspense}>")
        assert page.body.inner_html() == "<u></u>"
        assert "ViewError" in page.reports[0]

    run_timed(main())


def test_a_component_that_stumbles_over_what_is_missing_is_built_again(
    show: Mount, run_timed: Run
) -> None:
    @component
    def Inner(user: Any) -> object:
        return t"<i>{user['name']}</i>"

    @component
    def Outer(user: Any) -> object:
        return t"<b><{Inner} user={user} /></b>"

    async def main() -> None:
        user = slow({"name": "Ada"})
        page = show(t"<{Suspense} fallback='…'>{(lambda: Outer(user()))}</{Suspense}>")
        assert page.body.inner_html() == "…"
        await settle(1)
        assert page.body.inner_html() == "<b><i>Ada</i></b>"
        assert page.reports == []

    run_timed(main())


def test_a_handler_that_fails_meanwhile_is_told(show: Mount, run_timed: Run) -> None:
    """Only what runs again anyway is held back."""

    async def main() -> None:
        name = slow("Ada")

        def fail() -> None:
            raise ValueError("of a handler")

        page = show(lambda: t"<button on:click={fail}>{name()}</button>")
        page.fire(page.elements()[0], "click")
        assert "of a handler" in page.reports[0]

    run_timed(main())
