"""A whole HTML document that comes in parts, and what its server is to say beside it."""

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from types import TracebackType
from typing import Final, Self

from gossamer.errors import StatusError
from gossamer.host import MODES, Reply
from gossamer.ssr.escape import escape_attribute
from gossamer.ssr.head import HeadText
from gossamer.ssr.shell import Shell
from gossamer.ssr.stream import Steps, Stream

log: Final = logging.getLogger("gossamer.ssr")

NO_SCRIPT: Final = "<noscript><p>What is missing here needs JavaScript.</p></noscript>"


class Document:
    """One page for one visitor: `async with` makes it ready, then `async for` gives its parts.

    When it is ready, its `reply` has the status, the headers, and the `location` if the visitor is
    sent elsewhere: then there are no parts. Leaving it cancels what is under way and runs the
    cleanups. All of it happens in a copy of the context in which it was made.

    >>> import asyncio
    >>> from gossamer.meta import Title
    >>> from gossamer.ssr import Document
    >>> async def main():
    ...     async with Document([Title("Tea"), t"<h1>Tea</h1>"]) as document:
    ...         print(document.reply.status)
    ...         return "".join([part async for part in document])
    >>> print(asyncio.run(main()))
    200
    <!doctype html>
    <html><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width"><title>Tea</title></head>
    <body><div id="app"><h1>Tea</h1></div><gs-e></gs-e></body></html>
    <BLANKLINE>

    Args:
        view: the app: a component, `App`, or any other view.
        url: the address that was asked for: path and search.
        mode: the least restrictive way to send it, `ooo`, `partial`, `in_order`, `async` or `csr`;
            routes may ask for more.
        shell: the HTML around the app.
        nonce: is put on each script and style.
        stream_script: where `stream.js` stands; it puts late parts in their places.
        timeout: after how many seconds what a part waits for fails; all of it has six times that.
        hydratable: whether the page is to adopt the app with `hydrate`.
    """

    __slots__ = (
        "_first",
        "_head",
        "_nonce",
        "_script",
        "_shell",
        "_status",
        "_steps",
        "_stream",
        "reply",
    )

    def __init__(
        self,
        view: object,
        *,
        url: str = "/",
        mode: str = "ooo",
        shell: Shell | None = None,
        nonce: str = "",
        stream_script: str = "/gossamer/stream.js",
        timeout: float = 10,
        hydratable: bool = False,
    ) -> None:
        self.reply = Reply()
        self.reply.ask_for(mode)
        self._head = HeadText(nonce)
        self._shell = shell if shell is not None else Shell()
        self._nonce = escape_attribute(nonce)
        self._script = escape_attribute(stream_script)
        self._stream = Stream(
            view,
            url=url,
            head=self._head,
            reply=self.reply,
            timeout=timeout,
            hydratable=hydratable,
        )
        self._steps = Steps(self._whole())
        self._first: str | None = None
        self._status = 0

    async def __aenter__(self) -> Self:
        """Render up to the first part: from here on the status is fixed.

        Raises:
            Exception: what the view has raised, and no ErrorBoundary has taken.
        """
        try:
            self._first = await self._steps.next()
        except StatusError as error:
            self.reply.fail(error.status)
            raise
        except Exception:
            self.reply.fail(500)
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._steps.close()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> str:
        part, self._first = self._first, None
        if part is None:
            part = await self._steps.next()
        if part is None:
            raise StopAsyncIteration
        return part

    async def _whole(self) -> AsyncGenerator[str]:
        reply = self.reply
        if reply.mode == MODES[-1]:
            yield self._before("", is_whole=True) + self._after()
            return
        try:
            await self._stream.begin()
            async with aclosing(self._parts()) as parts:
                async for part in parts:
                    reply.is_sent = True
                    yield part
        finally:
            await self._stream.end()

    async def _parts(self) -> AsyncGenerator[str]:
        reply, stream = self.reply, self._stream
        if reply.location is not None:
            return
        if reply.mode == "csr":
            yield self._before("", is_whole=True) + self._after()
        elif reply.mode == "async":
            async with aclosing(stream.in_order()) as parts:
                text = "".join([part async for part in parts])
            if reply.location is None:
                yield self._before(text, is_whole=True) + self._after()
        else:
            is_ordered = reply.mode == "in_order"
            made = stream.in_order() if is_ordered else stream.out_of_order()
            async with aclosing(made) as parts:
                text = await anext(parts, "")
                if reply.location is not None:
                    return
                self._status = reply.status
                is_whole = not is_ordered and stream.is_done()
                first = self._before(text, is_whole=is_whole)
                if is_whole:
                    yield first + self._after()
                    return
                yield first if is_ordered else first + self._middle(has_more=True)
                async for part in parts:
                    yield part if is_ordered else part + self._late()
            rest = self._late() + self._shell.end
            yield self._middle() + rest if is_ordered else rest

    def _before(self, app: str, *, is_whole: bool) -> str:
        """The page up to the end of its first part."""
        head = self._head
        nonce = f' nonce="{self._nonce}"' if self._nonce else ""
        script = f'<script type="module" async src="{self._script}"{nonce}></script>'
        told = head.news() if is_whole else head.news() + script
        html, body = head.attributes("html"), head.attributes("body")
        return self._shell.before(told, html, body, self._nonce) + app

    def _middle(self, *, has_more: bool = False) -> str:
        """What stands behind the app; the mark says that all before it has been parsed."""
        told = NO_SCRIPT if has_more and not self._shell.speaks else ""
        return f"{self._shell.between(self._nonce)}<gs-e></gs-e>{told}"

    def _after(self) -> str:
        return self._middle() + self._shell.end

    def _late(self) -> str:
        """What has been said since the last part."""
        reply = self.reply
        news = self._head.news()
        text = f"<template id=t:head>{news}</template><gs-s i=head></gs-s>" if news else ""
        if reply.location is not None:
            log.warning("The redirect to %s came late: the page was sent in part.", reply.location)
            to = escape_attribute(reply.location)
            text += f'<meta http-equiv="refresh" content="0; url={to}">'
            reply.location = None
        elif reply.status != self._status:
            log.warning("The status %s came late: the page was sent in part.", reply.status)
            text += '<meta name="robots" content="noindex">'
        self._status = reply.status
        return text
