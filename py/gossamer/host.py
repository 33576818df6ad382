"""What a platform offers to the apps on it: a history of addresses, modules on demand, a head."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, Protocol

from gossamer.errors import NavigationError
from gossamer.reactive import Context, Trigger, untrack

REPLACE: Final = 1
"""The address takes the place of the present one in the history."""
NO_SCROLL: Final = 2
KEEP_FOCUS: Final = 4
TRAVERSE: Final = 8
"""Back or forward: the distance stands above the other flags, see `distance_of`."""
FORM: Final = 16
AGAIN: Final = 32
"""The present address once more: what it shows is loaded anew."""
_BITS: Final = 8

LEAVE: Final = 0
"""An answer to a wish: not ours, the platform does what it always does."""
REFUSE: Final = -1
"""An answer to a wish: ours, but nothing happens."""


def distance_of(flags: int) -> int:
    """How far back or forward a wish goes in the history."""
    return flags >> _BITS


def flags_for(distance: int) -> int:
    """The flags of a wish to go back or forward."""
    return TRAVERSE | distance << _BITS


class Listener(Protocol):
    """Who follows a history: a router."""

    def wish(self, flags: int, address: str, state: str) -> int:
        """Somebody wants to go somewhere: a number for the way there, `LEAVE` or `REFUSE`."""

    def begin(self, number: int) -> None:
        """Get ready to show where the numbered way leads."""

    def arrive(self, number: int) -> None:
        """The history has the new address: show it."""

    def give_up(self, number: int) -> None:
        """The platform has stopped the numbered way."""

    def note_hash(self, address: str) -> None:
        """The platform has moved to another place on the same page."""

    def preload(self, address: str) -> None:
        """Somebody may soon want to go there."""

    def submit(self, address: str, event: Any, *, is_enhanced: bool) -> bool:
        """A form is sent to an address: whether the app takes it."""


class History(Protocol):
    """The addresses of a visit, back and forward; each way through it has a number.

    A way is wished for, begins, is committed when all is ready, and arrives: only then does the
    address change.
    """

    def start(self, listener: Listener, base: str, *, is_hash: bool, has_transitions: bool) -> str:
        """Tell a listener of every wish below a base; the present address."""

    def stop(self) -> None:
        """Tell nobody any more."""

    def visit(self, number: int, address: str, flags: int, state: str) -> None:
        """Begin a way that the app itself asked for."""

    def commit(self, number: int) -> None:
        """All is ready: change the address, then arrive. 0 is the first view of the page."""

    def drop(self, number: int) -> None:
        """Forget a way that leads nowhere any more."""

    def travel(self, distance: int) -> None:
        """Go back or forward."""

    def leave(self, address: str) -> None:
        """Let the platform load an address that is not the app's."""

    def hold(self, *, on: bool) -> None:
        """Ask the visitor before the whole page is left."""


class HeadElement(Protocol):
    """An element in the head."""

    def write(self, name: str, value: str | None) -> None:
        """Write an attribute; None takes it away."""

    def fill(self, text: str) -> None:
        """Write all of its text."""

    def enter(self) -> None:
        """Stand at the end of the head, from now on."""

    def remove(self) -> None:
        """Leave the head."""


class Head(Protocol):
    """What stands around the views: the title, attributes of `html` and `body`, elements."""

    def say(self, root: str, name: str, who: object, value: object) -> None:
        """Let somebody say what the title is, or an attribute; None takes that back."""

    def make(self, tag: str) -> HeadElement:
        """An element that does not stand there yet."""


class Answer:
    """What a server says to a form that was sent to it."""

    __slots__ = ("kind", "redirect", "status", "text", "url", "version")

    def __init__(
        self, status: int, kind: str, redirect: str, version: str, url: str, text: str
    ) -> None:
        self.status = status
        self.kind = kind
        self.redirect = redirect
        self.version = version
        self.url = url  # of the page that it led to by itself
        self.text = text


class Form(Protocol):
    """A form that is being sent, with the button that did it."""

    def entries(self) -> dict[str, list[Any]]:
        """What its fields hold: texts, and files as the platform has them."""

    def set_busy(self, *, on: bool) -> None:
        """Show that it is being sent."""

    def reset(self) -> None:
        """Make it as fresh as it came."""

    def focus_invalid(self) -> None:
        """Lead to the first field that will not do."""

    def send(self, tell: Callable[[float], object]) -> Awaitable[Answer]:
        """Send it as the platform would, but for the answer; tell what of its files has gone."""

    def abort(self) -> None:
        """Stop sending it."""

    def submit(self) -> None:
        """Let the platform send it."""


class Host(Protocol):
    """A platform: each part is made when it is asked for."""

    def history(self) -> History:
        """The history of addresses."""

    def head(self) -> Head:
        """What stands around the views."""

    def form(self, event: Any) -> Form:
        """The form that an event is about."""

    def data(self, address: str) -> Awaitable[str | None] | str | None:
        """What a build has written down for a page's routes, as JSON."""

    def bring(self, module: str, wheels: tuple[str, ...]) -> Awaitable[None]:
        """Make a module that was left out importable."""


HOST: Final = Context[Host]("host")
"""What renderers provide, so that rooms above need not know any."""


MODES: Final = ("ooo", "partial", "in_order", "async", "csr")
"""The ways to send a page, each one more restrictive than the one before."""

_UNSAFE_IN_HEADER: Final = frozenset(map(chr, (*range(32), 127)))


