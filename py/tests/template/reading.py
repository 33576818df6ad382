"""Templates as one text for tables of cases: `{}` is a hole, `^` the place of an error."""

import pytest
from gossamer.errors import TemplateError
from gossamer.template import Hole, Shape, parse, shape


def strings_of(source: str) -> tuple[str, ...]:
    """The strings of a template whose holes are written `{}`."""
    return tuple(source.split("{}"))


def read(source: str) -> Shape:
    """The shape of a template."""
    return parse(strings_of(source))


def read_hole(source: str) -> Hole:
    """The hole of a template that has one."""
    (hole,) = read(source).holes
    return hole


def refuse(source: str) -> TemplateError:
    """The error of a template, which has to come up where `^` stands."""
    before, _, after = source.partition("^")
    lines = before.replace("{}", "_").split("\n")
    with pytest.raises(TemplateError) as caught:
        read(before + after)
    error = caught.value
    assert (error.line, error.column) == (len(lines), len(lines[-1]) + 1)
    return error


def try_to_read(strings: tuple[str, ...]) -> Shape | TemplateError:
    """The shape of a template, or why there is none; anything else is raised."""
    try:
        return parse(strings)
    except TemplateError as error:
        return error


KINDS = {
    value: name
    for name, value in vars(shape).items()
    if name.isupper() and type(value) is int and name not in ("DOWN", "UP", "TAKE", "TAKE_TEXT")
}
"""The names of the kinds of holes."""


def kinds(source: str) -> list[str]:
    """The kind of each hole of a template, in order."""
    return [KINDS[hole.kind] for hole in read(source).holes]
