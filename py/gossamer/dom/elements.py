"""Holes that give user code the element itself: references and directives."""

from collections.abc import Callable

from gossamer.dom.bridge import verbs
from gossamer.dom.instance import Instance
from gossamer.dom.tape import postpone
from gossamer.errors import DirectiveError
from gossamer.reactive import effect, on_cleanup, untrack
from gossamer.template.shape import Hole
from gossamer.values import type_of
from gossamer.view.directive import find_directive
from gossamer.view.node_ref import NodeRef


def bind_ref(instance: Instance, hole: Hole, index: int) -> None:
    """Bind `ref={reference}`: a NodeRef, or a function that takes the element."""
    if postpone(bind_ref, instance, hole, index):
        return
    value = instance.values[hole.first]
    if value is None:
        return
    element = verbs.element(instance.base + hole.node)
    if isinstance(value, NodeRef):
        value.set(element)
        on_cleanup(lambda: value.set(None))
    elif callable(value):
        effect(lambda: untrack(value, element))
    else:
        raise DirectiveError(
            f"ref of <{hole.tag}> got {type_of(value)}.",
            why="A reference has to be something that can hold the element.",
            fix="Write field = NodeRef() and ref={field}, or pass a function.",
        )


def bind_directive(instance: Instance, hole: Hole, index: int) -> None:
    """Bind `use:name={argument}`: the directive runs once the element is in the page."""
    if postpone(bind_directive, instance, hole, index):
        return
    run = _directive(instance.values[hole.first], hole)
    element = verbs.element(instance.base + hole.node)
    effect(lambda: untrack(run, element))


def _directive(value: object, hole: Hole) -> Callable[[object], object]:
    named = find_directive(hole.name)
    if named is not None:
        return lambda element: named(element, value)
    if isinstance(value, tuple) and len(value) == 2 and callable(value[0]):
        function, argument = value
        return lambda element: function(element, argument)
    if callable(value):
        return value
    raise DirectiveError(
        f"use:{hole.name} of <{hole.tag}> names no directive.",
        why=f"Nothing is registered as {hole.name!r}, and the value is no function.",
        fix=f"Put @directive over `def {hole.name}(element, argument)`, or pass a function.",
    )
