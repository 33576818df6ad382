"""A server, as rooms above the renderer see it during one rendering."""

from typing import Any

from gossamer.host import Form, Head, History, MemoryHistory, Reply
from gossamer.ssr.head import HeadText


class AskedHistory(MemoryHistory):
    """The one address that was asked for: who wants to go elsewhere is sent there by the reply."""

    def __init__(self, address: str, reply: Reply) -> None:
        super().__init__(address)
        self._reply = reply

    def visit(self, number: int, address: str, flags: int, state: str) -> None:
        """Send the visitor on, in place of the page; what stands behind a # stays in it."""
        if address.startswith("#"):
            super().visit(number, address, flags, state)
        else:
            self._reply.redirect(address)

    def leave(self, address: str) -> None:
        """Send the visitor to an address that is not the app's."""
        self._reply.redirect(address)


class TextHost:
    """What the text renderer offers."""

    __slots__ = ("_head", "_history")

    def __init__(self, head: HeadText, url: str, reply: Reply | None) -> None:
        self._head = head
        self._history = MemoryHistory(url) if reply is None else AskedHistory(url, reply)

    def history(self) -> History:
        """The one address that was asked for."""
        return self._history

    def head(self) -> Head:
        """What the page around will say."""
        return self._head

    def form(self, event: Any) -> Form:
        """Never asked: there are no events."""
        raise AssertionError(f"no {event} happens on a server")

    def data(self, address: str) -> None:
        """Nothing: here it would be made."""

    async def bring(self, module: str, wheels: tuple[str, ...] = ()) -> None:
        """Nothing is left out on a server."""
