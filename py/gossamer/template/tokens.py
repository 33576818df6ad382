"""Tags, attributes and comments, read from a template's text."""

import re

from gossamer.errors import HolePlacementError, TemplateSyntaxError
from gossamer.template.references import decode

HOLE = "\udfff"
"""Stands for a value in a template's text: no text of a template may hold a lone surrogate."""

_TAG_NAME = re.compile(r"[^\t\n\f />]+")
_ATTRIBUTE_NAME = re.compile(r"[^\t\n\f />=]+")
_EQUALS = re.compile(r"[\t\n\f ]*=[\t\n\f ]*")
_UNQUOTED = re.compile(r"[^\t\n\f >]+")
_SPACES = re.compile(r"[\t\n\f ]*")
_END_TAG = re.compile(r"</([A-Za-z][^\t\n\f />]*)[\t\n\f ]*>")
_COMPONENT_END = re.compile(rf"</{HOLE}[\t\n\f ]*>")
_COMMENT = re.compile(r"<!--(?:-?>|(.*?)--!?>)", re.DOTALL)
_RAW_END = {
    name: re.compile(rf"</{name}(?:[\t\n\f ]*>|[\t\n\f /])", re.IGNORECASE)
    for name in ("script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title")
}
_SCRIPT_IN_SCRIPT = re.compile(r"<!--(?:(?!-->).)*<script[\t\n\f />]", re.DOTALL | re.IGNORECASE)
_UPPER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def ascii_lower(name: str) -> str:
    """Fold the case of A to Z only, as HTML does."""
    return name.lower() if name.isascii() else name.translate(_UPPER)


class Attribute:
    """An attribute: its value is a text, or parts around values, or both None.

    The name is as written, without `attr:`; that of a prop is a Python name. `first` is the number of its first value, or -1. A spread has no name.
    """

    __slots__ = ("first", "name", "offset", "parts", "value")

    def __init__(
        self, name: str, offset: int, value: str | None, first: int, parts: tuple[str, ...]
    ) -> None:
        self.name = name
        self.offset = offset
        self.value = value
        self.first = first
        self.parts = parts

    @property
    def is_whole(self) -> bool:
        """Whether the value is exactly one hole."""
        return self.parts == ("", "")


