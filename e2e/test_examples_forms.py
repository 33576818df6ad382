"""The example forms, used as a visitor uses it."""

import json

import pytest


def held(page, label: str) -> str:
    entry = page.locator(".entry").filter(has=page.locator(".name").get_by_text(label, exact=True))
    return entry.locator("code").inner_text()


@pytest.fixture
def page_of_forms(open_app):
    return open_app("examples/forms/")


def test_every_control_writes_what_it_holds(page_of_forms):
    page = page_of_forms

    page.get_by_label("Name", exact=True).fill("Bo")
    page.get_by_label("Wishes").fill("One\ntwo")
    page.get_by_role("textbox", name="Motto").fill("Up <high>")
    page.get_by_label("Guests").fill("2.5")
    page.get_by_label("Height").fill("60")
    page.get_by_label("Day", exact=True).fill("2028-02-29")
    page.get_by_label("Hour").fill("23:45")
    page.get_by_label("Back").fill("2028-03-01T00:15")
    page.get_by_label("Month").fill("2028-02")
    page.get_by_label("Week").fill("2028-W09")
    page.get_by_label("We fly in any weather").uncheck()
    page.get_by_label("Tea").check()
    page.get_by_label("Small").check()
    page.get_by_label("Place").select_option("beach")
    page.get_by_label("Kites").select_option(["box", "sled"])
    page.get_by_label("Colour").fill("#00ff00")
    page.get_by_label("Files").set_input_files(
        {"name": "map.txt", "mimeType": "text/plain", "buffer": b"abc"}
    )
    page.locator("summary").click()

    expected = {
        "Name": "'Bo'",
        "Wishes": r"'One\ntwo'",
        "Motto": "'Up <high>'",
        "Guests": "2.5",
        "Height": "60",
        "Day": "date(2028, 2, 29)",
        "Hour": "time(23, 45)",
        "Back": "datetime(2028, 3, 1, 0, 15)",
        "Month": "'2028-02'",
        "Week": "'2028-W09'",
        "Agreed": "False",
        "Extras": "{'tea', 'tent'}",
        "Size": "'S'",
        "Place": "'beach'",
        "Kites": "['box', 'sled']",
        "Colour": "'#00ff00'",
        "Files": "['map.txt, 3 bytes']",
        "Details": "True",
    }
    page.wait_for_function("() => document.querySelector('summary').innerText === 'Less'")
    assert {label: held(page, label) for label in expected} == expected


def test_a_field_formats_while_it_is_typed_in(page_of_forms):
    page = page_of_forms
    field = page.get_by_label("Telephone")

    field.fill("")
    field.press_sequentially("0171x555")
    assert field.input_value() == "0171 555"
    field.evaluate("(node) => node.setSelectionRange(2, 2)")
    page.keyboard.type("9-")

    assert field.input_value() == "0197 155 5"
    assert field.evaluate("(node) => node.selectionStart") == 3
    assert held(page, "Telephone") == "'0197 155 5'"


def test_python_changes_every_control_and_a_reset_brings_all_back(page_of_forms):
    page = page_of_forms
    read = """[...document.querySelectorAll('.control :is(input, select, textarea)')].map(
      (n) => (n.matches('[type=checkbox], [type=radio]') ? n.checked : n.value))"""
    values = page.locator(".held code")
    before = page.evaluate(read), values.all_inner_texts()

    page.get_by_role("button", name="Change all from Python").click()
    changed = page.evaluate(read), values.all_inner_texts()
    assert held(page, "Day") == "date(2027, 10, 1)"
    assert page.get_by_label("Day", exact=True).input_value() == "2027-10-01"
    assert page.get_by_role("textbox", name="Motto").inner_text() == "Light as <silk>"
    differing = sum(one != other for one, other in zip(before[1], changed[1], strict=True))
    assert differing == len(before[1]) - 1  # all but the files

    page.get_by_role("button", name="Reset").click()
    page.wait_for_function(
        "() => document.querySelector('#name').value === 'Ada'"
        " && document.querySelector('.held code').innerText === \"'Ada'\""
    )
    after = page.evaluate(read), values.all_inner_texts()
    kept = {"Details"}  # whether they are open is nothing that one fills in
    names = page.locator(".name").all_inner_texts()
    for name, one, other in zip(names, before[1], after[1], strict=True):
        assert (one == other) is (name not in kept), name
    assert after[0] == before[0]


def test_sending_shows_all_of_it_in_a_dialog(page_of_forms):
    page = page_of_forms
    page.get_by_label("Name", exact=True).fill("Bo")
    page.get_by_role("button", name="Send").click()
    dialog = page.get_by_role("dialog")

    assert json.loads(dialog.locator("pre").inner_text())["name"] == "Bo"
    assert dialog.evaluate("(node) => node.matches(':modal')")

    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    page.get_by_role("button", name="Send").click()
    dialog.get_by_role("button", name="Close").click()
    dialog.wait_for(state="hidden")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_fits(page, open_app, width):
    page.set_viewport_size({"width": width, "height": 844})
    open_app("examples/forms/")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
