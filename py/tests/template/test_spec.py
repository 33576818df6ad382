"""The facts about HTML, SVG and MathML agree with each other."""

import pytest
from gossamer import elements
from gossamer.template import spec
from gossamer.view.element import Tag

SETS = {name: value for name, value in vars(spec).items() if isinstance(value, frozenset)}


@pytest.mark.parametrize("name", sorted(SETS.keys() - {"HTML_POINTS", "SVG_ROOTS"}))
def test_keys_are_lower_case_names(name: str) -> None:
    for key in SETS[name]:
        language, _, tag = key.rpartition(" ")
        assert language in ("", "svg", "math")
        assert tag.lower() == tag or (language, tag) == ("svg", "foreignObject")


@pytest.mark.parametrize("table", [spec.SVG_TAGS, spec.SVG_ATTRIBUTES, spec.MATH_ATTRIBUTES])
def test_cased_names_are_found_by_their_lower_case(table: dict[str, str]) -> None:
    assert all(key == name.lower() and key != name for key, name in table.items())


def test_what_holds_no_markup_is_of_one_kind() -> None:
    assert not spec.VOID & spec.RAW_TEXT
    assert not spec.VOID & spec.RCDATA
    assert not spec.RAW_TEXT & spec.RCDATA


def test_parts_of_tables_are_children_of_tables() -> None:
    children = frozenset().union(*spec.TABLE_CHILDREN.values())

    assert children >= spec.TABLE_PARTS
    assert spec.TABLE_CHILDREN["table"] >= spec.TABLE_SECTIONS
    assert spec.TABLE_CHILDREN.keys() == spec.NO_TEXT


def test_no_tag_decides_for_two_languages() -> None:
    names = [value.name for value in vars(elements).values() if type(value) is Tag]
    html = frozenset(names[: names.index("wbr") + 1])

    assert not spec.SVG_ROOTS & spec.MATH_ROOTS
    assert not spec.SVG_ROOTS & html
    assert not spec.MATH_ROOTS & html
    assert set(names[names.index("wbr") + 1 :]) <= {
        spec.SVG_TAGS.get(name, name) for name in spec.SVG_ROOTS
    }


def test_scopes_widen() -> None:
    assert spec.SCOPE < spec.BUTTON_SCOPE
    assert spec.ITEM_STOPS < spec.SPECIAL
    assert spec.HEADINGS <= spec.CLOSES_P
