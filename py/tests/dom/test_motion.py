"""What comes and goes with an animation: AnimatedShow, and rows that leave."""

import gc
import random
from collections.abc import Callable
from weakref import ref

import pytest
from gossamer import (
    AnimatedShow,
    ErrorBoundary,
    For,
    Show,
    Signal,
    component,
    effect,
    mount,
    on_cleanup,
)
from gossamer.testing.nodes import Element
from gossamer.testing.page import FakePage

type Mount = Callable[[object], FakePage]


def html(page: FakePage) -> str:
    return page.body.inner_html()


# AnimatedShow


def test_children_come_with_one_class_and_go_with_another(show: Mount) -> None:
    """S131"""
    there = Signal(False)
    page = show(AnimatedShow(there, t'<p class="a">x</p>', "in", "out", hide_delay=0.5))
    seen = [html(page)]

    there.set(True)
    seen.append(html(page))
    there.set(False)
    seen.append(html(page))
    page.advance(0.4)
    seen.append(html(page))
    page.advance(0.1)
    seen.append(html(page))

    hiding = '<p class="a out">x</p>'
    assert seen == ["", '<p class="a in">x</p>', hiding, hiding, ""]


def test_showing_again_in_time_keeps_nodes_and_state(show: Mount) -> None:
    """S131"""
    there = Signal(True)
    log = []

    @component
    def Counter() -> object:
        log.append("built")
        on_cleanup(lambda: log.append("gone"))
        count = Signal(0)
        return t"<button on:click={(lambda: count.update(lambda n: n + 1))}>{count}</button>"

    page = show(
        t"<{AnimatedShow} when={there} hide_class='out' hide_delay={1}><{Counter} /></{AnimatedShow}>"
    )
    button = page.elements()[0]
    page.fire(button, "click")

    for _ in range(3):
        there.set(False)
        page.advance(0.9)
        there.set(True)
    page.advance(10)

    assert page.elements() == [button]
    assert button.html() == "<button>1</button>"
    assert log == ["built"]

    there.set(False)
    assert log == ["built"]
    page.advance(1)
    assert log == ["built", "gone"]
    there.set(True)
    assert page.elements() != [button]
    assert page.body.text() == "0"


def test_without_a_delay_the_animation_decides(show: Mount) -> None:
    there = Signal(True)
    page = show(AnimatedShow(there, t"<p></p>", hide_class="out"))
    page.motion = 0.2

    there.set(False)
    page.advance(0.1)
    assert html(page) == '<p class="out"></p>'
    page.advance(0.1)
    assert html(page) == ""


def test_who_wants_no_motion_waits_for_nothing(show: Mount) -> None:
    there = Signal(True)
    page = show(AnimatedShow(there, t"<p></p>", "in", "out", hide_delay=9))
    page.is_calm = True

    there.set(False)
    page.advance(0)

    assert html(page) == ""


def test_children_that_leave_still_follow_their_signals(show: Mount) -> None:
    there, text = Signal(True), Signal("a")
    page = show(AnimatedShow(there, t"<p>{text}</p>", hide_delay=1))

    there.set(False)
    text.set("b")

    assert html(page) == "<p>b</p>"


def test_children_keep_the_last_value_while_they_leave(show: Mount) -> None:
    user: Signal[str | None] = Signal("Ada")
    page = show(AnimatedShow(user, lambda name: t"<p>{name}</p>", hide_delay=1))

    user.set("Bo")
    user.set(None)
    assert html(page) == "<p>Bo</p>"

    user.set("Cy")
    assert html(page) == "<p>Cy</p>"


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        (t"<i>1</i> <b>2</b>", '<i class="out">1</i> <b class="out">2</b>'),
        ([t"<i>1</i>", "text", t"<b>2</b>"], '<i class="out">1</i>text<b class="out">2</b>'),
        ("text", "text"),
        (None, ""),
        (lambda: t"<i>live</i>", '<i class="out">live</i>'),
    ],
)
def test_anything_can_come_and_go(show: Mount, children: object, expected: str) -> None:
    there = Signal(True)
    page = show(t"<p>before</p>{AnimatedShow(there, children, hide_class='out', hide_delay=1)}<hr>")

    there.set(False)
    assert html(page) == f"<p>before</p>{expected}<hr>"
    page.advance(1)
    assert html(page) == "<p>before</p><hr>"
    there.set(True)
    there.set(False)
    assert html(page) == f"<p>before</p>{expected}<hr>"


def test_attributes_of_its_tag_go_to_the_children(show: Mount) -> None:
    there = Signal(True)
    page = show(
        t"<{AnimatedShow} when={there} hide_class='out' hide_delay={1} attr:class='box' attr:title='t'>"
        t"<p></p></{AnimatedShow}>"
    )

    there.set(False)

    assert page.elements()[0].attributes == {"class": "box out", "title": "t"}


def test_a_page_that_goes_takes_along_what_is_leaving(page: FakePage) -> None:
    there, around = Signal(True), Signal(True)
    gone = []

    @component
    def Child() -> object:
        on_cleanup(lambda: gone.append(1))
        return t"<p></p>"

    view = AnimatedShow(there, Child, hide_delay=1)
    shown = mount(t"<main><{Show} when={around}>{view}</{Show}></main>")
    there.set(False)
    around.set(False)
    assert html(page) == "<main></main>"
    assert gone == [1]

    there.set(True)
    around.set(True)
    there.set(False)
    shown.unmount()
    page.advance(9)

    assert html(page) == ""
    assert page.nodes == {}
    assert gone == [1, 1]


