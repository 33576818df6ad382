"""The web component, the live table, the explorer and the errors, used as a visitor uses them."""

import re

import pytest

NAMES = ("web-component", "table", "explorer", "errors")


@pytest.mark.parametrize("name", NAMES)
def test_it_fits_every_screen_and_the_gallery_leads_to_it(open_app, page, site, name):
    open_app(f"examples/{name}/")

    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    page.goto(site.url)
    page.locator(f"a[href='examples/{name}/']").click()
    assert page.url == f"{site.url}examples/{name}/"


def test_a_plain_page_uses_the_web_components(open_app):
    page = open_app("examples/web-component/")
    rye = page.locator("x-stepper[name=rye]")
    total = page.locator("#total")
    assert page.evaluate("[...document.querySelectorAll('x-stepper')].map((n) => n.value)") == [
        2, 1, 0,
    ]  # fmt: skip

    rye.get_by_role("button", name="More").click()
    assert total.inner_text() == "16.10"
    rye.get_by_role("button", name="More").press("ArrowDown")
    page.locator("x-stepper[name=plait]").get_by_role("button", name="More").click()
    assert total.inner_text() == "21.50"

    page.get_by_role("button", name="Order", exact=True).click()
    assert page.locator("#sent").inner_text() == "rye=2&wheat=1&plait=12"
    page.get_by_role("button", name="What the form sends").click()
    assert page.locator("#sent").is_hidden()

    line = page.locator("#rye-week polyline")  # of numbers so large that chance changes them
    before = line.get_attribute("points")
    page.get_by_role("button", name="A busy week").click()
    assert line.get_attribute("points") != before
    page.locator("#rye-week circle").nth(2).hover()
    assert re.fullmatch(r"\d+ on day 3", page.locator("#rye-week").get_attribute("title"))

    rye.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Start again").click()
    page.wait_for_function("() => document.querySelector('#total').textContent === '11.90'")


def test_the_plain_page_is_readable_before_python_is_there(page, site):
    site.faults["gossamer/gossamer.js"] = "hang"
    page.goto(f"{site.url}examples/web-component/", wait_until="commit")
    page.wait_for_function("() => document.querySelector('x-note')")

    assert page.locator("x-stepper").all_inner_texts() == ["2", "1", "0"]


def test_the_web_components_need_no_leave_from_a_strict_policy(open_app, site):
    site.headers["Content-Security-Policy"] = (
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
    )
    page = open_app("examples/web-component/")

    border = (
        "getComputedStyle(document.querySelector('x-stepper').shadowRoot.firstChild).borderRadius"
    )
    assert page.evaluate(border) == "99px"


def read_rows(page) -> list[str]:
    return page.locator(".sight [role=rowheader]").all_inner_texts()


def test_the_table_shows_what_is_in_sight_and_no_more(open_app):
    page = open_app("examples/table/")
    sheet = page.locator(".sheet")
    assert page.locator("#found").inner_text() == "10,000"
    assert len(read_rows(page)) < 40

    sheet.evaluate("(node) => { node.scrollTop = 200000; }")
    page.wait_for_function(
        "() => document.querySelector('.row[aria-rowindex=\"4550\"]')?.getBoundingClientRect().top"
        " < document.querySelector('.sheet').getBoundingClientRect().bottom"
    )
    assert len(read_rows(page)) < 40
    sheet.evaluate("(node) => { node.scrollTop = 1e9; }")
    page.wait_for_function("() => document.querySelector('.row[aria-rowindex=\"10001\"]')")

    page.get_by_role("searchbox", name="Find").fill("aral 99")
    page.wait_for_function("() => document.querySelector('#found').textContent.length < 4")
    assert all("Aral" in name and "99" in name for name in read_rows(page))
    page.get_by_role("searchbox", name="Find").fill("nowhere")
    page.wait_for_function("() => !document.querySelector('.sight .row')")


def test_the_table_is_live_sorted_and_chosen_from(open_app):
    page = open_app("examples/table/")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.sight .number')].some((n) => n.matches('.up, .down'))"
    )
    page.get_by_role("button", name="Pause").click()

    page.get_by_role("button", name="Buoy").click()
    assert read_rows(page)[0].startswith("Weddell")
    page.get_by_role("button", name="Water").click()
    warmths = page.locator(".sight .row > :nth-child(3)").all_inner_texts()
    values = [float(text.split()[0]) for text in warmths]
    assert values == sorted(values)
    page.get_by_role("button", name="Water").click()
    assert page.get_by_role("columnheader", name="Water").get_attribute("aria-sort") == "descending"

    first = page.locator(".sight .row").first
    warmth = first.locator(".number").first.inner_text().split()[0]
    first.get_by_role("checkbox").check()
    assert page.locator(".chosen-ones").inner_text().startswith(f"1 chosen, {warmth} °C")
    assert "chosen" in first.get_attribute("class")
    page.get_by_role("button", name="Choose none").click()
    assert not first.get_by_role("checkbox").is_checked()


