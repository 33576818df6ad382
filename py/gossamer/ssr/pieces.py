"""Pieces of a page that is being rendered: text, and what may still change."""

import re
from collections.abc import Callable, Iterable, Iterator

from gossamer.reactive import Owner, batch, current_owner, flush, live_effect, untrack
from gossamer.reactive.suspensions import Suspension
from gossamer.ssr.escape import escape_attribute

type Piece = str | Cell | Selection | Boundary
type Pieces = list[Piece]


class Marked(list[Piece]):
    """The pieces of a text that a page is to adopt: they have signs in them, see `marks`."""

    __slots__ = ()


class Bare(Marked):
    """Such pieces at a place without an anchor, as one row has: who needs one makes two."""

    __slots__ = ()


def empty_like(out: Pieces) -> Pieces:
    """An empty list for what stands at an anchor in the same text."""
    return [] if type(out) is list else Marked()


class Cell:
    """What stands at a place whose value is live: it is made again when that changes.

    One that `guards` shows something else after an error in it.
    """

    __slots__ = ("guards", "parts")

    def __init__(self) -> None:
        self.parts: Pieces = []
        owner = current_owner()
        self.guards = owner is not None and owner.parent is not None and has_handler(owner)


def has_handler(owner: Owner) -> bool:
    """Whether an owner takes errors itself, as that of an ErrorBoundary does."""
    return owner.error_handler is not None


def add_live(fill: Callable[[Pieces], object], out: Pieces) -> None:
    """Add a cell; `fill` is run at once, and again whenever what it read has changed."""
    cell = Cell()
    out.append(cell)

    def update() -> None:
        cell.parts = []
        made = empty_like(out)
        fill(made)
        cell.parts = made

    live_effect(update)


class Selection:
    """The content of a <select> whose value is bound; the chosen options are marked at the end."""

    __slots__ = ("parts", "wanted")

    def __init__(self, out: Pieces) -> None:
        self.parts = empty_like(out)
        self.wanted: frozenset[str] | None = None

    def text(self) -> str:
        """The options."""
        text = join_all(self.parts)
        wanted = self.wanted
        if wanted is None:
            return text

        def mark(match: re.Match[str]) -> str:
            attributes = match[1].replace(' selected=""', "")
            value = _VALUE.search(attributes)
            own = value[1] if value else _as_value(match[2])
            chosen = ' selected=""' if own in escaped else ""
            return f"<option{attributes}{chosen}>{match[2]}</option>"

        escaped = frozenset(map(escape_attribute, wanted))
        return _OPTION.sub(mark, text)


_OPTION = re.compile(r'<option((?: [^\s"<>/=]+="[^"]*")*)>(.*?)</option>', re.DOTALL)
_VALUE = re.compile(r' value="([^"]*)"')
_SIGN = re.compile("\0.")


def _as_value(text: str) -> str:
    """What an option without a value stands for, as an attribute would say it."""
    words = _SIGN.sub("", text).replace('"', "&quot;").replace("&gt;", ">").split()
    return " ".join(words)


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
        self.fallback = empty_like(children)
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


def walk(pieces: Iterable[Piece]) -> Iterator[str | Boundary | Cell]:
    """The texts of pieces; between them the boundaries, and the cells that guard."""
    for piece in pieces:
        if isinstance(piece, Selection):
            yield piece.text()
        elif isinstance(piece, Cell) and not piece.guards:
            yield from walk(piece.parts)
        else:
            yield piece


def join_all(pieces: Pieces) -> str:
    """The text of pieces, and of what is shown by each boundary now.

    A list of nothing but texts, as most are, is joined without a look at each: for a table of
    1,000 rows that is a third of the time.
    """
    try:
        return "".join(pieces)  # type: ignore[arg-type] # if not, it says so
    except TypeError:
        return "".join([each if type(each) is str else _join(each) for each in pieces])


def _join(piece: Piece) -> str:
    if isinstance(piece, (str, Selection)):
        return piece if isinstance(piece, str) else piece.text()
    return join_all(piece.parts if isinstance(piece, Cell) else piece.shown())


def boundaries_in(pieces: Iterable[Piece]) -> Iterator[Boundary]:
    """The boundaries among pieces, and those in cells; not those that other boundaries hold."""
    for piece in pieces:
        if isinstance(piece, Boundary):
            yield piece
        elif isinstance(piece, Cell):
            yield from boundaries_in(piece.parts)
