"""A codec for each type: values to what JSON can say, and back."""

from types import UnionType
from typing import Any

from gossamer.errors import WireTypeError
from gossamer.server_fn.kinds import Codec
from gossamer.server_fn.lists import LISTS, codec_of_dict, codec_of_tuple
from gossamer.server_fn.records import adapter_for, codec_of_record, is_record
from gossamer.server_fn.scalars import SCALARS, codec_of_enum, codec_of_literal, codec_of_named
from gossamer.server_fn.unions import codec_of_union

_known: dict[Any, Codec] = {}


def codec_of(annotation: Any) -> Codec:
    """The codec of a type; it is made once, and the same on both sides.

    >>> numbers = codec_of(list[int | None])
    >>> numbers.decode([1, None]), numbers.name
    ([1, None], 'list[int|None]')

    Raises:
        WireTypeError: values of the type have no form on the wire.
    """
    try:
        found = _known.get(annotation)
    except TypeError:
        raise _refusal(annotation) from None
    if found is None:
        shell = _known[annotation] = Codec("pending")  # what holds itself finds this
        try:
            shell.become(_make(annotation, shell))
        except BaseException:
            del _known[annotation]
            raise
        found = shell
    return found


def _make(annotation: Any, shell: Codec) -> Codec:
    """A new codec for a type."""
    if annotation is None:
        annotation = type(None)
    if annotation in SCALARS:
        return SCALARS[annotation]
    origin = getattr(annotation, "__origin__", None)
    args: tuple[Any, ...] = getattr(annotation, "__args__", ())
    if type(annotation) is UnionType:
        return codec_of_union([codec_of(each) for each in args])
    if hasattr(annotation, "__value__"):  # a `type` statement, perhaps with parameters
        table = dict(zip(annotation.__type_params__, args, strict=False))
        return codec_of(filled(annotation.__value__, table))
    if hasattr(annotation, "__metadata__"):  # Annotated
        return codec_of(origin)
    if hasattr(annotation, "__supertype__"):  # NewType
        return codec_of(annotation.__supertype__)
    if type(annotation).__name__ == "_LiteralGenericAlias":
        return codec_of_literal(args)
    return _make_of_class(annotation, origin or annotation, args, shell)


def _make_of_class(annotation: Any, kind: Any, args: tuple[Any, ...], shell: Codec) -> Codec:
    if kind in LISTS and len(args) == 1:
        return LISTS[kind](codec_of(args[0]))
    if kind is tuple and args:
        is_open = args[-1] is Ellipsis
        return codec_of_tuple([codec_of(each) for each in (args[:1] if is_open else args)], is_open)
    if kind is dict and len(args) == 2:
        return codec_of_dict(codec_of(args[0]), codec_of(args[1]))
    if not isinstance(kind, type):
        raise _refusal(annotation)
    if hasattr(kind, "__members__"):
        return codec_of_enum(kind)
    named = codec_of_named(kind)
    if named is not None:
        return named
    adapted = adapter_for(kind)
    if adapted is not None:
        return adapted
    if is_record(kind):
        parameters = getattr(kind, "__parameters__", ())
        table = dict(zip(parameters, args, strict=False))
        return codec_of_record(kind, shell, lambda each: codec_of(filled(each, table)))
    raise _refusal(annotation)


def filled(annotation: Any, table: dict[Any, Any]) -> Any:
    """A type with its parameters replaced by what stands for them.

    >>> class T: ...
    >>> filled(T, {T: int})
    <class 'int'>
    """
    if not table:
        return annotation
    if annotation in table:
        return table[annotation]
    parameters = getattr(annotation, "__parameters__", ())
    if parameters:
        return annotation[tuple(table.get(each, each) for each in parameters)]
    return annotation


def _refusal(annotation: Any) -> WireTypeError:
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    bare: dict[Any, str] = {
        list: "list[str]",
        dict: "dict[str, int]",
        tuple: "tuple[int, str]",
        set: "set[str]",
    }
    example = bare.get(annotation) if isinstance(annotation, type) else None
    return WireTypeError(
        f"Values of type {text} cannot travel between page and server.",
        why="Both sides have to know what a value consists of, and this type does not say it."
        if example
        else "It is neither plain data nor a class whose fields are annotated.",
        fix=f"Say what is in it, as in {example}."
        if example
        else "Write a dataclass with what the other side needs, and make it of this.",
    )
