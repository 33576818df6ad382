"""Views out of order: fallbacks first, then what takes their places."""

import asyncio
import itertools
import re
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from typing import Any

import pytest
from gossamer import (
    ErrorBoundary,
    Show,
    Signal,
    Suspense,
    Transition,
    component,
    local_resource,
    on_cleanup,
    resource,
)
from gossamer.ssr import render_to_stream

from .reading import read_text
from .swapping import swap

type Timed = Callable[[Coroutine[Any, Any, None]], None]


@component
def Later(seconds: float, text: object, children: object = None) -> object:
    come = resource(lambda: asyncio.sleep(seconds, text))
    return t"<{Suspense} fallback={t'<i>wait</i>'}><b>{come}{children}</b></{Suspense}>"


@component
def Failing(seconds: float = 1) -> object:
    async def fail() -> str:
        await asyncio.sleep(seconds)
        raise ValueError("no")

    come = resource(fail)
    return t"<{Suspense} fallback='?'><p>{come}</p></{Suspense}>"


async def parts_of(view: object, timeout: float = 10) -> list[str]:  # noqa: ASYNC109 - what is tested
    stream = render_to_stream(view, order="out_of_order", timeout=timeout)
    return [part async for part in stream]


async def timed_parts(view: object) -> list[tuple[float, str]]:
    loop = asyncio.get_running_loop()
    return [(loop.time(), part) async for part in render_to_stream(view, order="out_of_order")]


def test_fallbacks_come_first_then_what_is_ready(run_timed: Timed) -> None:
    """T1"""

    async def main() -> None:
        parts = await timed_parts(t"<p>a</p>{Later(0.3, 'x')}{Later(0.1, 'y')}<p>b</p>")

        first = (
            "<p>a</p><template id=s:1></template><i>wait</i><!--/s:1-->"
            "<template id=s:2></template><i>wait</i><!--/s:2--><p>b</p>"
        )
        assert parts == [
            (0, first),
            (0.1, "<template id=t:2><b>y</b></template><gs-s i=2></gs-s>"),
            (0.3, "<template id=t:1><b>x</b></template><gs-s i=1></gs-s>"),
        ]
        texts = [text for _, text in parts]
        assert swap(texts) == "<p>a</p><b>x</b><b>y</b><p>b</p>"

    run_timed(main())


def test_what_comes_together_goes_together(run_timed: Timed) -> None:
    async def main() -> None:
        parts = await parts_of([Later(1, number) for number in range(50)])

        assert len(parts) == 3  # the page, then at most 32 at once
        assert swap(parts) == "".join(f"<b>{number}</b>" for number in range(50))

    run_timed(main())


def test_a_page_that_waits_for_nothing_is_one_part(run_timed: Timed) -> None:
    async def main() -> None:
        assert await parts_of(t"<p>a</p><{Suspense}>b</{Suspense}>") == ["<p>a</p>b"]
        assert await parts_of(None) == []

    run_timed(main())


@pytest.mark.parametrize("outer", [1, 3])
def test_a_child_comes_in_or_after_its_parent(run_timed: Timed, outer: float) -> None:
    """T4"""

    async def main() -> None:
        parts = await parts_of(t"<main>{Later(outer, 'x', Later(2, 'y'))}</main>")

        assert swap(parts) == "<main><b>x<b>y</b></b></main>"
        assert len(parts) == (3 if outer == 1 else 2)
        assert "gs-s i=1" in parts[1]  # the parent, whatever came first

    run_timed(main())


SHAPES: list[Callable[..., object]] = [
    lambda a, b, c, d: [Later(t, n) for n, t in enumerate((a, b, c, d))],
    lambda a, b, c, d: Later(a, 0, Later(b, 1, Later(c, 2, Later(d, 3)))),
    lambda a, b, c, d: [Later(a, 0, [Later(b, 1), Later(c, 2)]), Later(d, 3)],
]


