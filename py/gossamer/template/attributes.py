"""The attributes of one tag: markup for the fixed ones, holes for the others."""

from gossamer.errors import HolePlacementError
from gossamer.template import names, spec
from gossamer.template.shape import (
    ATTRIBUTE,
    BIND,
    CLASS,
    DIRECTIVE,
    EVENT,
    INNER_HTML,
    PROPERTY,
    REF,
    SPREAD,
    STYLE,
    Entry,
    Hole,
    Parts,
    PropValue,
)
from gossamer.template.spec import HTML, MATH, SVG
from gossamer.template.tokens import HOLE, Attribute, ascii_lower

MODIFIERS = frozenset(("prevent", "stop", "once", "capture", "passive", "self"))


def escape_attribute(value: str) -> str:
    """Escape a value for a place between double quotes."""
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("\r", "&#13;")


class Element:
    """The attributes of one element while they are read."""

    __slots__ = ("classes", "holes", "markup", "namespace", "styles", "tag")

    def __init__(self, tag: str, namespace: str) -> None:
        self.tag = tag
        self.namespace = namespace
        self.markup: list[str] = []
        self.holes: list[Hole] = []
        self.classes: list[Entry] = []
        self.styles: list[Entry] = []

    def read(self, attributes: list[Attribute]) -> None:
        """Sort each attribute to markup or to a hole."""
        for attribute in attributes:
            lower = ascii_lower(attribute.name)
            prefix, colon, _ = lower.partition(":")
            read = _PREFIXED.get(prefix) if colon else None
            if read is not None:
                read(self, attribute, self._after(prefix, attribute))
            elif lower == "inner_html":
                self._read_inner_html(attribute)
            elif attribute.first < 0:
                self._write(lower, attribute.value or "")
            elif not attribute.name:
                self._read_spread(attribute)
            else:
                read_named = _NAMED.get(lower)
                if read_named is not None:
                    read_named(self, attribute)
                elif lower.startswith("on"):
                    self._read_event_attribute(attribute, lower)
                else:
                    self._read_plain(attribute, lower)

    def _after(self, prefix: str, attribute: Attribute) -> str:
        """The name after a prefix such as `on:`, whose value has to be a single hole."""
        rest = attribute.name[len(prefix) + 1 :]
        if not rest:
            raise HolePlacementError(
                f"{attribute.name} of <{self.tag}> names nothing.",
                why=f"what {prefix}: is for stands after it.",
                fix=f"Write {prefix}:name={{value}}.",
                offset=attribute.offset,
            )
        if not attribute.is_whole:
            raise self._needs_whole_value(attribute)
        return rest

    def _write(self, lower: str, value: str) -> None:
        self.markup.append(f' {self._dom_name(lower)}="{escape_attribute(value)}"')

    def _dom_name(self, lower: str) -> str:
        if self.namespace == SVG:
            return spec.SVG_ATTRIBUTES.get(lower, lower)
        if self.namespace == MATH:
            return spec.MATH_ATTRIBUTES.get(lower, lower)
        return lower

    def _add(self, kind: int, attribute: Attribute, name: str = "", **more: object) -> None:
        parts = None if attribute.is_whole else attribute.parts
        self.holes.append(
            Hole(kind, -1, attribute.first, parts, name=name, tag=self.tag, **more)  # type: ignore[arg-type] # Hole's own keywords
        )

    def _sink(self, attribute: Attribute, name: str) -> int:
        reason = names.refusal(self.tag, name)
        if reason:
            raise HolePlacementError(
                f"{attribute.name} of <{self.tag}> may not come from a value.",
                why=f"{reason}.",
                fix="Write it out; raw HTML you trust goes to inner_html={…} of an empty element.",
                offset=attribute.offset,
            )
        if self.namespace == MATH and name in ("href", "xlink:href"):
            return names.URL
        return names.sink_of(self.tag, name)

    def _read_plain(self, attribute: Attribute, lower: str) -> None:
        sink = self._sink(attribute, lower)
        namespace = None if self.namespace == HTML else spec.ATTRIBUTE_NAMESPACES.get(lower)
        self._add(ATTRIBUTE, attribute, self._dom_name(lower), sink=sink, payload=namespace)

    def _read_property(self, attribute: Attribute, name: str) -> None:
        if self.tag == "script":
            raise HolePlacementError(
                "A property of <script> may not come from a value.",
                why="it could decide which JavaScript runs.",
                fix="Write the script out.",
                offset=attribute.offset,
            )
        self._add(PROPERTY, attribute, name, sink=self._sink(attribute, name))

    def _read_event(self, attribute: Attribute, rest: str) -> None:
        name, *modifiers = rest.split(".")
        for modifier in modifiers:
            if modifier not in MODIFIERS:
                raise HolePlacementError(
                    f"on:{name} has no modifier {modifier!r}.",
                    why=f"the modifiers are {', '.join(sorted(MODIFIERS))}.",
                    fix="Use one of them, or look at the event in the handler.",
                    offset=attribute.offset,
                )
        if not name:
            raise HolePlacementError(
                f"{attribute.name} of <{self.tag}> names no event.",
                why="the event stands before its modifiers.",
                fix=f"Write on:click.{modifiers[0]}={{handler}}.",
                offset=attribute.offset,
            )
        self._add(EVENT, attribute, name, modifiers=frozenset(modifiers))

    def _read_event_attribute(self, attribute: Attribute, lower: str) -> None:
        if not attribute.is_whole or len(lower) == len("on"):
            raise HolePlacementError(
                f"A value may not be part of {attribute.name}.",
                why="its text would be run as JavaScript.",
                fix=f"Write on:{lower[2:] or 'click'}={{handler}} with a Python function.",
                offset=attribute.offset,
            )
        self._read_event(attribute, lower.removeprefix("on"))

    def _read_spread(self, attribute: Attribute) -> None:
        if self.tag in ("script", "meta") or self.tag.lower() in spec.ANIMATIONS:
            raise HolePlacementError(
                f"A dict may not be spread on <{self.tag}>.",
                why="some of its attributes can run code or leave the page.",
                fix="Write each attribute out.",
                offset=attribute.offset,
            )
        self._add(SPREAD, attribute)

    def _read_class(self, attribute: Attribute) -> None:
        parts: Parts = None if attribute.is_whole else attribute.parts
        self._add_entry(CLASS, self.classes, (None, attribute.first, parts))

    def _read_class_toggle(self, attribute: Attribute, name: str) -> None:
        self._add_entry(CLASS, self.classes, (name, attribute.first, None))

    def _read_style(self, attribute: Attribute) -> None:
        if attribute.is_whole:
            self._add_entry(STYLE, self.styles, (None, attribute.first, None))
            return
        fixed, entries = _split_style(attribute)
        if fixed:
            self.markup.append(f' style="{escape_attribute(fixed)}"')
        for entry in entries:
            self._add_entry(STYLE, self.styles, entry)

    def _read_style_property(self, attribute: Attribute, name: str) -> None:
        _check_property(name, attribute)
        self._add_entry(STYLE, self.styles, (name, attribute.first, None))

    def _add_entry(self, kind: int, entries: list[Entry], entry: Entry) -> None:
        if not entries:
            self.holes.append(Hole(kind, -1, entry[1], tag=self.tag))
        entries.append(entry)

    def _read_bind(self, attribute: Attribute, name: str) -> None:
        if not names.can_bind(self.tag, name):
            raise HolePlacementError(
                f"<{self.tag}> has no bind:{name}.",
                why=names.BINDINGS_SAID,
                fix=f"Write prop:{name}={{…}} and an on: handler.",
                offset=attribute.offset,
            )
        self._add(BIND, attribute, name)

    def _read_directive(self, attribute: Attribute, name: str) -> None:
        self._add(DIRECTIVE, attribute, name)

    def _read_ref(self, attribute: Attribute) -> None:
        if not attribute.is_whole:
            raise self._needs_whole_value(attribute)
        self._add(REF, attribute)

    def _read_inner_html(self, attribute: Attribute) -> None:
        is_text = self.tag in spec.RAW_TEXT or self.tag in spec.RCDATA or self.tag in spec.VOID
        if not attribute.is_whole or is_text:
            raise HolePlacementError(
                f"inner_html of <{self.tag}> may not come from this value.",
                why="it takes exactly one value, on an element that can hold elements.",
                fix="Write <div inner_html={html}></div>, with HTML that you trust.",
                offset=attribute.offset,
            )
        self._add(INNER_HTML, attribute)

    def _needs_whole_value(self, attribute: Attribute) -> HolePlacementError:
        return HolePlacementError(
            f"{attribute.name} of <{self.tag}> needs exactly one value.",
            why="it works on the value itself, not on its text.",
            fix=f"Write {attribute.name}={{value}}.",
            offset=attribute.offset,
        )

    def finish(self) -> None:
        """Give the class and style holes all their entries."""
        for hole in self.holes:
            if hole.kind == CLASS:
                hole.payload = tuple(self.classes)
            elif hole.kind == STYLE:
                hole.payload = tuple(self.styles)


