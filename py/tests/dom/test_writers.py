"""Attributes, properties, text, classes, styles and spreads follow their values."""

from collections.abc import Callable

import pytest
from gossamer import (
    AnimatedShow,
    For,
    NodeRef,
    Show,
    Signal,
    component,
    directive,
    effect,
    mount,
    on_cleanup,
    signal,
)
from gossamer.elements import element
from gossamer.errors import HolePlacementError, UnsafeNameError, ViewError
from gossamer.testing.nodes import Element
from gossamer.testing.page import FakePage

type Mount = Callable[[object], FakePage]


def test_an_attribute_is_written_when_it_differs(show: Mount) -> None:
    title, set_title = signal("a")
    page = show(t'<p title={title} lang="{title}-x" id={3}></p>')
    page.writes.clear()

    set_title("a")
    assert page.writes == []

    set_title("b")
    assert page.body.inner_html() == '<p title="b" lang="b-x" id="3"></p>'


def test_none_and_false_take_an_attribute_away_and_true_is_empty(show: Mount) -> None:
    value: Signal[object] = Signal(True)
    page = show(t"<button disabled={value}></button>")

    seen = [page.body.inner_html()]
    for new in (False, "yes", None):
        value.set(new)
        seen.append(page.body.inner_html())

    assert seen == [
        '<button disabled=""></button>',
        "<button></button>",
        '<button disabled="yes"></button>',
        "<button></button>",
    ]


def test_a_property_is_written_each_time(show: Mount) -> None:
    value, set_value = signal("a")
    page = show(t"<input prop:value={value}>")
    page.elements()[0].properties["value"] = "typed"

    set_value("a")

    assert page.elements()[0].properties["value"] == "a"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a  b a", "a b"),
        (["a", None, "b"], "a b"),
        (["a", ("b", False), ("c", True)], "a c"),
        ({"a": True, "b": 0, "c d": 1}, "a c d"),
        ({"a": lambda: True}, "a"),
        (lambda: ["x"], "x"),
    ],
)
def test_a_class_is_text_a_list_or_a_dict(show: Mount, value: object, expected: str) -> None:
    page = show(t"<p class={value}></p>")

    assert page.elements()[0].attributes["class"] == expected


def test_classes_of_all_sources_merge(show: Mount) -> None:
    whole, set_whole = signal("one two")
    active, set_active = signal(True)
    page = show(t'<p class="row {whole}" class:active={active} class:two={active}></p>')
    element = page.elements()[0]

    assert set(element.attributes["class"].split()) == {"row", "one", "two", "active"}

    element.attributes["class"] += " foreign"
    set_whole("three")
    assert set(element.attributes["class"].split()) == {"row", "two", "three", "active", "foreign"}

    set_active(False)
    assert set(element.attributes["class"].split()) == {"row", "three", "foreign"}


@pytest.mark.parametrize("kind", ["toggle", "list", "spread", "component"])
def test_a_class_stays_while_anything_wants_it(show: Mount, kind: str) -> None:
    """S115"""
    on, set_on = signal(True)
    more: Signal[dict[str, object]] = Signal({"class": "on"})

    @component
    def Card() -> object:
        return t'<p class="row on"></p>'

    views: dict[str, object] = {
        "toggle": t'<p class="row on" class:on={on}></p>',
        "list": t'<p class="row on" class:on={on} class:row={on}></p>',
        "spread": t'<p class="row" class:on={True} {(lambda: more() if on() else {})}></p>',
        "component": t"<{Card} class:on={on} class:row={on} />",
    }
    element = show(views[kind]).elements()[0]

    for value in (False, True, False):
        set_on(value)
        assert element.attributes["class"] == "row on"


def test_a_style_gives_way_to_the_one_under_it(show: Mount) -> None:
    """S117"""
    inner: Signal[str | None] = Signal("red")
    outer: Signal[dict[str, object]] = Signal({"style:color": "blue", "style:top": "1px"})

    @component
    def Card() -> object:
        return t'<p style="color: gray; left: 0" style:color={inner}></p>'

    element = show(t"<{Card} { {'style:right': '2px'} } />").elements()[0]
    spread = show(t"<p style:color={inner} {outer}></p>").elements()[1]

    def styles(element: Element) -> set[str]:
        return {part.strip() for part in element.attributes["style"].split(";") if part.strip()}

    assert styles(element) == {"color: red", "left: 0", "right: 2px"}
    assert styles(spread) == {"color: blue", "top: 1px"}

    element.attributes["style"] += " bottom: 3px;"
    outer.set({})
    assert styles(spread) == {"color: red"}

    inner.set(None)
    assert styles(element) == {"color: gray", "left: 0", "right: 2px", "bottom: 3px"}
    assert "style" not in spread.attributes


