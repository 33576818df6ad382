"""What makes a field invalid, as HTML's attributes say it."""

import re

from gossamer.testing.nodes import Element
from gossamer.testing.roles import is_disabled, tree_of, type_of

_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)*", re.ASCII)
_URL = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
_CHECKED = ("checkbox", "radio")
_UNCHECKED_TYPES = ("button", "hidden", "image", "reset", "submit")


def is_valid(field: Element) -> bool:
    """Whether a form with this field may be sent: `required`, `pattern`, `min`, `max` and types.

    >>> from gossamer.testing.nodes import parse
    >>> [is_valid(field) for field in parse("<input required><input type='email'>").children]
    [False, True]
    """
    if field.name not in ("input", "select", "textarea") or is_disabled(field):
        return True
    kind = type_of(field)
    if kind in _UNCHECKED_TYPES or "readonly" in field.attributes:
        return True
    if kind in _CHECKED and field.name == "input":
        return "required" not in field.attributes or _is_answered(field)
    if not field.value:
        return "required" not in field.attributes
    return field.name != "input" or (_has_its_form(field, kind) and _is_in_range(field, kind))


def _is_answered(box: Element) -> bool:
    name = box.attributes.get("name")
    if type_of(box) == "checkbox" or not name:
        return box.checked
    return any(e.checked for e in tree_of(box) if e.attributes.get("name") == name)


def _has_its_form(field: Element, kind: str) -> bool:
    wanted = field.attributes.get("pattern")
    if wanted and not re.fullmatch(wanted, field.value):
        return False
    form = {"email": _EMAIL, "url": _URL}.get(kind)
    return form is None or form.fullmatch(field.value) is not None


def _is_in_range(field: Element, kind: str) -> bool:
    if kind != "number":
        return True
    value = _number(field.value)
    least, most = _number(field.attributes.get("min")), _number(field.attributes.get("max"))
    return value is None or ((least is None or least <= value) and (most is None or value <= most))


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None
