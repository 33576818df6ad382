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
from gossamer.ssr.pieces import Bare, Marked, Pieces, add_live
from gossamer.ssr.program import Program, Programs, programs_of, programs_of_made
from gossamer.ssr.runs import Form, columns_of, form_of
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
    KeyedList,
    Partial,
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


def run_program(program: Program, values: Values, out: Pieces, given: Attributes) -> None:
    """Write a template with its values."""
    append = out.append
    escape = escape_text if type(out) is list else escape_marked
    for text, first, run, about in program.steps:
        append(text)
        if first >= 0:
            value = values[first]
            kind = type(value)
            if kind is str:
                append(escape(value))  # type: ignore[arg-type] # a str
                continue
            if kind is int or kind is float:
                append(str(value))
                continue
        run(about, values, out, given)
    append(program.tail)


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
        out.extend([PLACE, *rendered(view, passed, hole), PLACE_END])


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
        out.extend([OPEN, *rendered(view, given, hole), CLOSE])
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


def rendered(view: object, given: Attributes, hole: Hole | None) -> Pieces:
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


class Dress(dict[str, object]):
    """Attributes that root elements get beside those of the components that they are in."""


def render_list(
    view: list[object] | tuple[object, ...] | Generator[object], out: Pieces, given: Attributes
) -> None:
    """Write views in a row."""
    if type(out) is list:
        _render_each(view, out, given)
        return
    for each in view:
        out.extend([OPEN, *rendered(each, given, None), CLOSE])


def _render_each(views: Iterable[object], out: Pieces, given: Attributes) -> None:
    """Write views, those of one template together: a table takes a third of the time so."""
    if given:
        for view in views:
            render(view, out, given)
        return
    run: list[Template] = []
    for view in views:
        if type(view) is Template:
            if run and (view.strings is not run[0].strings or len(run) == MOST):
                _render_run(run, out)
                run = []
            run.append(view)
            continue
        if run:
            _render_run(run, out)
            run = []
        render(view, out, None)
    if run:
        _render_run(run, out)


def _render_run(views: list[Template], out: Pieces) -> None:
    """Write views of one template."""
    has_marks = type(out) is not list
    program, _ = programs_of(shape_of(views[0].strings), has_marks=has_marks)
    escape = escape_marked if has_marks else escape_text
    form = _form_for(program, escape) if len(views) >= LEAST else None
    if form is None:
        for view in views:
            run_program(program, values_of(view), out, None)
        return
    columns = columns_of(views)
    odd = form.odd_rows(columns)
    if len(odd) > len(views) // 4:
        odd = set(range(len(views)))
    start = 0
    for end in (*sorted(odd), len(views)):
        if start < end:
            out.append(form.text([column[start:end] for column in columns]))
        if end < len(views):
            run_program(program, tuple([column[end] for column in columns]), out, None)
        start = end + 1


LEAST = 8
"""Fewer rows are not worth a look at their columns."""
MOST = 100
"""So many rows are held at once: more would wake the garbage collector, again and again."""

_forms: dict[Program, Form | None] = {}


def _form_for(program: Program, escape: Callable[[str], str]) -> Form | None:
    if program not in _forms:
        _forms[program] = form_of(program, escape)
    return _forms[program]


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
    rows = out if type(out) is list else Bare()
    _render_each(views, rows, given)
    if rows is not out:
        out.extend(rows)
