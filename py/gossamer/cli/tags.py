"""The tags of a page, each with its place in the text, so that few are written anew."""

import html
from collections.abc import Mapping
from html.parser import HTMLParser

from gossamer.template.spec import VOID


class Tag:
    """A start tag: its name, its attributes, its place in the text; of a script, what it says."""

    def __init__(self, name: str, attributes: dict[str, str | None], start: int, text: str) -> None:
        self.name = name
        self.attributes = attributes
        self.start = start
        self.end = start + len(text)
        self.closes = text.endswith("/>")
        self.changed = False
        self.content = ""
        self.inner_end = self.end  # where its content ends

    def get(self, name: str) -> str:
        """An attribute's value, empty when there is none."""
        return self.attributes.get(name) or ""

    def set(self, name: str, value: str | None) -> None:
        """Change or add an attribute."""
        self.attributes[name] = value
        self.changed = True

    def drop(self, name: str) -> None:
        """Take an attribute away."""
        if name in self.attributes:
            del self.attributes[name]
            self.changed = True

    def text(self) -> str:
        """The tag as it would be written."""
        return written(self.name, self.attributes, closes=self.closes)


def written(name: str, attributes: Mapping[str, str | None], *, closes: bool = False) -> str:
    """A start tag in HTML.

    >>> written("link", {"href": "a.css?b&c", "crossorigin": None})
    '<link href="a.css?b&amp;c" crossorigin>'
    """
    parts = [name]
    for key, value in attributes.items():
        parts.append(key if value is None else f"{key}={quoted(value)}")
    return f"<{' '.join(parts)}{' />' if closes else '>'}"


def quoted(value: str) -> str:
    """An attribute's value in the quotes that it holds fewer of."""
    text = html.escape(value, quote=False)
    if '"' in text and "'" not in text:
        return f"'{text}'"
    return f'"{text.replace('"', "&quot;")}"'


class Markup(HTMLParser):
    """A page's text and its start tags."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = text
        self.tags: list[Tag] = []
        self.head_end: int | None = None
        self._open: list[Tag] = []
        self.body_end: int | None = None
        self._lines = [0]
        for line in text.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self.feed(text)
        self.close()
        self._end_down_to(0, len(text))

    @property
    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a start tag."""
        text = self.get_starttag_text() or ""
        self.tags.append(Tag(tag, dict(attrs), self._offset, text))
        if tag not in VOID and not self.tags[-1].closes:
            self._open.append(self.tags[-1])
        if tag == "body" and self.head_end is None:
            self.head_end = self._offset

    def _end_down_to(self, depth: int, offset: int) -> None:
        for tag in self._open[depth:]:
            tag.inner_end = offset
        del self._open[depth:]

    def handle_data(self, data: str) -> None:
        """Remember what a script says."""
        if self.cdata_elem == "script":
            self.tags[-1].content += data

    def handle_endtag(self, tag: str) -> None:
        """Remember where head and body end, and each element's content."""
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth].name == tag:
                self._end_down_to(depth, self._offset)
                break
        if tag == "head" and self.head_end is None:
            self.head_end = self._offset
        elif tag == "body":
            self.body_end = self._offset

    def with_changes(self, insertions: Mapping[int, str]) -> str:
        """The text with changed tags written anew, and with what is put in at some places."""
        edits = [(tag.start, tag.end, tag.text()) for tag in self.tags if tag.changed]
        edits += [(place, place, text) for place, text in insertions.items()]
        text = self.source
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text
