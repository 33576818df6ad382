"""What a failing question shows: the page as a tree, the roles in it, and near matches."""

from difflib import get_close_matches

from gossamer.errors import QueryError
from gossamer.template.spec import VOID
from gossamer.testing.names import name_of, squeezed
from gossamer.testing.nodes import Branch, Element, Text
from gossamer.testing.queries import Query, is_wanted
from gossamer.testing.roles import KNOWN, elements_in, is_exposed, role_of

LONGEST = 60
"""How many lines of a page a message shows."""


def outline(branch: Branch) -> str:
    """The elements and texts below a node, a line each, as deep as they stand.

    >>> from gossamer.testing.nodes import parse
    >>> print(outline(parse("<ul><li>One</li><li><b>Two</b> more</li></ul>")))
    <ul>
      <li>One</li>
      <li>
        <b>Two</b>
        more
    """
    lines = list(_lines(branch, 0))
    if len(lines) > LONGEST:
        lines[LONGEST:] = [f"… and {len(lines) - LONGEST} lines more"]
    return "\n".join(lines)


def roles(branch: Branch) -> str:
    """The roles and names below a node, a line each.

    >>> from gossamer.testing.nodes import parse
    >>> print(roles(parse("<h1>Shop</h1><button>Buy</button>")))
    heading "Shop"
    button "Buy"
    """
    shown = [e for e in elements_in(branch) if role_of(e) and is_exposed(e)]
    return "\n".join(f'{role_of(e)} "{name_of(e)}"' if name_of(e) else role_of(e) for e in shown)


def tag_of(element: Element) -> str:
    """The opening tag of an element.

    >>> tag_of(Element("br"))
    '<br>'
    """
    return element.html().removesuffix(f"{element.inner_html()}</{element.name}>")


def none_found(query: Query, root: Branch, *, within: str) -> QueryError:
    """The error of a question that nothing answers."""
    here = f" in {within}" if within else ""
    shown = outline(root) or "nothing at all"
    why = f"There is{here}\n{_indented(shown)}"
    if query.role:
        why += f"\nwhich has the roles\n{_indented(roles(root) or 'none')}"
    return QueryError(f"Nothing matches {query.written}{here}.", why=why, fix=_advice(query, root))


def several_found(query: str, found: list[Element]) -> QueryError:
    """The error of a question that more than one element answers."""
    shown = [f"{tag_of(e)}{squeezed(e.text())[:40]}" for e in found[:LONGEST]]
    return QueryError(
        f"{len(found)} elements match {query}, and one was asked for.",
        why="They are\n" + _indented("\n".join(shown)),
        fix="Ask for more of it: name=…, exact=True, another within; or take .first or .nth(1).",
    )


def _advice(query: Query, root: Branch) -> str:
    """The nearest question that has an answer."""
    wanted, role = query.wanted, query.role
    if role and role not in KNOWN:
        near = get_close_matches(role, sorted(KNOWN), n=1, cutoff=0.8)
        if near:
            return f"No element has this role by itself; {near[0]!r} is one."
    hidden = [e for e in elements_in(root) if role_of(e) == role and not is_exposed(e)]
    hidden = [e for e in hidden if is_wanted(name_of(e), wanted, exact=False)]
    if role and hidden:
        return f"{tag_of(hidden[0])} is hidden: show it, or ask with include_hidden=True."
    if not isinstance(wanted, str):
        return "Compare the pattern with the texts above."
    texts = {text: None for e in elements_in(root) for text in query.texts(e) if text}
    by_case = {text.lower(): text for text in texts}
    near = get_close_matches(wanted.lower(), by_case, n=1, cutoff=0.5) if wanted else []
    if near:
        return f"{query.written_for(by_case[near[0]])} would match."
    return "Ask for something of the above, or mend the view."


def _lines(branch: Branch, depth: int) -> list[str]:
    indent = "  " * depth
    found: list[str] = []
    for child in branch.children:
        if isinstance(child, Text):
            if text := squeezed(child.data):
                found.append(indent + text)
        elif isinstance(child, Element):
            tag = tag_of(child)
            within = _lines(child, depth + 1)
            if child.name in VOID or not child.children or not within:
                found.append(indent + tag)
            elif len(within) == 1 and isinstance(child.children[0], Text):
                found.append(f"{indent}{tag}{within[0].strip()}</{child.name}>")
            else:
                found += [indent + tag, *within]
    return found


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))
