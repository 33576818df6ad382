"""Properties of elements that a page's text can begin with."""

FLAGS = {
    "autofocus": "autofocus",
    "autoplay": "autoplay",
    "checked": "checked",
    "controls": "controls",
    "defaultChecked": "checked",
    "disabled": "disabled",
    "hidden": "hidden",
    "inert": "inert",
    "loop": "loop",
    "multiple": "multiple",
    "muted": "muted",
    "noValidate": "novalidate",
    "open": "open",
    "readOnly": "readonly",
    "required": "required",
    "selected": "selected",
}
"""Properties that are on or off, and the attribute that a page begins them with."""
TEXTS = {
    "alt": "alt",
    "autocomplete": "autocomplete",
    "className": "class",
    "colSpan": "colspan",
    "defaultValue": "value",
    "dir": "dir",
    "href": "href",
    "htmlFor": "for",
    "id": "id",
    "lang": "lang",
    "max": "max",
    "maxLength": "maxlength",
    "min": "min",
    "name": "name",
    "pattern": "pattern",
    "placeholder": "placeholder",
    "rowSpan": "rowspan",
    "size": "size",
    "src": "src",
    "step": "step",
    "tabIndex": "tabindex",
    "title": "title",
    "type": "type",
    "value": "value",
}
"""Likewise those that are text. What only an object can say waits for the page's own code."""
CONTENT = frozenset(("innerText", "textContent"))
"""Those that are all that an element holds."""


def is_told(name: str) -> bool:
    """Whether a server has written what a property begins with."""
    return name in FLAGS or name in TEXTS or name in CONTENT
