"""What the page asks of Python beside events: each sort of question has one who answers."""

from collections.abc import Callable
from typing import Any

from gossamer.reactive import LazyOwner, Owner, batch, untrack

type Answering = Callable[[int, str, Any], object]

# What is asked, as `wasm/dom/calls.js` numbers it.
CALL = 0
ENTER = 1
DRAW = 2
LEAVE = 3
ATTRIBUTE = 4
SET = 5
GET = 6
DEFAULT = 7
WISH = 8
BEGIN = 9
ARRIVE = 10
GIVE_UP = 11
HASH = 12
PRELOAD = 13
SUBMIT = 14

ANSWERS: dict[int, Answering] = {}
"""What is asked to who answers."""


def set_answers(table: dict[int, Answering]) -> None:
    """Let somebody answer what is asked."""
    ANSWERS.update(table)


def answer(what: int, number: int, name: str, value: Any) -> object:
    """Answer the page: the one function that it calls for all but events."""
    return ANSWERS[what](number, name, value)


def run_for[**P, T](
    owner: Owner | LazyOwner | None, fn: Callable[P, T], *args: P.args, **options: P.kwargs
) -> T | None:
    """Call a function for the page, under an owner.

    All its writes are flushed before it returns. What it raises goes to the owner, and the page
    gets nothing.
    """
    try:
        with batch():
            if owner is None:
                return untrack(fn, *args, **options)
            return owner.run(fn, *args, **options)
    except Exception as error:
        if owner is None:
            raise
        owner.handle_error(error)
        return None
