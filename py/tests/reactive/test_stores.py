"""Stores: places that are read and written like signals. C40-C42, C45, C47, S230, S231, S235."""

import gc
import weakref
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar, NamedTuple

import pytest
from gossamer.errors import EffectLoopError, StoreFieldError, StoreTypeError, WriteInMemoError
from gossamer.reactive import (
    ReactiveWarning,
    Signal,
    Store,
    as_setter,
    batch,
    effect,
    immediate_effect,
    memo,
    selector,
    set_debug,
    set_scheduler,
    store,
    untrack,
    watch,
)
from gossamer.reactive.fields import _aside


@dataclass
class Name:
    first: str
    last: str = "Byron"


@dataclass
class User:
    name: Name
    age: int = 36
    friend: User | None = None
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int


class Size(NamedTuple):
    width: int
    height: int


@dataclass
class Circle:
    radius: int


@dataclass
class Square:
    side: int


class Runs:
    """Counts the runs of an effect, and keeps what it read."""

    def __init__(self, read: Callable[[], object]) -> None:
        self.read = read
        self.seen: list[object] = []
        self.effect = effect(self.run)

    def run(self) -> None:
        self.seen.append(self.read())


def make_user() -> Any:
    return store(User(Name("Ada")))


def test_fields_of_a_dataclass_are_read_and_written_like_signals() -> None:
    """C40, C41."""
    user = make_user()

    user.name.first.set("Grace")
    user.age.update(lambda age: age + 1)

    assert user.name.first() == "Grace"
    assert user.age.peek() == 37
    assert user() == User(Name("Grace"), 37)


def test_dicts_and_lists_in_each_other_are_reached_by_name_and_by_position() -> None:
    state: Any = store({"rooms": [{"name": "hall"}], 7: {"x": (1, 2)}})

    state.rooms[0].name.set("attic")
    state[7]["x"][1].set(5)

    assert state() == {"rooms": [{"name": "attic"}], 7: {"x": (1, 5)}}


def test_frozen_and_slotted_dataclasses_and_named_tuples_can_be_written() -> None:
    state: Any = store({"point": Point(1, 2), "size": Size(3, 4), "pair": (Point(5, 6),)})
    seen = Runs(state.point.x)

    state.point.x.set(10)
    state.size.height.set(40)
    state.size.patch(Size(3, 41))
    state.pair[0].y.set(60)
    state.pair[0].y.set(61)

    assert state() == {"point": Point(10, 2), "size": Size(3, 41), "pair": (Point(5, 61),)}
    assert seen.seen == [1, 10]


def test_kinds_of_dicts_and_lists_stay_what_they_are() -> None:
    class Rows(list[int]):
        pass

    counts: defaultdict[str, int] = defaultdict(int, {"a": 1})
    state: Any = store({"counts": counts, "order": OrderedDict(b=1, a=2), "rows": Rows([1])})

    state.counts.a.set(2)
    state.order["b"] = 3
    state.rows.append(2)

    assert type(state().pop("counts")) is defaultdict
    assert list(state.peek()["order"].items()) == [("b", 3), ("a", 2)]
    assert type(state.rows.peek()) is Rows
    with pytest.raises(StoreFieldError):
        state.counts["none"]
    assert "none" not in state.counts.peek()


def test_a_place_is_one_object_and_costs_nothing_before_it_is_reached() -> None:
    state: Any = store({"rows": [{"id": number} for number in range(1000)]})

    assert state.__field__.branch.parts == {}
    assert state.rows[5].id is state["rows"][5]["id"]
    assert len(state.rows.__field__.branch.parts) == 1


def test_writing_a_field_tells_its_readers_and_those_around_it_but_no_siblings() -> None:
    """S230."""
    user = make_user()
    first, last = Runs(user.name.first), Runs(user.name.last)
    name, age, whole = Runs(user.name), Runs(user.age), Runs(user)

    user.name.first.set("Grace")

    assert first.seen == ["Ada", "Grace"]
    assert name.seen == [Name("Ada"), Name("Grace")]
    assert len(whole.seen) == 2
    assert len(last.seen) == len(age.seen) == 1


