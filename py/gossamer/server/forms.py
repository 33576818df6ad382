"""Forms that call the server, with scripts and without."""

from typing import Any

from gossamer.host import HOST, Form
from gossamer.reactive import Submission, expect_context, use_context
from gossamer.router.forms import DROP, FormState
from gossamer.router.layers import NAVIGATOR
from gossamer.server.actions import AnyAction, FormNetwork, ServerAction, ServerMultiAction
from gossamer.server_fn.function import ServerFunction
from gossamer.server_fn.sides import SERVER
from gossamer.server_fn.wire import BACK, FORM, RESERVED, SIGNED
from gossamer.view.component import component


class ActionState(FormState):
    """How the form of an action goes."""

    __slots__ = ("_network", "action", "submission")

    def __init__(self, action: AnyAction, policy: str = DROP) -> None:
        super().__init__(None, None, policy)
        self.action = action
        self.submission: Submission[Any] | None = None
        self._network = FormNetwork(self._owner, self.progress.set)
        if isinstance(action, ServerAction):
            self.errors.value = action.errors()

    def cancel(self) -> None:
        """Stop what is under way."""
        if self.submission is not None:
            self.submission.cancel()
        super().cancel()

    def _read(self, form: Form) -> dict[str, Any]:
        """What was entered, without our own fields."""
        return {
            name: values[-1]
            for name, values in form.entries().items()
            if not name.startswith(RESERVED)
        }

    def _send(self, form: Form) -> Any:
        self._network.has_left = False
        self.submission = self.action.send(form, self.input.peek(), self._network)
        return self.submission

    def _succeed(self, form: Form, value: Any) -> None:
        if not self._network.has_left:
            super()._succeed(form, value)

    def _fail(self, form: Form, error: Exception) -> None:
        is_shown = isinstance(self.action, ServerAction) and self.action.error.subs is not None
        if is_shown and not hasattr(error, "errors"):
            self.error.set(error)
        else:
            super()._fail(form, error)


class MultiState(ActionState):
    """How the form of an action goes that is called many times over: it is fresh at once."""

    __slots__ = ()

    def take(self, form: Form) -> None:
        """Take a form that was sent; the next one may be sent at once."""
        self.action.send(form, self._read(form), self._network)
        form.reset()


def hidden_fields(action: AnyAction) -> list[tuple[str, str]]:
    """What the server has to know of a form beside its fields; the same ones on both sides."""
    return [(SIGNED, action.function.signature.hash), (FORM, action.key), (BACK, address_here())]


def base_here() -> str:
    """Below which path the app stands."""
    if SERVER:
        from gossamer.http import is_answering, request  # noqa: PLC0415 - on a server only

        if is_answering():
            return request().root_path
    navigator = use_context(NAVIGATOR)
    return "" if navigator is None or navigator.is_hash else str(navigator.base)


def address_here() -> str:
    """The address of the page, below the app; empty where nobody knows it."""
    if SERVER:
        from gossamer.http import is_answering, request  # noqa: PLC0415 - on a server only

        if is_answering():
            return request().address
    navigator = use_context(NAVIGATOR)
    return "" if navigator is None else str(navigator.location.address())


def action_address(function: ServerFunction[..., Any]) -> str:
    """Where a form sends its fields, as a page writes it."""
    return base_here() + function.path


def _form(state: ActionState, children: object, attrs: dict[str, object] | None) -> object:
    function = state.action.function
    more: dict[str, object] = {
        "method": "post",
        "action": action_address(function),
        **(attrs or {}),
    }
    if any(parameter.is_upload for parameter in function.signature.parameters.values()):
        more["enctype"] = "multipart/form-data"
    hidden = [
        t"<input type='hidden' name={name} value={value}>"
        for name, value in hidden_fields(state.action)
    ]
    host = expect_context(HOST)

    def submit(event: Any) -> None:
        event.preventDefault()
        state.take(host.form(event))

    return t"<form {more} on:submit={submit}>{hidden}{children}</form>"


@component
def ActionForm(
    action: ServerAction[..., Any],
    children: object = None,
    state: ActionState | None = None,
    *,
    policy: str = DROP,
    attrs: dict[str, object] | None = None,
) -> object:
    """A form that calls a server function: its fields are the parameters.

    It works without scripts: the browser sends it, and the page that comes shows what became of it.
    With scripts nothing is loaded anew. `use_action_form` gives a `state` for fields with errors.

    >>> from gossamer import mount
    >>> from gossamer.server import ActionForm, ServerAction, server
    >>> @server
    ... async def add(title: str) -> None: ...
    >>> form = ActionForm(ServerAction(add), t"<input name='title'>")
    >>> shown = mount(form)
    >>> page.elements()[0].attributes["action"].rpartition(".")[2]
    'add'
    """
    return _form(ActionState(action, policy) if state is None else state, children, attrs)


@component
def MultiActionForm(
    action: ServerMultiAction[..., Any],
    children: object = None,
    *,
    attrs: dict[str, object] | None = None,
) -> object:
    """A form that can be sent again before the server has answered.

    >>> from gossamer import mount
    >>> from gossamer.server import MultiActionForm, ServerMultiAction, server
    >>> @server
    ... async def more(title: str) -> None: ...
    >>> shown = mount(MultiActionForm(ServerMultiAction(more), t"<input name='title'>"))
    >>> page.elements()[0].attributes["method"]
    'post'
    """
    return _form(MultiState(action), children, attrs)


def use_action_form(action: ServerAction[..., Any], *, policy: str = DROP) -> ActionState:
    """How the form of an action goes: `<{ActionForm} action={add} state={state}>` shows it.

    `state.field("title")` gives the attributes of a field, `FieldError` what is wrong with it.

    >>> from gossamer.server import ServerAction, server, use_action_form
    >>> @server
    ... async def sign(name: str) -> None: ...
    >>> use_action_form(ServerAction(sign)).field("name")["name"]
    'name'
    """
    return ActionState(action, policy)
