"""A template's strings, parsed to a shape.

Strict: a template either gives exactly the tree that a browser would build from it, or it is
a TemplateError that says what the browser would have done instead.
"""

import re

from gossamer.errors import HolePlacementError, TemplateError, TemplateSyntaxError
from gossamer.template import nesting, spec
from gossamer.template.attributes import read_attributes, read_props
from gossamer.template.builder import Builder, escape_text
from gossamer.template.nesting import Frame
from gossamer.template.references import decode
from gossamer.template.shape import CHILD, COMPONENT, TEXT, Hole, Shape
from gossamer.template.spec import HTML, MATH, SVG
from gossamer.template.tokens import HOLE, Attribute, Scanner, ascii_lower

_COMPONENT_END = f"</{HOLE}"

_START_TAG = re.compile(
    r"<title[\s>].*?</title|<([A-Za-z][^\t\n\f />]*)", re.DOTALL | re.IGNORECASE
)
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_NOT_TAB = re.compile(r"[^\t]")


def parse(strings: tuple[str, ...]) -> Shape:
    """Parse a template's strings to a shape.

    >>> parse(("<p>Hello ", "</p>")).markup
    '<p>Hello <!></p>'
    """
    parser = _Parser(strings)
    try:
        return parser.parse()
    except TemplateError as error:
        _locate(error, strings, parser.source)
        raise


def _locate(error: TemplateError, strings: tuple[str, ...], source: str) -> None:
    from gossamer.template.location import place_finder  # noqa: PLC0415 - only for errors

    before = source[: error.offset]
    line_start = before.rfind("\n") + 1
    error.line = before.count("\n") + 1
    error.column = error.offset - line_start + 1
    line_end = source.find("\n", error.offset)
    line = source[line_start : line_end if line_end >= 0 else len(source)]
    before_caret = _NOT_TAB.sub(" ", _printable(before[line_start:]))
    error.excerpt = f"    {_printable(line)}\n    {before_caret}^"
    index = before.count(HOLE)
    error.find_places = place_finder(strings, index, error.offset - before.rfind(HOLE) - 1)


def _printable(line: str) -> str:
    """A line as a console can print it."""
    return _NO_TEXT.sub(lambda match: f"\\u{ord(match[0]):04x}", line.replace(HOLE, "{…}"))


