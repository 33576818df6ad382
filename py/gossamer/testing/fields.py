"""What a user does with fields: fill, clear, tick and choose."""

from collections.abc import Iterable

from gossamer.errors import InteractionError
from gossamer.testing.keyboard import Keyboard
from gossamer.testing.names import squeezed
from gossamer.testing.nodes import Element
from gossamer.testing.outline import tag_of
from gossamer.testing.queries import is_checked
from gossamer.testing.roles import is_disabled, type_of
from gossamer.testing.user import User, is_editable, is_typed

__tracebackhide__ = True  # a failure shows the line of the test

_SET_AT_ONCE = frozenset(("color", "date", "datetime-local", "month", "range", "time", "week"))
_ROLES_WITH_A_TICK = frozenset(("checkbox", "menuitemcheckbox", "radio", "switch"))


def fill(user: User, target: Element, text: str) -> None:
    """Replace what a field holds, as a paste does."""
    if target.name == "input" and type_of(target) in _SET_AT_ONCE:
        target.properties["value"] = text
        _tell_change(user, target)
        return
    _need_writable(target)
    user.focus(target)
    user.enter(target, text, text, "insertText")


def clear(user: User, keys: Keyboard, target: Element) -> None:
    """Delete what a field holds."""
    _need_writable(target)
    user.focus(target)
    keys.choose_all()
    keys.press("Delete")


def tick(user: User, target: Element, *, wanted: bool) -> None:
    """Click a box or a radio, unless it is as wanted already."""
    is_box = target.name == "input" and type_of(target) in ("checkbox", "radio")
    if not is_box and target.attributes.get("role") not in _ROLES_WITH_A_TICK:
        raise _cannot(target, "checked", "It is no box and no radio.", "Name the box.")
    if is_checked(target) is wanted:
        return
    user.click(target)
    if is_checked(target) is not wanted:
        deed = "checked" if wanted else "unchecked"
        why = "It was clicked, and is as before: a handler has prevented it or set it back."
        raise _cannot(target, deed, why, "Use click() if that is what you test.")


def choose(user: User, target: Element, values: list[str], labels: list[str]) -> None:
    """Choose options of a <select> by value or label."""
    if target.name != "select":
        raise _cannot(target, "given an option", "It is no <select>.", "Name the <select>.")
    if is_disabled(target):
        raise _cannot(target, "given an option", "It is disabled.", "Test that it is disabled.")
    options = [option for option in target.options if not is_disabled(option)]
    chosen = [o for o in options if o.value in values or squeezed(o.text()) in labels]
    if len(chosen) < len(values) + len(labels):
        there = ", ".join(f"{o.value!r} ({squeezed(o.text())})" for o in options)
        deed = "given " + ", ".join(map(repr, [*values, *labels]))
        raise _cannot(target, deed, f"Its options are {there or 'none'}.", "Choose one of them.")
    if "multiple" in target.attributes:
        for option in options:
            option.properties["selected"] = option in chosen
    elif chosen:
        target.properties["value"] = chosen[0].value
    _tell_change(user, target)


def choose_files(user: User, target: Element, files: object) -> None:
    """Choose files: whatever the test lets stand for them, one or a list."""
    if target.name != "input" or type_of(target) != "file":
        raise _cannot(target, "given files", 'It is no <input type="file">.', "Name the field.")
    target.properties["files"] = list(files) if isinstance(files, list | tuple) else [files]
    _tell_change(user, target)


def listed(value: str | Iterable[str] | None) -> list[str]:
    """One text or several, as a list."""
    return [value] if isinstance(value, str) else list(value or ())


def _tell_change(user: User, target: Element) -> None:
    user.fire(target, "input")
    user.fire(target, "change")


def _need_writable(target: Element) -> None:
    if is_disabled(target):
        raise _cannot(target, "filled", "It is disabled.", "Test that it is disabled.")
    if "readonly" in target.attributes:
        raise _cannot(target, "filled", "It is read only.", "Test what it shows.")
    if not is_typed(target) and not is_editable(target):
        fix = "Use check(), select_option() or click() for what takes no text."
        raise _cannot(target, "filled", "It takes no text.", fix)


def _cannot(target: Element, deed: str, why: str, fix: str) -> InteractionError:
    return InteractionError(f"{tag_of(target)} cannot be {deed}.", why=why, fix=fix)
