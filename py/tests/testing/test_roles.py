"""Roles and names: a table that e2e/test_testing.py asks Chromium about as well."""

import json
from pathlib import Path

import pytest
from gossamer.testing.names import name_of
from gossamer.testing.nodes import Element, parse
from gossamer.testing.roles import elements_in, is_disabled, is_exposed, is_visible, role_of

CASES = json.loads((Path(__file__).parents[1] / "data" / "roles.json").read_text("utf-8"))


def the_element(markup: str) -> Element:
    [found] = [e for e in elements_in(parse(markup)) if e.attributes.get("data-testid") == "x"]
    return found


@pytest.mark.parametrize(("markup", "role", "name"), CASES, ids=lambda text: text)
def test_an_element_has_the_role_and_the_name_that_a_browser_gives_it(
    markup: str, role: str, name: str
) -> None:
    element = the_element(markup)

    assert (role_of(element), name_of(element)) == (role, name)


@pytest.mark.parametrize(
    "markup",
    [
        '<section data-testid="x"></section>',
        '<form data-testid="x"></form>',
        '<article><header data-testid="x"></header></article>',
        '<a data-testid="x">No link</a>',
        '<div data-testid="x"></div>',
        '<input type="hidden" data-testid="x">',
    ],
)
def test_an_element_without_meaning_has_no_role(markup: str) -> None:
    assert role_of(the_element(markup)) == ""


@pytest.mark.parametrize(
    "markup",
    [
        '<p data-testid="x" hidden></p>',
        '<div hidden><p data-testid="x"></p></div>',
        '<p data-testid="x" style="color: red; Display: none"></p>',
        '<p style="visibility:hidden"><b data-testid="x"></b></p>',
        '<dialog><p data-testid="x"></p></dialog>',
        '<details><summary>a</summary><p data-testid="x"></p></details>',
        '<details><summary>a</summary><summary data-testid="x">b</summary></details>',
        '<template><p data-testid="x"></p></template>',
        '<input data-testid="x" type="hidden">',
    ],
)
def test_what_is_hidden_is_not_visible(markup: str) -> None:
    assert not is_visible(the_element(markup))


@pytest.mark.parametrize(
    "markup",
    [
        '<p data-testid="x"></p>',
        '<dialog open><p data-testid="x"></p></dialog>',
        '<details><summary data-testid="x">a</summary></details>',
        '<details open><p data-testid="x"></p></details>',
        '<p data-testid="x" aria-hidden="true"></p>',
    ],
)
def test_what_is_shown_is_visible(markup: str) -> None:
    assert is_visible(the_element(markup))


@pytest.mark.parametrize("attribute", ['aria-hidden="true"', "inert", "hidden"])
def test_what_is_kept_from_assistive_technology_is_not_exposed(attribute: str) -> None:
    assert not is_exposed(the_element(f'<div {attribute}><p data-testid="x"></p></div>'))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<button data-testid="x" disabled></button>', True),
        ('<fieldset disabled><p><input data-testid="x"></p></fieldset>', True),
        ('<fieldset disabled><legend><input data-testid="x"></legend></fieldset>', False),
        (
            '<fieldset disabled><legend></legend><legend><input data-testid="x"></legend></fieldset>',
            True,
        ),
        ('<fieldset><input data-testid="x"></fieldset>', False),
        ('<div disabled><a data-testid="x" disabled></a></div>', False),
    ],
)
def test_a_control_is_disabled_by_itself_or_by_its_fieldset(markup: str, expected: bool) -> None:
    assert is_disabled(the_element(markup)) is expected


def test_elements_that_name_each_other_end() -> None:
    markup = '<b id="a" aria-labelledby="b" data-testid="x"></b><button id="b" aria-labelledby="a">B</button>'

    assert name_of(the_element(markup)) == "B"
