"""Stores against a naive model: random writes, and effects that count their runs."""

import random
from collections.abc import Callable
from copy import copy, deepcopy
from dataclasses import dataclass, fields
from itertools import count
from typing import Any

import pytest
from gossamer.errors import StoreFieldError
from gossamer.reactive import Store, batch, effect, store

type Path = tuple[Any, ...]

KEYED = "rows"  # a list of this name has rows with an id, and nothing else has that name
MISSING = "missing"
LIST_WRITES = (
    *("append", "extend", "insert", "pop", "remove", "reverse"),
    *("sort", "clear", "set", "del", "slice"),
)


@dataclass
class Pair:
    left: Any
    right: Any


@dataclass(frozen=True, slots=True)
class Fixed:
    left: Any
    right: Any


@dataclass(frozen=True)
class Key:
    """The step to a row: its id, wherever the row stands."""

    id: int


class World:
    """Makes random data, and knows of the plain data what the store has to show."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.next = count().__next__
        self.data: Any = {name: self.make(3) for name in "abc"} | {KEYED: self.make_rows(2)}

    def make(self, depth: int) -> Any:
        kind = self.random.choice(("leaf", "none", "pair", "fixed", "dict", "list", "tuple"))
        if depth == 0 or kind == "leaf":
            return self.next()
        if kind == "none":
            return None
        if kind == "pair":
            return Pair(self.make(depth - 1), self.make(depth - 1))
        if kind == "fixed":
            return Fixed(self.make(depth - 1), self.make(depth - 1))
        size = self.random.randrange(4)
        if kind == "dict":
            made = {name: self.make(depth - 1) for name in "abcd"[:size]}
            if self.random.random() < 0.5:
                made[KEYED] = self.make_rows(depth - 1)
            return made
        items = [self.make(depth - 1) for _ in range(size)]
        return items if kind == "list" else tuple(items)

    def make_rows(self, depth: int) -> list[Any]:
        return [self.make_row(depth) for _ in range(self.random.randrange(5))]

    def make_row(self, depth: int) -> dict[str, Any]:
        return {"id": self.next(), "a": self.make(max(depth - 1, 0))}

    def pick(self) -> Path:
        """The path to a random place; deep ones are as likely as others."""
        path: Path = ()
        while self.random.random() < 0.8:
            steps = steps_of(look(self.data, path), path)
            if not steps:
                break
            path += (self.random.choice(steps),)
        return path


def steps_of(value: Any, path: Path) -> list[Any]:
    """The steps to the parts of a plain value."""
    if isinstance(value, (Pair, Fixed)):
        return ["left", "right"]
    if isinstance(value, dict):
        return list(value)
    if path[-1:] == (KEYED,) and isinstance(value, list):
        return [Key(row["id"]) for row in value]
    return list(range(len(value))) if isinstance(value, (list, tuple)) else []


def step_into(value: Any, step: Any) -> Any:
    """The part of a plain value."""
    if isinstance(step, Key):
        return next(row for row in value if row["id"] == step.id)
    return getattr(value, step) if isinstance(value, (Pair, Fixed)) else value[step]


def look(data: Any, path: Path) -> Any:
    """What stands at a path of plain data."""
    for place, step in enumerate(path):
        if step not in steps_of(data, path[:place]):
            return MISSING
        data = step_into(data, step)
    return data


def changed(data: Any, path: Path, value: Any) -> Any:
    """A copy of plain data with another value at a path."""
    if not path:
        return value
    step, *rest = path
    part = changed(step_into(data, step), tuple(rest), value)
    if isinstance(step, Key):
        return [part if row["id"] == step.id else row for row in data]
    if isinstance(data, (Pair, Fixed)):
        return type(data)(**{f.name: getattr(data, f.name) for f in fields(data)} | {step: part})
    if isinstance(data, dict):
        return {**data, step: part}
    return type(data)([*data[:step], part, *data[step + 1 :]])


def reach(root: Any, path: Path) -> Any:
    """The store at a path."""
    for step in path:
        root = root.by_key(step.id) if isinstance(step, Key) else root[step]
    return root


def is_same(one: Any, other: Any) -> bool:
    """Whether two plain values are equal, with the order of the keys."""
    return repr(one) == repr(other)


class Reader:
    """An effect that reads one thing at one path, and what a naive reader would see there."""

    def __init__(self, world: World, root: Any) -> None:
        self.world = world
        self.root = root
        self.path = world.pick()
        self.name = "value"
        value = look(world.data, self.path)
        if isinstance(value, (dict, list)):
            self.name = world.random.choice(("value", "length", "order", "key", "place"))
        if isinstance(value, list) and self.path[-1:] != (KEYED,) and self.name == "place":
            self.path += (world.random.randrange(4),)  # there may be none
            self.name = "value"
        self.step: Any = world.random.randrange(4) if self.name == "place" else "b"
        self.runs = 0
        self.seen: Any = None
        self.before = self.expected()
        effect(self.run)

    def run(self) -> None:
        self.runs += 1
        try:
            self.seen = self.read(reach(self.root, self.path))
        except StoreFieldError:
            self.seen = MISSING

    def read(self, place: Any) -> Any:
        kind = type(place).__name__
        if self.name == "length" and hasattr(type(place), "__len__"):
            return kind, len(place)
        if self.name == "order" and hasattr(type(place), "__len__"):
            return kind, [
                part.__field__.step if isinstance(part, Store) else part for part in place
            ]
        if self.name == "key" and kind == "DictStore":
            return kind, self.step in place
        if self.name == "place" and kind == "KeyedStore":
            return kind, place[self.step].__field__.step
        return "value", place()

    def expected(self) -> Any:
        value = look(self.world.data, self.path)
        if value is MISSING:
            return MISSING
        is_keyed = self.path[-1:] == (KEYED,) and isinstance(value, list)
        kind = "KeyedStore" if is_keyed else f"{type(value).__name__.title()}Store"
        steps = [step.id if isinstance(step, Key) else step for step in steps_of(value, self.path)]
        if self.name == "length" and isinstance(value, (dict, list, tuple)):
            return kind, len(steps)
        if self.name == "order" and isinstance(value, (dict, list, tuple)):
            return kind, steps
        if self.name == "key" and isinstance(value, dict):
            return kind, self.step in value
        if self.name == "place" and is_keyed:
            return (kind, steps[self.step]) if self.step < len(steps) else MISSING
        return "value", value


class Write:
    """One write: what it does to the store, and to plain data; `replaced` is the path it sets."""

    def __init__(
        self, do: Callable[[], object], data: Any, path: Path, *, replaced: Path | None = None
    ) -> None:
        self.do = do
        self.data = data
        self.path = path
        self.replaced = replaced


def make_write(world: World, root: Any) -> Write:
    """A random write at a random place."""
    path = world.pick()
    value = look(world.data, path)
    place = reach(root, path)
    kind = world.random.choice(("set", "patch", "inside", "inside"))
    if kind == "inside" and isinstance(value, list):
        return change_list(world, place, value, path)
    if kind == "inside" and isinstance(value, dict):
        return change_dict(world, place, value, path)
    if kind == "patch":
        new = vary(world, value, path)
        return Write(lambda: place.patch(deepcopy(new)), changed(world.data, path, new), path)
    new = another(world, value, path)
    return Write(
        lambda: place.set(deepcopy(new)), changed(world.data, path, new), path, replaced=path
    )


def another(world: World, value: Any, path: Path) -> Any:
    """A new value that may stand at a path."""
    if path[-1:] == (KEYED,):
        return world.make_rows(2)
    if path and isinstance(path[-1], Key):
        return (
            world.make_row(2)
            if world.random.random() < 0.3
            else {**world.make_row(2), "id": path[-1].id}
        )
    if path[-1:] == ("id",) or not isinstance(value, (dict, Pair)) or world.random.random() < 0.3:
        return world.next() if path[-1:] == ("id",) else world.make(2)
    new = copy(value)  # another one with some of the same parts
    step = world.random.choice([step for step in steps_of(value, path) if step != KEYED] or [None])
    return changed(new, (step,), world.make(1)) if step is not None else world.make(2)


def vary(world: World, value: Any, path: Path) -> Any:
    """A value that differs from another in some places, or in none."""
    steps = steps_of(value, path)
    if isinstance(value, list) and world.random.random() < 0.4:
        items = list(value)
        world.random.shuffle(items)
        return items[: world.random.randrange(len(items) + 1)]
    if not steps or world.random.random() < 0.2:
        return another(world, value, path) if world.random.random() < 0.7 else value
    step = world.random.choice(steps)
    return changed(value, (step,), vary(world, step_into(value, step), (*path, step)))


def change_list(world: World, place: Any, value: list[Any], path: Path) -> Write:
    """A write by one of a list's own methods."""
    pick = world.random
    size = len(value)
    items: list[Any] = list(value)
    make = world.make_row if path[-1:] == (KEYED,) else world.make

    def both(name: str, *given: Any) -> Write:
        getattr(items, name)(*given)
        data = changed(world.data, path, items)
        return Write(lambda: getattr(place, name)(*deepcopy(given)), data, path)

    name = pick.choice(LIST_WRITES)
    if name == "append":
        return both("append", make(1))
    if name == "extend":
        return both("extend", [make(1) for _ in range(pick.randrange(3))])
    if name == "insert":
        return both("insert", pick.randrange(-size - 1, size + 2), make(1))
    if name == "sort":
        items.sort(key=repr)
        return Write(lambda: place.sort(key=repr), changed(world.data, path, items), path)
    if name in ("reverse", "clear") or not size:
        return both("reverse" if name == "reverse" else "clear")
    index = pick.randrange(-size, size)
    if name == "remove":
        del items[index]
        row = place[index]
        return Write(lambda: place.remove(row), changed(world.data, path, items), path)
    if name == "set":
        new = make(1)
        step = index % size
        replaced = None if path[-1:] == (KEYED,) else (*path, step)
        items[index] = new
        data = changed(world.data, path, items)
        return Write(lambda: place.__setitem__(index, deepcopy(new)), data, path, replaced=replaced)
    if name == "slice":
        part = slice(*sorted((pick.randrange(size + 1), pick.randrange(size + 1))))
        return both("__setitem__", part, [make(1) for _ in range(pick.randrange(3))])
    return both("__delitem__" if name == "del" else "pop", index)