def test_writing_a_parent_tells_the_readers_of_its_fields_even_of_equal_ones() -> None:
    """S230."""
    user = make_user()
    first, last, age = Runs(user.name.first), Runs(user.name.last), Runs(user.age)

    user.name.set(Name("Grace"))
    assert first.seen == ["Ada", "Grace"]
    assert last.seen == ["Byron", "Byron"]
    assert len(age.seen) == 1

    user.set(User(Name("Mary"), 20))
    assert first.seen[-1] == "Mary"
    assert age.seen == [36, 20]


def test_fields_of_items_hear_of_a_write_of_what_contains_the_list() -> None:
    """S234."""
    state: Any = store({"rows": [{"n": 1}], "other": 0})
    seen = Runs(state.rows[0].n)

    state.set({"rows": [{"n": 2}], "other": 0})

    assert seen.seen == [1, 2]


def test_outer_effects_run_before_inner_ones() -> None:
    """S231: the outer one may end the inner one."""
    state: Any = store({"user": {"name": "Ada"}})
    log: list[str] = []
    inner = effect(lambda: log.append(f"inner {state.user.name()}"))

    def outer() -> None:
        name = state()["user"]["name"]
        log.append(f"outer {name}")
        if name == "end":
            inner.dispose()

    effect(outer)
    log.clear()

    state.user.name.set("Grace")
    assert log == ["outer Grace", "inner Grace"]
    state.user.name.set("end")
    assert log[2:] == ["outer end"]


def test_all_values_are_in_place_before_any_effect_runs() -> None:
    state: Any = store({"a": 1, "b": {"c": 1}})
    seen: list[object] = []
    immediate_effect(lambda: seen.append((state()["a"], state.a(), state.b.c())))

    state.set({"a": 2, "b": {"c": 2}})

    assert seen == [(1, 1, 1), (2, 2, 2)]


def test_a_quiet_write_is_seen_and_told_to_nobody() -> None:
    """S235."""
    user = make_user()
    first, whole = Runs(user.name.first), Runs(user)

    user.name.first.set_quietly("Grace")
    user.name.set_quietly(Name("Mary"))

    assert user.name.first() == "Mary"
    assert len(first.seen) == len(whole.seen) == 1


def test_untracked_reads_are_not_followed() -> None:
    user = make_user()
    runs = Runs(lambda: (untrack(user.age), user.name.first.peek(), user.peek().age))

    user.age.set(5)
    user.name.first.set("Grace")

    assert len(runs.seen) == 1


def test_a_write_waits_for_the_host_and_for_a_batch_like_a_signals() -> None:
    user = make_user()
    runs = Runs(user.age)

    with batch():
        user.age.set(1)
        user.set(User(Name("Ada"), 2))
        assert user.age() == 2
    assert runs.seen == [36, 2]

    asked: list[Callable[[], None]] = []
    set_scheduler(asked.append)
    user.age.set(3)
    user.age.set(4)
    assert len(asked) == 1
    asked[0]()
    assert runs.seen == [36, 2, 4]


def test_no_memo_may_write() -> None:
    user = make_user()
    rows: Any = store([1])
    memos = [
        memo(lambda: user.age.set(1)),
        memo(lambda: user.patch(User(Name("B")))),
        memo(lambda: rows.append(2)),
        memo(lambda: store({}).__setitem__("a", 1)),
    ]

    for value in memos:
        with pytest.raises(WriteInMemoError):
            value()
    with pytest.raises(WriteInMemoError, match=r"store\.age"):
        memos[0]()


def test_what_was_given_and_what_was_read_stays_as_it_is() -> None:
    given = User(Name("Ada"), tags=["a"])
    user: Any = store(given)

    before = user()
    user.name.first.set("Grace")
    between = user.peek()
    user.tags.append("b")
    user.name.first.set("Mary")

    assert before is given
    assert before == User(Name("Ada"), tags=["a"])
    assert between == User(Name("Grace"), tags=["a"])
    assert user() == User(Name("Mary"), tags=["a", "b"])