def test_the_table_writes_only_texts_while_it_lives(open_app):
    page = open_app("examples/table/")
    kinds = page.evaluate(
        """async () => {
          const seen = new Set();
          const observer = new MutationObserver((list) => list.forEach(({ type, attributeName }) =>
            seen.add(attributeName ?? type)));
          observer.observe(document.querySelector('.sight'),
            { subtree: true, childList: true, attributes: true, characterData: true });
          await new Promise((resolve) => setTimeout(resolve, 3000));
          return [...seen].sort();
        }"""
    )

    assert kinds == ["characterData", "class"]
    assert 0 < float(page.locator("#cost").inner_text().split()[0]) < 100


def type_into(page, cell: str, text: str) -> None:
    page.locator(f"#{cell}").focus()  # where a formula takes the place of its value
    page.locator(f"#{cell}").fill(text)


def test_the_explorer_carries_errors_along(open_app):
    page = open_app("examples/explorer/")

    def value(cell: str) -> str:
        return page.locator(f"#{cell}").input_value()

    assert (value("A2"), value("B2"), value("D9")) == ("0.400±0.004", "12.72±0.15", "9.81±0.07")
    type_into(page, "E1", "=D2 - D2")
    type_into(page, "E2", "=2 ± 1")
    page.locator("#E3").focus()
    assert (value("E1"), value("E2")) == ("0", "not a formula")

    page.locator("#B3").focus()
    assert value("B3") == "14.85 ± 0.15"
    type_into(page, "B3", "15.4 ± 0.1")
    assert value("C3") == "2.372±0.031"
    assert page.locator("#cost").inner_text() == "The last edit computed 5 of 50 cells."
    page.keyboard.press("Escape")
    assert value("B3") == "14.85±0.15"
    page.locator("#B3").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "B4"


def test_the_explorer_says_what_is_wrong_and_recovers(open_app):
    page = open_app("examples/explorer/")

    said = {}
    for text in (
        "=E3 + 1",
        "=1/0",
        "=A1 * 2",
        "=Q7",
        "=sqrt(",
        "=__import__('os')",
        "=wmean(E9:E9)",
    ):
        type_into(page, "E3", text)
        page.locator("#E10").focus()
        said[text] = page.locator("#E3").input_value()
    assert said == {
        "=E3 + 1": "needs itself",
        "=1/0": "divides by zero",
        "=A1 * 2": "A1 is no number",
        "=Q7": "there is no Q7",
        "=sqrt(": "not a formula",
        "=__import__('os')": "not a formula",
        "=wmean(E9:E9)": "nothing to wmean",
    }
    type_into(page, "E4", "=E5")
    type_into(page, "E5", "=E4")
    page.locator("#E10").focus()
    assert page.locator("#E4").input_value() == "needs itself"
    type_into(page, "E5", "3")
    page.locator("#E10").focus()
    assert page.locator("#E4").input_value() == "3"


def test_the_explorer_draws_a_line(open_app):
    page = open_app("examples/explorer/")
    assert page.locator("#line").inner_text() == "slope 4.02±0.08, start 0.01±0.06"
    assert page.locator(".chart circle").count() == 6

    type_into(page, "A4", "")
    assert page.locator(".chart circle").count() == 5
    page.get_by_label("Up").select_option("E")
    assert page.locator("#line").inner_text() == "no line fits"
    assert page.locator(".chart circle").count() == 0


def test_errors_stay_in_their_cards(open_app, expected_errors):
    expected_errors.append("RuntimeError: nobody has a boundary")
    page = open_app("examples/errors/")
    cards = {
        name: page.get_by_role("region", name=name, exact=True)
        for name in ("A render", "An effect", "A handler", "A task")
    }

    cards["A render"].get_by_role("slider").fill("0")
    for _ in range(3):
        cards["An effect"].get_by_role("button", name="Heat").click()
    cards["A handler"].get_by_role("textbox").fill("four")
    cards["A handler"].get_by_role("button", name="Add").click()
    for _ in range(2):
        cards["A task"].get_by_role("button", name="Fetch a letter").click()
    cards["A task"].get_by_role("alert").wait_for()
    assert [card.get_by_role("alert").locator("b").inner_text() for card in cards.values()] == [
        "ZeroDivisionError", "OverflowError", "ValueError", "ConnectionError",
    ]  # fmt: skip

    cards["An effect"].get_by_role("button", name="Begin anew").click()
    assert cards["An effect"].locator(".result").inner_text() == "40 °C"
    assert cards["A handler"].get_by_role("alert").count() == 1
    page.get_by_role("button", name="Let one stray").click()
    log = page.locator(".log li")
    assert log.first.inner_text() == "6 A stray error went to the console"
    page.wait_for_function("() => Number(document.querySelector('.log b').textContent) > 1")
