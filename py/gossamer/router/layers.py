"""What is shown, level by level: each route with its parameters, its data and what is in it."""

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, Final

from gossamer.reactive import Context, Signal
from gossamer.router.matching import RouteNode

if TYPE_CHECKING:
    from gossamer.router.navigator import Navigator

NAVIGATOR: Final[Context[Navigator]] = Context("Router")
LAYER: Final[Context[Layer]] = Context("route")


class Layer:
    """A route that is shown, or about to be; it stays while its route does."""

    __slots__ = ("child", "data", "error", "key", "on_error", "params", "path", "reads", "route")

    def __init__(self, route: RouteNode, path: str, params: dict[str, Any]) -> None:
        self.route = route
        self.path = Signal(path)
        self.params = Signal(params)
        self.data: Signal[Any] = Signal(None)
        self.child: Signal[Layer | None] = Signal(None)
        self.error: Exception | None = None
        self.on_error: object = None
        self.reads = 0
        self.key: Hashable = None

    def chain(self) -> list[Layer]:
        """The layers inside of this one, outermost first."""
        found = []
        inner = self.child.peek()
        while inner is not None:
            found.append(inner)
            inner = inner.child.peek()
        return found


def write[T](signal: Signal[T], value: T) -> None:
    """Write a value that differs; the same one tells nobody."""
    if signal.peek() != value:
        signal.set(value)
