"""What a server function takes and gives, from its annotations."""

from binascii import crc32
from collections.abc import Callable, Mapping
from typing import Any

from gossamer.errors import ServerFunctionError, WireTypeError
from gossamer.server_fn.codec import codec_of
from gossamer.server_fn.kinds import FILE, Codec
from gossamer.server_fn.problems import Problem, joined

_ITERATORS = ("AsyncIterator", "AsyncGenerator", "AsyncIterable")
_ASYNC_GENERATOR = 0x200
_VARIADIC = 0x04 | 0x08


class Parameter:
    """A parameter: its name, its type and codec, and whether it has to be given."""

    __slots__ = ("annotation", "codec", "is_required", "name")

    def __init__(self, name: str, annotation: Any, *, is_required: bool) -> None:
        self.name = name
        self.annotation = annotation
        self.codec = codec_of(annotation)
        self.is_required = is_required

    @property
    def is_upload(self) -> bool:
        """Whether a file is to be sent for it."""
        return holds_file(self.codec)


class Signature:
    """Parameters and result of a server function, with the codec of each.

    `incoming` is the name of the parameter that brings a stream from the page, empty where there
    is none; `hash` is the same on both sides as long as both mean the same.
    """

    __slots__ = ("hash", "incoming", "incoming_codec", "is_stream", "names", "parameters", "result")

    def __init__(self, fn: Callable[..., Any], text: str) -> None:
        annotations = annotations_for(fn)
        code = fn.__code__
        self.names: tuple[str, ...] = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        optional = optional_of(fn)
        self.parameters: dict[str, Parameter] = {}
        self.incoming = ""
        self.incoming_codec: Codec | None = None
        for name in self.names:
            item = item_of(annotations[name])
            try:
                if item is not None:
                    self.incoming, self.incoming_codec = name, codec_of(item)
                else:
                    is_required = name not in optional
                    self.parameters[name] = Parameter(
                        name, annotations[name], is_required=is_required
                    )
            except WireTypeError as error:
                raise error.about(fn) from None
        result = annotations["return"]
        item = item_of(result)
        self.is_stream = item is not None
        try:
            self.result = codec_of(result if item is None else item)
        except WireTypeError as error:
            raise error.about(fn) from None
        self.hash = f"{crc32(f'{text} {self}'.encode()):08x}"

    def __str__(self) -> str:
        told = [
            f"{name}{'' if one.is_required else '?'}:{one.codec.name}"
            for name, one in sorted(self.parameters.items())
        ]
        if self.incoming_codec is not None:
            told.append(f"{self.incoming}:*{self.incoming_codec.name}")
        return f"({','.join(told)})->{'*' if self.is_stream else ''}{self.result.name}"

    def encode(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Arguments as they are sent."""
        return self._each(given, lambda parameter, value: parameter.codec.encode(value))

    def decode(self, given: Any) -> dict[str, Any]:
        """Arguments as they came.

        Raises:
            Problem: with all that is wrong with any of them.
        """
        if type(given) is not dict:
            raise Problem("This is not an object.")
        found: Problem | None = None
        try:
            values = self._each(given, lambda parameter, value: parameter.codec.decode(value))
        except Problem as problem:
            found, values = problem, {}
        for name, parameter in self.parameters.items():
            if parameter.is_required and name not in given:
                found = joined(found, Problem("This is missing.").within(name))
        if found is not None:
            raise found
        return values

    def _each(
        self, given: Mapping[str, Any], run: Callable[[Parameter, Any], Any]
    ) -> dict[str, Any]:
        values = {}
        found: Problem | None = None
        for name, value in given.items():
            parameter = self.parameters.get(name)
            try:
                if parameter is None:
                    raise Problem("There is no such parameter.")  # noqa: TRY301 - gathered
                values[name] = run(parameter, value)
            except Problem as problem:
                found = joined(found, problem.within(name))
        if found is not None:
            raise found
        return values


def check_shape(fn: Callable[..., Any], *, is_split: bool) -> None:
    """Refuse a function that could not be called from the other side.

    `is_split` says that its body is not here, so that nobody can tell how it would run.
    """
    code = fn.__code__
    name = fn.__qualname__
    if "<locals>" in name or "." in name:
        raise ServerFunctionError(
            f"@server stands at {name}, which is no function of a module.",
            why="Page and server find it by its module and its name.",
            fix="Move it to the top level of its module.",
        ).about(fn)
    if not is_split and not code.co_flags & (_ASYNC_GENERATOR | 0x80):
        raise ServerFunctionError(
            f"@server stands at {name}, which is not async.",
            why="A call goes over the network, so a page has to await it.",
            fix=f"Write `async def {name}`.",
        ).about(fn)
    if code.co_flags & _VARIADIC or code.co_posonlyargcount:
        raise ServerFunctionError(
            f"{name} takes arguments that have no names.",
            why="Forms and calls say each argument by its name, so *args, **kwargs and"
            " positional-only parameters have no place in them.",
            fix="Give each parameter a name and a type of its own.",
        ).about(fn)
    for parameter in (
        *code.co_varnames[: code.co_argcount + code.co_kwonlyargcount],
        "return",
    ):
        if parameter not in declared(fn):
            what = "what it gives" if parameter == "return" else f"its parameter {parameter}"
            raise ServerFunctionError(
                f"{name} does not say of what type {what} is.",
                why="Both sides turn values into text and back by their types.",
                fix="Annotate it" + (", as in `-> None`." if parameter == "return" else "."),
            ).about(fn)


def declared(fn: Callable[..., Any]) -> Mapping[str, Any]:
    """What is annotated; the types may still be missing, as they may stand further below."""
    try:
        return fn.__annotations__
    except NameError:
        from annotationlib import Format, get_annotations  # noqa: PLC0415 - dear, and rarely needed

        return get_annotations(fn, format=Format.FORWARDREF)


def annotations_for(fn: Callable[..., Any]) -> Mapping[str, Any]:
    """The annotations of a function.

    Raises:
        WireTypeError: one names a type that is not here, or is a text.
    """
    try:
        found = fn.__annotations__
    except NameError as error:
        raise WireTypeError(
            f"{fn.__qualname__} names a type that is not here: {error.name}.",
            why="Page and server both make values of it, so both have to import it.",
            fix="Import it outside of `if TYPE_CHECKING:` and of what only the server has.",
        ).about(fn) from error
    for name, annotation in found.items():
        if isinstance(annotation, str):
            raise WireTypeError(
                f"The type of {name} in {fn.__qualname__} is written as a text: {annotation!r}.",
                why="A text is no type, and nothing here runs text as a program.",
                fix="Write the type itself, and take out `from __future__ import annotations`:"
                " Python 3.14 needs neither.",
            ).about(fn)
    return found


def optional_of(fn: Callable[..., Any]) -> set[str]:
    """The parameters that have a default."""
    count = fn.__code__.co_argcount
    defaults = len(fn.__defaults__ or ())
    return {
        *fn.__code__.co_varnames[count - defaults : count],
        *(fn.__kwdefaults__ or ()),
    }


def item_of(annotation: Any) -> Any:
    """What an async iterator gives; None for any other type."""
    origin = getattr(annotation, "__origin__", None)
    if getattr(origin, "__name__", "") in _ITERATORS:
        return annotation.__args__[0]
    return None


def holds_file(codec: Codec) -> bool:
    """Whether values of a type may have a file in them."""
    return codec.what == FILE or any(holds_file(part) for part in codec.parts)
