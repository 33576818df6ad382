"""R29: the table of paths, the errors of a table of routes."""

import pytest
from gossamer.errors import RouteError
from gossamer.router.matching import RouteNode, Table
from hypothesis import given
from hypothesis import strategies as st

PATHS = [
    "/", "/about", "/users", "/users/new", "/users/{id:int}", "/users/{name}",
    "/users/{name}/posts", "/blog/{year?}/{slug?}", "/files/{*rest}", "/files/readme",
    "/docs/{lang?}/intro", "/{a}/b", "/a/{y}", "/café", "/sp ace", "/x%2Fy", "/{*nf}",
]  # fmt: skip
CONTACTS = RouteNode(
    "/contacts",
    "layout",
    [RouteNode(""), RouteNode("new"), RouteNode("{id}", None, [RouteNode(""), RouteNode("edit")])],
)
NOT_FOUND = "/{*nf}"

CASES = [
    ("/", "/", {}),
    ("", "/", {}),
    ("/about", "/about", {}),
    ("/about/", "/about", {}),
    ("/about//", NOT_FOUND, {"nf": "about/"}),
    ("//about", NOT_FOUND, {"nf": "/about"}),
    ("/About", NOT_FOUND, {"nf": "About"}),
    ("/users", "/users", {}),
    ("/users/new", "/users/new", {}),
    ("/users/42", "/users/{id:int}", {"id": 42}),
    ("/users/%34%32", "/users/{id:int}", {"id": 42}),
    ("/users/-7", "/users/{id:int}", {"id": -7}),
    ("/users/42x", "/users/{name}", {"name": "42x"}),
    ("/users/٤٢", "/users/{name}", {"name": "٤٢"}),
    ("/users/1234567890123456789", "/users/{name}", {"name": "1234567890123456789"}),
    ("/users/a%2Fb", "/users/{name}", {"name": "a/b"}),
    ("/users/a%252Fb", "/users/{name}", {"name": "a%2Fb"}),
    ("/users/100%", "/users/{name}", {"name": "100%"}),
    ("/users/%zz", "/users/{name}", {"name": "%zz"}),
    ("/users/%FF", "/users/{name}", {"name": "%FF"}),
    ("/users/a+b", "/users/{name}", {"name": "a+b"}),
    ("/users/a%20b/posts", "/users/{name}/posts", {"name": "a b"}),
    ("/users/42/posts", "/users/{name}/posts", {"name": "42"}),
    ("/users/bob/nope", NOT_FOUND, {"nf": "users/bob/nope"}),
    ("/blog", "/blog/{year?}/{slug?}", {}),
    ("/blog/2026", "/blog/{year?}/{slug?}", {"year": "2026"}),
    ("/blog/2026/hi", "/blog/{year?}/{slug?}", {"year": "2026", "slug": "hi"}),
    ("/blog/1/2/3", NOT_FOUND, {"nf": "blog/1/2/3"}),
    ("/files", "/files/{*rest}", {"rest": ""}),
    ("/files/", "/files/{*rest}", {"rest": ""}),
    ("/files/a//b", "/files/{*rest}", {"rest": "a//b"}),
    ("/files/readme", "/files/readme", {}),
    ("/files/readme/x", "/files/{*rest}", {"rest": "readme/x"}),
    ("/docs/intro", "/docs/{lang?}/intro", {}),
    ("/docs/en/intro", "/docs/{lang?}/intro", {"lang": "en"}),
    ("/docs/intro/intro", "/docs/{lang?}/intro", {"lang": "intro"}),
    ("/a/b", "/a/{y}", {"y": "b"}),
    ("/z/b", "/{a}/b", {"a": "z"}),
    ("/contacts", "/contacts", {}),
    ("/contacts/", "/contacts", {}),
    ("/contacts/new", "/contacts/new", {}),
    ("/contacts/7", "/contacts/{id}", {"id": "7"}),
    ("/contacts/7/edit", "/contacts/{id}/edit", {"id": "7"}),
    ("/contacts/new/edit", "/contacts/{id}/edit", {"id": "new"}),
    ("/contacts/7/x", NOT_FOUND, {"nf": "contacts/7/x"}),
    ("/caf%C3%A9", "/café", {}),
    ("/café", "/café", {}),
    ("/sp%20ace", "/sp ace", {}),
    ("/x%2Fy", "/x%2Fy", {}),
    ("/x/y", NOT_FOUND, {"nf": "x/y"}),
    ("/foo/bar/b", NOT_FOUND, {"nf": "foo/bar/b"}),
]


@pytest.fixture(scope="module")
def table() -> Table:
    return Table([*map(RouteNode, PATHS), CONTACTS])


@pytest.mark.parametrize(("path", "pattern", "params"), CASES, ids=[case[0] for case in CASES])
def test_a_path_finds_its_route(
    table: Table, path: str, pattern: str, params: dict[str, object]
) -> None:
    """R29"""
    match = table.match(path)

    assert match is not None
    assert (match.branch.pattern, match.params) == (pattern, params)


