"""Errors of what goes between a page and its server."""

from gossamer.errors.gossamer_error import GossamerError


class TransportError(GossamerError):
    """A server gave no answer that an app can use.

    `status` is its number, 0 where there was no answer at all.
    """

    code = "transport"

    def __init__(self, status: int, text: str) -> None:
        super().__init__(
            f"The server answered with {status}." if status else "The server did not answer.",
            why=text or "The answer is empty.",
            fix="Try again; look at the server's log if that does not help.",
        )
        self.status = status


class ServerFunctionError(GossamerError):
    """A function that cannot be called from the other side."""

    code = "server-function"


class WireTypeError(GossamerError, TypeError):
    """Values of a type have no form in which they could travel."""

    code = "wire-type"


class ServerError(GossamerError):
    """The server failed, for a reason that stands in its log under `id`."""

    code = "server"

    def __init__(self, id: str, status: int = 500) -> None:  # noqa: A002 - what users call it
        super().__init__(
            "The server could not do this.",
            why="What went wrong is not told to visitors."
            + (f" Its log has it under {id}." if id else ""),
            fix="Look at the server's log, or declare the error: @server(errors=[…]).",
        )
        self.id = id
        self.status = status


class StaleVersionError(TransportError):
    """The page is older or newer than its server."""

    code = "stale"

    def __init__(self, status: int, function: str) -> None:
        GossamerError.__init__(
            self,
            f"The server does not know {function} as this page does.",
            why="Another version of the app runs there since the page was loaded.",
            fix="Load the page anew; the event gossamer:stale says when to offer that.",
        )
        self.status = status


class TruncatedError(TransportError):
    """A stream stopped before its end."""

    code = "truncated"

    def __init__(self, function: str) -> None:
        GossamerError.__init__(
            self,
            f"The stream of {function} stopped before its end.",
            why="The connection was cut, or something on the way gave up.",
            fix="Call it again; what has come so far is whole.",
        )
        self.status = 0


class SplitError(GossamerError):
    """A program that cannot be taken apart into the server's half and the page's."""

    code = "split"

    def __init__(self, file: str, line: int, what: str, *, why: str = "", fix: str = "") -> None:
        super().__init__(f"{file}, line {line}: {what}", why=why, fix=fix)
        self.file = file
        self.line = line
