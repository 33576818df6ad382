"""Which names, URLs and styles may come from a value.

Every renderer asks here, so that text, nodes and hydrated nodes refuse the same things.
"""

import re

from gossamer.errors import UnsafeNameError
from gossamer.template.spec import ANIMATIONS, RAW_TEXT, RCDATA, TABLE_CHILDREN, VOID
from gossamer.values import shown

# Sinks: what an attribute does with its value.
PLAIN = 0
URL = 1
RESOURCE_URL = 2
IMAGE_URL = 3
IMAGE_URLS = 4

_ATTRIBUTE_NAME = re.compile(r"[A-Za-z_:][A-Za-z0-9_.:-]*\Z")
_TAG_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*\Z")
_STYLE_PROPERTY = re.compile(r"(?:--[A-Za-z0-9_-]+|-?[A-Za-z][A-Za-z0-9-]*)\Z")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_CANDIDATE = re.compile(r"[\t\n\f\r ,]*([^\t\n\f\r ]+)")
_C0_AND_SPACE = "".join(map(chr, range(33)))
_TAB_AND_NEWLINES = {9: None, 10: None, 13: None}

_LINK_SCHEMES = frozenset(["blob", "ftp", "geo", "http", "https", "mailto", "sms", "tel", "webcal"])
_SCHEMES = {
    URL: _LINK_SCHEMES,
    RESOURCE_URL: frozenset(("about", "blob", "http", "https")),
    IMAGE_URL: _LINK_SCHEMES | {"data"},
    IMAGE_URLS: _LINK_SCHEMES | {"data"},
}
_MEDIA_DATA = re.compile(r"data:(?:image|audio|video|font)/", re.IGNORECASE)

_SINKS: dict[str, dict[str, int]] = {
    "href": dict.fromkeys(
        [
            "base",
            "link",
            "use",
            "mpath",
            "textpath",
            "lineargradient",
            "radialgradient",
            "pattern",
            "filter",
            "font-face-uri",
            "cursor",
            "tref",
        ],
        RESOURCE_URL,
    )
    | {"image": IMAGE_URL, "feimage": IMAGE_URL},
    "src": dict.fromkeys(("iframe", "embed", "frame"), RESOURCE_URL)
    | dict.fromkeys(("img", "video", "audio", "source", "track", "input"), IMAGE_URL),
    "action": {},
    "formaction": {},
    "ping": {},
    "manifest": {},
    "data": {"object": RESOURCE_URL},
    "codebase": {"": RESOURCE_URL},
    "classid": {"": RESOURCE_URL},
    "archive": {"": RESOURCE_URL},
    "poster": {"": IMAGE_URL},
    "cite": {"": IMAGE_URL},
    "background": {"": IMAGE_URL},
    "longdesc": {"": IMAGE_URL},
    "srcset": {"": IMAGE_URLS},
    "imagesrcset": {"": IMAGE_URLS},
}
"""By attribute, then by tag; "" is any other tag. An attribute here without "" leads to a URL."""
_SINKS["xlink:href"] = _SINKS["href"]
_SINKS["data"][""] = PLAIN

_HTML_SINKS = frozenset(
    [
        "innerhtml",
        "outerhtml",
        "inner_html",
        "srcdoc",
        "insertadjacenthtml",
        "dangerouslysetinnerhtml",
        "sethtmlunsafe",
    ]
)
_OBJECT_NAMES = frozenset(("__proto__", "__class__", "constructor", "prototype"))
_ANIMATION_VALUES = frozenset(("attributename", "by", "from", "to", "values"))
_SCRIPT_NAMES = frozenset(("href", "src", "text", "type", "xlink:href"))


BINDINGS = {
    "value": frozenset(("input", "select", "textarea")),
    "checked": frozenset(("input",)),
    "group": frozenset(("input",)),
    "open": frozenset(("details", "dialog")),
    "modal": frozenset(("dialog",)),
}
"""What a user can enter, and where; `bind:text` is for any element that can hold elements."""


def can_bind(tag: str, name: str) -> bool:
    """Whether `bind:name` may stand in a tag.

    >>> can_bind("input", "value"), can_bind("div", "text"), can_bind("div", "value")
    (True, True, False)
    """
    if name == "text":
        return not (tag in VOID or tag in RAW_TEXT or tag in RCDATA or tag in TABLE_CHILDREN)
    return tag in BINDINGS.get(name, ())


BINDINGS_SAID = (
    "what goes both ways is value of input, textarea and select, checked and group of input, "
    "open of details and dialog, modal of dialog, text of what is contenteditable."
)


def sink_of(tag: str, name: str) -> int:
    """What the attribute `name` of `tag` does with its value."""
    by_tag = _SINKS.get(name.lower())
    if by_tag is None:
        return PLAIN
    sink = by_tag.get(tag.lower())
    return by_tag.get("", URL) if sink is None else sink


def refusal(tag: str, name: str) -> str:
    """Why no value may be the attribute or property `name` of `tag`; "" when one may.

    >>> refusal("div", "title")
    ''
    >>> refusal("iframe", "srcdoc")
    'its value would be run as HTML'
    """
    lower = name.lower().lstrip(".@?")
    if lower in _HTML_SINKS:
        return "its value would be run as HTML"
    if lower.startswith("on"):
        return "its value would be run as JavaScript"
    if lower in _OBJECT_NAMES:
        return "it belongs to the object itself, not to the element"
    if lower in _REFUSED_IN and tag.lower() in _REFUSED_IN[lower][0]:
        return _REFUSED_IN[lower][1]
    return ""


