"""Child holes, components, lists and callables: what a slot can hold besides a template."""

from collections.abc import Generator

from gossamer.dom.awaited import build_awaited
from gossamer.dom.bridge import verbs
from gossamer.dom.handles import give_back, take
from gossamer.dom.instance import Instance, build_plan
from gossamer.dom.plan import plan_of, plan_of_made
from gossamer.dom.slot import Body, Slot, SlotBody
from gossamer.dom.texts import Text
from gossamer.reactive import Owner, current_owner, note_path, source_of
from gossamer.reactive.waiting import is_waiting
from gossamer.template.shape import Hole
from gossamer.view.component import Component, ComponentView
from gossamer.view.element import Element, lower
from gossamer.view.kinds import Partial
from gossamer.view.props import view_of_hole
from gossamer.view.text import not_a_view


def bind_child(instance: Instance, hole: Hole, index: int) -> None:
    """Bind a hole between tags, unless the clone brought its text along."""
    value = instance.values[hole.first]
    binding = instance.bindings[index]
    if type(binding) is Text and binding.slot is None:
        if not binding.is_view and binding.source is source_of(value):
            binding.parent = instance.owner
            return
        text = binding.text
        binding.release()
        binding = instance.bindings[index] = _slot(instance, hole, text)
    elif binding is None:
        if instance.old is None:
            if _is_text(value):
                return
            text = ""
        else:
            if instance.is_same(hole.first, 1):
                return
            old = instance.old[hole.first]
            text = str(old) if _is_text(old) and old is not None else ""
        binding = instance.bindings[index] = _slot(instance, hole, text)
    elif instance.is_same(hole.first, 1) and _is_text(value):
        return
    if type(binding) is Text:
        binding = binding.slot
    binding.fill(value)


def _is_text(value: object) -> bool:
    """Whether a value went into the text of the clone."""
    kind = type(value)
    return value is None or kind is int or kind is float or (kind is str and "\x1f" not in value)  # type: ignore[operator] # a str


def _slot(instance: Instance, hole: Hole, text: str) -> Slot:
    """The slot at a hole whose anchor holds a text."""
    slot = Slot(instance.base + hole.node, attributes=_root_attributes(instance, hole))
    slot.hole = hole
    slot.text = text
    return slot


def _root_attributes(instance: Instance, hole: Hole) -> dict[str, object] | None:
    """What a component was given for its root elements goes on through a hole at the root."""
    return instance.attributes if hole.node in instance.plan.roots else None


def bind_component(instance: Instance, hole: Hole, index: int) -> None:
    """Bind a component's tag."""
    slot = instance.bindings[index]
    if slot is None:
        slot = instance.bindings[index] = Slot(
            instance.base + hole.node, attributes=_root_attributes(instance, hole)
        )
    slot.fill(view_of_hole(hole, instance.values))


class ComponentBody(SlotBody):
    """A component in the page."""

    __slots__ = ("component",)

    def __init__(self, component: object, slot: Slot) -> None:
        super().__init__(slot)
        self.component = component


def build_component(view: ComponentView, slot: Slot, old: Body | None) -> Body:
    """Run a component under an owner of its own and show what it returns.

    When the same component stood here, its nodes are adopted. What the function raises goes to
    the nearest boundary; the place stays empty and the rest of the page lives on. An exhausted
    stack unwinds further (see `live_effect`).
    """
    attributes = view.attributes or slot.attributes
    if type(old) is ComponentBody and old.component is view.component:
        body = old
        body.slot.attributes = attributes
    else:
        slot.vacate()
        body = ComponentBody(view.component, slot.inner(attributes))
    owner = Owner()
    owner.name = view.component.name
    try:
        owner.run(_run, view, body.slot)
    except Exception as error:
        note_path(error, owner)
        owner.dispose()
        body.slot.show(None)
        around = current_owner()
        if around is None or isinstance(error, RecursionError):
            raise
        if not is_waiting(around if around.is_effect else around.outer):
            around.handle_error(error)
    return body


def _run(view: ComponentView, slot: Slot) -> None:
    slot.fill(view.run())


def build_component_function(view: Component[...], slot: Slot, old: Body | None) -> Body:
    """Build a component that takes no props and was not even called."""
    return build_component(view(), slot, old)


def build_element(view: Element, slot: Slot, old: Body | None) -> Body:
    """Build an element of the builder as the template that says the same."""
    strings, values = lower(view)
    return build_plan(plan_of_made(strings), values, slot, old)


def build_partial(view: Partial, slot: Slot, old: Body | None) -> Body:
    """Build a part of a template with the values of the whole."""
    return build_plan(plan_of(view.shape), view.values, slot, old)


class ListBody:
    """Views one after another; each has its own anchor, so it can change alone."""

    __slots__ = ("slots",)

    def __init__(self) -> None:
        self.slots: list[Slot] = []

    def extent(self) -> tuple[int, int]:
        """Never asked: what holds a list has bounds of its own."""
        raise AssertionError("a list has no nodes of its own to bound it")

    def fill(self, views: list[object], slot: Slot) -> None:
        """Show views at their places: those there take new values, then more come or some go."""
        slots = self.slots
        while len(slots) > len(views):
            gone = slots.pop()
            gone.clear()
            verbs.remove(gone.anchor, gone.anchor)
            give_back(gone.anchor, 1)
        before = slot.need_anchor()
        for index, view in enumerate(views):
            if index == len(slots):
                anchor = take(1)
                verbs.text_node(anchor, before, "")
                slots.append(Slot(anchor))
            slots[index].attributes = slot.attributes
            slots[index].fill(view)

    def clear(self) -> None:
        """Take all of it out of the page."""
        for slot in self.slots:
            slot.clear()
            verbs.remove(slot.anchor, slot.anchor)
            give_back(slot.anchor, 1)
        self.slots.clear()

    def release(self) -> None:
        """Forget all of it."""
        for slot in self.slots:
            slot.release()
            give_back(slot.anchor, 1)
        self.slots.clear()


def build_list(
    view: list[object] | tuple[object, ...] | Generator[object], slot: Slot, old: Body | None
) -> Body:
    """Build views in a row; without keys, state stays with the place."""
    if type(old) is ListBody:
        body = old
    else:
        slot.vacate()
        body = ListBody()
    try:
        body.fill(list(view), slot)
    except BaseException:
        body.clear()
        raise
    return body


def build_other(view: object, slot: Slot, old: Body | None) -> Body:
    """Build a callable, which is live, or what is awaited; anything else is no view."""
    if not callable(view):
        if hasattr(view, "__await__"):
            return build_awaited(view, slot, old)
        raise not_a_view(view)
    if type(old) is Slot:
        inner = old
        inner.attributes = slot.attributes
    else:
        slot.vacate()
        slot.need_anchor()
        inner = slot.inner(slot.attributes)
    inner.follow(view)
    return inner
