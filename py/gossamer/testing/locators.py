"""Locators: how a test names an element, does something with it and reads it."""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from gossamer.testing import fields, outline
from gossamer.testing.names import inner_text
from gossamer.testing.nodes import Element
from gossamer.testing.queries import (
    Query,
    Wanted,
    by_attribute,
    by_label,
    by_role,
    by_texts,
    is_checked,
    is_wanted,
    own_texts,
)
from gossamer.testing.roles import is_disabled, is_visible

if TYPE_CHECKING:
    from gossamer.testing.screen import Screen

__tracebackhide__ = True  # a failure shows the line of the test


class Queries:
    """The questions that a screen and each locator answer, with Playwright's names and rules.

    A text is looked for in any case and as a part; `exact=True` wants all of it; a compiled
    pattern is searched for.
    """

    def get_by_role(  # noqa: PLR0913 - by Playwright's names
        self,
        role: str,
        *,
        name: Wanted | None = None,
        exact: bool = False,
        checked: bool | None = None,
        disabled: bool | None = None,
        expanded: bool | None = None,
        level: int | None = None,
        pressed: bool | None = None,
        selected: bool | None = None,
        include_hidden: bool = False,
    ) -> Locator:
        """Elements with a role such as "button", and an accessible name."""
        states: dict[str, object] = {
            "checked": checked,
            "disabled": disabled,
            "expanded": expanded,
            "level": level,
            "pressed": pressed,
            "selected": selected,
        }
        return self._ask(
            by_role(role, name, exact=exact, include_hidden=include_hidden, states=states)
        )

    def get_by_text(self, text: Wanted, *, exact: bool = False) -> Locator:
        """The innermost elements that hold a text."""
        return self._ask(by_texts("get_by_text", own_texts, text, exact=exact))

    def get_by_label(self, text: Wanted, *, exact: bool = False) -> Locator:
        """Fields by the text of their label."""
        return self._ask(by_label(text, exact=exact))

    def get_by_placeholder(self, text: Wanted, *, exact: bool = False) -> Locator:
        """Fields by their placeholder."""
        return self._ask(by_attribute("get_by_placeholder", "placeholder", text, exact=exact))

    def get_by_alt_text(self, text: Wanted, *, exact: bool = False) -> Locator:
        """Images by their alternative text."""
        return self._ask(by_attribute("get_by_alt_text", "alt", text, exact=exact))

    def get_by_title(self, text: Wanted, *, exact: bool = False) -> Locator:
        """Elements by their title."""
        return self._ask(by_attribute("get_by_title", "title", text, exact=exact))

    def get_by_test_id(self, test_id: Wanted) -> Locator:
        """Elements by their `data-testid`, for what a user has no word for."""
        return self._ask(by_attribute("get_by_test_id", "data-testid", test_id, exact=True))

    def _ask(self, query: Query) -> Locator:
        raise NotImplementedError


