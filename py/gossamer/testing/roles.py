"""The roles of elements, as HTML gives them to assistive technology."""

from collections.abc import Callable

from gossamer.testing.nodes import Branch, Element, Node

_UNSEEN = frozenset(
    ("base", "datalist", "head", "link", "meta", "noscript", "script", "style", "template", "title")
)
_SECTIONS = frozenset(("article", "aside", "main", "nav", "section"))
_TEXT_TYPES = frozenset(("email", "search", "tel", "text", "url"))
_INPUTS = {
    "button": "button",
    "checkbox": "checkbox",
    "file": "button",
    "hidden": "",
    "image": "button",
    "number": "spinbutton",
    "radio": "radio",
    "range": "slider",
    "reset": "button",
    "search": "searchbox",
    "submit": "button",
}
"""The role of an input by its type; each other one is a textbox."""

_ROLES = {
    "address": "group",
    "article": "article",
    "aside": "complementary",
    "blockquote": "blockquote",
    "button": "button",
    "caption": "caption",
    "code": "code",
    "dd": "definition",
    "del": "deletion",
    "details": "group",
    "dfn": "term",
    "dialog": "dialog",
    "dt": "term",
    "em": "emphasis",
    "fieldset": "group",
    "figure": "figure",
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "hgroup": "group",
    "hr": "separator",
    "ins": "insertion",
    "li": "listitem",
    "main": "main",
    "mark": "mark",
    "math": "math",
    "menu": "list",
    "meter": "meter",
    "nav": "navigation",
    "ol": "list",
    "optgroup": "group",
    "option": "option",
    "output": "status",
    "p": "paragraph",
    "progress": "progressbar",
    "s": "deletion",
    "search": "search",
    "strong": "strong",
    "sub": "subscript",
    "sup": "superscript",
    "svg": "img",
    "table": "table",
    "tbody": "rowgroup",
    "textarea": "textbox",
    "tfoot": "rowgroup",
    "thead": "rowgroup",
    "time": "time",
    "tr": "row",
    "ul": "list",
}
"""The role of an element that always has the same one."""


def _is_inside(element: Element, names: frozenset[str]) -> bool:
    return any(outer.name in names for outer in outward(element))


def _of_landmark(role: str) -> Callable[[Element], str]:
    """A landmark of the page, unless it stands in a part of it."""
    return lambda element: "" if _is_inside(element, _SECTIONS) else role


def _of_named(role: str) -> Callable[[Element], str]:
    """A landmark only if it has a name."""
    return lambda element: role if has_own_name(element) else ""


def _of_input(element: Element) -> str:
    kind = type_of(element)
    if kind in _TEXT_TYPES and "list" in element.attributes:
        return "combobox"
    return _INPUTS.get(kind, "textbox")


def _of_select(element: Element) -> str:
    is_list = "multiple" in element.attributes or element.attributes.get("size", "1") > "1"
    return "listbox" if is_list else "combobox"


def _of_cell(element: Element) -> str:
    table = next((outer for outer in outward(element) if outer.name == "table"), None)
    is_grid = table is not None and table.attributes.get("role") in ("grid", "treegrid")
    return "gridcell" if is_grid else "cell"


def _of_header_cell(element: Element) -> str:
    scope = element.attributes.get("scope", "")
    row = element.parent.children if element.parent is not None else []
    heads_row = scope.startswith("row") or (not scope and any(cell.name == "td" for cell in row))
    return "rowheader" if heads_row else "columnheader"


def _of_image(element: Element) -> str:
    is_decoration = element.attributes.get("alt") == "" and not has_own_name(element)
    return "presentation" if is_decoration else "img"


_CHOICES: dict[str, Callable[[Element], str]] = {
    "a": lambda element: "link" if "href" in element.attributes else "",
    "area": lambda element: "link" if "href" in element.attributes else "",
    "footer": _of_landmark("contentinfo"),
    "form": _of_named("form"),
    "header": _of_landmark("banner"),
    "img": _of_image,
    "input": _of_input,
    "section": _of_named("region"),
    "select": _of_select,
    "td": _of_cell,
    "th": _of_header_cell,
}
"""The role of an element that depends on more than its name."""

