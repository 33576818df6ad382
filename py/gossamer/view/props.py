"""What stands in a component's tag, as the props of a component."""

from typing import cast

from gossamer.errors import PropError
from gossamer.template.shape import ComponentPayload, Hole, PropValue
from gossamer.view.component import Component, ComponentView
from gossamer.view.kinds import Partial


def view_of_hole(hole: Hole, values: tuple[object, ...]) -> object:
    """The view of `<{Component} …>`: the component with its props, or a callable's own result."""
    component = values[hole.first]
    props, spreads, children = cast("ComponentPayload", hole.payload)
    given: dict[str, object] = {}
    attributes: dict[str, object] = {}
    for name, value in props:
        target = attributes if ":" in name else given
        target[name.removeprefix("attr:")] = _value(value, values)
    for index in spreads:
        _spread(values[index], given, attributes, component)
    if children is not None:
        if isinstance(children, tuple):
            given["children"] = values[children[1]]
        else:
            given["children"] = Partial(children, values)
    if not isinstance(component, Component):
        if callable(component):
            return lambda: _called(component, given, attributes)
        raise PropError(
            f"<{{…}}> got a {type(component).__name__} instead of a component.",
            why="What stands there is called with the props, and returns a view.",
            fix="Put @component over the function, and its name into the braces.",
        )
    return _checked(component, given, attributes)


def _called(function: object, given: dict[str, object], attributes: dict[str, object]) -> object:
    """A dynamic component: a callable that gives the component to show at the moment."""
    component = function()  # type: ignore[operator] # only callables come here
    if isinstance(component, Component):
        return _checked(component, given, attributes)
    return component


def _checked(
    component: Component[...], given: dict[str, object], attributes: dict[str, object]
) -> ComponentView:
    names = component.names
    for python_name, name in (("class_", "class"), ("for_", "for")):
        if name in given and name not in names and python_name in names:
            given[python_name] = given.pop(name)
    if attributes and "attrs" in names:
        given["attrs"] = {**_mapping(given.get("attrs")), **attributes}
        attributes = {}
    component.check(given)
    return ComponentView(component, given, attributes or None)


def _mapping(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, dict) else {}


def _spread(
    value: object, given: dict[str, object], attributes: dict[str, object], component: object
) -> None:
    if not isinstance(value, dict):
        raise PropError(
            f"{{…}} in the tag of {component!r} got a {type(value).__name__}.",
            why="A value alone in a component's tag is spread: it has to be a dict of props.",
            fix='Write <{Card} {props}> with props = {"title": "…"}.',
        )
    for name, item in value.items():
        target = attributes if ":" in name else given
        target[name] = item


def _value(value: PropValue, values: tuple[object, ...]) -> object:
    if not isinstance(value, tuple):
        return value
    _, first, parts = value
    if parts is None:
        return values[first]
    own = values[first : first + len(parts) - 1]
    if any(callable(item) for item in own):
        return lambda: _joined(parts, own)
    return _joined(parts, own)


def _joined(parts: tuple[str, ...], values: tuple[object, ...]) -> str:
    pieces = [parts[0]]
    for value, part in zip(values, parts[1:], strict=True):
        pieces.append(str(value() if callable(value) else value))
        pieces.append(part)
    return "".join(pieces)
