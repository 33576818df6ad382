"""view(): a template is checked where it is written."""

from string.templatelib import Template
from typing import Annotated, get_args, get_type_hints

import pytest
from gossamer import Html, view
from gossamer.errors import NestingError, ViewError


@pytest.mark.parametrize(
    ("value", "kind", "fix"),
    [
        ("<p></p>", "str", 'write t"…" instead of f"…"'),
        (None, "NoneType", 'write view(t"…").'),
        (["<p></p>"], "list", 'write view(t"…").'),
        (Template, "type", 'write view(t"…").'),
    ],
    ids=["str", "None", "list", "type"],
)
def test_only_a_t_string_is_a_template(value: object, kind: str, fix: str) -> None:
    with pytest.raises(ViewError) as caught:
        view(value)  # type: ignore[arg-type] # wrong on purpose

    assert caught.value.what == f"view() got {kind} instead of a t-string."
    assert caught.value.fix == fix


def test_a_mistake_comes_up_in_the_line_that_makes_it() -> None:
    with pytest.raises(NestingError) as caught:
        view(t"<p><div></div></p>")

    assert caught.value.place is not None
    assert caught.value.place[0] == __file__
    traceback = caught.tb
    while traceback.tb_frame.f_code.co_filename != __file__ and traceback.tb_next:
        traceback = traceback.tb_next
    assert caught.value.place[1] == traceback.tb_lineno


def test_a_template_is_given_back_as_it_is() -> None:
    template = t"<p>{1}</p>"

    assert view(template) is template


def test_editors_see_what_the_text_is() -> None:
    hints = get_type_hints(view, include_extras=True)

    assert hints["template"] == Annotated[Template, "tdom"] == Html.__value__
    assert get_args(hints["template"]) == (Template, "tdom")
