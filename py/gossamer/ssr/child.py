"""Views of every kind as pieces of text."""

from collections.abc import Callable, Generator, Iterable
from string.templatelib import Template
from typing import Any

from gossamer.errors import ListError, ViewError
from gossamer.reactive import (
    Owner,
    Resource,
    Signal,
    current_owner,
    note_path,
    untrack,
)
from gossamer.reactive.waiting import is_waiting
from gossamer.ssr.attributes import Attributes, Values
from gossamer.ssr.escape import escape_text
from gossamer.ssr.marks import escape_marked, trusted_marked
from gossamer.ssr.pieces import Bare, Boundary, Marked, Pieces, add_live, empty_like
from gossamer.ssr.program import Programs, programs_of, programs_of_made
from gossamer.ssr.runs import run_program, write_run
from gossamer.ssr.signs import CLOSE, OPEN, PLACE, PLACE_END
from gossamer.template.shape import Hole
from gossamer.template.shapes import shape_of
from gossamer.template.spec import EATS_FIRST_NEWLINE
from gossamer.values import type_of
from gossamer.view.attributes import value_of
from gossamer.view.awaited import awaited
from gossamer.view.component import Component, ComponentView
from gossamer.view.element import Element, lower
from gossamer.view.kinds import (
    AnimatedView,
    KeptView,
    KeyedList,
    Partial,
    PortalView,
    SuspenseView,
)
from gossamer.view.places import note_place
from gossamer.view.props import view_of_hole
from gossamer.view.text import not_a_view, text_of, values_of

type Render = Callable[[Any, Pieces, Attributes], None]
"""Writes a view of one kind; a component's attributes go to its root elements."""

RENDERERS: dict[type, Render] = {}
"""Filled by `gossamer.ssr.render`, the one list of what this renderer can write."""

NEEDING: set[Render] = set()
"""Those whose content stands at an anchor in a page; any other brings its own nodes."""


def set_renderers(table: dict[type, Render], needing: Iterable[Render]) -> None:
    """Take the table of renderers, and those that need an anchor."""
    RENDERERS.update(table)
    NEEDING.update(needing)


def _run(programs: Programs, values: Values, out: Pieces, given: Attributes) -> None:
    run_program(programs[1] if given else programs[0], values, out, given)


def write_child(hole: Hole, values: Values, out: Pieces, given: Attributes) -> None:
    """Write what stands between tags."""
    try:
        _write_place(values[hole.first], hole, out, given)
    except Exception as error:
        note_place(error, hole)
        raise


def write_component(hole: Hole, values: Values, out: Pieces, given: Attributes) -> None:
    """Write a component's tag."""
    try:
        _write_place(view_of_hole(hole, values), hole, out, given)
    except Exception as error:
        note_place(error, hole)
        raise


def _write_place(view: object, hole: Hole, out: Pieces, given: Attributes) -> None:
    passed = given if not hole.tag else None
    if type(out) is list:
        render(view, out, passed, hole)
    else:
        out.extend([PLACE, *_rendered(view, passed, hole), PLACE_END])


def write_text(hole: Hole, values: Values, out: Pieces, _given: Attributes) -> None:
    """Write the content of a <textarea> or <title>."""
    _write_content(hole, values, out, escape_text, f"<{hole.tag}> holds text only, no elements.")


def write_markup(hole: Hole, values: Values, out: Pieces, _given: Attributes) -> None:
    """Write trusted markup: the one place where nothing is escaped."""
    write = str if type(out) is list else trusted_marked
    _write_content(hole, values, out, write, "inner_html takes markup as text.")


def _write_content(
    hole: Hole, values: Values, out: Pieces, write: Callable[[str], str], why: str
) -> None:
    value = value_of(hole, hole.first, hole.parts, values)

    def fill(made: Pieces) -> None:
        text = text_of(value() if callable(value) else value)
        if text is None:
            raise ViewError(
                f"<{hole.tag}> got {type_of(value)}.",
                why=why,
                fix="Pass text, a number, or a callable that gives one.",
            )
        if text.startswith("\n") and hole.tag in EATS_FIRST_NEWLINE:
            made.append("\n")
        made.append(write(text))

    if callable(value):
        add_live(fill, out)
    else:
        fill(out)


def render(view: object, out: Pieces, given: Attributes = None, hole: Hole | None = None) -> None:
    """Write a view of any kind."""
    write = RENDERERS.get(type(view))
    if type(out) is Bare and (write is None or write in NEEDING):
        out.extend([OPEN, *_rendered(view, given, hole), CLOSE])
        return
    if write is not None:
        write(view, out, given)
        return
    text = text_of(view)
    if text is not None:
        out.append(escape_text(text) if type(out) is list else escape_marked(text))
    elif callable(view):
        _render_live(view, out, given, hole)
    elif hasattr(view, "__await__"):
        _render_awaited(view, out, given)
    else:
        raise not_a_view(view)


def _rendered(view: object, given: Attributes, hole: Hole | None) -> Pieces:
    """The pieces of a view that stands at an anchor."""
    made = Marked()
    render(view, made, given, hole)
    return made


def _render_live(
    read: Callable[[], object], out: Pieces, given: Attributes, hole: Hole | None
) -> None:
    """Write what a callable gives."""

    def fill(made: Pieces) -> None:
        try:
            untrack(render, read(), made, given)
        except BaseException as error:
            note_place(error, hole)
            raise

    add_live(fill, out)


def _render_awaited(view: object, out: Pieces, given: Attributes) -> None:
    """Write what an awaitable gives, once that has come."""
    come: Resource[Any] = awaited(view)

    def fill(made: Pieces) -> None:
        value = come()
        if come.has_come:
            untrack(render, value, made, given)

    add_live(fill, out)


