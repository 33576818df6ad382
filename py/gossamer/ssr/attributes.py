"""Start tags whose attributes depend on values: what each kind of hole writes there."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from gossamer.errors import BindingError, ViewError
from gossamer.ssr.escape import escape_attribute, escape_text
from gossamer.ssr.head import attribute_markup
from gossamer.ssr.pieces import Pieces, Selection, add_live
from gossamer.ssr.program import Tag
from gossamer.template.attributes import split_declarations
from gossamer.template.names import PLAIN, check_url, is_style_value
from gossamer.template.shape import (
    ATTRIBUTE,
    BIND,
    CLASS,
    DIRECTIVE,
    EVENT,
    PROPERTY,
    REF,
    SPREAD,
    STYLE,
    Entry,
    Hole,
)
from gossamer.template.spec import RCDATA
from gossamer.values import type_of
from gossamer.view.attribute_holes import attribute_hole
from gossamer.view.attributes import attribute_text, value_of
from gossamer.view.classes import tokens_of
from gossamer.view.entries import check_fits, items_of, written
from gossamer.view.hydration import early_attributes
from gossamer.view.places import note_place
from gossamer.view.reflected import CONTENT, FLAGS, TEXTS
from gossamer.view.styles import declarations_of
from gossamer.view.text import text_of

type Values = tuple[object, ...]
type Attributes = dict[str, object] | None

log: Final = logging.getLogger("gossamer.ssr")


class Written:
    """What has been written of one start tag."""

    __slots__ = ("attributes", "classes", "content", "has_marks", "name", "styles", "wanted")

    def __init__(self, tag: Tag, *, has_marks: bool) -> None:
        self.has_marks = has_marks
        self.name = tag.name.lower()
        self.attributes: dict[str, str] = dict(tag.attributes)
        self.classes: dict[str, None] = {}
        self.styles: dict[str, str] | None = None
        self.content: str | None = None
        self.wanted: frozenset[str] | None = None

    def set(self, name: str, text: str | None) -> None:
        """Write an attribute, or take it away."""
        if text is None:
            self.attributes.pop(name, None)
        else:
            self.attributes[name] = text

    def style(self) -> dict[str, str]:
        """The declarations so far, with those of the template."""
        if self.styles is None:
            self.styles = {}
            for declaration in split_declarations(self.attributes.get("style", "")):
                name, colon, value = declaration.partition(":")
                if colon:
                    self.styles[name.strip()] = value.strip()
        return self.styles

    def markup(self) -> str:
        """The attributes, each after a blank."""
        attributes = self.attributes
        if self.classes:
            own = dict.fromkeys(attributes.get("class", "").split())
            attributes["class"] = " ".join(own | self.classes)
        if self.styles is not None:
            style = "; ".join(f"{name}: {value}" for name, value in self.styles.items())
            self.set("style", f"{style};" if style else None)
        return "".join([attribute_markup(name, text) for name, text in attributes.items()])


type Write = Callable[[Written, Hole, Values], None]


def write_tag(tag: Tag, values: Values, out: Pieces, given: Attributes) -> None:
    """Write a start tag, and what its attributes say of its content."""
    if not tag.is_root:
        given = None
    selection = Selection(out) if tag.inner is not None else None
    content = tag.content

    def fill(made: Pieces) -> None:
        written = Written(tag, has_marks=type(out) is not list)
        for hole in tag.holes:
            _write(written, hole, values)
        if given:
            _spread(written, given)
        made.append(f"<{tag.name}{written.markup()}>")
        inside = content if written.content is None else written.content
        if inside:
            # A parser takes the first newline away; so one begins what begins with one.
            made.append(f"\n{inside}" if tag.eats_newline and inside[0] == "\n" else inside)
        if selection is not None:
            selection.wanted = written.wanted

    if any(map(_may_be_live, [values[first] for first in tag.firsts])) or (
        given and any(map(_may_be_live, given.values()))
    ):
        add_live(fill, out)
    else:
        fill(out)
    if selection is not None and tag.inner is not None:
        out.append(selection)
        _fill_selection[0](tag.inner, values, selection.parts, None)


_fill_selection: list[Callable[[Any, Values, Pieces, Attributes], None]] = []


def set_runner(run: Callable[[Any, Values, Pieces, Attributes], None]) -> None:
    """Take what runs a program."""
    _fill_selection[:] = [run]


def _may_be_live(value: object) -> bool:
    return callable(value) or isinstance(value, (dict, list, tuple))


def _write(written: Written, hole: Hole, values: Values) -> None:
    try:
        WRITERS[hole.kind](written, hole, values)
    except Exception as error:
        note_place(error, hole)
        raise


def _read(value: object) -> object:
    return value() if callable(value) else value


def safe_text(hole: Hole, value: object) -> str | None:
    """The text of an attribute; a URL that would run a script is left out, and logged."""
    text = attribute_text(hole, value)
    if text is not None and hole.sink != PLAIN and not check_url(text, hole.sink):
        log.warning("%s of <%s> was left out: %.80r could run a script", hole.name, hole.tag, text)
        return None
    return text


def write_attribute(hole: Hole, values: Values, out: Pieces, _given: Attributes) -> None:
    """Write one attribute into a tag that is written otherwise."""
    value = values[hole.first]
    if hole.parts is not None:
        value = value_of(hole, hole.first, hole.parts, values)
    if callable(value):
        add_live(lambda made: _add_attribute(hole, value, made), out)
    else:
        _add_attribute(hole, value, out)


def _add_attribute(hole: Hole, value: object, out: Pieces) -> None:
    try:
        text = safe_text(hole, _read(value))
    except Exception as error:
        note_place(error, hole)
        raise
    if text is not None:
        out.append(f' {hole.name}="{escape_attribute(text)}"')


def _attribute(written: Written, hole: Hole, values: Values) -> None:
    written.set(hole.name, safe_text(hole, _read(value_of(hole, hole.first, hole.parts, values))))


def _class(written: Written, hole: Hole, values: Values) -> None:
    for token, first, parts in cast("tuple[Entry, ...]", hole.payload):
        value = _read(value_of(hole, first, parts, values))
        written.classes.update(dict.fromkeys(tokens_of(value, token, hole.tag)))


def _style(written: Written, hole: Hole, values: Values) -> None:
    style = written.style()
    for name, first, parts in cast("tuple[Entry, ...]", hole.payload):
        value = _read(value_of(hole, first, parts, values))
        for given, text in declarations_of(value, name, hole.tag).items():
            if text and is_style_value(text):  # a browser refuses any other as well
                style[given] = text


def _property(written: Written, hole: Hole, values: Values) -> None:
    value = _read(value_of(hole, hole.first, hole.parts, values))
    name = hole.name
    if hole.sink != PLAIN:
        written.set(name.lower(), safe_text(hole, value))
    elif name in FLAGS:
        written.set(FLAGS[name], "" if value else None)
    elif name in CONTENT or (name == "value" and written.name == "textarea"):
        written.content = escape_text(text_of(value) or "")
    elif name == "value" and written.name == "select":
        written.wanted = frozenset([text_of(value) or ""])
    elif name in TEXTS:
        text = text_of(value)
        if text is not None and value is not None:
            written.set(TEXTS[name], text)


def _bind(written: Written, hole: Hole, values: Values) -> None:
    value = _bound(values[hole.first], hole)
    name, attributes = hole.name, written.attributes
    kind = attributes.get("type", "").lower()
    is_box = kind in ("checkbox", "radio")
    if name == "text":
        written.content = escape_text(text_of(value) or "")
    elif name == "open":
        written.set("open", "" if value else None)
    elif name == "modal":
        pass  # it opens once it stands in the page
    elif name in ("checked", "group"):
        if not is_box:
            raise BindingError(
                f'bind:{name} of <{hole.tag} type="{kind}"> binds what it has not.',
                why="Only a checkbox or a radio button can be on.",
                fix='Write bind:value={…}, or type="checkbox".',
            )
        if name == "group":
            chosen = [value] if kind == "radio" else items_of(hole, value)
            value = attributes.get("value", "on") in map(text_of, chosen)
        written.set("checked", "" if value else None)
    elif is_box:
        raise BindingError(
            f'bind:value of <{hole.tag} type="{kind}"> binds what no user can change.',
            why="Its value says what it stands for; whether it is on is something else.",
            fix="Write bind:checked={…}, or bind:group={…} for one choice of several.",
        )
    elif written.name == "select":
        several = items_of(hole, value) if "multiple" in attributes else [value]
        written.wanted = frozenset(text_of(item) or "" for item in several)
    elif kind != "file":
        if hasattr(type(value), "fromisoformat"):
            check_fits(hole, kind, value)
        _show_text(written, value)


def _show_text(tag: Written, value: object) -> None:
    text = written(value)
    if tag.name in RCDATA:
        tag.content = escape_text(text)
    else:
        tag.set("value", text)


def _bound(value: object, hole: Hole) -> object:
    """What a binding shows: a Signal's value, or that of the first of a pair."""
    if isinstance(value, tuple) and len(value) == 2 and all(map(callable, value)):
        return value[0]()
    if callable(value) and callable(getattr(value, "set", None)):
        return value()
    raise BindingError(
        f"bind:{hole.name} of <{hole.tag}> got {type_of(value)}.",
        why="It reads and writes, so it needs both ways.",
        fix=f"Pass a Signal, or the pair: bind:{hole.name}={{(read, write)}}.",
    )


