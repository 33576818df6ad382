"""What stands in a component's tag becomes its props (C83, C92, C95)."""

import sys
from string.templatelib import Template
from typing import Any, cast

import pytest
from gossamer import Signal, component, mount, signal
from gossamer.elements import p
from gossamer.errors import PropError, TemplateSyntaxError
from gossamer.template import shape_of
from gossamer.testing.page import FakePage
from gossamer.view.component import ComponentView
from gossamer.view.kinds import Partial
from gossamer.view.props import view_of_hole
from gossamer.view.text import values_of


def view_of(template: Template) -> Any:
    """The view of the one component in a template."""
    (hole,) = shape_of(template.strings).holes
    return view_of_hole(hole, values_of(template))


def props_of(template: Template) -> dict[str, object]:
    view = view_of(template)
    assert type(view) is ComponentView
    return view.props


@component
def Any_(**props: object) -> object:
    return props


@component
def Card(title: object = "", children: object = None) -> object:
    return (title, children)


@component
def Field(class_: str = "", for_: str = "", type_: str = "", attrs: object = None) -> object:
    return (class_, for_, type_, attrs)


def Forgotten(title: str) -> object:
    return title


def Forgiving(title: str = "") -> object:
    return t"<b>{title}</b>"


class Names(str):
    """A name whose text lies."""

    __slots__ = ()

    def __str__(self) -> str:
        return "title"


