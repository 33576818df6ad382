"""Odd uses: what a developer may do by accident does no harm to the rest of the page."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from gossamer import (
    ErrorBoundary,
    For,
    Mounted,
    NodeRef,
    Portal,
    Show,
    Signal,
    batch,
    component,
    effect,
    mount,
    on_cleanup,
    signal,
)
from gossamer.dom.events import HANDLERS
from gossamer.testing.nodes import Element
from gossamer.testing.page import FakePage

type Run = Callable[[object], FakePage]


def named(page: FakePage, name: str) -> Element:
    return next(element for element in page.elements() if element.name == name)


def is_clean(page: FakePage) -> bool:
    return page.body.inner_html() == "" and page.nodes == {} and not HANDLERS


@component
def Failing(text: str = "oh") -> object:
    raise ValueError(text)


def explode() -> object:
    raise ValueError("oh")


class Array:
    """As much of a NumPy array as comparisons see: equality is an array, with no single truth."""

    def __init__(self, *items: int) -> None:
        self.items = items

    def __eq__(self, other: object) -> Any:
        return Array(*self.items)

    __hash__ = None  # type: ignore[assignment] # as NumPy has it

    def __bool__(self) -> bool:
        raise ValueError("the truth of an array is ambiguous")

    def __iter__(self) -> Iterator[int]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


# Views that are placed oddly


def test_one_view_may_stand_in_two_places(show: Run) -> None:
    count = Signal(1)
    view = t"<b>{count}</b>"
    row = Show(when=lambda: count() > 0, children=view)

    page = show(t"<p>{view}{view}</p>{row}{row}")
    count.set(2)

    assert page.body.inner_html() == "<p><b>2</b><b>2</b></p><b>2</b><b>2</b>"


def test_a_generator_that_is_used_up_shows_nothing_more(show: Run) -> None:
    letters = (letter for letter in "ab")

    page = show(t"<p>{letters}</p><i>{letters}</i>")

    assert page.body.inner_html() == "<p>ab</p><i></i>"


def test_a_generator_that_fails_half_way_leaves_nothing(page: FakePage) -> None:
    def rows() -> Iterator[object]:
        yield t"<p>1</p>"
        raise ValueError("oh")

    with pytest.raises(ValueError, match="oh"):
        mount(t"<div>{rows()}</div>")

    assert is_clean(page)


# Errors in the middle


def test_a_bad_item_in_a_list_leaves_nothing_of_the_list(page: FakePage) -> None:
    with pytest.raises(Exception, match="cannot be shown"):
        mount([t"<p on:click={explode}>1</p>", "two", object()])

    assert is_clean(page)


def test_a_bad_item_in_a_live_list_empties_its_place_only(show: Run) -> None:
    items: Signal[list[object]] = Signal([t"<p>1</p>"])
    page = show(t"<div>{items}</div><i>beside</i>")

    items.set([t"<p>2</p>", t"<b>3</b>", object()])

    assert page.body.inner_html() == "<div></div><i>beside</i>"
    assert len(page.reports) == 1

    items.set([t"<p>4</p>"])

    assert page.body.inner_html() == "<div><p>4</p></div><i>beside</i>"


@pytest.mark.parametrize(
    "good",
    [
        lambda: t"<p>good</p>",
        lambda: "good",
        lambda: [t"<p>good</p>"],
        lambda: For([1, 2], children=lambda item: t"<p>{item}</p>"),
        lambda: Show(when=True, children=t"<p>good</p>"),
        lambda: lambda: t"<p>good</p>",
        lambda: Portal(children=t"<p>good</p>"),
    ],
    ids=["template", "text", "list", "for", "component", "callable", "portal"],
)
@pytest.mark.parametrize(
    ("bad", "left"),
    [
        (lambda: t"<p {object()}>bad</p>", ""),
        (lambda: t"<p>{object()}</p>", ""),
        (lambda: t"<b>{[t'<i>1</i>', object()]}</b>", ""),
        (lambda: [t"<i>1</i>", object()], ""),
        (lambda: For(object(), children=lambda item: item), ""),  # type: ignore[arg-type]
        (lambda: For([1, 2], key=lambda item: [], children=lambda item: item), ""),  # type: ignore[arg-type, return-value]
        (lambda: object(), ""),
        (lambda: explode(), ""),
        (lambda: lambda: explode(), ""),
        (lambda: lambda: [t"<i>1</i>", explode], "<i>1</i>"),
        (lambda: t"<b title={explode}>{explode}</b>", "<b></b>"),
    ],
    ids=[
        "spread", "hole", "list in hole", "list", "for", "key", "no view", "raised", "live",
        "list in live", "live holes",
    ],
)  # fmt: skip
def test_what_fails_gives_way_and_what_comes_next_stands(
    page: FakePage, good: Callable[[], object], bad: Callable[[], object], left: str
) -> None:
    """S111: from any view to one that fails, in whole or in a live part, and back to the first."""
    choice = Signal("good")
    mounted = mount(t"<main>{(lambda: good() if choice() == 'good' else bad())}</main>")
    fine = page.body.inner_html()

    choice.set("bad")
    failed = len(page.reports)
    between = named(page, "main").inner_html()
    choice.set("good")

    assert failed >= 1
    assert between == left
    assert page.body.inner_html() == fine
    mounted.unmount()
    assert is_clean(page)


def test_an_error_while_a_template_takes_new_values_empties_the_place(show: Run) -> None:
    value: Signal[object] = Signal("a")
    page = show(t"<p>{(lambda: t'<b>{value()}</b><i>{value()}</i>')}</p>")

    value.set(object())

    assert page.body.inner_html() == "<p></p>"

    value.set("b")

    assert page.body.inner_html() == "<p><b>b</b><i>b</i></p>"


def test_a_boundary_frees_what_had_been_built_before_the_error(show: Run) -> None:
    page = show(
        ErrorBoundary(
            fallback=lambda error: t"<p>{error!s}</p>",
            children=t"<div on:click={explode}><b>{[1, 2]}</b>{Failing()}</div>",
        )
    )

    assert page.body.inner_html() == "<p>oh</p>"
    assert HANDLERS == {}


def test_errors_in_references_directives_and_cleanups_leave_the_rest(show: Run) -> None:
    """E1: each is reported once, and signals still arrive."""
    count = Signal(1)
    shown = Signal(True)

    def fail(_: object) -> None:
        raise ValueError("reference")

    def fail_directive(element: object, argument: str) -> None:
        raise ValueError(argument)

    @component
    def Child() -> object:
        on_cleanup(explode)
        return t"<b ref={fail} use:fail={(fail_directive, 'directive')}>{count}</b>"

    page = show(t"<p>{count}</p><{Show} when={shown}>{Child()}</{Show}>")

    assert [report.partition("\n")[0] for report in page.reports] == [
        "ValueError: reference",
        "ValueError: directive",
    ]

    count.set(2)
    shown.set(False)
    count.set(3)

    assert page.body.inner_html() == "<p>3</p>"
    assert len(page.reports) == 3


def test_an_error_in_a_cleanup_does_not_keep_a_view_in_the_page(page: FakePage) -> None:
    @component
    def Child() -> object:
        on_cleanup(explode)
        return t"<b on:click={explode}></b>"

    mounted = mount(Child())

    mounted.unmount()

    assert is_clean(page)
    assert len(page.reports) == 1


# Things that take themselves away


def test_a_handler_may_unmount_its_own_app(page: FakePage) -> None:
    got: list[str] = []

    def leave() -> None:
        mounted.unmount()
        mounted.unmount()
        got.append("left")

    mounted = mount(t"<div on:click={(lambda: got.append('outer'))}><a on:click={leave}></a></div>")
    page.fire(named(page, "a"), "click")

    assert got == ["left"]
    assert is_clean(page)


def test_a_handler_that_unmounts_and_fails_is_still_reported(page: FakePage) -> None:
    def leave() -> None:
        mounted.unmount()
        raise ValueError("late")

    mounted = mount(t"<a on:click={leave}></a>")
    page.fire(named(page, "a"), "click")

    assert "ValueError: late" in page.reports[0]
    assert is_clean(page)


def test_a_handler_may_remove_its_own_row(show: Run) -> None:
    items = Signal([1, 2, 3])

    def row(item: int) -> object:
        def remove() -> None:
            items.update(lambda all_: [other for other in all_ if other != item])

        return t"<li on:click={remove}>{item}</li>"

    page = show(For(items, key=lambda item: item, children=row))
    page.fire(page.elements()[1], "click")

    assert page.body.text() == "13"


def test_an_effect_may_unmount_its_own_tree(page: FakePage) -> None:
    gone = Signal(False)
    apps: list[Mounted] = []

    @component
    def App() -> object:
        def leave() -> None:
            if gone():
                apps[0].unmount()

        effect(leave)
        return t"<p on:click={explode}>{gone} {For([1, 2], children=lambda i: i)}</p>"

    apps.append(mount(App()))

    gone.set(True)

    assert is_clean(page)
    assert page.reports == []


def test_a_live_hole_may_unmount_its_own_tree(page: FakePage) -> None:
    gone = Signal(False)
    apps: list[Mounted] = []

    def leave() -> object:
        if gone():
            apps[0].unmount()
        return t"<b>here</b>"

    apps.append(mount(t"<p>{leave}</p><i>{gone}</i>"))

    gone.set(True)

    assert page.body.inner_html() == ""
    assert page.nodes == {}


def test_a_cleanup_of_a_row_may_unmount_its_own_tree(page: FakePage) -> None:
    items = Signal([1, 2, 3])
    apps: list[Mounted] = []

    def row(item: int) -> object:
        on_cleanup(lambda: apps[0].unmount())
        return t"<li>{item}</li>"

    apps.append(mount(t"<ul>{For(items, key=lambda i: i, children=row)}</ul>"))

    items.set([3])

    assert is_clean(page)


def test_a_row_may_write_the_list_while_it_is_built(show: Run) -> None:
    items = Signal([1])

    def row(item: int) -> object:
        if item < 3:
            items.set([*range(1, item + 2)])
        return t"<li>{item}</li>"

    page = show(For(items, key=lambda item: item, children=row))

    assert page.body.text() == "123"


def test_a_signal_written_while_rendering_settles(show: Run) -> None:
    count = Signal(0)

    def raise_() -> int:
        if count() < 3:
            count.update(lambda value: value + 1)
        return count()

    page = show(t"<p>{raise_}</p>")

    assert page.body.inner_html() == "<p>3</p>"


def test_a_component_that_writes_what_it_reads_is_stopped(show: Run) -> None:
    count = Signal(0)

    def forever() -> int:
        value = count()
        count.set(value + 1)
        return value

    page = show(t"<p>{forever}</p><i>beside</i>")

    assert "EffectLoopError" in page.reports[0]
    assert named(page, "i").text() == "beside"


# Apps and time


def test_two_apps_share_a_place(page: FakePage) -> None:
    """C121: each leaves on its own, and the other goes on to answer."""
    got: list[str] = []
    first = mount(t"<a on:click={(lambda: got.append('first'))}></a>")
    second = mount(t"<b on:click={(lambda: got.append('second'))}></b>")

    first.unmount()
    page.fire(named(page, "b"), "click")

    assert got == ["second"]
    second.unmount()
    assert is_clean(page)


def test_an_app_mounted_in_an_effect_stays_until_it_is_unmounted(page: FakePage) -> None:
    count = Signal(1)
    inner: list[Mounted] = []
    runs: list[int] = []

    @component
    def Inner() -> object:
        return t"<i>{count()} {count}</i>"

    @component
    def App() -> object:
        def open_() -> None:
            runs.append(1)
            inner.append(mount(Inner()))

        effect(open_)
        return t"<p>{count}</p>"

    outer = mount(App())
    count.set(2)

    assert page.body.inner_html() == "<p>2</p><i>1 2</i>"
    assert runs == [1]
    outer.unmount()
    assert page.body.inner_html() == "<i>1 2</i>"
    inner[0].unmount()
    assert is_clean(page)


def test_unmounting_in_a_batch_is_seen_when_it_ends(page: FakePage) -> None:
    count = Signal(1)
    mounted = mount(t"<p>{count}</p>")

    with batch():
        count.set(2)
        with batch():
            count.set(3)
            mounted.unmount()
        count.set(4)

    assert is_clean(page)


def test_an_async_handler_outlives_nothing(page: FakePage) -> None:
    """S56: its task ends with its owner; what it does before does not matter."""
    seen: list[str] = []

    async def run() -> None:
        async def leave() -> None:
            seen.append("began")
            mounted.unmount()
            await asyncio.sleep(0)
            seen.append("went on")

        mounted = mount(t"<a on:click={leave}></a>")
        page.fire(named(page, "a"), "click")
        for _ in range(4):
            await asyncio.sleep(0)

    asyncio.run(run())

    assert seen == ["began"]
    assert is_clean(page)


def test_an_async_handler_of_an_app_that_is_gone_is_not_begun(page: FakePage) -> None:
    seen: list[str] = []

    async def run() -> None:
        async def task() -> None:
            seen.append("ran")

        def leave() -> Any:
            mounted.unmount()
            return task()

        mounted = mount(t"<a on:click={leave}></a>")
        page.fire(named(page, "a"), "click")
        for _ in range(4):
            await asyncio.sleep(0)

    asyncio.run(run())

    assert seen == []
    assert page.reports == []


# Odd items


def test_a_list_changed_in_place_is_shown_after_notify(show: Run) -> None:
    items = Signal([1, 2, 3])
    page = show(For(items, key=lambda item: item, children=lambda item: t"<li>{item}</li>"))

    items.peek().append(4)
    items.peek().remove(1)
    items.notify()

    assert page.body.text() == "234"


def test_items_that_cannot_be_compared_are_shown(show: Run) -> None:
    rows = [Array(1, 2), Array(3)]
    items = Signal(rows)
    page = show(For(items, children=lambda row: t"<li>{list(row)}</li>"))

    items.set([rows[1], Array(4), rows[0]])

    assert page.body.text() == "3412"


def test_items_that_cannot_be_compared_may_have_keys(show: Run) -> None:
    items = Signal([("a", Array(1)), ("b", Array(2))])
    page = show(
        For(items, key=lambda item: item[0], children=lambda item: t"<li>{list(item[1])}</li>")
    )

    items.set([("b", Array(3)), ("a", Array(4))])

    assert page.body.text() == "34"


def test_a_property_that_cannot_be_compared_can_be_spread(show: Run) -> None:
    attributes: Signal[dict[str, object]] = Signal({"prop:data": Array(1), "title": "a"})
    page = show(t"<p {attributes}></p>")

    attributes.set({"title": "b"})

    assert page.body.inner_html() == '<p title="b"></p>'
    assert page.reports == []


def test_a_row_that_turns_from_template_to_callable_still_moves(show: Run) -> None:
    def view(item: tuple[int, bool]) -> object:
        return t"<li>{item[0]}</li>"

    def row(item: tuple[int, bool]) -> object:
        return (lambda: view(item)) if item[1] else view(item)

    items = Signal([(1, False), (2, False)])
    page = show(For(items, key=lambda item: item[0], children=row))

    items.set([(1, True), (2, True)])
    items.set([(2, True), (1, True)])

    assert page.body.text() == "21"

    items.set([])

    assert page.body.inner_html() == ""


def test_a_reference_in_a_list_that_shrinks_lets_go(show: Run) -> None:
    """S127: no reference holds an element that has left."""
    count, set_count = signal(2)
    fields: list[NodeRef[object]] = [NodeRef(), NodeRef()]
    page = show(lambda: [t"<input ref={field}>" for field in fields[: count()]])

    assert [field.peek() for field in fields] == page.elements()

    set_count(1)

    assert fields[0].peek() is page.elements()[0]
    assert fields[1].peek() is None
