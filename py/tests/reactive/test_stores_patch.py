"""Patches: only what differs is told. C46, S233."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from gossamer.reactive import effect, store


@dataclass
class User:
    name: str
    age: int = 0
    friend: User | None = None
    tags: list[str] = field(default_factory=list)


class Runs:
    """Counts the runs of an effect, and keeps what it read."""

    def __init__(self, read: Callable[[], object]) -> None:
        self.read = read
        self.seen: list[object] = []
        self.effect = effect(self.run)

    def run(self) -> None:
        self.seen.append(self.read())


def test_only_changed_leaves_are_told() -> None:
    user: Any = store(User("Ada", 36, tags=["a", "b"]))
    name, age, whole = Runs(user.name), Runs(user.age), Runs(user)
    tags = [Runs(tag) for tag in user.tags]

    user.patch(User("Ada", 37, tags=["a", "c"]))

    assert name.seen == ["Ada"]
    assert age.seen == [36, 37]
    assert len(whole.seen) == 2
    assert [tag.seen for tag in tags] == [["a"], ["b", "c"]]
    assert user() == User("Ada", 37, tags=["a", "c"])


def test_an_equal_value_tells_nobody() -> None:
    user: Any = store(User("Ada", 36, User("Grace"), ["a"]))
    runs = [Runs(user), Runs(user.friend), Runs(user.friend.name), Runs(lambda: list(user.tags))]

    user.patch(User("Ada", 36, User("Grace"), ["a"]))

    assert [len(one.seen) for one in runs] == [1, 1, 1, 1]


def test_equal_values_of_another_type_differ() -> None:
    state: Any = store({"a": 1, "b": {"c": 1.0}})
    a, c = Runs(state.a), Runs(state.b.c)

    state.patch({"a": True, "b": {"c": 1}})

    assert a.seen == [1, True]
    assert c.seen == [1.0, 1]


@pytest.mark.parametrize("deep", [False, True], ids=["the field itself", "its parent"])
def test_none_and_a_value_take_turns(deep: bool) -> None:
    """S233."""
    user: Any = store(User("Ada", friend=None))
    friend = Runs(user.friend)
    name = Runs(user.name)

    def patch(value: User | None) -> None:
        if deep:
            user.patch(User("Ada", friend=value))
        else:
            user.friend.patch(value)

    patch(User("Grace"))
    inner = Runs(user.friend.name)
    patch(User("Grace"))
    patch(User("Mary"))
    patch(None)

    assert friend.seen == [None, User("Grace"), User("Mary"), None]
    assert inner.seen == ["Grace", "Mary", "Mary"]
    assert name.seen == ["Ada"]


def test_patching_a_parent_does_the_same_as_patching_its_fields() -> None:
    """#4806, #3957."""
    old = {"user": {"name": "Ada", "age": 1}, "rows": [{"id": 1, "n": 1}, {"id": 2, "n": 2}]}
    new = {"user": {"name": "Ada", "age": 2}, "rows": [{"id": 2, "n": 2}, {"id": 1, "n": 5}]}

    def watch(state: Any) -> list[Runs]:
        reads = [state.user.name, state.user.age, state.user, state.rows]
        reads += [part for row in state.rows for part in (row, row.id, row.n)]
        reads += [lambda: list(state.rows), lambda: len(state.rows), lambda: state.rows[0].id()]
        return [Runs(read) for read in reads]

    whole: Any = store(old, keys={"rows": "id"})
    parts: Any = store(old, keys={"rows": "id"})
    by_whole, by_parts = watch(whole), watch(parts)

    whole.patch(new)
    parts.user.patch(new["user"])
    parts.rows.patch(new["rows"])

    assert whole() == parts() == new
    assert [len(one.seen) for one in by_whole] == [len(one.seen) for one in by_parts]
    assert [len(one.seen) for one in by_whole] == [1, 2, 2, 2, 2, 1, 2, 1, 1, 1, 2, 1, 2]


def test_lists_without_keys_are_compared_by_position() -> None:
    state: Any = store({"rows": [1, 2, 3]})
    items = [Runs(item) for item in state.rows]
    size = Runs(lambda: len(state.rows))

    state.rows.patch([1, 5, 3])
    assert [one.seen for one in items] == [[1], [2, 5], [3]]
    assert size.seen == [3]

    state.rows.patch([1, 5])
    state.rows.patch([1, 5, 6, 7])
    assert size.seen == [3, 2, 4]
    assert items[0].seen == [1]


def test_rows_with_keys_are_compared_by_key() -> None:
    """S233."""
    rows: Any = store([{"id": 1, "n": 1}, {"id": 2, "n": 2}, {"id": 3, "n": 3}], keys="id")
    held = {row.id.peek(): row for row in rows}
    numbers = {key: Runs(row.n) for key, row in held.items()}
    order = Runs(lambda: [row.id.peek() for row in rows])

    rows.patch([{"id": 3, "n": 3}, {"id": 4, "n": 4}, {"id": 1, "n": 10}])

    assert [numbers[key].seen for key in (1, 2, 3)] == [[1, 10], [2, 2], [3]]
    assert order.seen == [[1, 2, 3], [3, 4, 1]]
    assert rows[0] is held[3]
    assert rows[2] is held[1]
    assert held[2].n() == 2
    held[1].n.set(11)
    assert rows()[2] == {"id": 1, "n": 11}


def test_keys_of_dicts_come_and_go_and_change_their_order() -> None:
    state: Any = store({"a": 1, "b": 2})
    keys, has_c, b = Runs(lambda: list(state)), Runs(lambda: "c" in state), Runs(state.b)

    state.patch({"b": 2, "a": 1})
    assert keys.seen == [["a", "b"], ["b", "a"]]
    state.patch({"b": 2, "c": 3})

    assert keys.seen[2:] == [["b", "c"]]
    assert has_c.seen == [False, True]
    assert b.seen == [2]


def test_another_structure_replaces_all_parts() -> None:
    state: Any = store({"x": [1, 2]})
    whole, first = Runs(state.x), Runs(state.x[0])

    state.patch({"x": {"a": 1}})
    assert state.x.a() == 1
    state.patch({"x": 5})
    assert state.x() == 5
    state.patch({"x": (1, 2)})

    assert state.x[1]() == 2
    assert len(whole.seen) == 4
    assert first.seen == [1, 1]


def test_what_cannot_be_compared_counts_as_changed() -> None:
    class Odd:
        def __eq__(self, other: object) -> bool:
            raise TypeError

        __hash__ = None  # type: ignore[assignment]

    same = Odd()
    state: Any = store({"x": same})
    seen = Runs(state.x)

    state.patch({"x": same})
    assert len(seen.seen) == 1
    state.patch({"x": Odd()})

    assert len(seen.seen) == 2


def test_parts_that_nobody_has_reached_are_patched_as_well() -> None:
    state: Any = store({"a": {"b": {"c": 1}}, "rows": [{"n": 1}]})
    whole = Runs(state)

    state.patch({"a": {"b": {"c": 2}}, "rows": [{"n": 1}]})

    assert state.a.b.c() == 2
    assert len(whole.seen) == 2


def test_stores_may_stand_in_a_patch() -> None:
    rows: Any = store([{"id": 1, "done": True}, {"id": 2, "done": False}], keys="id")
    left = rows[1]
    seen = Runs(left.done)

    rows.patch([row for row in rows if not row.done()])

    assert list(rows) == [left]
    assert seen.seen == [False]
