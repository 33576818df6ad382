"""Kinds of views that are neither text, template, element nor component."""

from collections.abc import Callable, Hashable
from typing import Any

from gossamer.reactive.suspensions import Suspension
from gossamer.template.shape import Shape


class Partial:
    """A part of a template, such as what stands between a component's tags."""

    __slots__ = ("shape", "values")

    def __init__(self, shape: Shape, values: tuple[object, ...]) -> None:
        self.shape = shape
        self.values = values


class KeyedList:
    """One row for each item; a row follows its key."""

    __slots__ = ("children", "each", "key", "leave", "move", "wants_index")

    def __init__(
        self,
        each: object,
        key: Callable[[Any], Hashable] | None,
        children: object,
        leave: str,
        move: float,
        *,
        wants_index: bool = False,
    ) -> None:
        self.each = each
        self.key = key
        self.children = children
        self.leave = leave
        self.move = move
        self.wants_index = wants_index


class PortalView:
    """Children that stand elsewhere in the page than in the tree."""

    __slots__ = ("children", "mount", "use_shadow")

    def __init__(self, children: object, mount: object, *, use_shadow: bool) -> None:
        self.children = children
        self.mount = mount
        self.use_shadow = use_shadow


class AnimatedView:
    """Children that stay for a while after their condition has ended."""

    __slots__ = ("children", "hide_class", "hide_delay", "show_class", "when")

    def __init__(
        self,
        when: Callable[[], object],
        children: object,
        show_class: str,
        hide_class: str,
        hide_delay: float | None,
    ) -> None:
        self.when = when
        self.children = children
        self.show_class = show_class
        self.hide_class = hide_class
        self.hide_delay = hide_delay


class KeptView:
    """Children that are built once, and stay alive out of the page while `when` does not hold."""

    __slots__ = ("children", "when")

    def __init__(self, children: object, when: Callable[[], object]) -> None:
        self.children = children
        self.when = when


class SuspenseView:
    """Children whose resources a boundary waits for, and what is shown meanwhile.

    Two callables say what a page shows now; a renderer that shows nothing twice asks the
    suspension instead. `settle` brings them in step with it before the view is in the page.
    """

    __slots__ = ("children", "fallback", "has_children", "has_fallback", "settle", "suspension")

    def __init__(
        self,
        suspension: Suspension,
        children: object,
        fallback: object,
        has_children: Callable[[], bool],
        has_fallback: Callable[[], bool],
        settle: Callable[[], None],
    ) -> None:
        self.settle = settle
        self.suspension = suspension
        self.children = children
        self.fallback = fallback
        self.has_children = has_children
        self.has_fallback = has_fallback
