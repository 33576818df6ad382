"""Forms: typed data, what is wrong with it, and how it goes."""

import json
from collections.abc import Callable
from typing import Any

from gossamer.errors import TransportError
from gossamer.fields import FieldErrors, read_fields
from gossamer.host import Answer, Form
from gossamer.reactive import (
    Effect,
    Owner,
    Signal,
    batch,
    current_owner,
    effect,
    on_cleanup,
    spawn,
    untrack,
    use_context,
)
from gossamer.reactive.arity import count_required
from gossamer.router.layers import NAVIGATOR, write
from gossamer.router.outlets import redirect_in

OURS = "application/vnd.gossamer+json"
"""The type of an answer that is meant for us, and not a page of somebody's."""

DROP, LATEST, QUEUE = "drop", "latest", "queue"
_GONE = object()  # the visitor is sent elsewhere: nothing is left to show here


class FormState:
    """How a form goes; `use_form` gives one.

    Each of these is a signal: `pending` says whether it is being sent, `input` holds the data under
    way, `value` what came of it, `error` what went wrong, and `errors` a sentence for each field
    that will not do. While files are sent `progress` is the part that has gone, up to 1, else None.

    >>> FormState(print).errors()
    {}
    """

    __slots__ = (
        "_action",
        "_focus",
        "_form",
        "_kind",
        "_owner",
        "_policy",
        "_queue",
        "_result",
        "_task",
        "error",
        "errors",
        "input",
        "number",
        "pending",
        "progress",
        "value",
    )

    def __init__(
        self, action: Callable[..., object] | None, kind: type | None = None, policy: str = DROP
    ) -> None:
        self._action = action
        self._kind = None if kind is dict else kind
        self._policy = policy
        self._owner = current_owner() or Owner(None)
        self._task: Any = None
        self._form: Form | None = None
        self._queue: list[tuple[Form, Any]] = []
        self._result: Any = None
        self._focus: Effect | None = None
        self.number = next_number()
        self.pending: Signal[bool] = Signal(value=False)
        self.progress: Signal[float | None] = Signal(None)
        self.input: Signal[Any] = Signal(None)
        self.value: Signal[Any] = Signal(None)
        self.error: Signal[Exception | None] = Signal(None)
        self.errors: Signal[dict[str, str]] = Signal({})
        if current_owner() is not None:
            on_cleanup(self.cancel)

    def message(self, name: str) -> Callable[[], str]:
        """What is wrong with a field, as a callable for a hole; nothing while all is well."""
        return lambda: self.errors().get(name, "")

    def field(self, name: str) -> dict[str, object]:
        """Attributes for a field of this name: `<input {form.field("email")}>`.

        While something is wrong with it they mark it and point to its `FieldError`.
        """
        return {
            "name": name,
            "aria-invalid": lambda: "true" if name in self.errors() else None,
            "aria-describedby": lambda: self.id_of(name) if name in self.errors() else None,
        }

    def id_of(self, name: str) -> str:
        """The id of the message about a field."""
        return f"form-{self.number}-{name}"

    def cancel(self) -> None:
        """Stop what is under way."""
        task, self._task = self._task, None
        result, self._result = self._result, None
        self._queue.clear()
        if task is not None:
            task.cancel()
            if has_not_begun(result):
                result.close()
        if self._form is not None:
            self._form.abort()
            self._end(self._form)

    def take(self, form: Form) -> None:
        """Take a form that was sent: read its data, and call the action with them."""
        if self.pending.peek() and self._policy == DROP:
            return
        try:
            data = self._read(form)
        except ValueError as error:  # also what the class itself says to its values
            self._fail(form, error)
            return
        if self.pending.peek():
            if self._policy == QUEUE:
                self._queue.append((form, data))
                return
            self.cancel()
        self._begin(form, data)

    def _read(self, form: Form) -> Any:
        entries = form.entries()
        if self._kind is not None:
            return read_fields(self._kind, entries)
        return {name: values[-1] for name, values in entries.items()}

    def _begin(self, form: Form, data: Any) -> None:
        with batch():
            self.input.set(data)
            write(self.errors, {})
            write(self.error, None)
        action = self._action
        if action is None:
            result: Any = self._send(form)
        else:
            try:
                args = (data,)[: count_required(action)]
                result = self._owner.run(action, *args)
            except Exception as error:  # noqa: BLE001 - it is the outcome
                self._fail(form, error)
                return
        if not hasattr(result, "__await__"):
            self._succeed(form, result)
            return
        self._form = form
        self._result = result
        self.pending.set(True)
        form.set_busy(on=True)
        self._task = spawn(self._wait(form, result), self._owner)

    async def _wait(self, form: Form, result: Any) -> None:
        try:
            value = await result
        except Exception as error:  # noqa: BLE001 - it is the outcome
            if self._form is form:
                self._end(form)
                self._fail(form, error)
        else:
            if self._form is form:
                self._end(form)
                self._succeed(form, value)
        if self._queue and not self.pending.peek():
            self._begin(*self._queue.pop(0))

    def _end(self, form: Form) -> None:
        self._form = self._task = self._result = None
        self.pending.set(False)
        write(self.progress, None)
        form.set_busy(on=False)

    def _succeed(self, form: Form, value: Any) -> None:
        if value is _GONE:
            return
        navigator = self._owner.run(find_navigator)
        redirect = redirect_in(value)
        if redirect is not None and navigator is not None:
            navigator.go(
                redirect.props["to"],
                replace=bool(redirect.props.get("replace", False)),
                again=True,
            )
            return
        with batch():
            self.value.set(value)
            write(self.errors, {})
        form.reset()
        if navigator is not None:
            navigator.retry()

    def _fail(self, form: Form, error: Exception) -> None:
        if isinstance(error, FieldErrors):
            self._refuse(form, error)
            return
        is_shown = self.error.subs is not None
        with batch():
            write(self.errors, {})
            self.error.set(error)
        if not is_shown:
            self._owner.handle_error(error)

    def _refuse(self, form: Form, errors: FieldErrors) -> None:
        with batch():
            self.errors.set(errors.errors)
            if self._focus is not None:
                self._focus.dispose()
            # when what follows the errors has marked the fields
            self._focus = self._owner.run(effect, lambda: untrack(form.focus_invalid))

    async def _send(self, form: Form) -> Any:
        """Send the form to its address, and take the answer apart."""
        try:
            answer = await form.send(self.progress.set)
        except Exception as error:
            raise TransportError(0, str(error)) from error
        return self._read_answer(form, answer)

    def _read_answer(self, form: Form, answer: Answer) -> Any:
        navigator = self._owner.run(find_navigator)
        if answer.url and navigator is not None:  # something on the way has answered with a page
            navigator.history.leave(answer.url)
            return _GONE
        if answer.redirect and navigator is not None:
            navigator.go_to(answer.redirect)
            return _GONE
        if answer.status == 409 and answer.version:
            form.submit()  # the server speaks of another version: let it answer with a page
            return _GONE
        if 200 <= answer.status < 300 and (not answer.text or answer.kind.startswith(OURS)):
            return json.loads(answer.text) if answer.text else None
        if 400 <= answer.status < 500 and answer.kind.startswith(OURS):
            found = json.loads(answer.text)
            if isinstance(found, dict) and isinstance(found.get("errors"), dict):
                raise FieldErrors(found["errors"])
            raise TransportError(answer.status, answer.text)
        raise TransportError(answer.status, answer.text[:200])


