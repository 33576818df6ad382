"""Errors name the component, the tag and the line of the user's file."""

import re
from collections.abc import Callable
from pathlib import Path
from string.templatelib import Interpolation, Template
from typing import Any

import pytest
from gossamer import Signal, component, mount, signal
from gossamer.errors import ViewError
from gossamer.template.shapes import MOST_TWINS, shape_of
from gossamer.testing.page import FakePage

type Show = Callable[[object], FakePage]


def line_of(text: str) -> int:
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_an_error_of_building_names_the_hole_and_the_line(page: FakePage) -> None:
    with pytest.raises(ViewError) as caught:
        mount(
            t"""<div>
              <p title={ {} }>first marker</p>
            </div>"""
        )

    note = caught.value.__notes__[0]
    assert note.startswith("At: <p title={…}> (")
    assert f"{__file__}, line {line_of('first marker')}, column" in note


def test_an_error_of_an_update_names_the_hole_and_the_component(show: Show) -> None:
    value, set_value = signal(1)
    kinds: Signal[object] = Signal("a")

    @component
    def Card() -> object:
        return t"<p>{(lambda: 1 / value())}</p><b class={kinds}>second marker</b>"

    page = show(Card())
    set_value(0)
    kinds.set(object())

    first, second = page.reports
    line = line_of("second marker")
    assert "ZeroDivisionError: division by zero" in first
    assert "At: {…} in <p>" in first
    assert f"line {line}" in first
    assert "In: Card" in first
    assert "At: <b class={…}>" in second


MODULE = """
from gossamer import component

@component
def Card(value):
    return t"<b title={value}>{value}</b>"
"""
TWICE = """
from gossamer import component

@component
def Card(value):
    return t"<i>{value}</i>"

@component
def Other(value):
    return t"<i>{value}</i>"
"""


def load(name: str, source: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": name.removesuffix(".py")}
    exec(compile(source, name, "exec"), names)
    return names


def fail() -> object:
    raise ValueError("oh")


def test_the_same_markup_in_two_files_has_two_places(show: Show) -> None:
    """One of them is parsed; an error names the file of its own."""
    first = load("first.py", MODULE)
    second = load("second.py", "\n\n" + MODULE)
    choice = Signal(0)
    cards = [first["Card"](fail), second["Card"](fail)]

    page = show([*cards, lambda: cards[choice()]])
    choice.set(1)

    files = re.findall(r"\((\w+\.py), line (\d+)", "\n".join(page.reports))
    own = [("first.py", "6")] * 2 + [("second.py", "8")] * 2  # its hole and its attribute
    assert files == own + own


def test_the_same_markup_in_two_files_is_parsed_and_sent_once(show: Show) -> None:
    first = load("third.py", MODULE.replace("<b", "<b id=parsed"))
    second = load("fourth.py", MODULE.replace("<b", "<b id=parsed"))
    page = show([first["Card"]("a"), second["Card"]("b")])
    known = len(page._prototypes)
    shapes = [
        shape_of(names["Card"].function("x").strings) for names in (first, second, first, second)
    ]

    assert shapes[0] is shapes[2]
    assert shapes[1] is shapes[3]
    assert shapes[0] is not shapes[1]
    assert shapes[0].kin is shapes[1].kin
    show([second["Card"]("c")])
    assert len(page._prototypes) == known


def test_children_of_a_component_have_the_place_of_their_own_file(show: Show) -> None:
    source = """
from gossamer import Show
view = lambda value: t"<{Show} when={True}><u>{value}</u></{Show}>"
"""
    files = [load(name, source) for name in ("fifth.py", "sixth.py", "seventh.py")]

    page = show([names["view"](fail) for names in files])

    assert re.findall(r"\((\w+\.py), line 3", "\n".join(page.reports)) == [
        "fifth.py",
        "sixth.py",
        "seventh.py",
    ]


def test_the_same_markup_twice_in_a_file_names_both_places(show: Show) -> None:
    """The code of a file holds equal strings once: nothing tells which of the two it was."""
    value = Signal(1)
    names = load("twice.py", TWICE)
    page = show(names["Other"](lambda: 1 / value()))
    value.set(0)

    assert "(twice.py, line 6, column 17, or twice.py, line 10, column 17)" in page.reports[0]


def test_templates_that_a_program_makes_forever_share_a_shape(show: Show) -> None:
    def made(number: int) -> Template:
        return Template("<s>", Interpolation(number, "number"), "</s>")

    shapes = {id(shape_of(made(number).strings)) for number in range(100)}
    number = Signal(0)
    page = show(lambda: made(number()))
    before = page.elements()
    number.set(1)

    assert len(shapes) == MOST_TWINS + 1
    assert page.elements() == before
    assert page.body.inner_html() == "<s>1</s>"
