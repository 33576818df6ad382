"""The example contacts, used as a visitor uses it: in hash mode, and with paths and a fallback."""

import re

import pytest
from playwright.sync_api import expect

PATH = "examples/contacts/"


@pytest.fixture
def contacts(open_app, page):
    return lambda address="": open_app(PATH + address)


@pytest.fixture
def contacts_by_path(site, page, wait_ready):
    """The same app with paths below `/people`, on a server that answers each with one page."""
    html = site.read(PATH).decode()
    html = html.replace("<head>", f'<head><base href="/{PATH}">').replace(
        'src="app.py"', 'src="paths.py"'
    )
    program = site.read(f"{PATH}app.py").decode()
    site.put(f"{PATH}paths.py", program.replace('mode="hash"', 'base="/people"'))

    def open_(address: str, back_end: str):
        whole = html.replace("<html ", f'<html data-history="{back_end}" ')
        for below in ("", "contacts/1", "contacts/5"):
            site.put(f"people/{below}" if below else "people/index.html", whole)
        page.goto(site.url + "people/" + address)
        wait_ready(page)
        return page

    return open_


def heading(page):
    return page.locator(".sheet h2")


def test_a_card_has_an_address_of_its_own(contacts) -> None:
    """R27"""
    page = contacts("#/contacts/5")
    expect(heading(page)).to_have_text("Grace Hopper")
    expect(page).to_have_title("Grace Hopper · Contacts · Gossamer")

    page.get_by_role("link", name="Ada Lovelace").click()
    expect(heading(page)).to_have_text("Ada Lovelace")
    assert page.url.endswith("#/contacts/1")
    expect(page.locator("aside [aria-current=page]")).to_have_text(re.compile("Ada Lovelace"))
    page.go_back()
    expect(heading(page)).to_have_text("Grace Hopper")

    # R19, R23: the search stands in the address and keeps the card
    field = page.get_by_role("searchbox")

    field.press_sequentially("ada")
    expect(page.locator("aside li")).to_have_count(1)
    expect(field).to_be_focused()
    expect(field).to_have_value("ada")
    assert page.url.endswith("#/contacts/5?q=ada")
    page.get_by_role("link", name="Ada Lovelace").click()
    expect(heading(page)).to_have_text("Ada Lovelace")
    expect(page.locator("aside li")).to_have_count(1)
    assert page.url.endswith("#/contacts/1?q=ada")

    field.fill("nobody")
    expect(page.locator("aside")).to_contain_text("Nobody by that name.")


def test_a_star_and_a_page_that_is_fetched_late(contacts, site) -> None:
    page = contacts("#/contacts/2")
    assert f"{PATH}year.py" not in site.requests
    star = page.get_by_role("button", name="Favourite")
    expect(star).to_have_attribute("aria-pressed", "false")

    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(page.locator("form[aria-busy]")).to_have_count(0)
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(page.locator("aside .star").get_by_text("★")).to_have_count(3)

    page.get_by_role("link", name="The year").click()
    expect(heading(page)).to_have_text("The year")
    assert site.requests.count(f"{PATH}year.py") == 1
    expect(page.locator(".months section").first).to_contain_text("Betty Holberton")

    # R9
    page.evaluate("location.hash = '#/nothing/here'")
    expect(page.locator("#app")).to_contain_text("There is no such page.")
    page.get_by_role("link", name="All contacts").click()
    expect(page.locator(".sheet")).to_contain_text("Choose somebody")


def test_only_members_change_a_card(contacts) -> None:
    """F11, N7, N8"""
    page = contacts("#/contacts/5")
    page.get_by_role("link", name="Edit").click()
    expect(heading(page)).to_have_text("Log in")
    page.get_by_label("Name").fill("Bo")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_label("Mail")).to_have_value("grace@example.org")
    assert page.url.endswith("#/contacts/5/edit")

    page.get_by_label("Mail").fill("nobody")
    page.get_by_label("Born").fill("2999-01-01")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Mail")).to_be_focused()
    expect(page.locator(".field-error")).to_have_text(
        ["An address has an @ in it.", "That day is yet to come."]
    )
    page.get_by_role("link", name="Ada Lovelace").click()
    expect(page.get_by_role("alert")).to_contain_text("Leave without saving?")
    page.get_by_role("button", name="Stay").click()

    page.get_by_label("Mail").fill("hopper@example.org")
    page.get_by_label("Born").fill("1906-12-10")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("dd").first).to_have_text("hopper@example.org")
    expect(page.locator("dd").nth(1)).to_have_text("10 December 1906")

    page.get_by_role("link", name="New contact").click()
    page.get_by_label("Name").fill("Lynn Conway")
    page.get_by_role("button", name="Save").click()
    expect(heading(page)).to_have_text("Lynn Conway")
    expect(page.locator("aside li")).to_have_count(11)
    page.get_by_role("link", name="Edit").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("aside li")).to_have_count(10)


@pytest.mark.parametrize("back_end", ["navigation", "history"])
def test_paths_survive_a_reload_and_a_way_out_of_the_app(
    contacts_by_path, page, site, wait_ready, back_end
) -> None:
    """R16, R18"""
    contacts_by_path("contacts/5", back_end)
    expect(heading(page)).to_have_text("Grace Hopper")
    page.get_by_role("link", name="Ada Lovelace").click()
    expect(heading(page)).to_have_text("Ada Lovelace")
    assert page.evaluate("location.pathname") == "/people/contacts/1"
    page.set_viewport_size({"width": 900, "height": 400})
    page.evaluate("scrollTo(0, 300)")

    page.reload()
    wait_ready(page)
    expect(heading(page)).to_have_text("Ada Lovelace")
    page.wait_for_function("scrollY === 300", timeout=10_000)
    page.goto(site.put("elsewhere.html", "<!doctype html><title>Elsewhere</title>"))
    page.go_back()
    wait_ready(page)
    expect(heading(page)).to_have_text("Ada Lovelace")
    page.go_back()
    expect(heading(page)).to_have_text("Grace Hopper")
    assert page.evaluate("location.pathname") == "/people/contacts/5"