def test_old_and_new_can_be_compared() -> None:
    state: Any = store({"rows": [1]})
    seen: list[object] = []
    is_empty = memo(lambda: not state.rows())
    watch(state.rows, lambda new, old: seen.append((old, new)))
    runs = Runs(is_empty)

    state.rows.append(2)
    state.rows.clear()

    assert seen == [([1], [1, 2]), ([1, 2], [])]
    assert runs.seen == [False, True]


def test_values_are_copied_once_after_they_were_given_away() -> None:
    state: Any = store({"rows": [[1], [2]]})
    state.rows[0][0].set(5)
    rows = state.__field__.value["rows"]

    state.rows[0][0].set(6)
    state.rows[1].append(3)
    assert state.__field__.value["rows"] is rows

    state.rows()
    state.rows[0][0].set(7)
    assert state.__field__.value["rows"] is not rows


def test_a_place_serves_wherever_a_signal_does() -> None:
    """C42."""
    user = make_user()
    seen: list[object] = []
    watch(user.name.first, lambda new, old: seen.append((old, new)))
    is_chosen = selector(user.age)
    double = memo(lambda: user.age() * 2)

    as_setter(user.name.first)("Grace")
    as_setter(user.age)(4)

    assert seen == [("Ada", "Grace")]
    assert double() == 8
    assert is_chosen(4)


def test_a_part_can_be_tracked_without_reading_and_told_of_changes_in_place() -> None:
    state: Any = store({"seen": {1, 2}})
    runs = Runs(lambda: state.seen.track())

    state.seen.peek().add(3)
    state.seen.notify()

    assert len(runs.seen) == 2
    assert state.seen() == {1, 2, 3}


def test_a_stream_gives_the_values(run_async: Callable[[Any], None]) -> None:
    import asyncio
    from contextlib import aclosing

    user = make_user()

    async def main() -> None:
        seen = []
        async with aclosing(user.age.stream()) as ages:
            async for age in ages:
                seen.append(age)
                if age == 38:
                    break
                user.age.set(age + 1)
                await asyncio.sleep(0)
        assert seen == [36, 37, 38]

    run_async(main())


def test_fields_named_like_methods_are_reached_by_item() -> None:
    state: Any = store({"set": 1, "update": {"items": [1]}, "value": 2, "branch": 3, "__x__": 4})

    state["set"].set(10)
    state["update"]["items"].append(2)

    assert callable(state.set)
    assert state.value() == 2
    assert state.branch() == 3
    assert state["__x__"]() == 4
    assert state() == {"set": 10, "update": {"items": [1, 2]}, "value": 2, "branch": 3, "__x__": 4}


def test_a_record_is_no_sequence_and_always_true() -> None:
    user = make_user()

    assert user
    assert user.age
    with pytest.raises(TypeError, match="not iterable"):
        iter(user)
    with pytest.raises(TypeError):
        len(user)


def test_fields_can_be_assigned() -> None:
    user = make_user()
    runs = Runs(user.name.first)

    user.name.first = "Grace"
    user["age"] = 5
    user.name = Name("Mary")

    assert runs.seen == ["Ada", "Grace", "Mary"]
    assert user() == User(Name("Mary"), 5)
    with pytest.raises(StoreFieldError):
        user.nmae = 1


def test_none_becomes_a_value_and_none_again() -> None:
    """C45."""
    user = make_user()
    friend = user.friend
    seen: list[object] = []

    def look() -> None:
        seen.append(user.friend.name.first() if user.friend() else None)

    effect(look)
    user.friend.set(User(Name("Grace")))
    user.friend.name.first.set("Mary")
    user.friend.set(None)
    user.friend.set(User(Name("Edsger")))

    assert seen == [None, "Grace", "Mary", None, "Edsger"]
    assert friend is user.friend
    assert friend.name.first() == "Edsger"


def test_what_missed_a_part_looks_again_when_it_is_there() -> None:
    user = make_user()
    runs = Runs(lambda: getattr(user.friend, "age", None) and user.friend.age())

    user.friend.set(User(Name("Grace"), 5))

    assert runs.seen == [None, 5]


def test_one_of_several_dataclasses_can_stand_at_a_place() -> None:
    """C40, enums."""
    state: Any = store({"shape": Circle(1)})
    radius = state.shape.radius
    seen = Runs(lambda: type(state.shape()).__name__)

    state.shape.set(Square(2))

    assert seen.seen == ["Circle", "Square"]
    assert state.shape.side() == 2
    assert radius() == 1
    with pytest.raises(StoreFieldError, match="side"):
        state.shape.radius()


