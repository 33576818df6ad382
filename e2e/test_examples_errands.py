"""The example with a server: a list in SQLite, with scripts and without."""

from collections.abc import Iterator

import pytest

from .full_stack import served


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> Iterator[str]:
    """The address of the example."""
    with served("errands", tmp_path_factory.mktemp("errands")) as url:
        yield url


def use(page) -> list[str]:
    """Do what a visitor does, and say what is seen on the way."""
    seen = []
    items = page.locator("li")
    for title in ("Buy tea", "<b>Post</b> the letter"):
        page.get_by_label("What is there to do?").fill(title)
        page.get_by_role("button", name="Add").click()
        items.filter(has_text=title).wait_for()
    seen.append(page.locator(".left").inner_text())
    page.get_by_role("button", name="Add").click()
    page.get_by_text("Say what there is to do.").wait_for()
    page.get_by_role("button", name="Done: Buy tea").click()
    page.locator("li.done").wait_for()
    seen.append(page.locator("li.done span").inner_text())
    for name in ("Remove Buy tea", "Remove <b>Post</b> the letter"):
        page.get_by_role("button", name=name).click()
        page.get_by_role("button", name=name).wait_for(state="detached")
    seen.append(page.locator(".left").inner_text())
    return seen


SEEN = ["2 left", "Buy tea", "0 left"]


def test_the_list_works_without_scripts(app_browser, url):
    context = app_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)

    seen = use(page)

    context.close()
    assert seen == SEEN


def test_the_list_works_with_scripts_and_loads_nothing_anew(page, url, wait_ready, expected_errors):
    expected_errors.append(r"Failed to load resource.*status of 422")
    page.goto(url)
    wait_ready(page)
    page.evaluate("window.__mark = 1")

    seen = use(page)

    assert seen == SEEN
    assert page.evaluate("window.__mark") == 1
