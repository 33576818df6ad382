"""A user of the page of tests: pointer, focus, and what a click does, as Chromium has it."""

from gossamer.errors import InteractionError
from gossamer.testing.events import Event
from gossamer.testing.names import control_of
from gossamer.testing.nodes import Element
from gossamer.testing.outline import tag_of
from gossamer.testing.page import FakePage
from gossamer.testing.roles import elements_in, is_disabled, is_visible, outward, tree_of, type_of
from gossamer.testing.validity import is_valid

__tracebackhide__ = True  # a failure shows the line of the test

_FOCUSABLE = frozenset(("button", "input", "select", "summary", "textarea"))
_TYPED = frozenset(("textarea", "text", "search", "tel", "url", "email", "password", "number"))
_BUTTONS = ("button", "image", "reset", "submit")


class User:
    """Who moves the pointer, has the focus and does what people do.

    Each deed sends the events that a browser sends, in its order, and then does what a browser
    does if no handler has said no: check the box, send the form, follow the link.
    """

    def __init__(self, page: FakePage) -> None:
        self.page = page
        page.body.visitor = self
        self.visits: list[str] = []
        self._focused: Element | None = None
        self._hovered: Element | None = None
        self._before: str | None = None  # what stood in the field when it got the focus

    @property
    def focused(self) -> Element:
        """The element that has the focus: the body when none has."""
        focused = self._focused
        return focused if focused is not None and self._is_here(focused) else self.page.body

    # --- deeds ---

    def hover(self, target: Element) -> None:
        """Move the pointer onto an element."""
        self._need_seen(target, "hovered")
        old, self._hovered = self._hovered, target
        for device in ("pointer", "mouse"):
            if old is not target:
                self._cross(device, old if old and self._is_here(old) else None, target)
        self.fire(target, "pointermove")
        self.fire(target, "mousemove")

    def click(self, target: Element, *, times: int = 1) -> None:
        """Press an element, once or twice."""
        self._need_seen(target, "clicked")
        if is_disabled(target):
            raise _not_now(target, "clicked", "It is disabled.", "Test that it is disabled.")
        self.hover(target)
        for turn in range(1, times + 1):
            self.fire(target, "pointerdown", button=0, detail=0)
            if not self.fire(target, "mousedown", button=0, detail=turn).defaultPrevented:
                self._focus_by_press(target)
            self.fire(target, "pointerup", button=0, detail=0)
            self.fire(target, "mouseup", button=0, detail=turn)
            self.activate(target, button=0, detail=turn)
        if times == 2:
            self.fire(target, "dblclick", button=0, detail=2)

    def focus(self, target: Element) -> None:
        """Give an element the focus, as a script does; nothing happens to what takes none."""
        if is_focusable(target):
            self._move_focus(target)

    def blur(self) -> None:
        """Take the focus away."""
        self._move_focus(None)

    def enter(self, target: Element, text: str, data: str | None, kind: str) -> None:
        """Let a field hold a text, by adding `data` or by what its kind of change does."""
        if self.fire(target, "beforeinput", inputType=kind, data=data).defaultPrevented:
            return
        if is_editable(target):
            target.set_text(text)
        else:
            target.properties["value"] = text
        self.fire(target, "input", inputType=kind, data=data)

    # --- what follows from a deed ---

    def fire(self, target: Element, name: str, **properties: object) -> Event:
        """Send an event, if the element still stands in the page."""
        if not self._is_here(target):
            return Event(name, target)
        return self.page.fire(target, name, **properties)

    def activate(self, target: Element, **properties: object) -> None:
        """Send a click, and do what an element does when it is clicked."""
        actor = next(filter(_acts, (target, *outward(target))), None)
        if actor is None or is_disabled(actor):
            self.fire(target, "click", **properties)
        elif actor.name == "input" and type_of(actor) in ("checkbox", "radio"):
            self._toggle(target, actor, **properties)
        elif not self.fire(target, "click", **properties).defaultPrevented:
            self._act(target, actor)

    def send(self, form: Element, submitter: Element | None) -> None:
        """Send a form, if what it holds is valid."""
        asker = submitter.attributes if submitter is not None else {}
        if "novalidate" not in form.attributes and "formnovalidate" not in asker:
            wrong = [field for field in elements_in(form) if not is_valid(field)]
            told = [f for f in wrong if not self.fire(f, "invalid").defaultPrevented]
            if told:
                self._move_focus(told[0])
            if wrong:
                return
        if self.fire(form, "submit", submitter=submitter).defaultPrevented:
            return
        method = asker.get("formmethod") or form.attributes.get("method", "get")
        dialog = next((outer for outer in outward(form) if outer.name == "dialog"), None)
        if method == "dialog" and dialog is not None:
            self.close(dialog)
        else:
            self.visits.append(asker.get("formaction") or form.attributes.get("action", ""))

    def close(self, dialog: Element) -> None:
        """Close a <dialog>."""
        if dialog.attributes.pop("open", None) is not None:
            self.fire(dialog, "close")

    def settle_change(self) -> None:
        """Say that a field has changed since it got the focus."""
        field = self._focused
        if field is not None and self._before not in (None, field.value):
            self._before = field.value
            self.fire(field, "change")

    def _is_here(self, element: Element) -> bool:
        return element is self.page.body or self.page.body in outward(element)

    def _need_seen(self, target: Element, deed: str) -> None:
        if not is_visible(target):
            raise _not_now(
                target, deed, "It is hidden.", "Show it first, or test that it is hidden."
            )

    def _cross(self, device: str, old: Element | None, new: Element) -> None:
        """Leave an element for another one, with all that stands around each."""
        left = [old, *outward(old)] if old is not None else []
        come = [new, *outward(new)]
        if old is not None:
            self.fire(old, f"{device}out", relatedTarget=new)
        for element in left:
            if element not in come:
                self.fire(element, f"{device}leave", relatedTarget=new)
        self.fire(new, f"{device}over", relatedTarget=old)
        for element in reversed(come):
            if element not in left:
                self.fire(element, f"{device}enter", relatedTarget=old)

    def _focus_by_press(self, target: Element) -> None:
        around = (target, *outward(target))
        self._move_focus(next(filter(is_focusable, around), None))

    def _move_focus(self, target: Element | None) -> None:
        old = self._focused if self._focused is not None and self._is_here(self._focused) else None
        if target is old:
            return
        self.settle_change()
        self._focused, self._before = None, None
        if old is not None:
            self.fire(old, "blur", relatedTarget=target)
            self.fire(old, "focusout", relatedTarget=target)
        if target is not None and self._is_here(target):
            self._focused = target
            self._before = target.value if is_typed(target) else None
            self.fire(target, "focus", relatedTarget=old)
            self.fire(target, "focusin", relatedTarget=old)

    def _toggle(self, target: Element, box: Element, **properties: object) -> None:
        """Click a box or a radio: it has changed when the handlers run, unless one says no."""
        group = radios_of(box) if type_of(box) == "radio" else [box]
        kept = [(each, each.checked) for each in group]
        turned = type_of(box) == "radio" or not box.checked
        is_change = box.checked is not turned
        for each in group:
            each.properties["checked"] = turned and each is box
        if self.fire(target, "click", **properties).defaultPrevented:
            for each, was in kept:
                each.properties["checked"] = was
        elif is_change:
            self.fire(box, "input")
            self.fire(box, "change")

    def _act(self, target: Element, actor: Element) -> None:
        """Do what an element does when it was clicked."""
        if actor.name == "label":
            control = control_of(actor)
            if control is None or target is control or control in outward(target):
                return
            if not is_disabled(control):
                self.focus(control)
                self.activate(control)
        elif actor.name in ("a", "area"):
            self.visits.append(actor.attributes["href"])
        elif actor.name == "summary":
            self._unfold(actor)
        else:
            self._press_button(actor)

    def _unfold(self, summary: Element) -> None:
        details = summary.parent
        if isinstance(details, Element) and details.name == "details":
            if details.attributes.pop("open", None) is None:
                details.attributes["open"] = ""
            self.fire(details, "toggle")

    def _press_button(self, button: Element) -> None:
        form = form_of(button)
        if form is None or type_of(button) == "button":
            return
        if type_of(button) == "reset":
            self.fire(form, "reset")
        else:
            self.send(form, button)


