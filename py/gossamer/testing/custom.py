"""Custom elements and lent functions of the test page, as `wasm/dom/custom.js` has them."""

from collections.abc import Callable, Mapping
from typing import Any

from gossamer.dom.calls import ATTRIBUTE, CALL, DEFAULT, DRAW, ENTER, GET, LEAVE, SET
from gossamer.testing.handles import Handles
from gossamer.testing.nodes import Branch, Element, Node

type Answer = Callable[[int, int, str, Any], object]


class Definition:
    """What the page knows of a tag."""

    def __init__(self, number: int, attributes: str, properties: str, *, is_light: bool) -> None:
        self.number = number
        self.attributes = attributes.split()
        self.properties = properties.split()
        self.is_light = is_light


class CustomElements(Handles):
    """The part of a page that knows which tags Python draws."""

    body: Element

    def __init__(self) -> None:
        super().__init__()
        self.emitted: list[tuple[str, str, object]] = []
        self.form_values: dict[Element, str | None] = {}
        self._answer: Answer = lambda what, number, name, value: None
        self._definitions: dict[str, Definition] = {}
        self.drawn: dict[Element, int] = {}
        self._kept: dict[Element, list[Node]] = {}

    # --- what Python calls ---

    def on_call(self, answer: Answer) -> None:
        """Take the function that answers for Python."""
        self._answer = answer

    def callback(self, number: int) -> Callable[..., object]:
        """A function of the page that calls the one behind a number."""
        return lambda *values: self._answer(CALL, number, "", list(values))

    def define_element(
        self,
        number: int,
        tag: str,
        attributes: str,
        properties: str,
        is_light: bool,
        form: str,
        css: str,
    ) -> bool:
        """Make a tag known; what bears it already is drawn at once."""
        if tag in self._definitions:
            return False
        self._definitions[tag] = Definition(number, attributes, properties, is_light=is_light)
        for node in list(self.body.walk()):
            if isinstance(node, Element) and node.name == tag:
                self._draw(node)
        return True

    def emit(self, handle: int, name: str, detail: object, bubbles: bool, cancelable: bool) -> bool:
        """Note an event that a custom element sends."""
        self.emitted.append((self.nodes[handle].name, name, detail))
        return True

    def form_value(self, handle: int, text: str | None) -> None:
        """Note what a form would send."""
        element = self.nodes[handle]
        assert isinstance(element, Element)
        self.form_values[element] = text

    def lodge(self, handle: int, slot: object, is_there: bool) -> None:
        """Put the children that an element had into a slot, or keep them again."""
        element = self.nodes[handle]
        assert isinstance(element, Element) and isinstance(slot, Element)
        if is_there:
            for child in self._kept[element]:
                slot.insert(child, None)
        else:
            self._kept[element] = list(slot.children)
            for child in self._kept[element]:
                child.detach()

    # --- what tests call ---

    def add(self, tag: str, attributes: Mapping[str, str] | None = None) -> Element:
        """Put an element at the end of the body, as a page would."""
        made = Element(tag)
        made.attributes = dict(attributes or {})
        self.body.insert(made, None)
        if tag in self._definitions:
            self._draw(made)
        return made

    def take_out(self, element: Element) -> None:
        """Take a custom element out of the page for good."""
        element.detach()
        self._answer(LEAVE, self.drawn.pop(element), "", None)
        for child in self._kept.pop(element, ()):
            element.insert(child, None)

    def inside(self, element: Element) -> Branch:
        """Where a custom element is drawn: its shadow root, or itself."""
        shadow = element.properties.get("shadow", element)
        assert isinstance(shadow, Branch)
        return shadow

    def set_attribute(self, element: Element, name: str, value: str | None) -> None:
        """Write an attribute as a page would; None takes it away."""
        if value is None:
            element.attributes.pop(name, None)
        else:
            element.attributes[name] = value
        if name in self._definitions[element.name].attributes:
            self._answer(ATTRIBUTE, self.drawn[element], name, value)

    def set_property(self, element: Element, name: str, value: object) -> None:
        """Set a property as a page would."""
        self._answer(SET, self.drawn[element], name, value)

    def get_property(self, element: Element, name: str) -> object:
        """Read a property as a page would, also of an element that is nowhere."""
        if element in self.drawn:
            return self._answer(GET, self.drawn[element], name, None)
        attribute = "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
        number = self._definitions[element.name].number
        return self._answer(DEFAULT, number, name, element.attributes.get(attribute))

    def _draw(self, element: Element) -> None:
        definition = self._definitions[element.name]
        if definition.is_light:
            self._kept[element] = list(element.children)
            for child in self._kept[element]:
                child.detach()
        handle = self._answer(ENTER, definition.number, "", element)
        assert isinstance(handle, int)
        self.drawn[element] = handle
        for name in definition.attributes:
            if name in element.attributes:
                self._answer(ATTRIBUTE, handle, name, element.attributes[name])
        self._answer(DRAW, handle, "", None)
