"""Texts to typed values: what addresses and forms say, as a class of the user's wants it."""

import re
from collections.abc import Callable, Mapping
from enum import Enum
from types import UnionType
from typing import Any

NOTHING = object()
_WRAPPERS = ("NotRequired", "Required", "ReadOnly")
_ON = frozenset(("", "1", "on", "true", "yes"))
_OFF = frozenset(("0", "off", "false", "no"))


class FieldErrors(ValueError):  # noqa: N818 - it holds one for each field
    """Fields whose values will not do, each with a sentence for the visitor.

    >>> FieldErrors({"age": "This is no whole number."})["age"]
    'This is no whole number.'
    """

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {text}" for name, text in errors.items()))
        self.errors = dict(errors)

    def __getitem__(self, name: str) -> str:
        return self.errors[name]


def read_fields[T](kind: type[T], entries: Mapping[str, list[Any]]) -> T:
    """An instance of a class whose fields are annotated, out of texts.

    The class may be a dataclass, a TypedDict, a NamedTuple, or have annotations and nothing else.
    A missing field takes its default; a missing `bool` is False, a missing `list` is empty.
    Names lead into fields that are such classes themselves: `address.city` or `address[city]`, and
    `lines[0].amount` in a list.

    >>> class Search:
    ...     q: str = ""
    ...     page: int = 1
    ...     tags: list[str]
    >>> found = read_fields(Search, {"page": ["2"], "tags": ["a", "b"]})
    >>> found.q, found.page, found.tags
    ('', 2, ['a', 'b'])

    Raises:
        FieldErrors: a value is not of its type, or is missing and has no default.
    """
    return _read_tree(kind, tree_of(entries))


def _read_tree[T](kind: type[T], tree: Tree) -> T:
    is_dict = issubclass(kind, dict)
    wanted = {
        name: (annotation, not has_default(kind, name, is_dict=is_dict))
        for name, annotation in annotations_of(kind).items()
    }
    return _make(kind, read_all(wanted, tree))


def read_all(wanted: Mapping[str, tuple[Any, bool]], tree: Tree) -> dict[str, Any]:
    """The values of some names, of which each has a type and may be required.

    Raises:
        FieldErrors: a value is not of its type, or is missing.
    """
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, (annotation, is_required) in wanted.items():
        try:
            value = read_field(annotation, tree.get(name))
        except FieldErrors as inner:
            errors |= {f"{name}{_joint(key)}": text for key, text in inner.errors.items()}
        except (ValueError, ArithmeticError) as error:
            errors[name] = _sentence(error, annotation)
        else:
            if value is not NOTHING:
                values[name] = value
            elif is_required:
                errors[name] = "This is missing."
    if errors:
        raise FieldErrors(errors)
    return values


type Tree = dict[str, list[Any] | Tree]

_NAME = re.compile(r"[^.\[\]]+(\.[^.\[\]]+|\[[^.\[\]]*\])*")
_STEP = re.compile(r"[^.\[\]]+")
_DEEPEST = 32


def tree_of(entries: Mapping[str, list[Any]]) -> Tree:
    """What names with steps in them lead to, as dicts in dicts.

    >>> tree_of({"q": ["a"], "user.name": ["Ada"], "tags[0]": ["x"], "sizes[]": ["s", "m"]})
    {'q': ['a'], 'user': {'name': ['Ada']}, 'tags': {'0': ['x']}, 'sizes': ['s', 'm']}
    """
    tree: Tree = {}
    for name, values in entries.items():
        steps = _STEP.findall(name) if _NAME.fullmatch(name) else [name]
        node = tree
        for step in steps[:-1][:_DEEPEST]:
            inner = node.setdefault(step, {})
            if isinstance(inner, list):  # a value stands where a name leads on: the name is one
                break
            node = inner
        else:
            node.setdefault(steps[-1], values)
    return tree


def _joint(key: str) -> str:
    return key if key.startswith("[") else f".{key}"


def annotations_of(kind: type) -> dict[str, Any]:
    """The annotated fields of a class and of its bases, as far as they are given from outside."""
    found: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        if base is not object and base is not dict and base is not tuple:
            found |= getattr(base, "__annotations__", {})
    if any(isinstance(annotation, str) for annotation in found.values()):
        from typing import get_type_hints  # noqa: PLC0415 - for `from __future__ import annotations`

        found |= get_type_hints(kind, include_extras=True)
    fields = getattr(kind, "__dataclass_fields__", None)
    if fields is None:
        return found
    return {
        name: annotation
        for name, annotation in found.items()
        if fields[name].init and fields[name]._field_type.name != "_FIELD_CLASSVAR"  # noqa: SLF001 - nothing else tells
    }


def unwrap(annotation: Any) -> Any:
    """The type that an annotation says in the end, without what is said about it."""
    while True:
        origin = getattr(annotation, "__origin__", annotation)
        if getattr(origin, "_name", "") in _WRAPPERS:
            annotation = annotation.__args__[0]
        elif hasattr(annotation, "__metadata__"):
            annotation = origin
        elif hasattr(annotation, "__value__"):
            annotation = annotation.__value__
        elif hasattr(annotation, "__supertype__"):
            annotation = annotation.__supertype__
        else:
            return annotation


