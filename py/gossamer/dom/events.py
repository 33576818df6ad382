"""Event handlers: who answers which number, and how one is called."""

import sys
from collections.abc import Callable, Sequence
from types import FunctionType, MethodType
from typing import Any, Protocol

from gossamer.dom.bridge import verbs
from gossamer.errors import HandlerError
from gossamer.reactive import LazyOwner, Owner, run_batched, section_owner
from gossamer.reactive.tasks import keep_going
from gossamer.template.shape import Hole

CAPTURE = 1
PASSIVE = 2


class Answering(Protocol):
    """Answers many events: an instance of a template, whose values hold the functions."""

    owner: Owner | LazyOwner | None

    def answer(self, number: int) -> tuple[frozenset[str], Callable[..., object] | None]:
        """The modifiers and the function for a number; None where nothing is to be called."""

    def spend(self, number: int) -> None:
        """Answer an event no more."""


BLOCK = 64
"""Event numbers come in blocks, so that one entry stands for all events of an instance."""

HANDLERS: dict[int, Handler | Answering] = {}
"""Number of the block to who answers its events."""
_next = 1


def take_events(blocks: int = 1) -> int:
    """The first number of some blocks: never used before, so a late event finds nobody."""
    global _next
    first = _next
    _next += blocks
    return first * BLOCK


def answer_events(number: int, who: Handler | Answering) -> None:
    """Let somebody answer the events of a block, named by its first number."""
    HANDLERS[number // BLOCK] = who


def answer_each(first: int, blocks: int, run: Sequence[Answering]) -> None:
    """Let each answer so many blocks, one after the other, numbered from `first` on."""
    number = first // BLOCK
    for offset in range(blocks):
        numbers = range(number + offset, number + blocks * len(run), blocks)
        HANDLERS.update(zip(numbers, run, strict=True))


def drop_events(number: int) -> None:
    """Let nobody answer the events of a block any more."""
    HANDLERS.pop(number // BLOCK, None)


def flags_of(hole: Hole) -> int:
    """How the browser side has to listen."""
    return modifier_flags(hole.modifiers)


def modifier_flags(modifiers: frozenset[str]) -> int:
    """The flags that modifiers ask for."""
    return (CAPTURE if "capture" in modifiers else 0) | (PASSIVE if "passive" in modifiers else 0)


class Handler:
    """A user's function that answers an event, under the owner that was current when it came."""

    __slots__ = ("function", "modifiers", "owner")

    def __init__(
        self,
        function: Callable[..., object],
        modifiers: frozenset[str],
        owner: Owner | LazyOwner | None,
    ) -> None:
        self.function: Callable[..., object] | None = function
        self.modifiers = modifiers
        self.owner = owner

    def answer(self, _number: int) -> tuple[frozenset[str], Callable[..., object] | None]:
        """The modifiers and the function."""
        return self.modifiers, self.function

    def spend(self, _number: int) -> None:
        """Answer no more."""
        self.function = None


def check_handler(value: object, tag: str, name: str) -> None:
    """Refuse what stands in an event hole and cannot be called; None listens to nothing.

    Raises:
        HandlerError: it is neither a function nor None.
    """
    if value is not None and not callable(value):
        raise HandlerError(
            f"on:{name} of <{tag}> got {type(value).__name__} instead of a function.",
            why="An event needs something to call; text would be run as JavaScript.",
            fix=f"Pass a function: on:{name}={{handler}}, or on:{name}={{(lambda: …)}}.",
        )


def make_handler(value: object, modifiers: frozenset[str], tag: str, name: str) -> Handler | None:
    """Make a handler of what stands in an event hole; None listens to nothing."""
    check_handler(value, tag, name)
    return None if value is None else Handler(value, modifiers, section_owner())  # type: ignore[arg-type] # checked


def dispatch(number: int) -> None:
    """Answer an event: the one function that the page calls.

    All writes of the handler are flushed before it returns. What it raises goes to the nearest
    boundary, and the page lives on.
    """
    found = HANDLERS.get(number // BLOCK)
    if found is None:
        return
    modifiers, function = found.answer(number)
    owner: Any = found.owner  # a lazy one stands for an owner
    if function is None or (owner is not None and owner.is_disposed):
        return  # it was to be answered once, or what it stood on has left the page
    try:
        wants_event = takes_argument(function)
        if modifiers or wants_event:
            result = run_batched(
                owner, _answer, found, number, modifiers, function, wants_event=wants_event
            )
        else:
            result = run_batched(owner, function)
        if result is not None:
            run_batched(owner, keep_going, result)
    except Exception as error:
        if owner is None:
            raise
        owner.handle_error(error)


def _answer(
    who: Answering,
    number: int,
    modifiers: frozenset[str],
    function: Callable[..., object],
    *,
    wants_event: bool,
) -> object:
    """Apply the modifiers, then call the function."""
    event: Any = verbs.event_now()
    if modifiers:
        if "self" in modifiers and event.target != event.currentTarget:
            return None
        if "prevent" in modifiers:
            event.preventDefault()
        if "stop" in modifiers:
            event.stopPropagation()
        if "once" in modifiers:
            who.spend(number)
    return function(event) if wants_event else function()


_VARARGS = 0x04


def takes_argument(function: Callable[..., object]) -> bool:
    """Whether a handler wants the event: it does when a positional parameter has no default."""
    bound = 0
    if type(function) is MethodType:
        bound = 1
        function = function.__func__
    if type(function) is FunctionType:
        code = function.__code__
        required = code.co_argcount - len(function.__defaults__ or ()) - bound
        return required > 0 or (bool(code.co_flags & _VARARGS) and code.co_argcount == bound)
    call = type(function).__dict__.get("__call__")
    if type(call) is FunctionType:
        return takes_argument(call.__get__(function))
    return _signature_takes_argument(function)


def _signature_takes_argument(function: Callable[..., object]) -> bool:
    """The slow way, for partials and functions written in C."""
    inspect = sys.modules.get("inspect") or __import__("inspect")
    try:
        parameters = inspect.signature(function).parameters.values()
    except TypeError, ValueError:
        return True  # it does not say: most callables of this kind take one argument
    return any(
        parameter.default is parameter.empty
        and parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        for parameter in parameters
    )