@pytest.mark.parametrize(
    ("template", "what"),
    [
        (t"<{Forgotten} title='x' />", "<{Forgotten}> got a function instead of a component."),
        (t"<{'div'} />", "<{…}> got a str instead of a component."),
        (t"<{None} />", "<{…}> got a NoneType instead of a component."),
        (t"<{Card()} />", "<{…}> got a ComponentView instead of a component."),
        (t"<{Forgotten} {[1]} />", "{…} in <{Forgotten}> got a list."),
        (t"<{Card} {[1]} />", "{…} in <{Card}> got a list."),
        (t"<{Card} {None} />", "{…} in <{Card}> got a NoneType."),
        (t"<{Card} { {1: 2} } />", "{…} in <{Card}> got a dict."),
        (t"<{Card} title='a {[1]}' />", "The text of the prop `title` got a list."),
        (t"<{Card} titel='x' />", "Card has no prop `titel`."),
        (t"<{Card} { {'ti-tle': 1} } />", "Card has no prop `ti_tle`."),
        (t"<{Field} attrs={'x'} on:click={len} />", "attrs of Field got a str."),
        (t"<{Field} attrs={[('a', 'b')]} on:click={len} />", "attrs of Field got a list."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_component_or_no_prop_is_named(template: Template, what: str) -> None:
    with pytest.raises(PropError) as caught:
        view_of(template)

    assert caught.value.what == what
    assert caught.value.why.endswith(".")


@pytest.mark.parametrize(
    ("template", "what"),
    [
        (t"<{Card}>x</{Field}>", "<{Card}> is closed by </{Field}>."),
        (t"<{Card}><{Any_}>x</{Card}></{Any_}>", "<{Card}> is closed by </{Any_}>."),
        (t"<{Card}>x</{'Card'}>", "<{Card}> is closed by </{…}>."),
        (t"<{Forgiving}></{Forgotten}>", "<{Forgiving}> is closed by </{Forgotten}>."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_end_tag_names_its_own_component(template: Template, what: str) -> None:
    with pytest.raises(TemplateSyntaxError) as caught:
        view_of(template)

    assert caught.value.what == what


@pytest.mark.parametrize(
    ("template", "props"),
    [
        (t"<{Any_} />", {}),
        (t"<{Any_} a='x' b c='&lt;' />", {"a": "x", "b": True, "c": "<"}),
        (t"<{Any_} n={1} items={[1]} f={len} />", {"n": 1, "items": [1], "f": len}),
        (t"<{Any_} data-user-id={1} />", {"data_user_id": 1}),
        (t"<{Any_} title='a {1} b {'c'}{None}{True}' />", {"title": "a 1 b c"}),
        (t"<{Any_} price={2.5:.2f} name={'x'!r} />", {"price": "2.50", "name": "'x'"}),
        (t"<{Any_} { {'a': 1, 'b-c': 2} } d={3} />", {"a": 1, "b_c": 2, "d": 3}),
        (t"<{Any_} a={1} { {'a': 2} } { {'a': 3} } />", {"a": 3}),
        (t"<{Any_} { {Names('tone'): 1} } />", {"tone": 1}),
        (t"<{Field} class='a' for='b' type={'c'} />", {"class_": "a", "for_": "b", "type_": "c"}),
        (t"<{Field} { {'class': 'a'} } />", {"class_": "a"}),
        (t"<{Field} class_='a' />", {"class_": "a"}),
        (t"<{Any_} class='x' class_='y' />", {"class": "x", "class_": "y"}),
    ],
    ids=lambda value: repr(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_the_attributes_of_its_tag_are_its_props(
    template: Template, props: dict[str, object]
) -> None:
    assert props_of(template) == props
    assert all(type(name) is str for name in props_of(template))


def test_text_with_a_live_value_is_live() -> None:
    name, set_name = signal("Ada")
    title = cast("Any", props_of(t"<{Card} title='Hello {name}, {1}' />")["title"])

    seen = [title()]
    set_name("Bo")
    seen.append(title())

    assert seen == ["Hello Ada, 1", "Hello Bo, 1"]


def test_one_value_between_the_tags_is_the_children_as_they_are() -> None:
    def row(item: object) -> object:
        return item

    assert props_of(t"<{Card}>{row}</{Card}>") == {"children": row}
    assert props_of(t"<{Card}>\n  {row}\n</{Card}>") == {"children": row}
    assert props_of(t"<{Card}></{Card}>") == {}


def test_markup_between_the_tags_is_a_part_of_the_template() -> None:
    template = t"<{Card} title={1}><p>{2}</p>{3}</{Card}>"
    children = props_of(template)["children"]

    assert isinstance(children, Partial)
    assert children.shape.markup == "<p><!></p><!>"
    assert [children.values[hole.first] for hole in children.shape.holes] == [2, 3]


def test_named_views_are_slots() -> None:
    props = props_of(t"<{Any_} header={t'<h1></h1>'} row={(lambda n: t'<p>{n}</p>')} />")

    assert isinstance(props["header"], Template)
    assert callable(props["row"])


@pytest.mark.parametrize(
    ("template", "attributes"),
    [
        (t"<{Card} />", None),
        (t"<{Card} class:on={True} />", {"class:on": True}),
        (t"<{Card} on:click={len} attr:title='x' />", {"on:click": len, "title": "x"}),
        (t"<{Card} attr:data-x='a {1}' />", {"data-x": "a 1"}),
        (t"<{Card} { {'attr:lang': 'en', 'style:color': 'red'} } />",
         {"lang": "en", "style:color": "red"}),
    ],
    ids=lambda value: repr(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_prefixed_names_are_for_the_root_elements(template: Template, attributes: object) -> None:
    view = view_of(template)

    assert view.attributes == attributes
    assert view.props == {}


def test_a_component_with_attrs_takes_them_itself() -> None:
    view = view_of(t"<{Field} attrs={ {'id': 'a', 'lang': 'en'} } attr:id='b' on:click={len} />")

    assert view.props == {"attrs": {"id": "b", "lang": "en", "on:click": len}}
    assert view.attributes is None
    assert view_of(t"<{Field} attr:id='b' />").props == {"attrs": {"id": "b"}}
    assert view_of(t"<{Field} attrs='x' />").props == {"attrs": "x"}


def test_a_callable_gives_the_component_to_show() -> None:
    chosen: Signal[object] = Signal(Card)
    read = view_of(t"<{chosen} title='x' />")

    assert callable(read)
    assert repr(read()) == "Card(title='x')"

    chosen.set(Any_)
    assert repr(read()) == "Any_(title='x')"

    chosen.set(None)
    assert read() is None


@pytest.mark.parametrize(
    ("template", "what"),
    [
        (t"<{Forgiving} title='x' />", "<{Forgiving}> has props, but gave a Template instead of a"),
        (t"<{Forgiving} on:click={len} />", "<{Forgiving}> has props, but gave a Template"),
        (t"<{Forgiving}>x</{Forgiving}>", "<{Forgiving}> has props, but gave a Template"),
        (t"<{p} id='x' />", "<{…}> has props, but gave an Element instead of a component."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_props_are_not_dropped_silently(template: Template, what: str) -> None:
    read = view_of(template)

    with pytest.raises(PropError) as caught:
        read()

    assert caught.value.what.startswith(what)


def test_a_callable_without_props_may_give_any_view() -> None:
    view = view_of(t"<{Forgiving} />")()

    assert isinstance(view, Template)


def test_a_wrong_prop_is_told_with_the_place_of_its_tag(page: FakePage) -> None:
    line = sys._getframe().f_lineno
    with pytest.raises(PropError, match="Card has no prop `titel`") as caught:
        mount(t"""
            <p></p>
            <{Card} titel="x" />
        """)

    assert caught.value.__notes__ == [f"At: <{{…}}> ({__file__}, line {line + 4}, column 14)"]
    assert page.body.inner_html() == ""
