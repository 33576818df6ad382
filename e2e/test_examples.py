"""The examples, used as a visitor uses them."""

import json

import pytest

RECORDS = """async (act) => {
  const seen = [];
  const observer = new MutationObserver((list) => seen.push(...list.map((one) => one.type)));
  observer.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
  window.stopWatching = () => { seen.push(...observer.takeRecords().map((one) => one.type)); observer.disconnect(); return seen; };
}"""


def test_the_counter_changes_one_text_node(open_app):
    page = open_app("examples/counter/")

    for where in ("#template", "#builder"):
        app = page.locator(where)
        text = app.get_by_text("Value: 3!")
        node = text.element_handle()
        page.evaluate(RECORDS)
        app.get_by_role("button", name="+1").click()
        assert page.evaluate("stopWatching()") == ["characterData"]
        assert node.evaluate("(node) => node.isConnected && node.textContent") == "Value: 4!"
        app.get_by_role("button", name="-1").click()
        app.get_by_role("button", name="-1").click()
        assert node.inner_text() == "Value: 2!"
        app.get_by_role("button", name="Clear").click()
        assert node.inner_text() == "Value: 0!"


def test_counters_come_and_go_and_keep_their_nodes(open_app):
    page = open_app("examples/counters/")
    page.get_by_role("button", name="Add Counter", exact=True).click()
    page.get_by_role("button", name="Add Counter", exact=True).click()
    rows = page.locator("ul.rows li")
    assert rows.count() == 2

    second = rows.nth(1).element_handle()
    rows.nth(1).get_by_role("button", name="+1").click()
    rows.nth(1).get_by_role("spinbutton").fill("12")
    assert page.locator(".sum").inner_text() == "Total: 12 from 2 counters."

    rows.nth(0).get_by_role("button", name="Remove").click()
    assert rows.count() == 1
    assert (
        second.evaluate("(node) => node.isConnected && node.querySelector('input').value") == "12"
    )

    page.get_by_role("button", name="Add 1000 Counters").click()
    assert page.locator(".sum").inner_text() == "Total: 12 from 1001 counters."
    page.get_by_role("button", name="Clear Counters").click()
    assert rows.count() == 0


def test_todomvc(open_app, site):
    page = open_app("examples/todomvc/")
    new = page.locator(".new-todo")
    items = page.locator(".todo-list li")
    assert page.locator(".main").count() == 0
    assert page.locator(".footer").count() == 0
    assert new.evaluate("(node) => node === document.activeElement")

    for title in ("  buy milk  ", "walk", "   ", "sleep"):
        new.fill(title)
        new.press("Enter")
    assert items.locator("label").all_inner_texts() == ["buy milk", "walk", "sleep"]
    assert new.input_value() in ("", "   ")
    assert page.locator(".todo-count").inner_text() == "3 items left"
    assert page.locator(".clear-completed").count() == 0

    items.nth(0).locator(".toggle").check()
    assert "completed" in items.nth(0).get_attribute("class")
    assert page.locator(".todo-count").inner_text() == "2 items left"
    assert page.locator(".clear-completed").inner_text() == "Clear completed"

    page.locator(".filters").get_by_role("link", name="Active", exact=True).click()
    page.wait_for_function("() => document.querySelectorAll('.todo-list li').length === 2")
    assert page.locator(".filters .selected").inner_text() == "Active"
    page.locator(".filters").get_by_role("link", name="Completed", exact=True).click()
    page.wait_for_function("() => document.querySelectorAll('.todo-list li').length === 1")
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('.todo-list li').length === 2")
    page.locator(".filters").get_by_role("link", name="All", exact=True).click()
    page.wait_for_function("() => document.querySelectorAll('.todo-list li').length === 3")

    items.nth(1).locator("label").dblclick()
    field = items.nth(1).locator(".edit")
    assert "editing" in items.nth(1).get_attribute("class")
    assert field.evaluate("(node) => node === document.activeElement")
    assert field.input_value() == "walk"
    field.fill("  run ")
    field.press("Enter")
    assert items.nth(1).locator("label").inner_text() == "run"

    items.nth(1).locator("label").dblclick()
    field.fill("nothing")
    field.press("Escape")
    assert items.nth(1).locator("label").inner_text() == "run"

    items.nth(1).locator("label").dblclick()
    field.fill("swim")
    field.blur()
    assert items.nth(1).locator("label").inner_text() == "swim"

    items.nth(2).locator("label").dblclick()
    items.nth(2).locator(".edit").fill("  ")
    items.nth(2).locator(".edit").press("Enter")
    assert items.count() == 2
    assert page.locator(".todo-count").inner_text() == "1 item left"

    stored = json.loads(page.evaluate("localStorage.getItem('todos-gossamer')"))
    assert [(row["title"], row["completed"]) for row in stored] == [
        ("buy milk", True),
        ("swim", False),
    ]

    page.locator(".toggle-all").evaluate("(node) => node.click()")
    assert page.locator(".todo-count").inner_text() == "0 items left"
    items.nth(1).locator(".toggle").uncheck()
    assert not page.locator(".toggle-all").is_checked()
    page.locator(".clear-completed").click()
    assert items.locator("label").all_inner_texts() == ["swim"]
    items.nth(0).hover()
    items.nth(0).locator(".destroy").click()
    assert items.count() == 0
    assert page.locator(".footer").count() == 0


def test_a_package_works_in_the_page(open_app):
    page = open_app("examples/packages/")

    page.locator("#app svg, main svg").first.wait_for()


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_gallery_leads_to_the_examples(page, site, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(site.url)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("counter", "counters", "todomvc", "packages"):
        link = page.locator(f"a[href*='examples/{name}']").first
        assert page.request.get(link.evaluate("(node) => node.href")).status == 200


def test_home_lives(open_app):
    page = open_app("")
    number = page.locator("#live output")
    page.get_by_role("button", name="One more").click()

    assert number.inner_text() == "4"
