"""Plans: elements that are others each time do not fill the memory."""

from collections.abc import Callable

import pytest
from gossamer import Signal
from gossamer.dom import plan
from gossamer.elements import li, p, section, ul
from gossamer.testing.page import FakePage
from gossamer.view import places
from gossamer.view.element import Element

type Run = Callable[[object], FakePage]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "MOST_MADE", 4)


@pytest.fixture
def length() -> Signal[int]:
    return Signal(0)


def listed(length: int) -> Element:
    return ul(*(li(index, class_="row") for index in range(length)))


def html_of(length: int) -> str:
    rows = "".join(f'<li class="row">{index}</li>' for index in range(length))
    return f"<ul>{rows}</ul>"


@pytest.mark.usefixtures("few")
def test_elements_of_ever_other_lengths_are_forgotten(show: Run, length: Signal[int]) -> None:
    page = show(lambda: listed(length()))
    known = len(places._shapes)

    for count in range(1, 40):
        length.set(count)
        assert page.body.inner_html() == html_of(count)

    assert len(plan._made) == 4
    assert len(page._prototypes) <= 4 + 1  # and what holds them all
    assert len(places._shapes) - known <= 4 * 2 * 40  # two holes in each row


@pytest.mark.usefixtures("few")
def test_what_was_used_last_is_kept(show: Run, length: Signal[int]) -> None:
    page = show([lambda: listed(length()), lambda: length() and p("always")])

    for count in range(1, 10):
        length.set(count)
    kept = page.elements()[-1]
    length.set(10)

    assert page.elements()[-1] is kept
    assert [next(iter(strings)) for strings in plan._made][-1] == "<p>"


@pytest.mark.usefixtures("few")
def test_what_stands_in_the_page_outlives_its_plan(show: Run, length: Signal[int]) -> None:
    """It takes changes, and is made anew when it is shown again."""
    text, title = Signal("a"), Signal("b")
    again = Signal(0)
    page = show([lambda: again() is None or p(text, title=title), lambda: listed(length())])
    first = page.elements()[0]

    for count in range(1, 10):
        length.set(count)
    text.set("c")
    title.set("d")
    assert page.elements()[0] is first
    assert page.body.inner_html() == '<p title="d">c</p>' + html_of(9)
    again.set(1)

    assert page.body.inner_html() == '<p title="d">c</p>' + html_of(9)
    assert page.elements()[0] is not first


@pytest.mark.usefixtures("few")
def test_an_element_in_whose_making_others_are_made(show: Run, length: Signal[int]) -> None:
    """More of them than are kept, in each other and beside each other."""

    def nest(depth: int) -> object:
        inner = [lambda depth=depth: nest(depth - 1)] if depth else []
        return section(*(p(depth) for _ in range(depth)), *inner, title=f"{depth}")

    def nested_html(depth: int) -> str:
        inner = nested_html(depth - 1) if depth else ""
        return f'<section title="{depth}">{f"<p>{depth}</p>" * depth}{inner}</section>'

    page = show(lambda: nest(length()))

    for depth in (9, 8, 10):
        length.set(depth)
        assert page.body.inner_html() == nested_html(depth)


def test_the_same_element_again_is_patched(show: Run) -> None:
    text = Signal("a")
    page = show(lambda: p(text()))
    first = page.elements()[0]

    text.set("b")

    assert page.elements()[0] is first
    assert page.body.inner_html() == "<p>b</p>"


def test_few_long_ones_are_kept(
    show: Run, length: Signal[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "MOST_PARTS", 200)
    page = show(lambda: listed(length()))

    for count in (30, 40, 20, 10, 90, 5, 30, 200):
        length.set(count)
        assert page.body.inner_html() == html_of(count)
        assert sum(map(len, plan._made)) <= max(200, 2 * count + 1)

    assert len(plan._made) == 1