_PREFIXED = {
    "on": Element._read_event,
    "class": Element._read_class_toggle,
    "style": Element._read_style_property,
    "prop": Element._read_property,
    "bind": Element._read_bind,
    "use": Element._read_directive,
}
_NAMED = {
    "class": Element._read_class,
    "style": Element._read_style,
    "ref": Element._read_ref,
}


def read_attributes(
    tag: str, namespace: str, attributes: list[Attribute]
) -> tuple[str, list[Hole]]:
    """The markup of an element's fixed attributes, and the holes for the others."""
    element = Element(tag, namespace)
    element.read(attributes)
    element.finish()
    return "".join(element.markup), element.holes


def _split_style(attribute: Attribute) -> tuple[str, list[Entry]]:
    """The declarations without values as text, and an entry for each of the others."""
    fixed = []
    entries: list[Entry] = []
    first = attribute.first
    for declaration in split_declarations(HOLE.join(attribute.parts)):
        count = declaration.count(HOLE)
        if not count:
            fixed.append(declaration.strip())
            continue
        name, colon, value = declaration.partition(":")
        name = name.strip()
        if not colon or HOLE in name:
            raise HolePlacementError(
                "A value in style= may only be the value of a property.",
                why="elsewhere it could add declarations of its own.",
                fix="Write style:property={value}, or give the whole style={dict}.",
                offset=attribute.offset,
            )
        if "!" in value:
            raise HolePlacementError(
                f"The style {name} has a value and !important.",
                why="a property that is set from a value has no priority.",
                fix="Set a custom property, --name, and use it in a style sheet.",
                offset=attribute.offset,
            )
        _check_property(name, attribute)
        parts = tuple(value.strip().split(HOLE))
        entries.append((name, first, None if parts == ("", "") else parts))
        first += count
    return "; ".join(text for text in fixed if text), entries


