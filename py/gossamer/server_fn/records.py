"""Codecs of classes with annotated fields."""

from collections.abc import Callable
from operator import attrgetter, itemgetter
from typing import Any

from gossamer.errors import WireTypeError
from gossamer.fields import annotations_of, has_default
from gossamer.server_fn.kinds import OBJECT, Codec, Field
from gossamer.server_fn.problems import Problem, joined

NO_OBJECT = "This is not an object."


def is_record(kind: type) -> bool:
    """Whether a class says by itself which fields its values have."""
    return (
        hasattr(kind, "__dataclass_fields__")
        or hasattr(kind, "__required_keys__")
        or (issubclass(kind, tuple) and hasattr(kind, "_fields"))
        or issubclass(kind, Exception)
    )


def fields_of(kind: type) -> dict[str, tuple[Any, bool]]:
    """The fields that a class is made with: the type of each, and whether it has to be given.

    Raises:
        WireTypeError: an annotation names something that is not to be found here.
    """
    try:
        annotations = annotations_of(kind)
    except NameError as error:
        raise WireTypeError(
            f"The fields of {kind.__name__} name a type that is not here: {error.name}.",
            why="Page and server both make values of it, so both have to have its types.",
            fix="Import the type where both sides run it: outside of `if TYPE_CHECKING:`.",
        ) from error
    for name, annotation in annotations.items():
        if isinstance(annotation, str):
            raise WireTypeError(
                f"The type of {kind.__name__}.{name} is written as a text: {annotation!r}.",
                why="A text is no type, and nothing here runs text as a program.",
                fix="Write the type itself, and take out `from __future__ import annotations`:"
                " Python 3.14 needs neither.",
            )
    made = _made_with(kind)
    is_dict = hasattr(kind, "__required_keys__")
    return {
        name: (bare(annotation), not has_default(kind, name, is_dict=is_dict))
        for name, annotation in annotations.items()
        if made is None or name in made
    }


def _made_with(kind: Any) -> set[str] | None:
    """The annotated names that `__init__` takes; None for all of them."""
    found = getattr(kind, "__dataclass_fields__", None)
    if found is None:
        return None
    return {
        name
        for name, field in found.items()
        if field.init and field._field_type.name == "_FIELD"  # noqa: SLF001 - how dataclasses tell them from ClassVar
    }


def bare(annotation: Any) -> Any:
    """What a TypedDict says of a key, without whether it has to be there."""
    origin = getattr(annotation, "__origin__", None)
    if getattr(origin, "_name", "") in ("NotRequired", "Required", "ReadOnly"):
        return bare(annotation.__args__[0])
    return annotation


def codec_of_record(kind: Any, shell: Codec, look: Callable[[Any], Codec]) -> Codec:
    """A class with fields, as an object; `look` finds the codec of a field's type."""
    shell.shapes, shell.kind, shell.tag, shell.what = (OBJECT,), kind, kind.__name__, "record"
    if issubclass(kind, Exception) and not annotations_of(kind):
        return _codec_of_exception(kind)
    fields = {
        name: Field(look(annotation), is_required=is_required)
        for name, (annotation, is_required) in fields_of(kind).items()
    }
    is_dict = issubclass(kind, dict)
    make = dict if is_dict else kind
    if issubclass(kind, Exception) and not hasattr(kind.__init__, "__code__"):
        make = _maker_of_exception(kind)
    decode = _decoder(fields, make)
    encode = _encoder(kind, fields, is_dict=is_dict)
    codec = Codec("record", (OBJECT,), decode, encode, kind=kind, tag=kind.__name__)
    codec.fields = fields
    return codec


def _decoder(fields: dict[str, Field], make: Callable[..., Any]) -> Callable[[Any], Any]:
    required = [name for name, field in fields.items() if field.is_required]

    def decode(value: Any) -> Any:
        if type(value) is not dict:
            raise Problem(NO_OBJECT)
        found: Problem | None = None
        read = {}
        for name, given in value.items():
            try:
                read[name] = fields[name].codec.decode(given)
            except Problem as problem:
                found = joined(found, problem.within(name))
            except KeyError:
                if name in fields:
                    raise
                found = joined(found, Problem("There is no such field.").within(name))
        for name in required:
            if name not in value:
                found = joined(found, Problem("This is missing.").within(name))
        if found is not None:
            raise found
        try:
            return make(**read)
        except ValueError as error:
            raise Problem(str(error) or "This will not do.") from error

    return decode


def _encoder(kind: Any, fields: dict[str, Field], *, is_dict: bool) -> Callable[[Any], Any]:
    getters = [
        (name, itemgetter(name) if is_dict else attrgetter(name), field)
        for name, field in fields.items()
    ]

    def encode(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict if is_dict else kind):
            raise Problem(f"This is no {kind.__name__}.")
        said = {}
        found: Problem | None = None
        for name, get, field in getters:
            if is_dict and name not in value:
                if field.is_required:
                    found = joined(found, Problem("This is missing.").within(name))
                continue
            try:
                said[name] = field.codec.encode(get(value))
            except Problem as problem:
                found = joined(found, problem.within(name))
        if found is not None:
            raise found
        return said

    return encode


def _maker_of_exception(kind: Any) -> Callable[..., Any]:
    """Makes exceptions that only have their fields annotated, and no `__init__` of their own."""

    def make(**values: Any) -> Any:
        made = kind(*values.values())
        for name, value in values.items():
            setattr(made, name, value)
        return made

    return make


def _codec_of_exception(kind: Any) -> Codec:
    """An exception without annotated fields: what it was raised with, where that is plain."""

    def decode(value: Any) -> Any:
        if type(value) is not dict or set(value) != {"args"} or type(value["args"]) is not list:
            raise Problem(NO_OBJECT)
        return kind(*value["args"])

    def encode(value: Any) -> dict[str, Any]:
        if not isinstance(value, kind):
            raise Problem(f"This is no {kind.__name__}.")
        plain = (str, int, float, bool, type(None))
        return {"args": [each if isinstance(each, plain) else str(each) for each in value.args]}

    codec = Codec("record", (OBJECT,), decode, encode, kind=kind, tag=kind.__name__)
    codec.fields = {}
    return codec


def adapter_for(kind: Any) -> Codec | None:
    """A codec for a class that checks its fields itself: a model of pydantic."""
    if not hasattr(kind, "model_validate") or not hasattr(kind, "model_fields"):
        return None

    def decode(value: Any) -> Any:
        if type(value) is not dict:
            raise Problem(NO_OBJECT)
        try:
            return kind.model_validate(value)
        except ValueError as error:
            found: Problem | None = None
            for each in error.errors():  # type: ignore[attr-defined] # pydantic's
                problem = Problem(f"{each['msg']}.")
                for step in reversed(each["loc"]):
                    problem = problem.within(step)
                found = joined(found, problem)
            raise found or Problem("This will not do.") from error

    def encode(value: Any) -> Any:
        if not isinstance(value, kind):
            raise Problem(f"This is no {kind.__name__}.")
        return value.model_dump(mode="json")

    tag = f"{kind.__name__}({','.join(kind.model_fields)})"
    codec = Codec("record", (OBJECT,), decode, encode, kind=kind, tag=tag)
    codec.fields = {}
    return codec
