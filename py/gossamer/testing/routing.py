"""The history of the page of tests, as `wasm/dom/routing.js` follows one."""

from collections.abc import Awaitable, Callable
from typing import Any

from gossamer.dom.calls import ARRIVE, BEGIN, GIVE_UP, HASH, PRELOAD, SUBMIT, WISH
from gossamer.host import AGAIN, KEEP_FOCUS, LEAVE, NO_SCROLL, REPLACE, MemoryHistory
from gossamer.testing.handles import Handles
from gossamer.testing.nodes import Element

type Answer = Callable[[int, int, str, Any], object]


class _ToPython:
    """A listener that asks Python by numbers, as the page does."""

    def __init__(self, page: Routing) -> None:
        self._page = page

    def wish(self, flags: int, address: str, state: str) -> int:
        answer = self._page.ask(WISH, flags, address, state)
        assert isinstance(answer, int)
        return answer

    def begin(self, number: int) -> None:
        self._page.ask(BEGIN, number, "", "")

    def arrive(self, number: int) -> None:
        self._page.ask(ARRIVE, number, "", "")

    def give_up(self, number: int) -> None:
        self._page.ask(GIVE_UP, number, "", "")

    def note_hash(self, address: str) -> None:
        self._page.ask(HASH, 0, address, "")

    def submit(self, address: str, event: Any, *, is_enhanced: bool) -> bool:
        return bool(self._page.ask(SUBMIT, is_enhanced, address, event))

    def preload(self, address: str) -> None:
        self._page.ask(PRELOAD, 0, address, "")


class Routing(Handles):
    """The part of a page that knows its address; `history` is the list of them."""

    _answer: Answer

    def __init__(self) -> None:
        super().__init__()
        self.history = MemoryHistory()
        self.modules: dict[str, str] = {}

    def ask(self, what: int, number: int, name: str, value: object) -> object:
        """Ask Python."""
        return self._answer(what, number, name, value)

    # --- what Python calls ---

    def route(self, base: str, is_hash: bool, has_transitions: bool) -> str:
        """Follow the history."""
        return self.history.start(_ToPython(self), base, is_hash=is_hash)

    def unroute(self) -> None:
        """Follow nothing any more."""
        self.history.hold(on=False)
        self.history.stop()

    def visit(self, number: int, address: str, flags: int, state: str) -> None:
        """Begin a way of Python's at once."""
        self.history.visit(number, _inner(address), flags, state)

    def commit(self, number: int) -> None:
        """Change the address, then arrive."""
        self.history.commit(number)

    def drop(self, number: int) -> None:
        """Forget a way."""
        self.history.drop(number)

    def travel(self, distance: int) -> None:
        """Go back or forward."""
        self.history.travel(distance)

    def depart(self, address: str) -> None:
        """Note an address that is not the app's."""
        self.history.leave(address)

    def hold(self, on: bool) -> None:
        """Note whether the visitor would be asked."""
        self.history.hold(on=on)

    def bring(self, url: str) -> Awaitable[str]:
        """The text of a file that a test has put into `modules`."""
        return self._bring(url)

    async def _bring(self, url: str) -> str:
        return self.modules[url]

    # --- what tests call ---

    def visit_address(self, address: str) -> None:
        """Go to an address, as a visitor does by a plain link."""
        self.follow_to(address, 0, "")

    def follow(self, link: Element) -> None:
        """Follow a link that was clicked and that nobody kept from it."""
        given = link.attributes
        flags = REPLACE if "data-replace" in given else 0
        flags |= NO_SCROLL if "data-noscroll" in given else 0
        flags |= KEEP_FOCUS if "data-keepfocus" in given else 0
        address = _inner(given["href"])
        if address == self.history.address:
            flags |= REPLACE | AGAIN
        self.follow_to(address, flags, given.get("data-state", ""))

    def follow_to(self, address: str, flags: int, state: str) -> None:
        """Ask for a way; what is not the router's is left to the browser."""
        if self.history.wish(flags, address, state) == LEAVE:
            self.history.leave(address)


def _inner(address: str) -> str:
    """What of an address the history keeps: in hash mode, what stands behind the `#`."""
    return address.removeprefix("#")
