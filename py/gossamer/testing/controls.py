"""Controls of the page of tests: what `wasm/dom/controls.js` does, over plain Python nodes."""

from collections.abc import Callable

from gossamer.testing.handles import Handles
from gossamer.testing.nodes import Element

_CHOSEN = frozenset(("checkbox", "file", "radio", "select", "select-multiple"))
_AT_ONCE = ("input", "compositionend")
_EVENTS = {
    "checked": ("change",),
    "group": ("change",),
    "modal": ("toggle", "close"),
    "open": ("toggle", "close"),
    "text": _AT_ONCE,
}
_FORM_CONTROLS = frozenset(("input", "select", "textarea"))
_ENTERED = ("checked", "files", "selected", "value", "wanted")
"""Properties that a user changes, and a reset of the form takes back."""


class Controls(Handles):
    """The verbs about controls; a page is one with more."""

    def __init__(self) -> None:
        super().__init__()
        self._composing: Element | None = None
        self._waiting: tuple[Element, str] | None = None
        self._resets: list[tuple[Element, int]] = []

    def bind(self, handle: int, name: str, number: int) -> str:
        """Bind a control: its events are answered by a number, resets by the next one."""
        element = self._element(handle)
        kind = self._kind(element)
        for event in _EVENTS.get(name) or (("change",) if kind in _CHOSEN else _AT_ONCE):
            element.handlers.setdefault(event, []).insert(0, number)
        if name == "text" or element.name in _FORM_CONTROLS:
            self._resets.append((element, number + 1))
        return kind

    def control_value(self, handle: int) -> str | None:
        """The text that a control holds; None while it is being composed."""
        element = self._element(handle)
        if element is self._composing:
            return None
        return element.value if element.name in _FORM_CONTROLS else element.text()

    def show_value(self, handle: int, value: str) -> None:
        """Show a value in a control."""
        element = self._element(handle)
        self._waiting = (element, value) if element is self._composing else None
        if self._waiting:
            return
        if element.name in _FORM_CONTROLS:
            element.properties["value"] = value
        else:
            element.set_text(value)

    def chosen(self, handle: int) -> str | None:
        """The chosen values of a multi-select."""
        values = [option.value for option in self._element(handle).options if option.selected]
        return "\x1f".join(values) if values else None

    def choose(self, handle: int, values: str | None) -> None:
        """Choose values of a multi-select, also those whose options are still to come."""
        element = self._element(handle)
        element.properties["wanted"] = values.split("\x1f") if values is not None else []
        for option in element.options:
            option.properties.pop("selected", None)

    def files(self, handle: int) -> list[object]:
        """The files of a field for files: a test puts them there."""
        files = self._element(handle).properties.get("files", ())
        assert isinstance(files, (list, tuple))
        return list(files)

    def is_on(self, handle: int) -> bool:
        """Whether a box is on, or an element that opens is open."""
        element = self._element(handle)
        return element.checked if element.name == "input" else "open" in element.attributes

    def open(self, handle: int, is_open: bool, is_modal: bool) -> None:
        """Open or close <details> or <dialog>."""
        element = self._element(handle)
        if is_open:
            element.attributes["open"] = ""
            element.properties["modal"] = is_modal
        else:
            element.attributes.pop("open", None)

    def _end_composition(self) -> None:
        """Show what was to be shown meanwhile, unless something newer came."""
        if self._waiting:
            element, text = self._waiting
            element.properties["value"] = text

    def _reset(self, form: Element, dispatch: Callable[[int], None]) -> None:
        """Take back what was entered into the controls of a form, and tell their bindings."""
        inside = [node for node in form.walk() if isinstance(node, Element)]
        for element in inside:
            for name in _ENTERED:
                element.properties.pop(name, None)
        for element, number in self._resets:
            if element in inside:
                dispatch(number)

    def _kind(self, element: Element) -> str:
        if element.name == "select":
            return "select-multiple" if "multiple" in element.attributes else "select"
        return element.attributes.get("type", "text") if element.name == "input" else element.name
