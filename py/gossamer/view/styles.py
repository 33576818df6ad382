"""The style declarations that a value stands for."""

from collections.abc import Mapping

from gossamer.errors import ViewError
from gossamer.template.attributes import split_declarations
from gossamer.template.names import check_style_property
from gossamer.values import type_of
from gossamer.view.text import text_of


def declarations_of(value: object, name: str | None, tag: str) -> dict[str, str]:
    """The properties that a value sets: one that is named, a dict of them, or text.

    >>> declarations_of("1px", "top", "p"), declarations_of({"font_size": "2em"}, None, "p")
    ({'top': '1px'}, {'font-size': '2em'})
    """
    if name is not None:
        return _declarations({name: value}, tag)
    if isinstance(value, Mapping):
        return _declarations(value, tag)
    return _parse(value, tag)


def _declarations(values: Mapping[object, object], tag: str) -> dict[str, str]:
    found = {}
    for key, given in values.items():
        value = given() if callable(given) else given
        if value is None or value is False:
            continue
        name = key if not isinstance(key, str) else str.__str__(key)
        if isinstance(name, str) and not name.startswith("--"):
            name = name.replace("_", "-")
        check_style_property(name)
        text = text_of(value)
        if text is None:
            raise ViewError(
                f"style:{name} of <{tag}> got {type_of(value)}.",
                why="A style is text, a number, or None to take it away.",
                fix='Write the value as CSS has it, such as "12px".',
            )
        found[str(name)] = text
    return found


def _parse(value: object, tag: str) -> dict[str, str]:
    """The declarations in a style's text; each is set alone, so one cannot become two."""
    if value is None or value is False:
        return {}
    text = text_of(value)
    if text is None:
        raise ViewError(
            f"style={{…}} of <{tag}> got {type_of(value)}.",
            why="A style is text, or a dict of properties and values.",
            fix='Write style={{"color": color}}, or style:color={color}.',
        )
    found = {}
    for declaration in split_declarations(text):
        name, colon, rest = declaration.partition(":")
        if colon and name.strip():
            check_style_property(name.strip())
            found[name.strip()] = rest.strip()
    return found
