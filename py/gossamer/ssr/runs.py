"""Rows of one template, written column by column.

Of the values at one place most are of one kind and need no escaping. That is asked of a whole
column at once, in C; then Python's own formatting puts the rows together.
"""

import re
from collections.abc import Callable
from operator import attrgetter
from string.templatelib import Template
from typing import Any, Final

from gossamer.ssr.attributes import write_attribute, write_tag
from gossamer.ssr.escape import escape_attribute, escape_text
from gossamer.ssr.program import Program, Tag
from gossamer.template.names import IMAGE_URLS, PLAIN, check_url
from gossamer.template.shape import Hole
from gossamer.view.text import formatted

type Column = list[Any]

_NUMBERS: Final = frozenset((int, float))
_TEXTS: Final = _NUMBERS | {str}
_FIXED: Final = _TEXTS | {bool, type(None)}
_HARMLESS: Final = re.compile(r"[/?#]|https?:|mailto:", re.IGNORECASE)
_BETWEEN: Final = "\x1f"
"""Stands between texts that are escaped together; no text is likely to have it."""
_value_of = attrgetter("value")
_spec_of = attrgetter("format_spec")
_conversion_of = attrgetter("conversion")


class Place:
    """Where the values of one column go: between tags or into an attribute."""

    __slots__ = ("_escape", "_number", "_sink")

    def __init__(self, number: int, escape: Callable[[str], str], sink: int = PLAIN) -> None:
        self._number = number
        self._escape = escape
        self._sink = sink

    def odd_in(self, columns: list[Column]) -> list[int]:
        """The rows whose value is more than a text, or may run a script."""
        column = columns[self._number]
        if not set(map(type, column)) <= _TEXTS:
            return [i for i, value in enumerate(column) if type(value) not in _TEXTS]
        if self._sink == PLAIN:
            return []
        return [i for i, value in enumerate(column) if not check_url(str(value), self._sink)]

    def texts(self, columns: list[Column]) -> Column:
        """The values as they stand in the page; a format writes a number as `str` does."""
        column, escape = columns[self._number], self._escape
        kinds = set(map(type, column))
        if kinds <= _NUMBERS:
            return column
        if len(kinds) > 1:
            return [escape(value) if type(value) is str else value for value in column]
        joined = _BETWEEN.join(column)
        escaped = escape(joined)
        if escaped is joined:
            return column
        texts = escaped.split(_BETWEEN)
        return texts if len(texts) == len(column) else list(map(escape, column))


class TagPlace:
    """Where a start tag goes whose attributes depend on values."""

    __slots__ = ("tag",)

    def __init__(self, tag: Tag) -> None:
        self.tag = tag

    def odd_in(self, columns: list[Column]) -> list[int]:
        """The rows with a value that may change, or that has parts."""
        return [
            i
            for number in self.tag.firsts
            if not set(map(type, columns[number])) <= _FIXED
            for i, value in enumerate(columns[number])
            if type(value) not in _FIXED
        ]

    def texts(self, columns: list[Column]) -> Column:
        """The tags; the same values make the same one."""
        known: dict[tuple[object, ...], str] = {}
        texts = []
        own = zip(*[columns[number] for number in self.tag.firsts], strict=True)
        for index, values in enumerate(own):
            key = (*values, *map(type, values))
            text = known.get(key)
            if text is None:
                made: list[Any] = []
                write_tag(self.tag, tuple([column[index] for column in columns]), made, None)
                text = known[key] = "".join(made)
            texts.append(text)
        return texts


class Form:
    """A program as one format, with a place for each column."""

    __slots__ = ("_format", "_places")

    def __init__(self, text: str, places: list[Place | TagPlace]) -> None:
        self._format = text
        self._places = places

    def odd_rows(self, columns: list[Column]) -> set[int]:
        """The rows that have to be written one by one."""
        return {index for place in self._places for index in place.odd_in(columns)}

    def text(self, columns: list[Column]) -> str:
        """The rows as one text."""
        texts = [place.texts(columns) for place in self._places]
        form = self._format
        return "".join([form % row for row in zip(*texts, strict=True)])


def form_of(program: Program, escape: Callable[[str], str] = escape_text) -> Form | None:
    """The form of a program; None if it does more than write values."""
    pieces: list[str] = []
    places: list[Place | TagPlace] = []
    for text, first, run, about in program.steps:
        pieces.append(_plain(text))
        if first >= 0:
            pieces.append("%s")
            places.append(Place(first, escape))
        elif run is write_tag and about.inner is None:
            pieces.append("%s")
            places.append(TagPlace(about))
        elif run is write_attribute and _can_be_judged(about):
            parts = about.parts or ("", "")
            sink = PLAIN if about.parts else about.sink
            numbers = range(about.first, about.first + len(parts) - 1)
            places.extend([Place(number, escape_attribute, sink) for number in numbers])
            around = "%s".join([_plain(escape_attribute(part)) for part in parts])
            pieces.append(f' {about.name}="{around}"')
        else:
            return None
    pieces.append(_plain(program.tail))
    return Form("".join(pieces), places) if places else None


def _plain(text: str) -> str:
    """A text in a format."""
    return text.replace("%", "%%")


def _can_be_judged(hole: Hole) -> bool:
    """Whether a value alone, or the text before it, says if an address may run a script."""
    if hole.sink == PLAIN or hole.parts is None:
        return True
    begin = hole.parts[0]
    return (
        hole.sink != IMAGE_URLS
        and _HARMLESS.match(begin) is not None
        and check_url(begin, hole.sink)
    )


def columns_of(views: list[Template]) -> list[Column]:
    """The values of views by their places, with conversions and format specs applied."""
    columns: list[Column] = []
    for parts in zip(*[view.interpolations for view in views], strict=True):
        column = list(map(_value_of, parts))
        specs = set(map(_spec_of, parts))
        if set(map(_conversion_of, parts)) != {None}:
            column = [formatted(part) for part in parts]
        elif specs != {""}:
            is_simple = len(specs) == 1 and set(map(type, column)) <= _NUMBERS
            column = _format_all(column, *specs) if is_simple else [*map(formatted, parts)]
        columns.append(column)
    return columns


def _format_all(column: Column, spec: str) -> Column:
    return [format(value, spec) for value in column]