def test_styles_of_all_sources_merge(show: Mount) -> None:
    color, set_color = signal("red")
    page = show(
        t'<p style="margin: 0; width: {(lambda: 2)}px" style:color={color}></p>'
        t"<p style={ {'--x': 1, 'font_size': '2em', 'top': None} }></p>"
    )
    first, second = page.elements()

    def declarations() -> set[str]:
        return {part.strip() for part in first.attributes["style"].split(";") if part.strip()}

    assert declarations() == {"margin: 0", "color: red", "width: 2px"}
    assert second.attributes["style"] == "--x: 1; font-size: 2em;"

    set_color("")
    assert "color: red" not in declarations()


def test_a_spread_gives_what_stands_in_a_tag(show: Mount) -> None:
    clicks = []
    title, set_title = signal("t")
    attributes = {
        "title": title,
        "class": ["a"],
        "class:b": True,
        "style:color": "red",
        "on:click": lambda: clicks.append(1),
        "data-id": 3,
        "hidden": False,
    }
    page = show(t"<p {attributes}></p>")
    element = page.elements()[0]

    page.fire(element, "click")
    set_title("u")

    assert clicks == [1]
    assert element.attributes == {
        "title": "u",
        "class": "a b",
        "style": "color: red;",
        "data-id": "3",
    }


def test_a_live_spread_takes_away_what_it_no_longer_names(show: Mount) -> None:
    attributes: Signal[dict[str, object]] = Signal({"title": "a", "class": "x"})
    page = show(t"<p {attributes}></p>")

    attributes.set({"lang": "en"})

    assert page.elements()[0].attributes == {"lang": "en"}


@pytest.mark.parametrize(
    "name", ["onclick", "a b", "<", "", "srcdoc", "innerHTML", "x\0", "inner_html"]
)
def test_hostile_names_in_a_spread_are_refused(page: FakePage, name: str) -> None:
    with pytest.raises(UnsafeNameError):
        mount(t"<iframe { {name: 'x'} }></iframe>")

    assert page.body.inner_html() == ""


def test_a_script_url_is_left_out_and_warned_of(show: Mount) -> None:
    url, set_url = signal("/ok")
    page = show(t"<a href={url}>x</a><a href='java{url}'>y</a>")

    set_url(" JAVA\tscript:alert(1)")
    first, second = page.elements()

    assert "href" not in first.attributes
    assert "could run a script" in page.warnings[0]

    set_url("script:alert(1)")
    assert "href" not in second.attributes


def test_textarea_and_title_hold_text(show: Mount) -> None:
    text, set_text = signal("</textarea><b>")
    page = show(t"<textarea>a {text}</textarea>")

    assert page.body.inner_html() == "<textarea>a &lt;/textarea&gt;&lt;b&gt;</textarea>"

    set_text("x")
    assert page.elements()[0].text() == "a x"


def test_inner_html_is_written_as_it_is(show: Mount) -> None:
    markup, set_markup = signal("<b>1</b>")
    page = show(t"<p inner_html={markup}></p>")
    set_markup("<i>2</i>")

    assert page.body.inner_html() == "<p><i>2</i></p>"


def test_an_attribute_of_a_strange_type_is_refused(page: FakePage) -> None:
    with pytest.raises(ViewError, match=r"title=\{…\} of <p> got a list"):
        mount(t"<p title={[1]}></p>")


def test_a_reference_holds_the_element_while_it_is_there(show: Mount) -> None:
    there = Signal(True)
    reference: NodeRef[Element] = NodeRef()
    seen = []
    effect(lambda: seen.append(reference()))
    page = show(lambda: t"<p ref={reference}></p>" if there() else None)
    element = page.elements()[0]

    there.set(False)

    assert seen == [None, element, None]


def test_a_directive_runs_once_with_the_element_and_cleans_up(show: Mount) -> None:
    seen: list[object] = []

    @directive
    def note_me(element: Element, argument: object) -> None:
        seen.append((element.name, argument, element.parent is not None))
        on_cleanup(lambda: seen.append("gone"))

    there = Signal(True)
    show(lambda: t"<p use:note_me={'x'}></p>" if there() else None)
    there.set(False)

    assert seen == [("p", "x", True), "gone"]