def test_what_is_no_plain_data_is_one_leaf() -> None:
    """C47."""

    class Cache:
        hits = 0

    cache = Cache()
    state: Any = store({"cache": cache, "seen": {1}})
    runs = Runs(state.cache)

    state.cache.peek().hits = 1
    assert len(runs.seen) == 1
    state.cache.notify()

    assert runs.seen == [cache, cache]
    with pytest.raises(StoreFieldError, match="Cache"):
        state.cache.hits()


def test_class_variables_are_no_fields_of_their_own() -> None:
    @dataclass
    class Counter:
        kind: ClassVar[str] = "plain"
        count: int = 0

    state: Any = store(Counter())
    state.count.set(1)

    assert state() == Counter(1)
    assert state.kind() == "plain"


def test_stores_among_written_values_stand_for_what_they_hold() -> None:
    state: Any = store({"a": {"n": 1}, "b": {"n": 2}, "all": [], "by": {}, "two": ()})

    state.all.set([state.a, state.b])
    state.by.set({"x": state.a})
    state.two.set((state.a, 5))
    state.all.append(state.a)
    state.a.set(state.b)

    assert state() == {
        "a": {"n": 2},
        "b": {"n": 2},
        "all": [{"n": 1}, {"n": 2}, {"n": 1}],
        "by": {"x": {"n": 1}},
        "two": ({"n": 1}, 5),
    }


def test_one_value_at_two_places_changes_at_one() -> None:
    shared = {"n": 1}
    state: Any = store({"a": shared, "b": shared})

    state.a.n.set(2)
    state.b.n.set(3)

    assert state() == {"a": {"n": 2}, "b": {"n": 3}}
    assert shared == {"n": 1}


def test_a_failing_write_changes_nothing() -> None:
    @dataclass
    class Age:
        years: int

        def __setattr__(self, name: str, value: Any) -> None:
            if value < 0:
                raise ValueError("an age is not negative")
            super().__setattr__(name, value)

    state: Any = store({"age": Age(5)})
    years, whole = Runs(state.age.years), Runs(state)

    for _ in range(2):  # first on a copy, then on the store's own
        with pytest.raises(ValueError, match="not negative"):
            state.age.years.set(-1)
        assert state.age.years() == 5
        state.age.years.set(5)

    assert years.seen == [5, 5, 5]
    assert state() == {"age": Age(5)}
    assert len(whole.seen) == 3


def test_keys_come_and_go() -> None:
    state: Any = store({"users": {"ada": {"age": 36}}})
    keys, size = Runs(lambda: list(state.users)), Runs(lambda: len(state.users))
    has_grace, has_ada = Runs(lambda: "grace" in state.users), Runs(lambda: "ada" in state.users)
    ages = Runs(lambda: [user.age() for user in state.users.values()])
    grace = Runs(lambda: state.users.get("grace") and state.users["grace"].age())

    state.users["grace"] = {"age": 40}
    state.users.grace.age.set(41)
    del state.users["ada"]

    assert keys.seen == [["ada"], ["ada", "grace"], ["grace"]]
    assert size.seen == [1, 2, 1]
    assert has_grace.seen == [False, True]
    assert has_ada.seen == [True, False]
    assert ages.seen == [[36], [36, 40], [36, 41], [41]]
    assert grace.seen == [None, 40, 41]


def test_a_dict_store_has_what_a_dict_has() -> None:
    state: Any = store({"a": 1, (1, 2): "pair"})

    state[3] = {"deep": 1}
    assert state.keys() == ["a", (1, 2), 3]
    assert [(key, part()) for key, part in state.items()] == list(state().items())
    assert state.pop("a") == 1
    assert state.pop("a", 5) == 5
    with pytest.raises(KeyError):
        state.pop("a")
    assert state.get("a", "none") == "none"
    assert not store({})
    assert {**state} == {(1, 2): state[1, 2], 3: state[3]}


