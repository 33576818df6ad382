"""Children that stay alive while they are out of the page."""

from gossamer.dom.bridge import verbs
from gossamer.dom.child import build_list
from gossamer.dom.slot import Body, Slot
from gossamer.dom.tape import is_recording
from gossamer.reactive import live_effect
from gossamer.view.kinds import KeptView, SuspenseView


class Kept:
    """The children of one KeptView, before its anchor or parked elsewhere."""

    __slots__ = ("anchor", "is_parked", "slot", "view")

    def __init__(self, view: KeptView, anchor: int) -> None:
        self.view = view
        self.anchor = anchor
        self.is_parked = False
        self.slot = Slot(0, anchor)
        self.slot.need_anchor()

    def update(self) -> None:
        """Read the condition again, and let the children stand in the page or not."""
        is_parked = not self.view.when()
        if is_parked == self.is_parked:
            return
        self.is_parked = is_parked
        if is_parked:
            verbs.park(*self.slot.extent())
        else:
            verbs.unpark(*self.slot.extent(), self.anchor)

    def extent(self) -> tuple[int, int]:
        """Never asked: what holds the children has bounds of its own."""
        raise AssertionError("what may be parked has no nodes of its own to bound it")

    def clear(self) -> None:
        """Take the children away for good."""
        self.slot.clear()

    def release(self) -> None:
        """Forget the children, wherever they are."""
        self.slot.release()


def build_kept(view: KeptView, slot: Slot, old: Body | None) -> Body:
    """Build children in the page, and park them if they are not to be there yet."""
    if type(old) is Kept:
        kept = old
        kept.view = view
    else:
        slot.vacate()
        kept = Kept(view, slot.need_anchor())
    kept.slot.attributes = slot.attributes
    try:
        kept.slot.fill(view.children)
        live_effect(kept.update)
    except BaseException:
        kept.clear()
        raise
    return kept


def build_suspense(view: SuspenseView, slot: Slot, old: Body | None) -> Body:
    """Build the children, kept, and beside them the fallback for as long as it is shown."""
    fallback = view.fallback
    parts = [
        KeptView(view.children, view.has_children),
        lambda: fallback if view.has_fallback() else None,
    ]
    built = build_list(parts, slot, old)
    if is_recording():
        view.settle()  # so a server shows it
    return built
