"""Views as text in parts: what has come is sent, what has not is waited for."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from typing import Any

import pytest
from gossamer import (
    Await,
    ErrorBoundary,
    Provider,
    Suspense,
    component,
    local_resource,
    on_cleanup,
    resource,
    use_context,
)
from gossamer.meta import Title
from gossamer.ssr import HeadText, render_to_stream

type Timed = Callable[[Coroutine[Any, Any, None]], None]


@component
def Later(seconds: float, text: str) -> object:
    come = resource(lambda: asyncio.sleep(seconds, text))
    return t"<{Suspense} fallback={t'<i>{text}?</i>'}><b title={come}>{come}</b></{Suspense}>"


async def parts_of(view: object, timeout: float = 10) -> list[str]:  # noqa: ASYNC109 - what is tested
    return [part async for part in render_to_stream(view, timeout=timeout)]


async def fail() -> str:
    await asyncio.sleep(1)
    raise ValueError("no")


def test_parts_come_in_order(run_timed: Timed) -> None:
    async def main() -> None:
        parts = await parts_of(t"<p>a</p>{Later(2, 'x')}<p>b</p>{Later(1, 'y')}<p>c</p>")

        assert parts == ["<p>a</p>", '<b title="x">x</b><p>b</p><b title="y">y</b><p>c</p>']

    run_timed(main())


def test_no_part_is_empty(run_timed: Timed) -> None:
    async def main() -> None:
        assert await parts_of(Later(1, "x")) == ['<b title="x">x</b>']
        assert await parts_of(None) == []

    run_timed(main())


def test_a_resource_may_wait_for_another(run_timed: Timed) -> None:
    async def main() -> None:
        @component
        def Chain() -> object:
            first = resource(lambda: asyncio.sleep(1, 2))
            second = resource(lambda number: asyncio.sleep(1, number * number), first)
            return t"a<{Suspense} fallback='?'>{first} {second}</{Suspense}>"

        assert await parts_of(Chain) == ["a", "2 4"]

    run_timed(main())


def test_an_async_component_is_waited_for(run_timed: Timed) -> None:
    async def main() -> None:
        @component
        async def Slow() -> object:
            await asyncio.sleep(1)
            return t"<b>slow</b>"

        assert await parts_of(t"a<{Suspense} fallback='?'>{Slow}</{Suspense}>z") == [
            "a",
            "<b>slow</b>z",
        ]

    run_timed(main())


def test_boundaries_in_each_other(run_timed: Timed) -> None:
    async def main() -> None:
        come = asyncio.sleep(1, "Ada")
        view = Await(come, lambda name: t"<p>{name}</p>{Later(1, 'x')}", fallback="?")

        assert "".join(await parts_of(view)) == '<p>Ada</p><b title="x">x</b>'

    run_timed(main())


def test_what_comes_too_late_fails(run_timed: Timed, caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        first, second = await parts_of(t"a{Later(60, 'x')}b", timeout=5)

        assert first == "a"
        assert "This part could not be loaded" in second
        assert second.endswith("</p>b")

    run_timed(main())

    assert "did not come in 5 s" in caplog.text


def test_what_only_browsers_fetch_is_not_waited_for(run_timed: Timed) -> None:
    async def main() -> None:
        view = lambda: t"<{Suspense} fallback='?'>{local_resource(fail)}</{Suspense}>"  # noqa: E731
        assert await parts_of(view) == ["?"]

    run_timed(main())


def test_an_error_in_a_boundary_is_shown_there(run_timed: Timed) -> None:
    async def main() -> None:
        @component
        def Failing() -> object:
            come = resource(fail)
            return t"<{Suspense} fallback='?'><p>{come}</p></{Suspense}>"

        told = lambda error: t"<i>{str(error)}</i>"  # noqa: E731
        view = t"a<{ErrorBoundary} fallback={told}><div>{Failing}</div></{ErrorBoundary}>b"
        assert "".join(await parts_of(view)) == "a<i>no</i>b"

    run_timed(main())


@component
def Failing() -> object:
    come = resource(fail)
    return t"<{Suspense} fallback='?'><p>{come}</p></{Suspense}>"


def test_an_error_before_the_first_part_is_raised(run_timed: Timed) -> None:
    async def main() -> None:
        with pytest.raises(ValueError, match="no"):
            await parts_of(t"{Failing}b")

    run_timed(main())


@pytest.mark.parametrize("order", ["in_order", "out_of_order"])
def test_an_error_after_the_first_part_stays_in_its_boundary(
    run_timed: Timed, caplog: pytest.LogCaptureFixture, order: Any
) -> None:
    async def main() -> None:
        view = t"a{Failing}b"
        text = "".join([part async for part in render_to_stream(view, order=order)])

        assert 'role="alert">This part could not be loaded (' in text
        assert "ValueError" not in text

    run_timed(main())

    assert "ValueError: no" in caplog.text


def test_closing_the_stream_cancels_what_is_under_way(run_timed: Timed) -> None:
    seen: list[str] = []

    async def fetch() -> str:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            seen.append("cancelled")
            raise
        return "never"

    @component
    def Page() -> object:
        on_cleanup(lambda: seen.append("cleanup"))
        come = resource(fetch)
        return t"<p>a</p><{Suspense} fallback='?'>{come}</{Suspense}>"

    async def main() -> None:
        async with aclosing(render_to_stream(Page)) as parts:
            assert await anext(parts) == "<p>a</p>"
            await asyncio.sleep(0)
        await asyncio.sleep(0)

        assert sorted(seen) == ["cancelled", "cleanup"]
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run_timed(main())


def test_the_head_stands_with_the_first_part(run_timed: Timed) -> None:
    async def main() -> None:
        head = HeadText()
        async with aclosing(
            render_to_stream(t"<{Title} text='Tea' />a{Later(1, 'x')}", head=head)
        ) as parts:
            await anext(parts)

            assert str(head) == "<title>Tea</title>"

    run_timed(main())


@component
def Hello() -> object:
    user = use_context("user")
    come = resource(lambda: asyncio.sleep(len(user) % 3 + 1, f"Hello {user}"))
    return t"<p>{user}</p><{Suspense} fallback='?'><b title={come}>{come}</b></{Suspense}>"


def test_tasks_share_nothing(run_timed: Timed) -> None:
    users = [f"user-{number}" for number in range(1_000)]

    async def greet(user: str) -> str:
        view = t"<{Provider} value={user} key='user'>{Hello}</{Provider}>"
        return "".join(await parts_of(view))

    async def main() -> None:
        texts = await asyncio.gather(*map(greet, users))

        assert texts == [f'<p>{user}</p><b title="Hello {user}">Hello {user}</b>' for user in users]

    run_timed(main())