class Scanner:
    """A place in a template's text that moves on by one token at a time."""

    __slots__ = ("next_hole", "position", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.next_hole = 0

    def take_holes(self, count: int) -> int:
        """Use up the next values; give the number of the first."""
        first = self.next_hole
        self.next_hole += count
        return first

    def tag_name(self) -> str:
        """Read the name after `<`, as written."""
        start = self.position
        match = _TAG_NAME.match(self.source, start + 1)
        name = match[0] if match else ""
        if HOLE in name:
            raise HolePlacementError(
                "A value may not stand in the name of a tag.",
                why="the tag decides what its content and attributes mean.",
                fix="Write <{Component}> for a component, or build the element with gossamer.elements.",
                offset=self.source.index(HOLE, start),
            )
        if "<" in name:
            raise TemplateSyntaxError(
                f"The tag <{name} is not closed before the next one begins.",
                why="a browser would take both for one name.",
                fix="Close the tag with >, or write &lt; for the character.",
                offset=start,
            )
        self.position = start + 1 + len(name)
        return name

    def attributes(
        self, tag: str, start: int, *, is_component: bool
    ) -> tuple[list[Attribute], bool]:
        """Read the rest of a start tag: its attributes, and whether it ends in `/>`."""
        source = self.source
        found: list[Attribute] = []
        names: set[str] = set()
        while True:
            before = self.position
            match = _SPACES.match(source, before)
            position = match.end() if match else before
            character = source[position : position + 1]
            if character == ">":
                self.position = position + 1
                return found, False
            if source.startswith("/>", position):
                self.position = position + 2
                return found, True
            if not character:
                raise _unclosed_tag(tag, start)
            if character in "/=":
                raise TemplateSyntaxError(
                    f"<{tag}> holds a stray {character} among its attributes.",
                    why="a browser skips it, or takes it for a name.",
                    fix="Take it out, or put quotes around the value that it belongs to.",
                    offset=position,
                )
            self.position = position
            attribute = self._attribute(tag, start, is_component=is_component)
            if HOLE in source[position : self.position] and position == before:
                raise HolePlacementError(
                    f"A value in <{tag}> follows its neighbour without a space.",
                    why="it could be read as part of what stands before it.",
                    fix="Put a space before it.",
                    offset=position,
                )
            key = attribute.name if is_component else ascii_lower(attribute.name)
            if key and key in names:
                raise TemplateSyntaxError(
                    f"<{tag}> has the attribute {attribute.name} twice.",
                    why="a browser keeps the first one only.",
                    fix="Keep one of them, or join their values in one.",
                    offset=position,
                )
            names.add(key)
            found.append(attribute)

    def _attribute(self, tag: str, start: int, *, is_component: bool) -> Attribute:
        source = self.source
        offset = self.position
        match = _ATTRIBUTE_NAME.match(source, offset)
        name = match[0] if match else ""
        self.position = offset + len(name)
        if name == HOLE and not _EQUALS.match(source, self.position):
            return Attribute("", offset, None, self.take_holes(1), ("", ""))
        if HOLE in name:
            raise HolePlacementError(
                f"A value may not stand in the name of an attribute of <{tag}>.",
                why="the name decides what the value means.",
                fix="Spread a dict, {attributes}, or write out each attribute.",
                offset=source.index(HOLE, offset),
            )
        if '"' in name or "'" in name or "<" in name:
            raise TemplateSyntaxError(
                f"{name} is no name for an attribute of <{tag}>.",
                why="a quote or < in a name is the rest of a value, or the tag before is not closed.",
                fix="Check the quotes before it, and that the tag ends with >.",
                offset=offset,
            )
        if is_component:
            name = name if ":" in name else name.replace("-", "_")  # a prop is a Python name
        elif len(name) > len("attr:"):
            name = name.removeprefix("attr:")  # a component hands it on to its root elements
        match = _EQUALS.match(source, self.position)
        if match is None:
            return Attribute(name, offset, None, -1, ())
        self.position = match.end()
        raw = self._value(tag, name, start, is_component=is_component)
        if HOLE not in raw:
            return Attribute(name, offset, decode(raw, in_attribute=True), -1, ())
        parts = tuple(decode(part, in_attribute=True) for part in raw.split(HOLE))
        return Attribute(name, offset, None, self.take_holes(len(parts) - 1), parts)

    def _value(self, tag: str, name: str, start: int, *, is_component: bool) -> str:
        source = self.source
        position = self.position
        quote = source[position : position + 1]
        if quote in ('"', "'"):
            end = source.find(quote, position + 1)
            if end < 0:
                raise TemplateSyntaxError(
                    f"The value of {name} in <{tag}> has no closing {quote}.",
                    why="the rest of the template would be its value.",
                    fix=f"Add {quote} after the value.",
                    offset=position,
                )
            self.position = end + 1
            return source[position + 1 : end]
        match = _UNQUOTED.match(source, position)
        if match is None:
            if position >= len(source):
                raise _unclosed_tag(tag, start)
            raise TemplateSyntaxError(
                f"{name} in <{tag}> has no value after its =.",
                why="a browser would give it an empty one.",
                fix=f'Write {name}="" for an empty value, or {name} alone.',
                offset=position,
            )
        raw = match[0]
        end = match.end()
        if raw.endswith("/") and HOLE in raw and source.startswith(">", end):
            if not is_component:
                raise TemplateSyntaxError(
                    f"The / at the end of <{tag}> belongs to the value of {name}.",
                    why="a value without quotes goes on to the next space or >.",
                    fix="Put a space before />, or quotes around the value.",
                    offset=end - 1,
                )
            raw = raw[:-1]
            end -= 1
        if '"' in raw or "'" in raw or "<" in raw or "`" in raw:
            raise TemplateSyntaxError(
                f"The value of {name} in <{tag}> holds a quote or <, but has no quotes around it.",
                why="it is likely that a quote or > is missing.",
                fix="Put quotes around the value.",
                offset=position,
            )
        self.position = end
        return raw

    def end_tag(self) -> str:
        """Read an end tag's name, or HOLE for that of a component."""
        match = _END_TAG.match(self.source, self.position)
        name = match[1] if match else HOLE
        match = match or _COMPONENT_END.match(self.source, self.position)
        if match is None or (HOLE in name and name != HOLE):
            raise TemplateSyntaxError(
                "An end tag is not well formed.",
                why="a browser would make a comment of it, or skip it.",
                fix="Write </name> or </{Component}>, or &lt; for the character.",
                offset=self.position,
            )
        self.position = match.end()
        return name

    def comment(self) -> str:
        """Read a comment; give its text."""
        match = _COMMENT.match(self.source, self.position)
        if match is None:
            raise TemplateSyntaxError(
                "A comment does not end.",
                why="the rest of the template would be part of it.",
                fix="Add --> after the comment.",
                offset=self.position,
            )
        text = match[1] or ""
        if HOLE in text:
            raise HolePlacementError(
                "A value may not stand in a comment.",
                why="its text could end the comment.",
                fix="Take the value out, or double its braces: {{name}}.",
                offset=self.source.index(HOLE, self.position),
            )
        self.position = match.end()
        return text

    def cdata(self) -> str:
        """Read `<![CDATA[…]]>` in SVG or MathML; give its text."""
        start = self.position + len("<![CDATA[")
        end = self.source.find("]]>", start)
        if end < 0 or HOLE in self.source[start:end]:
            raise TemplateSyntaxError(
                "A CDATA section does not end, or holds a value.",
                why="values are escaped as text, which CDATA is not.",
                fix="Write the text without CDATA.",
                offset=self.position,
            )
        self.position = end + len("]]>")
        return self.source[start:end]

    def raw_text(self, tag: str) -> str:
        """Read the text up to the end tag of an element that holds no markup, and that tag."""
        start = self.position
        match = _RAW_END[tag].search(self.source, start)
        if match is None or not match[0].endswith(">"):
            raise TemplateSyntaxError(
                f"<{tag}> has no end tag.",
                why="the rest of the template would be its text.",
                fix=f"Add </{tag}>.",
                offset=start,
            )
        text = self.source[start : match.start()]
        if tag == "script" and _SCRIPT_IN_SCRIPT.search(text):
            raise TemplateSyntaxError(
                "A <script> holds <!-- and then <script.",
                why="a browser would then look for two end tags.",
                fix=r"Write \x3c for one of the < characters.",
                offset=start,
            )
        self.position = match.end()
        return text


def _unclosed_tag(tag: str, start: int) -> TemplateSyntaxError:
    return TemplateSyntaxError(
        f"<{tag} is not closed.",
        why="the template ends inside the tag; a browser would drop it.",
        fix="Add > after its attributes.",
        offset=start,
    )