def _write_spread(written: Written, hole: Hole, values: Values) -> None:
    value = _read(values[hole.first])
    if value is None:
        return
    if not isinstance(value, Mapping):
        raise ViewError(
            f"{{…}} in the tag <{hole.tag}> got {type_of(value)}.",
            why="A value alone in a tag is spread: it has to be a dict of attributes.",
            fix=f'Write <{hole.tag} {{attributes}}> with attributes = {{"title": "…"}}.',
        )
    _spread(written, value)


def _spread(written: Written, given: Mapping[Any, object]) -> None:
    for name, value in given.items():
        hole = attribute_hole(written.name, name, is_callable=callable(value))
        WRITERS[hole.kind](written, hole, (value,))


def leave_out(_written: Written, _hole: Hole, _values: Values) -> None:
    """Write nothing: a reference or a directive acts in a page only."""


def _event(written: Written, hole: Hole, values: Values) -> None:
    """Say that a handler came with a dict, where a page keeps events until it can answer."""
    if written.has_marks and values[0] is not None:
        prevented = {hole.name} if "prevent" in hole.modifiers else ()
        for name, text in early_attributes((hole.name,), prevented).items():
            known = written.attributes.get(name, "").split()
            written.set(name, " ".join(dict.fromkeys([*known, text])))


WRITERS: dict[int, Write] = {
    ATTRIBUTE: _attribute,
    PROPERTY: _property,
    CLASS: _class,
    STYLE: _style,
    BIND: _bind,
    SPREAD: _write_spread,
    EVENT: _event,
    REF: leave_out,
    DIRECTIVE: leave_out,
}
