"""References to elements: None before and after, tracked in between (C81, S127)."""

from gossamer import NodeRef, Signal, effect, memo
from gossamer.reactive import Owner


def test_a_reference_is_empty_until_an_element_comes() -> None:
    reference: NodeRef[str] = NodeRef()
    assert reference() is reference.peek() is None

    reference.set("element")
    assert reference() == reference.peek() == "element"

    reference.set(None)
    assert reference() is reference.peek() is None


def test_reading_is_tracked_and_peeking_is_not() -> None:
    reference: NodeRef[str] = NodeRef()
    read = memo(lambda: reference())
    peeked = memo(lambda: reference.peek())
    assert (read(), peeked()) == (None, None)

    reference.set("element")

    assert (read(), peeked()) == ("element", None)


def test_on_load_is_called_each_time_an_element_comes() -> None:
    reference: NodeRef[str] = NodeRef()
    seen: list[str] = []
    with Owner(None):
        reference.on_load(seen.append)
    assert seen == []

    for element in ("first", None, "second"):
        reference.set(element)

    assert seen == ["first", "second"]


def test_on_load_depends_on_the_element_only() -> None:
    reference: NodeRef[str] = NodeRef()
    other = Signal(0)
    seen: list[tuple[str, int]] = []
    with Owner(None):
        reference.on_load(lambda element: seen.append((element, other())))
    reference.set("element")

    other.set(1)

    assert seen == [("element", 0)]


def test_on_load_ends_with_its_owner() -> None:
    reference: NodeRef[str] = NodeRef()
    seen: list[str] = []
    owner = Owner(None)
    with owner:
        reference.on_load(seen.append)

    owner.dispose()
    reference.set("element")

    assert seen == []


def test_a_reference_that_stands_on_the_same_element_again_tells_so() -> None:
    reference: NodeRef[str] = NodeRef()
    runs: list[object] = []
    with Owner(None):
        effect(lambda: runs.append(reference()))

    reference.set("element")
    reference.set("element")

    assert runs == [None, "element", "element"]
