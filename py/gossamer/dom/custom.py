"""Components as custom elements: a tag that any HTML page can write."""

import re
from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.calls import (
    ATTRIBUTE,
    DEFAULT,
    DRAW,
    ENTER,
    GET,
    LEAVE,
    SET,
    Answering,
    run_for,
    set_answers,
)
from gossamer.dom.handles import give_back, take
from gossamer.dom.mount import Mounted, begin
from gossamer.dom.portal import Target
from gossamer.dom.values import to_value
from gossamer.dom.warnings import warn
from gossamer.errors import ElementError
from gossamer.reactive import Owner, Signal, on_cleanup, provide_context, render_effect
from gossamer.values import shown, type_of
from gossamer.view.component import Component
from gossamer.view.element_props import ElementProp, Read, props_of
from gossamer.view.text import text_of

_TAG = re.compile(r"[a-z][a-z0-9._]*-[a-z0-9._-]*\Z")


class Definition:
    """What a tag stands for."""

    __slots__ = ("by_attribute", "by_property", "component", "form", "is_light", "props", "tag")

    def __init__(self, tag: str, component: Component[...], form: str, *, is_light: bool) -> None:
        self.tag = tag
        self.component = component
        self.is_light = is_light
        self.props = props_of(component)
        self.by_attribute = {prop.attribute: prop for prop in self.props}
        self.by_property = {prop.property: prop for prop in self.props}
        self.form = next((prop for prop in self.props if prop.name == form), None)
        if form and self.form is None:
            raise ElementError(
                f"<{tag}> cannot send {form!r} with a form.",
                why=f"{component.name} has no such prop.",
                fix=f"Name one of {', '.join(component.names) or 'its props, once it has some'}.",
            )


class CustomElement:
    """The custom element that a component draws; below it `expect_context(CustomElement)` is it.

    >>> from gossamer import CustomElement, component, define_element, expect_context
    >>> @component
    ... def Rating(value: int = 0):
    ...     custom = expect_context(CustomElement)
    ...     def rate():
    ...         value.set(5)
    ...         custom.emit("rated", value())
    ...     return t"<button on:click={rate}>{value} of 5</button>"
    >>> define_element("x-rating", Rating)
    >>> rating = page.add("x-rating")
    >>> page.fire(page.inside(rating).children[0], "click").type
    'click'
    >>> page.emitted
    [('x-rating', 'rated', 5)]
    >>> page.take_out(rating)
    """

    __slots__ = ("number", "owner", "tag")

    def __init__(self, tag: str, number: int) -> None:
        self.tag = tag
        self.number = number
        self.owner = Owner(None)
        self.owner.name = f"<{tag}>"

    @property
    def element(self) -> Any:
        """The element itself, as the page knows it; None once it has left."""
        return verbs.element(self.number) if self.number else None

    def emit(
        self, name: str, detail: object = None, *, bubbles: bool = True, cancelable: bool = False
    ) -> bool:
        """Send an event to the page; False when a listener has called `preventDefault()`."""
        if not self.number:
            return True
        made = self.lend(detail, f"The event {name} of <{self.tag}>")
        return verbs.emit(self.number, name, made, bubbles, cancelable)

    def lend(self, value: object, what: str) -> object:
        """A value for the page; functions in it answer as long as the element is there."""
        made, lease = to_value(value, what)
        if lease is not None:
            self.owner.on_cleanup(lease.end)
        return made

    def leave(self) -> None:
        """Be no element of the page any more."""
        number, self.number = self.number, 0
        give_back(number, 1)


class Drawn:
    """A custom element with the props it has and the view that it shows."""

    __slots__ = ("custom", "definition", "mounted", "signals")

    def __init__(self, definition: Definition, number: int) -> None:
        self.definition = definition
        self.custom = CustomElement(definition.tag, number)
        self.mounted: Mounted | None = None
        self.signals = {prop.name: Signal(prop.default) for prop in definition.props}

    def draw(self) -> None:
        """Show the component."""
        definition = self.definition
        provide_context(self.custom)
        place = Target(self.custom.element, use_shadow=not definition.is_light)
        self.mounted = Mounted(self.custom.owner, place)
        props: dict[str, object] = dict(self.signals)
        if "children" in definition.component.names:
            props["children"] = t"<slot ref={self.lodge}></slot>" if definition.is_light else _SLOT
        if definition.form is not None:
            render_effect(self.show_form_value)
        place.slot.fill(definition.component(**props))

    def lodge(self, slot: object) -> None:
        """Let the page's own children stand in the slot as long as it is there."""
        number = self.custom.number
        verbs.lodge(number, slot, True)  # noqa: FBT003 - a verb has no keywords
        on_cleanup(lambda: verbs.lodge(number, slot, False))  # noqa: FBT003 - likewise

    def show_form_value(self) -> None:
        """Keep what a form sends in step with its prop."""
        prop = self.definition.form
        if prop is not None:
            value = self.signals[prop.name]()
            verbs.form_value(self.custom.number, None if value is None else text_of(value))

    def take(self, prop: ElementProp, read: Read, given: object, what: str) -> None:
        """Write a prop; what cannot be read as its type is told, and the default stands."""
        try:
            value = read(given)
        except (TypeError, ValueError) as error:
            warn(
                f"{what} of <{self.definition.tag}> is no {prop.kind.name}: {shown(given)}.\n"
                f"Why: {error}.\n"
                f"Fix: write one, or leave it out; until then it is {shown(prop.default)}."
            )
            value = prop.default
        self.signals[prop.name].set(value)

    def get(self, prop: ElementProp) -> object:
        """A prop's value for the page."""
        return self.custom.lend(self.signals[prop.name].peek(), f"The property {prop.property}")

    def leave(self) -> None:
        """Take the view away and free all that was made for it."""
        if self.mounted is not None:
            self.mounted.unmount()
        self.custom.owner.dispose()
        self.custom.leave()


