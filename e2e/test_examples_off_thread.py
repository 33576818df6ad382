"""The example off-thread, used as a visitor uses it."""

import re

import pytest

WOVEN = "(count) => document.querySelectorAll('.cloth img').length >= count"
FRAMES = """(count) => new Promise((resolve) => {
  const places = new Set();
  const look = () => {
    places.add(document.querySelector('.thread i').style.translate);
    if (places.size < count) requestAnimationFrame(look);
    else resolve(document.querySelectorAll('.cloth img').length);
  };
  requestAnimationFrame(look);
})"""


@pytest.fixture(scope="module")
def shared(app_browser, app_server):
    """One page for all tests of the example."""
    context = app_browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(app_server.url + "examples/off-thread/")
    page.locator("html[data-gossamer=ready]").wait_for()
    yield page
    context.close()
    app_server.clear()


@pytest.fixture
def loom(shared):
    """The page; what it complains of fails the test."""
    shared.complaints.clear()
    yield shared
    assert shared.complaints == []


def test_the_dot_moves_in_every_frame_while_workers_weave(loom):
    loom.wait_for_function(WOVEN, arg=1)
    loom.get_by_role("button", name="Spiral").click()

    woven = loom.evaluate(FRAMES, 30)

    assert woven < 25
    assert re.fullmatch(r"\d+ of 25 bands, woven by .+\.", loom.locator(".story").inner_text())
    assert loom.get_by_role("button", name="Stop").is_enabled()


def test_stopping_ends_what_runs_and_the_next_cloth_is_woven(loom):
    loom.get_by_role("button", name="Sea horses").click()
    loom.get_by_role("button", name="Stop").click()
    assert loom.locator(".story").inner_text().startswith("Stopped.")
    assert loom.get_by_role("button", name="Stop").is_disabled()

    loom.get_by_role("button", name="The whole").click()
    loom.wait_for_function(WOVEN, arg=25)

    assert loom.locator(".story").inner_text().startswith("25 of 25 bands")
    sizes = loom.evaluate(
        "[...document.querySelectorAll('.cloth img')].map((n) => [n.naturalWidth, n.naturalHeight])"
    )
    assert sizes == [[400, 10]] * 25


def test_a_press_goes_nearer_and_the_page_weaves_the_same(loom):
    addresses = "[...document.querySelectorAll('.cloth img')].map((n) => n.src)"
    before = loom.evaluate(addresses)
    cloth = loom.get_by_role("list", name="A picture of the Mandelbrot set")
    box = cloth.bounding_box()
    cloth.click(position={"x": box["width"] * 0.1, "y": box["height"] * 0.1})
    loom.wait_for_function(WOVEN, arg=25)
    by_workers = loom.evaluate(addresses)

    loom.get_by_label("the page").check()
    loom.wait_for_function(WOVEN, arg=25)

    assert loom.locator(".story").inner_text() == "25 of 25 bands, woven by the page itself."
    assert loom.evaluate(addresses) == by_workers != before


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_fits(loom, width):
    loom.set_viewport_size({"width": width, "height": 844})

    assert loom.evaluate("document.documentElement.scrollWidth <= innerWidth")
