"""Awaitables as views: what they give is shown when it comes."""

from gossamer.dom.slot import Body, Slot, SlotBody
from gossamer.reactive import Resource, live_effect, untrack
from gossamer.view.awaited import awaited


class Awaited(SlotBody):
    """What an awaitable has given; until then, what the one before it had given."""

    __slots__ = ()

    def show(self, come: Resource[object]) -> None:
        """Show the value, if it has come."""
        try:
            value = come()
        except BaseException:
            untrack(self.slot.show, None)
            raise
        if come.has_come:
            untrack(self.slot.fill, value)


def build_awaited(view: object, slot: Slot, old: Body | None) -> Body:
    """Await a view, and leave what the one before it has given until it comes."""
    if type(old) is Awaited:
        body = old
        body.slot.attributes = slot.attributes
    else:
        slot.vacate()
        slot.need_anchor()
        body = Awaited(slot.inner(slot.attributes))
    come = awaited(view)
    live_effect(lambda: body.show(come))
    return body
