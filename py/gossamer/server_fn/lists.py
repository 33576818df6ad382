"""Codecs of values that hold others of the same type."""

from collections.abc import Callable
from typing import Any

from gossamer.server_fn.kinds import LIST, OBJECT, Codec
from gossamer.server_fn.problems import Problem, joined

_NO_LIST = "This is not a list."


def each(read: Callable[[Any], Any], values: Any) -> list[Any]:
    """Every value read; only when one will not do all are looked at once more, to say which."""
    try:
        return [read(value) for value in values]
    except Problem:
        pass
    found: Problem | None = None
    for index, value in enumerate(values):
        try:
            read(value)
        except Problem as problem:
            found = joined(found, problem.within(index))
    assert found is not None  # noqa: S101 - the same values were refused just now
    raise found


def _like_list(kind: type) -> Callable[[Codec], Codec]:
    """Makes codecs for a sort of list."""

    def codec_for(part: Codec) -> Codec:
        def decode(value: Any) -> Any:
            if type(value) is not list:
                raise Problem(_NO_LIST)
            return make(each(part.decode, value))

        def make(values: list[Any]) -> Any:
            try:
                return kind(values)
            except TypeError:
                raise Problem("What is in this list cannot be in a set.") from None

        def encode(value: Any) -> list[Any]:
            if not isinstance(value, kind):
                raise Problem(f"This is not a {kind.__name__}.")
            return each(part.encode, value)

        if kind is list:
            make = _same
        return Codec(kind.__name__, (LIST,), decode, encode, kind=kind, parts=(part,))

    return codec_for


def _same(values: list[Any]) -> list[Any]:
    return values


LISTS = {kind: _like_list(kind) for kind in (list, set, frozenset)}


def codec_of_tuple(parts: list[Codec], is_open: bool) -> Codec:  # noqa: FBT001 - of this room only
    """A tuple, of any length of one type when it is open."""

    def run(side: Callable[[Codec], Callable[[Any], Any]], value: Any) -> list[Any]:
        if is_open:
            return each(side(parts[0]), value)
        if len(value) != len(parts):
            raise Problem(f"This has {len(value)} entries and not {len(parts)}.")
        found: Problem | None = None
        read = []
        for index, (part, item) in enumerate(zip(parts, value, strict=True)):
            try:
                read.append(side(part)(item))
            except Problem as problem:
                found = joined(found, problem.within(index))
        if found is not None:
            raise found
        return read

    def decode(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise Problem(_NO_LIST)
        return tuple(run(lambda part: part.decode, value))

    def encode(value: Any) -> list[Any]:
        if not isinstance(value, tuple):
            raise Problem("This is not a tuple.")
        return run(lambda part: part.encode, value)

    tag = "tuples" if is_open else "tuple"
    return Codec("tuple", (LIST,), decode, encode, kind=tuple, parts=tuple(parts), tag=tag)


def codec_of_dict(keys: Codec, values: Codec) -> Codec:
    """A dict: an object where the keys are texts, else a list of pairs."""
    if keys.kind is not str:
        return _codec_of_pairs(keys, values)

    def run(read: Callable[[Any], Any], given: dict[str, Any]) -> dict[str, Any]:
        try:
            return {keys.decode(key): read(value) for key, value in given.items()}
        except Problem:
            pass
        found: Problem | None = None
        for key, value in given.items():
            try:
                keys.decode(key)
                read(value)
            except Problem as problem:
                found = joined(found, problem.within(str(key)))
        assert found is not None  # noqa: S101 - the same values were refused just now
        raise found

    def decode(value: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise Problem("This is not an object.")
        return run(values.decode, value)

    def encode(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Problem("This is not a dict.")
        return run(values.encode, value)

    return Codec("dict", (OBJECT,), decode, encode, kind=dict, parts=(keys, values))


def _codec_of_pairs(keys: Codec, values: Codec) -> Codec:
    pair = codec_of_tuple([keys, values], is_open=False)

    def decode(value: Any) -> dict[Any, Any]:
        if type(value) is not list:
            raise Problem("This is not a list of pairs.")
        pairs = each(pair.decode, value)
        try:
            found = dict(pairs)
        except TypeError:
            raise Problem("What is in this list cannot be a key.") from None
        if len(found) != len(pairs):
            raise Problem("A key stands in this list twice.")
        return found

    def encode(value: Any) -> list[Any]:
        if not isinstance(value, dict):
            raise Problem("This is not a dict.")
        return each(pair.encode, list(value.items()))

    return Codec("pairs", (LIST,), decode, encode, kind=dict, parts=(keys, values))
