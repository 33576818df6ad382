"""A call from a page, its answer, and everything that can come of it."""

import asyncio
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from gossamer.errors import (
    ServerError,
    ServerFunctionError,
    StaleVersionError,
    TransportError,
    WireTypeError,
)
from gossamer.fields import FieldErrors
from gossamer.host import Answer
from gossamer.http import HttpError, redirect, request, response
from gossamer.server_fn.client import read_answer
from gossamer.server_fn.function import ServerFunction, set_roundtrip
from gossamer.server_fn.uploads import UploadFile
from tests.server_fn.loop import Server, form, multipart

pytestmark = pytest.mark.cpython("the server's half runs on a server")
FN = f"/_gossamer/{__name__}."


@dataclass
class Item:
    name: str
    qty: int = 1
    tags: list[str] = field(default_factory=list)
    due: datetime | None = None


class OutOfStock(Exception):  # noqa: N818 - as users name theirs
    status = 409
    item: str
    left: int

    def __init__(self, item: str, left: int) -> None:
        super().__init__(item)
        self.item, self.left = item, left


async def add(a: int, b: int = 2) -> int:
    return a + b


async def double(item: Item, *, note: str | None = None) -> Item:
    return Item(item.name * 2, item.qty * 2, [*item.tags, note or "-"], item.due)


async def nothing() -> None: ...


async def boom() -> None:
    raise RuntimeError("secret-db-password-7f3a")


async def buy(item: str) -> None:
    raise OutOfStock(item, 2)


async def refuse(name: str = "") -> str:
    raise FieldErrors({"name": "This is taken."})


async def goto(to: str) -> None:
    redirect(to)


async def away(to: str) -> None:
    redirect(to, external=True)


async def missing() -> None:
    raise HttpError(404, "There is no such thing.")


async def wrong() -> int:
    return "one"  # type: ignore[return-value] # the case


async def size(file: UploadFile, note: str = "") -> str:
    return f"{file.name} {file.size} {len(await file.read())} {note}"


async def sizes(files: list[UploadFile], more: UploadFile | None = None) -> list[int]:
    return [file.size for file in files] + ([more.size] if more else [])


async def raw(data: bytes) -> int:
    return len(data)


async def sign_in(name: str) -> str:
    response().set_cookie("user", name)
    response().set_cookie("theme", "dark")
    return request().page_url or ""


async def flag(on: bool) -> bool:
    return on


@pytest.fixture
def server() -> Server:
    return Server()


type Run = Callable[..., None]


def run(coroutine: Any) -> Any:
    return asyncio.run(coroutine)


def test_a_call_gives_what_the_function_gives(server: Server) -> None:
    """P4"""
    call = server.both(double)
    due = datetime(2026, 11, 25, tzinfo=UTC)

    result = run(call(Item("a", 2, ["x"], due), note="n"))

    assert result == Item("aa", 4, ["x", "n"], due)
    assert server.network.asked == [("POST", f"{FN}double")]


def test_left_out_arguments_take_the_servers_defaults(server: Server) -> None:
    call = server.both(add)

    assert run(call(1)) == 3
    assert run(call(b=5, a=1)) == 6
    with pytest.raises(TypeError, match="missing 1 required positional argument"):
        call()
    with pytest.raises(TypeError, match="cannot be called like this: a: This is not a whole"):
        run(call("1"))


def test_a_function_on_the_server_is_called_as_it_is(server: Server) -> None:
    """P4"""
    call = server.function(add)

    assert run(call(1, b=1)) == 2
    assert server.network.asked == []


def test_a_roundtrip_finds_a_wrong_type_on_the_server(server: Server) -> None:
    call, fine = server.function(wrong), server.function(double)
    set_roundtrip(on=True)
    try:
        assert run(fine(Item("a"))) == Item("aa", 2, ["-"])
        with pytest.raises(ValueError, match="whole number"):
            run(call())
    finally:
        set_roundtrip(on=False)


def test_all_that_is_wrong_with_arguments_is_told_at_once(server: Server) -> None:
    """P5"""
    server.function(double)

    sent = run(server.send(f"{FN}double", {"item": {"qty": "1", "x": 1}, "other": 2}))

    assert sent.status == 422
    assert sent.json == {
        "errors": {
            "item.qty": "This is not a whole number.",
            "item.x": "There is no such field.",
            "item.name": "This is missing.",
            "other": "There is no such parameter.",
        }
    }


