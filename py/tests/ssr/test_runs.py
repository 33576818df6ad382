"""Rows that are written together: the same text as one by one."""

from collections.abc import Callable

import pytest
from gossamer import For, Signal, component
from gossamer.errors import ViewError
from gossamer.ssr import render_to_string
from gossamer.ssr.program import programs_of
from gossamer.ssr.runs import form_of
from gossamer.template.shapes import shape_of


class Loud(str):
    __slots__ = ()


class Money(float):
    __slots__ = ()


@component
def Name(text: object) -> object:
    return t"<b>{text}</b>"


VALUES: dict[str, list[object]] = {
    "numbers": [1, 2.5, -3, 10**30, float("inf"), 0],
    "texts": ["a", "b", "", " ", "c"],
    "hostile": [
        "<b>",
        "&amp;",
        "\"'",
        "a\r\nb",
        "\0",
        "\ud800",
        "%s %d %%",
        "</td>",
        "javascript:x",
    ],
    "mixed": ["a", 1, "<", 2.5, "%s"],
    "odd": [
        "a",
        None,
        1,
        True,
        False,
        "b",
        ["c", 1],
        t"<i>{1}</i>",
        Name("n"),
        Loud("<"),
        Money(2),
    ],
    "mostly": [*range(20), None, *range(20), Name("n"), "<", *range(20), Signal("live")],
    "live": [Signal("a"), lambda: "<b>", "c", Signal(1), "d", "e"],
}
PLACES: dict[str, Callable[[object], object]] = {
    "child": lambda value: t"<td>{value}</td>",
    "percent": lambda value: t"<td title='100%'>5 % of %s: {value} %</td>",
    "two": lambda value: t"<td>{value}{value}</td>{value}",
    "component": lambda value: t"<td><{Name} text={value} /></td>",
    "nothing": lambda value: t"<td>1</td>",
}
ATTRIBUTES: dict[str, Callable[[object], object]] = {
    "attribute": lambda value: t"<td title={value}>x</td>",
    "part": lambda value: t"<td title='a {value} \"b\" {value}'>x</td>",
    "address": lambda value: t"<a href={value}>x</a>",
    "path": lambda value: t"<a href='/items/{value}?%20'>x</a>",
    "scheme": lambda value: t"<a href='https://{value}.example'>x</a>",
    "whole": lambda value: t"<a href='{value}:{value}'>x</a>",
    "images": lambda value: t"<img srcset='/a.png {value}'>",
    "class": lambda value: t"<td class={value}>x</td>",
    "flag": lambda value: t"<td class:on={value} title={value}>x</td>",
    "event": lambda value: t"<td on:click={print}>{1}</td>",
}
TEXTS = {name: VALUES[name] for name in ("numbers", "texts", "hostile", "mixed", "live")}
CASES = [
    *((place, value) for place in PLACES for value in VALUES),
    *((place, value) for place in ATTRIBUTES for value in TEXTS),
]


@pytest.mark.parametrize(("place", "name"), CASES, ids="-".join)
def test_rows_are_what_they_are_one_by_one(place: str, name: str) -> None:
    row = (PLACES | ATTRIBUTES)[place]
    values = VALUES[name]

    alone = "".join(render_to_string(row(value)) for value in values)

    assert render_to_string([row(value) for value in values]) == alone
    assert render_to_string(For(values, children=row)) == alone


@pytest.mark.parametrize("place", [*PLACES, *ATTRIBUTES])
def test_what_only_writes_values_is_written_as_columns(place: str) -> None:
    view = (PLACES | ATTRIBUTES)[place](1)
    program, _ = programs_of(shape_of(view.strings))  # type: ignore[attr-defined] # a template

    assert (form_of(program) is None) == (place in {"component", "nothing", "whole", "images"})


def test_conversions_and_specs_are_those_of_each_row() -> None:
    width = 3
    rows = [t"<td>{n:.2f}|{n!r}|{n:>{width + n}}</td>" for n in range(6)]

    text = render_to_string(rows)

    assert text.startswith("<td>0.00|0|  0</td><td>1.00|1|   1</td>")


def test_a_value_that_does_not_fit_its_spec_is_an_error() -> None:
    with pytest.raises(ViewError, match="cannot show a str"):
        render_to_string([t"<td>{value:.2f}</td>" for value in (1, 2, 3, 4, "x")])


def test_rows_of_several_templates_stay_in_order() -> None:
    def row(number: int) -> object:
        return t"<b>{number}</b>" if number % 5 else [t"<i>{number}</i>", "text"]

    text = render_to_string(For(range(12), children=row))

    shown = (f"<b>{n}</b>" if n % 5 else f"<i>{n}</i>text" for n in range(12))
    assert text == "".join(shown)


def test_rows_in_a_component_take_its_attributes() -> None:
    @component
    def Rows() -> object:
        return [t"<li>{n}</li>" for n in range(5)]

    text = render_to_string(t"<{Rows} attr:class='a' />")

    assert text == "".join(f'<li class="a">{n}</li>' for n in range(5))
