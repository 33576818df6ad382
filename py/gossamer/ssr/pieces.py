"""Pieces of a page that is being rendered: text, and what may still change."""

import logging
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from gossamer.reactive import (
    Owner,
    Trigger,
    batch,
    current_owner,
    flush,
    live_effect,
    untrack,
)
from gossamer.reactive.suspensions import Suspension
from gossamer.ssr.escape import escape_attribute

log: Final = logging.getLogger("gossamer.ssr")

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

    One that guards shows something else after an error in it: it tells of a `change`.
    """

    __slots__ = ("change", "parts")

    def __init__(self) -> None:
        self.parts: Pieces = []
        owner = current_owner()
        guards = owner is not None and owner.parent is not None and has_handler(owner)
        self.change = Trigger() if guards else None


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
        if cell.change is not None:
            untrack(cell.change.notify)

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
    """Children whose resources may not have come, and what is shown for them until then.

    What fails in it, and no ErrorBoundary takes, is its `failure`: so the rest of a page that has
    been sent in part is none the worse.
    """

    __slots__ = ("_change", "_fallback", "_fill", "children", "failure", "keeper", "suspension")

    def __init__(
        self, suspension: Suspension, children: Pieces, fill: Callable[[Pieces], object]
    ) -> None:
        self.suspension = suspension
        self.children = children
        self.keeper = Owner()
        self.keeper.error_handler = self._catch
        self.failure: Exception | None = None
        self._change = Trigger()
        self.keeper.on_cleanup(lambda: untrack(self._change.notify))
        self._fill = fill
        self._fallback: Pieces | None = None

    def _catch(self, error: Exception) -> None:
        owner = self.keeper.parent
        while owner is not None and owner.parent is not None:
            handler = owner.error_handler
            if handler is not None and not isinstance(getattr(handler, "__self__", None), Boundary):
                raise error
            owner = owner.parent
        if self.failure is None:
            self.failure = error
            untrack(self._change.notify)

    def is_pending(self) -> bool:
        """Whether something has not come, and may."""
        return (
            self.failure is None
            and not self.keeper.is_disposed
            and untrack(self.suspension.pending)
            and not self.suspension.waits_for_browser()
        )

    def has_changed(self) -> bool:
        """Whether there is something new to show, as an effect asks."""
        self._change.track()
        is_settled = not self.suspension.pending()
        return is_settled or self.failure is not None or self.keeper.is_disposed

    def fallback(self) -> Pieces:
        """What is shown meanwhile; it is built when it is asked for the first time."""
        if self._fallback is None:
            made = self._fallback = empty_like(self.children)
            run_whole(self.keeper.parent, lambda: self._fill(made))
        return self._fallback

    def shown(self) -> Pieces:
        """What is shown now.

        Raises:
            Exception: what has failed in it.
        """
        if self.failure is not None:
            raise self.failure
        if self.keeper.is_disposed:
            return []
        return self.fallback() if untrack(self.suspension.pending) else self.children


def log_failure(error: Exception) -> str:
    """Log an error that visitors are not to read; what they may name when they ask."""
    number = secrets.token_hex(4)
    log.error("A part of a page could not be made (%s)", number, exc_info=error)
    return number


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
        elif isinstance(piece, Cell) and piece.change is None:
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
