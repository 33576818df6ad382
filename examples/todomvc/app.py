"""TodoMVC to the letter of its public specification."""

import json

from gossamer import For, NodeRef, Show, Signal, component, effect, memo, mount, view
from js import localStorage, window
from pyodide.ffi import JsException, create_proxy

STORAGE = "todos-gossamer"
FILTERS = {"all": "#/", "active": "#/active", "completed": "#/completed"}


class Todo:
    """One thing to do; its title and its state change, its id does not."""

    def __init__(self, id: int, title: str, completed: bool = False):
        self.id = id
        self.title = Signal(title)
        self.completed = Signal(completed)


class Todos:
    """All that is to be done, and which part of it is shown."""

    def __init__(self):
        self.all = Signal(load())
        self.filter = Signal("all")
        self.active = memo(lambda: sum(not todo.completed() for todo in self.all()))
        self.completed = memo(lambda: len(self.all()) - self.active())
        self.shown = memo(self.find_shown)

    def find_shown(self) -> list[Todo]:
        todos, shown = self.all(), self.filter()
        if shown == "all":
            return todos
        return [todo for todo in todos if todo.completed() is (shown == "completed")]

    def add(self, title: str):
        todos = self.all.peek()
        id = max((todo.id for todo in todos), default=0) + 1
        self.all.set([*todos, Todo(id, title)])

    def remove(self, gone: Todo):
        self.all.update(lambda todos: [todo for todo in todos if todo is not gone])

    def complete_all(self, completed: bool):
        for todo in self.all.peek():
            todo.completed.set(completed)

    def clear_completed(self):
        self.all.update(lambda todos: [todo for todo in todos if not todo.completed.peek()])

    def save(self):
        """Write everything down; as an effect it does so after each change."""
        rows = [
            {"id": todo.id, "title": todo.title(), "completed": todo.completed()}
            for todo in self.all()
        ]
        try:
            localStorage.setItem(STORAGE, json.dumps(rows))
        except JsException:
            pass  # a full or forbidden storage must not stop the work


def load() -> list[Todo]:
    """What was written down last time; nothing if it cannot be read."""
    try:
        return [Todo(**row) for row in json.loads(localStorage.getItem(STORAGE) or "[]")]
    except JsException, TypeError, ValueError:
        return []


@component
def Item(todo: Todo, todos: Todos):
    """A row: shown, or being edited."""
    editing = Signal(False)
    field = NodeRef()

    def edit():
        editing.set(True)

    def focus():
        if editing():
            field.peek().value = todo.title.peek()
            field.peek().focus()

    def save():
        if not editing.peek():
            return  # leaving the field by Enter or Escape blurs it as well
        editing.set(False)
        title = field.peek().value.strip()
        if title:
            todo.title.set(title)
        else:
            todos.remove(todo)

    def press(event):
        if event.key == "Enter" and not event.isComposing:
            save()
        elif event.key == "Escape":
            editing.set(False)

    def remove():
        todos.remove(todo)

    effect(focus)
    return view(t"""
        <li class:completed={todo.completed} class:editing={editing}>
          <div class="view">
            <input class="toggle" type="checkbox" aria-label="Done" bind:checked={todo.completed}>
            <label on:dblclick={edit}>{todo.title}</label>
            <button class="destroy" aria-label="Delete" on:click={remove}></button>
          </div>
          <input class="edit" aria-label="Edit" ref={field} on:blur={save} on:keydown={press}>
        </li>
    """)


@component
def Main(todos: Todos):
    """The list and the checkbox that marks all of it."""
    all_completed = memo(lambda: todos.active() == 0)

    def toggle_all(event):
        todos.complete_all(event.target.checked)

    def show(todo: Todo):
        return Item(todo=todo, todos=todos)

    return view(t"""
        <section class="main">
          <input id="toggle-all" class="toggle-all" type="checkbox"
            prop:checked={all_completed} on:change={toggle_all}>
          <label for="toggle-all">Mark all as complete</label>
          <ul class="todo-list">
            <{For} each={todos.shown} key={(lambda todo: todo.id)}>{show}</{For}>
          </ul>
        </section>
    """)


@component
def Footer(todos: Todos):
    """How many are left, which are shown, and the way to be rid of the rest."""
    items = memo(lambda: "item" if todos.active() == 1 else "items")

    def link(name: str, address: str):
        def is_selected():
            return todos.filter() == name

        return t"<li><a href={address} class:selected={is_selected}>{name.capitalize()}</a></li>"

    links = [link(name, address) for name, address in FILTERS.items()]
    return view(t"""
        <footer class="footer">
          <span class="todo-count"><strong>{todos.active}</strong> {items} left</span>
          <ul class="filters">{links}</ul>
          <{Show} when={todos.completed}>
            <button class="clear-completed" on:click={todos.clear_completed}>Clear completed</button>
          </{Show}>
        </footer>
    """)


@component
def App():
    todos = Todos()

    def create(event):
        title = event.target.value.strip()
        if event.key == "Enter" and not event.isComposing and title:
            todos.add(title)
            event.target.value = ""

    def follow_hash(event=None):
        names = {address: name for name, address in FILTERS.items()}
        todos.filter.set(names.get(window.location.hash, "all"))

    follow_hash()
    window.addEventListener("hashchange", create_proxy(follow_hash))
    effect(todos.save)
    return view(t"""
        <section class="todoapp">
          <header class="header">
            <h1>todos</h1>
            <input class="new-todo" placeholder="What needs to be done?" autofocus
              aria-label="What needs to be done?" on:keydown={create}>
          </header>
          <{Show} when={todos.all}>
            <{Main} todos={todos} />
            <{Footer} todos={todos} />
          </{Show}>
        </section>
    """)


mount(App(), "#app")
