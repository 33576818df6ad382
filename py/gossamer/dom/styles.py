"""The style of an element: single properties, a dict of them, or text."""

from collections.abc import Mapping
from functools import partial
from typing import cast

from gossamer.dom.bridge import verbs
from gossamer.dom.classes import follow
from gossamer.dom.instance import Instance
from gossamer.dom.writers import value_of
from gossamer.errors import ViewError
from gossamer.template.names import check_style_property
from gossamer.template.shape import Entry, Hole
from gossamer.values import type_of
from gossamer.view.text import text_of

_next = 1


def take_sources(count: int) -> int:
    """The first of `count` numbers in a row: where sources differ, the higher number wins."""
    global _next
    first = _next
    _next += count
    return first


class Styles:
    """What each entry has set, so that only what differs is written."""

    __slots__ = ("first", "handle", "properties")

    def __init__(self, handle: int, entries: int) -> None:
        self.handle = handle
        self.first = take_sources(entries)
        self.properties: list[dict[str, str]] = [{} for _ in range(entries)]

    def set(self, entry: int, name: str | None, tag: str, value: object) -> None:
        """Take a new value of one entry."""
        if name is not None:
            new = _declarations({name: value}, tag)
        elif isinstance(value, Mapping):
            new = _declarations(value, tag)
        else:
            new = _parse(value, tag)
        old = self.properties[entry]
        self.properties[entry] = new
        for gone in old:
            if gone not in new:
                verbs.style(self.handle, self.first + entry, gone, "")
        for given, text in new.items():
            if old.get(given) != text:
                verbs.style(self.handle, self.first + entry, given, text)

    def release(self) -> None:
        """Nothing to let go of: what follows a source belongs to the owner."""


def _declarations(values: Mapping[object, object], tag: str) -> dict[str, str]:
    found = {}
    for key, given in values.items():
        value = given() if callable(given) else given
        if value is None or value is False:
            continue
        name = key if not isinstance(key, str) else str.__str__(key)
        if isinstance(name, str) and not name.startswith("--"):
            name = name.replace("_", "-")
        check_style_property(name)
        text = text_of(value)
        if text is None:
            raise ViewError(
                f"style:{name} of <{tag}> got {type_of(value)}.",
                why="A style is text, a number, or None to take it away.",
                fix='Write the value as CSS has it, such as "12px".',
            )
        found[str(name)] = text
    return found


def _parse(value: object, tag: str) -> dict[str, str]:
    """The declarations in a style's text; each is set alone, so one cannot become two."""
    if value is None or value is False:
        return {}
    text = text_of(value)
    if text is None:
        raise ViewError(
            f"style={{…}} of <{tag}> got {type_of(value)}.",
            why="A style is text, or a dict of properties and values.",
            fix='Write style={{"color": color}}, or style:color={color}.',
        )
    found = {}
    for declaration in split_declarations(text):
        name, colon, rest = declaration.partition(":")
        if colon and name.strip():
            check_style_property(name.strip())
            found[name.strip()] = rest.strip()
    return found


def split_declarations(text: str) -> list[str]:
    """Cut a style at its semicolons, but not at those in quotes or brackets.

    >>> split_declarations('color: red; background: url("a;b")')
    ['color: red', ' background: url("a;b")']
    """
    found = []
    piece = ""
    quote = ""
    depth = 0
    for character in text:
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == ";" and depth <= 0:
            found.append(piece)
            piece = ""
            continue
        piece += character
    return [*found, piece]


def bind_styles(instance: Instance, hole: Hole, index: int) -> None:
    """Bind everything about the style of one element."""
    entries = cast("tuple[Entry, ...]", hole.payload)
    styles = instance.bindings[index]
    if type(styles) is not Styles:
        styles = instance.bindings[index] = Styles(instance.base + hole.node, len(entries))
    for number, (name, first, parts) in enumerate(entries):
        value = value_of(hole, first, parts, instance.values)
        follow(value, partial(styles.set, number, name, hole.tag), hole)
