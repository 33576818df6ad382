"""The page of `gossamer.testing` is like Chromium: the same test, in both, sees the same."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from gossamer.testing import Screen
from gossamer.testing.nodes import Element, parse

ROLES = json.loads(
    (Path(__file__).parents[1] / "py" / "tests" / "data" / "roles.json").read_text("utf-8")
)
WORDS = """
  pointerover pointerenter pointerout pointerleave pointermove pointerdown pointerup mouseover
  mouseenter mouseout mouseleave mousemove mousedown mouseup click dblclick focus blur focusin
  focusout keydown keypress keyup beforeinput input change submit reset invalid toggle cancel close
"""
TYPES = WORDS.split()
MARKUP = """<div data-testid="box"><form data-testid="form">
<label>Name <input data-testid="name"></label> <input data-testid="other">
<input type="checkbox" data-testid="check" id="c"><label data-testid="label" for="c">Agree</label>
<input type="radio" name="r" data-testid="one" value="1"><input type="radio" name="r" data-testid="two" value="2">
<select data-testid="select"><option value="a">A</option><option value="b">B</option></select>
<textarea data-testid="area"></textarea>
<button data-testid="send">Send</button><button type="reset" data-testid="reset">Reset</button></form>
<button data-testid="plain">Plain</button><a data-testid="link" href="#there">Link</a>
<details data-testid="details"><summary data-testid="summary">More</summary><p>x</p></details>
<form><input data-testid="required" required><button data-testid="ask">Ask</button></form></div>"""
LISTEN = """(types) => {
  window.told = [];
  for (const type of types) {
    document.body.addEventListener(type, (event) => {
      const id = event.target.dataset.testid;
      const other = event.relatedTarget?.dataset?.testid;
      const words = [type, id, event.key, event.inputType, other];
      if (id) told.push(words.filter(Boolean).join(' '));
      if (type === 'submit') event.preventDefault();
    }, true);
  }
}"""

DEEDS = {
    "click a button": lambda page, at: at("plain").click(),
    "click a field": lambda page, at: at("name").click(),
    "click a label": lambda page, at: at("label").click(),
    "click twice": lambda page, at: at("plain").dblclick(),
    "hover from one to the next": lambda page, at: (at("plain").hover(), at("name").hover()),
    "fill": lambda page, at: at("name").fill("Ada"),
    "fill and clear": lambda page, at: (at("name").fill("Ada"), at("name").clear()),
    "type": lambda page, at: at("name").press_sequentially("Ab"),
    "fill and leave": lambda page, at: (at("name").fill("A"), page.keyboard.press("Tab")),
    "fill and click elsewhere": lambda page, at: (at("name").fill("A"), at("other").click()),
    "enter in a field": lambda page, at: (at("name").fill("A"), page.keyboard.press("Enter")),
    "enter in an area": lambda page, at: at("area").press("Enter"),
    "enter on a box": lambda page, at: at("check").press("Enter"),
    "enter on a button": lambda page, at: at("plain").press("Enter"),
    "enter on a link": lambda page, at: at("link").press("Enter"),
    "space on a button": lambda page, at: at("plain").press("Space"),
    "space on a box": lambda page, at: at("check").press("Space"),
    "backspace": lambda page, at: (at("name").fill("Ab"), page.keyboard.press("Backspace")),
    "replace all": lambda page, at: (
        at("name").fill("Ab"),
        at("name").press("Control+a"),
        page.keyboard.press("x"),
    ),
    "check": lambda page, at: (at("check").check(), at("check").check(), at("check").uncheck()),
    "choose a radio": lambda page, at: (at("one").check(), at("two").check(), at("two").click()),
    "go through radios": lambda page, at: (at("one").check(), page.keyboard.press("ArrowDown")),
    "select": lambda page, at: at("select").select_option("b"),
    "select by label": lambda page, at: at("select").select_option(label="B"),
    "go through options": lambda page, at: (at("select").focus(), page.keyboard.press("ArrowDown")),
    "send": lambda page, at: at("send").click(),
    "reset": lambda page, at: at("reset").click(),
    "send what is invalid": lambda page, at: at("ask").click(),
    "enter what is invalid": lambda page, at: at("required").press("Enter"),
    "unfold": lambda page, at: at("summary").click(),
    "tab through all": lambda page, at: [page.keyboard.press("Tab") for _ in range(14)],
    "tab back": lambda page, at: (at("other").focus(), page.keyboard.press("Shift+Tab")),
    "tab back to radios": lambda page, at: (at("select").focus(), page.keyboard.press("Shift+Tab")),
    "tab past the radio that is on": lambda page, at: (
        at("two").check(),
        page.keyboard.press("Shift+Tab"),
    ),
    "focus and blur": lambda page, at: (at("name").focus(), at("name").blur()),
}


def told_by_screen(deed) -> tuple[list[str], list[str]]:
    with Screen() as screen:
        for child in list(parse(MARKUP).children):
            screen.page.body.insert(child, None)
        told: list[str] = []
        fire = screen.page.fire

        def listen(target: Element, name: str, **properties):
            other = properties.get("relatedTarget")
            known = [target.attributes.get("data-testid"), properties.get("key")]
            known += [properties.get("inputType"), other and other.attributes.get("data-testid")]
            if known[0] and name in TYPES:
                told.append(" ".join(word for word in (name, *known) if word))
            event = fire(target, name, **properties)
            if name == "submit":
                event.preventDefault()
            return event

        screen.page.fire = listen
        deed(screen, screen.get_by_test_id)
        return told, values_in(screen)


def values_in(page) -> list[str]:
    fields = [
        page.get_by_test_id(name).input_value() for name in ("name", "other", "select", "area")
    ]
    return fields + [
        str(page.get_by_test_id(name).is_checked()) for name in ("check", "one", "two")
    ]


@pytest.fixture(scope="module")
def plain(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_sends_the_events_that_chromium_sends(plain, name):
    plain.goto("about:blank")
    plain.goto("data:text/html," + quote(f"<!doctype html>{MARKUP}"))
    plain.mouse.move(700, 500)
    plain.evaluate(LISTEN, TYPES)

    DEEDS[name](plain, plain.get_by_test_id)
    plain.evaluate("new Promise((done) => setTimeout(() => requestAnimationFrame(done)))")
    expected = plain.evaluate("told")

    assert told_by_screen(DEEDS[name]) == (expected, values_in(plain))


def test_an_element_has_the_role_and_name_that_playwright_knows(plain):
    wrong = []
    for markup, role, name in ROLES:
        plain.set_content(markup)
        words = {"name": name, "exact": True} if name else {}
        found = plain.get_by_role(role, **words).all()
        if "x" not in [element.get_attribute("data-testid") for element in found]:
            wrong.append((markup, role, name, plain.locator("body").aria_snapshot()))

    assert wrong == []
