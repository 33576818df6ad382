"""Two-way bindings of form controls."""

from collections.abc import Callable

import pytest
from gossamer import Signal, mount, signal
from gossamer.errors import BindingError
from gossamer.testing.nodes import Element
from gossamer.testing.page import FakePage

type Show = Callable[[object], FakePage]


def enter(page: FakePage, element: Element, name: str = "input", **properties: object) -> None:
    element.properties.update(properties)
    page.fire(element, name)


def test_a_text_field_goes_both_ways(show: Show) -> None:
    name = Signal("a")
    page = show(t"<input bind:value={name}><p>{name}</p>")
    field = page.elements()[0]

    assert field.value == "a"

    enter(page, field, value="typed")
    assert name.peek() == "typed"
    assert page.elements()[1].text() == "typed"

    name.set("set")
    assert field.value == "set"


def test_a_pair_binds_as_well(show: Show) -> None:
    name, set_name = signal("a")
    page = show(t"<textarea bind:value={(name, set_name)}></textarea>")

    enter(page, page.elements()[0], value="b")

    assert name() == "b"


def test_a_number_field_gives_numbers(show: Show) -> None:
    count: Signal[int | float | None] = Signal(3)
    page = show(t'<input type="number" bind:value={count}>')
    field = page.elements()[0]

    got = []
    for text in ("4", "2.5", ""):
        enter(page, field, value=text)
        got.append(count.peek())

    assert got == [4, 2.5, None]


def test_a_checkbox_goes_both_ways(show: Show) -> None:
    done = Signal(True)
    page = show(t'<input type="checkbox" bind:checked={done}>')
    box = page.elements()[0]

    assert box.checked

    enter(page, box, "change", checked=False)
    assert done.peek() is False


def test_a_radio_group_writes_the_one_that_is_on(show: Show) -> None:
    color = Signal("red")
    page = show(
        t'<input type="radio" value="red" bind:group={color}>'
        t'<input type="radio" value="blue" bind:group={color}>'
    )
    red, blue = page.elements()

    assert (red.checked, blue.checked) == (True, False)

    enter(page, blue, "change", checked=True)

    assert color.peek() == "blue"
    assert (red.checked, blue.checked) == (False, True)


def test_a_group_of_boxes_is_a_list(show: Show) -> None:
    chosen: Signal[list[str]] = Signal(["b"])
    page = show(
        t'<input type="checkbox" value="a" bind:group={chosen}>'
        t'<input type="checkbox" value="b" bind:group={chosen}>'
    )
    a, b = page.elements()

    enter(page, a, "change", checked=True)
    assert chosen.peek() == ["b", "a"]

    enter(page, b, "change", checked=False)
    assert chosen.peek() == ["a"]


def test_a_select_shows_its_value_once_its_options_are_there(show: Show) -> None:
    names = ["a", "b"]
    value = Signal("b")
    page = show(
        t"<select bind:value={value}>{[t'<option value={n}>{n}</option>' for n in names]}</select>"
    )
    select = page.elements()[0]

    assert select.value == "b"

    enter(page, select, "change", value="a")
    assert value.peek() == "a"


def test_a_multi_select_is_a_list(show: Show) -> None:
    chosen: Signal[list[str]] = Signal(["b"])
    page = show(
        t"<select multiple bind:value={chosen}>"
        t'<option value="a">a</option><option value="b">b</option></select>'
    )
    select, a, b = page.elements()

    assert b.properties["selected"]

    a.properties["selected"] = True
    page.fire(select, "change")
    assert chosen.peek() == ["a", "b"]


def test_what_cannot_be_written_is_refused(page: FakePage) -> None:
    name, _ = signal("a")

    with pytest.raises(BindingError, match="bind:value of <input>"):
        mount(t"<input bind:value={name}>")
