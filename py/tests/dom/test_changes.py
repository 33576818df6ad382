"""Any view may follow any other: random changes against a naive model."""

from typing import Any

from gossamer import For, Show, Signal, component, mount
from gossamer.dom.events import HANDLERS
from gossamer.elements import b as bold
from gossamer.testing.connect import connect_page
from hypothesis import given, settings
from hypothesis import strategies as st

type Plan = tuple[str, Any]
"""What to show, as data that both the model and the view are made of."""

word = st.sampled_from(["", "a", "b&b", "<i>", "c\x1fd"])
plans: st.SearchStrategy[Plan] = st.recursive(
    st.one_of(
        st.tuples(st.just("none"), st.none()),
        st.tuples(st.just("text"), word),
        st.tuples(st.just("number"), st.integers(0, 3)),
        st.tuples(st.just("leaf"), word),
    ),
    lambda inner: st.one_of(
        st.tuples(st.just("paragraph"), inner),
        st.tuples(st.just("pair"), st.tuples(inner, inner)),
        st.tuples(st.just("bare"), inner),
        st.tuples(st.just("builder"), inner),
        st.tuples(st.just("component"), inner),
        st.tuples(st.just("shown"), inner),
        st.tuples(st.just("live"), inner),
        st.tuples(st.just("list"), st.lists(inner, max_size=3)),
        st.tuples(st.just("generator"), st.lists(inner, max_size=3)),
        st.tuples(
            st.just("rows"),
            st.lists(st.tuples(st.integers(0, 4), inner), max_size=4, unique_by=lambda row: row[0]),
        ),
        st.tuples(st.just("failing"), inner),
    ),
    max_leaves=6,
)


@component
def Framed(content: object) -> object:
    return t"<section>{content}</section>"


@component
def Failing(content: object) -> object:
    return t"<section>{content}{object()}</section>"


def view_of(plan: Plan) -> object:
    """The view of a plan."""
    kind, content = plan
    match kind:
        case "none" | "text" | "number":
            return content
        case "leaf":
            return t"<p title={content} on:click={print}>{content}</p>"
        case "paragraph":
            return t"<p>-{view_of(content)}</p>"
        case "pair":
            return t"{view_of(content[0])}<hr>{view_of(content[1])}"
        case "bare":
            return t"{view_of(content)}"
        case "builder":
            return bold(view_of(content))
        case "component":
            return t"<{Framed} content={view_of(content)} />"
        case "shown":
            return Show(when=lambda: True, children=view_of(content))
        case "live":
            return lambda: view_of(content)
        case "list":
            return [view_of(item) for item in content]
        case "generator":
            return (view_of(item) for item in content)
        case "rows":
            return For(content, key=lambda row: row[0], children=lambda row: view_of(row[1]))
        case _:
            return Failing(view_of(content))


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def html_of(plan: Plan) -> str:
    """What a plan looks like, built from nothing."""
    kind, content = plan
    match kind:
        case "none" | "failing":
            return ""
        case "text" | "number":
            return escape(str(content))
        case "leaf":
            return f'<p title="{escape(content)}">{escape(content)}</p>'
        case "paragraph":
            return f"<p>-{html_of(content)}</p>"
        case "pair":
            return f"{html_of(content[0])}<hr>{html_of(content[1])}"
        case "bare" | "shown" | "live":
            return html_of(content)
        case "builder":
            return f"<b>{html_of(content)}</b>"
        case "component":
            return f"<section>{html_of(content)}</section>"
        case "rows":
            return "".join(html_of(row) for _, row in content)
        case _:
            return "".join(map(html_of, content))


@settings(max_examples=25, deadline=None)
@given(st.lists(plans, min_size=1, max_size=6))
def test_a_live_hole_may_turn_from_any_view_into_any_other(changes: list[Plan]) -> None:
    """S110, S111, S112, S148."""
    page = connect_page()
    before = dict(HANDLERS)  # of apps that other tests have left in their pages
    plan = Signal(changes[0])
    mounted = mount(t"<i>before</i>{(lambda: view_of(plan()))}<i>after</i>")

    for change in changes:
        plan.set(change)
        assert page.body.inner_html() == f"<i>before</i>{html_of(change)}<i>after</i>"

    mounted.unmount()
    assert page.body.inner_html() == ""
    assert page.nodes == {}
    assert before == HANDLERS


row_lists = st.lists(st.tuples(st.integers(0, 6), plans), max_size=5, unique_by=lambda row: row[0])


@settings(max_examples=25, deadline=None)
@given(st.lists(row_lists, min_size=1, max_size=5))
def test_rows_may_hold_any_view_and_turn_into_any_other(changes: list[list[Any]]) -> None:
    """S141, S147: whatever stands in a row moves with it."""
    page = connect_page()
    before = dict(HANDLERS)  # of apps that other tests have left in their pages
    items: Signal[list[Any]] = Signal([])
    rows = For(items, key=lambda row: row[0], children=lambda row: view_of(row[1]))
    mounted = mount(t"<i>before</i>{rows}<i>after</i>")

    for change in changes:
        items.set(change)
        expected = html_of(("rows", change))
        assert page.body.inner_html() == f"<i>before</i>{expected}<i>after</i>"

    mounted.unmount()
    assert page.nodes == {}
    assert before == HANDLERS
