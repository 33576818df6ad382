"""Keyed lists: rows follow their keys, and as few as possible move."""

from collections.abc import Callable

from gossamer import For, Signal, component, effect, mount, on_cleanup, signal
from gossamer.testing.connect import connect_page
from gossamer.testing.page import FakePage
from gossamer.view.sequence import longest_increasing
from hypothesis import given, settings
from hypothesis import strategies as st

type Show = Callable[[object], FakePage]


def texts(page: FakePage) -> list[str]:
    return [element.text() for element in page.elements() if element.name == "li"]


def test_rows_keep_their_nodes_when_they_move(show: Show) -> None:
    items = Signal(["a", "b", "c"])
    page = show(t"<ul>{For(items, key=str, children=lambda item: t'<li>{item}</li>')}</ul>")
    by_text = {element.text(): element for element in page.elements() if element.name == "li"}

    items.set(["c", "x", "a"])

    rows = [element for element in page.elements() if element.name == "li"]
    assert texts(page) == ["c", "x", "a"]
    assert rows[0] is by_text["c"]
    assert rows[2] is by_text["a"]


def test_a_swap_moves_two_rows_at_most(show: Show) -> None:
    items = Signal(list(range(100)))
    page = show(For(items, key=lambda item: item, children=lambda item: t"<li>{item}</li>"))
    swapped = list(range(100))
    swapped[1], swapped[98] = 98, 1
    page.writes.clear()

    items.set(swapped)

    assert texts(page) == [str(item) for item in swapped]
    assert [write[0] for write in page.writes] == ["move", "move"]


def test_only_what_is_new_is_built(show: Show) -> None:
    built = []
    items = Signal([1, 2])

    def row(item: int) -> object:
        built.append(item)
        return t"<li>{item}</li>"

    page = show(For(items, key=lambda item: item, children=row))

    items.set([0, 1, 2, 3])

    assert built == [1, 2, 0, 3]
    assert texts(page) == ["0", "1", "2", "3"]


def test_removing_a_row_runs_its_cleanups_only(show: Show) -> None:
    gone = []
    items = Signal(["a", "b", "c"])

    def row(item: str) -> object:
        on_cleanup(lambda: gone.append(item))
        return t"<li>{item}</li>"

    page = show(For(items, key=str, children=row))

    items.set(["a", "c"])

    assert gone == ["b"]
    assert texts(page) == ["a", "c"]


def test_a_row_has_its_index_as_a_signal(show: Show) -> None:
    items = Signal(["a", "b", "c"])
    page = show(For(items, key=str, children=lambda item, index: t"<li>{index}:{item}</li>"))

    items.set(["c", "x", "a"])

    assert texts(page) == ["0:c", "1:x", "2:a"]


def test_a_kept_key_with_a_new_value_updates_what_reads_it(show: Show) -> None:
    items = Signal([{"id": 1, "name": "a"}, {"id": 2, "name": "b"}])
    page = show(
        For(
            items,
            key=lambda item: item["id"],
            children=lambda item: t"<li><input value={item['id']}><b>{item['name']}</b></li>",
        )
    )
    before = list(page.body.walk())
    page.writes.clear()

    items.set([{"id": 1, "name": "A"}, {"id": 2, "name": "b"}])

    assert texts(page) == ["A", "b"]
    assert list(page.body.walk()) == before
    assert [write[0] for write in page.writes] == ["text"]


def test_the_same_key_twice_is_shown_and_warned_of(show: Show) -> None:
    items = Signal(["a", "b", "a"])
    page = show(For(items, key=str, children=lambda item: t"<li>{item}</li>"))

    assert texts(page) == ["a", "b", "a"]
    assert "same key more than once" in page.warnings[0]

    items.set(["a", "a", "b"])

    assert texts(page) == ["a", "a", "b"]


