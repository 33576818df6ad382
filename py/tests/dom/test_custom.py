"""Components as custom elements: what their attributes and properties mean, and how they end."""

# Props are annotated with what they hold, and arrive as signals of it.
# mypy: ignore-errors

from collections.abc import Callable, Iterator
from itertools import count
from typing import Literal

import pytest
from gossamer import (
    CustomElement,
    Signal,
    component,
    define_element,
    effect,
    expect_context,
    on_cleanup,
    use_context,
)
from gossamer.dom.calls import ANSWERS
from gossamer.dom.events import HANDLERS
from gossamer.errors import ElementError, MissingContextError
from gossamer.testing.nodes import Element, Text
from gossamer.testing.page import FakePage

numbers = count()


@pytest.fixture
def tag() -> str:
    return f"x-test{next(numbers)}"


@pytest.fixture(autouse=True)
def nothing_left(page: FakePage) -> Iterator[None]:
    before = set(HANDLERS)
    yield
    for element in list(page.drawn):
        page.take_out(element)
    assert page.nodes == {}
    assert set(HANDLERS) == before


def shown(page: FakePage, element: Element) -> str:
    return page.inside(element).inner_html()


@component
def Show_all(
    text: str = "a",
    number: int = 1,
    ratio: float = 0.5,
    flag: bool = False,
    rows: list[int] = [],  # noqa: B006 - nobody changes it
    facts: dict[str, int] | None = None,
    size: Literal["small", "large"] = "small",
    live: Signal[int] = 5,
    read: Callable[[], int] = 6,
    maybe: int | None = None,
    plain=7,
    anything: object = None,
):
    every = (text, number, ratio, flag, rows, facts, size, live, read, maybe, plain, anything)
    return t"{(lambda: repr(tuple(one() for one in every)))}"


def test_props_begin_with_their_defaults(page: FakePage, tag: str) -> None:
    define_element(tag, Show_all)

    element = page.add(tag)

    expected = "('a', 1, 0.5, False, [], None, 'small', 5, 6, None, 7, None)"
    assert page.inside(element).text() == expected


def test_attributes_are_read_by_the_annotations(page: FakePage, tag: str) -> None:
    define_element(tag, Show_all)

    element = page.add(
        tag,
        {
            "text": "7", "number": " -3 ", "ratio": "2", "flag": "", "rows": "[1, 2]",
            "facts": '{"a": 1}', "size": "large", "live": "8", "read": "9", "maybe": "10",
            "plain": "11", "anything": "12",
        },
    )  # fmt: skip

    expected = "('7', -3, 2.0, True, [1, 2], {'a': 1}, 'large', 8, 9, 10, 11, None)"
    assert page.inside(element).text() == expected


def test_annotations_may_be_texts(page: FakePage, tag: str) -> None:
    @component
    def Box(number: "int" = 1, other: "Unknown" = None):  # noqa: UP037 - as older code has them
        return t"{number!r} {other!r}"

    define_element(tag, Box)

    assert page.inside(page.add(tag, {"number": "2", "other": "3"})).text() == "2 None"


def test_attributes_are_live_and_the_default_comes_back(page: FakePage, tag: str) -> None:
    define_element(tag, component(lambda flag=True, step_size=2: t"{flag!s} {step_size}"))
    element = page.add(tag)

    steps = []
    for name, value in [
        ("flag", "false"), ("flag", None), ("step-size", "5"), ("step-size", None),
    ]:  # fmt: skip
        page.set_attribute(element, name, value)
        steps.append(page.inside(element).text())

    assert steps == ["False 2", "True 2", "True 5", "True 2"]


def test_properties_are_values_and_none_is_the_default(page: FakePage, tag: str) -> None:
    @component
    def Box(item_count: int = 1, rows: list[int] = [], hook: object = None):  # noqa: B006
        return t"{item_count} {rows!s} {hook!s}"

    define_element(tag, Box)
    element = page.add(tag)

    page.set_property(element, "itemCount", 4.0)
    page.set_property(element, "rows", (1, 2))
    page.set_property(element, "hook", "x")

    assert page.inside(element).text() == "4 [1, 2] x"
    assert [page.get_property(element, name) for name in ("itemCount", "rows")] == [4, [1, 2]]
    page.set_property(element, "itemCount", None)
    assert page.get_property(element, "itemCount") == 1


def test_what_the_component_writes_the_page_reads(page: FakePage, tag: str) -> None:
    @component
    def Counter(value: int = 0):
        def add():
            value.update(lambda old: old + 1)

        return t"<button on:click={add}>{value}</button>"

    define_element(tag, Counter)
    element = page.add(tag, {"value": "3"})

    button = page.inside(element).children[0]
    page.fire(button, "click")

    assert page.get_property(element, "value") == 4
    assert shown(page, element) == "<button>4</button>"


@pytest.mark.parametrize(
    ("name", "text", "kind"), [("number", "many", "int"), ("rows", "[1", "list"), ("rows", "1", "list")]
)  # fmt: skip
def test_text_that_is_no_value_is_told_and_the_default_stands(
    page: FakePage, tag: str, name: str, text: str, kind: str
) -> None:
    @component
    def Box(number: int = 1, rows: list[int] = [2]):  # noqa: B006
        return t"{number} {rows!s}"

    define_element(tag, Box)
    element = page.add(tag, {name: text})

    assert page.inside(element).text() == "1 [2]"
    (warning,) = page.warnings
    assert warning.startswith(f"The attribute {name} of <{tag}> is no {kind}: {text!r}.")
    assert f"In: <{tag}>" in warning
    nowhere = Element(tag)
    nowhere.attributes[name] = text
    assert page.get_property(nowhere, name) in (1, [2])