_CHOSEN = (
    "banner", "cell", "columnheader", "combobox", "contentinfo", "form", "gridcell", "img", "link",
    "listbox", "region", "rowheader", "textbox",
)  # fmt: skip
KNOWN = {*_ROLES.values(), *_INPUTS.values(), *_CHOSEN} - {""}
"""Roles that elements have by themselves: what a misspelt one may have meant."""


def role_of(element: Element) -> str:
    """The role of an element: its own, else the one that its tag has; "" if it has none.

    >>> from gossamer.testing.nodes import parse
    >>> [role_of(element) for element in parse("<nav></nav><input type='range'>").children]
    ['navigation', 'slider']
    """
    said = element.attributes.get("role", "").split()
    if said:
        return said[0]
    choose = _CHOICES.get(element.name)
    return choose(element) if choose else _ROLES.get(element.name, "")


def has_own_name(element: Element) -> bool:
    """Whether its author has named an element by an attribute."""
    return any(
        element.attributes.get(name, "").strip()
        for name in ("aria-label", "aria-labelledby", "title")
    )


def type_of(element: Element) -> str:
    """The type of an <input> or a <button>, as the browser understands it."""
    usual = "submit" if element.name == "button" else "text"
    return element.attributes.get("type", "").lower() or usual


def outward(node: Node) -> list[Element]:
    """The elements around a node, nearest first."""
    found = []
    outer = node.parent
    while outer is not None:
        if isinstance(outer, Element):
            found.append(outer)
        outer = outer.parent
    return found


def elements_in(branch: Branch) -> list[Element]:
    """The elements below a node, in document order."""
    return [node for node in branch.walk() if isinstance(node, Element)]


def tree_of(node: Node) -> list[Element]:
    """The elements of the whole tree that a node stands in."""
    root = node
    while root.parent is not None:
        root = root.parent
    return elements_in(root) if isinstance(root, Branch) else []


def is_visible(element: Element) -> bool:
    """Whether a reader sees an element, as far as a page without style sheets can tell."""
    return not any(map(_is_unseen, (element, *outward(element))))


def is_exposed(element: Element) -> bool:
    """Whether assistive technology gets to know an element."""
    around = (element, *outward(element))
    return is_visible(element) and not any(
        outer.attributes.get("aria-hidden") == "true"
        or "inert" in outer.attributes
        or outer.properties.get("inert")
        for outer in around
    )


def _is_unseen(element: Element) -> bool:
    name, attributes = element.name, element.attributes
    if name in _UNSEEN or (name == "input" and type_of(element) == "hidden"):
        return True
    if "hidden" in attributes or element.properties.get("hidden"):
        return True
    if name == "dialog" and "open" not in attributes:
        return True
    if _is_folded(element):
        return True
    style = attributes.get("style", "").replace(" ", "").lower().split(";")
    return "display:none" in style or "visibility:hidden" in style


def _is_folded(element: Element) -> bool:
    """Whether it stands in a <details> that is closed, and is not its first <summary>."""
    outer = element.parent
    if not isinstance(outer, Element) or outer.name != "details" or "open" in outer.attributes:
        return False
    summaries = [
        child for child in outer.children if isinstance(child, Element) and child.name == "summary"
    ]
    return element not in summaries[:1]


def is_disabled(element: Element) -> bool:
    """Whether a control is switched off, by itself or by a <fieldset> around it."""
    if element.name not in (
        "button",
        "fieldset",
        "input",
        "optgroup",
        "option",
        "select",
        "textarea",
    ):
        return False
    if "disabled" in element.attributes or element.properties.get("disabled"):
        return True
    inner = element
    for outer in outward(element):
        is_off = "disabled" in outer.attributes or outer.properties.get("disabled")
        if outer.name == "fieldset" and is_off:
            legends = [child for child in outer.children if child.name == "legend"]
            return inner not in legends[:1]
        inner = outer
    return False
