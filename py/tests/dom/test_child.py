"""Child holes: what a slot can hold, and how one view takes over from another."""

from collections.abc import Callable

import pytest
from gossamer import Signal, component, memo, mount, signal
from gossamer.errors import ViewError
from gossamer.testing.nodes import Element, Text
from gossamer.testing.page import FakePage

type Show = Callable[[object], FakePage]


def test_text_and_numbers_stand_where_the_hole_is(show: Show) -> None:
    page = show(t"<p>a {'<b>'} {3} {2.5} z</p>")

    assert page.body.inner_html() == "<p>a &lt;b&gt; 3 2.5 z</p>"


def test_nothing_is_shown_for_none_and_booleans(show: Show) -> None:
    page = show(t"<p>{None}{True}{False}</p>")

    assert page.body.inner_html() == "<p></p>"


def test_a_signal_in_a_hole_writes_one_text_node(show: Show) -> None:
    count, set_count = signal(1)
    page = show(t"<p>Value: {count}!</p>")
    nodes = list(page.body.walk())
    page.writes.clear()

    set_count(2)

    assert page.body.inner_html() == "<p>Value: 2!</p>"
    assert [write[0] for write in page.writes] == ["text"]
    assert list(page.body.walk()) == nodes


def test_a_call_in_a_hole_is_frozen(show: Show) -> None:
    count, set_count = signal(1)
    page = show(t"<p>{count()}</p>")

    set_count(2)

    assert page.body.inner_html() == "<p>1</p>"


def test_an_equal_text_is_not_written_again(show: Show) -> None:
    count, set_count = signal(1)
    page = show(t"<p>{(lambda: count() % 2)}</p>")
    page.writes.clear()

    set_count(3)

    assert page.writes == []


def test_conversions_and_format_specs_apply_at_each_update(show: Show) -> None:
    price, set_price = signal(1234.5)
    name, set_name = signal("Ada")
    page = show(t"<p>{price:,.2f} {name!r}</p>")

    assert page.body.inner_html() == "<p>1,234.50 'Ada'</p>"

    set_price(0.125)
    set_name("Bo")

    assert page.body.inner_html() == "<p>0.12 'Bo'</p>"


def test_a_view_takes_the_place_of_text_and_back(show: Show) -> None:
    value: Signal[object] = Signal("text")
    page = show(t"<p>a{value}b</p>")

    for view, html in [
        (t"<i>{1}</i>", "<p>a<i>1</i>b</p>"),
        (t"<b>x</b><b>y</b>", "<p>a<b>x</b><b>y</b>b</p>"),
        ([1, t"<i></i>", "z"], "<p>a1<i></i>zb</p>"),
        (None, "<p>ab</p>"),
        (lambda: t"<u></u>", "<p>a<u></u>b</p>"),
        (7, "<p>a7b</p>"),
    ]:
        value.set(view)
        assert page.body.inner_html() == html


def test_the_same_template_keeps_its_nodes(show: Show) -> None:
    count, set_count = signal(1)
    page = show(lambda: t"<p title={count()}>{count()} <b>{'same'}</b></p>")
    before = list(page.body.walk())
    page.writes.clear()

    set_count(2)

    assert page.body.inner_html() == '<p title="2">2 <b>same</b></p>'
    assert list(page.body.walk()) == before
    assert [write[0] for write in page.writes] == ["text", "attribute"]


def test_a_list_keeps_state_with_its_places(show: Show) -> None:
    items: Signal[list[str]] = Signal(["a", "b"])
    page = show(lambda: [t"<li>{item}</li>" for item in items()])
    first, second = page.elements()

    items.set(["b", "c", "d"])

    assert page.body.inner_html() == "<li>b</li><li>c</li><li>d</li>"
    assert page.elements()[:2] == [first, second]

    items.set([])

    assert page.body.inner_html() == ""


def test_a_memo_in_a_hole_is_live(show: Show) -> None:
    count, set_count = signal(2)
    page = show(t"<p>{memo(lambda: count() * 2)}</p>")

    set_count(3)

    assert page.body.inner_html() == "<p>6</p>"


def test_a_component_runs_once(show: Show) -> None:
    runs = []
    count, set_count = signal(0)

    @component
    def Inner() -> object:
        runs.append(count())
        return t"<p>{count}</p>"

    page = show(t"<div><{Inner} /></div>")
    set_count(5)

    assert runs == [0]
    assert page.body.inner_html() == "<div><p>5</p></div>"


def test_what_is_no_view_is_refused_with_a_way_out(page: FakePage) -> None:
    with pytest.raises(ViewError, match="A dict cannot be shown") as caught:
        mount(t"<p>{ {'a': 1} }</p>")

    assert "{value!s}" in str(caught.value)
    assert page.body.inner_html() == ""


def test_generators_and_nested_lists_are_views(show: Show) -> None:
    page = show(t"<p>{(t'<i>{n}</i>' for n in range(2))}{[[1], [[2]]]}</p>")

    assert page.body.inner_html() == "<p><i>0</i><i>1</i>12</p>"


def test_a_text_node_is_kept_when_text_changes(show: Show) -> None:
    text, set_text = signal("a")
    page = show(t"<p>{text}</p>")
    paragraph = page.elements()[0]
    node = paragraph.children[0]

    set_text("b")

    assert isinstance(paragraph, Element)
    assert isinstance(node, Text)
    assert paragraph.children[0] is node
    assert node.data == "b"
