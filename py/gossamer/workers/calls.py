"""What travels between a page and its workers: calls, and the replies to them."""

import pickle
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from gossamer.errors import WorkerError

PROGRESS: Final = 0
"""A reply: what a generator function has yielded."""
RESULT: Final = 1
ERROR: Final = 2
"""A reply: an error that the function raised, and the story of it."""
LOST: Final = 3
"""A reply: what cannot travel, and why."""

type Reply = tuple[int, Any, str]


def name_of(fn: Callable[..., object]) -> str:
    """A function as its module and its name there.

    >>> import json
    >>> name_of(partial(json.dumps, indent=2))
    'json.dumps'
    """
    while isinstance(fn, partial):
        fn = fn.func
    return f"{getattr(fn, '__module__', '?')}.{getattr(fn, '__qualname__', repr(fn))}"


def pack_call(fn: Callable[..., object], args: tuple[object, ...]) -> bytes:
    """A call as bytes.

    Raises:
        WorkerError: a worker could not find the function by its name, or an argument cannot travel.
    """
    name = name_of(fn)
    module, _, qualified = name.partition(".") if name.startswith("__main__.") else ("", "", name)
    move = "Define it at the top of a module of its own, and import it from there."
    if "<lambda>" in qualified or "<locals>" in qualified:
        raise WorkerError(
            f"{qualified} cannot be called in a worker.",
            why="A worker finds a function by its name in its module, and this one has none there.",
            fix=move,
        )
    if module:
        raise WorkerError(
            f"{qualified} cannot be called in a worker.",
            why="It stands in the page's own script, and a worker runs no script.",
            fix=move,
        )
    try:
        return pickle.dumps((fn, args), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        raise WorkerError(
            f"The call of {name} cannot be sent to a worker: {error}.",
            why="The function and its arguments are pickled.",
            fix="Pass plain values: numbers, texts, bytes, lists, dicts, or objects of classes"
            " that stand at the top of a module.",
        ) from error


def pack_reply(kind: int, value: object, story: str = "") -> bytes:
    """A reply as bytes; one that cannot travel becomes one that says so."""
    try:
        content = pickle.dumps((kind, value, story), pickle.HIGHEST_PROTOCOL)
        if kind == ERROR:
            pickle.loads(content)  # noqa: S301 - ours; some __init__ wants more than it is given
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        if kind == ERROR:
            return _pack_bare(value, story)
        what = "result" if kind == RESULT else "progress"
        return pickle.dumps((LOST, f"its {what} cannot be sent back: {error}", ""))
    return content


def _pack_bare(error: Any, story: str) -> bytes:
    """An error that pickle cannot make anew: of the same class, with the same words."""
    kind = type(error)
    try:
        content = pickle.dumps((ERROR, Bare(kind, str(error)), story))
        pickle.loads(content)  # noqa: S301 - it was written in the line above
    except Exception:  # noqa: BLE001 - its class is local to the worker; the story tells the rest
        return pickle.dumps((LOST, f"it raised {kind.__name__}: {error}", story))
    return content


class Bare:
    """An error as its class and its words."""

    __slots__ = ("kind", "text")

    def __init__(self, kind: type[Exception], text: str) -> None:
        self.kind = kind
        self.text = text

    def error(self) -> Exception:
        """The error, made without its own `__init__`."""
        error = self.kind.__new__(self.kind, self.text)
        error.args = (self.text,)
        return error


def unpack_reply(content: bytes) -> Reply:
    """A reply out of its bytes; one that cannot be read is lost, and says why."""
    try:
        kind, value, story = pickle.loads(content)  # noqa: S301 - our own worker wrote it
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        return LOST, f"its answer cannot be read here: {error}", ""
    if isinstance(value, Bare):
        value = value.error()
    return kind, value, story
