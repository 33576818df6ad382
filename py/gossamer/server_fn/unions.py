"""Codecs of values that are of one type or of another."""

from typing import Any

from gossamer.server_fn.kinds import (
    BOOL,
    FILE,
    FLOAT,
    INT,
    LIST,
    NULL,
    OBJECT,
    SPECIAL,
    TAG,
    TEXT,
    VALUE,
    Codec,
)
from gossamer.server_fn.problems import Problem

_SHAPE_OF = {
    type(None): NULL,
    bool: BOOL,
    int: INT,
    float: FLOAT,
    str: TEXT,
    list: LIST,
    dict: OBJECT,
}


def codec_of_union(parts: list[Codec]) -> Codec:
    """One of some types: told apart by their shape in JSON, else by a tag.

    A member whose shape no other member has goes as it is. Others get a tag: in their own object
    where they are records, else beside the value. What comes without a tag is the first member
    that takes it.
    """
    members = [part for one in parts for part in (one.parts if one.what == "union" else (one,))]
    crowded = _crowded(members)
    tags = {member.tag: member for member in members}

    def decode(value: Any) -> Any:
        shape = _SHAPE_OF.get(type(value), FILE)
        if shape == OBJECT and TAG in value:
            return _tagged(tags, value)
        failure: Problem | None = None
        for member in members:
            if shape in member.shapes and (shape != OBJECT or _fits_object(member, value)):
                try:
                    return member.decode(value)
                except Problem as problem:
                    failure = failure or problem
        raise failure or Problem(f"This is none of {', '.join(tags)}.")

    def encode(value: Any) -> Any:
        failure: Problem | None = None
        for member in _likely(members, value):
            try:
                said = member.encode(value)
            except Problem as problem:
                failure = failure or problem
                continue
            if member not in crowded and not _looks_marked(member, said):
                return said
            if member.what == "record":
                return {TAG: member.tag, **said}
            return {TAG: member.tag, VALUE: said}
        raise failure or Problem(f"This is none of {', '.join(tags)}.")

    shapes = tuple(dict.fromkeys(shape for member in members for shape in member.shapes))
    return Codec("union", shapes, decode, encode, parts=tuple(members))


def _tagged(tags: dict[str, Codec], value: dict[str, Any]) -> Any:
    """What an object is that says itself which member it is."""
    member = tags.get(str(value[TAG]))
    if member is None:
        raise Problem(f"This is none of {', '.join(tags)}.")
    rest = {key: held for key, held in value.items() if key != TAG}
    if member.what != "record" and list(rest) == [VALUE]:
        return member.decode(rest[VALUE])
    return member.decode(rest)


def _fits_object(member: Codec, value: dict[str, Any]) -> bool:
    """Whether an object may be of a member: a float is one with a key of its own."""
    return (member.kind is float) is (SPECIAL in value)


def _looks_marked(member: Codec, said: Any) -> bool:
    """Whether a dict of the user's has a key that would be taken for a mark of ours."""
    return member.what == "dict" and (TAG in said or SPECIAL in said)


def _likely(members: list[Codec], value: Any) -> list[Codec]:
    """The members of just this class first: a bool is an int, and a datetime a date."""
    return sorted(members, key=lambda member: member.kind is not type(value))


def _crowded(members: list[Codec]) -> set[Codec]:
    """The members of which another one has a shape as well."""
    found = set()
    for member in members:
        for other in members:
            shared = set(member.shapes) & set(other.shapes)
            if float in (member.kind, other.kind):
                shared -= {INT, OBJECT}  # a float is written with a point, or in its own object
            if other is not member and shared:
                found.add(member)
    return found