class Reply:
    """What a server answers beside the page itself: a status, headers, another address.

    Routes and components write it while the page is made; who serves reads it before the first
    part is sent. What is said later, `is_sent`, can only go into the page. It is a context of a
    server's rendering: `use_context(Reply)` gives it, and None in a browser.

    >>> reply = Reply()
    >>> reply.redirect("/login")
    >>> reply.status, reply.location
    (307, '/login')
    """

    __slots__ = ("change", "headers", "is_sent", "location", "mode", "status")

    def __init__(self) -> None:
        self.change = Trigger()
        self.status = 200
        self.headers: list[tuple[str, str]] = []
        self.location: str | None = None
        self.mode = MODES[0]
        self.is_sent = False

    def redirect(self, to: str, status: int = 307, *, external: bool = False) -> None:
        """Send the visitor to another address of the app; the first one who says so decides.

        Raises:
            NavigationError: the address is on another site, and not said to be `external`.
        """
        is_other = not to.startswith("/") or to[1:2] in ("/", "\\")
        if not _UNSAFE_IN_HEADER.isdisjoint(to) or (is_other and not external):
            raise NavigationError(
                f"A redirect leads to {to!r}.",
                why="Who can choose that address could lead your visitors to another site.",
                fix="Redirect to a path of your own, or say external=True if it is meant.",
            )
        if self.location is None:
            self.location = to
            self.status = status
            untrack(self.change.notify)

    def fail(self, status: int) -> None:
        """Say that what was asked for is not there, or could not be made."""
        if self.location is None and self.status < status:
            self.status = status

    def add_header(self, name: str, value: str) -> None:
        """Add a header; one of the same name stays beside it.

        Raises:
            ValueError: the name or the value could end the header.
        """
        if not _UNSAFE_IN_HEADER.isdisjoint(name + value) or not name or set(name) & set(" :"):
            raise ValueError(f"{name!r}: {value!r} is no header")
        self.headers.append((name, value))

    def ask_for(self, mode: str) -> None:
        """Ask for a way to send the page; the most restrictive one that is asked for wins."""
        if MODES.index(mode) > MODES.index(self.mode):
            self.mode = mode


class Stacks:
    """Who says what of each thing around the views: the last one wins until it takes that back.

    `write` is told what holds now: `("html", "lang", "en")`, or None where nobody says anything. A
    title is made of the last `text` and the last `format`; a class is `("body", "class:dark", "")`.

    >>> stacks = Stacks(lambda *said: print(*said))
    >>> stacks.say("title", "format", "app", lambda text: f"{text} · Shop")
    title  None
    >>> stacks.say("title", "text", "page", "Tea")
    title  Tea · Shop
    """

    __slots__ = ("_said", "_write")

    def __init__(self, write: Callable[[str, str, str | None], None]) -> None:
        self._write = write
        self._said: dict[tuple[str, str], dict[object, Any]] = {}

    def say(self, root: str, name: str, who: object, value: object) -> None:
        """Let somebody say something, in the place where it was first said; None takes it back."""
        said = self._said.setdefault((root, name), {})
        before = self._last(root, name)
        if value is None:
            said.pop(who, None)
        else:
            said[who] = value
        now = self._last(root, name)
        if now == before:
            return
        if root == "title":
            text, write = self._last(root, "text"), self._last(root, "format")
            name, now = "", write(text) if write is not None and text is not None else text
        self._write(root, name, now)

    def _last(self, root: str, name: str) -> Any:
        return next(reversed(self._said.get((root, name), {}).values()), None)


class MemoryHistory:
    """A history that is a list: for tests, and wherever there is no address bar.

    >>> history = MemoryHistory("/users")
    >>> history.address
    '/users'
    """

    def __init__(self, address: str = "/") -> None:
        self.entries: list[tuple[str, str]] = [(address, "")]
        self.index = 0
        self.is_held = False
        self.left: list[str] = []
        self._listener: Listener | None = None
        self._ways: dict[int, tuple[str, int, str]] = {}

    @property
    def address(self) -> str:
        """The present address."""
        return self.entries[self.index][0]

    def start(
        self,
        listener: Listener,
        base: str = "",  # noqa: ARG002 - a list has no other pages
        *,
        is_hash: bool = False,  # noqa: ARG002 - likewise
        has_transitions: bool = False,  # noqa: ARG002 - nor does it draw any
    ) -> str:
        """Tell a listener of every wish; the present address."""
        self._listener = listener
        return self.address

    def stop(self) -> None:
        """Tell nobody any more."""
        self._listener = None
        self._ways.clear()

    def visit(self, number: int, address: str, flags: int, state: str) -> None:
        """Begin a way at once."""
        self._ways[number] = (address, flags, state)
        if self._listener is not None:
            self._listener.begin(number)

    def commit(self, number: int) -> None:
        """Change the address and arrive."""
        way = self._ways.pop(number, None)
        if way is None or self._listener is None:
            return
        address, flags, state = way
        if flags & TRAVERSE:
            self.index += distance_of(flags)
        elif flags & REPLACE:
            self.entries[self.index] = (address, state)
        else:
            self.index += 1
            self.entries[self.index :] = [(address, state)]
        self._listener.arrive(number)

    def drop(self, number: int) -> None:
        """Forget a way."""
        self._ways.pop(number, None)

    def travel(self, distance: int) -> None:
        """Go back or forward, where there is something."""
        index = self.index + distance
        if distance and 0 <= index < len(self.entries):
            self.wish(flags_for(distance), *self.entries[index])

    def leave(self, address: str) -> None:
        """Note an address that is not the app's."""
        self.left.append(address)

    def hold(self, *, on: bool) -> None:
        """Note whether the visitor would be asked."""
        self.is_held = on

    def wish(self, flags: int, address: str, state: str = "") -> int:
        """Want to go somewhere, as a visitor does by a link; what the listener answers."""
        if self._listener is None:
            return LEAVE
        number = self._listener.wish(flags, address, state)
        if number > 0:
            self.visit(number, address, flags, state)
        return number