def has_default(kind: type, name: str, *, is_dict: bool) -> bool:
    """Whether a class can be made without a value for one of its fields."""
    if is_dict:
        return name not in getattr(kind, "__required_keys__", ())
    if name in getattr(kind, "_field_defaults", {}):
        return True
    fields = getattr(kind, "__dataclass_fields__", None)
    if fields is not None and name in fields:
        marker = fields[name]
        return not (
            type(marker.default).__name__ == "_MISSING_TYPE"
            and type(marker.default_factory).__name__ == "_MISSING_TYPE"
        )
    return hasattr(kind, name) and not hasattr(kind, "_fields")


def _make[T](kind: type[T], values: dict[str, Any]) -> T:
    if kind.__init__ is not object.__init__ or kind.__new__ is not object.__new__:
        return kind(**values)
    made = kind()
    for name, value in values.items():
        setattr(made, name, value)
    return made


def read_field(annotation: Any, given: list[Any] | Tree | None) -> Any:
    """One value of a type out of what was given for it; NOTHING where nothing was.

    Raises:
        ValueError: it is not of the type.
    """
    annotation = unwrap(annotation)
    origin = getattr(annotation, "__origin__", annotation)
    if isinstance(given, dict):
        return _read_inner(annotation, origin, given)
    if origin in (list, tuple, set, frozenset):
        inner = (getattr(annotation, "__args__", None) or (str,))[0]
        return origin(_convert(inner, item) for item in given or ())
    if annotation is bool:
        return _truth(given[-1]) if given else False
    if not given:
        return NOTHING
    return _convert(annotation, given[-1])


def _read_inner(annotation: Any, origin: Any, tree: Tree) -> Any:
    """A value out of what several names lead into."""
    if type(annotation) is UnionType:
        kinds = [kind for kind in annotation.__args__ if kind is not type(None)]
        if len(kinds) < len(annotation.__args__) and _is_blank(tree):
            return None
        return read_field(kinds[0], tree)
    arguments = getattr(annotation, "__args__", None) or (str,)
    if origin is dict:
        return read_all(dict.fromkeys(tree, (arguments[-1], True)), tree)
    if origin in (list, tuple, set, frozenset):
        if not all(step.isdecimal() and step.isascii() for step in tree):
            raise ValueError("This is not a list.")
        numbers = sorted(tree, key=int)
        named = {f"[{step}]": tree[step] for step in numbers}
        found = read_all(dict.fromkeys(named, (arguments[0], True)), named)
        return origin(found.values())
    if isinstance(origin, type) and annotations_of(origin):
        return _read_tree(origin, tree)
    raise ValueError("This will not do.")


def _is_blank(tree: Tree) -> bool:
    return all(
        _is_blank(inner) if isinstance(inner, dict) else all(value == "" for value in inner)
        for inner in tree.values()
    )


def _truth(value: object) -> bool:
    text = str(value).lower()
    if text in _ON:
        return True
    if text in _OFF:
        return False
    raise ValueError("This is neither yes nor no.")


def _convert(annotation: Any, value: Any) -> Any:
    annotation = unwrap(annotation)
    if annotation is Any or annotation is object:
        return value
    if annotation is bool:
        return _truth(value)
    if type(annotation) is UnionType:
        return _first_of(annotation.__args__, value)
    choices = getattr(annotation, "__args__", None)
    if type(annotation).__name__ == "_LiteralGenericAlias" and choices is not None:
        for choice in choices:
            if str(choice) == value:
                return choice
        raise ValueError(f"This is none of {', '.join(map(str, choices))}.")
    if not isinstance(annotation, type):
        annotation = getattr(annotation, "__origin__", annotation)
        return _convert(annotation, value) if isinstance(annotation, type) else value
    return _as(annotation, value)


def _first_of(kinds: tuple[Any, ...], value: Any) -> Any:
    """The first type of a union that takes the value; nothing is None where None may be."""
    if type(None) in kinds and value == "" and str not in kinds:
        return None
    failure: Exception | None = None
    for kind in kinds:
        if kind is not type(None):
            try:
                return _convert(kind, value)
            except (ValueError, ArithmeticError) as error:
                failure = error
    raise failure or ValueError("This has to be empty.")


def _as(kind: type, value: Any) -> Any:
    if kind is str:
        if not isinstance(value, str):
            value = str(getattr(value, "name", value))  # of a file, its name
        return value.replace("\r\n", "\n").replace("\r", "\n")  # as a page has it
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    make: Callable[[Any], Any] = kind
    if hasattr(kind, "fromisoformat"):
        make = kind.fromisoformat
    if issubclass(kind, Enum):
        for member in kind:
            if str(member.value) == value or member.name == value:
                return member
        raise ValueError(f"This is none of {', '.join(str(member.value) for member in kind)}.")
    if kind in (int, float):
        value = str(value).strip()
        if "_" in value or not value.isascii():
            raise ValueError(value)
    try:
        return make(value)
    except (TypeError, ArithmeticError) as error:
        raise ValueError(str(value)) from error


_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "Decimal": "a number",
    "date": "a date",
    "datetime": "a time",
    "time": "a time",
}


def _sentence(error: Exception, annotation: Any) -> str:
    """What to tell the visitor: a sentence of ours or the user's as it is, else one by the type."""
    text = str(error)
    annotation = unwrap(annotation)
    kinds = map(unwrap, getattr(annotation, "__args__", None) or (annotation,))
    name = getattr(next((kind for kind in kinds if kind is not type(None)), str), "__name__", "")
    if name in _KINDS:
        return f"This is not {_KINDS[name]}."
    return text if text.endswith(".") else "This will not do."
