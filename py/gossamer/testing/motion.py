"""Motion in the page of tests: what `wasm/dom/motion.js` does, on a clock that a test moves on."""

from collections.abc import Callable

from gossamer.testing.handles import Handles
from gossamer.testing.nodes import Element, Node, Text


class Motion(Handles):
    """The verbs about motion, and the clock.

    `motion` is how many seconds each animation takes: none, unless a test says so. `is_calm` is
    a visitor who wants no motion.
    """

    def __init__(self) -> None:
        super().__init__()
        self.motion = 0.0
        self.is_calm = False
        self.now = 0.0
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._leaving: dict[Node, list[Node]] = {}

    # --- what tests call ---

    def advance(self, seconds: float) -> None:
        """Let time pass: what is due by then happens, in order."""
        end = self.now + seconds
        while due := [timer for timer in self._timers if timer[0] <= end]:
            first = min(due, key=lambda timer: timer[0])
            self._timers.remove(first)
            self.now = first[0]
            first[2]()
        self.now = end

    # --- what Python calls ---

    def dress(self, start: int, end: int, removed: str, added: str) -> None:
        """Change the classes of a range's elements."""
        for node in self._range(start, end):
            if isinstance(node, Element):
                node.dress(removed.split(), added.split())

    def linger(
        self, start: int, end: int, removed: str, added: str, seconds: float | None, number: int
    ) -> None:
        """Change classes, and tell a number later."""
        self.stay(number)
        self.dress(start, end, removed, added)
        self._after(self._time(seconds), number, lambda: self._tell(number))

    def stay(self, number: int) -> None:
        """Tell a number nothing."""
        self._timers = [timer for timer in self._timers if timer[1] != number]

    def leave(self, start: int, end: int, anchor: int, name: str, seconds: float) -> None:
        """Take a range out of a list once its animation has ended."""
        still = self._leaving.setdefault(self.nodes[anchor], [])
        gone = [node for node in self._range(start, end) if node not in still]
        still.extend(gone)

        def remove() -> None:
            for node in gone:
                self.writes.append(("remove", node))
                node.detach()
                still.remove(node)

        for node in gone:
            if isinstance(node, Element):
                node.dress([], name.split())
                node.properties["inert"] = True
        if self._time(None) and not all(isinstance(node, Text) for node in gone):
            self._after(self._time(None), 0, remove)
        else:
            remove()

    def hurry(self, anchor: int) -> None:
        """Take out at once what is still leaving a list."""
        for node in self._leaving.pop(self.nodes[anchor], ()):
            node.detach()

    def measure(self, anchor: int) -> None:
        """Note where rows stand: a page in plain Python has no places."""

    def glide(self, anchor: int, seconds: float) -> None:
        """Let rows glide."""
        if not self.is_calm:
            self.writes.append(("glide", self.nodes[anchor], seconds))

    def _time(self, seconds: float | None) -> float:
        """How long something takes: as long as told, else as long as all animations here."""
        return 0 if self.is_calm else self.motion if seconds is None else seconds

    def _after(self, seconds: float, number: int, act: Callable[[], None]) -> None:
        self._timers.append((self.now + seconds, number, act))

    def _tell(self, number: int) -> None:
        raise NotImplementedError
