"""Codecs of values without parts."""

from binascii import Error as NotBase64
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable
from typing import Any

from gossamer.server_fn.kinds import BOOL, FILE, FLOAT, INT, NULL, OBJECT, SPECIAL, TEXT, Codec
from gossamer.server_fn.problems import Problem
from gossamer.server_fn.uploads import UploadFile

_SPECIALS = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}
_LONGEST = 400
"""Characters of a number that is written as text."""


def _plain(kind: type, shape: str, wanted: str) -> Codec:
    """What JSON says as it is."""

    def decode(value: Any) -> Any:
        if type(value) is kind:
            return value
        raise Problem(wanted)

    def encode(value: Any) -> Any:
        if isinstance(value, kind) and (kind is bool or type(value) is not bool):
            return value
        raise Problem(wanted)

    return Codec(shape, (shape,), decode, encode, kind=kind)


def _decode_float(value: Any) -> float:
    if type(value) is float:
        if value - value == 0:
            return value
        raise Problem("This number is too large.")
    if type(value) is int:
        try:
            return float(value)
        except OverflowError:
            raise Problem("This number is too large.") from None
    if type(value) is dict and len(value) == 1:
        special = _SPECIALS.get(str(value.get(SPECIAL)))
        if special is not None:
            return special
    raise Problem("This is not a number.")


def _encode_float(value: Any) -> Any:
    if not isinstance(value, float | int) or isinstance(value, bool):
        raise Problem("This is not a number.")
    value = float(value)
    return value if value - value == 0 else {SPECIAL: repr(value)}


def _decode_bytes(value: Any) -> bytes:
    if type(value) is str:
        try:
            return a2b_base64(value.encode("ascii"), strict_mode=True)
        except NotBase64, UnicodeEncodeError:
            pass
    raise Problem("This is not base64.")


def _encode_bytes(value: Any) -> str:
    if isinstance(value, bytes):
        return b2a_base64(value, newline=False).decode("ascii")
    raise Problem("This is not bytes.")


SCALARS: dict[Any, Codec] = {
    type(None): _plain(type(None), NULL, "This has to be empty."),
    bool: _plain(bool, BOOL, "This is neither true nor false."),
    int: _plain(int, INT, "This is not a whole number."),
    str: _plain(str, TEXT, "This is not a text."),
    float: Codec("float", (FLOAT, INT, OBJECT), _decode_float, _encode_float, kind=float),
    bytes: Codec("bytes", (TEXT,), _decode_bytes, _encode_bytes, kind=bytes),
}
SCALARS[type(None)].tag = "None"


def _decode_file(value: Any) -> UploadFile:
    if isinstance(value, UploadFile):
        return value
    raise Problem("This is not a file.")


SCALARS[UploadFile] = Codec(FILE, (FILE,), _decode_file, lambda value: value, kind=UploadFile)


def _of_text(
    kind: type, make: Callable[[str], Any], write: Callable[[Any], str], wanted: str
) -> Codec:
    """What goes as a text that one function reads and another writes."""

    def decode(value: Any) -> Any:
        if type(value) is str and len(value) <= _LONGEST and "_" not in value:
            try:
                return make(value)
            except ValueError, ArithmeticError:
                pass
        raise Problem(wanted)

    def encode(value: Any) -> str:
        if isinstance(value, kind):
            return write(value)
        raise Problem(wanted)

    return Codec(kind.__name__, (TEXT,), decode, encode, kind=kind)


def _of_duration(kind: Any) -> Codec:
    """A duration, as a whole number of microseconds."""
    wanted = "This is not a duration."

    def decode(value: Any) -> Any:
        if type(value) is int:
            try:
                return kind(microseconds=value)
            except OverflowError:
                pass
        raise Problem(wanted)

    def encode(value: Any) -> int:
        if isinstance(value, kind):
            return int(value // kind.resolution)
        raise Problem(wanted)

    return Codec("timedelta", (INT,), decode, encode, kind=kind)


def codec_of_named(kind: Any) -> Codec | None:
    """A codec for a class of the standard library that nobody here has to import."""
    name = f"{kind.__module__}.{kind.__name__}"
    if name in ("datetime.date", "datetime.datetime", "datetime.time"):
        what = {"date": "a date", "datetime": "a date and time", "time": "a time"}[kind.__name__]
        return _of_text(kind, kind.fromisoformat, kind.isoformat, f"This is not {what}.")
    if name == "datetime.timedelta":
        return _of_duration(kind)
    if name in ("decimal.Decimal", "_pydecimal.Decimal"):
        return _of_text(kind, kind, str, "This is not a decimal number.")
    if name == "uuid.UUID":
        return _of_text(kind, kind, str, "This is not a UUID.")
    return None


def codec_of_literal(choices: tuple[Any, ...]) -> Codec:
    """One of some values, as themselves."""
    table = {(type(choice), choice): choice for choice in choices}
    codec = _of_choices(table, table, choices)
    codec.tag = f"Literal[{','.join(map(repr, choices))}]"
    return codec


def codec_of_enum(kind: Any) -> Codec:
    """A member of an enum, by its value; by its name where the values are no plain data."""
    members = list(kind.__members__.values())
    if hasattr(kind, "_flag_mask_"):
        return _of_flags(kind)
    is_plain = all(type(member.value) in (str, int, bool) for member in members)
    said = {member: member.value if is_plain else member.name for member in members}
    into = {(type(word), word): member for member, word in said.items()}
    outof = {(type(member), member): said[member] for member in members}
    codec = _of_choices(into, outof, list(said.values()))
    codec.kind = kind
    codec.tag = f"{kind.__name__}[{','.join(map(repr, said.values()))}]"
    return codec


def _of_choices(into: dict[Any, Any], outof: dict[Any, Any], words: Any) -> Codec:
    wanted = f"This is none of {', '.join(map(str, words))}."

    def find(table: dict[Any, Any]) -> Callable[[Any], Any]:
        def look(value: Any) -> Any:
            try:
                return table[type(value), value]
            except KeyError, TypeError:
                raise Problem(wanted) from None

        return look

    shapes = {str: TEXT, int: INT, bool: BOOL, type(None): NULL}
    found = tuple(dict.fromkeys(shapes.get(type(word), TEXT) for word in words))
    codec = Codec("choice", found, find(into), find(outof))
    codec.words = tuple(words)
    return codec


def _of_flags(kind: Any) -> Codec:
    wanted = f"This is no {kind.__name__}."

    def decode(value: Any) -> Any:
        if type(value) is int:
            try:
                return kind(value)
            except ValueError:
                pass
        raise Problem(wanted)

    def encode(value: Any) -> Any:
        if isinstance(value, kind):
            return value.value
        raise Problem(wanted)

    return Codec("flags", (INT,), decode, encode, kind=kind, tag=kind.__name__)
