"""Trees to compare: what a parser makes of a text, and what the browser renderer has built."""

from xml.etree.ElementTree import Element as Parsed

import html5lib  # type: ignore[import-untyped] # it has none
from gossamer.template.spec import RCDATA
from gossamer.testing.nodes import Branch, Element, Text

type Tree = str | tuple[str, dict[str, object], list[Tree]]

_NAMESPACES = {"http://www.w3.org/2000/svg": "svg ", "http://www.w3.org/1998/Math/MathML": "math "}


def read_text(markup: str) -> list[Tree]:
    """The tree that a browser's parser makes of markup inside of a <div>."""
    return _children(html5lib.parseFragment(markup, container="div", treebuilder="etree"))


def _children(parsed: Parsed) -> list[Tree]:
    found: list[Tree] = []
    _add_text(found, parsed.text or "")
    for child in parsed:
        if isinstance(child.tag, str):  # else it is a comment
            name = child.tag.rpartition("}")[2]
            if name == "template":
                found.append((name, _attributes(child.attrib), _children(child[0])))
            else:
                found.append((name, _attributes(child.attrib), _children(child)))
        _add_text(found, child.tail or "")
    return found


def _add_text(found: list[Tree], text: str) -> None:
    if not text:
        return
    if found and isinstance(found[-1], str):
        found[-1] += text
    else:
        found.append(text)


def _attributes(given: dict[str, str]) -> dict[str, object]:
    made: dict[str, object] = dict(given)
    if "class" in made:
        made["class"] = set(given["class"].split())
    if "style" in made:
        pairs = (each.partition(":") for each in given["style"].split(";") if each.strip())
        made["style"] = {name.strip(): value.strip() for name, _, value in pairs}
    return made


def read_nodes(parent: Branch) -> list[Tree]:
    """The tree of built nodes, with comments left out and texts joined."""
    found: list[Tree] = []
    for child in parent.children:
        if isinstance(child, Text):
            _add_text(found, child.data)
        elif isinstance(child, Element):
            found.append((child.name, _attributes(_shown(child)), _content(child)))
    return found


def _shown(element: Element) -> dict[str, str]:
    """The attributes, and what the properties of a control show."""
    found = dict(element.attributes)
    if element.name == "input" and "value" in element.properties:
        found["value"] = str(element.properties["value"])
    if element.name == "option":
        found.pop("selected", None)
        if _is_chosen(element):
            found["selected"] = ""
    for name in ("checked", "disabled", "hidden"):
        if name in element.properties:
            found.pop(name, None)
            if element.properties[name]:
                found[name] = ""
    return found


def _is_chosen(option: Element) -> bool:
    outer = option.parent
    while isinstance(outer, Element) and outer.name != "select":
        outer = outer.parent
    assert isinstance(outer, Element)
    return outer.value == option.value if "value" in outer.properties else option.selected


def _content(element: Element) -> list[Tree]:
    if element.name in RCDATA and "value" in element.properties:
        return [str(element.properties["value"])] if element.properties["value"] else []
    return read_nodes(element)