def _not_now(target: Element, deed: str, why: str, fix: str) -> InteractionError:
    return InteractionError(f"{tag_of(target)} cannot be {deed}.", why=why, fix=fix)


def _acts(element: Element) -> bool:
    """Whether a click means something to an element."""
    name = element.name
    if name in ("a", "area"):
        return "href" in element.attributes
    is_box = name == "input" and type_of(element) in ("checkbox", "radio")
    is_button = name == "button" or (name == "input" and type_of(element) in _BUTTONS)
    return is_box or is_button or name in ("label", "summary", "select", "textarea")


def is_editable(element: Element) -> bool:
    """Whether a user can write into an element that is no field."""
    return element.attributes.get("contenteditable", "false").lower() != "false"


def is_typed(element: Element) -> bool:
    """Whether a field takes what is typed."""
    kind = type_of(element) if element.name == "input" else element.name
    return kind in _TYPED


def is_focusable(element: Element) -> bool:
    """Whether an element takes the focus."""
    if is_disabled(element) or not is_visible(element) or has_inert(element):
        return False
    if element.attributes.get("tabindex", "").lstrip("-").isdigit() or is_editable(element):
        return True
    return element.name in _FOCUSABLE or (element.name in ("a", "area") and _acts(element))


def has_inert(element: Element) -> bool:
    """Whether an element or one around it is switched off for users."""
    return any(
        "inert" in outer.attributes or outer.properties.get("inert")
        for outer in (element, *outward(element))
    )


def form_of(element: Element) -> Element | None:
    """The form that a control belongs to."""
    if "form" in element.attributes:
        named = element.attributes["form"]
        return next((e for e in tree_of(element) if e.attributes.get("id") == named), None)
    return next((outer for outer in outward(element) if outer.name == "form"), None)


def radios_of(radio: Element) -> list[Element]:
    """The radios of which only one can be on."""
    name, form = radio.attributes.get("name"), form_of(radio)
    if not name:
        return [radio]
    return [
        other
        for other in tree_of(radio)
        if other.name == "input"
        and type_of(other) == "radio"
        and other.attributes.get("name") == name
        and form_of(other) is form
    ]