def test_elements_that_are_there_already_are_drawn(page: FakePage, tag: str) -> None:
    page.add("p").insert(Element(tag), None)
    page.add(tag, {"number": "2"})

    define_element(tag, component(lambda number=0: t"<b>{number}</b>"))

    drawn = [each for each in page.elements() if each.name == tag]
    assert [shown(page, each) for each in drawn] == ["<b>0</b>", "<b>2</b>"]
    assert page.ready


def test_children_are_a_slot_in_a_shadow_root(page: FakePage, tag: str) -> None:
    define_element(tag, component(lambda children: t"<p>{children}</p>"))

    assert shown(page, page.add(tag)) == "<p><slot></slot></p>"


def test_children_without_a_shadow_root_move_into_their_slot_and_back(
    page: FakePage, tag: str
) -> None:
    open_ = Signal(True)

    @component
    def Box(children):
        return t"<p>{(lambda: children if open_() else 'closed')}</p>"

    element = page.add(tag)
    element.insert(Text("light"), None)
    define_element(tag, Box, shadow=False)

    assert element.inner_html() == "<p><slot>light</slot></p>"
    open_.set(False)
    assert element.inner_html() == "<p>closed</p>"
    open_.set(True)
    assert element.inner_html() == "<p><slot>light</slot></p>"
    page.take_out(element)
    assert element.inner_html() == "light"


def test_an_event_goes_out_with_its_detail(page: FakePage, tag: str) -> None:
    @component
    def Inner():
        return t"<button on:click={(lambda: expect_context(CustomElement).emit('changed', 3))}></button>"

    define_element(tag, component(lambda: t"<p><{Inner} /></p>"))
    element = page.add(tag)

    button = next(n for n in page.inside(element).walk() if n.name == "button")
    page.fire(button, "click")

    assert page.emitted == [(tag, "changed", 3)]


def test_outside_of_an_element_there_is_none(
    page: FakePage, show: Callable[[object], FakePage]
) -> None:
    @component
    def Alone():
        expect_context(CustomElement)

    show(t"{use_context(CustomElement)!s}<{Alone} />")

    assert MissingContextError.__name__ in page.reports[0]


def test_leaving_ends_effects_and_events(page: FakePage, tag: str) -> None:
    told = []

    @component
    def Box(number: int = 1):
        element = expect_context(CustomElement)
        effect(lambda: told.append(number()))
        on_cleanup(lambda: told.append("gone"))
        told.append(element)
        return t"<b on:click={told.clear}>{number}</b>"

    define_element(tag, Box)
    element = page.add(tag)
    custom = told.pop(0)
    assert custom.element is element

    page.take_out(element)

    assert told == [1, "gone"]
    assert shown(page, element) == ""
    assert custom.element is None
    assert custom.emit("late") is True
    assert page.emitted == []


def test_an_error_is_told_with_the_path_and_the_others_live_on(page: FakePage, tag: str) -> None:
    @component
    def Broken(number: int = 0):
        return t"<b>{(lambda: 1 // number())}</b>"

    define_element(tag, Broken)
    first, second = page.add(tag), page.add(tag, {"number": "1"})

    assert [shown(page, first), shown(page, second)] == ["<b></b>", "<b>1</b>"]
    (report,) = page.reports
    assert "ZeroDivisionError" in report
    assert f"In: <{tag}> > Broken" in report
    page.set_attribute(second, "number", "2")
    assert shown(page, second) == "<b>0</b>"


def test_a_form_gets_the_value_of_a_prop(page: FakePage, tag: str) -> None:
    @component
    def Rating(value: int = 2):
        return t"<b on:click={(lambda: value.set(None))}>{value}</b>"

    define_element(tag, Rating, form="value")
    element = page.add(tag)

    assert page.form_values[element] == "2"
    page.set_property(element, "value", 5)
    assert page.form_values[element] == "5"
    page.fire(page.inside(element).children[0], "click")
    assert page.form_values[element] is None


@pytest.mark.parametrize("name", ["counter", "X-counter", "x counter-1", "1-x", "x-", "-x", "x-é!"])
def test_a_tag_needs_a_dash_and_lower_case(page: FakePage, name: str) -> None:
    if name == "x-":
        define_element(name, component(lambda: None))
        return
    with pytest.raises(ElementError, match="no name for a custom element"):
        define_element(name, component(lambda: None))


def test_a_tag_is_defined_once(page: FakePage, tag: str) -> None:
    define_element(tag, component(lambda: None))

    with pytest.raises(ElementError, match="defined already"):
        define_element(tag, component(lambda: None))


def test_only_components_with_readable_props_are_taken(page: FakePage, tag: str) -> None:
    with pytest.raises(ElementError, match="got a function instead of a component"):
        define_element(tag, lambda: None)
    with pytest.raises(ElementError, match="cannot send 'value'"):
        define_element(tag, component(lambda text: None), form="value")

    @component
    def Odd(x: Missing):
        return None

    with pytest.raises(ElementError, match="annotations of Odd cannot be read"):
        define_element(tag, Odd)


@pytest.mark.cpython("reads the repository, not the interpreter")
def test_both_sides_number_their_questions_alike() -> None:
    import re
    from pathlib import Path

    from gossamer.dom import calls

    source = Path(__file__).parents[3].joinpath("wasm/dom/calls.js").read_text(encoding="utf-8")
    numbers = {name: int(n) for name, n in re.findall(r"export const ([A-Z_]+) = (\d+);", source)}

    assert numbers == {name: getattr(calls, name) for name in numbers}
    assert set(numbers.values()) == set(range(15))
    assert ANSWERS.keys() <= set(numbers.values())
