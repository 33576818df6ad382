"""What the routes of a page say to the server that sends it."""

from collections.abc import Callable

from gossamer.errors import StatusError
from gossamer.host import Reply
from gossamer.reactive import use_context
from gossamer.reactive.suspensions import SHELL
from gossamer.router.loading import NOT_FOUND, Part
from gossamer.router.matching import RouteNode
from gossamer.view.control import CAUGHT

FAILED = 500


class Server:
    """The server that a router is on; in a browser there is none."""

    __slots__ = ("_reply",)

    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    def takes(self, routes: list[RouteNode], stands: Callable[[], bool]) -> bool:
        """Note how the routes are to be sent; whether they are made here at all.

        Then nothing is sent before they stand.
        """
        for route in routes:
            if route.content is not None and route.content.mode:
                self._reply.ask_for(route.content.mode)
        if self._reply.mode == "csr":
            return False
        shell = use_context(SHELL)
        if shell is not None:
            shell.wait_until(stands)
        return True

    def note(self, parts: list[Part], *, is_found: bool) -> None:
        """Say what is shown in the end."""
        if not is_found:
            self._reply.fail(NOT_FOUND)
        caught = use_context(CAUGHT)
        for part in parts:
            if part.error is None:
                continue
            if caught is not None:
                caught(part.error)
            if not isinstance(part.error, StatusError):
                self._reply.fail(FAILED)
