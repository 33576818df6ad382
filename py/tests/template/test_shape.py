"""A shape and its holes: what they hold, and how they show themselves."""

from gossamer.template import Hole, Shape, shape_of
from gossamer.template.shape import ATTRIBUTE, CHILD, EVENT

from .reading import KINDS, read


def test_kinds_and_steps_are_numbers_of_their_own() -> None:
    assert sorted(KINDS) == list(range(13))


def test_a_shape_knows_its_events() -> None:
    shape = read("<p on:click={} title={} onkeydown={}>{}</p>")

    assert [hole.name for hole in shape.events] == ["click", "keydown"]
    assert all(hole in shape.holes and hole.kind == EVENT for hole in shape.events)


def test_a_shape_is_of_its_strings_and_begins_with_its_first_node() -> None:
    strings = ("<p>", "</p><b></b>")

    shape = shape_of(strings)

    assert shape.strings is strings
    assert (shape.start, shape.end, shape.node_count) == (0, 2, 3)
    assert repr(shape) == "<Shape '<p><!></p><b></b>'>"


def test_a_hole_shows_where_it_is() -> None:
    child, title = read("<p>{}<b title={}></b></p>").holes

    assert (child.kind, child.tag, child.name, child.first) == (CHILD, "p", "", 0)
    assert (title.kind, title.tag, title.name, title.first) == (ATTRIBUTE, "b", "title", 1)
    assert repr(title) == "<Hole kind=2 b@title node=2 first=1>"


def test_a_hole_at_the_root_has_no_tag() -> None:
    assert [hole.tag for hole in read("{}<b>{}</b><{} />").holes] == ["", "b", ""]


def test_a_hole_and_a_shape_have_room_for_nothing_else() -> None:
    assert not hasattr(Hole(CHILD, 0, 0), "__dict__")
    assert not hasattr(Shape((), "", "html", (), (), roots=(), node_count=0, end=0), "__dict__")
