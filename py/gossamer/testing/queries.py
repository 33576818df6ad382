"""Questions to a page: by role, text, label, placeholder, title, alternative and test id."""

import re
from collections.abc import Callable

from gossamer.testing.names import is_chosen, label_texts, name_of, squeezed
from gossamer.testing.nodes import Branch, Element
from gossamer.testing.roles import elements_in, is_disabled, is_exposed, role_of, type_of

type Wanted = str | re.Pattern[str]

_PRESSABLE_INPUTS = ("button", "reset", "submit")
_UNREAD = frozenset(("head", "noscript", "script", "style", "template", "title"))


class Query:
    """A question to a page: how it is written, what it finds, and what was nearly it."""

    def __init__(
        self,
        written: str,
        matches: Callable[[Element], bool],
        texts: Callable[[Element], list[str]],
        *,
        wanted: Wanted = "",
        role: str = "",
        innermost: bool = False,
    ) -> None:
        self.written = written
        self.matches = matches
        self.texts = texts
        self.wanted = wanted
        self.role = role
        self.innermost = innermost

    def find(self, root: Branch, *, itself: bool = False) -> list[Element]:
        """The elements below a node that answer the question, in document order."""
        there = elements_in(root)
        if itself and isinstance(root, Element):
            there.insert(0, root)
        found = list(filter(self.matches, there))
        if self.innermost:
            return [e for e in found if not any(map(self.matches, elements_in(e)))]
        return found

    def written_for(self, text: str) -> str:
        """The same question with another text."""
        return self.written.replace(repr(self.wanted), repr(text), 1)


def is_wanted(text: str, wanted: Wanted, *, exact: bool) -> bool:
    """Whether a text is the wanted one: part of it in any case, or exactly all of it.

    >>> is_wanted("Save all", "save", exact=False), is_wanted("Save all", "save", exact=True)
    (True, False)
    """
    text = squeezed(text)
    if isinstance(wanted, re.Pattern):
        return wanted.search(text) is not None
    wanted = squeezed(wanted)
    return text == wanted if exact else wanted.lower() in text.lower()


def by_texts(
    method: str, texts: Callable[[Element], list[str]], wanted: Wanted, *, exact: bool
) -> Query:
    """Ask for the elements one of whose texts is the wanted one."""
    says_exact = exact and method != "get_by_test_id"
    written = f"{method}({_shown(wanted)}{', exact=True' if says_exact else ''})"
    return Query(
        written,
        lambda element: any(is_wanted(text, wanted, exact=exact) for text in texts(element)),
        texts,
        wanted=wanted,
        innermost=method == "get_by_text",
    )


def by_attribute(method: str, name: str, wanted: Wanted, *, exact: bool) -> Query:
    """Ask for the elements with an attribute."""

    def texts(element: Element) -> list[str]:
        return [element.attributes[name]] if name in element.attributes else []

    return by_texts(method, texts, wanted, exact=exact)


def own_texts(element: Element) -> list[str]:
    """What an element says: its text, or the word on a button that is an input."""
    if element.name in _UNREAD:
        return []
    if element.name == "input":
        return [element.value] if type_of(element) in _PRESSABLE_INPUTS else []
    text = squeezed(element.text())
    return [text] if text else []


def by_label(wanted: Wanted, *, exact: bool) -> Query:
    """Ask for what is labelled."""
    return by_texts("get_by_label", label_texts, wanted, exact=exact)


def by_role(
    role: str, name: Wanted | None, *, exact: bool, include_hidden: bool, states: dict[str, object]
) -> Query:
    """Ask for a role, a name, and states such as `checked`."""
    words = [repr(role)] + ([f"name={_shown(name)}"] if name is not None else [])
    words += ["exact=True"] if exact else []
    words += ["include_hidden=True"] if include_hidden else []
    asked = {state: value for state, value in states.items() if value is not None}
    words += [f"{state}={value!r}" for state, value in asked.items()]

    def matches(element: Element) -> bool:
        return (
            role_of(element) == role
            and (include_hidden or is_exposed(element))
            and all(STATES[state](element) == value for state, value in asked.items())
            and (name is None or is_wanted(name_of(element), name, exact=exact))
        )

    def texts(element: Element) -> list[str]:
        return [name_of(element)] if role_of(element) == role and is_exposed(element) else []

    return Query(f"get_by_role({', '.join(words)})", matches, texts, wanted=name or "", role=role)


def _shown(wanted: Wanted) -> str:
    return f"re.compile({wanted.pattern!r})" if isinstance(wanted, re.Pattern) else repr(wanted)


def is_checked(element: Element) -> bool:
    """Whether a box, a radio or a switch is on."""
    if element.name == "input" and type_of(element) in ("checkbox", "radio"):
        return element.checked
    return element.attributes.get("aria-checked") == "true"


def is_expanded(element: Element) -> bool | None:
    """Whether what an element opens is open; None if it opens nothing."""
    if element.name == "details":
        return "open" in element.attributes
    said = element.attributes.get("aria-expanded")
    return None if said is None else said == "true"


def _is_off(element: Element) -> bool:
    return is_disabled(element) or element.attributes.get("aria-disabled") == "true"


def _is_selected(element: Element) -> bool:
    if element.name == "option":
        return is_chosen(element)
    return element.attributes.get("aria-selected") == "true"


def _level(element: Element) -> int | None:
    said = element.attributes.get("aria-level", "")
    heading = re.fullmatch(r"h([1-6])", element.name)
    return int(said) if said.isdigit() else int(heading[1]) if heading else None


STATES: dict[str, Callable[[Element], object]] = {
    "checked": is_checked,
    "disabled": _is_off,
    "expanded": is_expanded,
    "level": _level,
    "pressed": lambda element: element.attributes.get("aria-pressed") == "true",
    "selected": _is_selected,
}
"""What `get_by_role` can ask of an element beside its name."""
