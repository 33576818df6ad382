"""Lists in stores, by position and by key: C43, C44, S232, S234."""

import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from gossamer.errors import StoreFieldError, StoreKeyError
from gossamer.reactive import effect, immediate_effect, store


@dataclass
class Row:
    id: int
    label: str = ""


class Runs:
    """Counts the runs of an effect, and keeps what it read."""

    def __init__(self, read: Callable[[], object]) -> None:
        self.read = read
        self.seen: list[object] = []
        self.effect = effect(self.run)

    def run(self) -> None:
        self.seen.append(self.read())


def make_rows(count: int = 3) -> Any:
    return store([{"id": number, "label": str(number)} for number in range(count)], keys="id")


def labels(rows: Any) -> str:
    return " ".join(row["label"] for row in rows.peek())


def test_a_row_that_moves_keeps_its_place_and_its_readers_are_left_alone() -> None:
    """C43, S232."""
    rows = make_rows()
    held = list(rows)
    fields = [Runs(row.label) for row in held]
    whole, order = Runs(rows), Runs(lambda: [row.id.peek() for row in rows])

    rows.reverse()
    assert list(rows) == held[::-1]
    rows.insert(0, {"id": 9, "label": "nine"})
    rows.sort(key=lambda row: row["id"])

    assert list(rows)[:3] == held
    assert [len(one.seen) for one in fields] == [1, 1, 1]
    assert order.seen == [[0, 1, 2], [2, 1, 0], [9, 2, 1, 0], [0, 1, 2, 9]]
    assert len(whole.seen) == 4


def test_a_row_can_be_written_wherever_it_has_moved() -> None:
    rows = make_rows(4)
    first, last = rows[0], rows[3]

    rows.reverse()
    rows.pop(1)
    first.label.set("first")
    last.label.set("last")

    assert labels(rows) == "last 1 first"


def test_a_position_is_followed_and_a_key_is_not() -> None:
    rows = make_rows()
    place, key = Runs(lambda: rows[0].label()), Runs(lambda: rows.by_key(0).label())
    end = Runs(lambda: rows[-1].label())

    rows.append({"id": 3, "label": "3"})
    rows.insert(0, {"id": 4, "label": "4"})
    rows.by_key(0).label.set("zero")

    assert place.seen == ["0", "4"]
    assert key.seen == ["0", "zero"]
    assert end.seen == ["2", "3", "3"]


def test_a_removed_row_keeps_its_last_values_and_a_new_key_gets_a_new_row() -> None:
    rows = make_rows()
    gone = rows[1]
    gone.label.set("last words")
    seen = Runs(lambda: rows.by_key(1).label() if any(row.id() == 1 for row in rows) else None)

    rows.remove(gone)
    gone.label.set("nobody hears")
    rows.append({"id": 1, "label": "new"})

    assert gone.label() == "last words"
    assert rows.by_key(1) is not gone
    assert seen.seen == ["last words", None, "new"]


def test_methods_do_to_a_store_what_they_do_to_a_list() -> None:
    rows: Any = store([3, 1, 2])

    rows.append(5)
    rows.extend([4, 6])
    rows.insert(-1, 7)
    rows.insert(100, 8)
    assert rows.peek() == [3, 1, 2, 5, 4, 7, 6, 8]
    assert rows.pop() == 8
    assert rows.pop(0) == 3
    rows.remove(5)
    rows.sort()
    rows.reverse()
    assert rows.peek() == [7, 6, 4, 2, 1]
    assert rows.index(4) == 2
    assert 4 in rows
    assert 5 not in rows
    rows[0] = 70
    rows[-1] = 10
    rows[1:3] = [60]
    rows[::2] = [0, 0]
    assert rows.peek() == [0, 60, 0, 10]
    del rows[0]
    del rows[1:]
    assert rows.peek() == [60]
    rows.clear()
    assert not rows
    with pytest.raises(ValueError, match="not in list"):
        rows.remove(1)
    with pytest.raises(IndexError):
        rows.pop()


def test_the_length_is_followed_apart_from_the_items() -> None:
    """C44."""
    rows: Any = store([1, 2])
    size, is_there = Runs(lambda: len(rows)), Runs(lambda: bool(rows))
    third = Runs(lambda: rows[2]() if len(rows) > 2 else None)

    rows[0].set(5)
    rows.reverse()
    rows.append(7)
    rows[2].set(8)
    rows.pop()

    assert size.seen == [2, 3, 2]
    assert third.seen == [None, 7, 8, None]
    assert is_there.seen == [True] * 3