def test_a_key_that_comes_back_is_a_new_place() -> None:
    state: Any = store({"a": 1})
    old = state.a
    seen = Runs(lambda: state["a"]() if "a" in state else None)

    del state["a"]
    state["a"] = 2
    state.a.set(3)

    assert old() == 1
    assert state.a is not old
    assert seen.seen == [1, None, 2, 3]


def test_a_removed_place_keeps_its_last_value_and_takes_no_other() -> None:
    state: Any = store({"user": {"name": {"first": "Ada"}, "tags": ["a"]}})
    user = state.user
    name = user.name.first
    del state["user"]

    name.set("Grace")
    user.tags.append("b")
    user["new"] = 1
    user.name.patch({"first": "Grace"})

    assert name() == "Ada"
    assert user.name() == {"first": "Ada"}
    assert [tag() for tag in user.tags] == ["a"]
    assert state() == {}


def test_reading_and_writing_a_removed_place_warns_in_debug_mode() -> None:
    state: Any = store({"user": {"name": "Ada"}})
    user = state.user
    name = user.name
    del state["user"]
    set_debug(on=True)

    with pytest.warns(ReactiveWarning, match=r"store\.user\.name was read after"):
        untrack(name)
    with pytest.warns(ReactiveWarning, match=r"store\.user\.name was written after"):
        name.set("Grace")


def test_a_read_that_nothing_follows_warns_in_debug_mode() -> None:
    state: Any = store({"label": 1})
    set_debug(on=True)

    with pytest.warns(ReactiveWarning, match="store.label is read where nothing follows it"):
        state.label()


def test_a_name_that_is_not_there_is_an_error_that_names_what_is() -> None:
    user = make_user()

    with pytest.raises(StoreFieldError) as caught:
        user.nmae  # noqa: B018 - the read itself fails
    text = str(caught.value)
    assert "store has no 'nmae'." in text
    assert "It holds a value of type User, with name, age, friend, tags." in text
    assert "Write `name`." in text

    with pytest.raises(AttributeError, match="holds None"):
        user.friend.age  # noqa: B018
    with pytest.raises(KeyError, match=r"store\.name has no 'x'"):
        user.name["x"]
    with pytest.raises(IndexError, match="a list of 0"):
        user.tags[0]
    with pytest.raises(StoreFieldError, match=r"store\.tags has no 'first'"):
        user.tags["first"]
    with pytest.raises(StoreFieldError, match=r"store\.tags has no 'push'"):
        user.tags.push("x")
    with pytest.raises(StoreFieldError, match="a value of type int"):
        user.age["x"]
    many: Any = store({f"k{number}": number for number in range(30)})
    with pytest.raises(StoreFieldError, match="k11 and 18 more"):
        many.none  # noqa: B018
    assert not hasattr(user, "nothing")
    assert not hasattr(user, "__len__")


@pytest.mark.parametrize("value", [5, "text", None, {1}, object()], ids=repr)
def test_a_store_needs_data_with_parts(value: object) -> None:
    with pytest.raises(StoreTypeError, match=r"Signal\(…\)"):
        store(value)


def test_a_store_needs_an_instance_and_named_keys() -> None:
    with pytest.raises(StoreTypeError, match=r"store\(User\(…\)\)"):
        store(User)
    with pytest.raises(StoreTypeError, match="One name alone is for a list"):
        store({"rows": []}, keys="id")  # type: ignore[call-overload]
    with pytest.raises(StoreTypeError, match="a function as the key"):
        store({"rows": []}, keys={"rows": lambda row: row["id"]})  # type: ignore[dict-item]


def test_a_store_shows_the_way_and_the_value() -> None:
    state: Any = store({"user": {"first name": "Ada", "tags": [1]}, "long": "x" * 200, None: 1})

    assert repr(state.user["first name"]) == "store.user['first name']('Ada')"
    assert repr(state.user.tags[0]) == "store.user.tags[0](1)"
    assert repr(state[None]) == "store[None](1)"
    assert len(repr(state.long)) < 100


@pytest.mark.usefixtures("no_gc")
def test_a_dropped_store_dies_with_all_its_places() -> None:
    user = make_user()
    dead = [weakref.ref(place) for place in (user, user.name, user.name.first, user.tags)]
    running = Runs(user.name.first)
    user.name.first.set("Grace")
    user.tags.append("a")

    running.effect.dispose()
    del running, user

    assert [place() for place in dead] == [None] * 4


