"""The keyboard of a user: keys, what they do, and the order in which Tab goes."""

from gossamer.testing.events import Event
from gossamer.testing.nodes import Element
from gossamer.testing.roles import elements_in, is_disabled, outward, tree_of, type_of
from gossamer.testing.user import (
    User,
    form_of,
    is_editable,
    is_focusable,
    is_typed,
    radios_of,
)

_NAMED = {"Space": " "}
_MODIFIERS = {"Alt": "altKey", "Control": "ctrlKey", "Meta": "metaKey", "Shift": "shiftKey"}
_STEPS = {"ArrowDown": 1, "ArrowRight": 1, "ArrowLeft": -1, "ArrowUp": -1}


class Keyboard:
    """Keys that go to what has the focus: `press("Tab")`, `press("Shift+Tab")`."""

    def __init__(self, user: User) -> None:
        self._user = user
        self._is_all_chosen = False  # after Control+a the next key replaces the text

    def press(self, keys: str) -> None:
        """Press a key with its modifiers held, as in "Enter", "a", "Control+a"."""
        *held, key = keys.split("+") if len(keys) > 1 else [keys]
        key = _NAMED.get(key, key)
        state: dict[str, object] = dict.fromkeys(_MODIFIERS.values(), False)
        for modifier in held:
            state[_MODIFIERS[modifier]] = True
            self._fire("keydown", modifier, state)
        self._stroke(key, state)
        for modifier in reversed(held):
            state[_MODIFIERS[modifier]] = False
            self._fire("keyup", modifier, state)

    def _fire(self, name: str, key: str, state: dict[str, object]) -> Event:
        return self._user.fire(self._user.focused, name, key=key, **state)

    def _stroke(self, key: str, state: dict[str, object]) -> None:
        target = self._user.focused
        is_down = not self._fire("keydown", key, state).defaultPrevented
        is_command = bool(state["ctrlKey"] or state["metaKey"])
        is_pressed = False
        if is_down and is_command:
            self._is_all_chosen = key.lower() == "a"
        elif is_down and (len(key) == 1 or (key == "Enter" and target.name != "a")):
            is_pressed = not self._fire("keypress", key, state).defaultPrevented
            if is_pressed:
                self._answer_press(self._user.focused, key)
        elif is_down:
            self._answer_key(target, key, is_back=bool(state["shiftKey"]))
        is_up = not self._fire("keyup", key, state).defaultPrevented
        if key == " " and is_pressed and is_up and _clicks_on_space(target):
            self._user.activate(target)

    def _answer_press(self, target: Element, key: str) -> None:
        """What a key that writes does."""
        user = self._user
        writes = _can_write(target)
        if key == "Enter" and target.name in ("button", "summary"):
            user.activate(target)
        elif key == "Enter" and target.name == "input":
            if (
                is_typed(target)
                and user.fire(
                    target, "beforeinput", inputType="insertLineBreak", data=None
                ).defaultPrevented
            ):
                return
            self._send_by_enter(target)
        elif key == "Enter" and writes:
            user.enter(target, self._kept(target) + "\n", None, "insertLineBreak")
        elif len(key) == 1 and writes:
            user.enter(target, self._kept(target) + key, key, "insertText")

    def _answer_key(self, target: Element, key: str, *, is_back: bool) -> None:
        """What a key that writes nothing does."""
        if key == "Tab":
            self._tab(-1 if is_back else 1)
        elif key == "Enter":
            self._user.activate(target)
        elif key in ("Backspace", "Delete"):
            self._erase(target, key)
        elif key == "Escape":
            self._escape(target)
        elif key in _STEPS:
            self._step(target, _STEPS[key])

    def _kept(self, target: Element) -> str:
        """The text that a key adds to."""
        text = target.text() if is_editable(target) else target.value
        kept = "" if self._is_all_chosen else text
        self._is_all_chosen = False
        return kept

    def _erase(self, target: Element, key: str) -> None:
        if not _can_write(target):
            return
        text = target.text() if is_editable(target) else target.value
        kept = "" if self._is_all_chosen else text[:-1] if key == "Backspace" else text
        self._is_all_chosen = False
        if kept != text:
            way = "Backward" if key == "Backspace" else "Forward"
            self._user.enter(target, kept, None, f"deleteContent{way}")

    def choose_all(self) -> None:
        """Let the next key replace what stands in the field."""
        self._is_all_chosen = True

    def _tab(self, step: int) -> None:
        stops = tab_stops(self._user.page.body, is_back=step < 0)
        focused = self._user.focused
        if focused in stops:
            place = stops.index(focused) + step
        elif focused is self._user.page.body:
            place = 0 if step > 0 else len(stops) - 1
        else:
            order = elements_in(self._user.page.body)
            after = [stop for stop in stops if order.index(stop) > order.index(focused)]
            place = stops.index(after[0]) if after else len(stops)
            place -= step < 0
        if 0 <= place < len(stops):
            self._user.focus(stops[place])
        else:
            self._user.blur()

    def _send_by_enter(self, field: Element) -> None:
        """Send the form of a field: by its first button, or alone if it is the only field."""
        user = self._user
        user.settle_change()
        form = form_of(field)
        if form is None:
            return
        inside = [e for e in tree_of(form) if form_of(e) is form]
        buttons = [e for e in inside if _is_submit(e)]
        if buttons:
            if not is_disabled(buttons[0]):
                user.activate(buttons[0])
        elif sum(e.name == "input" and is_typed(e) for e in inside) <= 1:
            user.send(form, None)

    def _escape(self, target: Element) -> None:
        dialog = next((e for e in (target, *outward(target)) if e.name == "dialog"), None)
        if dialog is None or not dialog.properties.get("modal"):
            return
        if not self._user.fire(dialog, "cancel").defaultPrevented:
            self._user.close(dialog)

    def _step(self, target: Element, step: int) -> None:
        """Choose the next radio or option."""
        user = self._user
        if target.name == "input" and type_of(target) == "radio":
            group = [radio for radio in radios_of(target) if is_focusable(radio)]
            radio = group[(group.index(target) + step) % len(group)]
            user.focus(radio)
            user.activate(radio)
        elif target.name == "select" and "multiple" not in target.attributes:
            options = [option for option in target.options if not is_disabled(option)]
            values = [option.value for option in options]
            place = (values.index(target.value) if target.value in values else -1) + step
            if 0 <= place < len(values):
                target.properties["value"] = values[place]
                user.fire(target, "input")
                user.fire(target, "change")


