"""Hydration on plain nodes: a server's nodes become the view's, and what differs is mended."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from gossamer import (
    ErrorBoundary,
    For,
    Mounted,
    NodeRef,
    Show,
    Signal,
    Suspense,
    component,
    effect,
    hydrate,
    hydrate_islands,
    island,
    local_resource,
    mount,
    resource,
)
from gossamer.errors import HandlerError, IslandError
from gossamer.reactive import set_debug
from gossamer.ssr import render_to_stream, render_to_string
from gossamer.testing.connect import connect_page
from gossamer.testing.nodes import Branch, Element, Node, Text
from gossamer.testing.page import FakePage

from ..ssr.trees import change, grow

type Adopt = Callable[[object], Mounted]


@pytest.fixture
def debug() -> Iterator[None]:
    """Differences of texts are told."""
    set_debug(on=True)
    yield
    set_debug(on=False)


@pytest.fixture
def adopt(page: FakePage) -> Iterator[Adopt]:
    """Hydrate views; they leave the page at the end, and nothing may be left behind."""
    apps: list[Mounted] = []

    def run(view: object) -> Mounted:
        apps.append(hydrate(view))
        return apps[-1]

    yield run
    for app in apps:
        app.unmount()
    assert page.nodes == {}


def served(page: FakePage, view: object) -> list[Node]:
    """Let a page hold a view as a server writes it; its elements and texts."""
    page.serve(render_to_string(view, hydratable=True))
    return [node for node in page.body.walk() if isinstance(node, (Element, Text))]


def tree(parent: Branch) -> list[object]:
    """What stands below a node, also what nobody sees."""
    found: list[object] = []
    for node in parent.children:
        if isinstance(node, Element) and node.name != "textarea":
            attributes = {
                k: v for k, v in node.attributes.items() if k not in ("data-on", "data-pd")
            }
            found.append((node.name, sorted(attributes.items()), tree(node)))
        else:
            found.append((node.name, node.text()))
    return found


@pytest.mark.parametrize("first", range(0, 200, 20))
def test_random_trees_are_adopted_as_they_would_be_built(first: int) -> None:
    """S4, H1"""
    for seed in range(first, first + 20):
        page = connect_page()
        view, signals = grow(seed)
        shown = mount(view)
        built = tree(page.body)
        change(signals, seed)
        changed = tree(page.body)
        shown.unmount()

        page = connect_page()
        before = served(page, grow(seed)[0])
        view, signals = grow(seed)
        app = hydrate(view)

        assert tree(page.body) == built, seed
        assert {*before} <= {*page.body.walk()}, seed
        change(signals, seed)
        assert tree(page.body) == changed, seed
        app.unmount()
        assert page.body.children == [], seed
        assert page.nodes == {}, seed


def test_a_write_changes_the_servers_text_node(page: FakePage, adopt: Adopt) -> None:
    """H2"""
    name = Signal("Ada")
    text = served(page, t"<p>Hello {name}!</p>")[2]

    adopt(t"<p>Hello {name}!</p>")
    page.writes.clear()
    name.set("Grace")

    assert page.body.inner_html() == "<p>Hello Grace!</p>"
    assert page.writes == [("text", text, "Grace")]


def test_nothing_is_written_where_page_and_view_agree(page: FakePage, adopt: Adopt) -> None:
    def view() -> object:
        return t"<p title={'a'} class={'b c'} style={'color: red'}>{Signal('x')}</p>"

    served(page, view())

    adopt(view())

    assert page.writes == []


def test_a_click_finds_its_handler(page: FakePage, adopt: Adopt) -> None:
    """H2"""
    clicks = Signal(0)

    @component
    def Counter() -> object:
        return t"<button on:click={(lambda: clicks.update(lambda n: n + 1))}>{clicks}</button>"

    served(page, Counter())

    adopt(Counter())
    page.writes.clear()
    page.click(page.elements()[0])

    assert page.body.inner_html() == '<button data-on="click">1</button>'
    assert [write[0] for write in page.writes] == ["text"]


def test_rows_keep_their_nodes_and_move_afterwards(page: FakePage, adopt: Adopt) -> None:
    """H4"""
    items = Signal([1, 2, 3])

    def view() -> object:
        return t"<ul>{For(items, children=lambda i: t'<li>{i}</li>')}</ul>"

    served(page, view())
    rows = page.elements()[1:]

    adopt(view())
    items.set([3, 1, 2])

    assert page.elements()[1:] == [rows[2], rows[0], rows[1]]


def test_effects_and_references_see_the_servers_nodes(page: FakePage, adopt: Adopt) -> None:
    field = NodeRef[Any]()
    seen: list[object] = []

    @component
    def App() -> object:
        effect(lambda: seen.append(field()))
        return t"<input ref={field}>"

    served(page, App())
    before = page.elements()

    adopt(App())

    assert seen == before


def test_an_element_without_content_is_filled(page: FakePage, adopt: Adopt) -> None:
    adopt(t"<p>{'new'}</p>")

    assert page.body.inner_html() == "<p>new</p>"
    assert page.warnings == []


def test_a_text_that_differs_is_written_and_told_in_debug_mode(
    page: FakePage, adopt: Adopt, debug: None
) -> None:
    served(page, t"<p>{'server'}</p>")

    adopt(t"<p>{'page'}</p>")

    assert page.body.inner_html() == "<p>page</p>"
    assert 'expected "page" and found the text "server"' in page.warnings[0]


def test_the_smallest_place_that_differs_is_built_anew(page: FakePage, adopt: Adopt) -> None:
    """H10"""

    @component
    def App(*, is_server: bool) -> object:
        inner = t"<i>server</i>" if is_server else t"<b>page</b>"
        return t"<h1>Title</h1><p>{inner}</p><footer>End</footer>"

    before = served(page, App(is_server=True))

    adopt(App(is_server=False))

    assert page.body.inner_html() == "<h1>Title</h1><p><b>page</b></p><footer>End</footer>"
    assert [node.name for node in before if node not in [*page.body.walk()]] == ["i", "#text"]
    assert page.warnings[0].startswith("Hydration expected <b> and found <i>.")
    assert "At: body > p" in page.warnings[0]
    assert "test_hydration.py" in page.warnings[0]
    assert page.warnings[0].endswith("In: App")


@pytest.mark.parametrize(
    ("sound", "changed"),
    [("<button", "<div>ad</div><button"), ("Title", "<font>Title</font>")],
)
def test_what_an_extension_has_done_is_told_once_and_the_page_lives(
    page: FakePage, adopt: Adopt, sound: str, changed: str
) -> None:
    """H8"""
    clicks = Signal(0)

    def view() -> object:
        more = lambda: clicks.update(lambda n: n + 1)  # noqa: E731 - as users write it
        return t"<h1>{'Title'}</h1><button on:click={more}>{clicks}</button>"

    page.serve(render_to_string(view(), hydratable=True).replace(sound, changed))
    page.body.attributes["data-extension"] = "on"

    adopt(view())
    page.click(next(each for each in page.elements() if each.name == "button"))

    assert page.body.text() == "Title1"
    assert len(page.warnings) == 1


def test_a_boundary_that_gave_way_on_the_server_does_so_in_the_page(
    page: FakePage, adopt: Adopt
) -> None:
    def view() -> object:
        return ErrorBoundary(lambda error: t"<i>{error!s}</i>", t"<p>{(lambda: 1 / 0)}</p>")

    before = served(page, view())

    adopt(view())

    assert page.body.inner_html() == "<i>division by zero</i>"
    assert {*before} <= {*page.body.walk()}


def test_what_only_a_browser_fetches_is_filled_in_afterwards(
    page: FakePage, adopt: Adopt, run_timed: Callable[[Any], None]
) -> None:
    """H7"""

    @component
    def App() -> object:
        width = local_resource(lambda: asyncio.sleep(1, "wide"))
        return t"<{Suspense} fallback={t'<i>…</i>'}><p>{width}</p></{Suspense}>"

    async def main() -> None:
        before = served(page, App())
        adopt(App())
        assert page.body.inner_html() == "<i>…</i>"
        assert {*before} <= {*page.body.walk()}
        await asyncio.sleep(2)
        assert page.body.inner_html() == "<p>wide</p>"

    run_timed(main())

    assert page.warnings == []


def test_what_the_server_has_not_shown_can_come_later(page: FakePage, adopt: Adopt) -> None:
    is_open = Signal(False)

    def view() -> object:
        return t"<p>{Show(is_open, t'<b>open</b>', 'closed')}</p>"

    served(page, view())

    adopt(view())
    is_open.set(True)

    assert page.body.inner_html() == "<p><b>open</b></p>"


def test_a_component_that_fails_leaves_the_servers_page_alone(page: FakePage, adopt: Adopt) -> None:
    served(page, t"<p>Readable</p>")

    @component
    def Failing() -> object:
        raise ValueError("no")

    adopt(Failing())

    assert page.reports[0].startswith("ValueError: no")
    assert page.body.inner_html() == "<p>Readable</p>"


@dataclass
class User:
    """Somebody, as a server has them."""

    name: str
    tags: tuple[str, ...] = ()


async def streamed(view: object) -> str:
    """The whole text of a view, once all has come."""
    return "".join([part async for part in render_to_stream(view, hydratable=True)])


def test_what_was_fetched_is_not_fetched_again(
    page: FakePage, adopt: Adopt, run_timed: Callable[[Any], None]
) -> None:
    """H5, P4"""
    fetched: list[int] = []

    async def load(number: int) -> User:
        fetched.append(number)
        await asyncio.sleep(1 / number)
        return User(f"user <{number}>", ("a",))

    @component
    def Card(number: int) -> object:
        user = resource(load, lambda: number)
        name = lambda: getattr(user(), "name", None)  # noqa: E731 - as users write it
        return t"<{Suspense} fallback={t'<i>…</i>'}><p>{name}</p></{Suspense}>"

    @component
    def App() -> object:
        return t"<main>{[Card(1), Card(2), Card(3)]}</main>"

    async def main() -> None:
        page.serve(await streamed(App()))
        before = page.elements()[:4]
        fetched.clear()
        adopt(App())
        assert page.elements() == before
        assert page.body.text() == "user <1>user <2>user <3>"
        await asyncio.sleep(2)
        assert page.elements() == before

    run_timed(main())

    assert fetched == []
    assert page.warnings == []


def test_each_resource_gets_its_own_value_in_whatever_order_it_is_made(
    page: FakePage, adopt: Adopt
) -> None:
    """H6"""

    def view(numbers: list[int]) -> object:
        def row(number: int) -> object:
            squared = resource(lambda n: n * n if is_server else fetched.append(n), lambda: number)
            return t"<li>{number}: {squared}</li>"

        return t"<ul>{For(numbers, children=row)}</ul>"

    fetched: list[int] = []
    is_server = True
    page.serve(render_to_string(view([1, 2, 3]), hydratable=True))
    is_server = False

    adopt(view([3, 1, 2]))

    assert page.body.text() == "3: 91: 12: 4"
    assert fetched == []


def test_a_resource_that_is_made_later_fetches(page: FakePage, adopt: Adopt) -> None:
    is_open = Signal(False)

    @component
    def Number(value: str) -> object:
        return t"<b>{resource(lambda: value)}</b>"

    def view(value: str) -> object:
        return t"{Number(value)}{Show(is_open, Number(value))}"

    page.serve(render_to_string(view("server"), hydratable=True))

    adopt(view("page"))
    is_open.set(True)

    assert page.body.text() == "serverpage"


def test_what_was_typed_before_stays_and_the_signal_takes_it(page: FakePage, adopt: Adopt) -> None:
    name, is_on, number = Signal("Ada"), Signal(False), Signal(1)

    def view() -> object:
        return (
            t"<input bind:value={name}><input type='checkbox' bind:checked={is_on}>"
            t"<input type='number' bind:value={number}>"
        )

    served(page, view())
    field, box, _ = page.elements()
    field.value, box.checked = "Grace", True

    adopt(view())

    assert (name(), is_on(), number()) == ("Grace", True, 1)
    assert (field.value, box.checked) == ("Grace", True)


def test_an_island_wakes_up_alone_and_its_children_stay_the_servers(page: FakePage) -> None:
    """I4"""

    @island(on="visible")
    def Box(title: str, children: object = None) -> object:
        count = Signal(0)
        more = lambda: count.update(lambda n: n + 1)  # noqa: E731 - as users write it
        return t"<button on:click={more}>{title} {count}</button>{children}"

    @island()
    def Inner() -> object:
        return t"<i>inner</i>"

    view = t"<main><p>{'text'}</p>{Box('a', t'<b>server {Inner()}</b>')}</main>"
    served(page, view)
    before = page.elements()

    islands = hydrate_islands()
    page.click(next(each for each in before if each.name == "button"))

    assert page.elements() == before
    assert next(each for each in before if each.name == "button").text() == "a 1"
    assert page.warnings == []
    islands.unmount()
    assert page.nodes == {}


def test_a_view_that_nobody_has_written_is_shown_whole(page: FakePage) -> None:
    @island(on="never")
    def Still() -> object:
        count = Signal(0)
        more = lambda: count.update(lambda n: n + 1)  # noqa: E731 - as users write it
        return t"<button on:click={more}>{count}</button>"

    shown = hydrate_islands(component(lambda: t"<h1>Tea</h1>{Still()}"))
    button = next(each for each in page.elements() if each.name == "button")
    page.click(button)

    assert page.body.text() == "Tea1"
    shown.unmount()
    assert page.body.text() == ""


def test_the_view_of_a_page_that_is_written_runs_only_in_its_islands(page: FakePage) -> None:
    def refuse() -> object:
        raise AssertionError("the page has it already")

    page.serve('<p>HTML</p><gs-island name="Lost" props="{}" wakes="load"></gs-island>')

    islands = hydrate_islands(component(refuse))

    assert page.body.text() == "HTML"
    islands.unmount()


def test_an_island_that_the_program_has_not_is_told(page: FakePage) -> None:
    page.serve('<gs-island name="Lost" props="{}" wakes="load"><p>HTML</p></gs-island>')

    islands = hydrate_islands()

    assert page.warnings[0].startswith("The page has an island Lost")
    assert page.body.text() == "HTML"
    islands.unmount()


@pytest.mark.parametrize("given", [{"on": "hover"}, {"on": "media"}, {"media": "print"}])
def test_an_island_is_told_what_it_waits_for(given: dict[str, Any]) -> None:
    with pytest.raises(IslandError):
        island(**given)


def test_an_island_takes_only_data(page: FakePage) -> None:
    @island()
    def Box(act: object) -> object:
        return t"<p>{act}</p>"

    with pytest.raises(IslandError, match="cannot be sent"):
        render_to_string(Box(lambda: None))


def test_a_view_that_is_refused_leaves_the_servers_page_and_nothing_else(page: FakePage) -> None:
    served(page, t"<p>Readable</p>")

    with pytest.raises(HandlerError):
        hydrate(t"<p on:click={'text'}>{Show(True, t'<b></b>')}</p>")

    assert page.body.inner_html() == "<p>Readable</p>"
    assert page.nodes == {}