class Locator(Queries):
    """A way to find elements, which looks anew each time it is used.

    What does or reads something wants exactly one element, and says what there is otherwise.

    >>> from gossamer.testing import render
    >>> with render(t"<ul><li>Tea</li><li>Milk</li></ul>") as screen:
    ...     items = screen.get_by_role("listitem")
    ...     print(items, items.count(), items.first.inner_text())
    get_by_role('listitem') 2 Tea
    """

    def __init__(
        self,
        screen: Screen,
        written: str,
        find: Callable[[], list[Element]],
        query: Query | None,
        outer: Locator | None = None,
    ) -> None:
        self._screen = screen
        self._written = written
        self._find = find
        self._query = query
        self._outer = outer

    def __repr__(self) -> str:
        return self._written

    # --- which elements ---

    @property
    def element(self) -> Element:
        """The one element itself, with its `attributes`, `properties` and `html()`."""
        found = self._find()
        if len(found) == 1:
            return found[0]
        if found:
            raise outline.several_found(self._written, found)
        if self._outer is not None and not self._outer.count():
            return self._outer.element  # which says that already this is not there
        raise self._none_found()

    def elements(self) -> list[Element]:
        """The elements themselves, in the order of the page."""
        return self._find()

    def count(self) -> int:
        """How many elements there are: none is 0."""
        return len(self._find())

    def all(self) -> list[Locator]:
        """A locator for each element."""
        return [self.nth(index) for index in range(self.count())]

    def nth(self, index: int) -> Locator:
        """The element at a position, from 0."""

        def find() -> list[Element]:
            found = self._find()
            return [found[index]] if -len(found) <= index < len(found) else []

        written = f"{self._written}.nth({index})"
        return Locator(self._screen, written, find, self._query, self._outer)

    @property
    def first(self) -> Locator:
        """The first of the elements."""
        return self.nth(0)

    @property
    def last(self) -> Locator:
        """The last of the elements."""
        return self.nth(-1)

    def filter(self, *, has_text: Wanted) -> Locator:
        """Those of the elements that hold a text."""

        def find() -> list[Element]:
            return [e for e in self._find() if is_wanted(e.text(), has_text, exact=False)]

        shown = has_text.pattern if isinstance(has_text, re.Pattern) else has_text
        written = f"{self._written}.filter(has_text={shown!r})"
        return Locator(self._screen, written, find, None)

    def _ask(self, query: Query) -> Locator:
        def find() -> list[Element]:
            found = {each: None for root in self._find() for each in query.find(root)}
            return list(found)

        return Locator(self._screen, f"{self._written}.{query.written}", find, query, self)

    def _none_found(self) -> Exception:
        query, root, within = self._query, self._screen.page.body, ""
        if self._outer is not None:
            around = self._outer.elements()
            root, within = around[0] if len(around) == 1 else root, repr(self._outer)
        if query is None or query.find(root):  # it is a position or a filter that fails
            query = Query(self._written, lambda element: False, own_texts)
        return outline.none_found(query, root, within=within)

    # --- what a user does ---

    def click(self) -> None:
        """Click the element."""
        self._do(self._screen.user.click)

    def dblclick(self) -> None:
        """Click the element twice."""
        self._do(lambda target: self._screen.user.click(target, times=2))

    def hover(self) -> None:
        """Move the pointer onto the element."""
        self._do(self._screen.user.hover)

    def focus(self) -> None:
        """Give the element the focus."""
        self._do(self._screen.user.focus)

    def blur(self) -> None:
        """Take the focus away."""
        self._do(lambda _: self._screen.user.blur())

    def fill(self, text: str) -> None:
        """Replace what a field holds, as a paste does."""
        self._do(lambda target: fields.fill(self._screen.user, target, text))

    def clear(self) -> None:
        """Delete what a field holds."""
        self._do(lambda target: fields.clear(self._screen.user, self._screen.keys, target))

    def press(self, keys: str) -> None:
        """Focus the element and press a key, as in "Enter" or "Control+a"."""
        self.focus()
        self._screen.keyboard.press(keys)

    def press_sequentially(self, text: str) -> None:
        """Focus the element and press a key for each character."""
        self.focus()
        self._screen.keyboard.type(text)

    def check(self) -> None:
        """Click a box or a radio, unless it is on."""
        self.set_checked(True)

    def uncheck(self) -> None:
        """Click a box, unless it is off."""
        self.set_checked(False)

    def set_checked(self, checked: bool) -> None:
        """Click a box or a radio, unless it is so already."""
        self._do(lambda target: fields.tick(self._screen.user, target, wanted=checked))

    def select_option(
        self, value: str | Iterable[str] | None = None, *, label: str | Iterable[str] | None = None
    ) -> None:
        """Choose options of a <select> by value or label."""
        user, values, labels = self._screen.user, fields.listed(value), fields.listed(label)
        self._do(lambda target: fields.choose(user, target, values, labels))

    def set_input_files(self, files: object) -> None:
        """Choose files: whatever the test lets stand for them, one or a list."""
        self._do(lambda target: fields.choose_files(self._screen.user, target, files))

    def dispatch_event(self, type: str, event_init: dict[str, object] | None = None) -> None:  # noqa: A002 - Playwright's own signature
        """Send one event, with nothing around it."""
        self._do(lambda target: self._screen.page.fire(target, type, **(event_init or {})))

    # --- what a user sees ---

    def inner_text(self) -> str:
        """The text that a reader sees, with a line for each block."""
        return inner_text(self.element)

    def text_content(self) -> str:
        """The text of the nodes as it stands."""
        return self.element.text()

    def inner_html(self) -> str:
        """The markup in the element."""
        return self.element.inner_html()

    def input_value(self) -> str:
        """What a field holds."""
        return self.element.value

    def get_attribute(self, name: str) -> str | None:
        """An attribute; None if it is not there."""
        return self.element.attributes.get(name)

    def all_inner_texts(self) -> list[str]:
        """The texts of all elements."""
        return [inner_text(element) for element in self._find()]

    def is_visible(self) -> bool:
        """Whether there is such an element, and it is not hidden."""
        found = self._find()
        return len(found) > 0 and is_visible(self.element)

    def is_hidden(self) -> bool:
        """Whether there is no such element, or it is hidden."""
        return not self.is_visible()

    def is_enabled(self) -> bool:
        """Whether the control is switched on."""
        return not is_disabled(self.element)

    def is_disabled(self) -> bool:
        """Whether the control is switched off."""
        return is_disabled(self.element)

    def is_checked(self) -> bool:
        """Whether the box, radio or switch is on."""
        return is_checked(self.element)

    def is_focused(self) -> bool:
        """Whether the element has the focus."""
        return self._screen.user.focused is self.element

    def wait_for(self, *, state: str = "visible", timeout: float = 5_000) -> None:
        """Run tasks until the element is there: "visible", "hidden", "attached" or "detached".

        The timeout is in milliseconds, as everywhere in Playwright.
        """
        conditions: dict[str, Callable[[], bool]] = {
            "attached": lambda: self.count() > 0,
            "detached": lambda: self.count() == 0,
            "hidden": self.is_hidden,
            "visible": self.is_visible,
        }
        told = f"{self._written} to be {state}"
        self._screen.wait_for(conditions[state], timeout=timeout, of=told)

    # --- how ---

    def _do(self, deed: Callable[[Element], object]) -> None:
        self._screen.do(deed, self.element)