@pytest.mark.usefixtures("no_gc")
def test_removed_places_die_when_their_readers_go() -> None:
    state: Any = store({"rows": {number: {"n": number} for number in range(10)}})
    rows = [Runs(state.rows[number].n) for number in range(10)]
    dead = [weakref.ref(state.rows[number].__field__) for number in range(10)]
    dead += [weakref.ref(state.rows[number].n.__field__) for number in range(10)]

    state.rows.set({})
    for row in rows:
        row.effect.dispose()
    del rows, row

    assert [place() for place in dead] == [None] * 20


@pytest.mark.usefixtures("no_gc")
def test_questions_are_forgotten_when_nobody_asks_any_more() -> None:
    state: Any = store({"chosen": {}})
    asking = [Runs(partial(state.chosen.__contains__, key)) for key in range(100)]
    assert len(state.chosen.__field__.branch.asked) == 100

    state.chosen[5] = True
    assert [len(one.seen) for one in asking] == [1 + (key == 5) for key in range(100)]
    for one in asking:
        one.effect.dispose()

    assert state.chosen.__field__.branch.asked == {}


def test_an_endless_loop_names_what_was_asked() -> None:
    state: Any = store({"rows": {}})
    rows = state.rows

    with pytest.raises(EffectLoopError, match=r"by store\.rows\[length\]"):
        effect(lambda: rows.__setitem__(len(rows), 1))


def test_memos_that_rest_do_not_miss_keys() -> None:
    state: Any = store({"a": 1})
    has_b = memo(lambda: "b" in state)
    assert has_b() is False

    state["b"] = 2
    assert has_b() is True
    running = Runs(has_b)
    running.effect.dispose()
    del state["b"]

    assert has_b() is False


def test_a_part_lives_on_alone_and_leaves_what_the_whole_gave_away() -> None:
    state: Any = store({"user": {"name": "Ada", "tags": []}})
    state.user.name.set("Grace")
    user = state.user
    given = state()
    del state
    gc.collect()
    runs = Runs(user.name)

    user.name.set("Mary")
    user.tags.append("a")

    assert runs.seen == ["Grace", "Mary"]
    assert user() == {"name": "Mary", "tags": ["a"]}
    assert given == {"user": {"name": "Grace", "tags": []}}


def test_a_deep_tree_can_be_written_at_its_end() -> None:
    deep: dict[str, Any] = {"n": 0}
    for _ in range(100):
        deep = {"in": deep}
    state: Any = store(deep)
    place = state
    for _ in range(100):
        place = place["in"]
    runs = Runs(place.n)

    place.n.set(1)
    state.patch(state.peek())

    assert runs.seen == [0, 1]
    assert isinstance(place, Store)


def test_a_store_in_a_signal_is_left_alone() -> None:
    user = make_user()
    chosen: Signal[Any] = Signal(user)
    runs = Runs(lambda: chosen().age())

    user.age.set(1)
    other = make_user()
    chosen.set(other)

    assert runs.seen == [36, 1, 36]


def test_a_deep_store_is_freed_without_going_down_in_it() -> None:
    """E2: in a page that would end the interpreter."""
    deep: dict[str, Any] = {"n": 0}
    depth = 2_500
    for _ in range(depth):
        deep = {"in": deep}
    state: Any = store(deep)
    place = state
    del deep
    for _ in range(depth):
        place = place["in"]
    place["n"].set(1)
    last = weakref.ref(place.__field__)

    del place
    assert last() is not None
    del state

    assert last() is None
    assert _aside == []


def test_a_part_of_a_deep_store_outlives_the_whole() -> None:
    deep: dict[str, Any] = {"n": 0}
    for _ in range(300):
        deep = {"in": deep}
    state: Any = store(deep)
    middle = state
    for _ in range(100):
        middle = middle["in"]
    below = middle
    for _ in range(200):
        below = below["in"]

    del state
    below["n"].set(1)

    for _ in range(200):
        middle = middle["in"]
    assert middle["n"].peek() == 1
