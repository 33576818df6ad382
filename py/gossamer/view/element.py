"""Elements made by calling: the builder, which says what a template says."""

import re
from collections.abc import Mapping

from gossamer.errors import UnsafeNameError, ViewError
from gossamer.template.names import check_tag_name
from gossamer.template.spec import VOID

_ENDS_NAME = re.compile("[\t\n\f\r />=\"'<{}\0]")
_PREFIXES = frozenset(("attr", "bind", "class", "on", "prop", "style", "use"))


class Element:
    """One element with its attributes and children, as data.

    Calling it gives a new element with more children, so `div(class_="row")(a, b)` reads well.
    """

    __slots__ = ("attributes", "children", "tag")

    def __init__(
        self, tag: str, attributes: dict[str, object], children: tuple[object, ...]
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children = children

    def __call__(self, *children: object, **attributes: object) -> Element:
        """Make the same element with more children and attributes."""
        return make_element(
            self.tag, self.children + children, self.attributes | _named(attributes)
        )

    def __repr__(self) -> str:
        return f"<{self.tag}> with {len(self.children)} children"


class Tag:
    """A function that makes elements of one tag.

    >>> Tag("p")("Hello", class_="lead")
    <p> with 1 children
    """

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        check_tag_name(name)
        self.name = name

    def __call__(self, *children: object, **attributes: object) -> Element:
        """Make an element; a mapping among the children gives attributes."""
        return make_element(self.name, children, _named(attributes))

    def __repr__(self) -> str:
        return f"<tag {self.name}>"


def make_element(tag: str, children: tuple[object, ...], attributes: dict[str, object]) -> Element:
    """Make an element; a mapping among the children gives more attributes, names as in HTML."""
    kept = []
    for child in children:
        if isinstance(child, Mapping):
            attributes = attributes | {_plain(name, tag): value for name, value in child.items()}
        else:
            kept.append(child)
    for name in attributes:
        if not name or _ENDS_NAME.search(name):
            raise _no_name(name, tag)
    if kept and tag.lower() in VOID:
        raise ViewError(
            f"<{tag}> cannot hold children.",
            why="It is a void element: HTML gives it no end tag.",
            fix=f"Put the children beside {tag}(…), not into it.",
        )
    return Element(tag, attributes, tuple(kept))


def _plain(name: object, tag: str) -> str:
    """The characters that a name holds, whatever its methods say."""
    if not isinstance(name, str):
        raise _no_name(name, tag)
    return str.__str__(name)


def _no_name(name: object, tag: str) -> UnsafeNameError:
    """What the parser would not refuse itself: a name that ends the attribute."""
    return UnsafeNameError(
        f"{name!r} is no name for an attribute of <{tag}>.",
        why="a name is text without white space, quotes, braces and any of > / = <.",
        fix="Write a name as HTML has it, such as data-id or on:click.",
    )


def _named(keywords: dict[str, object]) -> dict[str, object]:
    """Python names to HTML names: `class_`, `data_x`, `on_click`, `bind_value`, `style_color`."""
    return {_attribute_name(keyword): value for keyword, value in keywords.items()}


def _attribute_name(keyword: str) -> str:
    if keyword == "inner_html":
        return keyword
    name = keyword.rstrip("_")
    prefix, found, rest = name.partition("_")
    if found and rest and prefix in _PREFIXES:
        joined = rest if prefix == "prop" else rest.replace("_", "-")
        return f"{prefix}:{joined}"
    return name.replace("_", "-")


def lower(element: Element) -> tuple[tuple[str, ...], tuple[object, ...]]:
    """An element as the strings and values of the template that says the same.

    >>> lower(Tag("p")("Hello", class_="lead"))
    (('<p class=', '>', '</p>'), ('lead', 'Hello'))
    """
    strings: list[str] = []
    values: list[object] = []
    text = ""
    # What is left to write: an element, a piece of markup (str in a tuple), or a child's value.
    left: list[object] = [element]
    while left:
        item = left.pop()
        if type(item) is _Markup:
            text += item.text
        elif type(item) is Element:
            text += f"<{item.tag}"
            for name, value in item.attributes.items():
                strings.append(f"{text} {name}=")
                values.append(value)
                text = ""
            text += ">"
            if item.tag.lower() not in VOID:
                left.append(_Markup(f"</{item.tag}>"))
                left.extend(reversed(item.children))
        else:
            strings.append(text)
            values.append(item)
            text = ""
    strings.append(text)
    return tuple(strings), tuple(values)


class _Markup:
    """A piece of markup that waits for its turn."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text
