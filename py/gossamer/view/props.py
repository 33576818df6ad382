"""What stands in a component's tag, as the props of a component."""

from collections.abc import Callable, Mapping
from typing import TypeIs, cast

from gossamer.errors import PropError, TemplateSyntaxError
from gossamer.reactive.arity import count_required
from gossamer.template.shape import ComponentPayload, Hole, PropValue
from gossamer.values import type_of
from gossamer.view.component import Component, ComponentView
from gossamer.view.kinds import Partial
from gossamer.view.text import text_of


def view_of_hole(hole: Hole, values: tuple[object, ...]) -> object:
    """The view of `<{Component} …>`: the component with its props, or a callable's own result."""
    component = values[hole.first]
    props, spreads, children, closing = cast("ComponentPayload", hole.payload)
    if closing >= 0 and values[closing] != component:
        raise _closed_by_another(component, values[closing])
    given: dict[str, object] = {}
    attributes: dict[str, object] = {}
    for name, value in props:
        _give(name, _value(name, value, values), given, attributes)
    for index in spreads:
        for key, item in _spread(values[index], component).items():
            _give(str.__str__(key), item, given, attributes)
    if isinstance(children, tuple):
        given["children"] = values[children[1]]
    elif children is not None:
        given["children"] = Partial(children, values)
    if isinstance(component, Component):
        return _checked(component, given, attributes)
    if not callable(component) or count_required(component):
        raise _no_component(f"{_tag_of(component)} got {type_of(component)}")
    return lambda: _called(component, given, attributes)


def _closed_by_another(component: object, other: object) -> TemplateSyntaxError:
    begin, end = _tag_of(component), _tag_of(other)
    return TemplateSyntaxError(
        f"{begin} is closed by </{end[1:]}.",
        why="An end tag names the component that it belongs to.",
        fix=f"Write </{begin[1:]}.",
    )


def _spread(value: object, component: object) -> Mapping[str, object]:
    """A dict of props that stands alone in a component's tag."""
    if not _is_dict_of_names(value):
        raise PropError(
            f"{{…}} in {_tag_of(component)} got {type_of(value)}.",
            why="A value alone in a component's tag is spread: it has to be a dict of props.",
            fix='Write <{Card} {props}> with props = {"title": "…"}.',
        )
    return value


def _tag_of(component: object) -> str:
    """A component's tag as its template has it, if the component knows its name."""
    name = getattr(component, "__name__", "…")
    return f"<{{{component.name if isinstance(component, Component) else name}}}>"


def _is_dict_of_names(value: object) -> TypeIs[Mapping[str, object]]:
    return isinstance(value, Mapping) and all(isinstance(name, str) for name in value)


def _called(
    function: Callable[[], object], given: dict[str, object], attributes: dict[str, object]
) -> object:
    """A dynamic component: a callable that gives the component to show at the moment."""
    component = function()
    if isinstance(component, Component):
        return _checked(component, given, attributes)
    if component is not None and (given or attributes):
        raise _no_component(f"{_tag_of(function)} has props, but gave {type_of(component)}")
    return component


def _no_component(what: str) -> PropError:
    return PropError(
        f"{what} instead of a component.",
        why="What stands there is called with the props, and returns a view.",
        fix="Put @component over the function, and its name into the braces.",
    )


def _checked(
    component: Component[...], given: dict[str, object], attributes: dict[str, object]
) -> ComponentView:
    names = component.names
    for name in [name for name in given if name not in names and f"{name}_" in names]:
        given[f"{name}_"] = given.pop(name)  # class and for, as Python can spell them
    if attributes and "attrs" in names:
        given["attrs"] = _attributes_of(given.get("attrs"), component) | attributes
        attributes = {}
    component.check(given)
    return ComponentView(component, given, attributes or None)


def _attributes_of(value: object, component: Component[...]) -> dict[str, object]:
    if value is None:
        return {}
    if not _is_dict_of_names(value):
        raise PropError(
            f"attrs of {component.name} got {type_of(value)}.",
            why="It is joined with the attributes in the tag: it has to be a dict of attributes.",
            fix='Write attrs={attributes} with attributes = {"title": "…"}.',
        )
    return dict(value)


def _give(
    name: str, value: object, given: dict[str, object], attributes: dict[str, object]
) -> None:
    """Sort a name in a component's tag: a prop, or an attribute for its root elements."""
    if ":" in name:
        attributes[name.removeprefix("attr:")] = value
    else:
        given[name.replace("-", "_")] = value


def _value(name: str, value: PropValue, values: tuple[object, ...]) -> object:
    if not isinstance(value, tuple):
        return value
    _, first, parts = value
    if parts is None:
        return values[first]
    own = values[first : first + len(parts) - 1]
    if any(callable(item) for item in own):
        return lambda: _joined(name, parts, own)
    return _joined(name, parts, own)


def _joined(name: str, parts: tuple[str, ...], values: tuple[object, ...]) -> str:
    pieces = [parts[0]]
    for value, part in zip(values, parts[1:], strict=True):
        now = value() if callable(value) else value
        text = text_of(now)
        if text is None:
            raise PropError(
                f"The text of the prop `{name}` got {type_of(now)}.",
                why="A value with text around it becomes text itself.",
                fix=f"Write {name}={{value}} to hand it over as it is.",
            )
        pieces.append(text)
        pieces.append(part)
    return "".join(pieces)