_REFUSED_IN: dict[str, tuple[frozenset[str], str]] = {
    **dict.fromkeys(
        _ANIMATION_VALUES, (ANIMATIONS, "an animation can write a script into any attribute")
    ),
    **dict.fromkeys(
        _SCRIPT_NAMES, (frozenset(("script",)), "its value would decide which JavaScript runs")
    ),
    "http-equiv": (frozenset(("meta",)), "it can make the page leave for any address"),
    "httpequiv": (frozenset(("meta",)), "it can make the page leave for any address"),
    "shadowrootmode": (frozenset(("template",)), "only a page's own markup can make a shadow root"),
    "protocol": (frozenset(("a", "area")), "it can make a script of an address"),
}


def check_attribute_name(tag: str, name: object) -> int:
    """Refuse a name that a spread or a builder may not write; give the attribute's sink.

    >>> check_attribute_name("div", "title")
    0
    >>> check_attribute_name("div", "onclick")
    Traceback (most recent call last):
        ...
    gossamer.errors.UnsafeNameError: <div> may not get the attribute 'onclick' from a value.
    Why: its value would be run as JavaScript.
    Fix: Write on:click={handler}.
    """
    if not isinstance(name, str) or not _ATTRIBUTE_NAME.match(name):
        raise UnsafeNameError(
            f"{shown(name)} is no name for an attribute of <{tag}>.",
            why="a name is letters, digits and _ . : - and begins with a letter, _ or :.",
            fix="Spread a dict whose keys are plain attribute names.",
        )
    reason = refusal(tag, name) or ("it is a property" if name.startswith("prop:") else "")
    if reason:
        event = name.lower().removeprefix("on").lstrip(":")
        is_event = name.lower().startswith("on") and event
        raise UnsafeNameError(
            f"<{tag}> may not get the attribute {name!r} from a value.",
            why=f"{reason}.",
            fix=f"Write on:{event}={{handler}}." if is_event else "Leave it out, or write it out.",
        )
    return sink_of(tag, name)


def check_tag_name(tag: object) -> None:
    """Refuse what is no name of an element that a builder may make."""
    if not isinstance(tag, str) or not _TAG_NAME.match(tag):
        raise UnsafeNameError(
            f"{shown(tag)} is no tag name.",
            why="a tag name is letters, digits and _ . - and begins with a letter.",
            fix="Choose the tag among names that your code spells out.",
        )


def is_style_property(name: str) -> bool:
    """Whether a text is the name of a CSS property."""
    return _STYLE_PROPERTY.match(name) is not None


def check_style_property(name: object) -> None:
    """Refuse what is no name of a CSS property."""
    if not isinstance(name, str) or not is_style_property(name):
        raise UnsafeNameError(
            f"{shown(name)} is no CSS property.",
            why="a property is letters, digits and -.",
            fix="Write the property as CSS does, such as background-color.",
        )


def is_style_value(value: str) -> bool:
    """Whether a text is the value of one CSS declaration, and no more than that.

    >>> is_style_value("1px solid red"), is_style_value("red; position: fixed")
    (True, False)
    """
    closers: list[str] = []
    quote = ""
    for character in value:
        if quote:
            if character in "\n\r\f\\":
                return False
            if character == quote:
                quote = ""
        elif character in "\"'":
            quote = character
        elif character in "([":
            closers.append(")" if character == "(" else "]")
        elif character in ")]":
            if not closers or closers.pop() != character:
                return False
        elif character in "{}\\<!\0" or (character == ";" and not closers):
            return False
    return not (closers or quote or "/*" in value)


def check_url(value: str, sink: int) -> bool:
    r"""Whether a whole URL is safe in a sink: a relative one always is.

    >>> check_url("/a?b=javascript:1", URL), check_url(" java\nscript:alert(1)", URL)
    (True, False)
    """
    if sink == IMAGE_URLS:
        return all(_is_safe(candidate, sink) for candidate in _candidates(value))
    return _is_safe(value, sink)


def _is_safe(value: str, sink: int) -> bool:
    # What a browser drops before it looks for a scheme: see "basic URL parser" in the URL standard.
    url = value.lstrip(_C0_AND_SPACE).translate(_TAB_AND_NEWLINES)
    match = _SCHEME.match(url)
    if match is None:
        return True
    scheme = match[1].lower()
    if scheme not in _SCHEMES.get(sink, _LINK_SCHEMES):
        return False
    return scheme != "data" or _MEDIA_DATA.match(url) is not None


def _candidates(srcset: str) -> list[str]:
    """The URLs of a srcset: each ends at white space, and the next begins after a comma."""
    found: list[str] = []
    match = _CANDIDATE.match(srcset)
    while match is not None:
        found.append(match[1].rstrip(","))
        end = match.end()
        comma = end if match[1].endswith(",") else srcset.find(",", end)
        match = _CANDIDATE.match(srcset, comma) if comma >= 0 else None
    return found