WRONG_BODIES = [
    (b"", 400),
    (b"[]", 422),
    (b'{"a": 1', 400),
    (b'{"a": 1, "a": 2}', 400),
    (b'{"a": NaN}', 400),
    (b'{"a": 1e999}', 400),
    (b'{"a": "\\ud800"}', 400),
    (b'{"a": "\xff"}', 400),
    (b"\xef\xbb\xbf{}", 400),
    (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 422),
    (b'{"a": ' + b"[" * 40 + b"]" * 40 + b"}", 422),
    (b'{"a": [' + b"1," * 10_000 + b"1]}", 422),
    (b'{"a": ' + b"9" * 5_000 + b"}", 400),
    (b'{"a": true}', 422),
    (b" " * 1_000_001, 413),
]


@pytest.mark.parametrize(("body", "status"), WRONG_BODIES, ids=lambda each: str(each)[:20])
def test_bodies_that_are_no_arguments_are_refused(server: Server, body: bytes, status: int) -> None:
    """P5"""
    server.function(add)

    sent = run(server.send(f"{FN}add", body, Content_Type="application/json"))

    assert sent.status == status
    assert "Traceback" not in sent.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/json; charset=latin-1"}, 415),
        ({"Content_Type": "application/json", "Content_Encoding": "gzip"}, 415),
        ({"Content_Type": "multipart/form-data"}, 400),
        ({"Content_Type": "nonsense"}, 415),
        ({}, 415),
    ],
    ids=str,
)
def test_other_encodings_are_refused(server: Server, headers: dict[str, str], status: int) -> None:
    server.function(add)

    assert run(server.send(f"{FN}add", b'{"a": 1}', **headers)).status == status


def test_a_declared_error_arrives_as_itself(server: Server) -> None:
    """P13"""
    call = server.both(buy, errors=[OutOfStock])

    with pytest.raises(OutOfStock) as caught:
        run(call("tea"))

    assert (caught.value.item, caught.value.left) == ("tea", 2)
    assert run(server.send(f"{FN}buy", {"item": "tea"})).status == 409


