"""Views as text that comes in parts, while what they wait for arrives."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextvars import Context, copy_context
from typing import Any, Final, Literal

from gossamer.errors import LateError
from gossamer.host import Reply
from gossamer.reactive import Resource, provide_context, render_effect
from gossamer.reactive.suspensions import SHELL, Suspension
from gossamer.reactive.tasks import CREW
from gossamer.ssr.head import HeadText
from gossamer.ssr.marks import Marks
from gossamer.ssr.pieces import Boundary, Cell, Pieces, boundaries_in, walk
from gossamer.ssr.regions import Regions
from gossamer.ssr.render import Rendering

type Order = Literal["in_order", "out_of_order"]

log: Final = logging.getLogger("gossamer.ssr")


async def render_to_stream(
    view: object,
    *,
    order: Order = "in_order",
    timeout: float = 10,  # noqa: ASYNC109 - of each boundary, not of a call
    head: HeadText | None = None,
    url: str = "/",
    reply: Reply | None = None,
    hydratable: bool = False,
) -> AsyncGenerator[str]:
    """Render a view as text in parts.

    In order, each Suspense is waited for where it stands; out of order, its fallback stands there
    at first, and `stream.js` puts what comes later in its place.

    Nothing is written ahead of who asks for the parts. When the generator is closed, all that is
    under way is cancelled and the cleanups run; close it where it may be left early, with
    `aclosing`.

    >>> import asyncio
    >>> from gossamer import Suspense, component, resource
    >>> from gossamer.ssr import render_to_stream
    >>> @component
    ... def Page():
    ...     name = resource(lambda: asyncio.sleep(0.01, "Ada"))
    ...     return t"<h1>Hello</h1><{Suspense} fallback='…'><p>{name}</p></{Suspense}>"
    >>> async def main(order):
    ...     async for part in render_to_stream(Page, order=order):
    ...         print(part)
    >>> asyncio.run(main("in_order"))
    <h1>Hello</h1>
    <p>Ada</p>
    >>> asyncio.run(main("out_of_order"))
    <h1>Hello</h1><template id=s:1></template>…<!--/s:1-->
    <template id=t:1><p>Ada</p></template><gs-s i=1></gs-s>

    Args:
        view: anything that can be shown; usually a component, `App()`.
        order: whether parts come as they stand in the page, or as soon as they are there.
        timeout: after how many seconds the resources that a boundary waits for fail; all of it has
            six times that.
        head: takes what the view says of the page around it, as far as the parts have come.
        url: the address for a Router.
        reply: takes what the view says beside the page.
        hydratable: whether a page is to adopt it with `hydrate`; it is all that its element holds.

    Raises:
        Exception: what the view has raised before the first part, and no ErrorBoundary has taken.
    """
    stream = Stream(view, url=url, head=head, reply=reply, timeout=timeout, hydratable=hydratable)
    parts = stream.in_order() if order == "in_order" else stream.out_of_order()
    steps = Steps(stream.whole(parts))
    try:
        while (part := await steps.next()) is not None:
            yield part
    finally:
        await steps.close()


class Steps:
    """An async generator whose every step runs in one context, whoever asks for it.

    A generator's code runs in the context of who asks, so what one step sets another would miss.
    """

    __slots__ = ("_context", "_parts")

    def __init__(self, parts: AsyncGenerator[str]) -> None:
        self._parts = parts
        self._context: Context = copy_context()

    async def next(self) -> str | None:
        """The next part, or None at the end."""
        part: str | None = await self._run(anext(self._parts, None))
        return part

    async def close(self) -> None:
        """Let it end where it stands."""
        await self._run(self._parts.aclose())

    def _run(self, step: Any) -> _Inside:
        return _Inside(self._context, step)


class _Inside:
    """An awaitable whose code runs in a context; a task for it would cost turns of the loop."""

    __slots__ = ("_awaitable", "_context")

    def __init__(self, context: Context, awaitable: Any) -> None:
        self._context = context
        self._awaitable = awaitable

    def __await__(self) -> Generator[Any, Any, Any]:
        run = self._context.run
        steps = run(self._awaitable.__await__)
        resume, given = steps.send, None
        while True:
            try:
                awaited = run(resume, given)
            except StopIteration as stop:
                return stop.value
            try:
                given = yield awaited
                resume = steps.send
            except GeneratorExit:
                run(steps.close)
                raise
            except BaseException as raised:  # noqa: BLE001 - the awaitable is to answer it
                resume, given = steps.throw, raised


class Stream:
    """One rendering that is sent in parts."""

    __slots__ = (
        "_crew",
        "_ends",
        "_has_marks",
        "_head",
        "_root",
        "_shell",
        "_timeout",
        "_url",
        "_view",
        "regions",
        "rendering",
        "reply",
    )

    rendering: Rendering
    regions: Regions
    _ends: float
    _shell: Suspension
    _root: Suspension

    def __init__(
        self,
        view: object,
        *,
        url: str,
        head: HeadText | None,
        reply: Reply | None,
        timeout: float,
        hydratable: bool = False,
    ) -> None:
        self._view = view
        self._has_marks = hydratable
        self._url = url
        self._head = head
        self.reply = Reply() if reply is None else reply
        self._timeout = timeout
        self._crew: set[asyncio.Task[Any]] = set()

    async def begin(self) -> None:
        """Render the view, and wait for what its first part waits for."""
        CREW.set(self._crew)  # in a context of its own, see `Steps`
        self._ends = self._now() + 6 * self._timeout
        self.rendering = Rendering(
            self._view,
            self._head,
            self._url,
            self.reply,
            has_marks=self._has_marks,
            provide=self._provide,
        )
        self.regions = Regions(self.rendering)
        await self._come(self._shell)

    def _provide(self) -> None:
        self._shell, self._root = Suspension(), Suspension()
        provide_context(SHELL, self._shell)
        provide_context(self._root)

    async def end(self) -> None:
        """Cancel the tasks and let them end, then run the cleanups, each once."""
        tasks = list(self._crew)
        for task in tasks:
            task.cancel()
        try:
            if tasks:
                await asyncio.wait(tasks)
        finally:
            if hasattr(self, "rendering"):
                self.rendering.end()

    async def whole(self, parts: AsyncGenerator[str]) -> AsyncGenerator[str]:
        """A rendering from its beginning to its end."""
        try:
            await self.begin()
            async for part in parts:
                self.reply.is_sent = True
                yield part
        finally:
            await parts.aclose()
            await self.end()

    def is_done(self) -> bool:
        """Whether nothing more can come."""
        return not self.regions.open and not self._root.pending()

    async def in_order(self) -> AsyncGenerator[str]:
        """The view from its beginning to its end."""
        await self._come(self._root)
        marks = Marks()
        write = marks.take if self._has_marks else str
        texts: list[str] = []
        stack: list[Iterator[str | Boundary | Cell]] = [walk(self.rendering.pieces)]
        while stack:
            piece = next(stack[-1], None)
            if piece is None:
                stack.pop()
            elif isinstance(piece, str):
                texts.append(piece)
            else:
                if _pending([piece]) and (text := write("".join(texts))):
                    yield text
                    texts = []
                await self._settle(piece)
                shown = piece.parts if isinstance(piece, Cell) else self.regions.shown(piece)
                stack.append(walk(shown))
        if text := write("".join(texts)) + marks.end() + self.rendering.data_scripts():
            yield text

    async def _settle(self, piece: Boundary | Cell) -> None:
        """Wait for a boundary; for what guards against errors, wait for all in it.

        It may show something else until then, and what has been sent cannot be taken back.
        """
        pieces: Pieces = [piece]
        deadline = self._deadline()
        while pending := _pending(pieces):
            if not await self._wait(pending[0].has_changed, deadline):
                self._fail(pending[0].suspension.waiting())
        self.rendering.check()

    async def out_of_order(self) -> AsyncGenerator[str]:
        """The view with fallbacks, then what takes their places, as it comes."""
        regions = self.regions
        text = regions.marked(regions.write(self.rendering.pieces, self._deadline()))
        text += self.rendering.data_scripts()
        if text:
            yield text
        while regions.open:
            if await self._wait(regions.has_changed, regions.deadline()):
                await asyncio.sleep(0)  # what comes together goes together
            else:
                for boundary in regions.late(self._now()):
                    self._fail(boundary.suspension.waiting())
            chunks = regions.chunks(self._deadline())
            if chunks:
                yield self.rendering.data_scripts() + "".join(chunks)

    async def _come(self, suspension: Suspension) -> None:
        deadline = self._deadline()
        while suspension.pending() and self.reply.location is None:
            if await self._wait(lambda: self._is_over(suspension), deadline):
                continue
            late = suspension.waiting()
            if not late:
                raise LateError(
                    f"Nothing of the page came in {self._timeout:g} s.",
                    why="The load function or the guard of a route takes longer.",
                    fix="Look at what it awaits, or give the page a longer timeout.",
                )
            self._fail(late)
            break
        self.rendering.check()

    def _is_over(self, suspension: Suspension) -> bool:
        self.reply.change.track()
        return not suspension.pending() or self.reply.location is not None

    def _fail(self, late: list[Resource[Any]]) -> None:
        """Let fail what has been waited for long enough."""

        def give_up() -> None:
            for resource in late:
                resource.give_up(
                    LateError(
                        f"{resource.label} did not come in {self._timeout:g} s.",
                        why="A page on a server does not wait longer than that for one part.",
                        fix="Look at what it awaits, or give the page a longer timeout.",
                    )
                )

        self.rendering.run(give_up)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _deadline(self) -> float:
        return min(self._now() + self._timeout, self._ends)

    async def _wait(self, holds: Callable[[], bool], deadline: float) -> bool:
        """Wait until something holds; False when the time is over."""
        changed = asyncio.Event()

        def follow() -> None:
            if holds():
                changed.set()

        following = self.rendering.owner.run(render_effect, follow)
        try:
            async with asyncio.timeout_at(deadline):
                await changed.wait()
        except TimeoutError:
            return False
        finally:
            following.dispose()
        self.rendering.check()
        return True


def _pending(pieces: Pieces) -> list[Boundary]:
    """The boundaries that something may come for."""
    return [boundary for boundary in boundaries_in(pieces) if boundary.is_pending()]
