"""Every error a user can meet, its code and its page."""

from collections.abc import Callable

from gossamer.errors.gossamer_error import GossamerError as GossamerError
from gossamer.errors.server import ServerError as ServerError
from gossamer.errors.server import ServerFunctionError as ServerFunctionError
from gossamer.errors.server import SplitError as SplitError
from gossamer.errors.server import StaleVersionError as StaleVersionError
from gossamer.errors.server import TransportError as TransportError
from gossamer.errors.server import TruncatedError as TruncatedError
from gossamer.errors.server import WireTypeError as WireTypeError
from gossamer.errors.testing import InteractionError as InteractionError
from gossamer.errors.testing import QueryError as QueryError
from gossamer.errors.testing import ReportedError as ReportedError
from gossamer.errors.testing import WaitError as WaitError


class PropError(GossamerError):
    """A component got a prop that it does not take, or misses one."""

    code = "prop"


class ViewError(GossamerError):
    """A value stands where it cannot be shown."""

    code = "view"


class HandlerError(GossamerError):
    """An event has something to call that is no function."""

    code = "handler"


class BindingError(GossamerError):
    """A two-way binding got something that it cannot read and write."""

    code = "binding"


class DirectiveError(GossamerError):
    """A directive or reference that cannot be applied."""

    code = "directive"


class IslandError(GossamerError):
    """An island that cannot wake up as it is asked to."""

    code = "island"


class ListError(GossamerError):
    """A list that cannot be shown row by row."""

    code = "list"


class LazyError(GossamerError):
    """A lazy component names nothing that can be imported and shown."""

    code = "lazy"


class DepthError(GossamerError, RecursionError):
    """Views stand so deep in each other that there is no room for one more."""

    code = "depth"

    def __init__(self) -> None:
        super().__init__(
            "A view stands too deep inside of others.",
            why="Each view in another takes room on Python's stack, and that is used up.",
            fix="Look for a component, a callable or a list that shows itself without an end.",
        )


class TargetError(GossamerError):
    """There is no such place in the page."""

    code = "target"


class ElementError(GossamerError):
    """A component that cannot become a custom element."""

    code = "element"


class TemplateError(GossamerError):
    """A template that could not mean the same thing everywhere.

    `line` and `column`, from 1, say where in the template; `excerpt` is the line itself.
    """

    code = "template"

    def __init__(self, what: str, *, why: str = "", fix: str = "", offset: int = 0) -> None:
        super().__init__(what, why=why, fix=fix)
        self.offset = offset
        self.line = 0
        self.column = 0
        self.excerpt = ""
        self.find_places: Callable[[], list[tuple[str, int, int]]] | None = None

    @property
    def place(self) -> tuple[str, int, int] | None:
        """The file, line and column, from 1, in the user's code, or None if unknown."""
        found = self.find_places() if self.find_places is not None else []
        return found[0] if found else None

    def __str__(self) -> str:
        head, *rest = super().__str__().split("\n")
        if not self.line:
            return "\n".join((head, *rest))
        at = f"At: line {self.line}, column {self.column} of the template"
        place = self.place
        if place is not None:
            at += " ({}, line {}, column {})".format(*place)
        return "\n".join((head, at, self.excerpt, *rest))


class TemplateSyntaxError(TemplateError):
    """A template whose tags, attributes or comments are not well formed."""

    code = "template-syntax"


class NestingError(TemplateError):
    """An element where a browser would move it, drop it or close another one for it."""

    code = "template-nesting"


class HolePlacementError(TemplateError):
    """A value where none may stand."""

    code = "template-hole"


class CommandError(GossamerError):
    """The command line cannot do what it was asked for."""

    code = "command"


class PrerenderError(GossamerError):
    """A page of an app cannot be written as it will look, since its Python stops with an error."""

    code = "prerender"

    def __init__(self, address: str, story: str) -> None:
        super().__init__(
            f"{address} could not be prerendered.",
            why=story.strip(),
            fix="Mend that, or leave the page to the browser: in [tool.gossamer] of pyproject.toml,"
            ' prerender = false is for all pages, prerender = ["/"] names those that are written.',
        )


class UnsafeNameError(GossamerError):
    """A name from a value that may not become a tag, an attribute or a CSS property."""

    code = "unsafe-name"


LONGEST_CYCLE = 13
"""How many names a message has before the middle of the circle is left out."""


class CycleError(GossamerError):
    """A memo needs its own value."""

    code = "cycle"

    def __init__(self, path: list[str]) -> None:
        told = path if len(path) <= LONGEST_CYCLE else [*path[:6], "…", *path[-6:]]
        super().__init__(
            f"A memo needs its own value: {' -> '.join(told)}.",
            why="Each reads the next, so there is no first value to begin with.",
            fix="Take one of these reads out; use .peek() on a signal if an old value will do.",
        )
        self.path = path


