"""Two-way bindings of form controls."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from gossamer import For, Show, Signal, mount, signal
from gossamer.elements import dialog, div, element
from gossamer.errors import BindingError, HolePlacementError, TemplateSyntaxError
from gossamer.testing.nodes import Element
from gossamer.testing.page import FakePage

type Mount = Callable[[object], FakePage]


def enter(page: FakePage, element: Element, name: str = "input", **properties: object) -> None:
    element.properties.update(properties)
    page.fire(element, name)


def test_a_text_field_goes_both_ways(show: Mount) -> None:
    name = Signal("a")
    page = show(t"<input bind:value={name}><p>{name}</p>")
    field = page.elements()[0]

    assert field.value == "a"

    enter(page, field, value="typed")
    assert name.peek() == "typed"
    assert page.elements()[1].text() == "typed"

    name.set("set")
    assert field.value == "set"


def test_a_pair_binds_as_well(show: Mount) -> None:
    name, set_name = signal("a")
    page = show(t"<textarea bind:value={(name, set_name)}></textarea>")

    enter(page, page.elements()[0], value="b")

    assert name() == "b"


def test_a_number_field_gives_numbers(show: Mount) -> None:
    count: Signal[int | float | None] = Signal(3)
    page = show(t'<input type="number" bind:value={count}>')
    field = page.elements()[0]

    got = []
    for text in ("4", "2.5", ""):
        enter(page, field, value=text)
        got.append(count.peek())

    assert got == [4, 2.5, None]


def test_a_checkbox_goes_both_ways(show: Mount) -> None:
    done = Signal(True)
    page = show(t'<input type="checkbox" bind:checked={done}>')
    box = page.elements()[0]

    assert box.checked

    enter(page, box, "change", checked=False)
    assert done.peek() is False


def test_a_radio_group_writes_the_one_that_is_on(show: Mount) -> None:
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


def test_a_group_of_boxes_is_a_list(show: Mount) -> None:
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


def test_a_select_shows_its_value_once_its_options_are_there(show: Mount) -> None:
    names = ["a", "b"]
    value = Signal("b")
    page = show(
        t"<select bind:value={value}>{[t'<option value={n}>{n}</option>' for n in names]}</select>"
    )
    select = page.elements()[0]

    assert select.value == "b"

    enter(page, select, "change", value="a")
    assert value.peek() == "a"


def test_a_multi_select_is_a_list(show: Mount) -> None:
    chosen: Signal[list[str]] = Signal(["b"])
    page = show(
        t"<select multiple bind:value={chosen}>"
        t'<option value="a">a</option><option value="b">b</option></select>'
    )
    select, a, b = page.elements()

    assert b.selected

    a.properties["selected"] = True
    page.fire(select, "change")
    assert chosen.peek() == ["a", "b"]


@pytest.mark.parametrize("kind", [list, tuple, set, frozenset])
def test_several_choices_stay_in_what_holds_them(
    show: Mount, kind: Callable[[str], object]
) -> None:
    chosen: Signal[object] = Signal(kind("b"))
    picked: Signal[object] = Signal(kind("b"))
    page = show(
        t'<input type="checkbox" value="a" bind:group={chosen}>'
        t"<select multiple bind:value={picked}><option>a</option><option>b</option></select>"
    )
    box, select, a, _ = page.elements()

    enter(page, box, "change", checked=True)
    a.properties["selected"] = True
    page.fire(select, "change")

    assert chosen.peek() == kind("ba") or chosen.peek() == kind("ab")
    assert isinstance(chosen.peek(), kind)  # type: ignore[arg-type] # it is a type
    assert picked.peek() == kind("ab")


def test_boxes_without_a_list_begin_one(show: Mount) -> None:
    chosen: Signal[object] = Signal(None)
    page = show(t'<input type="checkbox" value="a" bind:group={chosen}>')

    enter(page, page.elements()[0], "change", checked=True)

    assert chosen.peek() == ["a"]


def test_options_may_come_after_the_value(show: Mount) -> None:
    names: Signal[list[str]] = Signal([])
    city, cities = Signal("b"), Signal(["a", "c"])
    options = For(names, children=lambda name: t"<option>{name}</option>")
    page = show(
        t"<select bind:value={city}>{options}</select>"
        t"<select multiple bind:value={cities}>{options}</select>"
    )
    one, many = page.elements()
    assert one.value == ""

    names.set(["a", "b", "c"])

    assert one.value == "b"
    assert [option.selected for option in many.options] == [True, False, True]


@pytest.mark.parametrize(
    ("kind", "value", "text", "entered", "taken"),
    [
        ("date", date(2026, 3, 1), "2026-03-01", "2026-11-30", date(2026, 11, 30)),
        ("time", time(9, 30), "09:30:00", "18:05", time(18, 5)),
        (
            "datetime-local",
            datetime(2026, 3, 1, 9, 30, 0, 250_000),  # noqa: DTZ001 - such fields know no zone
            "2026-03-01T09:30:00.250",
            "2027-01-02T03:04",
            datetime(2027, 1, 2, 3, 4),  # noqa: DTZ001 - likewise
        ),
        ("date", "2026-03-01", "2026-03-01", "2026-11-30", "2026-11-30"),
        ("week", "2026-W10", "2026-W10", "2026-W11", "2026-W11"),
    ],
)
def test_a_field_gives_what_its_signal_holds(
    show: Mount, kind: str, value: object, text: str, entered: str, taken: object
) -> None:
    day: Signal[object] = Signal(value)
    page = show(t"<input type={kind} bind:value={day}>")
    field = page.elements()[0]
    assert field.value == text

    enter(page, field, value=entered)
    assert day.peek() == taken

    enter(page, field, value="")
    assert day.peek() == ("" if isinstance(taken, str) else None)

    enter(page, field, value=entered)
    assert day.peek() == taken


@pytest.mark.parametrize(
    ("kind", "value", "match"),
    [
        ("date", datetime(2026, 3, 1), "got a datetime"),  # noqa: DTZ001 - the case
        ("datetime-local", date(2026, 3, 1), "got a date"),
        ("time", datetime(2026, 3, 1), "got a datetime"),  # noqa: DTZ001 - the case
        ("datetime-local", datetime(2026, 3, 1, tzinfo=UTC), "of the zone UTC"),
    ],
)
def test_a_date_that_a_field_cannot_show_is_refused(
    page: FakePage, kind: str, value: object, match: str
) -> None:
    mount(t"<input type={kind} bind:value={Signal(value)}>").unmount()

    assert match in page.reports[-1]


def test_what_the_signal_makes_of_an_entry_is_shown(show: Mount) -> None:
    count = Signal(5)
    page = show(
        t'<input type="number" bind:value={(count, lambda n: count.set(min(n or 0, 10)))}>'
        t"<input bind:value={(lambda: 'fixed', lambda _text: None)}>"
    )
    number, fixed = page.elements()

    enter(page, number, value="50")
    enter(page, fixed, value="other")

    assert (count.peek(), number.value, fixed.value) == (10, "10", "fixed")


def test_a_number_that_means_the_same_is_left_as_it_was_typed(show: Mount) -> None:
    count = Signal(1)
    page = show(t'<input type="number" bind:value={count}>')
    field = page.elements()[0]

    for text in ("1.", "1.0", "1.00"):
        enter(page, field, value=text)
        assert field.value == text
    count.notify()
    assert field.value == "1.00"


def test_files_are_a_list(show: Mount) -> None:
    chosen: Signal[list[object]] = Signal([])
    page = show(t'<input type="file" multiple bind:value={chosen}>')
    field = page.elements()[0]

    enter(page, field, "change", files=["a", "b"])
    assert chosen.peek() == ["a", "b"]

    chosen.set([])
    assert field.properties["value"] == ""


def test_what_opens_goes_both_ways(show: Mount) -> None:
    more, asks = Signal(False), Signal(True)
    page = show(t"<details bind:open={more}></details><dialog bind:modal={asks}></dialog>")
    details, box = page.elements()
    assert "open" not in details.attributes
    assert box.properties["modal"]

    details.attributes["open"] = ""
    page.fire(details, "toggle")
    del box.attributes["open"]
    page.fire(box, "close")
    assert (more.peek(), asks.peek()) == (True, False)

    more.set(False)
    asks.set(True)
    assert "open" not in details.attributes
    assert "open" in box.attributes


def test_a_dialog_opens_once_it_stands_in_the_page(show: Mount) -> None:
    there = Signal(True)
    page = show(Show(there, t"<dialog bind:open={Signal(True)}></dialog>"))

    there.set(False)
    there.set(True)

    assert page.elements()[0].attributes == {"open": ""}


def test_text_is_edited_in_an_element(show: Mount) -> None:
    text = Signal("<b>a</b>")
    page = show(t"<p contenteditable bind:text={text}></p>")
    element = page.elements()[0]
    assert page.body.inner_html() == '<p contenteditable="">&lt;b&gt;a&lt;/b&gt;</p>'

    element.set_text("b")
    page.fire(element, "input")
    assert text.peek() == "b"

    text.set("c")
    assert element.text() == "c"


def test_a_composition_is_taken_once_at_its_end(show: Mount) -> None:
    word = Signal("")
    heard: list[str] = []
    page = show(t"<input bind:value={(word, lambda text: (heard.append(text), word.set(text)))}>")
    field = page.elements()[0]

    page.fire(field, "compositionstart")
    for text in ("k", "ka"):
        enter(page, field, value=text)
    word.set("elsewhere")
    assert field.value == "ka"
    enter(page, field, "compositionend", value="か")
    enter(page, field)  # some browsers tell it once more

    assert heard == ["か"]
    assert (word.peek(), field.value) == ("か", "か")


def test_a_write_during_a_composition_comes_after_it(show: Mount) -> None:
    word = Signal("")
    page = show(t"<input bind:value={(word, lambda text: None)}>")
    field = page.elements()[0]

    page.fire(field, "compositionstart")
    word.set("elsewhere")
    enter(page, field, "compositionend", value="か")

    assert field.value == "elsewhere"


def test_a_reset_brings_back_what_was_shown_at_first(show: Mount) -> None:
    name, count = Signal("a"), Signal(3)
    tags, on, note = Signal(["x"]), Signal(True), Signal("n")
    page = show(
        t"<form><input bind:value={name}><input type=number bind:value={count}>"
        t'<input type=checkbox value="y" bind:group={tags}>'
        t"<input type=checkbox bind:checked={on}><p contenteditable bind:text={note}></p></form>"
    )
    form, text, number, tag, box, edited = page.elements()
    edited.set_text("more")
    page.fire(edited, "input")
    enter(page, text, value="b")
    enter(page, number, value="4")
    enter(page, tag, "change", checked=True)
    enter(page, box, "change", checked=False)
    tags.peek().append("z")

    page.fire(form, "reset")

    assert (name.peek(), count.peek(), tags.peek(), on.peek()) == ("a", 3, ["x"], True)
    assert (text.value, number.value, tag.checked, box.checked) == ("a", "3", False, True)
    assert (note.peek(), edited.text()) == ("n", "n")


def test_a_binding_answers_before_a_handler(show: Mount) -> None:
    name = Signal("")
    seen: list[str] = []
    page = show(t"<input on:input={(lambda: seen.append(name.peek()))} bind:value={name}>")

    enter(page, page.elements()[0], value="new")

    assert seen == ["new"]


def test_the_builder_and_a_spread_bind_as_well(show: Mount) -> None:
    name, is_open = Signal("a"), Signal(True)
    field = element("input")
    page = show(
        div(
            field(bind_value=name),
            field({"bind:value": name}),
            dialog(bind_open=is_open),
            div(bind_text=name),
        )
    )
    _, built, spread, box, text = page.elements()

    enter(page, built, value="b")

    assert (spread.value, text.text()) == ("b", "b")
    assert "open" in box.attributes


@pytest.mark.parametrize(
    ("view", "match"),
    [
        (lambda s: t"<input type=checkbox bind:value={s}>", "what no user can change"),
        (lambda s: t"<input type=radio bind:value={s}>", "what no user can change"),
        (lambda s: t"<input bind:checked={s}>", "binds what it has not"),
        (lambda s: t"<input type=date bind:group={s}>", "binds what it has not"),
    ],
)
def test_a_binding_that_does_not_fit_is_refused(
    page: FakePage, view: Callable[[Signal[str]], object], match: str
) -> None:
    with pytest.raises(BindingError, match=match):
        mount(view(Signal("text")))


@pytest.mark.parametrize(
    "view",
    [
        lambda s: t"<input type=checkbox bind:group={s}>",
        lambda s: t"<select multiple bind:value={s}></select>",
    ],
)
def test_a_signal_whose_value_does_not_fit_is_told_of(
    page: FakePage, view: Callable[[Signal[str]], object]
) -> None:
    mount(view(Signal("text"))).unmount()

    assert "got a str" in page.reports[-1]


@pytest.mark.parametrize(
    "view",
    [
        lambda s: t"<div bind:value={s}></div>",
        lambda s: t"<input bind:text={s}>",
        lambda s: t"<p bind:open={s}></p>",
        lambda s: t"<details bind:modal={s}></details>",
        lambda s: t"<table bind:text={s}></table>",
        lambda s: t"<p { {'bind:open': s} }></p>",
    ],
)
def test_a_binding_of_another_element_is_refused(
    page: FakePage, view: Callable[[Signal[str]], object]
) -> None:
    with pytest.raises(HolePlacementError, match="has no bind:"):
        mount(view(Signal("text")))


def test_bound_text_is_all_of_the_content(page: FakePage) -> None:
    with pytest.raises(TemplateSyntaxError, match="both bind:text and content"):
        mount(t"<p bind:text={Signal('a')}>b</p>")


def test_what_cannot_be_written_is_refused(page: FakePage) -> None:
    name, _ = signal("a")

    with pytest.raises(BindingError, match="bind:value of <input>"):
        mount(t"<input bind:value={name}>")