def test_items_without_keys_belong_to_their_positions() -> None:
    """C44."""
    rows: Any = store([{"n": 1}, {"n": 2}, {"n": 2}, {"n": 3}])
    fields = [Runs(row.n) for row in rows]
    first = rows[0]

    rows.pop(0)

    assert rows[0] is first
    assert [one.seen for one in fields] == [[1, 2], [2], [2, 3], [3, 3]]


def test_a_slice_gives_stores() -> None:
    rows = make_rows(4)
    middle = Runs(lambda: [row.label() for row in rows[1:3]])
    plain: Any = store([1, 2, 3])

    rows.by_key(1).label.set("one")
    rows.pop(0)

    assert middle.seen == [["1", "2"], ["one", "2"], ["2", "3"]]
    assert [item() for item in plain[1:]] == [2, 3]
    assert 0 not in plain.__field__.branch.parts


def test_keys_are_named_by_list_wherever_it_stands() -> None:
    board: Any = store(
        {"columns": [{"id": "a", "cards": [Row(1), Row(2)]}, {"id": "b", "cards": []}]},
        keys={"columns": "id", "cards": "id"},
    )
    card = board.columns[0].cards[0]
    seen = Runs(card.label)

    board.columns.reverse()
    board.columns.by_key("a").cards.reverse()
    assert len(seen.seen) == 1
    card.label.set("moved")

    assert seen.seen == ["", "moved"]
    assert board()["columns"][1]["cards"] == [Row(2), Row(1, "moved")]


def test_a_row_moves_to_another_list_by_its_value() -> None:
    board: Any = store({"todo": [Row(1), Row(2)], "done": []}, keys={"todo": "id", "done": "id"})
    row = board.todo[0]

    board.done.append(row)
    board.todo.remove(row)
    board.done[0].label.set("finished")

    assert board() == {"todo": [Row(2)], "done": [Row(1, "finished")]}


def test_a_row_whose_key_is_written_is_known_by_the_new_one() -> None:
    rows = make_rows()
    row = rows[1]
    label, by_key = Runs(row.label), Runs(lambda: [one.id() for one in rows])
    old = Runs(lambda: rows.by_key(1).id() if 1 in [one["id"] for one in rows()] else None)

    row.id.set(10)
    row.label.set("ten")
    rows.reverse()
    row.set({"id": 11, "label": "eleven"})
    row.patch({"id": 12, "label": "eleven"})

    assert rows.by_key(12) is row
    assert rows.peek()[1] == {"id": 12, "label": "eleven"}
    assert label.seen[-1] == "eleven"
    assert by_key.seen[-1] == [2, 12, 0]
    assert old.seen[:2] == [1, None]
    with pytest.raises(StoreFieldError):
        rows.by_key(1)


def test_an_item_written_to_a_list_is_matched_by_its_key() -> None:
    rows = make_rows()
    first, second = rows[0], rows[1]

    rows[0] = {"id": 0, "label": "same row"}
    rows[1] = {"id": 7, "label": "another row"}

    assert rows[0] is first
    assert first.label() == "same row"
    assert rows[1] is not second
    assert second.label() == "1"
    assert rows[1].label() == "another row"


def test_two_rows_of_one_key_are_refused_and_nothing_changes() -> None:
    rows = make_rows()
    held = list(rows)
    whole = Runs(rows)
    before = rows.peek()
    writes: list[Callable[[], object]] = [
        lambda: rows.append({"id": 1}),
        lambda: rows.extend([{"id": 8}, {"id": 8}]),
        lambda: rows.insert(0, {"id": 2}),
        lambda: rows.set([{"id": 5}, {"id": 5}]),
        lambda: rows.patch([{"id": 5}, {"id": 5}]),
        lambda: rows[0].id.set(1),
        lambda: rows[0].set({"id": 2}),
        lambda: rows.__setitem__(0, {"id": 1}),
    ]

    for write in writes:
        with pytest.raises(StoreKeyError, match="Two rows have the `id`"):
            write()

    assert rows.peek() == before
    assert list(rows) == held
    assert len(whole.seen) == 1