def test_any_other_error_is_told_by_its_number_only(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    """P13"""
    call = server.both(boom)

    with caplog.at_level(logging.ERROR, "gossamer.server"), pytest.raises(ServerError) as caught:
        run(call())

    assert "secret" not in str(caught.value)
    assert caught.value.id in caplog.text
    assert "secret-db-password-7f3a" in caplog.text


def test_a_result_of_another_type_is_an_error_of_the_server(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    call = server.both(wrong)

    with pytest.raises(ServerError):
        run(call())

    assert "This is not a whole number." in caplog.text


def test_errors_of_fields_and_statuses_arrive(server: Server) -> None:
    with pytest.raises(FieldErrors) as caught:
        run(server.both(refuse)())
    with pytest.raises(TransportError) as status:
        run(server.both(missing)())

    assert caught.value["name"] == "This is taken."
    assert (status.value.status, status.value.why) == (404, "There is no such thing.")


def test_a_redirect_leads_the_page_on(server: Server) -> None:
    """P9"""
    call = server.both(goto)

    assert run(call("/x?y=1#z")) is None
    assert server.network.went == ["/x?y=1#z"]


def test_a_form_of_the_browser_is_sent_on(server: Server) -> None:
    """P9"""
    server.function(goto)

    sent = run(server.send(f"{FN}goto", **form({"to": "/x?y=1#z", "_gs_back": "/"})))

    assert (sent.status, sent.headers.get("location")) == (303, "/x?y=1#z")


@pytest.mark.parametrize(
    "to", ["//evil", "\\\\evil", "/\\evil", "javascript:alert(1)", "https://evil"]
)
def test_a_redirect_stays_on_the_site(server: Server, to: str) -> None:
    """P11"""
    call, outside = server.both(goto), server.both(away)

    with pytest.raises(ServerError):
        run(call(to))
    if to == "https://evil":
        assert run(outside(to)) is None
        assert server.network.went == ["https://evil"]
    else:
        with pytest.raises(ServerError):
            run(outside(to))


def test_a_page_in_between_is_loaded_whole(server: Server) -> None:
    """P10"""
    call = server.both(add)
    answer = Answer(200, "text/html", "", "", "http://shop.example/login", "<h1>Sign in</h1>")

    assert read_answer(call, answer, server.network) is None
    assert server.network.left == ["http://shop.example/login"]


def test_what_is_no_answer_of_ours_is_a_fault_on_the_way(server: Server) -> None:
    call = server.both(add)
    answers = [
        Answer(502, "text/html", "", "", "", "<h1>Bad gateway</h1>"),
        Answer(200, "text/html", "", "", "", "<h1>Hello</h1>"),
        Answer(200, "application/vnd.gossamer+json", "", "", "", "{"),
        Answer(200, "application/vnd.gossamer+json", "", "", "", '"3"'),
        Answer(404, "application/vnd.gossamer+json", "", "", "", "["),
    ]

    for answer in answers:
        with pytest.raises(TransportError) as caught:
            read_answer(call, answer, server.network)
        assert caught.value.status == answer.status
    assert run(server.both(nothing)()) is None
    assert (
        read_answer(server.both(nothing), Answer(204, "", "", "", "", ""), server.network) is None
    )


def test_cookies_and_the_page_of_the_call(server: Server) -> None:
    """P12"""
    server.function(sign_in)

    sent = run(
        server.send(f"{FN}sign_in", {"name": "ada"}, X_Gossamer_Url="http://shop.example/a?b=1#c")
    )

    assert sent.json == "/a?b=1#c"
    assert [cookie.partition(";")[0] for cookie in sent.cookies] == ["user=ada", "theme=dark"]
    assert "HttpOnly" in sent.cookies[0]


CROSS = [
    ({"Origin": "http://evil.test", "Sec_Fetch_Site": "cross-site"}, 403),
    ({"Origin": "null", "Sec_Fetch_Site": ""}, 403),
    ({"Origin": "http://sub.shop.example", "Sec_Fetch_Site": "same-site"}, 403),
    ({"Origin": "http://evil.test", "Sec_Fetch_Site": ""}, 403),
    ({"Sec_Fetch_Site": ""}, 200),
    ({"Origin": "https://admin.shop.example", "Sec_Fetch_Site": "same-site"}, 200),
]


@pytest.mark.parametrize(("headers", "status"), CROSS, ids=str)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_sites_call_nothing(headers: dict[str, str], status: int, method: str) -> None:
    """P15, P16"""
    server = Server(trusted=["https://admin.shop.example"])
    ran = []

    async def bump() -> int:
        ran.append(1)
        return 1

    bump.__qualname__ = "bump"
    server.function(bump, method=method)

    sent = run(server.send(f"{FN}bump", method=method, **headers))

    assert sent.status == status
    assert len(ran) == (status == 200)


def test_a_readable_function_is_kept_as_it_says(server: Server) -> None:
    """P16"""
    call = server.both(add, method="GET", max_age=60)

    sent = run(server.send(f"{FN}add?a=1&b=3", method="GET"))

    assert sent.json == 4
    assert sent.headers.get("cache-control") == "private, max-age=60"
    assert sent.headers.get("vary") == "Accept, X-Gossamer, Cookie"
    assert run(call(1, b=3)) == 4
    assert run(server.send(f"{FN}add?a=1", method="POST")).headers.get("allow") == "GET, HEAD"


def test_a_readable_function_takes_what_no_query_can_say(server: Server) -> None:
    call = server.both(double, method="GET")

    assert run(call(Item("a"), note=None)) == Item("aa", 2, ["-"])


@pytest.mark.parametrize(
    "path",
    [
        "nosuch",
        "os.system",
        "tests.server_fn.test_calls.__dict__",
        "../../etc/passwd",
        "this.s",
        "",
    ],
)
def test_only_what_is_declared_is_found(server: Server, path: str) -> None:
    """P18"""
    server.function(add)

    sent = run(server.send(f"/_gossamer/{path}", {}))

    assert sent.status == 404
    assert "this" not in sys.modules
    assert sent.headers.get("x-gossamer-version")


def test_an_old_page_learns_that_it_is_one(server: Server) -> None:
    """P19"""
    call = server.both(add)
    server.network.more = {"X-Gossamer-Sig": "00000000"}

    with pytest.raises(StaleVersionError) as changed:
        run(call(1))
    server.registry._functions.clear()
    with pytest.raises(StaleVersionError) as removed:
        run(call(1))

    assert (changed.value.status, removed.value.status) == (409, 404)


def test_an_enhanced_form_of_an_old_page_is_sent_by_the_browser_instead(
    server: Server,
) -> None:
    """P19"""
    server.function(add)
    old = form({"a": "1", "_gs_sig": "00000000", "_gs_back": "/"})

    enhanced = run(server.send(f"{FN}add", **old, X_Gossamer="1"))
    native = run(server.send(f"{FN}add", **old))

    assert (enhanced.status, native.status) == (409, 303)


def test_aliases_keep_old_pages_working(server: Server) -> None:
    server.function(add, path="plus", aliases=["old.add"])

    assert run(server.send("/_gossamer/plus", {"a": 1})).json == 3
    assert run(server.send("/_gossamer/old.add", {"a": 1})).json == 3


def test_a_short_address_tells_no_names(server: Server) -> None:
    call = server.function(add, hash=True)

    assert "add" not in call.path
    assert len(call.path) == len("/_gossamer/") + 6


def test_forms_fill_parameters(server: Server) -> None:
    server.function(double)
    server.function(flag)
    entries = [
        ("item.name", "a\r\nb"), ("item[qty]", "2"), ("item.tags", "x"), ("item.tags", "y"),
        ("note", ""), ("unknown", "1"),
    ]  # fmt: skip
    body = form(entries) | {"Accept": "*/*"}

    sent = run(server.send(f"{FN}double", **body))

    assert sent.json == {
        "name": "a\nba\nb", "qty": 4, "tags": ["x", "y", "-"], "due": None,
    }  # fmt: skip
    assert run(server.send(f"{FN}flag", **form({}) | {"Accept": ""})).json is False


def test_wrong_forms_are_refused(server: Server) -> None:
    server.function(add, strict=True)
    plain = {"Accept": "application/json"}

    def status(body: str) -> int:
        return run(server.send(f"{FN}add", **form({}) | plain | {"body": body})).status  # type: ignore[no-any-return] # of the test

    assert status("a=1_0") == 422
    assert status("a=%D9%A1") == 422
    assert status("a=%ff") == 400
    assert status("a=1&c=2") == 422
    assert status("&".join(["a=1"] * 1001)) == 413
    assert status("a=1") == 200


def test_files_arrive_whole_and_names_are_no_paths(server: Server) -> None:
    """P22"""
    server.function(size)
    content = bytes(range(256)) * 8_000

    sent = run(
        server.send(f"{FN}size", **multipart(("file", "../../x", content), ("note", None, b"n")))
    )

    assert sent.json == f"x {len(content)} {len(content)} n"


def test_too_much_is_refused(server: Server) -> None:
    """P22"""
    server.function(size, max_body=1000)

    sent = run(server.send(f"{FN}size", **multipart(("file", "a", b"x" * 1001))))

    assert sent.status == 413


def test_files_go_with_a_call_from_code(server: Server) -> None:
    """P22"""
    call, several, data = server.both(size), server.both(sizes), server.both(raw)

    assert run(call(("a.txt", b"abc"), "n")) == "a.txt 3 3 n"
    assert run(several([("a", b"a"), ("b", b"bc")], ("c", b"def"))) == [1, 2, 3]
    assert run(data(b"\x00\xff")) == 2
    assert run(server.send(f"{FN}raw", **multipart(("data", "a", b"abc")))).json == 3


def test_bodies_with_parts_that_are_none_are_refused(server: Server) -> None:
    server.function(size)
    head = {"Content_Type": "multipart/form-data; boundary=xyz"}

    for body in (b"", b"--abc", b"--xyz\r\nX: 1\r\n\r\na\r\n--xyz--", b"--xyz\r\n\r\na\r\n--xyz--"):
        assert run(server.send(f"{FN}size", body, **head)).status in (400, 422)
    many = multipart(*[("note", None, b"1")] * 1001)
    assert run(server.send(f"{FN}size", **many)).status == 413
    no_file = run(server.send(f"{FN}size", **multipart(("file", "", b""))))
    assert no_file.json == {"errors": {"file": "This is missing."}}
    half = multipart(("note", None, b"\xff"))
    assert run(server.send(f"{FN}size", **half)).status == 400


def test_a_call_ends_where_it_takes_too_long(server: Server, run_timed: Run) -> None:
    begun, ended = [], []

    async def slow() -> None:
        begun.append(1)
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(1)

    slow.__qualname__ = "slow"
    call = server.both(slow, timeout=2)

    async def main() -> None:
        with pytest.raises(TransportError, match="did not answer"):
            await call()
        await asyncio.sleep(0)
        waiting = asyncio.ensure_future(call())
        await asyncio.sleep(0.1)
        waiting.cancel()
        await asyncio.sleep(0.1)

    run_timed(main())

    assert (len(begun), len(ended)) == (2, 2)
    assert all(exchange.is_aborted for exchange in server.network.exchanges)


def test_a_shielded_function_ends_its_work(server: Server, run_timed: Run) -> None:
    ended = []

    async def pay() -> None:
        await asyncio.sleep(1)
        ended.append(1)

    pay.__qualname__ = "pay"
    call = server.both(pay, shield=True)

    async def main() -> None:
        waiting = asyncio.ensure_future(call())
        await asyncio.sleep(0.1)
        waiting.cancel()
        await asyncio.sleep(2)

    run_timed(main())

    assert ended == [1]


# --- declaring ---


def nested() -> ServerFunction[..., object]:
    async def inner() -> None: ...

    return Server().function(inner)


def test_what_cannot_be_called_is_refused_where_it_stands() -> None:
    """P2"""
    server = Server()

    def sync() -> None: ...

    async def rest(*args: int) -> None: ...

    async def positional(a: int, /) -> None: ...

    async def bare(a) -> None: ...  # type: ignore[no-untyped-def] # the case

    async def silent(a: int): ...  # type: ignore[no-untyped-def] # the case

    cases = [
        (sync, "not async"),
        (rest, "no names"),
        (positional, "no names"),
        (bare, "parameter a"),
        (silent, "what it gives"),
    ]

    with pytest.raises(ServerFunctionError, match="no function of a module"):
        nested()
    for fn, text in cases:
        fn.__qualname__ = fn.__name__
        with pytest.raises(ServerFunctionError, match=text) as caught:
            server.function(fn)
        assert f"{__file__}, line {fn.__code__.co_firstlineno}" in caught.value.__notes__[0]


def test_types_that_cannot_travel_are_refused_with_their_place() -> None:
    """P2"""

    async def takes(a: object) -> None: ...

    async def gives() -> complex:
        return 1j

    async def names(a: "Later") -> None: ...  # type: ignore[name-defined] # noqa: UP037

    async def lazy(a: Later) -> None: ...  # type: ignore[name-defined]

    for fn in (takes, gives, names, lazy):
        fn.__qualname__ = fn.__name__
        with pytest.raises(WireTypeError) as caught:
            Server().function(fn).signature  # noqa: B018 - reading it is the test
        assert __file__ in caught.value.__notes__[0]


def test_options_are_checked(server: Server) -> None:
    for options, text in (
        ({"method": "PUT"}, "means nothing"),
        ({"transport": "xml"}, "means nothing"),
        ({"colour": 1}, "does not take 'colour'"),
    ):
        with pytest.raises(ServerFunctionError, match=text):
            server.function(add, **options)


def test_two_functions_do_not_share_an_address(server: Server) -> None:
    server.function(add, path="x")
    server.function(add, path="x")  # the same once more: a module that was loaded anew

    with pytest.raises(ServerFunctionError, match="both have the address"):
        server.function(nothing, path="x")


def test_a_program_is_named_after_its_file() -> None:
    from gossamer.server_fn.function import name_of

    async def todos() -> None: ...

    todos.__module__, todos.__qualname__ = "__main__", "todos"

    assert name_of(todos, "") == "test_calls.todos"
    assert repr(Server().function(add)) == f"<server function {__name__}.add>"


def test_a_file_is_read_in_parts() -> None:
    import io

    file = UploadFile("a.txt", "text/plain", 5, io.BytesIO(b"abcde"))

    async def main() -> list[bytes]:
        await file.read(2)
        return [part async for part in file.chunks(2)]

    assert run(main()) == [b"ab", b"cd", b"e"]
    assert repr(file) == "UploadFile('a.txt', 'text/plain', 5)"


def test_a_secret_is_long_enough() -> None:
    from gossamer.server_fn.endpoint.secrets import set_secret

    with pytest.raises(ValueError, match="16 characters"):
        set_secret("short")


def test_a_declared_error_that_cannot_be_sent_is_an_error_of_the_server(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail() -> None:
        raise OutOfStock("tea", "two")  # type: ignore[arg-type] # the case

    fail.__qualname__ = "fail"
    call = server.both(fail, errors=[OutOfStock])

    with pytest.raises(ServerError):
        run(call())

    assert "It cannot be sent as it is" in caplog.text