@pytest.mark.parametrize(("path", "pattern", "params"), CASES, ids=[case[0] for case in CASES])
def test_the_order_of_definition_plays_no_part(
    path: str, pattern: str, params: dict[str, object]
) -> None:
    match = Table([CONTACTS, *map(RouteNode, reversed(PATHS))]).match(path)

    assert match is not None
    assert (match.branch.pattern, match.params) == (pattern, params)


def test_one_trailing_slash_is_told(table: Table) -> None:
    told = {}
    for path in ("/about", "/about/", "/", ""):
        match = table.match(path)
        assert match is not None
        told[path] = match.has_trailing_slash

    assert told == {"/about": False, "/about/": True, "/": False, "": False}


def test_without_a_rest_nothing_is_found() -> None:
    """R24"""
    table = Table([RouteNode("/items/{id:int}")])

    assert table.match("/items/abc") is None
    assert table.match("/items//") is None
    assert table.match("//") is None


def test_each_level_knows_its_own_part_of_path_and_parameters(table: Table) -> None:
    """S176"""
    match = table.match("/contacts/7%20a/edit")
    assert match is not None

    levels = match.branch.levels
    assert [match.path_of(level) for level in levels] == [
        "/contacts",
        "/contacts/7%20a",
        "/contacts/7%20a/edit",
    ]
    assert [match.params_of(level) for level in levels] == [{}, {"id": "7 a"}, {"id": "7 a"}]


def test_optional_parts_are_filled_from_the_left() -> None:
    """S173"""
    match = Table([RouteNode("/{a?}/{b?}/bar")]).match("/foo/bar")

    assert match is not None
    assert match.params == {"a": "foo"}


def test_a_type_of_parameter_can_be_added() -> None:
    from datetime import date

    from gossamer.router.patterns import add_converter

    add_converter("day", date.fromisoformat, date.isoformat)
    table = Table([RouteNode("/on/{when:day}"), RouteNode("/on/{word:slug}")])

    first, second = table.match("/on/2026-11-24"), table.match("/on/today")
    assert first is not None
    assert second is not None
    assert (first.params, second.params) == ({"when": date(2026, 11, 24)}, {"word": "today"})
    assert table.match("/on/Today") is None


def test_a_uuid_is_one_however_it_is_written() -> None:
    match = Table([RouteNode("/{id:uuid}")]).match("/0188A2B4-5C6D-7E8F-9A0B-1C2D3E4F5A6B")

    assert match is not None
    assert match.params == {"id": "0188a2b4-5c6d-7e8f-9a0b-1c2d3e4f5a6b"}


WRONG = {
    "two parameters of a name": (["/{a}/{a}"], "two parameters named a"),
    "a name twice in a chain": (
        [RouteNode("/{id}", None, [RouteNode("{id}")])],
        "/{id}/{id} has two parameters named id",
    ),
    "rest not last": (["/{*rest}/x"], "follows the rest"),
    "a route in a rest": ([RouteNode("/{*r}", None, [RouteNode("x")])], "x follows the rest"),
    "an open brace": (["/{id"], "is no parameter"),
    "a closed brace": (["/id}"], "is no parameter"),
    "text beside a parameter": (["/user-{id}"], "user-{id} in /user-{id} is no parameter"),
    "no name": (["/{}"], "is no parameter"),
    "a number for a name": (["/{1}"], "is no parameter"),
    "an optional rest": (["/{*rest?}"], "is no parameter"),
    "an unknown type": (["/{id:number}"], "no converter number"),
    "the same text": (["/a", "/a/"], "take the same paths"),
    "the same parameters": (["/{a}", "/{b}"], "/{a} and /{b} take the same paths"),
    "the same types": (["/{a:int}", "/{b:int}"], "take the same paths"),
    "the same rests": (["/{*a}", "/{*b}"], "take the same paths"),
    "an optional part and none": (["/blog/{year?}", "/blog"], "take the same paths"),
}


@pytest.mark.parametrize(("routes", "said"), WRONG.values(), ids=WRONG)
def test_routes_that_could_not_mean_one_thing_are_refused(
    routes: list[str | RouteNode], said: str
) -> None:
    """R29"""
    with pytest.raises(RouteError) as raised:
        Table([RouteNode(route) if isinstance(route, str) else route for route in routes])

    assert said in raised.value.what
    assert raised.value.fix


PART = st.text("ab%2F/+é.", max_size=5)


@given(st.lists(PART, max_size=5))
def test_no_path_raises_and_every_path_finds_what_fits(parts: list[str]) -> None:
    """R13"""
    table = Table(map(RouteNode, ["/{a:int}/{b?}", "/a/{*rest}", "/{x}/b"]))
    path = "/" + "/".join(parts)

    match = table.match(path)

    if path.startswith("/a/") or path == "/a":
        assert match is not None