def split_declarations(text: str) -> list[str]:
    """Cut a style at its semicolons, but not at those in quotes or brackets.

    >>> split_declarations('color: red; background: url("a;b")')
    ['color: red', ' background: url("a;b")']
    """
    found = []
    start = depth = 0
    quote = ""
    for position, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == ";" and depth <= 0:
            found.append(text[start:position])
            start = position + 1
    found.append(text[start:])
    return found


def _check_property(name: str, attribute: Attribute) -> None:
    if not names.is_style_property(name):
        raise HolePlacementError(
            f"{name!r} is no CSS property.",
            why="a property is letters, digits and -.",
            fix="Write the property as CSS does, such as background-color.",
            offset=attribute.offset,
        )


def read_props(attributes: list[Attribute]) -> tuple[list[tuple[str, PropValue]], list[int]]:
    """The props of a component, and the numbers of the values spread on it."""
    props: list[tuple[str, PropValue]] = []
    spreads: list[int] = []
    for attribute in attributes:
        if not attribute.name:
            spreads.append(attribute.first)
            continue
        value: PropValue
        if attribute.first >= 0:
            value = ("hole", attribute.first, None if attribute.is_whole else attribute.parts)
        else:
            value = True if attribute.value is None else attribute.value
        props.append((attribute.name, value))
    return props, spreads
