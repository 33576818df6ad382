"""Errors name the component, the tag and the line of the user's file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from gossamer import Signal, component, mount, signal
from gossamer.errors import ViewError
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
