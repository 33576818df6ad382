"""Ways through an app, over the history of the test page."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from gossamer import ErrorBoundary, NodeRef, Signal, component, on_cleanup
from gossamer.errors import HostError, NavigationError, ParamError, PropError, RouteError
from gossamer.reactive import current_owner
from gossamer.router import (
    A,
    NotFound,
    Outlet,
    ProtectedRoute,
    Redirect,
    Route,
    Router,
    Routes,
    Visit,
    query_signal,
    url_for,
    use_blocker,
    use_data,
    use_location,
    use_navigate,
    use_params,
    use_pending,
    use_query,
)
from gossamer.router.views import is_active_for
from gossamer.testing.nodes import Element
from gossamer.testing.page import FakePage

type Show = Callable[[object], FakePage]


def link(page: FakePage, text: str) -> Element:
    return next(e for e in page.elements() if e.name == "a" and e.text() == text)


def button(page: FakePage, text: str) -> Element:
    return next(e for e in page.elements() if e.name == "button" and e.text() == text)


def test_a_link_shows_another_view_and_marks_itself(show: Show) -> None:
    """R1, R26"""
    nav = t"<nav><{A} href='/'>Home</{A}><{A} href='/about'>About</{A}></nav>"
    routes = Routes([Route("/", "Hello"), Route("/about", "Us")])
    page = show(Router([nav, routes]))

    page.click(link(page, "About"))

    assert page.history.address == "/about"
    assert page.body.text() == "HomeAboutUs"
    assert "aria-current" not in link(page, "Home").attributes
    assert link(page, "About").attributes["aria-current"] == "page"
    assert link(page, "About").attributes["class"] == "active"


def test_a_base_is_taken_off_and_put_on(show: Show) -> None:
    """R7"""
    nav = t"<{A} href='/x'>X</{A}>"
    page_routes = Routes([Route("/x", "X shown")], fallback="nothing")
    page = show(Router([nav, page_routes], base="/app"))
    history = page.history

    answers = [history.wish(0, path) for path in ("/application", "/App/x", "/other", "/app/nope")]
    page.click(link(page, "X"))

    assert answers == [0, 0, 0, 0]
    assert link(page, "X").attributes["href"] == "/app/x"
    assert (history.address, page.body.text()) == ("/app/x", "XX shown")


def test_a_link_that_only_the_not_found_route_matches_is_the_servers(show: Show) -> None:
    """R8, R9"""
    page = show(Router(Routes([Route("/", "Home"), Route("/{*any}", "Nothing")])))

    page.visit_address("/file.pdf")

    assert page.history.left == ["/file.pdf"]
    assert page.body.text() == "Home"


def test_a_router_may_claim_what_it_does_not_find(show: Show) -> None:
    """R9"""
    routes = Routes([Route("/", "Home")], fallback="Nothing", claims_not_found=True)
    page = show(Router(routes))

    page.visit_address("/nope")

    assert (page.body.text(), page.history.address, page.history.left) == ("Nothing", "/nope", [])


def test_a_navigation_to_an_address_of_the_server_leaves(show: Show) -> None:
    @component
    def Home() -> Any:
        navigate = use_navigate()
        return t"<button on:click={(lambda: navigate('/file.pdf'))}>Go</button>"

    page = show(Router(Routes([Route("/", Home)]), base="/app"))
    page.fire(button(page, "Go"), "click")

    assert page.history.left == ["/app/file.pdf"]


def test_an_own_place_on_the_page_is_only_noted(show: Show) -> None:
    """R10"""
    built = []

    @component
    def Home() -> Any:
        built.append(1)
        return t"<p>{use_location().hash}</p>"

    page = show(Router(Routes([Route("/", Home)])))

    page.ask(12, 0, "/#sec", "")

    assert (page.body.text(), built) == ("#sec", [1])


@pytest.mark.parametrize("text", ["100% a/b?c#d é +", "a%0Ab", "%25", "a\nb", "%zz", "тест"])
def test_a_parameter_comes_back_as_it_went(show: Show, text: str) -> None:
    """R12, R13"""

    @component
    def Home() -> Any:
        to = url_for("item", name=text, _query={"q": text}, _hash="x y")
        return t"<a href={to}>Go</a>"

    @component
    def Item() -> Any:
        params, query = use_params(), use_query()
        return t"<p>{(lambda: params()['name'])}</p><i>{(lambda: query()['q'])}</i>"

    page = show(Router(Routes([Route("/", Home), Route("/items/{name}", Item, name="item")])))

    page.click(link(page, "Go"))

    assert [e.text() for e in page.elements()] == [text, text]


def test_malformed_addresses_raise_nothing(show: Show) -> None:
    """R13"""

    @component
    def Item() -> Any:
        params, query = use_params(), use_query()
        return t"<p>{(lambda: params()['name'])}</p><i>{(lambda: query().get('q'))}</i>"

    page = show(Router(Routes([Route("/items/{name}", Item)])))

    page.visit_address("/items/%zz?q=%zz&&=&%FF=%FF")

    assert [e.text() for e in page.elements()] == ["%zz", "%zz"]


def test_the_page_itself_again_is_loaded_anew_in_place(show: Show) -> None:
    """R14"""
    loaded = []

    def load() -> Any:
        loaded.append(1)
        return len(loaded)

    @component
    def Page() -> Any:
        return t"<a href='/'>Again</a><p>{use_data()}</p>"

    page = show(Router(Routes([Route("/", Page, load=load)])))
    paragraph = page.elements()[1]

    for _ in range(3):
        page.click(link(page, "Again"))

    assert len(page.history.entries) == 1
    assert len(loaded) == 4
    assert paragraph.text() == "4"


def test_back_and_the_same_link_again(show: Show) -> None:
    """R15"""
    page = show(Router(Routes([Route("/", t"<a href='/a'>A</a>"), Route("/a", "here")])))

    page.click(link(page, "A"))
    page.history.travel(-1)
    page.click(link(page, "A"))

    assert page.history.entries == [("/", ""), ("/a", "")]
    page.history.travel(-1)
    assert page.body.text() == "A"


def test_back_and_forward_show_what_the_address_says(show: Show) -> None:
    """R16"""
    page = show(Router(Routes([Route(f"/{n}", f"page {n}") for n in range(4)], fallback="start")))
    for n in range(4):
        page.visit_address(f"/{n}")

    seen = []
    for step in (-1, -1, -2, 1, 3):
        page.history.travel(step)
        seen.append((page.history.address, page.body.text()))

    assert seen == [
        ("/2", "page 2"),
        ("/1", "page 1"),
        ("/", "start"),
        ("/0", "page 0"),
        ("/3", "page 3"),
    ]


def contacts(log: list[str]) -> Any:
    @component
    def Layout() -> Any:
        log.append("layout")
        on_cleanup(lambda: log.append("layout gone"))
        return t"<input><main><{Outlet} /></main>"

    @component
    def Contact() -> Any:
        params = use_params()
        log.append("contact")
        on_cleanup(lambda: log.append("contact gone"))
        return t"<p>{(lambda: params()['id'])}</p><{Outlet} />"

    return Route(
        "/contacts",
        Layout,
        children=[
            Route("", t"<b>index</b>"),
            Route("new", t"<b>new</b>"),
            Route("{id}", Contact, children=[Route("", None), Route("edit", t"<b>edit</b>")]),
        ],
    )


def test_what_is_around_stays_while_what_is_inside_changes(show: Show) -> None:
    """R21"""
    log = []
    page = show(Router(Routes([contacts(log), Route("/", "home")])))
    page.visit_address("/contacts")
    field = page.elements()[0]

    for address in ("/contacts/new", "/contacts/7", "/contacts/7/edit", "/contacts/new"):
        page.visit_address(address)

    assert page.elements()[0] is field
    assert log == ["layout", "contact", "contact gone"]
    assert page.body.text() == "new"
    page.visit_address("/")
    assert log == ["layout", "contact", "contact gone", "layout gone"]


def test_other_parameters_change_the_view_in_place(show: Show) -> None:
    """R22, S177"""
    log = []
    page = show(Router(Routes(contacts(log))))
    page.visit_address("/contacts/1")
    paragraph = page.elements()[2]

    page.visit_address("/contacts/2")

    assert page.elements()[2] is paragraph
    assert paragraph.text() == "2"
    assert log == ["layout", "contact"]


def test_a_key_builds_the_view_anew(show: Show) -> None:
    """R22"""

    @component
    def Item() -> Any:
        params = use_params()
        return t"<p>{(lambda: params()['id'])}</p>"

    route = Route("/items/{id}", Item, key=lambda params: params["id"])
    page = show(Router(Routes([route])))
    page.visit_address("/items/1")
    paragraph = page.elements()[0]

    page.visit_address("/items/2")
    second = page.elements()[0]
    page.visit_address("/items/2?q=1")

    assert second is not paragraph
    assert page.elements()[0] is second
    assert second.text() == "2"


def test_what_is_written_in_one_go_is_one_entry(show: Show) -> None:
    """R23"""

    @component
    def Rows() -> Any:
        number, set_number = query_signal("page", int, default=1, replace=False)
        word, set_word = query_signal("q", default="", replace=False)

        def both() -> None:
            set_number.update(lambda n: n + 1)
            set_word("a b")

        def reset() -> None:
            set_number(1)

        return t"""<p>{number} {word}</p><button on:click={both}>both</button>
          <button on:click={reset}>reset</button>"""

    page = show(Router(Routes(Route("/rows", Rows))))
    page.visit_address("/rows?page=4&keep=%20#here")

    page.fire(button(page, "both"), "click")
    assert page.elements()[0].text() == "5 a b"
    assert page.history.address == "/rows?keep=%20&page=5&q=a%20b#here"
    assert len(page.history.entries) == 3

    page.fire(button(page, "reset"), "click")
    assert page.history.address == "/rows?keep=%20&q=a%20b#here"

    page.history.travel(-2)
    assert page.elements()[0].text() == "4 "


def test_a_query_that_is_of_no_use_reads_as_the_default(show: Show) -> None:
    """S190"""

    @component
    def Rows() -> Any:
        number, set_number = query_signal("page", int, default=1)
        is_open, set_open = query_signal("open", bool, default=False)
        tags, set_tags = query_signal("tag", list[str], default=[])

        def write() -> None:
            set_open(True)
            set_tags(["x", "y"])
            set_number(2)

        return t"""<p>{number} {is_open!r} {(lambda: len(tags()))}</p>
          <button on:click={write}>write</button>"""

    page = show(Router(Routes(Route("/rows", Rows))))
    page.visit_address("/rows?page=many&tag=a")
    assert page.elements()[0].text() == "1 False 1"

    page.fire(button(page, "write"), "click")

    assert page.elements()[0].text() == "2 True 2"
    assert page.history.address == "/rows?open=true&tag=x&tag=y&page=2"
    assert len(page.history.entries) == 2


def test_a_typed_parameter_chooses_the_route(show: Show) -> None:
    """R24"""

    @component
    def User() -> Any:
        params = use_params()
        return t"<p>{(lambda: repr(params()['id']))}</p>"

    routes = [
        Route("/users/{id:int}", User),
        Route("/users/{name}", "a name"),
        Route("/items/{id:int}", "item"),
    ]
    page = show(Router(Routes(routes, fallback="404", claims_not_found=True)))

    seen = []
    for address in ("/users/42", "/users/abc", "/items/abc"):
        page.visit_address(address)
        seen.append(page.body.text())

    assert seen == ["42", "a name", "404"]


def test_a_class_of_the_users_types_the_parameters(show: Show) -> None:
    class UserParams:
        id: int

    class Search:
        page: int = 1

    failures = []

    @component
    def User() -> Any:
        params, query = use_params(UserParams), use_query(Search)
        return t"<p>{(lambda: params().id + query().page)}</p>"

    def failed(error: Exception) -> str:
        failures.append(error)
        return "failed"

    page = show(Router(ErrorBoundary(failed, Routes(Route("/users/{id}", User)))))
    page.visit_address("/users/7?page=3")
    assert page.body.text() == "10"
    page.visit_address("/users/8")
    assert page.body.text() == "9"
    page.visit_address("/users/x")

    assert page.body.text() == "failed"
    assert isinstance(failures[0], ParamError)
    assert "id in the path of the address is x" in failures[0].what


def test_a_signal_of_the_address_changes_only_with_its_own_part(show: Show) -> None:
    """S178"""
    runs = []

    @component
    def Page() -> Any:
        location = use_location()

        def path() -> Any:
            runs.append(location.path())
            return location.path()

        return t"<p>{path}</p><i>{location.search}</i>"

    page = show(Router(Routes([Route("/{name}", Page)])))
    page.visit_address("/a?x=1")
    page.visit_address("/a?x=2")
    page.visit_address("/b?x=2")

    assert runs == ["/a", "/b"]


def test_state_goes_with_the_entry(show: Show) -> None:
    """S184"""

    @component
    def Home() -> Any:
        navigate = use_navigate()
        state = use_location().state
        return t"""<p>{(lambda: repr(state()))}</p>
          <button on:click={(lambda: navigate("/?n=1", state={"from": "here"}))}>Go</button>
          <{A} href="/?n=2" state={[1]}>Link</{A}>"""

    page = show(Router(Routes([Route("/", Home)])))

    page.fire(button(page, "Go"), "click")
    assert page.elements()[0].text() == "{'from': 'here'}"
    page.click(link(page, "Link"))
    assert page.elements()[0].text() == "[1]"
    page.history.travel(-1)
    assert page.elements()[0].text() == "{'from': 'here'}"


def test_a_relative_link_goes_on_from_its_route(show: Show) -> None:
    """S185"""

    @component
    def Contact() -> Any:
        return t"""<{A} href="edit">in</{A}><{A} href="../8">next</{A}><{A} href="?t=1">q</{A}>
          <{A} href="/">top</{A}><{A} href="." exact>self</{A}>"""

    route = Route(
        "/contacts",
        Outlet,
        children=Route("{id}", t"<{Contact} /><{Outlet} />", children=[Route(""), Route("edit")]),
    )
    page = show(Router(Routes([route]), base="app"))
    page.visit_address("/app/contacts/7/edit")

    hrefs = {e.text(): e.attributes["href"] for e in page.elements() if e.name == "a"}
    assert hrefs == {
        "in": "/app/contacts/7/edit",
        "next": "/app/contacts/8",
        "q": "/app/contacts/7?t=1",
        "top": "/app/",
        "self": "/app/contacts/7",
    }
    active = [e.text() for e in page.elements() if e.attributes.get("aria-current")]
    assert active == ["in", "q"]


ACTIVE = [
    ("/", "/", True, True), ("/", "/item", False, False), ("", "/", True, True),
    ("/item", "/item", True, True), ("/item", "/item/", True, True), ("/item/", "/item", True, True),
    ("/item", "/item/one", True, False), ("/item/", "/item/one", True, False),
    ("/item", "/items", False, False), ("/item/one", "/item", False, False),
    ("/item/one", "/item/one/two", True, False), ("/item/1", "/item/2", False, False),
    ("/item/1", "/item/1#x", False, False), ("/item?x=1", "/item", True, True),
    ("/item#x", "/item/one", True, False), ("/item//one", "/item/one", False, False),
    ("/Item", "/item", False, False), ("/it", "/item", False, False), ("item", "/item", True, True),
]  # fmt: skip


@pytest.mark.parametrize(("href", "path", "is_active", "is_exactly"), ACTIVE)
def test_a_link_is_current_where_it_leads_and_below(
    href: str, path: str, is_active: bool, is_exactly: bool
) -> None:
    """R29, S186"""
    assert is_active_for(href, path) is is_active
    assert is_active_for(href, path, exact=True) is is_exactly


def test_a_guard_sends_elsewhere_or_says_that_there_is_nothing(show: Show) -> None:
    log = []

    def guard(visit: Visit) -> Any:
        log.append(visit.path)
        return {"/b": Redirect("/a"), "/c": False}.get(visit.path)

    inner = Route("/{name}", t"<p>{use_location}</p>", load=lambda visit: log.append("loaded"))
    routes = [Route("/a", "A"), Route("/b", "B", guard=guard), Route("/c", "C", guard=guard)]
    page = show(Router(Routes([*routes, inner], fallback="nothing")))

    page.visit_address("/b")
    assert (page.body.text(), page.history.entries) == ("A", [("/", ""), ("/a", "")])
    page.visit_address("/c")
    assert (page.body.text(), page.history.address) == ("nothing", "/c")
    assert log == ["/b", "/c"]


def test_a_protected_route_follows_its_condition(show: Show) -> None:
    """S192"""
    known: Signal[bool | None] = Signal(None)
    routes = Routes(
        [
            Route("/", "home"),
            Route("/login", "log in"),
            ProtectedRoute(
                "/secret",
                condition=known,
                redirect="/login",
                fallback="wait",
                children=[Route("", "secret"), Route("deep", "deep secret")],
            ),
        ]
    )
    page = show(Router(routes))

    page.visit_address("/secret")
    assert (page.body.text(), page.history.address) == ("wait", "/secret")
    known.set(True)
    assert page.body.text() == "secret"
    page.visit_address("/secret/deep")
    assert page.body.text() == "deep secret"
    known.set(False)
    assert (page.body.text(), page.history.address) == ("log in", "/login")
    page.visit_address("/secret")
    assert (page.body.text(), page.history.address) == ("log in", "/login")


def test_a_redirect_in_a_load_leaves_one_entry(show: Show) -> None:
    """N7"""
    routes = [Route("/old", "old", load=lambda: Redirect("/new")), Route("/new", "new")]
    page = show(Router(Routes(routes)))

    page.visit_address("/old")

    assert page.history.entries == [("/", ""), ("/new", "")]
    assert page.body.text() == "new"


def test_redirects_in_a_circle_end_in_an_error(show: Show) -> None:
    """N7"""
    hops = []

    def load(visit: Visit) -> Any:
        hops.append(visit.params["n"])
        return Redirect(f"/r/{(visit.params['n'] + 1) % 21}")

    def failed(error: NavigationError) -> str:
        return f"error: {error.what}"

    page = show(Router(Routes([Route("/r/{n:int}", "r", load=load)], error=failed)))

    page.visit_address("/r/0")

    assert len(hops) == 21
    assert page.body.text().startswith("error: /r/0 was the 21st address in a row")


def test_redirects_that_are_shown_in_a_circle_end_too(show: Show) -> None:
    """N7"""
    routes = [Route("/a", Redirect("/b")), Route("/b", Redirect("/a")), Route("/", "home")]
    page = show(Router(Routes(routes)))

    page.visit_address("/a")

    assert "21st address in a row" in page.body.text()


def test_a_failed_load_shows_its_error_inside_and_can_be_tried_again(show: Show) -> None:
    """N6"""
    broken = Signal(True)

    def load() -> Any:
        if broken.peek():
            raise OSError("no network")
        return "data"

    @component
    def Inner() -> Any:
        return t"<p>{use_data()}</p>"

    layout = t"<header>menu</header><{Outlet} />"
    routes = Route("/", layout, children=[Route("", "home"), Route("inner", Inner, load=load)])
    page = show(Router(Routes(routes)))

    page.visit_address("/inner")
    assert page.history.address == "/inner"
    assert "menu" in page.body.text()
    assert "no network" in page.body.text()
    page.fire(button(page, "Try again"), "click")
    assert "no network" in page.body.text()

    broken.set(False)
    page.fire(button(page, "Try again"), "click")
    assert page.body.text() == "menudata"
    assert len(page.history.entries) == 2
    page.history.travel(-1)
    assert page.body.text() == "menuhome"


def test_the_nearest_error_view_is_taken(show: Show) -> None:
    """N6"""

    def fail() -> Any:
        raise OSError("gone")

    @component
    def Sorry(error: Exception, retry: object) -> Any:
        return t"<i>{str(error)}</i>"

    inner = [Route("a", "a", load=fail), Route("b", "b", load=fail, error="own")]
    routes = [Route("/x", Outlet, error=Sorry, children=inner), Route("/c", "c", load=fail)]
    page = show(Router(Routes(routes, error=lambda error: f"outer {error}")))

    seen = []
    for address in ("/x/a", "/x/b", "/c"):
        page.visit_address(address)
        seen.append(page.body.text())

    assert seen == ["gone", "own", "outer gone"]


def test_what_is_not_found_is_told_as_near_as_can_be(show: Show) -> None:
    asked: list[str] = []

    async def list_people() -> str:
        asked.append("people")
        return "People"

    def find(visit: Visit) -> str:
        asked.append(visit.path)
        raise NotFound

    async def refuse() -> bool:
        raise NotFound("nothing for you")

    @component
    def Layout() -> Any:
        return t"<header>{use_data()}</header><{Outlet} />"

    people = [
        Route("", "all"),
        Route("{id:int}", "one", load=find),
        Route("{name}/secret", "secret", guard=refuse),
        Route("{*rest}", "no such person"),
    ]
    routes = [
        Route("/people", Layout, load=list_people, children=people),
        Route("/closed", guard=lambda: False, children=[Route("x"), Route("{*rest}", "inside")]),
        Route("/alone/{id:int}", "alone", load=refuse),
    ]

    async def seen() -> list[str]:
        page = show(Router(Routes(routes, fallback="no such page")))
        texts = []
        for address in ("/people/7", "/people/ada/secret", "/closed/x", "/alone/1", "/people"):
            page.visit_address(address)
            for _ in range(5):
                await asyncio.sleep(0)
            texts.append(page.body.text())
            assert page.history.address == address
        return texts

    assert asyncio.run(seen()) == [
        "Peopleno such person",
        "Peopleno such person",
        "no such page",
        "no such page",
        "Peopleall",
    ]
    assert asked == ["/people/7", "people", "people"]


def test_a_page_for_what_is_missing_may_have_nothing_either(show: Show) -> None:
    def missing() -> None:
        raise NotFound

    inner = [Route("x", "x", load=missing), Route("{*rest}", "inner", load=missing)]

    @component
    def Outer() -> Any:
        params = use_params()
        return lambda: params()["rest"]

    routes = [Route("/a", children=inner), Route("/{*rest}", Outer)]
    page = show(Router(Routes(routes, claims_not_found=True)))

    page.visit_address("/a/x")

    assert page.body.text() == "a/x"


def test_a_guard_that_fails_is_shown_and_nothing_is_loaded(show: Show) -> None:
    """N6"""
    loaded: list[str] = []

    def guard() -> object:
        raise OSError("no answer from the gate")

    inner = Route("in", "in", load=lambda visit: loaded.append(visit.path))
    routes = [Route("/", "home"), Route("/gate", guard=guard, children=[inner])]
    page = show(Router(Routes(routes, error=lambda error: str(error))))

    page.visit_address("/gate/in")

    assert (page.body.text(), loaded) == ("no answer from the gate", [])


def test_a_load_that_is_superseded_at_once_never_begins(show: Show) -> None:
    """N1"""
    begun: list[str] = []

    async def load(visit: Visit) -> str:
        begun.append(visit.path)
        return visit.path

    @component
    def Page() -> Any:
        return t"<p>{use_data()}</p>"

    async def body() -> None:
        page = show(Router(Routes(Route("/{name?}", Page, load=load))))
        for address in ("/a", "/b", "/c"):
            page.visit_address(address)
        for _ in range(10):
            await asyncio.sleep(0)

        assert (page.body.text(), begun) == ("/c", ["/c"])

    asyncio.run(body())


def test_a_number_goes_through_the_history(show: Show) -> None:
    found: dict[str, Any] = {}

    @component
    def Home() -> Any:
        found["navigate"] = use_navigate()
        return "home"

    page = show(Router(Routes([Route("/", Home), Route("/a", "A"), Route("/b", "B")])))
    page.visit_address("/a")
    page.visit_address("/b")

    seen = []
    for distance in (-1, 1, -2):
        found["navigate"](distance)
        seen.append(page.body.text())

    assert seen == ["A", "B", "home"]


def test_an_error_view_stands_for_a_view_that_fails_too(show: Show) -> None:
    fails = Signal(True)

    @component
    def View() -> Any:
        if fails.peek():
            raise ValueError("bad view")
        return "fine"

    page = show(
        Router(
            Routes(
                [Route("/", View), Route("/other", "other")],
                error=lambda error, retry: t"<button on:click={retry}>{str(error)}</button>",
            )
        )
    )
    assert page.body.text() == "bad view"
    page.visit_address("/other")
    assert page.body.text() == "other"
    page.history.travel(-1)
    fails.set(False)
    page.fire(button(page, "bad view"), "click")

    assert page.body.text() == "fine"


def test_what_a_view_raises_has_no_cause_in_the_router(show: Show) -> None:
    caught: list[Exception] = []

    @component
    def View() -> Any:
        raise ValueError("bad view")

    bad = Route("/bad", View, error=lambda error: caught.append(error))
    page = show(Router(Routes([Route("/", "home"), bad])))

    page.visit_address("/bad")

    assert [error.__context__ for error in caught] == [None]


def test_a_load_runs_again_when_something_that_it_read_has_changed(show: Show) -> None:
    log = []

    def by_id(visit: Visit) -> Any:
        log.append(f"id {visit.params['id']}")

    def by_query(visit: Visit) -> Any:
        log.append(f"q {visit.query.get('q')}")

    inner = Route("{tab}", "tab", load=lambda: log.append("nothing"))
    routes = Route(
        "/u/{id}", Outlet, load=by_id, children=Route("", Outlet, load=by_query, children=inner)
    )
    page = show(Router(Routes(routes)))

    for address in ("/u/1/a", "/u/1/a?q=x", "/u/1/b?q=x", "/u/2/b?q=x"):
        page.visit_address(address)

    assert log == ["id 1", "q None", "nothing", "q x", "id 2"]


def test_a_blocker_stops_every_way_out(show: Show) -> None:
    """N8"""
    is_dirty = Signal(False)

    @component
    def Editor() -> Any:
        blocker = use_blocker(is_dirty)
        navigate = use_navigate()
        return t"""<button on:click={(lambda: navigate("/b"))}>go</button>
          <button on:click={blocker.proceed}>leave</button>
          <button on:click={blocker.stay}>stay</button>
          <p>{(lambda: getattr(blocker.visit(), "path", ""))}</p>"""

    page = show(Router(Routes([Route("/a", Editor), Route("/b", "B"), Route("/", "home")])))
    page.visit_address("/b")
    page.visit_address("/a")
    history = page.history

    def asked() -> str:
        return next(e for e in page.elements() if e.name == "p").text()

    assert not history.is_held

    is_dirty.set(True)
    assert history.is_held
    for leave, to in (
        (lambda: page.visit_address("/b"), "/b"),
        (lambda: page.fire(button(page, "go"), "click"), "/b"),
        (lambda: history.travel(-1), "/b"),
        (lambda: history.travel(-2), "/"),
    ):
        leave()
        assert (history.address, asked()) == ("/a", to)
        page.fire(button(page, "stay"), "click")
        assert asked() == ""

    history.travel(-2)
    page.fire(button(page, "leave"), "click")
    assert (history.address, page.body.text()) == ("/", "home")
    assert not history.is_held

    history.travel(2)
    is_dirty.set(True)
    page.visit_address("/b")
    page.fire(button(page, "leave"), "click")
    assert (history.address, page.body.text()) == ("/b", "B")


def test_a_condition_may_look_at_the_visit(show: Show) -> None:
    @component
    def Editor() -> Any:
        use_blocker(lambda visit: visit.path != "/ok")
        return "editor"

    page = show(Router(Routes([Route("/", Editor), Route("/no", "no"), Route("/ok", "ok")])))

    page.visit_address("/no")
    assert page.body.text() == "editor"
    page.visit_address("/ok")
    assert page.body.text() == "ok"


def test_hash_mode_writes_links_behind_a_hash(show: Show) -> None:
    """R27"""
    nav = t"<{A} href='/a/b?x=1'>AB</{A}>"
    page = show(Router([nav, Routes([Route("/", " home"), Route("/a/{n}", " a")])], mode="hash"))

    assert link(page, "AB").attributes["href"] == "#/a/b?x=1"
    page.click(link(page, "AB"))

    assert (page.history.address, page.body.text()) == ("/a/b?x=1", "AB a")


def test_nothing_is_left_of_a_router_that_goes(page: FakePage) -> None:
    """R25"""
    from gossamer import mount

    for _ in range(3):
        shown = mount(Router(Routes([Route("/", "home"), Route("/a", "A")])))
        page.visit_address("/a")
        shown.unmount()
        page.history.travel(-1)
        assert page.nodes == {}
    assert page.body.inner_html() == ""


def test_two_routers_in_a_page_are_refused(show: Show) -> None:
    page = show([Router("one"), ErrorBoundary(lambda error: type(error).__name__, Router("two"))])

    assert page.body.text() == f"one{HostError.__name__}"


def test_an_unknown_mode_is_refused(show: Show) -> None:
    page = show(ErrorBoundary(lambda error: type(error).__name__, Router("x", mode="hashed")))

    assert page.body.text() == NavigationError.__name__


@pytest.mark.parametrize(
    ("children", "error"),
    [
        ([Route("/a", "a"), "text"], PropError),
        ([Route(3, "a")], RouteError),  # type: ignore[arg-type] # wrong on purpose
        ([ProtectedRoute("/a", "a")], RouteError),
        ([Route("/{a", "a")], RouteError),
    ],
)
def test_wrong_routes_are_refused_where_they_stand(
    show: Show, children: list[object], error: type
) -> None:
    told = []
    show(Router(ErrorBoundary(lambda error: told.append(error), Routes(children))))

    assert [type(one) for one in told] == [error]


def test_a_route_is_no_view_of_its_own(show: Show) -> None:
    told = []
    show(ErrorBoundary(lambda error: told.append(error), [Route("/a", "a")]))

    assert isinstance(told[0], RouteError)


def test_routes_may_be_written_as_tags(show: Show) -> None:
    one = Route("/one", "1")
    page = show(
        t"""<{Router}><{Routes} fallback="none">
          <{Route} path="/" view="home" /> {one}
          <{Route} path="/deep" view={Outlet}><{Route} path="er" view="deeper" /></{Route}>
        </{Routes}></{Router}>"""
    )

    seen = [page.body.text()]
    for address in ("/one", "/deep/er"):
        page.visit_address(address)
        seen.append(page.body.text())

    assert seen == ["home", "1", "deeper"]


URLS = [
    (("home",), {}, "/"),
    (("user",), {"id": 7}, "/users/7"),
    (("blog",), {}, "/blog"),
    (("blog",), {"year": 2026}, "/blog/2026"),
    (("blog",), {"year": 2026, "slug": "a b"}, "/blog/2026/a%20b"),
    (("files",), {"rest": "a/b c"}, "/files/a/b%20c"),
    (("inner",), {"id": "x/y"}, "/in/x%2Fy/édit"),
    (("layout",), {}, "/in"),
    (("home", {"q": "a&b", "t": [1, 2], "none": None}, "x y"), {}, "/?q=a%26b&t=1&t=2#x%20y"),
]


@pytest.fixture
def urls(show: Show) -> Any:
    found: dict[str, Any] = {}

    @component
    def Home() -> Any:
        found["owner"] = current_owner()
        return "home"

    show(
        Router(
            Routes(
                [
                    Route("/", Home, name="home"),
                    Route("/users/{id:int}", "u", name="user"),
                    Route("/blog/{year?}/{slug?}", "b", name="blog"),
                    Route("/files/{*rest}", "f", name="files"),
                    Route(
                        "/in",
                        Outlet,
                        name="layout",
                        children=[Route("", "index"), Route("{id}/édit", "i", name="inner")],
                    ),
                ]
            )
        )
    )
    return lambda *args, **params: found["owner"].run(url_for, *args, **params)


@pytest.mark.parametrize(("args", "params", "address"), URLS)
def test_a_name_gives_an_address(urls: Any, args: Any, params: Any, address: str) -> None:
    assert urls(*args, **params) == address.replace("é", "%C3%A9")


@pytest.mark.parametrize(
    ("args", "params", "said"),
    [
        (("nobody",), {}, "no route named nobody"),
        (("user",), {}, "cannot be had with no parameters"),
        (("user",), {"id": 7, "x": 1}, "cannot be had with id, x"),
        (("user",), {"id": ""}, "'' cannot stand for {id}"),
        (("inner",), {"id": ".."}, "'..' cannot stand for {id}"),
    ],
)
def test_a_name_without_an_address_is_refused(urls: Any, args: Any, params: Any, said: str) -> None:
    with pytest.raises(RouteError) as raised:
        urls(*args, **params)

    assert said in raised.value.what


def test_the_address_is_pending_until_the_view_stands(show: Show) -> None:
    """N5"""
    seen = []

    @component
    def Watch() -> Any:
        pending = use_pending()
        return t"<i>{(lambda: seen.append(getattr(pending(), 'path', None)))}</i>"

    page = show(Router([Watch, Routes([Route("/a", "A")])]))
    page.visit_address("/a")

    assert seen == [None, "/a", None]


def test_what_stands_around_may_be_referred_to(show: Show) -> None:
    ref = NodeRef()
    routes = Routes(Route("/", t"<p ref={ref}>x</p>"))
    page = show(Router(routes))

    assert ref.peek() is page.elements()[0]
