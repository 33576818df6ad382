"""Portals: children that stand elsewhere in the page."""

from gossamer.dom.bridge import verbs
from gossamer.dom.handles import give_back, take
from gossamer.dom.slot import Body, Slot
from gossamer.errors import TargetError
from gossamer.reactive import effect, on_cleanup, untrack
from gossamer.values import shown
from gossamer.view.kinds import PortalView


class Target:
    """An element of the page, or its shadow root, in which a slot of ours stands at the end.

    In one that `is_served` the slot's anchor is still to be found, and nothing is heard until then.
    """

    __slots__ = ("anchor", "handle", "slot")

    def __init__(self, mount: object, *, use_shadow: bool = False, is_served: bool = False) -> None:
        self.handle = find_target(mount)
        if use_shadow:
            verbs.shadow(self.handle, self.handle)
        self.anchor = take(1)
        if not is_served:
            verbs.text_node(self.anchor, 0, "")
            verbs.append(self.anchor, self.anchor, self.handle)
            verbs.root(self.handle)
        self.slot = Slot(self.anchor)

    def clear(self) -> None:
        """Take everything out of the target; what the page had there stays."""
        self.slot.clear()
        verbs.remove(self.anchor, self.anchor)
        self.forget()

    def forget(self) -> None:
        """Have nothing to do with the element any more."""
        verbs.no_root(self.handle)
        for handle in (self.anchor, self.handle):
            give_back(handle, 1)


def find_target(mount: object) -> int:
    """The number of an element given as a selector, an id or the element itself; None is body."""
    handle = take(1)
    if mount is None or isinstance(mount, str):
        if verbs.find(handle, mount or ""):
            return handle
        give_back(handle, 1)
        raise TargetError(
            f"There is no element {shown(mount)} in the page.",
            why="The selector, or id, matches nothing at this moment.",
            fix='Check it, or put <div id="app"></div> before the script.',
        )
    verbs.adopt(handle, mount)
    return handle


class PortalBody:
    """A portal: its target is looked up once the tree that holds it stands in the page."""

    __slots__ = ("target", "view")

    def __init__(self, view: PortalView) -> None:
        self.view = view
        self.target: Target | None = None

    def open(self) -> None:
        """Build the children in the target."""
        self.target = Target(self.view.mount, use_shadow=self.view.use_shadow)
        self.target.slot.fill(self.view.children)

    def extent(self) -> tuple[int, int]:
        """Never asked: where a portal stands in the tree there is nothing."""
        raise AssertionError("a portal has no nodes of its own where it stands")

    def clear(self) -> None:
        """Take the children out of the target."""
        if self.target is not None:
            self.target.clear()
            self.target = None

    release = clear


def build_portal(view: PortalView, slot: Slot, _old: Body | None) -> Body:
    """Build a portal's children in their target, after what stands in the tree."""
    slot.vacate()
    slot.need_anchor()
    portal = PortalBody(view)
    on_cleanup(portal.clear)  # the children do not leave with the nodes of the tree
    effect(lambda: untrack(portal.open))
    return portal
