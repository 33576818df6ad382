"""The page's history, through the verbs."""

from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.calls import (
    ARRIVE,
    BEGIN,
    GIVE_UP,
    HASH,
    PRELOAD,
    SUBMIT,
    WISH,
    run_for,
    set_answers,
)
from gossamer.errors import HostError
from gossamer.host import Listener
from gossamer.reactive import untrack


class PageHistory:
    """The history of a browser's tab: one router a page can follow it."""

    __slots__ = ()

    def start(self, listener: Listener, base: str, *, is_hash: bool, has_transitions: bool) -> str:
        """Tell a listener of every wish below a base; the present address."""
        if _listening:
            raise HostError(
                "A second Router was shown in one page.",
                why="There is one address bar, and two routers would both answer to it.",
                fix="Put both parts of the app into one Router, with a route each.",
            )
        _listening.append(listener)
        set_answers(
            {
                WISH: lambda flags, address, state: run_for(
                    None, listener.wish, flags, address, str(state)
                ),
                # no batch around it: the page scrolls when what it arrives at stands there
                BEGIN: lambda number, *_: untrack(listener.begin, number),
                ARRIVE: lambda number, *_: run_for(None, listener.arrive, number),
                GIVE_UP: lambda number, *_: run_for(None, listener.give_up, number),
                HASH: lambda _, address, *__: run_for(None, listener.note_hash, address),
                SUBMIT: lambda enhanced, address, event: run_for(
                    None, listener.submit, address, event, is_enhanced=bool(enhanced)
                ),
                PRELOAD: lambda _, address, *__: run_for(None, listener.preload, address),
            }
        )
        return verbs.route(base, is_hash, has_transitions)

    def stop(self) -> None:
        """Tell nobody any more."""
        verbs.unroute()
        forget_listener()

    def visit(self, number: int, address: str, flags: int, state: str) -> None:
        """Begin a way that the app itself asked for."""
        verbs.visit(number, address, flags, state)

    def commit(self, number: int) -> None:
        """Change the address, then arrive."""
        verbs.commit(number)

    def drop(self, number: int) -> None:
        """Forget a way."""
        verbs.drop(number)

    def travel(self, distance: int) -> None:
        """Go back or forward."""
        verbs.travel(distance)

    def leave(self, address: str) -> None:
        """Let the browser load an address."""
        verbs.depart(address)

    def hold(self, *, on: bool) -> None:
        """Ask the visitor before the page is left."""
        verbs.hold(on)


_listening: list[Listener] = []


def forget_listener() -> None:
    """Let a router follow the history of another page."""
    _listening.clear()
    set_answers(dict.fromkeys((WISH, BEGIN, ARRIVE, GIVE_UP, HASH, PRELOAD, SUBMIT), _nobody))


def _nobody(_number: int, _name: str, _value: Any) -> object:
    """Answer for a router that has gone."""
    return 0
