"""Puts what was rendered into the page that somebody wrote."""

import re
from collections.abc import Mapping, Sequence

from gossamer.cli.prerender.stage import Placed
from gossamer.cli.silence import MARK
from gossamer.cli.tags import Markup, Tag, written

ADOPTED = "data-gs-built"
"""An element whose content becomes that of its view."""

FREE = re.compile(
    r"(?is)<!--.*?-->|<(script|style|template)\b.*?</\1\s*>|<link\b[^>]*>"
    rf'|<p class="{MARK}".*?</p>'
)
"""What an element may hold besides."""

BEGIN, END = "<!--gs-->", "<!--/gs-->"
"""Around what Python in the page puts its own in the place of."""

STEP = re.compile(
    r"""(?P<sign>[#.]?)(?P<name>[\w-]+)"""
    r"""|\[(?P<attribute>[\w-]+)(?:=(?P<quote>["']?)(?P<value>[^"'\]]*)(?P=quote))?\]"""
)


def filled(text: str, placed: Placed) -> str | None:
    """A page with a text in its element; None when it has no such element.

    Where nothing else is shown the text is the element's own, and the page adopts it; beside other
    things it stands at the end, between comments.
    """
    markup = Markup(text)
    target = placed["target"] or "body"
    tag = _first(markup.tags, target)
    if tag is None and target != "body":
        return None
    if tag is not None and not FREE.sub("", text[tag.end : tag.inner_end]).strip():
        tag.set(ADOPTED, None)
        return markup.with_changes({tag.end: placed["text"]})
    page = [each for each in markup.tags if each.name == "html"]
    place = (tag or page[0]).inner_end if tag or page else len(text)
    return markup.with_changes({place: f"{BEGIN}{placed['text']}{END}"})


def _first(tags: Sequence[Tag], target: str) -> Tag | None:
    """The first element that `mount` would find by an id, or by a selector without blanks."""
    by_id = next((tag for tag in tags if tag.get("id") == target), None)
    if by_id is not None:
        return by_id
    steps = list(STEP.finditer(target))
    if "".join(step[0] for step in steps) != target:
        return None
    return next((tag for tag in tags if all(_fits(tag, step) for step in steps)), None)


def _fits(tag: Tag, step: re.Match[str]) -> bool:
    name, attribute = step["name"], step["attribute"]
    if attribute is not None:
        has_value = step["value"] is None or tag.get(attribute) == step["value"]
        return attribute in tag.attributes and has_value
    if step["sign"] == "#":
        return tag.get("id") == name
    if step["sign"] == ".":
        return name in tag.get("class").split()
    return tag.name == name.lower()


def headed(text: str, head: str, attributes: Mapping[str, str], more: Mapping[str, str]) -> str:
    """A page with what its views say of it: a title in place of its own, and elements after it.

    `more` are attributes of <html> beside those that the views gave.
    """
    title, mark, rest = head.partition("</title>")
    if not mark:
        title, rest = "", head
    markup = Markup(text)
    insertions: dict[int, str] = {}
    own = next((tag for tag in markup.tags if tag.name == "title"), None)
    if title and own is not None:
        said = title.removeprefix("<title>")
        text = text[: own.end] + said + text[own.inner_end :]
        markup = Markup(text)
    elif title:
        rest = f"{title}</title>{rest}"
    if rest:
        insertions[head_place(markup)] = f"{BEGIN}{rest}{END}\n"
    given = {
        root: Markup(f"<{root}{attributes.get(root, '')}>").tags[0] for root in ("html", "body")
    }
    given["html"].attributes |= more
    for root, wanted in given.items():
        tag = next((tag for tag in markup.tags if tag.name == root), None)
        if tag is not None:
            _dress(tag, wanted.attributes)
        elif wanted.attributes and root == "html":
            place = _start_of(text)
            insertions[place] = written(root, wanted.attributes) + insertions.get(place, "")
    return markup.with_changes(insertions)


def head_place(markup: Markup) -> int:
    """Where the head of a page ends; where the page begins if nothing says that."""
    return _start_of(markup.source) if markup.head_end is None else markup.head_end


def _start_of(text: str) -> int:
    """Where a page begins that has neither <html> nor <head>."""
    doctype = re.match(r"\s*<!doctype[^>]*>\n?", text, re.IGNORECASE)
    return doctype.end() if doctype is not None else 0


def _dress(tag: Tag, attributes: Mapping[str, str | None]) -> None:
    for name, value in attributes.items():
        both = f"{tag.get(name)} {value}".strip() if name == "class" else value
        tag.set(name, both)
