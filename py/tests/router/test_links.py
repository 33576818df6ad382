"""Links and addresses: where they lead, whether the visitor is there, and what is refused."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from gossamer import component
from gossamer.errors import NavigationError, RouteError
from gossamer.reactive import current_owner
from gossamer.router import (
    A,
    Redirect,
    Route,
    Router,
    Routes,
    url_for,
    use_location,
    use_navigate,
    use_params,
    use_query,
)
from gossamer.router.views import is_active_for
from gossamer.ssr import render_to_string
from gossamer.testing.nodes import Element
from gossamer.testing.page import FakePage
from hypothesis import given, settings
from hypothesis import strategies as st

type Show = Callable[[object], FakePage]

# Whether a link is current: without a trailing slash on either side, and with any.
BELOW = [
    ("/item", "/item", True),
    ("/item", "/item/one", True),
    ("/item/1", "/item/1", True),
    ("/item/1", "/item/1/two", True),
    ("/item/1", "/item/1/three/four", True),
    ("/item/1/two/three", "/item/1/two/three/two/1/item", True),
    ("/item/1/two/three/444", "/item/1/two/three/444", True),
    ("/", "/item", False),
    ("/", "/else/where", False),
    ("/somewhere", "/", False),
    ("/else/where", "/", False),
    ("/level", "/item", False),
    ("/item", "/items", False),
    ("/item/one", "/item", False),
    ("/item/1/two", "/item/1", False),
    ("/item/1/three/four", "/item", False),
    ("/item/1/two/three/two/1/item", "/item/1/two/three", False),
    ("/item/one/two/three/four", "/item////four", False),
    ("//////", "/item/1", False),
    ("/item/1", "//////", False),
]


@pytest.mark.parametrize(("href", "path", "is_active"), BELOW)
def test_trailing_slashes_say_nothing_of_where_one_is(
    href: str, path: str, is_active: bool
) -> None:
    """R29, S186"""
    ends = product({href, f"{href.rstrip('/')}/"}, {path, f"{path.rstrip('/')}/"})

    assert {is_active_for(*both) for both in ends} == {is_active}


def links(page: FakePage) -> dict[str, Element]:
    return {each.text(): each for each in page.elements() if each.name == "a"}


def test_a_link_in_any_script_is_current_where_it_leads(show: Show) -> None:
    """R1, R12"""
    nav = [t"<{A} href='/café'>Coffee</{A}>", t"<{A} href='/a b/чай'>Tea</{A}>"]
    routes = [Route("/café", "coffee"), Route("/a b/{name}", "tea"), Route("/", "home")]
    page = show(Router([nav, Routes(routes)]))

    page.visit_address("/caf%C3%A9")
    assert links(page)["Coffee"].attributes["href"] == "/caf%C3%A9"
    assert "aria-current" in links(page)["Coffee"].attributes
    page.click(links(page)["Tea"])
    assert "aria-current" in links(page)["Tea"].attributes
    page.click(links(page)["Tea"])

    assert [entry[0] for entry in page.history.entries] == [
        "/",
        "/caf%C3%A9",
        "/a%20b/%D1%87%D0%B0%D0%B9",
    ]


@pytest.mark.parametrize("href", ["https://example.org/x", "mailto:a@b", "tel:1", "//e.org/x"])
def test_a_link_to_elsewhere_is_what_it_says(show: Show, href: str) -> None:
    live = t"<{A} href={(lambda: href)}>live</{A}>"
    page = show(Router([t"<{A} href={href}>plain</{A}>", live, Routes([Route("/", "home")])]))

    assert [each.attributes for each in links(page).values()] == [{"href": href}] * 2


ELSEWHERE = ["//evil.org", "https://evil.org", "javascript:alert(1)", "/\t/evil.org", "\\\\evil"]


@pytest.mark.parametrize("mode", ["path", "hash"])
@pytest.mark.parametrize("to", ELSEWHERE)
def test_nobody_is_led_to_another_site_by_an_address(show: Show, to: str, mode: str) -> None:
    """S190"""
    found: dict[str, Any] = {}

    @component
    def Home() -> Any:
        found["navigate"] = use_navigate()
        return "home"

    routes = [Route("/", Home), Route("/go", "go", load=lambda: Redirect(to))]
    guarded = Route("/guarded", "in", guard=lambda: Redirect(to))
    page = show(Router(Routes([*routes, guarded], claims_not_found=True), mode=mode))

    for way in ("/go", "/guarded"):
        page.visit_address(way)
        if ":" in to or to.startswith("//"):
            assert "leads to another site" in page.body.text()
            with pytest.raises(NavigationError):
                found["navigate"](to)
        else:
            assert page.history.address.startswith("/")
    assert not page.history.left
    assert not any(address.startswith("//") for address, _ in page.history.entries)


NAME = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: text not in (".", "..")
)


def test_whatever_an_address_was_made_of_comes_out_of_it(show: Show) -> None:
    """R29, D1"""
    found: dict[str, Any] = {}

    @component
    def Item() -> Any:
        found.update(params=use_params(), query=use_query(), owner=current_owner())
        return "item"

    routes = [Route("/", Item), Route("/items/{name}/{*rest}", Item, name="item")]
    page = show(Router(Routes(routes)))

    @given(NAME, st.lists(NAME.map(lambda text: text.replace("/", "")).filter(bool)), st.text())
    @settings(max_examples=150, deadline=None)
    def come_back(name: str, rest: list[str], text: str) -> None:
        parts = "/".join(part for part in rest if part not in (".", ".."))
        query = text.encode("utf-8", "replace").decode()
        address = found["owner"].run(url_for, "item", name=name, rest=parts, _query={"q": query})

        page.visit_address(address)

        assert found["params"]() == {"name": name, "rest": parts}
        assert found["query"]() == {"q": query}

    page.visit_address("/items/a/")
    come_back()


def test_a_rest_cannot_climb(show: Show) -> None:
    errors: list[RouteError] = []

    @component
    def Home() -> Any:
        for rest in ("../admin", "a/./b", ".."):
            with pytest.raises(RouteError) as raised:
                url_for("file", rest=rest)
            errors.append(raised.value)
        return url_for("file", rest="a/.b/..c")

    page = show(Router(Routes([Route("/", Home), Route("/files/{*rest}", "", name="file")])))

    assert page.body.text() == "/files/a/.b/..c"
    assert len(errors) == 3


ODD = [
    "/items/%0A?q=%0A",
    "/items/%25?q=%25",
    "/items/%zz?q=%zz",
    "/items/%FF?q=%FF",
    "/items/é?q=é",
]


@pytest.mark.parametrize("url", ODD)
def test_an_odd_address_gives_the_text_that_it_gives_on_a_server(show: Show, url: str) -> None:
    """R13"""

    @component
    def Item() -> Any:
        params, query, location = use_params(), use_query(), use_location()
        return t"""<p>{(lambda: repr(params()["name"]))}</p><p>{(lambda: repr(query()["q"]))}</p>
            <p>{location.path}</p><{A} href={url}>here</{A}>"""

    @component
    def App() -> Any:
        return Router(Routes([Route("/", "home"), Route("/items/{name}", Item)]))

    page = show(App())
    page.visit_address(url)

    served = render_to_string(App, url=url)
    shown = page.body.inner_html()
    assert "".join(served.split()) == "".join(shown.split())
