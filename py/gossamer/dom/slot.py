"""A place for one view: what stands there, and how the next view takes over."""

import sys
from collections.abc import Callable
from typing import Any, Protocol

from gossamer.dom.bridge import verbs
from gossamer.dom.handles import give_back, take
from gossamer.dom.tape import note_bound
from gossamer.errors import DepthError
from gossamer.reactive import live_effect, untrack
from gossamer.template.shape import Hole
from gossamer.view.places import note_place
from gossamer.view.text import text_of


class Body(Protocol):
    """What a view has become in the page."""

    def extent(self) -> tuple[int, int]:
        """The first and the last of its nodes."""

    def clear(self) -> None:
        """Take its nodes out of the page and forget them."""

    def release(self) -> None:
        """Forget its nodes, which leave the page with what holds them."""


type Build = Callable[[Any, Slot, Body | None], Body]
"""Builds a view in a slot; what stood there is adopted where it fits, else cleared."""


class Slot:
    """A place before an empty text node, its anchor; text alone is written into the anchor.

    A row's slot has no anchor until it needs one: it knows the node that it goes `before`, and
    a template's own first and last node bound it. Where it needs one, `first` bounds the other end.
    """

    __slots__ = ("anchor", "attributes", "before", "body", "first", "hole", "read", "text")

    def __init__(
        self, anchor: int, before: int = 0, attributes: dict[str, object] | None = None
    ) -> None:
        self.anchor = anchor
        self.before = before
        self.first = 0
        self.attributes = attributes
        self.text = ""
        self.body: Body | None = None
        self.read: Callable[[], object] | None = None
        self.hole: Hole | None = None

    def place(self) -> int:
        """The node that new content goes before."""
        return self.anchor or self.before

    def need_anchor(self) -> int:
        """The anchor; a row's slot makes its two bounds now, around what it holds."""
        if not self.anchor:
            body = self.body
            self._make_bounds(body.extent()[0] if body is not None else self.before)
            if body is not None:
                verbs.move(*body.extent(), self.anchor)
        return self.anchor

    def _make_bounds(self, before: int) -> None:
        self.first = take(1)
        note_bound(self.first)
        verbs.text_node(self.first, before, "")
        self.anchor = take(1)
        verbs.text_node(self.anchor, before, "")

    def vacate(self) -> None:
        """Take away what stands here, to make room for a body of another kind."""
        body = self.body
        if body is None:
            return
        if not self.anchor:
            self._make_bounds(body.extent()[0])
        self.body = None
        body.clear()

    def inner(self, attributes: dict[str, object] | None) -> Slot:
        """A slot at the same place, for what stands in this one."""
        return Slot(self.anchor, self.before, attributes)

    def show(self, view: object) -> None:
        """Show a view here; what stood here is adopted, or goes."""
        build = BUILDERS.get(type(view))
        text = text_of(view) if build is None else None
        if text is None:
            check_depth()
            if self.text:
                self.text = ""
                verbs.text(self.anchor, "")
            self.body = (build or _fallback[0])(view, self, self.body)
        else:
            self.vacate()
            if text != self.text:
                self.text = text
                verbs.text(self.need_anchor(), text)
            elif not self.anchor:
                self.need_anchor()

    def fill(self, value: object) -> None:
        """Show a value: a callable is live, unless it is a view of its own such as an element."""
        if callable(value) and type(value) not in BUILDERS:
            self.follow(value)
        else:
            self.read = None
            self.show(value)

    def follow(self, read: Callable[[], object]) -> None:
        """Show what a callable gives, now and after each change of what it reads."""
        self.read = read
        self.need_anchor()
        live_effect(self.update)

    def update(self) -> None:
        """Read the callable again and show what it gives; on an error show nothing."""
        read = self.read
        if read is None:
            return
        try:
            view = read()
            if type(view) is str and self.body is None:
                if view != self.text:
                    self.text = view
                    verbs.text(self.anchor, view)
            else:
                untrack(self.show, view)
        except BaseException as error:
            note_place(error, self.hole)
            untrack(self.show, None)
            raise

    def extent(self) -> tuple[int, int]:
        """The first and the last node of a row's slot."""
        if self.anchor or self.body is None:
            return self.first, self.need_anchor()
        return self.body.extent()

    def clear(self) -> None:
        """Leave the place empty; it may be used again."""
        self.read = None
        if self.body is not None:
            self.body.clear()
            self.body = None
        if self.text:
            self.text = ""
            verbs.text(self.anchor, "")
        self.drop_bounds()

    def drop_bounds(self) -> None:
        """Take the bounds that this slot made for itself out of the page."""
        if self.first:
            verbs.remove(self.first, self.first)
            verbs.remove(self.anchor, self.anchor)
            self._forget_bounds()

    def _forget_bounds(self) -> None:
        for handle in (self.first, self.anchor):
            give_back(handle, 1)
        self.first = self.anchor = 0

    def release(self) -> None:
        """Forget what stands here, without touching the page."""
        self.read = None
        if self.body is not None:
            self.body.release()
            self.body = None
        if self.first:
            self._forget_bounds()


class SlotBody:
    """A body that is nothing but what stands in a slot of its own."""

    __slots__ = ("slot",)

    def __init__(self, slot: Slot) -> None:
        self.slot = slot

    def extent(self) -> tuple[int, int]:
        """The nodes of what stands there."""
        return self.slot.extent()

    def clear(self) -> None:
        """Take away what stands there."""
        self.slot.clear()

    def release(self) -> None:
        """Forget what stands there."""
        self.slot.release()


ROOM = 150
"""How many frames are kept free, so that what was built can be taken apart again."""


def check_depth() -> None:
    """Refuse to build deeper while there is still room to take apart what stands.

    A stack that ends in the middle of that would leave nodes behind.
    """
    if sys._getframemodulename(sys.getrecursionlimit() - ROOM) is not None:  # noqa: SLF001 - says in C whether there is such a frame
        raise DepthError


BUILDERS: dict[type, Build] = {}
"""Filled by `gossamer.dom.render`, the one list of what this renderer can build."""

_fallback: list[Build] = []


def set_builders(table: dict[type, Build], fallback: Build) -> None:
    """Take the table of builders, and the one for callables and whatever has no entry."""
    BUILDERS.update(table)
    _fallback[:] = [fallback]
