"""The example animation, used as a visitor uses it."""

import pytest

LETTERS = "[...document.querySelectorAll('.tray li:not([inert])')].map((n) => n.innerText).join('')"
STILL = """() => document.querySelectorAll('[inert]').length === 0
  && document.getAnimations().length === 0"""


def still(page) -> None:
    page.wait_for_function(STILL)


@pytest.fixture
def tray(open_app):
    page = open_app("examples/animation/")
    still(page)
    return page


def test_a_letter_falls_and_can_be_put_back(tray, pace):
    page = tray
    pace(0)
    second = page.locator(".tray li").nth(2)
    falling = second.element_handle()
    second.get_by_role("button").click()

    assert page.locator(".sum").inner_text() == "7 letters"
    assert falling.evaluate("(node) => node.isConnected && node.inert && node.className") == "falls"
    assert page.get_by_role("status").locator("b").inner_text() == "S"
    pace(1)
    still(page)
    assert not falling.evaluate("(node) => node.isConnected")
    assert page.evaluate(LETTERS) == "GOSAMER"

    pace(0)
    page.get_by_role("button", name="Put it back").click()
    assert page.evaluate(LETTERS) == "GOSSAMER"
    assert page.locator(".message").get_attribute("class") == "message goes"
    assert page.locator(".message b").inner_text() == "S"
    pace(1)
    page.locator(".message").wait_for(state="detached")


def test_a_second_letter_keeps_the_message(tray, pace):
    page = tray
    page.get_by_role("button", name="Remove G").click()
    message = page.locator(".message").element_handle()
    still(page)
    pace(0)
    page.get_by_role("button", name="Put it back").click()
    assert message.evaluate("(node) => node.className") == "message goes"
    page.get_by_role("button", name="Remove R").click()
    pace(1)
    still(page)

    assert message.evaluate("(node) => node.isConnected && node.className") == "message comes"
    assert message.inner_text().split("\n")[0] == "R has left."


def test_letters_glide_and_stay_themselves(tray, pace):
    page = tray
    pace(0)
    page.evaluate("window.kept = [...document.querySelectorAll('.tray li')]")

    page.get_by_role("button", name="Sort").click()
    assert page.evaluate("document.getAnimations().length") > 0
    assert page.evaluate(LETTERS) == "AEGMORSS"
    page.get_by_role("button", name="Shuffle").click()
    assert sorted(page.evaluate(LETTERS)) == sorted("GOSSAMER")
    pace(1)
    page.get_by_role("button", name="Add a letter").click()
    still(page)
    page.get_by_role("button", name="Spell Gossamer").click()
    still(page)

    assert page.evaluate(LETTERS) == "GOSSAMER"
    assert page.evaluate("kept.every((node) => node.isConnected)")


def test_who_wants_no_motion_sees_none(page, open_app):
    page.emulate_media(reduced_motion="reduce")
    open_app("examples/animation/")
    page.get_by_role("button", name="Remove G").click()

    assert page.locator(".tray li").count() == 7
    page.get_by_role("button", name="Put it back").click()
    page.locator(".message").wait_for(state="detached")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_fits(page, open_app, width):
    page.set_viewport_size({"width": width, "height": 844})
    open_app("examples/animation/")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
