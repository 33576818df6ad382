"""What is text: lying values first, then numbers, conversions and format specs (C73)."""

from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction
from string.templatelib import Template

import pytest
from gossamer import signal
from gossamer.errors import ViewError
from gossamer.view.text import Formatted, text_of, values_of


class Lying(str):
    """Says one thing and holds another."""

    __slots__ = ()

    def __str__(self) -> str:
        return "<script>"

    __format__ = __repr__ = __html__ = lambda self, *_: "<script>"  # type: ignore[assignment]


class Scalar:
    """A number as other packages make them."""

    def __float__(self) -> float:
        return 1.5

    def __str__(self) -> str:
        return "1.5"


class LyingScalar(Scalar):
    """A number whose text lies."""

    def __str__(self) -> str:
        return Lying("2.5")


class Array(Scalar):
    """Many numbers, of which the first can be asked for."""

    def __len__(self) -> int:
        return 1


class Markup:
    def __html__(self) -> str:
        return "<b>"


class Level(IntEnum):
    LOW = 1


class Tone(StrEnum):
    LOUD = "loud"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Lying("held"), "held"),
        ("<b>", "<b>"),
        ("", ""),
        (None, ""),
        (True, ""),
        (False, ""),
        (0, "0"),
        (-3, "-3"),
        (2.5, "2.5"),
        (float("nan"), "nan"),
        (1e30, "1e+30"),
        (1 + 2j, "(1+2j)"),
        (Decimal("1.10"), "1.10"),
        (Fraction(1, 3), "1/3"),
        (Scalar(), "1.5"),
        (LyingScalar(), "2.5"),
        (Level.LOW, "1"),
        (Tone.LOUD, "loud"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_text_and_numbers_are_text(value: object, text: str) -> None:
    shown = text_of(value)

    assert shown == text
    assert type(shown) is str


@pytest.mark.parametrize(
    "value",
    [[], {}, (), b"bytes", object(), Markup(), Array(), len, float, date(2026, 1, 2), t"text", {1}],
    ids=lambda value: type(value).__name__,
)
def test_nothing_else_is_text(value: object) -> None:
    assert text_of(value) is None


def shown(template: Template) -> list[object]:
    return [value() if isinstance(value, Formatted) else value for value in values_of(template)]


def test_values_without_conversion_or_spec_are_handed_over_as_they_are() -> None:
    items = [1]
    template = t"{items}{None}{len}"

    assert values_of(template) == (items, None, len)
    assert values_of(template)[0] is items


def test_conversions_and_specs_are_applied_as_in_an_f_string() -> None:
    name, price, width, day = "Ä", 1234.5, 8, date(2026, 3, 1)

    values = values_of(
        t"{name!r} {name!a} {3!s} {price:,.2f} {name!s:>{width}} {None!s:>6} {day:%d %B} {name}"
    )

    assert values == (
        f"{name!r}",
        f"{name!a}",
        "3",
        f"{price:,.2f}",
        f"{name!s:>{width}}",
        "  None",
        f"{day:%d %B}",
        name,
    )


def test_a_callable_is_read_and_formatted_each_time() -> None:
    price, set_price = signal(1.0)
    (value,) = values_of(t"{price:.2f}")

    assert isinstance(value, Formatted)
    seen = [value()]
    set_price(2.5)
    seen.append(value())
    assert seen == ["1.00", "2.50"]


class Broken:
    def __repr__(self) -> str:
        raise ValueError("no text")


@pytest.mark.parametrize(
    ("template", "what", "why"),
    [
        (t"{'x':.2f}", "{'x':.2f} cannot show a str.", "ValueError: Unknown format code 'f'"),
        (t"{None:>3}", "{None:>3} cannot show a NoneType.", "TypeError: unsupported format"),
        (t"{Broken()!r:>{3}}", "{Broken()!r:>3} cannot show a Broken.", "ValueError: no text."),
        (t"{Broken()!s}", "{Broken()!s} cannot show a Broken.", "ValueError: no text."),
        (t"{list:d}", "{list:d} cannot show a list.", "TypeError: unsupported"),
    ],
)
def test_a_value_that_does_not_fit_its_spec_is_named(
    template: Template, what: str, why: str
) -> None:
    with pytest.raises(ViewError) as caught:
        shown(template)

    assert caught.value.what == what
    assert caught.value.why.startswith(why)
    assert caught.value.__cause__ is not None