def render_template(view: Template, out: Pieces, given: Attributes) -> None:
    """Write a t-string."""
    programs = programs_of(shape_of(view.strings), has_marks=type(out) is not list)
    _run(programs, values_of(view), out, given)


def render_element(view: Element, out: Pieces, given: Attributes) -> None:
    """Write an element of the builder as the template that says the same."""
    strings, values = lower(view)
    _run(programs_of_made(strings, has_marks=type(out) is not list), values, out, given)


def render_partial(view: Partial, out: Pieces, given: Attributes) -> None:
    """Write a part of a template with the values of the whole."""
    programs = programs_of(view.shape, has_marks=type(out) is not list)
    _run(programs, view.values, out, given)


def render_component(view: ComponentView, out: Pieces, given: Attributes) -> None:
    """Run a component under an owner of its own and write what it returns.

    What the function raises goes to the nearest boundary.
    """
    owner = Owner()
    owner.name = view.component.name
    made = type(out)()
    attributes: Attributes = view.attributes or given
    if type(given) is Dress and view.attributes:
        attributes = Dress({**given, **view.attributes})
    try:
        owner.run(_run_component, view, made, attributes)
    except Exception as error:
        note_path(error, owner)
        owner.dispose()
        around = current_owner()
        if around is None or isinstance(error, RecursionError):
            raise
        if type(out) is Bare:
            render(None, out)
        if not is_waiting(around if around.is_effect else around.outer):
            around.handle_error(error)
    else:
        out.extend(made)


def _run_component(view: ComponentView, out: Pieces, given: Attributes) -> None:
    render(view.run(), out, given)


def render_component_function(view: Component[...], out: Pieces, given: Attributes) -> None:
    """Write a component that takes no props and was not even called."""
    render_component(view(), out, given)


def render_list(
    view: list[object] | tuple[object, ...] | Generator[object], out: Pieces, given: Attributes
) -> None:
    """Write views in a row."""
    if type(out) is list:
        _render_each(view, out, given)
        return
    for each in view:
        out.extend([OPEN, *_rendered(each, given, None), CLOSE])


def _render_each(views: Iterable[object], out: Pieces, given: Attributes) -> None:
    """Write views, those of one template together: a table takes a third of the time so."""
    if given:
        for view in views:
            render(view, out, given)
        return
    run: list[Template] = []
    for view in views:
        if type(view) is Template:
            if run and view.strings is not run[0].strings:
                write_run(run, out)
                run = []
            run.append(view)
            continue
        if run:
            write_run(run, out)
            run = []
        render(view, out, None)
    if run:
        write_run(run, out)


def render_keyed(view: KeyedList, out: Pieces, given: Attributes) -> None:
    """Write one row for each item."""
    if not callable(view.each):
        untrack(_render_rows, view.each, view, out, given)
        return
    read = view.each
    add_live(lambda made: untrack(_render_rows, read(), view, made, given), out)


def _render_rows(items: object, view: KeyedList, out: Pieces, given: Attributes) -> None:
    children = view.children
    if items is None:
        return
    if not isinstance(items, Iterable) or isinstance(items, str):
        raise ListError(
            f"For got {type_of(items)} to show.",
            why="It shows one row for each item, so it needs something to loop over.",
            fix="Pass a list, or a callable that gives one: each={items}.",
        ).about(children)
    views: Iterable[object]
    if not callable(children):
        views = [item if children is None else children for item in items]
    elif view.wants_index:
        views = (children(item, Signal(index).read_only) for index, item in enumerate(items))
    else:
        views = map(children, items)
    if type(out) is list:
        _render_each(views, out, given)
        return
    rows = Bare()
    for row in views:
        render(row, rows, given)
    out.extend(rows)


class Dress(dict[str, object]):
    """Attributes that root elements get beside those of the components that they are in."""


def render_animated(view: AnimatedView, out: Pieces, given: Attributes) -> None:
    """Write children that are there from the start, with the class of those that have come."""
    dress = {f"class:{name}": True for name in view.show_class.split()}

    def fill(made: Pieces) -> None:
        if view.when():
            inner: Pieces = [] if type(out) is list else Bare()
            untrack(render, view.children, inner, Dress({**(given or {}), **dress}))
            made.extend(inner)

    add_live(fill, out)


def render_kept(view: KeptView, out: Pieces, given: Attributes) -> None:
    """Write children if they are to be there."""
    children = empty_like(out)
    render(view.children, children, given)

    def fill(made: Pieces) -> None:
        if view.when():
            made.extend(children if type(out) is list else [OPEN, *children, CLOSE])

    add_live(fill, out)


def render_suspense(view: SuspenseView, out: Pieces, given: Attributes) -> None:
    """Write children that may have to be waited for."""
    if type(out) is list:
        boundary = Boundary(view.suspension, out, lambda made: render(view.fallback, made, given))
        out.append(boundary)
        boundary.keeper.run(render, view.children, boundary.children, given)
        return

    def fill(made: Pieces) -> None:
        made.extend([OPEN + CLOSE + OPEN, *_rendered(view.fallback, given, None), CLOSE])

    # In a page this is a list of two: the children, within bounds of their own, and the fallback.
    boundary = Boundary(view.suspension, out, fill)
    out.append(boundary)
    children = boundary.children
    children.append(OPEN + OPEN)
    boundary.keeper.run(render, view.children, children, given)
    children.append(CLOSE + CLOSE + OPEN + CLOSE)


def render_portal(_view: PortalView, _out: Pieces, _given: Attributes) -> None:
    """Write nothing: a portal opens once the tree that holds it stands in a page."""
