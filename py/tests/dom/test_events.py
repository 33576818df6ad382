"""Events: who is called, with what, and what its modifiers do."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from gossamer import ErrorBoundary, Signal, mount, provide_context, signal, use_context
from gossamer.dom.events import takes_argument
from gossamer.errors import HandlerError
from gossamer.testing.events import Event
from gossamer.testing.nodes import Element
from gossamer.testing.page import FakePage

type Show = Callable[[object], FakePage]


def named(page: FakePage, name: str) -> Element:
    return next(element for element in page.elements() if element.name == name)


def test_a_handler_takes_the_event_or_nothing(show: Show) -> None:
    got: list[object] = []
    page = show(
        t"<a on:click={got.append}></a><b on:click={(lambda: got.append('none'))}></b>"
        t"<i on:click={(lambda event, item=3: got.append((event.type, item)))}></i>"
        t"<u on:click={(lambda item=4: got.append(item))}></u>"
    )

    for name in ("a", "b", "i", "u"):
        page.fire(named(page, name), "click")

    assert isinstance(got[0], Event)
    assert got[1:] == ["none", ("click", 3), 4]


def test_writes_of_a_handler_are_flushed_together_before_it_returns(show: Show) -> None:
    first, set_first = signal(1)
    second, set_second = signal(1)
    seen = []

    def both() -> None:
        set_first(2)
        set_second(2)

    def total() -> int:
        seen.append((first(), second()))
        return first() + second()

    page = show(t"<a on:click={both}>{total}</a>")
    page.fire(named(page, "a"), "click")

    assert seen == [(1, 1), (2, 2)]
    assert named(page, "a").text() == "4"


def test_modifiers(show: Show) -> None:
    got: list[str] = []
    page = show(
        t"<div on:click={(lambda: got.append('div'))}>"
        t"<a on:click.prevent.stop={(lambda: got.append('a'))}><s></s></a>"
        t"<b on:click.once={(lambda: got.append('b'))}></b>"
        t"<i on:click.self={(lambda: got.append('i'))}><u></u></i>"
        t"</div>"
    )

    event = page.fire(named(page, "s"), "click")
    assert event.defaultPrevented
    assert got == ["a"]

    got.clear()
    page.fire(named(page, "b"), "click")
    page.fire(named(page, "b"), "click")
    assert got == ["b", "div", "div"]

    got.clear()
    page.fire(named(page, "u"), "click")
    page.fire(named(page, "i"), "click")
    assert got == ["div", "i", "div"]


def test_several_listeners_of_one_element_all_answer(show: Show) -> None:
    got: list[str] = []
    attributes = {"on:click": lambda: got.append("spread")}
    page = show(t"<a on:click={(lambda: got.append('own'))} {attributes}></a>")

    page.fire(named(page, "a"), "click")

    assert got == ["own", "spread"]


def test_text_is_no_handler(page: FakePage) -> None:
    with pytest.raises(HandlerError, match="on:click of <a> got str"):
        mount(t"<a on:click={'alert(1)'}></a>")


def test_a_handler_knows_the_contexts_of_its_place(show: Show) -> None:
    got = []
    provide: Any = provide_context

    def view() -> object:
        provide(str, "here")
        return t"<a on:click={(lambda: got.append(use_context(str)))}></a>"

    page = show(view)
    page.fire(named(page, "a"), "click")

    assert got == ["here"]


def test_an_error_in_a_handler_reaches_the_boundary(show: Show) -> None:
    def fail() -> None:
        raise ValueError("oh")

    page = show(
        ErrorBoundary(
            fallback=lambda error: t"<p>{error!s}</p>", children=t"<a on:click={fail}></a>"
        )
    )
    page.fire(named(page, "a"), "click")

    assert page.body.inner_html() == "<p>oh</p>"


def test_an_error_in_a_handler_without_a_boundary_is_reported(show: Show) -> None:
    count = Signal(0)

    def fail() -> None:
        count.set(1)
        raise ValueError("oh")

    page = show(t"<a on:click={fail}>{count}</a>")
    page.fire(named(page, "a"), "click")

    assert "ValueError: oh" in page.reports[0]
    assert named(page, "a").text() == "1"


def test_an_async_handler_is_a_task_of_its_owner(page: FakePage) -> None:
    done = []

    async def run() -> None:
        gate = asyncio.Event()

        async def save() -> None:
            await gate.wait()
            done.append("saved")

        async def never() -> None:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                done.append("cancelled")
                raise

        mounted = mount(t"<a on:click={save}></a><b on:click={never}></b>")
        page.fire(named(page, "a"), "click")
        page.fire(named(page, "b"), "click")
        await asyncio.sleep(0)
        gate.set()
        for _ in range(3):
            await asyncio.sleep(0)
        mounted.unmount()
        for _ in range(3):
            await asyncio.sleep(0)

    asyncio.run(run())

    assert done == ["saved", "cancelled"]


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (lambda: None, False),
        (lambda event: None, True),
        (lambda event, other=1: None, True),
        (lambda item=1: None, False),
        (lambda *args: None, True),
        (lambda **kwargs: None, False),
        ([].append, True),
        (Signal(0).set, True),
        (print, False),
        ([].clear, False),
    ],
)
def test_what_wants_the_event(function: Callable[..., object], expected: bool) -> None:
    assert takes_argument(function) is expected