@pytest.mark.parametrize("shape", SHAPES, ids=["row", "chain", "tree"])
def test_any_order_gives_the_same_page(run_timed: Timed, shape: Callable[..., object]) -> None:
    async def main() -> None:
        for times in itertools.permutations((1, 2, 3, 4)):
            parts = await parts_of(shape(*times))
            ordered = [part async for part in render_to_stream(shape(*times))]

            assert swap(parts) == "".join(ordered)
            assert "template" not in swap(parts)

    run_timed(main())


@pytest.mark.parametrize("shape", SHAPES, ids=["row", "chain", "tree"])
def test_any_order_gives_the_page_that_is_adopted(
    run_timed: Timed, shape: Callable[..., object]
) -> None:
    def view(*times: int) -> object:
        inner = ErrorBoundary("no", [shape(*times), "z"])
        return t"<p>a{Later(2, 'b', inner)}c</p>{inner}{'d'}{inner}"

    async def text_of(order: Any, times: tuple[int, ...]) -> str:
        stream = render_to_stream(view(*times), order=order, hydratable=True)
        text = swap([part async for part in stream])
        return re.sub('<script type="application/json".*?</script>', "", text)

    async def main() -> None:
        for times in ((1, 2, 3, 4), (4, 3, 2, 1), (2, 4, 1, 3)):
            assert await text_of("out_of_order", times) == await text_of("in_order", times)

    run_timed(main())


def test_an_error_takes_the_place_of_all_that_its_boundary_holds(run_timed: Timed) -> None:
    """T5"""

    async def main() -> None:
        told = lambda error: t"<i>{error!s}</i>"  # noqa: E731
        guarded = ErrorBoundary(told, [t"<p>a</p>", Failing(1), Later(5, "x")])
        parts = await timed_parts([guarded, Later(2, "y")])

        assert [time for time, _ in parts] == [0, 1, 2]  # nobody waits for what will not be shown
        assert swap([text for _, text in parts]) == "<i>no</i><b>y</b>"

    run_timed(main())


def test_nothing_is_left_of_a_boundary_in_which_all_went_well(run_timed: Timed) -> None:
    async def main() -> None:
        inner = ErrorBoundary("no", [Later(1, "x"), Later(2, "y")])
        parts = await timed_parts(ErrorBoundary("no", [inner, Later(1, "z")]))

        assert [time for time, _ in parts] == [0, 1, 2]
        assert parts[-1][1].endswith("<gs-s i=2 keep></gs-s><gs-s i=1 keep></gs-s>")
        assert swap([text for _, text in parts]) == "<b>x</b><b>y</b><b>z</b>"

    run_timed(main())


def test_an_error_inside_of_a_boundary_is_shown_inside(run_timed: Timed) -> None:
    async def main() -> None:
        @component
        def Page() -> object:
            return ErrorBoundary(lambda error: t"<i>{error!s}</i>", Failing(1))

        assert swap(await parts_of([t"a", Later(1, Page), t"b"])) == "a<b><i>no</i></b>b"

    run_timed(main())