def change_dict(world: World, place: Any, value: dict[Any, Any], path: Path) -> Write:
    """A write that adds a key, or deletes one."""
    free = [name for name in "abcdef" if name not in value]
    taken = [name for name in value if name != "id"]
    if taken and (not free or world.random.random() < 0.5):
        name = world.random.choice(taken)
        rest = {key: part for key, part in value.items() if key != name}
        return Write(lambda: place.__delitem__(name), changed(world.data, path, rest), path)
    name, new = world.random.choice(free), world.make(2)
    data = changed(world.data, path, {**value, name: new})
    return Write(lambda: place.__setitem__(name, deepcopy(new)), data, path)


def must_run(reader: Reader, write: Write, after: Any) -> bool | None:
    """Whether a reader has to run for a write; None when it may or may not."""
    if not is_same(reader.before, after):
        return True
    if after is MISSING:
        return None  # it may look again at each change of what it would stand in
    replaced = write.replaced
    if replaced is None:
        return False
    shared = min(len(replaced), len(reader.path))
    if replaced[:shared] != reader.path[:shared]:
        return False
    if after[0] != "value":
        # what stands in a container is asked anew when it is replaced, not when a part of it is
        return len(replaced) <= len(reader.path)
    return True


@pytest.mark.parametrize("seed", range(30))
def test_effects_run_exactly_when_what_they_read_changed_or_was_replaced(seed: int) -> None:
    world = World(seed)
    root = store(deepcopy(world.data), keys={KEYED: "id"})
    readers = [Reader(world, root) for _ in range(25)]

    for number in range(12):
        write = make_write(world, root)
        counts = [reader.runs for reader in readers]
        write.do()
        world.data = write.data

        assert is_same(root.peek(), world.data), (seed, number)
        for reader, runs in zip(readers, counts, strict=True):
            after = reader.expected()
            where = str(
                (
                    seed,
                    number,
                    reader.path,
                    reader.name,
                    reader.step,
                    write.path,
                    write.replaced,
                    reader.before,
                    after,
                )
            )
            assert is_same(reader.seen, after), where
            wanted = must_run(reader, write, after)
            if wanted is not None:
                assert reader.runs - runs == wanted, where
            reader.before = after


@pytest.mark.parametrize("seed", range(12))
def test_a_batch_runs_effects_once_with_the_last_values(seed: int) -> None:
    world = World(seed)
    root = store(deepcopy(world.data), keys={KEYED: "id"})
    readers = [Reader(world, root) for _ in range(15)]

    for _ in range(10):
        counts = [reader.runs for reader in readers]
        with batch():
            for _ in range(4):
                write = make_write(world, root)
                write.do()
                world.data = write.data

        for reader, runs in zip(readers, counts, strict=True):
            assert is_same(reader.seen, reader.expected())
            assert reader.runs - runs <= 1


@pytest.mark.parametrize("seed", range(12))
def test_what_was_given_away_never_changes(seed: int) -> None:
    world = World(seed)
    given = [deepcopy(world.data)]
    root = store(given[0], keys={KEYED: "id"})
    texts = [repr(given[0])]

    for _ in range(60):
        write = make_write(world, root)
        write.do()
        world.data = write.data
        if world.random.random() < 0.3:
            taken = reach(root, world.pick()).peek()
            given.append(taken)
            texts.append(repr(taken))

        assert [repr(value) for value in given] == texts