def test_a_parent_cannot_bring_two_rows_of_one_key_either() -> None:
    state: Any = store({"rows": [{"id": 1}], "other": 1}, keys={"rows": "id"})
    row = state.rows[0]
    twice = {"rows": [{"id": 2}, {"id": 2}], "other": 2}

    for write in (state.set, state.patch):
        with pytest.raises(StoreKeyError):
            write(twice)

    assert state() == {"rows": [{"id": 1}], "other": 1}
    assert state.rows[0] is row


@pytest.mark.parametrize("bad", [5, {"label": "x"}, {"id": []}, None], ids=repr)
def test_a_row_without_a_key_is_refused(bad: object) -> None:
    rows = make_rows()
    row = rows[0]

    with pytest.raises(StoreKeyError, match="A row has no key"):
        rows.append(bad)
    with pytest.raises(StoreKeyError, match="A row has no key"):
        row.set(bad)
    with pytest.raises(StoreKeyError, match="A row has no key"):
        list(store([bad], keys="id"))  # type: ignore[call-overload]


def test_a_row_may_not_lose_its_key() -> None:
    rows = make_rows()
    row = rows[0]

    with pytest.raises(StoreKeyError, match="A row has no key"):
        del row["id"]
    del row["label"]

    assert rows.peek()[0] == {"id": 0}


def test_keys_of_rows_may_be_anything_that_can_be_hashed() -> None:
    rows: Any = store([Row(1), Row(2)], keys="label")
    with pytest.raises(StoreKeyError):
        rows[0]
    pairs: Any = store([{"at": (0, 1)}, {"at": (1, 0)}], keys="at")

    first = pairs[0]
    pairs.reverse()

    assert pairs.by_key((0, 1)) is first
    assert first.at[1]() == 1


def test_long_runs_of_writes_keep_keys_and_rows_together() -> None:
    rows = make_rows(0)

    for number in range(200):
        rows.insert(number % 3, {"id": number, "label": str(number)})
        if number % 5 == 4:
            rows.pop(number % 4)
        rows.by_key(rows.peek()[-1]["id"]).label.update(lambda label: label + "!")

    assert [row.id() for row in rows] == [row["id"] for row in rows.peek()]
    assert [row.label() for row in rows] == [row["label"] for row in rows.peek()]
    assert all(rows.index(row) == place for place, row in enumerate(rows))


def test_a_store_of_another_list_stands_for_its_value() -> None:
    state: Any = store({"a": [Row(1), Row(2)], "b": [Row(2)]}, keys={"a": "id"})

    assert state.a.index(state.b[0]) == 1
    state.a.remove(state.b[0])

    assert state.a() == [Row(1)]


def test_a_patch_right_after_an_insert_knows_the_places() -> None:
    rows = make_rows()
    last = rows[2]

    rows.insert(0, {"id": 9})
    rows.patch([{"id": 2, "label": "2"}, {"id": 9}])
    last.label.set("first")

    assert rows.peek() == [{"id": 2, "label": "first"}, {"id": 9}]


def test_immediate_effects_see_rows_and_keys_in_step() -> None:
    rows = make_rows()
    seen: list[object] = []
    immediate_effect(lambda: seen.append([(row.id(), rows.index(row)) for row in rows]))

    rows.pop(0)
    rows.insert(1, {"id": 9})

    assert seen[1:] == [[(1, 0), (2, 1)], [(1, 0), (9, 1), (2, 2)]]


def test_reading_a_row_while_the_list_changes_under_a_loop() -> None:
    rows = make_rows(6)

    for row in rows:
        if row.id() % 2:
            rows.remove(row)

    assert labels(rows) == "0 2 4"


@pytest.mark.usefixtures("no_gc")
def test_removed_rows_die_by_reference_counting() -> None:
    rows = make_rows(100)
    seen = [Runs(row.label) for row in rows]
    dead = [weakref.ref(row.__field__) for row in rows]
    dead += [weakref.ref(row.label.__field__) for row in rows]

    rows.clear()
    for one in seen:
        one.effect.dispose()
    seen.clear()
    del one

    assert not [place for place in dead if place() is not None]


@pytest.mark.usefixtures("no_gc")
def test_a_thousand_rows_come_and_go_without_a_trace() -> None:
    rows = make_rows(0)
    first = rows.__field__

    for round_ in range(3):
        rows.extend({"id": (round_, number)} for number in range(1000))
        followers = [Runs(row.id) for row in rows]
        rows.clear()
        for one in followers:
            one.effect.dispose()

    assert first.branch.parts == {}
    assert first.branch.keys.all_places() == {}
    assert first.branch.asked == {}
