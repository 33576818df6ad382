"""Patterns of paths: `/users/{id:int}`, `/blog/{year?}`, `/files/{*rest}`."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from gossamer.errors import RouteError
from gossamer.router.addresses import decode, encode

STATIC, TYPED, PARAM, REST = range(4)

_NAME = re.compile(r"(?P<rest>\*?)(?P<name>[^\W\d]\w*)(?::(?P<kind>\w+))?(?P<optional>\??)\Z")
_INT = re.compile(r"-?[0-9]{1,18}\Z")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")


class Converter:
    """Reads a part of a path as a value, and writes the value as such a part."""

    __slots__ = ("name", "parse", "write")

    def __init__(
        self, name: str, parse: Callable[[str], Any], write: Callable[[Any], str] = str
    ) -> None:
        self.name = name
        self.parse = parse
        self.write = write


def _matching(pattern: re.Pattern[str], make: Callable[[str], Any] = str) -> Callable[[str], Any]:
    def parse(text: str) -> Any:
        if not pattern.match(text):
            raise ValueError(text)
        return make(text)

    return parse


_converters = {
    name: Converter(name, parse)
    for name, parse in (
        ("int", _matching(_INT, int)),
        ("slug", _matching(_SLUG)),
        ("uuid", _matching(_UUID, str.lower)),
    )
}


def add_converter(
    name: str, parse: Callable[[str], Any], write: Callable[[Any], str] = str
) -> None:
    """Make a type of parameter known: `{day:date}` after `add_converter("date", …)`.

    `parse` gets the decoded part of the path; a ValueError means that the route does not match.
    `write` makes the text for `url_for`.

    >>> from datetime import date
    >>> add_converter("date", date.fromisoformat, date.isoformat)
    """
    _converters[name] = Converter(name, parse, write)


class Segment:
    """One part of a pattern between two slashes."""

    __slots__ = ("converter", "is_optional", "kind", "text")

    def __init__(
        self, kind: int, text: str, converter: Converter | None = None, *, is_optional: bool = False
    ) -> None:
        self.kind = kind
        self.text = text  # what stands there, or the parameter's name
        self.converter = converter
        self.is_optional = is_optional

    @property
    def shape(self) -> tuple[int, str]:
        """What two segments that match the same have in common."""
        if self.kind == STATIC:
            return STATIC, self.text
        return self.kind, self.converter.name if self.converter is not None else ""

    def write(self, value: object, pattern: str) -> str:
        """The value as a part of a path.

        Raises:
            RouteError: a browser would lose it, or read it as another step.
        """
        text = self.converter.write(value) if self.converter is not None else str(value)
        steps = text.split("/") if self.kind == REST else [text or "."]
        if "." in steps or ".." in steps:
            raise RouteError(
                f"{text!r} cannot stand for {{{self.text}}} in {pattern}.",
                why="Browsers drop such a part from a path, so the address would mean another one.",
                fix=f"Give {self.text} a value with at least one other character.",
            )
        return encode(text, keep="/" if self.kind == REST else "")


def parse_pattern(pattern: str) -> tuple[Segment, ...]:
    """The segments of a pattern.

    >>> [segment.text for segment in parse_pattern("/users/{id:int}")]
    ['users', 'id']

    Raises:
        RouteError: it is not well formed.
    """
    parts = pattern.split("/")
    if parts and not parts[0]:
        del parts[0]
    if parts and not parts[-1]:
        del parts[-1]
    segments = tuple(_parse_part(part, pattern) for part in parts)
    if any(segment.kind == REST for segment in segments[:-1]):
        raise RouteError(
            f"Something follows the rest in {pattern}.",
            why="{*name} takes everything to the end of the path.",
            fix="Put it last, or use {name} for one part.",
        )
    return segments


def _parse_part(part: str, pattern: str) -> Segment:
    if "{" not in part and "}" not in part:
        return Segment(STATIC, decode(part))
    found = _NAME.match(part[1:-1]) if part[0] == "{" and part[-1] == "}" else None
    if found is None or (found["rest"] and (found["kind"] or found["optional"])):
        raise RouteError(
            f"{part} in {pattern} is no parameter.",
            why="A parameter fills what is between two slashes, and has a name such as Python's.",
            fix="Write {id}, {id:int}, {id?}, {id:int?} or {*rest}.",
        )
    if found["rest"]:
        return Segment(REST, found["name"])
    kind = found["kind"]
    if kind is not None and kind not in _converters:
        raise RouteError(
            f"There is no converter {kind} for {part} in {pattern}.",
            why=f"Known are: {', '.join(sorted(_converters))}.",
            fix=f'Write one of them, or call add_converter("{kind}", parse) first.',
        )
    return Segment(
        PARAM if kind is None else TYPED,
        found["name"],
        _converters[kind] if kind is not None else None,
        is_optional=bool(found["optional"]),
    )


def spread_optionals(segments: tuple[Segment, ...]) -> Iterator[tuple[Segment, ...]]:
    """The patterns that one with optional parts stands for; the leftmost are filled first."""
    for index, segment in enumerate(segments):
        if segment.is_optional:
            before, after = segments[:index], segments[index + 1 :]
            for rest in spread_optionals(after):
                yield (*before, segment, *rest)
            for rest in spread_optionals(after):
                yield (*before, *rest)
            return
    yield segments