def test_others_go_on_after_an_error_that_nobody_takes(
    run_timed: Timed, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        text = swap(await parts_of([Failing(1), Later(2, "y"), Failing(3)]))

        assert text.count("This part could not be loaded") == 2
        assert "<b>y</b>" in text
        assert "ValueError" not in text

    run_timed(main())

    assert caplog.text.count("ValueError: no") == 2


def test_what_comes_too_late_fails(run_timed: Timed) -> None:
    """T11"""

    async def main() -> None:
        told = lambda error: t"<i>{type(error).__name__}</i>"  # noqa: E731
        guarded = ErrorBoundary(told, Later(3600, "x"))
        parts = await timed_parts([guarded, Later(1, "y")])

        assert [time for time, _ in parts] == [0, 1, 10]
        assert swap([text for _, text in parts]) == "<i>LateError</i><b>y</b>"

    run_timed(main())


def test_the_whole_page_has_its_time(run_timed: Timed) -> None:
    async def main() -> None:
        @component
        def Chain(rest: int) -> object:
            come = resource(lambda: asyncio.sleep(9, rest))
            onward = lambda: Chain(rest - 1) if come() and rest else None  # noqa: E731
            return t"<{Suspense} fallback='?'>{onward}</{Suspense}>"

        loop = asyncio.get_running_loop()
        before = loop.time()
        text = swap(await parts_of(Chain(20)))

        assert loop.time() - before == 60
        assert "This part could not be loaded" in text

    run_timed(main())


def test_each_place_gets_nodes_that_may_stand_there(run_timed: Timed) -> None:
    """T3"""

    async def main() -> None:
        @component
        def Late(view: object, wait: object) -> object:
            come = resource(lambda: asyncio.sleep(1, "x"))
            branch = lambda: view if come() else None  # noqa: E731
            return t"<{Suspense} fallback={wait}>{branch}</{Suspense}>"

        row = Late(t"<tr><td>x</td></tr>", t"<tr><td>…</td></tr>")
        option = Late(t"<option>x</option>", t"<option>…</option>")
        circle = Late(t"<circle r='1'></circle>", t"<circle r='2'></circle>")
        item = Late(t"<li><ul><li>x</li></ul></li>", None)
        parts = await parts_of(
            t"<table><tbody>{row}</tbody></table><select>{option}</select>"
            t"<svg>{circle}</svg><ul>{item}</ul>"
        )

        shown = (
            "<table><tbody><tr><td>x</td></tr></tbody></table><select><option>x</option></select>"
            '<svg><circle r="1"></circle></svg><ul><li><ul><li>x</li></ul></li></ul>'
        )
        assert swap(parts) == shown
        assert "<template id=t:3><svg><circle" in parts[1]
        assert read_text(swap(parts)) == read_text(shown)

    run_timed(main())


@pytest.mark.parametrize("order", ["in_order", "out_of_order"])
def test_what_stands_no_more_is_not_sent(run_timed: Timed, order: Any) -> None:
    async def main() -> None:
        is_open = Signal[bool](value=True)

        @component
        def Page() -> object:
            async def close() -> str:
                await asyncio.sleep(1)
                is_open.set(False)
                return "x"

            closing = resource(close)
            return ["a", Show(is_open, Later(2, "y")), t"<{Suspense}>{closing}</{Suspense}>"]

        loop = asyncio.get_running_loop()
        parts = [part async for part in render_to_stream(Page, order=order)]

        assert len(parts) == 2
        assert "y" not in parts[1]
        assert loop.time() == 1

    run_timed(main())


def test_what_only_browsers_fetch_is_not_waited_for(run_timed: Timed) -> None:
    async def main() -> None:
        async def fetch() -> None: ...

        view = lambda: t"<{Suspense} fallback='?'>{local_resource(fetch)}</{Suspense}>"  # noqa: E731
        assert await parts_of(view) == ["?"]

    run_timed(main())


def test_a_transition_is_sent_as_a_suspense(run_timed: Timed) -> None:
    async def main() -> None:
        @component
        def Page() -> object:
            come = resource(lambda: asyncio.sleep(1, "x"))
            return t"<{Transition} fallback='?'>{come}</{Transition}>"

        assert swap(await parts_of(Page)) == "x"

    run_timed(main())


def test_cancelling_ends_the_tasks_before_the_cleanups(run_timed: Timed) -> None:
    seen: list[str] = []

    @component
    def Page() -> object:
        async def fetch() -> str:
            try:
                return await asyncio.sleep(3600, "never")
            finally:
                await asyncio.sleep(1)
                seen.append("task")

        on_cleanup(lambda: seen.append("cleanup"))
        come = resource(fetch)
        return t"a<{Suspense} fallback='?'>{come}</{Suspense}>"

    async def main() -> None:
        async with aclosing(render_to_stream(Page, order="out_of_order")) as parts:
            await anext(parts)
            await asyncio.sleep(1)

        assert seen == ["task", "cleanup"]
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run_timed(main())
