"""What counts as text in a view, and how Python's format specs apply to it."""

from collections.abc import Callable
from string.templatelib import Interpolation, Template
from typing import Any

from gossamer.errors import ViewError
from gossamer.values import shown, type_of, write_safely


def text_of(value: object) -> str | None:
    """The text that a value shows, or None when the value is no text.

    Nothing is shown for None, True and False; numbers are shown as `str` writes them.
    A subclass of str counts as the characters it holds, whatever its methods say.

    >>> text_of(3), text_of("a"), text_of(None), text_of([1])
    ('3', 'a', '', None)
    """
    kind = type(value)
    if kind is str:
        return value  # type: ignore[return-value] # its type was just compared
    if kind is int or kind is float:
        return str(value)
    if value is None or kind is bool:
        return ""
    if isinstance(value, str):
        return str.__str__(value)
    if is_number(value):
        return str.__str__(str(value))  # what its `__str__` gives may be such a subclass
    return None


def is_number(value: object) -> bool:
    """Whether a value is a number: of Python's own kinds, or like Decimal and NumPy's scalars."""
    if isinstance(value, (int, float, complex)):
        return True
    kind = type(value)
    return hasattr(kind, "__float__") and not hasattr(kind, "__len__")


def values_of(template: Template) -> tuple[object, ...]:
    """A template's values with conversions and format specs applied; a callable stays live."""
    for part in template.interpolations:
        if part.conversion or part.format_spec:
            return tuple(formatted(part) for part in template.interpolations)
    return template.values


def values_of_each(templates: list[Template]) -> list[tuple[object, ...]]:
    """The values of many templates that stand at one place of the code.

    What holds for the conversions of one holds for all; a format spec may have holes of its own.
    """
    is_plain = not any(part.conversion for part in templates[0].interpolations)
    if is_plain and not _has_specs(templates):
        return [template.values for template in templates]
    return [values_of(template) for template in templates]


def _has_specs(templates: list[Template]) -> bool:
    for template in templates:
        for part in template.interpolations:
            if part.format_spec:
                return True
    return False


def formatted(part: Interpolation[Any]) -> object:
    """A hole's value with its conversion and format spec applied; a callable stays live."""
    if not (part.conversion or part.format_spec):
        return part.value
    if callable(part.value):
        return Formatted(part.value, part)
    return format_value(part.value, part)


class Formatted:
    """A callable whose value is converted and formatted each time it is read."""

    __slots__ = ("part", "read")

    def __init__(self, read: Callable[[], object], part: Interpolation[Any]) -> None:
        self.read = read
        self.part = part

    def __call__(self) -> str:
        """Read, convert and format."""
        return format_value(self.read(), self.part)


def format_value(value: object, part: Interpolation[Any]) -> str:
    """Apply `!r`, `!s` or `!a` and the format spec, as an f-string would."""
    try:
        if part.conversion is not None:
            value = write_safely(_CONVERSIONS[part.conversion], value)
        return format(value, part.format_spec)
    except (TypeError, ValueError, RecursionError) as error:
        conversion = f"!{part.conversion}" if part.conversion else ""
        spec = f":{part.format_spec}" if part.format_spec else ""
        raise ViewError(
            f"{{{part.expression}{conversion}{spec}}} cannot show {type_of(value)}.",
            why=f"{type(error).__name__}: {error}.",
            fix="Make the value fit the format spec, or handle the odd value first.",
        ) from error


_CONVERSIONS: dict[str, Callable[[object], str]] = {"a": ascii, "r": repr, "s": str}


def not_a_view(value: object) -> ViewError:
    """Say why a value cannot be shown, with the way that fits its type."""
    name = type_of(value)
    fix = "Write {value!s} to show it as text."
    if isinstance(value, dict):
        fix = "Write {value!s} to show it as text, or spread it in a tag: <p {attributes}>."
    return ViewError(
        f"{name[0].upper()}{name[1:]} cannot be shown.",
        why=f"{shown(value)} is neither text, a number, a view, nor a callable that gives one.",
        fix=fix,
    )