def test_rows_may_be_anything_that_can_be_shown(show: Show) -> None:
    count, set_count = signal(0)

    @component
    def Row(item: int) -> object:
        return t"<li>{item}</li>"

    views: dict[int, object] = {
        1: t"<li>1</li><li>1b</li>",
        2: "text",
        3: Row(item=3),
        4: (lambda: t"<li>{count()}</li>"),
        5: None,
        6: [t"<li>6</li>", "six"],
        7: t"{count}<li>7</li>",
    }
    items = Signal([1, 2, 3, 4, 5, 6, 7])
    page = show(For(items, key=lambda item: item, children=lambda item: views[item]))

    assert page.body.text() == "11btext306six07"

    set_count(9)
    items.set([7, 6, 5, 4, 3, 2, 1])

    assert page.body.text() == "976six93text11b"

    items.set([4])

    assert page.body.text() == "9"


def test_a_nested_list_moves_with_its_row(show: Show) -> None:
    groups = Signal([("a", [1, 2]), ("b", [3])])

    def row(group: tuple[str, list[int]]) -> object:
        return For(group[1], key=lambda n: n, children=lambda n: t"<li>{group[0]}{n}</li>")

    page = show(For(groups, key=lambda group: group[0], children=row))

    groups.set([("b", [3]), ("a", [1, 2])])

    assert texts(page) == ["b3", "a1", "a2"]


def test_rows_of_a_superseded_list_do_not_run(show: Show) -> None:
    items = Signal([1, 2, 3])
    seen = []

    def row(index: int) -> object:
        def read() -> int:
            seen.append(index)
            return items()[index - 1]

        return t"<li>{read}</li>"

    page = show(For(items, key=lambda item: item, children=row))
    seen.clear()

    items.set([1])

    assert texts(page) == ["1"]
    assert seen == [1]


def test_a_row_that_fails_leaves_the_others(show: Show) -> None:
    items = Signal([1, 0, 2])
    page = show(For(items, key=lambda item: item, children=lambda item: t"<li>{1 / item}</li>"))

    assert texts(page) == ["1.0", "0.5"]
    assert len(page.reports) == 1
    assert "ZeroDivisionError" in page.reports[0]

    items.set([2, 0, 1])

    assert texts(page) == ["0.5", "1.0"]


def test_effects_of_rows_live_as_long_as_the_row(show: Show) -> None:
    count, set_count = signal(0)
    items = Signal([1, 2])
    seen: list[tuple[int, int]] = []

    def row(item: int) -> object:
        effect(lambda: seen.append((item, count())))
        return t"<li>{item}</li>"

    show(For(items, key=lambda item: item, children=row))
    items.set([2])
    seen.clear()

    set_count(1)

    assert seen == [(2, 1)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 12), unique=True, max_size=13), min_size=1, max_size=8),
)
def test_any_change_of_a_list_keeps_order_and_nodes(changes: list[list[int]]) -> None:
    page = connect_page()
    items: Signal[list[int]] = Signal([])
    view = For(items, key=lambda item: item, children=lambda item: t"<li>{item}</li>")
    mounted = mount(t"<p>before</p>{view}<p>after</p>")
    known: dict[str, object] = {}

    for wanted in changes:
        items.set(wanted)
        rows = {e.text(): e for e in page.elements() if e.name == "li"}
        assert list(rows) == [str(item) for item in wanted]
        for text, element in rows.items():
            if text in known:
                assert known[text] is element
        known = dict(rows)

    mounted.unmount()
    assert page.nodes == {}


@given(st.lists(st.integers(0, 30), unique=True))
def test_the_rows_that_stay_are_the_most_that_can(positions: list[int]) -> None:
    staying = sorted(longest_increasing(positions))

    values = [positions[index] for index in staying]
    assert values == sorted(values)
    best = [1] * len(positions)
    for i in range(len(positions)):
        for j in range(i):
            if positions[j] < positions[i]:
                best[i] = max(best[i], best[j] + 1)
    assert len(values) == max(best, default=0)
