"""Character references: T6, decoded as a browser does."""

import html
from html.entities import html5

import pytest
from gossamer.template.references import _COMMON, _LONGEST_NAME, decode

# Where html.unescape differs from browsers: it drops these, they keep them.
KEPT = [
    *(number for number in range(1, 0xA0) if number not in (9, 10, 12, 13) and not 31 < number < 127),
    *range(0xFDD0, 0xFDF0),
    *(plane * 0x10000 + last for plane in range(17) for last in (0xFFFE, 0xFFFF)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&#0;", "\ufffd"),
        ("&#x0;&#00;", "\ufffd\ufffd"),
        ("&#xD800;", "\ufffd"),
        ("&#xdfff;", "\ufffd"),
        ("&#x110000;", "\ufffd"),
        ("&#1114112;", "\ufffd"),
        (f"&#{'9' * 5000};", "\ufffd"),
        (f"&#x{'f' * 5000};", "\ufffd"),
        (f"&#{'0' * 5000}65;", "A"),
        (f"&{'a' * 5000};", f"&{'a' * 5000};"),
        ("&#x10FFFE;", "\U0010fffe"),
        ("&#x80;&#150;&#x9F;", "€–Ÿ"),
        ("&#x81;", "\x81"),
        ("&#13;", "\r"),
        ("&#", "&#"),
        ("&#;", "&#;"),
        ("&#x;", "&#x;"),
        ("&#xg;", "&#xg;"),
        ("&;", "&;"),
        ("&", "&"),
        ("& &&", "& &&"),
        ("&#65A", "AA"),
        ("&#x41G", "AG"),
        ("&amp;lt;", "&lt;"),
        ("&ampamp;", "&amp;"),
        ("&AMP", "&"),
        ("&lT;", "&lT;"),
        ("&notit;", "¬it;"),
        ("&notin;", "∉"),
        ("&unknown;&lt", "&unknown;<"),
        ("&NotEqualTilde;", "≂̸"),
        ("&CounterClockwiseContourIntegral;x", "∳x"),
        ("plain", "plain"),
    ],
    ids=lambda text: text[:30].encode("ascii", "backslashreplace").decode(),
)
def test_a_reference_in_text_is_decoded(text: str, expected: str) -> None:
    assert decode(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("?a=1&copy2", "?a=1&copy2"),
        ("?a=1&copyx", "?a=1&copyx"),
        ("?a=1&copy", "?a=1©"),
        ("?a=1&copy;=2", "?a=1©=2"),
        ("?a=1&copy-2", "?a=1©-2"),
        ("&notit;", "&notit;"),
        ("&not;", "¬"),
        ("&#65=", "A="),
        ("&lt&gt", "<>"),
        ("&copyé", "©é"),
    ],
)
def test_in_an_attribute_a_name_without_semicolon_may_be_a_parameter(
    text: str, expected: str
) -> None:
    assert decode(text, in_attribute=True) == expected


def test_every_name_is_known() -> None:
    for name, value in html5.items():
        assert decode(f"&{name}") == value
        assert decode(f"a &{name} b") == f"a {value} b"


def test_every_name_is_decoded_as_in_the_standard_library_whatever_follows() -> None:
    for name in html5:
        for after in ("", ";", "x", "1", "=", "é", " ", "&", "&amp;"):
            assert decode(f"&{name}{after}") == html.unescape(f"&{name}{after}")


def test_the_common_names_are_those_of_the_full_table() -> None:
    assert {f"{name};": value for name, value in _COMMON.items()}.items() <= html5.items()
    assert max(map(len, html5)) == _LONGEST_NAME


@pytest.mark.parametrize("spelling", ["&#{};", "&#{:06};", "&#x{:x};", "&#X{:X};"])
def test_every_number_is_decoded_as_in_the_standard_library(spelling: str) -> None:
    numbers = {*range(0x300), *range(0xD7F0, 0xE010), *range(0xFDC0, 0xFE00), *range(0xFFF0, 0x10010), *range(0x10FFF0, 0x110010)}  # fmt: skip

    for number in numbers.difference(KEPT):
        text = spelling.format(number)
        assert decode(text) == html.unescape(text), text


def test_control_and_noncharacters_are_kept_as_browsers_keep_them() -> None:
    for number in KEPT:
        character = chr(number)
        if 0x80 <= number < 0xA0:  # what pages meant when they wrote these, long ago
            character = bytes([number]).decode("cp1252", "ignore") or character
        assert decode(f"&#{number};") == character