class EffectLoopError(GossamerError):
    """Effects wake themselves or each other without end."""

    code = "effect-loop"

    def __init__(self, effect: str, sources: list[str], limit: int) -> None:
        woken = ", ".join(sources) or "what it reads"
        super().__init__(
            f"The effect {effect} was woken more than {limit} times in one flush, by {woken}.",
            why="It writes what it reads, or two effects write what the other reads.",
            fix="Compute the value in a memo, or stop writing once it is right.",
        )
        self.effect = effect
        self.sources = sources


class WriteInMemoError(GossamerError):
    """A memo's function writes a signal."""

    code = "write-in-memo"

    def __init__(self, signal: str, memo: str) -> None:
        super().__init__(
            f"{signal} was written while the memo {memo} was being computed.",
            why="A memo runs when somebody reads it, so nobody could say when the write happens.",
            fix="Return the value from the memo, or write in an effect or an event handler.",
        )


class NoOwnerError(GossamerError):
    """Something that an owner has to keep was asked for where there is none."""

    code = "no-owner"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}() was called where there is no owner.",
            why="An owner keeps cleanups and contexts; without one they would be lost silently.",
            fix="Call it in a component, an effect, or inside `with owner:`.",
        )


class MissingContextError(GossamerError):
    """A context was expected that nobody provides."""

    code = "missing-context"

    def __init__(self, key: str, provided: list[str]) -> None:
        there = "; ".join(provided) or "nothing at all"
        super().__init__(
            f"No context {key} is provided here.",
            why=f"Provided at or above this place: {there}.",
            fix="Provide it further up, or use use_context() with a default.",
        )


class NoLoopError(GossamerError, RuntimeError):
    """A task was asked for where no event loop runs."""

    code = "no-loop"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} needs an event loop, and none runs here.",
            why="What is awaited goes on later, and an event loop says when.",
            fix="Call it in what asyncio.run() runs. In a browser a loop always runs.",
        )


class FetchCancelledError(GossamerError):
    """A fetcher ended because something that it awaited was cancelled."""

    code = "fetch-cancelled"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} ended without a value: it was cancelled from inside.",
            why="Something that it awaited was cancelled, or it raised CancelledError itself.",
            fix="Catch asyncio.CancelledError where that happens, and return what holds then.",
        )


class StoreTypeError(GossamerError):
    """A store was asked for over something that has no parts."""

    code = "store-type"


class StoreFieldError(GossamerError, AttributeError, KeyError, IndexError):
    """A store has no such field, key or position.

    It is each of Python's own errors for that, so `hasattr` and `except KeyError` mean what they
    always do.
    """

    code = "store-field"


class StoreKeyError(GossamerError):
    """The rows of a list cannot be told apart by their keys."""

    code = "store-key"


class RouteError(GossamerError):
    """Routes, or an address made from one, that could not mean one thing."""

    code = "route"


class ParamError(GossamerError, ValueError):
    """An address has a value that is not of the type that a page asks for."""

    code = "param"


class NavigationError(GossamerError):
    """A way through the app that leads nowhere."""

    code = "navigation"


class StatusError(GossamerError):
    """A page that cannot be shown, as the `status` of HTTP says it; visitors see the text."""

    code = "status"

    def __init__(
        self,
        what: str = "There is no such page.",
        status: int = 404,
        *,
        why: str = "",
        fix: str = "",
    ) -> None:
        super().__init__(what, why=why, fix=fix)
        self.status = status


class NotFound(StatusError):  # noqa: N818 - an answer, as it stands in a `raise`
    """There is nothing at the address that a visitor wants to go to."""

    code = "not-found"

    def __init__(self, what: str = "There is no such page.") -> None:
        super().__init__(
            what,
            why="It was raised where no router answers to it.",
            fix="Raise it in the load or guard of a route.",
        )


class LateError(GossamerError, TimeoutError):
    """What a page on a server waits for did not come in time."""

    code = "late"


class HostError(GossamerError):
    """The platform does not offer what was asked for."""

    code = "host"


class NoRequestError(GossamerError):
    """The request or the answer was asked for where nothing is being answered."""

    code = "no-request"


class HeaderError(GossamerError, ValueError):
    """A header or a cookie that cannot be sent, or not any more."""

    code = "header"


class RedirectError(GossamerError, ValueError):
    """An address that nobody should be sent to."""

    code = "redirect"


class WorkerError(GossamerError):
    """A function that cannot be called in a worker, or a worker that cannot be had."""

    code = "worker"


class WorkerDiedError(WorkerError):
    """A worker ended before it had answered."""

    code = "worker-died"

    def __init__(self, function: str, how: str) -> None:
        super().__init__(
            f"The worker that ran {function} has died: {how}.",
            why="It used up its stack or its memory, was ended, or could not start.",
            fix="Call it with less at a time. The next call gets a new worker.",
        )
