"""The example drawing, used as a visitor uses it."""

import pytest

PLACES = """[...document.querySelectorAll('.dew')].map(
  (dot) => [dot.cx.baseVal.value, dot.cy.baseVal.value].map(Math.round))"""
START = [[80, 150], [250, 390], [420, 250], [560, 90], [710, 320]]
RECORDS = """() => {
  window.records = new Set();
  window.observer = new MutationObserver((list) => list.forEach(({ target, attributeName }) =>
    records.add(`${target.localName ?? target.nodeName} ${attributeName ?? ''}`)));
  observer.observe(document.querySelector('.paper'),
    { subtree: true, childList: true, attributes: true, characterData: true });
}"""


@pytest.fixture
def paper(open_app):
    """The page, with the drawing in the middle of the window."""
    page = open_app("examples/drawing/")
    page.locator(".paper").scroll_into_view_if_needed()
    return page


def at(page, x: float, y: float) -> tuple[float, float]:
    """Where a place of the drawing is in the window."""
    box = page.locator(".paper").bounding_box()
    return box["x"] + x / 800 * box["width"], box["y"] + y / 500 * box["height"]


def near(places: list[list[int]], expected: list[list[int]]) -> bool:
    return len(places) == len(expected) and all(
        abs(x - a) <= 2 and abs(y - b) <= 2 for (x, y), (a, b) in zip(places, expected, strict=True)
    )


def test_a_drag_moves_a_point_and_its_thread(paper):
    page = paper
    path = page.locator("path.thread").get_attribute("d")
    page.mouse.move(*at(page, 420, 250))
    page.mouse.down()
    page.evaluate(RECORDS)
    page.mouse.move(*at(page, 500, 300), steps=5)
    records = page.evaluate("[...records]")
    page.mouse.up()

    assert near(page.evaluate(PLACES), [*START[:2], [500, 300], *START[3:]])
    assert page.locator("path.thread").get_attribute("d") != path
    assert sorted(records) == ["circle cx", "circle cy", "g aria-label", "path d"]

    page.mouse.move(*at(page, 20, 20), steps=3)
    assert near(page.evaluate(PLACES), [*START[:2], [500, 300], *START[3:]])


def test_a_press_sets_a_point_and_undo_takes_it_back(paper):
    page = paper
    undo = page.get_by_role("button", name="Undo")
    redo = page.get_by_role("button", name="Redo")
    assert undo.is_disabled()

    page.mouse.click(*at(page, 300, 60))
    assert near(page.evaluate(PLACES), [*START, [300, 60]])
    assert page.locator(".sum").inner_text() == "6 points"

    undo.click()
    assert page.evaluate(PLACES) == START
    redo.click()
    assert near(page.evaluate(PLACES), [*START, [300, 60]])
    assert redo.is_disabled()

    page.get_by_role("button", name="Clear").click()
    assert page.evaluate(PLACES) == []
    assert page.locator(".sum").inner_text() == "0 points"
    for _ in range(2):
        undo.click()
    assert page.evaluate(PLACES) == START
    assert undo.is_disabled()


def test_keys_move_a_point_and_take_it_away(paper):
    page = paper
    first = page.get_by_role("button", name="Point at 80, 150")
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowLeft")
    assert page.evaluate(PLACES) == [[89, 160], *START[1:]]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Point at 89, 160"

    page.keyboard.press("Control+z")
    assert page.evaluate(PLACES) == [[90, 160], *START[1:]]
    page.keyboard.press("Control+Shift+Z")
    assert page.evaluate(PLACES) == [[89, 160], *START[1:]]

    page.keyboard.press("Delete")
    assert page.evaluate(PLACES) == START[1:]


def test_a_drag_is_undone_as_one(paper):
    page = paper
    page.mouse.move(*at(page, 710, 320))
    page.mouse.down()
    page.mouse.move(*at(page, 1200, 900), steps=4)
    page.mouse.up()
    assert page.evaluate(PLACES) == [*START[:4], [800, 500]]

    page.get_by_role("button", name="Undo").click()
    assert page.evaluate(PLACES) == START


def test_a_double_press_takes_a_point_away_in_one_step(paper):
    page = paper
    page.mouse.dblclick(*at(page, 560, 90))
    assert page.evaluate(PLACES) == [*START[:3], START[4]]

    page.get_by_role("button", name="Undo").click()
    assert page.evaluate(PLACES) == START


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_fits(page, open_app, width):
    page.set_viewport_size({"width": width, "height": 844})
    open_app("examples/drawing/")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
