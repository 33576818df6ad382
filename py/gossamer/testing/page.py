"""The DOM verbs over plain Python nodes: the browser's side of the bridge, for tests."""

from collections.abc import Awaitable, Callable
from typing import Any

from gossamer.testing.adopting import taken_by
from gossamer.testing.builds import Builds
from gossamer.testing.controls import Controls
from gossamer.testing.custom import CustomElements
from gossamer.testing.events import Event
from gossamer.testing.forms import Forms
from gossamer.testing.hydrating import Hydrating
from gossamer.testing.motion import Motion
from gossamer.testing.nodes import Branch, Comment, Element, Node, Text, parse

_STAYING = frozenset(
    (
        "blur", "cancel", "close", "focus", "invalid", "load", "mouseenter", "mouseleave",
        "pointerenter", "pointerleave", "scroll", "toggle",
    )
)  # fmt: skip
"""Events that do not bubble."""


async def _arrived(module: object) -> object:
    return module


class FakePage(Controls, Motion, CustomElements, Forms, Builds, Hydrating):
    """A page whose verbs do what `wasm/dom` does, and which counts what it writes."""

    def __init__(self) -> None:
        super().__init__()
        self.html = Element("html")
        self.head = Element("head")
        self.body = Element("body")
        self.title = "Test"
        self.reports: list[str] = []
        self.warnings: list[str] = []
        self.js_modules: dict[str, object] = {}
        self.ready = False
        self._prototypes: dict[int, tuple[Branch, list[int], list[tuple[int, str, int]]]] = {}
        self._dispatch: Callable[[int], None] = lambda number: None
        self._event: Event | None = None

    # --- what Python calls ---

    def on_event(self, dispatch: Callable[[int], None]) -> None:
        """Take the function that events call."""
        self._dispatch = dispatch

    def event_now(self) -> Event | None:
        """The event that is being answered."""
        return self._event

    def on_flush(self, flush: Callable[[], None]) -> None:
        """Take the function that runs queued work."""
        self._flush = flush

    def schedule(self) -> None:
        """Run queued work at once: there are no microtasks here."""
        self._flush()

    def on_tidy(self, tidy: Callable[[], None]) -> None:
        """Take the function that frees memory."""
        self._tidy = tidy

    def module(self, name: str) -> Awaitable[object] | None:
        """The object that a test has put in place of a JavaScript module."""
        return _arrived(self.js_modules[name]) if name in self.js_modules else None

    def tidy_later(self) -> None:
        """Free memory at once: no visitor waits here."""
        self._tidy()

    def adopt(self, handle: int, node: object) -> None:
        """Give a node a number."""
        assert isinstance(node, Node)
        self.nodes[handle] = node

    def find(self, handle: int, selector: str) -> bool:
        """Find the body, what is around it, or an element by its id."""
        around: dict[str, Element] = {
            "": self.body,
            "body": self.body,
            "head": self.head,
            "html": self.html,
        }
        found: Element | None = around.get(selector)
        if found is None:
            name = selector.removeprefix("#")
            found = next((e for e in self.elements() if e.attributes.get("id") == name), None)
        if found is not None:
            self.nodes[handle] = found
        return found is not None

    def element(self, handle: int) -> object:
        """The element itself."""
        return self.nodes[handle]

    def sibling(self, handle: int, before: int, distance: int) -> None:
        """Give a node so many siblings on a number."""
        node: Node | None = self.nodes[before]
        for _ in range(distance):
            node = node and node.next
        assert isinstance(node, Element)
        self.nodes[handle] = node

    def release(self, base: int, count: int) -> None:
        """Forget numbers."""
        for handle in range(base, base + count):
            self.nodes.pop(handle, None)

    def define(self, number: int, markup: str, namespace: str, steps: str, events: str) -> None:
        """Parse a template; its placeholders become empty text nodes."""
        fragment = parse(markup, namespace)
        walk = [int(step) for step in steps.split(",")]
        for node, is_text in taken_by(fragment, walk):
            if is_text:
                assert isinstance(node, Comment) and node.parent is not None
                node.parent.insert(Text(""), node)
                node.detach()
        listeners = []
        for entry in events.split(",") if events else ():
            index, _, rest = entry.partition(":")
            name, _, flags = rest.rpartition(":")
            listeners.append((int(index), name, int(flags)))
        self._prototypes[number] = (fragment, walk, listeners)

    def clone(self, number: int, base: int, events: int, texts: str | None) -> None:
        """Make an instance of a template."""
        fragment, walk, _ = self._prototypes[number]
        parts = iter(texts.split("\x1f")) if texts is not None else None
        handle = base
        for node, is_text in taken_by(fragment.copy(), walk):
            if is_text and parts is not None:
                assert isinstance(node, Text)
                node.data = next(parts)
            self.nodes[handle] = node
            handle += 1
        self.hear_all(number, base, events)

    def rows(
        self,
        number: int,
        count: int,
        first: int,
        bases: str | None,
        events: int,
        stride: int,
        before: int,
        texts: str | None,
    ) -> None:
        """Make many instances before a node."""
        _, walk, _ = self._prototypes[number]
        size = sum(step <= -2 for step in walk)
        places = sum(step == -3 for step in walk)
        parts = texts.split("\x1f") if texts is not None else []
        starts = (
            [int(base) for base in bases.split(",")]
            if bases
            else range(first, first + count * size, size)
        )
        for row, base in enumerate(starts):
            own = parts[row * places : row * places + places]
            self.clone(number, base, events + row * stride, "\x1f".join(own) if parts else None)
            nodes = [self.nodes[handle] for handle in range(base, base + size)]
            root = nodes[0].parent
            assert root is not None
            for node in list(root.children):
                self.writes.append(("insert", node))
                self._parent(before).insert(node, self.nodes[before])

    def text_node(self, handle: int, before: int, text: str) -> None:
        """Make a text node before another node."""
        made = Text(text)
        self.nodes[handle] = made
        if before:
            self._parent(before).insert(made, self.nodes[before])

    def insert(self, start: int, end: int, before: int) -> None:
        """Put a range before a node."""
        parent = self._parent(before)
        for node in self._range(start, end):
            self.writes.append(("insert", node))
            parent.insert(node, self.nodes[before])

    def append(self, start: int, end: int, parent: int) -> None:
        """Put a range at the end of an element."""
        into = self.nodes[parent]
        assert isinstance(into, Branch)
        for node in self._range(start, end):
            into.insert(node, None)

    def move(self, start: int, end: int, before: int) -> None:
        """Move a range before a node."""
        parent = self._parent(before)
        for node in self._range(start, end):
            self.writes.append(("move", node))
            parent.insert(node, self.nodes[before])

    def park(self, start: int, end: int) -> None:
        """Keep a range out of the page."""
        fragment = Branch()
        for node in self._range(start, end):
            self.writes.append(("park", node))
            fragment.insert(node, None)

    def unpark(self, start: int, end: int, before: int) -> None:
        """Put a parked range before a node."""
        self.insert(start, end, before)

    def remove(self, start: int, end: int) -> None:
        """Take a range out."""
        if self.nodes[start].parent is None:
            return
        for node in self._range(start, end):
            self.writes.append(("remove", node))
            node.detach()

    def text(self, handle: int, value: str) -> None:
        """Write a text node."""
        node = self.nodes[handle]
        assert isinstance(node, Text)
        self.writes.append(("text", node, value))
        node.data = value

    def content(self, handle: int, value: str) -> None:
        """Write the whole text of an element."""
        self._element(handle).set_text(value)

    def attribute(self, handle: int, name: str, value: str) -> None:
        """Write an attribute."""
        self.writes.append(("attribute", self.nodes[handle], name, value))
        self._element(handle).attributes[name] = value

    def no_attribute(self, handle: int, name: str) -> None:
        """Take an attribute away."""
        self.writes.append(("no_attribute", self.nodes[handle], name))
        self._element(handle).attributes.pop(name, None)

    def property(self, handle: int, name: str, value: object) -> None:
        """Write a property."""
        self.writes.append(("property", self.nodes[handle], name, value))
        self._element(handle).properties[name] = value

    def classes(self, handle: int, removed: str, added: str) -> None:
        """Change class names."""
        element = self._element(handle)
        self.writes.append(("classes", element, removed, added))
        element.dress(removed.split(), added.split())

    def style(self, handle: int, source: int, name: str, value: str) -> None:
        """Write what one source says of a style property."""
        element = self._element(handle)
        self.writes.append(("style", element, name, value))
        element.say_style(source, name, value)

    def inner_html(self, handle: int, value: str) -> None:
        """Write trusted markup."""
        element = self._element(handle)
        for child in list(element.children):
            child.detach()
        for child in list(parse(value).children):
            element.insert(child, None)

    def attribute_now(self, handle: int, name: str) -> str | None:
        """What an attribute is."""
        return self._element(handle).attributes.get(name)

    def entitle(self, title: str | None) -> None:
        """Write the title; None gives back the page's own."""
        self.title = "Test" if title is None else title

    def make(self, handle: int, tag: str) -> None:
        """Make an element."""
        self.nodes[handle] = Element(tag)

    def enter_head(self, handle: int) -> None:
        """Put an element at the end of the head."""
        self.head.insert(self.nodes[handle], None)

    def listen(self, handle: int, name: str, number: int, flags: int) -> None:
        """Let a handler answer."""
        key = f"{name}!c" if flags & 1 else name
        self._element(handle).handlers.setdefault(key, []).append(number)

    def root(self, handle: int) -> None:
        """Handle events from here on: every fake element does."""

    def no_root(self, handle: int) -> None:
        """Handle events no more."""

    def shadow(self, handle: int, host: int) -> None:
        """The shadow root of an element: a fragment of its own."""
        self.nodes[handle] = self._element(host).properties.setdefault("shadow", Branch())  # type: ignore[assignment]

    def announce(self, handle: int) -> None:
        """Say that an app stands; what a build has written in its place goes."""
        if handle:
            self.unveil(handle)
        self.ready = True

    def report(self, message: str) -> None:
        """Write an error."""
        self.reports.append(message)

    def warn(self, message: str) -> None:
        """Write a warning."""
        self.warnings.append(message)

    # --- what tests call ---

    def elements(self) -> list[Element]:
        """All elements of the page, in document order."""
        return [node for node in self.body.walk() if isinstance(node, Element)]

    def fire(self, target: Element, name: str, **properties: Any) -> Event:
        """Send an event to an element as a browser would: down, then up."""
        event = Event(name, target)
        for key, value in properties.items():
            setattr(event, key, value)
        if name.startswith("composition"):
            self._composing = None if name == "compositionend" else target
        path: list[Element] = []
        node: Node | None = target
        while node is not None:
            if isinstance(node, Element):
                path.append(node)
            node = node.parent
        for element in reversed(path):
            self._call(event, element, f"{name}!c")
        for element in path if name not in _STAYING else path[:1]:
            self._call(event, element, name)
        if name == "compositionend":
            self._end_composition()
        elif name == "reset" and not event.defaultPrevented:
            self._reset(target, self._dispatch)
        return event

    def submit(self, form: Element, submitter: Element | None = None) -> None:
        """Send a form, as its button does."""
        event = self.fire(form, "submit", submitter=submitter)
        if not event.defaultPrevented:
            self.send_form(event)

    def click(self, target: Element) -> None:
        """Click an element; a link that it is, or is in, is followed."""
        event = self.fire(target, "click")
        link: Node | None = target
        while link is not None and link.name != "a":
            link = link.parent
        if isinstance(link, Element) and "href" in link.attributes and not event.defaultPrevented:
            self.follow(link)

    def _tell(self, number: int) -> None:
        self._dispatch(number)

    def _call(self, event: Event, element: Element, key: str) -> None:
        if event.stopped and event.currentTarget is not element:
            return
        event.currentTarget = element
        for number in element.handlers.get(key, ()):
            if not event.stopped_here:
                outer, self._event = self._event, event
                try:
                    self._dispatch(number)
                finally:
                    self._event = outer