class _Parser:
    """One run through a template's text."""

    __slots__ = ("builder", "scanner", "source", "strings")

    def __init__(self, strings: tuple[str, ...]) -> None:
        self.strings = strings
        self.source = HOLE.join(strings)
        if "\r" in self.source:
            self.source = self.source.replace("\r\n", "\n").replace("\r", "\n")
        self.scanner = Scanner(self.source)
        self.builder = Builder(HTML, 0)

    def parse(self) -> Shape:
        """Read token after token; then close the shape."""
        self._check_characters()
        scanner = self.scanner
        source = self.source
        end = len(source)
        if source.startswith("\n"):
            # An indented template: white space before the first and after the last tag is layout.
            scanner.position = self._after_layout(0)
            end = max(self._before_layout(end), scanner.position)
        while scanner.position < end:
            position = scanner.position
            if source[position] == "<":
                following = source[position + 1 : position + 2]
                read = _TAGS.get(following)
                if read is not None:
                    read(self)
                    continue
                if following.isascii() and following.isalpha():
                    self._start_tag()
                    continue
            stop = source.find("<", position + 1)
            scanner.position = end if stop < 0 else stop
            is_last = source.startswith(_COMPONENT_END, stop) and len(self.builder.frames) == 1
            kept = self._before_layout(stop) if is_last else scanner.position
            self._text(source[position:kept], position)
        if len(self.builder.frames) > 1 or self.builder.outer is not None:
            raise self._unclosed(self.builder.frames[-1])
        return self.builder.finish(self.strings)

    def _after_layout(self, start: int) -> int:
        """Where a text goes on after white space with a line break in it."""
        source = self.source
        end = start
        while end < len(source) and source[end] in spec.SPACE:
            end += 1
        return end if "\n" in source[start:end] else start

    def _before_layout(self, end: int) -> int:
        """Where a text ends before white space with a line break in it."""
        kept = len(self.source[:end].rstrip(spec.SPACE))
        return kept if "\n" in self.source[kept:end] else end

    def _check_characters(self) -> None:
        """Refuse what no page can hold: halves of characters, and U+0000."""
        start = 0
        for string in self.strings:
            if "\0" in string or not string.isascii():
                match = _NO_TEXT.search(string)
                if match is not None:
                    raise TemplateSyntaxError(
                        f"The template holds U+{ord(match[0]):04X}.",
                        why="browsers drop or replace it.",
                        fix="Take it out; half of a surrogate pair needs its other half.",
                        offset=start + match.start(),
                    )
            start += len(string) + len(HOLE)

    def _text(self, text: str, offset: int) -> None:
        builder = self.builder
        frame = builder.frames[-1]
        for number, piece in enumerate(text.split(HOLE)):
            if number:
                self._child_hole(offset - 1)
            if piece:
                value = decode(piece)
                nesting.check_text(frame, value, offset)
                builder.add_text(value, offset)
            offset += len(piece) + 1

    def _child_hole(self, offset: int) -> None:
        self._check_hole(offset)
        first = self.scanner.take_holes(1)
        tag = self.builder.frames[-1].tag
        self.builder.add_hole(Hole(CHILD, -1, first, tag="" if tag == nesting.ROOT else tag))

    def _check_hole(self, offset: int) -> None:
        frame = self.builder.frames[-1]
        if frame.values_refused:
            raise HolePlacementError(
                f"A value may not stand in <{frame.tag}> here.",
                why=f"{frame.values_refused}.",
                fix="Write it out, or put it elsewhere.",
                offset=offset,
            )

    def _start_tag(self) -> None:
        scanner = self.scanner
        offset = scanner.position
        written = scanner.tag_name()
        tag = ascii_lower(written)
        attributes, is_closed = scanner.attributes(written, offset, is_component=False)
        builder = self.builder
        builder.settle_language(self._deciding_tag(tag, offset))
        parent = builder.frames[-1]
        namespace = HTML
        if nesting.reads_as_html(parent, tag):
            nesting.check_html(builder.frames, tag, attributes, offset)
            namespace = tag if tag in (SVG, MATH) else HTML
        else:
            nesting.check_foreign(parent, tag, attributes, offset)
            namespace = SVG if parent.inside == SVG else MATH
            if namespace == SVG:
                tag = spec.SVG_TAGS.get(tag, tag)
        frame = nesting.open_frame(parent, tag, namespace, attributes, offset)
        frame.name = written
        is_void = namespace == HTML and tag in spec.VOID
        if is_closed and namespace == HTML and not is_void:
            raise TemplateSyntaxError(
                f"<{written} /> is not closed by its slash.",
                why="HTML skips the slash, and what follows would stand inside the element.",
                fix=f"Write <{written}></{written}>.",
                offset=offset,
            )
        self._open(frame, namespace, attributes)
        if is_void:
            builder.close_void()
        elif is_closed:
            builder.close()
        elif namespace == HTML:
            self._begin_content(tag)

    def _deciding_tag(self, tag: str, offset: int) -> str:
        """The tag that tells the language of the roots: after an <a>, the first one that can."""
        if tag in spec.SHARED_ROOTS:
            for match in _START_TAG.finditer(self.source, offset):
                following = ascii_lower(match[1] or tag)
                if following not in spec.SHARED_ROOTS:
                    return following if following in spec.SVG_ROOTS else tag
        return tag

    def _open(self, frame: Frame, namespace: str, attributes: list[Attribute]) -> None:
        markup, holes = read_attributes(frame.tag, namespace, attributes)
        if holes:
            self._check_hole(frame.offset)
            if namespace == HTML and frame.tag == "meta":
                _check_meta(attributes, frame.offset)
        self.builder.open(frame, markup, holes)

    def _begin_content(self, tag: str) -> None:
        scanner = self.scanner
        if tag in spec.RAW_TEXT:
            start = scanner.position
            text = scanner.raw_text(tag)
            if HOLE in text:
                raise HolePlacementError(
                    f"A value may not stand in <{tag}>.",
                    why="its text is read as code, or not as HTML, so it cannot be escaped.",
                    fix="Use style:property={…} or a custom property for CSS; "
                    "give data to a script through an attribute.",
                    offset=self.source.index(HOLE, start),
                )
            self.builder.add_raw(text)
            self.builder.close()
        elif tag in spec.RCDATA:
            self._rcdata(tag)
        elif tag in spec.EATS_FIRST_NEWLINE:
            self._skip_newline()

    def _skip_newline(self) -> None:
        """A browser drops a line break right after <pre>, even one written as a reference."""
        start = self.scanner.position
        stop = self.source.find("<", start)
        text = self.source[start : stop if stop >= 0 else len(self.source)].partition(HOLE)[0]
        if text.startswith("\n"):
            self.scanner.position += 1
        elif text.startswith("&#") and decode(text).startswith("\n"):
            raise TemplateSyntaxError(
                "A line break as a character reference begins the element.",
                why="a browser drops it.",
                fix="Write it as a line break, twice to keep one, or leave it out.",
                offset=start,
            )

    def _rcdata(self, tag: str) -> None:
        start = self.scanner.position
        parts = [decode(part) for part in self.scanner.raw_text(tag).split(HOLE)]
        if tag == "textarea":
            parts[0] = parts[0].removeprefix("\n")
        builder = self.builder
        if len(parts) > 1:
            self._check_hole(start)
            first = self.scanner.take_holes(len(parts) - 1)
            whole = None if parts == ["", ""] else tuple(parts)
            builder.add_own_hole(Hole(TEXT, -1, first, whole, tag=tag))
        else:
            builder.add_raw(escape_text(parts[0]))
        builder.close()

    def _end_tag(self) -> None:
        scanner = self.scanner
        offset = scanner.position
        name = scanner.end_tag()
        if name == HOLE:
            self._close_component(offset)
            return
        frame = self.builder.frames[-1]
        if len(self.builder.frames) == 1 or ascii_lower(name) != ascii_lower(frame.tag):
            raise self._mismatch(name, offset)
        self.builder.close()

    def _mismatch(self, name: str, offset: int) -> TemplateSyntaxError:
        frame = self.builder.frames[-1]
        if ascii_lower(name) in spec.VOID:
            why = "it can hold nothing, and has no end tag."
            fix = f"Leave out </{name}>."
        elif len(self.builder.frames) > 1:
            why = f"<{frame.name}> is still open here."
            fix = f"Close <{frame.name}> with </{frame.name}> first."
        else:
            why = "nothing is open here that it could close."
            fix = f"Take out </{name}>, or add the <{name}> it belongs to."
        return TemplateSyntaxError(
            f"</{name}> does not close anything.", why=why, fix=fix, offset=offset
        )

    def _unclosed(self, frame: Frame) -> TemplateSyntaxError:
        is_component = frame.tag == nesting.ROOT
        name = "{Component}" if is_component else frame.name
        return TemplateSyntaxError(
            f"<{name}> is not closed.",
            why="the template ends inside of it.",
            fix=f"Add </{name}>." + (f" Or write <{name} />." if is_component else ""),
            offset=frame.offset,
        )

    def _component(self) -> None:
        scanner = self.scanner
        offset = scanner.position
        self._check_hole(offset)
        scanner.position += len("<") + len(HOLE)
        first = scanner.take_holes(1)
        attributes, is_closed = scanner.attributes("{Component}", offset, is_component=True)
        props, spreads = read_props(attributes)
        hole = Hole(COMPONENT, -1, first, payload=(tuple(props), tuple(spreads), None, -1))
        self.builder.add_hole(hole)
        if not is_closed:
            parent = self.builder.frames[-1]
            namespace = HTML if nesting.reads_as_html(parent, "") else parent.inside
            self.builder = Builder(namespace, offset, self.builder)
            scanner.position = self._after_layout(scanner.position)

    def _close_component(self, offset: int) -> None:
        closing = self.scanner.take_holes(1)
        builder = self.builder
        outer = builder.outer
        if outer is None or len(builder.frames) > 1:
            frame = builder.frames[-1]
            is_open = len(builder.frames) > 1
            raise TemplateSyntaxError(
                "The end tag of a component does not close anything.",
                why=f"<{frame.name}> is still open here." if is_open else "none is open here.",
                fix=f"Close <{frame.name}> first." if is_open else "Take it out.",
                offset=offset,
            )
        outer.set_children(builder.children(self.strings), closing)
        self.builder = outer

    def _markup_declaration(self) -> None:
        scanner = self.scanner
        offset = scanner.position
        source = self.source
        if source.startswith("<!--", offset):
            self.builder.add_comment(scanner.comment())
            return
        parent = self.builder.frames[-1]
        if source.startswith("<![CDATA[", offset) and parent.key.startswith(("svg ", "math ")):
            self.builder.add_text(scanner.cdata(), offset)
            return
        is_doctype = source[offset + 2 : offset + 9].lower() == "doctype"
        raise TemplateSyntaxError(
            "A doctype may not stand in a template."
            if is_doctype
            else "<! begins neither a comment nor a doctype.",
            why="a browser drops it." if is_doctype else "a browser makes a comment of it.",
            fix="Leave it out; the page has one." if is_doctype else "Write <!-- … --> or &lt;!.",
            offset=offset,
        )

    def _instruction(self) -> None:
        raise TemplateSyntaxError(
            "<? begins nothing that HTML knows.",
            why="a browser makes a comment of it.",
            fix="Leave it out, or write &lt;? for the characters.",
            offset=self.scanner.position,
        )


_TAGS = {
    "/": _Parser._end_tag,
    "!": _Parser._markup_declaration,
    "?": _Parser._instruction,
    HOLE: _Parser._component,
}


def _check_meta(attributes: list[Attribute], offset: int) -> None:
    if any(ascii_lower(attribute.name) == "http-equiv" for attribute in attributes):
        raise HolePlacementError(
            "A <meta http-equiv> may hold no value.",
            why="it can make the page leave for any address.",
            fix="Write it out, or send an HTTP header.",
            offset=offset,
        )
