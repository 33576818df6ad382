"""Actions that call the server: from code, from a form, and from a form without scripts."""

from collections.abc import Awaitable, Callable
from typing import Any

from gossamer.errors import TransportError
from gossamer.fields import FieldErrors, read_all, tree_of
from gossamer.host import Answer, Form
from gossamer.reactive import Action, MultiAction, Owner, Submission, current_owner, resource
from gossamer.server.calls import AppNetwork
from gossamer.server_fn.client import error_from, read_answer
from gossamer.server_fn.function import ServerFunction
from gossamer.server_fn.sides import SERVER


class ServerAction[**P, T](Action[P, T]):
    """An action that calls a server function: by a call, or by an `ActionForm`.

    `value`, `error`, `input`, `pending` and `version` are signals, as those of any action; `input`
    stays when a call has ended. After a form that the browser has sent itself, the page of the
    answer finds what became of it here as well. Where a page has more than one action of a
    function, a `key` tells them apart.

    >>> from gossamer.server import ServerAction, server
    >>> @server
    ... async def rename(name: str) -> str:
    ...     return name.title()
    >>> renaming = ServerAction(rename)
    >>> renaming.version(), renaming.value()
    (0, None)
    """

    __slots__ = ("_is_recalled", "function", "key")

    def __init__(self, fn: ServerFunction[P, Any], *, key: str = "") -> None:
        super().__init__(fn)
        self.function = fn
        self.key = key
        self._is_recalled = True
        recall(self, fn, key)
        self._is_recalled = False

    @property
    def is_watched(self) -> bool:  # type: ignore[override] # as in any action
        """Whether somebody shows what it raises: what is recalled, the page that comes does."""
        return self._is_recalled or super().is_watched

    def errors(self) -> dict[str, str]:
        """What is wrong with which field, by the newest call that has ended."""
        error = self.error()
        return error.errors if isinstance(error, FieldErrors) else {}

    def drop(self, submission: Submission[T]) -> None:
        """Show what is still under way; the input stays."""
        super().drop(submission)
        if not self._running:
            self.input.value = submission.input

    def send(self, form: Form, data: dict[str, Any], network: FormNetwork) -> Submission[T]:
        """Begin a call with what stands in a form."""
        return self.begin(data, lambda: later(self.function, form, network))


class ServerMultiAction[**P, T](MultiAction[P, T]):
    """An action that calls a server function many times over, as `MultiActionForm` does.

    >>> from gossamer.server import ServerMultiAction, server
    >>> @server
    ... async def add(title: str) -> None: ...
    >>> ServerMultiAction(add).submissions()
    []
    """

    __slots__ = ("function", "key")

    is_watched = True  # each submission shows its own

    def __init__(self, fn: ServerFunction[P, Any], *, key: str = "") -> None:
        super().__init__(fn)
        self.function = fn
        self.key = key
        recall(self, fn, key)

    def send(self, form: Form, data: dict[str, Any], network: FormNetwork) -> Submission[T]:
        """Begin a call with what stands in a form."""
        return self.begin(data, lambda: answer_to(self.function, form, network))


type AnyAction = ServerAction[..., Any] | ServerMultiAction[..., Any]


def recall(action: AnyAction, function: ServerFunction[..., Any], key: str) -> None:
    """Let an action know what became of a form that the browser has sent itself.

    A page that takes over the server's text is told by a resource, as of anything that was fetched.
    """
    told = flash_of(function.path, key) if SERVER else None
    if (SERVER and told is None) or current_owner() is None:
        return
    told = resource(lambda: told, name=f"flash {function.path} {key}").peek()
    if told is None:
        return

    def outcome() -> Any:
        if told["error"] is not None:
            raise error_from(function, told["status"], told["error"])
        return function.signature.result.decode(told["value"]) if told["is_whole"] else None

    action.begin(told["input"], outcome)


def flash_of(path: str, key: str) -> dict[str, Any] | None:
    """What became of a form, as plain data."""
    from gossamer.server_fn.endpoint.flash import take_flash  # noqa: PLC0415 - on a server only

    flash = take_flash(path, key)
    if flash is None:
        return None
    return {
        "input": {name: texts[-1] for name, texts in flash.input.items() if texts},
        "value": flash.value,
        "error": flash.error,
        "status": flash.status,
        "is_whole": flash.is_whole,
    }


class FormNetwork(AppNetwork):
    """The network of a form: notes whether its answer has led the visitor elsewhere."""

    __slots__ = ("_owner", "has_left", "tell")

    def __init__(self, owner: Owner, tell: Callable[[float], object]) -> None:
        self._owner = owner
        self.has_left = False
        self.tell = tell  # hears what part of the files has gone

    def go(self, address: str) -> None:
        """Lead the visitor on, through the router around the form."""
        self.has_left = True
        self._owner.run(super().go, address)

    def leave(self, url: str) -> None:
        """Load another page."""
        self.has_left = True
        super().leave(url)


async def later(function: ServerFunction[..., Any], form: Form, network: FormNetwork) -> Any:
    """Send what stands in a form when its turn comes: it may be called off before.

    Raises:
        Exception: what the function has raised, or what went wrong on the way.
    """
    return await answer_to(function, form, network)


def answer_to(
    function: ServerFunction[..., Any], form: Form, network: FormNetwork
) -> Awaitable[Any]:
    """Send what stands in a form now, or call the function with it where it runs here.

    Raises:
        FieldErrors: a field is not of its parameter's type.
    """
    if function.is_remote:
        return _wait(function, form, form.send(network.tell), network)
    wanted = {
        name: (one.annotation, one.is_required)
        for name, one in function.signature.parameters.items()
    }
    begun: Awaitable[Any] = function(**read_all(wanted, tree_of(form.entries())))
    return begun


async def _wait(
    function: ServerFunction[..., Any],
    form: Form,
    sending: Awaitable[Answer],
    network: FormNetwork,
) -> Any:
    """Wait for the answer to a form.

    Raises:
        Exception: what the function has raised, or what went wrong on the way.
    """
    try:
        answer = await sending
    except Exception as error:
        raise TransportError(0, str(error)) from error
    if answer.status == 409 and answer.version:
        network.has_left = True
        form.submit()  # the server speaks of another version: let it answer with a page
        return None
    return read_answer(function, answer, network)