def test_an_error_in_the_children_goes_to_the_boundary(show: Mount) -> None:
    there = Signal(False)

    @component
    def Broken() -> object:
        raise ValueError("oh")

    def raising() -> object:
        raise ValueError("ah")

    page = show(
        [
            ErrorBoundary(lambda error: t"<b>{error!s}</b>", AnimatedShow(there, child))
            for child in (Broken, raising)
        ]
    )
    there.set(True)

    assert html(page) == "<b>oh</b><b>ah</b>"


def test_what_has_left_is_free(show: Mount) -> None:
    class Held:
        pass

    there = Signal(True)
    references = []

    @component
    def Child() -> object:
        held = Held()
        references.append(ref(held))
        effect(lambda: held)
        return t"<p title={(lambda: str(held))}></p>"

    page = show(AnimatedShow(there, Child, hide_delay=1))

    there.set(False)
    page.advance(1)
    gc.collect()

    assert [reference() for reference in references] == [None]


# Rows that leave


def names(page: FakePage) -> list[str]:
    """The rows in the page; those that leave begin with a minus."""
    rows = [element for element in page.elements() if element.name == "li"]
    return [("-" if row.attributes.get("class") == "out" else "") + row.text() for row in rows]


def test_a_row_leaves_after_its_animation(show: Mount) -> None:
    items = Signal(list("abc"))
    log: list[str] = []

    def row(item: str) -> object:
        on_cleanup(lambda: log.append(f"cleanup {item}"))
        return t"<li on:click={(lambda: log.append(item))}>{item}</li>"

    page = show(t"<ul>{For(items, children=row, leave='out')}</ul>")
    page.motion = 0.2
    b = page.elements()[2]

    items.set(["a", "c"])
    page.fire(b, "click")

    assert names(page) == ["a", "-b", "c"]
    assert b.properties["inert"]
    assert log == ["cleanup b"]

    page.advance(0.2)
    assert names(page) == ["a", "c"]


def test_a_key_that_comes_back_makes_a_new_row(show: Mount) -> None:
    items = Signal(list("ab"))
    page = show(t"<ul>{For(items, children=lambda item: t'<li>{item}</li>', leave='out')}</ul>")
    page.motion = 1

    items.set(["b"])
    items.set(["a", "b"])
    assert names(page) == ["-a", "a", "b"]

    items.set([])
    assert names(page) == ["-a", "-a", "-b"]
    page.advance(1)
    assert names(page) == []


def test_without_an_animation_rows_go_at_once(show: Mount) -> None:
    items = Signal(list("abc"))
    page = show(t"<ul>{For(items, children=lambda item: t'<li>{item}</li>', leave='out')}</ul>")

    items.set(["c"])
    assert names(page) == ["c"]

    page.motion = 1
    page.is_calm = True
    items.set([])
    assert names(page) == []


def test_a_list_that_goes_takes_along_what_is_leaving(page: FakePage) -> None:
    items, there = Signal(list("abc")), Signal(True)
    rows = For(items, children=lambda item: t"<li>{item}</li>", leave="out")
    shown = mount(t"{Show(there, rows)}<hr>")
    page.motion = 1

    items.set(["a"])
    there.set(False)
    assert html(page) == "<hr>"

    there.set(True)
    items.set([])
    assert names(page) == ["-a"]
    shown.unmount()
    assert html(page) == ""
    assert page.nodes == {}
    page.advance(9)


def test_rows_in_rows_leave_with_the_outer_one(show: Mount) -> None:
    outer = Signal([Signal(["a", "b"]), Signal(["c"])])
    page = show(
        For(
            outer,
            children=lambda items: (
                t"<ul>{For(items, children=lambda item: t'<li>{item}</li>', leave='out')}</ul>"
            ),
            leave="out",
        )
    )
    page.motion = 1
    first = outer.peek()[0]

    first.set(["b"])
    outer.set(outer.peek()[1:])
    assert names(page) == ["-a", "b", "c"]
    page.advance(1)
    assert names(page) == ["c"]


@pytest.mark.parametrize("seed", range(5))
def test_many_random_changes_end_with_the_rows_that_should_be(show: Mount, seed: int) -> None:
    chance = random.Random(seed)
    items: Signal[list[int]] = Signal([])

    def row(item: int) -> object:
        return t"<li>{item}</li>" if item % 3 else [t"<li>{item}</li>"]

    page = show(t"<ul>{For(items, children=row, leave='out', move=0.1)}<li>last</li></ul>")
    page.motion = 0.3

    for _ in range(200):
        wanted = chance.sample(range(12), chance.randrange(12))
        items.set(wanted)
        page.advance(chance.choice([0, 0.1, 0.5]))
        assert [n for n in names(page) if n[0] != "-"] == [*map(str, wanted), "last"]
    page.advance(1)

    assert names(page) == [*map(str, items.peek()), "last"]


def test_rows_glide_when_the_list_changes(show: Mount) -> None:
    items = Signal(list("abc"))
    page = show(t"<ul>{For(items, children=lambda item: t'<li>{item}</li>', move=0.3)}</ul>")

    def glides() -> list[object]:
        found = [seconds for name, *_, seconds in page.writes if name == "glide"]
        page.writes.clear()
        return found

    assert glides() == []
    items.set(["c", "a", "b"])
    assert glides() == [0.3]
    page.is_calm = True
    items.set(["a"])
    assert glides() == []


def test_a_row_of_text_leaves_at_once(show: Mount) -> None:
    items = Signal(["a", "b"])
    page = show(For(items, children=lambda item: item, leave="out"))
    page.motion = 1

    items.set(["b"])

    assert html(page) == "b"


def test_elements_that_leave_are_those_that_stood_there(show: Mount) -> None:
    items = Signal(list("ab"))
    page = show(t"<ul>{For(items, children=lambda item: t'<li>{item}</li>', leave='out')}</ul>")
    page.motion = 1
    before: list[Element] = page.elements()

    items.set([])

    assert page.elements() == before
