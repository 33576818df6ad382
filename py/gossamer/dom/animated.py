"""Children that come with one class, and stay with another until they have left."""

from gossamer.dom.bridge import verbs
from gossamer.dom.events import Handler, answer_events, drop_events, take_events
from gossamer.dom.slot import Body, Slot
from gossamer.reactive import Owner, current_owner, render_effect, untrack
from gossamer.view.kinds import AnimatedView


class Animated:
    """The children of one AnimatedShow, before its anchor."""

    __slots__ = ("anchor", "around", "attributes", "is_leaving", "number", "owner", "slot", "view")

    def __init__(self, view: AnimatedView, slot: Slot) -> None:
        self.view = view
        self.anchor = slot.need_anchor()
        self.attributes = slot.attributes
        self.around = current_owner()
        self.owner: Owner | None = None
        self.slot: Slot | None = None
        self.is_leaving = False
        self.number = take_events()
        answer_events(self.number, Handler(self.finish, frozenset(), self.around))

    def update(self) -> None:
        """Read the condition again, and let the children come or go."""
        untrack(self.enter if self.view.when() else self.leave)

    def enter(self) -> None:
        """Build the children, or keep those that were about to leave."""
        view, slot = self.view, self.slot
        if slot is None:
            self.build()
        elif self.is_leaving:
            self.is_leaving = False
            verbs.stay(self.number)
            verbs.dress(*slot.extent(), view.hide_class, view.show_class)

    def build(self) -> None:
        """Build the children under an owner of theirs, which outlives this run of the effect."""
        effect = current_owner()
        owner = self.owner = Owner(self.around)
        owner.outer = effect  # it runs first: it may end the children
        slot = self.slot = Slot(0, self.anchor, self.attributes)
        try:
            owner.run(slot.fill, self.view.children)
        except BaseException:
            self.finish()
            raise
        if self.view.show_class:
            verbs.dress(*slot.extent(), "", self.view.show_class)

    def leave(self) -> None:
        """Let the children stay until their time, or their animation, has ended."""
        view, slot = self.view, self.slot
        if slot is None or self.is_leaving:
            return
        self.is_leaving = True
        classes = view.show_class, view.hide_class
        verbs.linger(*slot.extent(), *classes, view.hide_delay, self.number)

    def finish(self) -> None:
        """End the children and take them out of the page."""
        owner, slot = self.owner, self.slot
        self.owner = self.slot = None
        self.is_leaving = False
        if owner is not None:
            owner.dispose()
        if slot is not None:
            slot.clear()

    def extent(self) -> tuple[int, int]:
        """Never asked: what holds the children has bounds of its own."""
        raise AssertionError("what comes and goes has no nodes of its own to bound it")

    def clear(self) -> None:
        """Take the children out of the page at once."""
        self._wait_no_longer()
        self.finish()

    def release(self) -> None:
        """Forget the children, which leave the page with what holds them."""
        self._wait_no_longer()
        if self.slot is not None:
            self.slot.release()

    def _wait_no_longer(self) -> None:
        verbs.stay(self.number)
        drop_events(self.number)


def build_animated(view: AnimatedView, slot: Slot, _old: Body | None) -> Body:
    """Build children that come and go with an animation."""
    slot.vacate()
    animated = Animated(view, slot)
    render_effect(animated.update)
    return animated
