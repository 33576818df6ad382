"""References to live elements."""

from collections.abc import Callable

from gossamer.reactive import Signal, effect, untrack


class NodeRef[E]:
    """A handle to the element that `ref={…}` stands on; None while it is not in the page.

    Reading it is tracked, so an effect that reads it runs again when the element comes or goes.

    >>> field = NodeRef()
    >>> field() is None
    True
    """

    __slots__ = ("_element",)

    def __init__(self) -> None:
        self._element: Signal[E | None] = Signal(None)

    def __call__(self) -> E | None:
        """The element, tracked."""
        return self._element()

    def peek(self) -> E | None:
        """The element, read without tracking."""
        return self._element.peek()

    def set(self, element: E | None) -> None:
        """Point to an element; renderers call this."""
        self._element.set(element)

    def on_load(self, function: Callable[[E], object]) -> None:
        """Call a function with the element, untracked, each time it enters the page."""

        def run() -> None:
            element = self._element()
            if element is not None:
                untrack(lambda: function(element))

        effect(run)
