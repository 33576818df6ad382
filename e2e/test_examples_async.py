"""The example async, used as a visitor uses it: an atlas over a slow line."""

import pytest


@pytest.fixture
def atlas(open_app):
    page = open_app("examples/async/")
    page.get_by_role("heading", name="Orion").wait_for()
    page.get_by_role("status").filter(has_text="20 figures").wait_for()
    return page


def set_pace(page, seconds: str) -> None:
    page.get_by_role("slider").fill(seconds)


def figures(page) -> list[str]:
    return page.locator(".found b").all_inner_texts()


def states(page, what: str) -> list[str]:
    """What became of the requests of a kind, the oldest first."""
    rows = page.locator(".traffic li").filter(has_text=what)
    return [row.get_attribute("data-state") for row in reversed(rows.all())]


def wait_for_figures(page, names: list[str]) -> None:
    page.wait_for_function(
        "(names) => [...document.querySelectorAll('.found b')].map((b) => b.textContent).join() === names",
        arg=",".join(names),
    )


def test_a_search_that_nobody_waits_for_is_called_off(atlas, site):
    assert len(figures(atlas)) == 20
    chart = atlas.get_by_role("img", name="The stars of Orion")
    assert chart.locator("circle").count() == 9
    assert set(states(atlas, "")) == {"answered"}

    set_pace(atlas, "1")
    field = atlas.get_by_role("searchbox")
    field.fill("bear")
    atlas.locator(".traffic li").filter(has_text="search 'bear'").wait_for()
    assert atlas.locator(".found").get_attribute("aria-busy") == "true"
    assert len(figures(atlas)) == 20  # the last answer stays
    field.fill("vega")
    wait_for_figures(atlas, ["Lyra"])
    assert states(atlas, "search 'bear'") == ["called off"]
    assert states(atlas, "search 'vega'") == ["answered"]
    assert atlas.locator(".found").get_attribute("aria-busy") == "false"
    assert field.evaluate("(field) => field === document.activeElement && field.value") == "vega"

    set_pace(atlas, "0")
    atlas.evaluate(
        """() => {
          const field = document.querySelector('[type=search]');
          for (const value of ['d', 'do', 'dog']) {
            field.value = value;
            field.dispatchEvent(new InputEvent('input', { bubbles: true }));
          }
        }"""
    )
    wait_for_figures(atlas, ["Canis Major"])
    assert states(atlas, "search 'd'") == states(atlas, "search 'do'") == []

    for width in (320, 390, 768, 1280):
        atlas.set_viewport_size({"width": width, "height": 844})
        assert atlas.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    assert b'href="examples/async/"' in site.read("index.html")  # the gallery leads here


def test_charts_are_kept_and_marks_are_taken_back(atlas):
    set_pace(atlas, "1")
    chart = atlas.locator(".chart")
    atlas.get_by_role("button", name="Gemini").click()
    assert atlas.locator(".figure[aria-pressed=true] b").inner_text() == "Gemini"
    assert chart.get_by_role("heading").inner_text() == "Orion"
    assert chart.get_attribute("aria-busy") == "true"
    atlas.get_by_role("button", name="Leo").click()
    chart.get_by_role("heading", name="Leo").wait_for()
    assert states(atlas, "figure gemini") == ["called off"]
    atlas.get_by_role("button", name="Orion").click()
    assert chart.get_by_role("heading").inner_text() == "Orion"  # at once: it was there before
    assert states(atlas, "figure orion") == ["answered"]
    atlas.get_by_role("button", name="Leo").click()

    mark = atlas.locator(".mark")
    mark.click()
    mark.filter(has_text="★ Marked").wait_for()
    assert states(atlas, "mark leo") == ["under way"]
    atlas.locator("li[data-state=answered]", has_text="mark leo").wait_for()
    atlas.get_by_label("Cut the line").check()
    mark.click()
    mark.filter(has_text="☆ Mark").wait_for()
    assert states(atlas, "unmark leo") == ["under way"]
    atlas.get_by_text("The mark was taken back.").wait_for()
    assert mark.inner_text() == "★ Marked"


def test_what_fails_is_told_in_its_place_and_can_be_tried_again(atlas, context, expected_errors):
    atlas.get_by_label("Cut the line").check()
    atlas.get_by_role("button", name="Cygnus").click()
    retry = atlas.get_by_role("button", name="Try again")
    retry.wait_for()
    assert atlas.get_by_text("The chart did not come.").is_visible()
    assert len(figures(atlas)) == 20  # the rest of the page lives on
    retry.click()
    atlas.locator("li[data-state=failed]", has_text="figure cygnus").nth(1).wait_for()
    atlas.get_by_label("Cut the line").uncheck()
    retry.click()
    atlas.get_by_role("heading", name="Cygnus").wait_for()
    assert retry.count() == 0

    expected_errors.append("net::ERR_INTERNET_DISCONNECTED")
    context.set_offline(True)
    atlas.get_by_role("button", name="Crux").click()
    retry.wait_for()
    context.set_offline(False)
    retry.click()
    atlas.get_by_role("heading", name="Crux").wait_for()
