"""Regions of a sent page that are replaced when what they wait for has come.

A region is sent as `<template id=s:7></template>FALLBACK<!--/s:7-->`, and later, anywhere, what
takes its place as `<template id=t:7>HTML</template><gs-s i=7></gs-s>`. `wasm/stream/index.js` says
what `<gs-s>` does.
"""

import re
from typing import Final

from gossamer.ssr.marks import with_marks
from gossamer.ssr.pieces import Boundary, Cell, Pieces, log_failure, walk
from gossamer.ssr.render import Rendering
from gossamer.template.spec import MATH, MATH_ROOTS, SVG, SVG_ROOTS

MOST_AT_ONCE: Final = 32
"""How many regions one part may bring."""
_START = re.compile(r"<template id=s:(\d+)></template>")
_FIRST_TAG = re.compile("<(?!template id=s:)([a-zA-Z][^ />]*)")


class Region:
    """A part of the page that has been sent, and may be replaced once."""

    __slots__ = ("around", "before", "deadline", "number", "parts", "piece")

    def __init__(
        self, number: int, piece: Boundary | Cell, around: Region | None, deadline: float
    ) -> None:
        self.number = number
        self.piece = piece
        self.around = around
        self.deadline = deadline
        self.before = ">"  # the character before it, for marks
        self.parts = piece.parts if isinstance(piece, Cell) else None

    def is_in(self, other: Region) -> bool:
        """Whether it stands in another one."""
        around = self.around
        while around is not None and around is not other:
            around = around.around
        return around is other


class Regions:
    """The regions of one page."""

    __slots__ = ("_count", "_rendering", "open")

    def __init__(self, rendering: Rendering) -> None:
        self._rendering = rendering
        self._count = 0
        self.open: dict[int, Region] = {}

    def boundaries(self) -> list[Boundary]:
        """What the open regions wait for."""
        pieces = [region.piece for region in self.open.values()]
        return [piece for piece in pieces if isinstance(piece, Boundary)]

    def deadline(self) -> float:
        """When the first of them has waited too long."""
        regions = self.open.values()
        return min(each.deadline for each in regions if isinstance(each.piece, Boundary))

    def late(self, now: float) -> list[Boundary]:
        """What has waited too long."""
        late = [region.piece for region in self.open.values() if region.deadline <= now]
        return [piece for piece in late if isinstance(piece, Boundary)]

    def has_changed(self) -> bool:
        """Whether a region has something new to show, as an effect asks."""
        has_changed = [boundary.has_changed() for boundary in self.boundaries()]  # all are followed
        for region in self.open.values():
            if isinstance(region.piece, Cell):
                if region.piece.change is not None:
                    region.piece.change.track()
                has_changed.append(region.piece.parts is not region.parts)
        return True in has_changed

    def write(self, pieces: Pieces, deadline: float, around: Region | None = None) -> str:
        """The text of pieces; what has not come becomes a region."""
        try:
            return "".join(pieces)  # type: ignore[arg-type] # if not, it says so
        except TypeError:
            return self._write_each(pieces, deadline, around)

    def _write_each(self, pieces: Pieces, deadline: float, around: Region | None) -> str:
        texts: list[str] = []
        for piece in walk(pieces):
            if isinstance(piece, str):
                texts.append(piece)
            elif isinstance(piece, Cell):
                texts.append(self._write_guarded(piece, deadline, around))
            elif piece.is_pending():
                region = self._begin(piece, around, deadline)
                texts.append(_framed(region, self.write(self._fallback(piece), deadline, region)))
            else:
                texts.append(self.write(self.shown(piece), deadline, around))
        return "".join(texts)

    def shown(self, boundary: Boundary) -> Pieces:
        """What a boundary shows for good."""
        failure = boundary.failure
        if failure is not None and self._rendering.reply.is_sent:
            return [failure_view(failure)]
        made: list[Pieces] = []
        self._rendering.run(lambda: made.append(boundary.shown()))
        return made[0]

    def _fallback(self, boundary: Boundary) -> Pieces:
        made: list[Pieces] = []
        self._rendering.run(lambda: made.append(boundary.fallback()))
        return made[0]

    def _begin(self, piece: Boundary | Cell, around: Region | None, deadline: float) -> Region:
        self._count += 1
        region = self.open[self._count] = Region(self._count, piece, around, deadline)
        return region

    def _write_guarded(self, cell: Cell, deadline: float, around: Region | None) -> str:
        """What an ErrorBoundary shows; all of it is a region as long as something in it waits."""
        region = self._begin(cell, around, deadline)
        text = self.write(cell.parts, deadline, region)
        if self._has_inner(region):
            return _framed(region, text)
        del self.open[region.number]
        return text

    def chunks(self, deadline: float) -> list[str]:
        """What takes the place of regions by now; what is in one that goes is not sent."""
        made: list[str] = []
        for region in self._open(Cell):
            assert isinstance(region.piece, Cell)  # noqa: S101 - as was asked for
            if region.piece.parts is not region.parts and region.number in self.open:
                self._end(region)
                made.append(self._chunk(region, region.piece.parts, deadline))
        for region in self._open(Boundary):
            boundary = region.piece
            assert isinstance(boundary, Boundary)  # noqa: S101 - likewise
            if len(made) >= MOST_AT_ONCE or region.number not in self.open:
                continue
            if boundary.keeper.is_disposed:
                self._end(region)
            elif not boundary.is_pending():
                self._end(region)
                made.append(self._chunk(region, self.shown(boundary), deadline))
        for region in reversed(self._open(Cell)):
            if not self._has_inner(region):
                self._end(region)
                made.append(f"<gs-s i={region.number} keep></gs-s>")
        return made

    def _open(self, kind: type) -> list[Region]:
        return [region for region in self.open.values() if isinstance(region.piece, kind)]

    def _chunk(self, region: Region, pieces: Pieces, deadline: float) -> str:
        text = self.write(pieces, deadline, region.around)
        return _chunk(region, self.marked(text, region.before))

    def marked(self, text: str, before: str = ">") -> str:
        """A text with the marks that the page needs, if it is to adopt it."""
        if not self._rendering.has_marks:
            return text
        text = with_marks(text, before)
        end = 0
        for start in _START.finditer(text):
            if start.start() > end:  # else one region begins where another does
                before = text[start.start() - 1]
            region = self.open.get(int(start[1]))
            if region is not None:
                region.before = before
            end = start.end()
        return text

    def _has_inner(self, region: Region) -> bool:
        return any(other.is_in(region) for other in self.open.values())

    def _end(self, region: Region) -> None:
        """Forget a region, and those in it: what stood there goes."""
        del self.open[region.number]
        for other in list(self.open.values()):
            if other.is_in(region):
                del self.open[other.number]


def _framed(region: Region, text: str) -> str:
    return f"<template id=s:{region.number}></template>{text}<!--/s:{region.number}-->"


def _chunk(region: Region, text: str) -> str:
    """What takes a region's place; a parser knows SVG and MathML by what stands around them."""
    first = _FIRST_TAG.search(text)
    tag = first[1] if first is not None else ""
    language = SVG if tag in SVG_ROOTS else MATH if tag in MATH_ROOTS else ""
    flag = ""
    if language:
        text = f"<{language}>{text}</{language}>"
        flag = " inner"
    number = region.number
    return f"<template id=t:{number}>{text}</template><gs-s i={number}{flag}></gs-s>"


def failure_view(error: Exception) -> str:
    """What stands where something has failed, if the app says nothing else."""
    number = log_failure(error)
    return f'<p class="part-error" role="alert">This part could not be loaded ({number}).</p>'
