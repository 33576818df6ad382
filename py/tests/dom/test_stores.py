"""Stores in views: places as holes, bindings and props, lists as rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gossamer import For, Show, Store, component, memo, on_cleanup, store
from gossamer.reactive import set_debug
from gossamer.testing.page import FakePage

type Mount = Callable[[object], FakePage]


@dataclass
class Todo:
    id: int
    title: str
    done: bool = False


def make_state() -> Any:
    todos = [Todo(1, "write"), Todo(2, "read"), Todo(3, "rest")]
    return store({"todos": todos, "filter": "all"}, keys={"todos": "id"})


@component
def Item(todo: Store[Todo]) -> object:
    return t"<li class:done={todo.done}><input bind:value={todo.title}>{todo.title}</li>"


def rows_of(page: FakePage) -> list[Any]:
    return [element for element in page.elements() if element.name == "li"]


def texts(page: FakePage) -> list[str]:
    return [row.text() for row in rows_of(page)]


def test_a_place_is_live_in_every_kind_of_hole(show: Mount) -> None:
    state: Any = store({"name": "Ada", "size": 1.5, "tags": ["a", "b"], "style": {"color": "red"}})
    page = show(
        t'<p id={state.name} class={state.tags} title="of {state.name}" style={state.style}>'
        t"{state.name:>5} {state.size:.2f} {state.tags}</p>"
    )
    element = page.elements()[0]

    state.name.set("Eve")
    state.size.set(2)
    state.tags[0].set("c")
    state.style.color.set("blue")

    assert element.attributes["id"] == "Eve"
    assert element.attributes["title"] == "of Eve"
    assert element.text() == "  Eve 2.00 cb"
    assert "c" in element.attributes["class"].split()
    assert "blue" in page.body.inner_html()


def test_a_write_is_one_write_to_the_page(show: Mount) -> None:
    state = make_state()
    page = show(t"<ul>{For(each=state.todos, children=lambda todo: Item(todo=todo))}</ul>")
    page.writes.clear()

    state.todos[1].done.set(True)

    assert [write[0] for write in page.writes] == ["classes"]


def test_bindings_write_the_store(show: Mount) -> None:
    state = make_state()
    page = show(For(each=state.todos, children=lambda todo: Item(todo=todo)))
    field = next(element for element in page.elements() if element.name == "input")

    field.properties["value"] = "write more"
    page.fire(field, "input")

    assert state.todos[0].title() == "write more"
    assert texts(page)[0] == "write more"


def test_groups_and_choices_bind_to_lists(show: Mount) -> None:
    state: Any = store({"chosen": ["a"]})
    page = show(
        t'<input type="checkbox" value="a" bind:group={state.chosen}>'
        t'<input type="checkbox" value="b" bind:group={state.chosen}>'
    )
    first, second = page.elements()

    second.properties["checked"] = True
    page.fire(second, "change")
    assert state.chosen() == ["a", "b"]
    state.chosen.remove("a")

    assert not first.checked


def test_rows_move_with_their_nodes_and_without_running_anything(show: Mount) -> None:
    state = make_state()
    built: list[int] = []

    def row(todo: Store[Todo]) -> object:
        built.append(todo.peek().id)
        return Item(todo=todo)

    page = show(t"<ul><{For} each={state.todos}>{row}</{For}></ul>")
    nodes = {node.text(): node for node in rows_of(page)}
    page.writes.clear()

    state.todos.reverse()
    assert {write[0] for write in page.writes} == {"move"}
    state.todos.append(Todo(4, "sing"))

    assert texts(page) == ["rest", "read", "write", "sing"]
    assert [nodes[text] for text in texts(page)[:3]] == rows_of(page)[:3]
    assert built == [1, 2, 3, 4]


def test_a_key_function_of_for_works_on_rows(show: Mount) -> None:
    state: Any = store([{"id": 1, "n": "a"}, {"id": 2, "n": "b"}])  # by position
    page = show(For(state, key=lambda row: row.id(), children=lambda row: t"<li>{row.n}</li>"))

    state.pop(0)
    state.append({"id": 3, "n": "c"})
    state[0].n.set("B")

    assert texts(page) == ["B", "c"]


def test_a_list_may_be_none_at_times(show: Mount) -> None:
    state: Any = store({"rows": None})
    page = show(For(state.rows, children=lambda row: t"<li>{row}</li>"))
    assert texts(page) == []

    state.rows.set(["a", "b"])
    assert texts(page) == ["a", "b"]
    state.rows.append("c")
    state.rows.set(None)
    assert texts(page) == []
    state.rows.set(["d"])

    assert texts(page) == ["d"]


def test_a_filter_of_rows_is_a_memo(show: Mount) -> None:
    state = make_state()
    left = memo(lambda: [todo for todo in state.todos if not todo.done()])
    page = show(For(left, children=lambda todo: Item(todo=todo)))
    nodes = rows_of(page)

    state.todos[0].done.set(True)
    assert rows_of(page) == nodes[1:]
    state.todos[0].done.set(False)

    assert texts(page) == ["write", "read", "rest"]


def test_show_follows_a_list_that_empties(show: Mount) -> None:
    state = make_state()
    page = show(Show(when=state.todos, children=t"<p>some</p>", fallback=t"<p>none</p>"))
    assert page.body.inner_html() == "<p>some</p>"

    state.todos.clear()

    assert page.body.inner_html() == "<p>none</p>"


def test_a_removed_row_is_cleaned_up_and_reads_nothing_any_more(show: Mount) -> None:
    state = make_state()
    gone: list[int] = []

    def row(todo: Store[Todo]) -> object:
        number = todo.peek().id
        on_cleanup(lambda: gone.append(number))
        return Item(todo=todo)

    page = show(For(each=state.todos, children=row))
    set_debug(on=True)
    try:
        state.todos.pop(1)
        state.todos.patch([Todo(3, "rest")])
        state.set({"todos": [Todo(3, "rest well")], "filter": "all"})
    finally:
        set_debug(on=False)

    assert gone == [2, 1]
    assert texts(page) == ["rest well"]
