"""Forms of the page of tests, as `wasm/dom/forms.js` reads and sends them."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote_plus

from gossamer.dom.calls import SUBMIT
from gossamer.host import FORM
from gossamer.testing.nodes import Element
from gossamer.testing.routing import Routing

_FIELDS = ("input", "select", "textarea")


class Forms(Routing):
    """The part of a page that knows what forms hold.

    `answers` is what a server would say, for each sending of a form: the six parts of an answer, or
    an error; `sent` is what it was sent. `network` answers what is asked in other ways.
    """

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[list[Any] | Exception] = []
        self.sent: list[list[Any]] = []
        self.invalid: list[Element] = []
        self.network: Any = None

    # --- what Python calls ---

    def form_entries(self, form: Element, submitter: Element | None) -> list[Any]:
        """Names and values, one after the other."""
        found: list[Any] = []
        for field in form.walk():
            if isinstance(field, Element) and field.name in _FIELDS:
                name = field.attributes.get("name")
                kind = field.attributes.get("type")
                if not name or "disabled" in field.attributes:
                    continue
                if kind in ("checkbox", "radio") and not field.checked:
                    continue
                found += [name, field.properties.get("file", field.value)]
        if submitter is not None and submitter.attributes.get("name"):
            found += [submitter.attributes["name"], submitter.value]
        return found

    def form_busy(self, form: Element, submitter: Element | None, on: bool) -> None:
        """Show that a form is being sent."""
        for element, name in ((form, "aria-busy"), (submitter, "aria-disabled")):
            if element is not None and on:
                element.attributes[name] = "true"
            elif element is not None:
                element.attributes.pop(name, None)

    def form_reset(self, form: Element) -> None:
        """Forget what was entered."""
        if "data-noreset" not in form.attributes:
            for node in form.walk():
                if isinstance(node, Element):
                    node.properties.pop("value", None)
                    node.properties.pop("checked", None)

    def form_focus(self, form: Element) -> None:
        """Note which field would have the focus."""
        found = [n for n in form.walk() if isinstance(n, Element)]
        self.invalid[:] = [n for n in found if n.attributes.get("aria-invalid") == "true"][:1]

    def form_native(self, form: Element, submitter: Element | None) -> None:
        """Note that the browser would send a form."""
        self.history.leave(form.attributes.get("action", ""))

    def form_send(
        self, form: Element, submitter: Element | None, tell: Callable[[float], object]
    ) -> Awaitable[list[Any]]:
        """Answer as the test has said; files have gone at once."""
        entries = self.form_entries(form, submitter)
        self.sent.append(entries)
        if not all(isinstance(each, str) for each in entries):
            tell(1.0)
        return self._answer_to(self.answers.pop(0))

    async def _answer_to(self, answer: list[Any] | Exception) -> list[Any]:
        if isinstance(answer, Exception):
            raise answer
        return answer

    def form_abort(self, form: Element) -> None:
        """Stop sending: what sends here is a task, which was cancelled."""

    def exchange(self, method: str, path: str, headers: Any, query: Any, body: Any) -> Any:
        """Send a request over the network that a test has given the page."""
        return self.network.exchange(method, path, headers, query, body)

    def line(self, path: str, protocol: str) -> Any:
        """Open a socket over the network that a test has given the page."""
        return self.network.line(path, protocol)

    # --- what tests call ---

    def send_form(self, event: Any) -> None:
        """Do what the browser does with a form that nobody has kept from being sent."""
        form: Element = event.target
        action = form.attributes.get("action") or self.history.address
        if form.attributes.get("method", "").lower() == "post":
            is_enhanced = int("data-enhance" in form.attributes)
            if not self.ask(SUBMIT, is_enhanced, action, event):
                self.history.leave(action)
            return
        path, mark, fragment = action.partition("#")
        entries = self.form_entries(form, event.submitter)
        pairs = zip(entries[::2], entries[1::2], strict=True)
        query = "&".join(f"{quote_plus(name)}={quote_plus(str(value))}" for name, value in pairs)
        self.follow_to(
            path.partition("?")[0] + f"?{query}" * bool(query) + mark + fragment, FORM, ""
        )
