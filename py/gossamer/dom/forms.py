"""Forms of the page that are being sent, through the verbs."""

from collections.abc import Awaitable, Callable
from itertools import batched
from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.values import Lease
from gossamer.host import Answer


class PageForm:
    """A form, with the button that sent it."""

    __slots__ = ("_button", "_form")

    def __init__(self, form: Any, button: Any) -> None:
        self._form = form
        self._button = button

    def entries(self) -> dict[str, list[Any]]:
        """What its fields hold: texts, and files as the browser has them."""
        found: dict[str, list[Any]] = {}
        for name, value in batched(verbs.form_entries(self._form, self._button), 2, strict=True):
            found.setdefault(name, []).append(value)
        return found

    def set_busy(self, *, on: bool) -> None:
        """Show that it is being sent."""
        verbs.form_busy(self._form, self._button, on)

    def reset(self) -> None:
        """Make it as fresh as it came."""
        verbs.form_reset(self._form)

    def focus_invalid(self) -> None:
        """Lead to the first field that will not do."""
        verbs.form_focus(self._form)

    def send(self, tell: Callable[[float], object]) -> Awaitable[Answer]:
        """Send it as the browser would, with what stands in it now; tell what files have gone."""
        lease = Lease(None)
        return self._answer(verbs.form_send(self._form, self._button, lease.lend(tell)), lease)

    async def _answer(self, sending: Any, lease: Lease) -> Answer:
        try:
            return Answer(*await sending)
        finally:
            lease.end()

    def abort(self) -> None:
        """Stop sending it."""
        verbs.form_abort(self._form)

    def submit(self) -> None:
        """Let the browser send it."""
        verbs.form_native(self._form, self._button)
