"""The accessible names of elements: what assistive technology calls them."""

from gossamer.testing.nodes import Branch, Element, Node, Text
from gossamer.testing.roles import elements_in, is_visible, outward, role_of, tree_of, type_of

_NAMED_BY_CONTENT = frozenset(
    (
        "button", "cell", "checkbox", "columnheader", "gridcell", "heading", "link", "menuitem",
        "menuitemcheckbox", "menuitemradio", "option", "radio", "row", "rowheader", "switch", "tab",
        "tooltip", "treeitem",
    )
)  # fmt: skip
_LABELLED = frozenset(("button", "input", "meter", "output", "progress", "select", "textarea"))
_INLINE = frozenset(
    (
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "i", "kbd", "label",
        "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
        "wbr",
    )
)  # fmt: skip
_CAPTIONS = {"fieldset": "legend", "figure": "figcaption", "table": "caption", "svg": "title"}
"""The child that names an element."""

_BUTTON_WORDS = {"image": "Submit", "reset": "Reset", "submit": "Submit"}
_TEXT_FIELDS = frozenset(("textbox", "searchbox", "combobox", "spinbutton"))


def name_of(element: Element) -> str:
    """The accessible name of an element; "" if it has none.

    >>> from gossamer.testing.nodes import parse
    >>> [label] = parse("<label>Your name <input></label>").children
    >>> name_of(label.children[1])
    'Your name'
    """
    return squeezed(_name(element, set()))


def squeezed(text: str) -> str:
    r"""A text with single spaces between its words.

    >>> squeezed("  a \n b ")
    'a b'
    """
    return " ".join(text.split())


def labels_of(element: Element) -> list[Element]:
    """The <label> elements of a control."""
    if element.name not in _LABELLED:
        return []
    # without an id only a label around it can mean it, and a long page need not be searched
    there = tree_of(element) if "id" in element.attributes else outward(element)
    return [label for label in there if control_of(label) is element]


def control_of(label: Element) -> Element | None:
    """The control that a <label> is for."""
    if label.name != "label":
        return None
    if "for" in label.attributes:
        return _by_id(label, label.attributes["for"])
    inside = (child for child in elements_in(label) if child.name in _LABELLED)
    return next((child for child in inside if type_of(child) != "hidden"), None)


def label_texts(element: Element) -> list[str]:
    """What labels an element: its `aria-labelledby`, else its `aria-label` and its labels."""
    named = [other.text() for other in _labelling(element)]
    if not named:
        said = element.attributes.get("aria-label", "")
        named = [said] if said.strip() else []
        named += [label.text() for label in labels_of(element)]
    return [squeezed(text) for text in named]


def _labelling(element: Element) -> list[Element]:
    ids = element.attributes.get("aria-labelledby", "").split()
    return [found for name in ids if (found := _by_id(element, name)) is not None]


def _by_id(node: Node, name: str) -> Element | None:
    return next((e for e in tree_of(node) if e.attributes.get("id") == name), None)


def _name(element: Element, seen: set[Element]) -> str:
    """The name of an element, step by step as the specification has them."""
    if element in seen:
        return ""  # two elements name each other
    seen.add(element)
    labelling = " ".join(_content(other, seen - {other}) for other in _labelling(element))
    said = labelling.strip() or element.attributes.get("aria-label", "").strip()
    if said or (said := _native(element, seen)):
        return said
    if role_of(element) in _NAMED_BY_CONTENT or element.name == "summary":
        said = _content(element, seen - {element}).strip()
    said = said or element.attributes.get("title", "").strip()
    if not said and role_of(element) in _TEXT_FIELDS:
        said = element.attributes.get("placeholder", "")
    return said


def _native(element: Element, seen: set[Element]) -> str:
    """The name that HTML has an attribute or an element for."""
    if element.name == "img" or (element.name == "input" and type_of(element) == "image"):
        found = element.attributes.get("alt", "")
    elif element.name == "option" and element.attributes.get("label"):
        found = element.attributes["label"]
    elif element.name in _CAPTIONS:
        wanted = _CAPTIONS[element.name]
        caption = next((child for child in element.children if child.name == wanted), None)
        found = _content(caption, seen) if isinstance(caption, Element) else ""
    else:
        found = " ".join(_content(label, seen | {element}) for label in labels_of(element))
    if not found.strip() and element.name == "input":
        kind = type_of(element)
        if kind in ("button", "image", "reset", "submit"):
            found = element.attributes.get("value") or _BUTTON_WORDS.get(kind, "")
    return found.strip()


def _content(element: Element, seen: set[Element]) -> str:
    """What an element says by its content, or by a name of its own."""
    if element in seen:
        return ""
    said = element.attributes.get("aria-label", "").strip()
    if said:
        return said
    seen = seen | {element}
    return "".join(_piece(child, seen) for child in element.children)


def _piece(node: Node, seen: set[Element]) -> str:
    """What one child adds to a name."""
    if isinstance(node, Text):
        return node.data
    if not isinstance(node, Element) or node in seen or not _speaks(node):
        return ""
    role = role_of(node)
    if role in ("textbox", "searchbox", "slider", "spinbutton"):
        text = node.value
    elif role in ("combobox", "listbox"):
        text = " ".join(_content(o, seen) for o in node.options if is_chosen(o))
    elif node.name in ("img", "input", "svg"):
        text = _name(node, set(seen))
    else:
        text = _content(node, seen)
    return text if node.name in _INLINE else f" {text} "


def _speaks(element: Element) -> bool:
    if element.attributes.get("aria-hidden") == "true":
        return False
    return is_visible(element) or element.name == "title"


def is_chosen(option: Element) -> bool:
    """Whether an <option> is the chosen one, or one of them."""
    select = next((outer for outer in outward(option) if outer.name == "select"), None)
    if select is None or "multiple" in select.attributes:
        return option.selected
    return option.value == select.value


def inner_text(branch: Branch) -> str:
    r"""The text that a reader sees, with a line for each block.

    >>> from gossamer.testing.nodes import parse
    >>> inner_text(parse("<p>One  <b>two</b></p><p hidden>no</p><p>three</p>"))
    'One two\nthree'
    """
    lines = "".join(_seen(child) for child in branch.children).split("\n")
    return "\n".join(line for line in map(squeezed, lines) if line)


def _seen(node: Node) -> str:
    if isinstance(node, Text):
        return " ".join(node.data.split("\n"))
    if not isinstance(node, Element) or not is_visible(node):
        return ""
    if node.name == "br":
        return "\n"
    text = "".join(_seen(child) for child in node.children)
    return text if node.name in _INLINE or node.name in _LABELLED else f"\n{text}\n"
