"""The example festival, used as a visitor uses it, on a server that knows no other addresses."""

import re

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def festival(open_app) -> Page:
    return open_app("examples/festival/")


def go_to(page: Page, window: str) -> None:
    page.get_by_role("link", name=window).click()
    expect(page.get_by_role("heading", name=window)).to_be_visible()


def test_signing_up_tells_what_is_wrong_and_shows_who_comes_at_once(festival: Page) -> None:
    """F7, F10, F11"""
    page = festival
    name, mail = page.get_by_label("Name", exact=True), page.get_by_label("Mail")
    button = page.get_by_role("button", name="Sign")
    names = page.get_by_role("region", name="Who comes").get_by_role("listitem")

    button.click()
    assert name.evaluate("(node) => node === document.activeElement && !node.validity.valid")
    name.fill("ada")
    mail.fill("ada@example.org")
    button.click()
    expect(names.last).to_have_class("waits")
    assert page.locator("form").get_attribute("aria-busy") == "true"
    message = page.get_by_text("Ada has signed up already.")
    expect(message).to_be_visible()
    expect(names).to_have_count(2)
    expect(name).to_be_focused()
    assert name.get_attribute("aria-describedby") == message.get_attribute("id")

    name.fill("bo")
    page.get_by_label("Born").fill("1990-05-17")
    page.get_by_label("Old hand").check()
    page.get_by_label("Box").check()
    page.get_by_label("Sled").check()
    page.get_by_label("Write to me").check()
    button.click()
    expect(names.last).to_have_text("Bo")
    expect(message).to_have_count(0)
    held = page.locator(".held dd")
    expect(held).to_have_text(
        [
            "'bo'",
            "'ada@example.org'",
            "<Level.OLD: 'old hand'>",
            "datetime.date(1990, 5, 17)",
            "['box', 'sled']",
            "True",
        ]
    )
    expect(name).to_have_value("")


def test_notes_are_on_their_way_side_by_side(festival: Page) -> None:
    page = festival
    go_to(page, "Guest book")
    notes = page.get_by_role("region", name="Notes").get_by_role("listitem")

    for text in ("Lovely wind", "Rain again"):
        page.get_by_label("Note", exact=True).fill(text)
        page.keyboard.press("Enter")
    expect(notes).to_have_text(["Lovely wind", "Rain again"])
    expect(page.locator("li.waits")).to_have_count(2)
    expect(page.get_by_label("Note", exact=True)).to_be_focused()
    expect(page.locator("li.fails")).to_have_text(re.compile("We do not speak of rain"))
    expect(page.locator("li.waits")).to_have_count(0)

    page.get_by_role("button", name="Again").click()
    expect(page.locator("li.fails")).to_have_count(2)


def test_files_and_buttons_and_a_search(festival: Page) -> None:
    """F1, F9"""
    page = festival
    go_to(page, "Pictures")
    page.get_by_label("Title", exact=True).fill("Dune")
    page.get_by_role("button", name="Develop").click()
    expect(page.get_by_text("Choose a file or two.")).to_be_visible()
    page.get_by_label("Files").set_input_files(
        [
            {"name": "a.txt", "mimeType": "text/plain", "buffer": b"hello there\nmore"},
            {"name": "kite.png", "mimeType": "image/png", "buffer": bytes(43_210)},
        ]
    )
    page.get_by_role("button", name="Develop").click()
    rows = page.locator("tbody tr")
    expect(rows.nth(0)).to_have_text(re.compile("Dune.*a.txt.*hello there.*16 bytes"))
    expect(rows.nth(1)).to_have_text(re.compile("kite.png.*43,210 bytes"))

    go_to(page, "Give a talk")
    page.get_by_label("Title", exact=True).fill("Knots")
    page.get_by_role("button", name="Send").click()
    assert page.get_by_label("About").evaluate("(node) => node === document.activeElement")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("status").get_by_text("Your draft is kept.")).to_be_visible()
    go_to(page, "Pictures")
    go_to(page, "Give a talk")
    expect(page.get_by_label("Title", exact=True)).to_have_value("Knots")
    page.get_by_label("About").fill("Too short")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Say it in three words at least.")).to_be_visible()
    page.get_by_label("About").fill("All about knots")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("region", name="Sent").get_by_role("listitem")).to_have_text("Knots")

    go_to(page, "Programme")
    page.get_by_label("Day").select_option("Sunday")
    page.get_by_role("button", name="Search").click()
    expect(rows).to_have_count(3)
    assert page.url.endswith("#/programme?q=&day=Sunday")
    page.reload()
    expect(rows).to_have_count(3)
    expect(page.get_by_label("Day")).to_have_value("Sunday")
    page.go_back()
    expect(rows).to_have_count(7)
    expect(page.get_by_label("Day")).to_have_value("")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_fits(page: Page, open_app, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    open_app("examples/festival/")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
