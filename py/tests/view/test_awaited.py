"""Await, and awaitables as views: C55, C58, C59, S94, S95."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from gossamer import (
    Await,
    ErrorBoundary,
    Signal,
    Suspense,
    Transition,
    component,
    on_cleanup,
    provide_context,
    resource,
    spawn,
    tick,
    use_context,
)
from gossamer.testing.page import FakePage

type Run = Callable[[Coroutine[Any, Any, None]], None]
type Mount = Callable[[object], FakePage]


async def slow(value: object, seconds: float = 1) -> Any:
    await asyncio.sleep(seconds)
    return value


async def settle(seconds: float = 0) -> None:
    await asyncio.sleep(seconds)
    await tick()


def test_an_awaitable_is_a_view(show: Mount, run_timed: Run) -> None:
    """C55: a coroutine, a task, a future."""

    async def main() -> None:
        task = asyncio.create_task(slow(t"<b>task</b>"))
        future = asyncio.get_running_loop().create_future()
        page = show(
            t"<p>{slow('text')} {task} {future}</p><{Suspense} fallback='…'>{slow(1)}</{Suspense}>"
        )
        assert page.body.inner_html() == "<p>  </p>…"
        future.set_result(["a", "b"])
        await settle(1)
        await settle()
        assert page.body.inner_html() == "<p>text <b>task</b> ab</p>1"

    run_timed(main())


def test_a_resource_is_a_view(show: Mount, run_timed: Run) -> None:
    """C59."""

    async def main() -> None:
        page = show(t"<p>{resource(lambda: slow(t'<b>Ada</b>'))}</p>")
        assert page.body.inner_html() == "<p></p>"
        await settle(1)
        assert page.body.inner_html() == "<p><b>Ada</b></p>"

    run_timed(main())


def test_a_component_may_be_async(show: Mount, run_timed: Run) -> None:
    """Its contexts and its owner survive each await."""
    ends: list[str] = []

    @component
    async def Inner(name: str) -> object:
        await asyncio.sleep(1)
        on_cleanup(lambda: ends.append("gone"))
        return t"<i>{name} {use_context('theme')}</i>"

    @component
    async def Outer() -> object:
        provide_context("theme", "dark")
        await asyncio.sleep(1)
        return t"<b><{Inner} name='Ada' /></b>"

    async def main() -> None:
        is_open = Signal(True)
        page = show(
            t"<{Suspense} fallback='…'>{(lambda: (is_open() and Outer()) or None)}</{Suspense}>"
        )
        assert page.body.inner_html() == "…"
        await settle(1)
        assert page.body.inner_html() == "…"
        await settle(1)
        assert page.body.inner_html() == "<b><i>Ada dark</i></b>"
        is_open.set(False)
        await tick()
        assert page.body.inner_html() == ""
        assert ends == ["gone"]

    run_timed(main())


def test_the_view_of_before_stays_until_the_next_has_come(show: Mount, run_timed: Run) -> None:
    """S94: and a newer one calls the older off."""
    ended: list[str] = []

    async def load(number: int) -> object:
        try:
            await asyncio.sleep(9 if number == 2 else 1)
        except asyncio.CancelledError:
            ended.append(f"{number} called off")
            raise
        return t"<b>{number}</b>"

    async def main() -> None:
        number = Signal(1)
        page = show(t"<{Transition} fallback='…'>{(lambda: load(number()))}</{Transition}>")
        assert page.body.inner_html() == "…"
        await settle(1)
        before = page.elements()
        number.set(2)
        await settle(2)
        assert page.body.inner_html() == "<b>1</b>"
        number.set(3)
        await settle(0.5)
        assert page.body.inner_html() == "<b>1</b>"
        await settle(9)
        assert page.body.inner_html() == "<b>3</b>"
        assert page.elements() == before
        assert ended == ["2 called off"]

    run_timed(main())


def test_what_it_raises_reaches_the_nearest_boundary(show: Mount, run_timed: Run) -> None:
    """S101."""

    @component
    async def Failing() -> object:
        await asyncio.sleep(1)
        raise ConnectionError("offline")

    async def main() -> None:
        page = show(
            t"<u></u><{ErrorBoundary} fallback={(lambda error: str(error))}><{Suspense} fallback='…'><{Failing} /></{Suspense}></{ErrorBoundary}>"
        )
        await settle(1)
        assert page.body.inner_html() == "<u></u>offline"
        assert "In: ErrorBoundary > Suspense > Provider > Failing" in page.warnings[0]

    run_timed(main())


def test_what_goes_before_it_comes_is_called_off(show: Mount, run_timed: Run) -> None:
    async def main() -> None:
        steps: list[str] = []

        async def work() -> str:
            try:
                await asyncio.sleep(1)
                steps.append("never")
            finally:
                steps.append("ended")
            return ""

        is_open = Signal(True)
        page = show(lambda: t"<p>{work()}</p>" if is_open() else None)
        await settle(0.5)
        is_open.set(False)
        await settle(5)
        assert page.body.inner_html() == ""
        assert steps == ["ended"]

    run_timed(main())


def test_await_hands_on_what_it_gets(show: Mount, run_timed: Run) -> None:
    """C58."""

    async def main() -> None:
        page = show(
            t"<{Await} value={slow('Ada')} fallback='…'>{(lambda name: t'<b>{name}</b>')}</{Await}>"
        )
        assert page.body.inner_html() == "…"
        await settle(1)
        assert page.body.inner_html() == "<b>Ada</b>"

    run_timed(main())


def test_await_takes_functions_resources_and_plain_children(show: Mount, run_timed: Run) -> None:
    async def main() -> None:
        number = Signal(2)
        square = resource(lambda n: slow(n * n), number)
        page = show(
            [
                Await(lambda: slow(None), t"<i>done</i>"),
                Await(square, lambda n: t"<b>{n}</b>", fallback="…"),
            ]
        )
        assert page.body.inner_html() == "…"
        await settle(1)
        bold = page.elements()[1]
        assert page.body.inner_html() == "<i>done</i><b>4</b>"
        number.set(3)
        await settle(2)
        assert page.body.inner_html() == "<i>done</i><b>9</b>"
        assert page.elements()[1] is bold

    run_timed(main())


def test_a_handler_that_gives_a_task_starts_no_other(show: Mount, run_timed: Run) -> None:
    async def main() -> None:
        seen: list[str] = []

        async def work() -> None:
            seen.append("worked")

        page = show(t"<button on:click={(lambda: spawn(work()))}>Go</button>")
        page.fire(page.elements()[0], "click")
        await settle(1)
        assert seen == ["worked"]
        assert page.reports == []

    run_timed(main())


def test_a_retry_calls_the_function_again(show: Mount, run_timed: Run) -> None:
    calls: list[int] = []

    async def load() -> str:
        calls.append(1)
        await asyncio.sleep(1)
        if len(calls) == 1:
            raise ConnectionError("offline")
        return "Ada"

    async def main() -> None:
        def failed(error: Exception, reset: Callable[[], None]) -> object:
            return t"<button on:click={reset}>{error!s}</button>"

        page = show(ErrorBoundary(failed, Await(load, lambda name: t"<b>{name}</b>", fallback="…")))
        await settle(1)
        assert page.body.text() == "offline"
        page.fire(page.elements()[0], "click")
        assert page.body.text() == "…"
        await settle(2)
        assert page.body.inner_html() == "<b>Ada</b>"

    run_timed(main())