def tab_stops(body: Element, *, is_back: bool = False) -> list[Element]:
    """The elements that Tab goes to, in its order; of a group of radios only one.

    >>> from gossamer.testing.nodes import parse
    >>> [body] = parse("<body><a href='/'>a</a><a tabindex='1'>b</a></body>").children
    >>> [stop.text() for stop in tab_stops(body)]
    ['b', 'a']
    """
    modals = [e for e in elements_in(body) if e.properties.get("modal") and "open" in e.attributes]
    found = [e for e in elements_in(modals[-1] if modals else body) if is_focusable(e)]
    stops = [e for e in found if _index(e) >= 0 and _is_the_stop(e, -1 if is_back else 0)]
    return sorted(stops, key=lambda e: _index(e) or 1_000_000)


def _index(element: Element) -> int:
    said = element.attributes.get("tabindex", "0")
    return int(said) if said.lstrip("-").isdigit() else 0


def _is_the_stop(element: Element, place: int) -> bool:
    """Whether Tab goes to it: of radios to the one that is on, else to the first or the last."""
    if element.name != "input" or type_of(element) != "radio":
        return True
    group = [radio for radio in radios_of(element) if is_focusable(radio)]
    on = [radio for radio in group if radio.checked]
    return element is (on[0] if on else group[place])


def _can_write(element: Element) -> bool:
    if "readonly" in element.attributes or is_disabled(element):
        return False
    return is_typed(element) or is_editable(element)


def _clicks_on_space(element: Element) -> bool:
    if element.name in ("button", "summary"):
        return True
    return element.name == "input" and not is_typed(element)


def _is_submit(element: Element) -> bool:
    return element.name in ("button", "input") and type_of(element) in ("image", "submit")
