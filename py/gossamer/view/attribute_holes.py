"""The hole that an attribute's name makes, when the name comes from a value."""

from gossamer.errors import HolePlacementError, UnsafeNameError
from gossamer.template.attributes import MODIFIERS
from gossamer.template.names import (
    BINDINGS_SAID,
    can_bind,
    check_attribute_name,
    check_style_property,
    refusal,
    sink_of,
)
from gossamer.template.shape import (
    ATTRIBUTE,
    BIND,
    CLASS,
    DIRECTIVE,
    EVENT,
    PROPERTY,
    REF,
    STYLE,
    Hole,
)
from gossamer.template.spec import ATTRIBUTE_NAMESPACES
from gossamer.values import shown, type_of


def attribute_hole(tag: str, name: object, *, is_callable: bool) -> Hole:
    """The hole for `name` in a spread: by the same rules as a name that is written out."""
    if not isinstance(name, str):
        raise UnsafeNameError(
            f"{shown(name)} is no name for an attribute of <{tag}>.",
            why=f"A name is text, and this is {type_of(name)}.",
            fix="Spread a dict whose keys are attribute names.",
        )
    name = str.__str__(name)
    prefix, colon, rest = name.partition(":")
    if colon and rest:
        make = _PREFIXES.get(prefix)
        if make is not None:
            return make(tag, rest)
    if name == "class":
        return Hole(CLASS, 0, 0, name=name, tag=tag, payload=((None, 0, None),))
    if name == "style":
        return Hole(STYLE, 0, 0, name=name, tag=tag, payload=((None, 0, None),))
    if name == "ref":
        return Hole(REF, 0, 0, name=name, tag=tag)
    if is_callable and name.startswith("on") and name[2:].isalpha():
        return _event(tag, name[2:].lower())
    sink = check_attribute_name(tag, name)
    namespace = ATTRIBUTE_NAMESPACES.get(name)
    payload = namespace if isinstance(namespace, str) else None
    return Hole(ATTRIBUTE, 0, 0, name=name, tag=tag, sink=sink, payload=payload)


def _event(tag: str, rest: str) -> Hole:
    name, *modifiers = rest.split(".")
    for modifier in modifiers:
        if modifier not in MODIFIERS:
            raise HolePlacementError(
                f"on:{rest} of <{tag}> has the modifier {modifier!r}.",
                why="There is no such modifier.",
                fix=f"Choose among {', '.join(sorted(MODIFIERS))}.",
            )
    return Hole(EVENT, 0, 0, name=name, tag=tag, modifiers=frozenset(modifiers))


def _property(tag: str, name: str) -> Hole:
    reason = refusal(tag, name)
    if tag == "script":
        reason = "it could decide which JavaScript runs"
    if reason:
        raise UnsafeNameError(
            f"<{tag}> may not get the property {name!r} from a value.",
            why=f"{reason}.",
            fix="Leave it out, or write it out in a template.",
        )
    return Hole(PROPERTY, 0, 0, name=name, tag=tag, sink=sink_of(tag, name))


def _attribute(tag: str, name: str) -> Hole:
    return attribute_hole(tag, name, is_callable=False)


def _class(tag: str, token: str) -> Hole:
    return Hole(CLASS, 0, 0, name="class", tag=tag, payload=((token, 0, None),))


def _style(tag: str, name: str) -> Hole:
    check_style_property(name)
    return Hole(STYLE, 0, 0, name="style", tag=tag, payload=((name, 0, None),))


def _bind(tag: str, name: str) -> Hole:
    if not can_bind(tag, name):
        raise HolePlacementError(
            f"<{tag}> has no bind:{name}.",
            why=BINDINGS_SAID,
            fix=f"Write prop:{name}={{…}} and an on: handler.",
        )
    return Hole(BIND, 0, 0, name=name, tag=tag)


def _use(tag: str, name: str) -> Hole:
    return Hole(DIRECTIVE, 0, 0, name=name, tag=tag)


_PREFIXES = {
    "attr": _attribute,
    "bind": _bind,
    "class": _class,
    "on": _event,
    "prop": _property,
    "style": _style,
    "use": _use,
}
