"""Pieces of a page that is being rendered: text, and what may still change."""

import re
from collections.abc import Callable, Iterable, Iterator

from gossamer.reactive import Owner, batch, current_owner, flush, live_effect, untrack
from gossamer.reactive.suspensions import Suspension
from gossamer.ssr.escape import escape_attribute

type Piece = str | Cell | Selection | Boundary
type Pieces = list[Piece]


class Cell:
    """What stands at a place whose value is live: it is made again when that changes."""

    __slots__ = ("parts",)

    def __init__(self) -> None:
        self.parts: Pieces = []


def add_live(fill: Callable[[Pieces], object], out: Pieces) -> None:
    """Add a cell; `fill` is run at once, and again whenever what it read has changed."""
    cell = Cell()
    out.append(cell)

    def update() -> None:
        cell.parts = []
        made: Pieces = []
        fill(made)
        cell.parts = made

    live_effect(update)


class Selection:
    """The content of a <select> whose value is bound; the chosen options are marked at the end."""

    __slots__ = ("parts", "wanted")

    def __init__(self) -> None:
        self.parts: Pieces = []
        self.wanted: frozenset[str] | None = None

    def text(self) -> str:
        """The options."""
        text = "".join(walk_all(self.parts))
        wanted = self.wanted
        if wanted is None:
            return text

        def mark(match: re.Match[str]) -> str:
            attributes = match[1].replace(' selected=""', "")
            value = _VALUE.search(attributes)
            own = value[1] if value else " ".join(match[2].split())
            chosen = ' selected=""' if own in escaped else ""
            return f"<option{attributes}{chosen}>{match[2]}</option>"

        escaped = frozenset(map(escape_attribute, wanted))
        return _OPTION.sub(mark, text)


_OPTION = re.compile(r'<option((?: [^\s"<>/=]+="[^"]*")*)>(.*?)</option>', re.DOTALL)
_VALUE = re.compile(r' value="([^"]*)"')


class Boundary:
    """Children whose resources may not have come, and what is shown for them until then."""

    __slots__ = ("children", "fallback", "fill", "is_filled", "owner", "suspension")

    def __init__(
        self, suspension: Suspension, children: Pieces, fill: Callable[[Pieces], object]
    ) -> None:
        self.suspension = suspension
        self.children = children
        self.owner = current_owner()
        self.fill = fill
        self.fallback: Pieces = []
        self.is_filled = False

    def is_pending(self) -> bool:
        """Whether something has not come."""
        return untrack(self.suspension.pending)

    def show_fallback(self) -> Pieces:
        """What is shown meanwhile; it is built when it is asked for the first time."""
        if not self.is_filled:
            self.is_filled = True
            fallback = self.fallback
            run_whole(self.owner, lambda: self.fill(fallback))
        return self.fallback

    def shown(self) -> Pieces:
        """What is shown now."""
        return self.show_fallback() if self.is_pending() else self.children


def run_whole(owner: Owner | None, fn: Callable[[], object]) -> None:
    """Run a part of the rendering, and what it has woken."""
    with batch():
        if owner is None:
            fn()
        else:
            owner.run(fn)
        flush()


def walk(pieces: Iterable[Piece]) -> Iterator[str | Boundary]:
    """The texts of pieces, and the boundaries between them."""
    for piece in pieces:
        kind = type(piece)
        if kind is str or kind is Boundary:
            yield piece  # type: ignore[misc] # one of the two
        elif kind is Cell:
            yield from walk(piece.parts)  # type: ignore[union-attr] # a cell
        else:
            yield piece.text()  # type: ignore[union-attr] # a selection


def walk_all(pieces: Iterable[Piece]) -> Iterator[str]:
    """The texts of pieces, and of what is shown by each boundary now."""
    for piece in walk(pieces):
        if type(piece) is str:
            yield piece
        else:
            yield from walk_all(piece.shown())  # type: ignore[union-attr] # a boundary
