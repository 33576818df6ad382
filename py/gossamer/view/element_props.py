"""Props that come from a tag of the page: what its attributes and properties mean in Python."""

from collections.abc import Callable, Mapping
from types import FunctionType, UnionType
from typing import Any

from gossamer.errors import ElementError
from gossamer.reactive import Memo, ReadSignal, Signal
from gossamer.view.component import Component

type Read = Callable[[Any], object]


class Kind:
    """A type of props: how it is read from an attribute's text, and from a property's value."""

    __slots__ = ("from_text", "from_value", "name")

    def __init__(self, name: str, from_text: Read | None, from_value: Read) -> None:
        self.name = name
        self.from_text = from_text
        self.from_value = from_value


def _read_json(text: str) -> object:
    import json  # noqa: PLC0415 - for the few pages that write lists into attributes

    return json.loads(text)


def _read_list(value: Any) -> object:
    return list(_read_whole(value))


def _read_dict(value: Any) -> object:
    return dict(_read_whole(value))


def _read_whole(value: Any) -> Any:
    """The Python of a list or object of the page, whole."""
    convert = getattr(value, "to_py", None)
    return value if convert is None else convert()


def _read_float(value: Any) -> float:
    return float(value)


OTHER = Kind("object", None, lambda value: value)
_KINDS: dict[object, Kind] = {
    str: Kind("str", str, str),
    int: Kind("int", int, int),
    float: Kind("float", _read_float, _read_float),
    bool: Kind("bool", lambda text: text != "false", bool),
    list: Kind("list", lambda text: _read_list(_read_json(text)), _read_list),
    dict: Kind("dict", lambda text: _read_dict(_read_json(text)), _read_dict),
}
_BY_NAME = {kind.name: kind for kind in _KINDS.values()}
_READERS = (Signal, ReadSignal, Memo)


class ElementProp:
    """One prop of a component, as the page names it: `step_size`, `step-size`, `stepSize`."""

    __slots__ = ("attribute", "default", "kind", "name", "property")

    def __init__(self, name: str, kind: Kind, default: object) -> None:
        first, *others = name.rstrip("_").split("_")
        self.name = name
        self.kind = kind
        self.default = default
        self.attribute = "-".join((first, *others)).lower()
        self.property = first + "".join(word.capitalize() for word in others)

    def from_text(self, text: str | None) -> object:
        """What an attribute says; without one it is the default."""
        if text is None or self.kind.from_text is None:
            return self.default
        return self.kind.from_text(text)

    def from_value(self, value: object) -> object:
        """What a property was set to; nothing is the default."""
        return self.default if value is None else self.kind.from_value(value)


def props_of(component: Component[...]) -> list[ElementProp]:
    """The props of a component by its annotations, else by the types of its defaults.

    Raises:
        ElementError: an annotation names what is not there.
    """
    function: Any = component.function
    defaults = _defaults_of(function)
    try:
        annotations: Mapping[str, object] = function.__annotations__
    except NameError as error:
        raise ElementError(
            f"The annotations of {component.name} cannot be read.",
            why=f"They say how attributes are read, and {error}.",
            fix="Import the name outside of `if TYPE_CHECKING:`, or leave the annotation out.",
        ) from error
    return [
        ElementProp(name, _kind_of(annotations.get(name), defaults.get(name)), defaults.get(name))
        for name in component.names
        if name != "children"
    ]


def _defaults_of(function: FunctionType) -> dict[str, object]:
    code = function.__code__
    given = function.__defaults__ or ()
    names = code.co_varnames[code.co_argcount - len(given) : code.co_argcount]
    return dict(zip(names, given, strict=True)) | (function.__kwdefaults__ or {})


def _kind_of(annotation: Any, default: object) -> Kind:
    """The kind that an annotation asks for; the default's when there is none."""
    if annotation is None:
        return _KINDS[str] if default is None else _KINDS.get(type(default), OTHER)
    if isinstance(annotation, str):
        return _BY_NAME.get(annotation, OTHER)
    if annotation in _KINDS:
        return _KINDS[annotation]
    origin = getattr(annotation, "__origin__", None)
    types: tuple[Any, ...] = getattr(annotation, "__args__", ())
    if origin in _READERS or (origin is Callable and len(types) == 1):
        return _kind_of(types[0], default)  # Signal[int], Callable[[], int]
    if isinstance(annotation, UnionType):  # int | None
        kinds = {_kind_of(one, default) for one in types if one is not type(None)}
        return kinds.pop() if len(kinds) == 1 else OTHER
    if types and all(type(one) is str for one in types):  # Literal["small", "large"]
        return _KINDS[str]
    return _KINDS.get(origin, OTHER)