def test_attributes_of_a_component_go_to_its_root(show: Mount) -> None:
    clicks = []

    @component
    def Button(label: str) -> object:
        return t'<button class="base">{label}</button>'

    page = show(
        t'<{Button} label="x" class:big={True} on:click={(lambda: clicks.append(1))} '
        t'attr:title="t" />'
    )
    button = page.elements()[0]
    page.fire(button, "click")

    assert clicks == [1]
    assert button.attributes == {"class": "base big", "title": "t"}


@pytest.mark.parametrize(
    "view",
    [
        lambda on, rows: t"<p></p><b>x</b> <i></i>",
        lambda on, rows: For(rows, children=lambda _: t"<p></p>"),
        lambda on, rows: For(rows, children=lambda _: [t"<p></p>", "text"]),
        lambda on, rows: Show(on, t"<p></p><b></b>"),
        lambda on, rows: [t"<p></p>", lambda: t"<b></b>" if on() else None],
        lambda on, rows: t"text <!-- comment --><b></b>{Show(on, For(rows, children=t'<p></p>'))}",
        lambda on, rows: AnimatedShow(on, t"<p></p><b></b>"),
    ],
)
def test_attributes_of_a_component_go_to_all_of_its_roots(
    show: Mount, view: Callable[[Signal[bool], Signal[list[int]]], object]
) -> None:
    """S126"""
    on, rows, title = Signal(True), Signal([1, 2]), Signal("t")

    @component
    def Card() -> object:
        return view(on, rows)

    page = show(t"<{Card} class:big={True} attr:title={title} />")

    def given() -> set[tuple[str, str]]:
        return {(e.attributes["class"], e.attributes["title"]) for e in page.elements()}

    assert given() == {("big", "t")}

    rows.set([3, 2])
    title.set("u")
    on.set(False)
    on.set(True)
    rows.set([4, 3])
    assert given() == {("big", "u")}
    assert len(page.elements()) >= 2


# Addresses as properties


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("a", "href"),
        ("area", "href"),
        ("form", "action"),
        ("button", "formAction"),
        ("input", "formAction"),
        ("iframe", "src"),
        ("embed", "src"),
        ("object", "data"),
        ("base", "href"),
        ("x-link", "href"),
    ],
)
@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " \tjava\nscript:alert(1)", "VBSCRIPT:x", "data:text/html,x"]
)
def test_a_property_takes_no_url_that_its_attribute_would_not(
    show: Mount, tag: str, name: str, url: str
) -> None:
    """S5, S6: written out, in a spread, and as a component's attribute."""

    @component
    def Root() -> object:
        return element(tag)()

    live = Signal("/fine")
    hostile = {f"prop:{name}": url}
    page = show(
        [
            element(tag)(hostile),
            t"<i>{element(tag)({f'prop:{name}': live})}</i>",
            t"<{Root} {hostile} />",
        ]
    )
    live.set(url)

    found = [each for each in page.elements() if each.name == tag]
    assert [each.properties.get(name) for each in found] == [None, "/fine", None]
    assert ("no_attribute", found[1], name.lower()) in page.writes
    assert len(page.warnings) == 3


def test_an_object_cannot_stand_for_a_url(show: Mount) -> None:
    class Late:
        def __str__(self) -> str:
            return "javascript:alert(1)"

    with pytest.raises(ViewError, match=r"prop:href=.* of <a> got a Late"):
        mount(t"<a prop:href={Late()}></a>")
    page = show(t"<x-box prop:value={Late}></x-box>")

    assert page.warnings == []


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("div", "innerHTML"),
        ("div", "outerHTML"),
        ("iframe", "srcdoc"),
        ("div", "onclick"),
        ("div", "__proto__"),
        ("a", "protocol"),
        ("meta", "httpEquiv"),
        ("script", "textContent"),
        ("animate", "values"),
    ],
)
def test_a_property_that_runs_its_value_is_refused(page: FakePage, tag: str, name: str) -> None:
    """S8, S10"""

    @component
    def Root() -> object:
        return element(tag)()

    hostile = {f"prop:{name}": "x"}

    with pytest.raises((UnsafeNameError, HolePlacementError)):
        mount(element(tag)(hostile))
    mount(t"<{Root} {hostile} />")

    assert page.elements() == []
    assert "UnsafeNameError" in page.reports[0]