_SLOT = t"<slot></slot>"
_definitions: list[Definition] = []
_drawn: dict[int, Drawn] = {}


def enter(number: int, _name: str, element: object) -> int:
    """Know an element of the page; the number that it is named by from now on."""
    handle = take(1)
    verbs.adopt(handle, element)
    _drawn[handle] = Drawn(_definitions[number], handle)
    return handle


def draw(number: int, _name: str, _value: object) -> None:
    """Show the component in an element whose props are known."""
    found = _drawn[number]
    run_for(found.custom.owner, found.draw)


def leave(number: int, _name: str, _value: object) -> None:
    """Let go of an element and of all that was made for it."""
    _drawn.pop(number).leave()


def read_attribute(number: int, name: str, text: str | None) -> None:
    """Take the new text of an attribute; None when it has gone."""
    found = _drawn[number]
    prop = found.definition.by_attribute[name]
    run_for(found.custom.owner, found.take, prop, prop.from_text, text, f"The attribute {name}")


def set_property(number: int, name: str, value: object) -> None:
    """Take what a property was set to."""
    found = _drawn[number]
    prop = found.definition.by_property[name]
    run_for(found.custom.owner, found.take, prop, prop.from_value, value, f"The property {name}")


def get_property(number: int, name: str, _value: object) -> object:
    """What a property is now."""
    found = _drawn[number]
    return run_for(found.custom.owner, found.get, found.definition.by_property[name])


def default_property(number: int, name: str, text: str | None) -> object:
    """What a property is while its element does not stand in the page."""
    prop = _definitions[number].by_property[name]
    try:
        value = prop.from_text(text)
    except TypeError, ValueError:
        value = prop.default  # it will be told when the element comes into the page
    return to_value(value, f"The property {name}")[0]


_ANSWERS: dict[int, Answering] = {
    ENTER: enter,
    DRAW: draw,
    LEAVE: leave,
    ATTRIBUTE: read_attribute,
    SET: set_property,
    GET: get_property,
    DEFAULT: default_property,
}


def define_element(
    tag: str,
    component: Component[...],
    *,
    shadow: bool = True,
    styles: str = "",
    form: str = "",
) -> None:
    """Make a component a custom element, which any HTML page can write as a tag.

    Its props are the element's attributes and properties, by the annotations: `step_size: int`
    is the attribute `step-size` and the property `stepSize`. Each arrives as a `Signal`, so it is
    live, and what the component writes the page reads. `children` is where the element's own
    children are shown.

    >>> from gossamer import component, define_element
    >>> @component
    ... def Stepper(value: int = 0, step_size: int = 1):
    ...     def add():
    ...         value.update(lambda old: old + step_size())
    ...     return t"<button on:click={add}>{value}</button>"
    >>> define_element("x-stepper", Stepper)
    >>> stepper = page.add("x-stepper", {"value": "3", "step-size": "2"})
    >>> page.inside(stepper).inner_html()
    '<button>3</button>'
    >>> page.set_attribute(stepper, "value", "10")
    >>> page.inside(stepper).inner_html()
    '<button>10</button>'
    >>> page.take_out(stepper)

    Elements that are in the page already are drawn at once. One that leaves the page is freed,
    and begins anew with its properties when it comes back; a move is no leaving.

    Args:
        tag: a name with a dash, in lower case.
        component: what draws the element.
        shadow: whether it is drawn in a shadow root; else it stands among the page's own nodes.
        styles: CSS for the shadow root, or for the page.
        form: the prop that a form sends under the element's `name`.

    Raises:
        ElementError: the tag is none, or is taken; or there is no such prop.
    """
    if not isinstance(component, Component):
        raise ElementError(
            f"<{tag}> got {type_of(component)} instead of a component.",
            why="A component's props are what the attributes of the tag are read by.",
            fix="Put @component over the function.",
        )
    if not _TAG.match(tag):
        raise ElementError(
            f"{shown(tag)} is no name for a custom element.",
            why="Its name begins with a letter, has a dash and no upper case, as HTML asks.",
            fix='Choose one such as "x-counter".',
        )
    begin()
    set_answers(_ANSWERS)
    definition = Definition(tag, component, form, is_light=not shadow)
    _definitions.append(definition)
    texts = [prop.attribute for prop in definition.props if prop.kind.from_text is not None]
    properties = [prop.property for prop in definition.props]
    sent = definition.form.property if definition.form is not None else ""
    number = len(_definitions) - 1
    known = " ".join(texts), " ".join(properties)
    if not verbs.define_element(number, tag, *known, not shadow, sent, styles):
        raise ElementError(
            f"<{tag}> is defined already.",
            why="A page can define a tag once, and it cannot take that back.",
            fix="Choose another name, or load the page again.",
        )
    verbs.announce(0)