def has_not_begun(result: Any) -> bool:
    """Whether a coroutine waits for its first step."""
    return (
        getattr(result, "cr_frame", None) is not None
        and not result.cr_running
        and not result.cr_suspended
    )


def find_navigator() -> Any:
    """The router around the current owner; None where there is none."""
    return use_context(NAVIGATOR)


_count = [0]


def next_number() -> int:
    """A number that no other form has."""
    _count[0] += 1
    return _count[0]


def use_form(
    action: Callable[..., object] | None = None,
    kind: type | None = None,
    *,
    policy: str = DROP,
) -> FormState:
    """What a form does and how it goes: `<{Form} state={state}>` shows it.

    The action gets the data as `kind` wants them: a dataclass, or any class with annotations;
    without one, a dict of texts. It may be asynchronous, raise `FieldErrors`, or return a
    `Redirect`. Without an action the form is sent to its address.

    While one is under way another one is dropped; with `policy="latest"` it takes its place, with
    "queue" it waits.

    >>> from gossamer import component, mount
    >>> from gossamer.router import Form, use_form
    >>> class Contact:
    ...     name: str
    ...     age: int = 0
    >>> @component
    ... def Add():
    ...     state = use_form(lambda contact: print(contact.name, contact.age), Contact)
    ...     return t"<{Form} state={state}><input {state.field('age')} value='x'></{Form}>"
    >>> shown = mount(Add())
    >>> page.submit(page.elements()[0])
    >>> page.elements()[1].attributes["aria-invalid"]
    'true'
    """
    return FormState(action, kind, policy)


def kind_of(action: Callable[..., object] | None) -> type | None:
    """The class that an action wants its data in: what its first parameter is annotated with."""
    annotations = getattr(action, "__annotations__", {})
    kinds = [kind for name, kind in annotations.items() if name != "return"]
    return kinds[0] if kinds and isinstance(kinds[0], type) and kinds[0] is not dict else None
