"""What a codec is, and the shapes that JSON can tell apart."""

from collections.abc import Callable, Mapping
from typing import Any

NULL, BOOL, INT, FLOAT, TEXT, LIST, OBJECT = "null", "bool", "int", "float", "str", "list", "dict"
FILE = "file"
"""What cannot stand in JSON: the contents of a file."""

TAG = "$t"
"""In an object: which member of a union it is."""
VALUE = "v"
"""Beside the tag: the value, where it is no object of its own."""
SPECIAL = "$f"
"""In an object: a float that JSON has no word for."""


def _unfinished(value: Any) -> Any:
    raise AssertionError(f"a codec is used while it is made, for {value!r}")


class Codec:
    """How values of one type go over the wire.

    `decode` takes what a JSON parser gives, and raises `Problem` with all that is wrong; `encode`
    takes a value, and raises `Problem` when it is of another type.
    """

    __slots__ = ("decode", "encode", "fields", "kind", "parts", "shapes", "tag", "what", "words")

    def __init__(
        self,
        what: str,
        shapes: tuple[str, ...] = (),
        decode: Callable[[Any], Any] = _unfinished,
        encode: Callable[[Any], Any] = _unfinished,
        *,
        kind: Any = None,
        parts: tuple[Codec, ...] = (),
        tag: str = "",
    ) -> None:
        self.what = what
        self.shapes = shapes
        self.decode = decode
        self.encode = encode
        self.kind = kind
        self.parts = parts
        self.tag = tag or what
        self.fields: Mapping[str, Field] = {}
        self.words: tuple[Any, ...] = ()  # what a choice has, as it is sent

    def become(self, other: Codec) -> None:
        """Be another codec from now on, for those who hold this one."""
        for name in Codec.__slots__:
            setattr(self, name, getattr(other, name))

    @property
    def name(self) -> str:
        """The type in words that are the same on both sides."""
        return name_of(self, set())


class Field:
    """A field of a record: its codec, and whether it has to be given."""

    __slots__ = ("codec", "is_required")

    def __init__(self, codec: Codec, *, is_required: bool) -> None:
        self.codec = codec
        self.is_required = is_required


def name_of(codec: Codec, seen: set[int]) -> str:
    """A codec's type with all that it consists of; what was told already by its tag alone."""
    key = id(codec.decode)
    if key in seen:
        return codec.tag
    if codec.what == "union":
        return "|".join(name_of(part, seen | {key}) for part in codec.parts)
    if codec.what != "record":
        inner = ",".join(name_of(part, seen | {key}) for part in codec.parts)
        return f"{codec.tag}[{inner}]" if inner else codec.tag
    told = (
        f"{name}{'' if field.is_required else '?'}:{name_of(field.codec, seen | {key})}"
        for name, field in codec.fields.items()
    )
    return f"{codec.tag}({','.join(told)})"
