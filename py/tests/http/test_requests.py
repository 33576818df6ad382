"""Requests: their addresses, their bodies, and whose they are."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from gossamer.errors import NoRequestError, RedirectError
from gossamer.http import (
    Headers,
    HttpError,
    Redirected,
    Request,
    answering,
    check_host,
    check_origin,
    is_answering,
    own_address,
    redirect,
    request,
    response,
)

pytestmark = pytest.mark.cpython("only a server has requests")
OURS = "https://shop.example"


def headers(**said: str) -> Headers:
    return Headers.of((name.replace("_", "-"), value) for name, value in said.items())


async def chunks() -> AsyncIterator[bytes]:
    for chunk in (b"abc", b"", b"def"):
        yield chunk


def test_an_address_is_kept_as_it_was_sent() -> None:
    asked = Request(
        "GET",
        raw_path=b"/caf%C3%A9/a%2Fb",
        query="q=%ff",
        scheme="https",
        root_path="/shop",
        headers=headers(host="a.example:8443"),
    )

    assert asked.path == "/café/a/b"
    assert asked.address == "/caf%C3%A9/a%2Fb?q=%ff"
    assert asked.url == "https://a.example:8443/shop/caf%C3%A9/a%2Fb?q=%ff"
    assert asked.origin == "https://a.example:8443"
    assert Request("GET", origin=OURS, headers=headers(host="10.0.0.1")).origin == OURS


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (None, None),
        ("/cart?x=1#y", "/cart?x=1#y"),
        (f"{OURS}/cart?x=1", "/cart?x=1"),
        ("https://evil.test/cart", None),
        ("//evil.test/cart", None),
        ("http://[", None),
    ],
)
def test_the_page_of_a_call_is_believed_on_this_site_only(said: str, found: str) -> None:
    given = headers(x_gossamer_url=said) if said else Headers()

    assert Request("POST", origin=OURS, headers=given).page_url == found


def test_a_body_is_read_once_and_kept() -> None:
    async def run() -> None:
        asked = Request("POST", chunks=chunks)

        assert await asked.body() == b"abcdef"
        assert await asked.body() == b"abcdef"
        with pytest.raises(RuntimeError):
            await anext(asked.stream())

    asyncio.run(run())


@pytest.mark.parametrize(
    ("given", "limit", "status"),
    [
        ({"content_length": "6"}, 5, 413),
        ({}, 5, 413),
        ({"content_length": "1"}, 5, 413),
        ({"content_length": "-1"}, 9, 400),
        ({"content_length": "٣"}, 9, 400),
    ],
    ids=["said", "not-said", "wrongly-said", "negative", "other-digits"],
)
def test_a_body_that_is_too_long_is_refused(given: dict[str, str], limit: int, status: int) -> None:
    asked = Request("POST", chunks=chunks, max_body=limit)
    for name, value in given.items():
        asked.headers.raw.append((name.replace("_", "-").encode(), value.encode()))

    with pytest.raises(HttpError) as refused:
        asyncio.run(asked.body())

    assert refused.value.status == status


def test_each_context_has_its_own_request_in_tasks_and_threads_too() -> None:
    async def who() -> str:
        await asyncio.sleep(0)
        in_task = await asyncio.create_task(asyncio.sleep(0, request().cookies["user"]))
        response().headers.set("x-user", in_task)
        return in_task

    async def answer(user: str) -> tuple[str, str | None]:
        with answering(Request("GET", headers=headers(cookie=f"user={user}"))) as made:
            return await who(), made.headers.get("x-user")

    async def run() -> list[tuple[str, str | None]]:
        return await asyncio.gather(*(answer(f"u{i}") for i in range(50)))

    assert asyncio.run(run()) == [(f"u{i}", f"u{i}") for i in range(50)]
    assert not is_answering()


def test_outside_of_a_request_there_is_none() -> None:
    with pytest.raises(NoRequestError, match="There is no request here"):
        request()
    with pytest.raises(NoRequestError, match="There is no response here"):
        response()


@pytest.mark.parametrize(
    "url",
    [
        "//evil.test",
        "///evil.test",
        "\\\\evil.test",
        "/\\evil.test",
        "\t//evil.test",
        "/\t/evil.test",
        " //evil.test",
        "https://evil.test",
        "HTTPS://evil.test",
        "http:evil.test",
        "http:///evil.test",
        "javascript:alert(1)",
        "data:,x",
        "https://shop.example.evil.test/",
        "https://shop.example@evil.test/",
        "https://shop.example:1/",
        "/a\r\nSet-Cookie: x=1",
        "/a\0",
        "/a\x7f",
        "/\x85",
        "/\ud800",
    ],
)
def test_nobody_is_sent_to_another_site(url: str) -> None:
    """P11"""
    with answering(Request("GET", origin=OURS)), pytest.raises(RedirectError):
        redirect(url)


@pytest.mark.parametrize(
    "url", ["//evil.test", "javascript:alert(1)", "https:\\\\evil.test", "https:/x"]
)
def test_an_external_address_is_one_of_the_web(url: str) -> None:
    """P11"""
    with pytest.raises(RedirectError):
        redirect(url, external=True)


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("/x?y=1#z", "/shop/x?y=1#z"),
        ("/shop/x", "/shop/x"),
        ("/shop", "/shop"),
        ("/shopping", "/shop/shopping"),
        ("?page=2", "?page=2"),
        ("next", "next"),
        (f"{OURS}/x", f"{OURS}/x"),
        ("/ok?next=http://evil.test", "/shop/ok?next=http://evil.test"),
        ("/é/%2F", "/shop/%C3%A9/%2F"),
        ("/😀x", "/shop/%F0%9F%98%80x"),
    ],
)
def test_a_path_is_taken_from_where_the_app_is_mounted(url: str, location: str) -> None:
    """P9"""
    asked = Request("GET", origin=OURS, root_path="/shop")

    with answering(asked), pytest.raises(Redirected) as sent:
        redirect(url, 307)

    assert (sent.value.location, sent.value.status) == (location, 307)
    assert own_address("https://pay.example/é", external=True) == "https://pay.example/%C3%A9"


REFUSED = {
    "evil": {"origin": "https://evil.test"},
    "null": {"origin": "null"},
    "below": {"origin": "https://evil.shop.example"},
    "suffix": {"origin": f"{OURS}.evil.test"},
    "scheme": {"origin": "http://shop.example"},
    "port": {"origin": f"{OURS}:1"},
    "user": {"origin": f"{OURS}@evil.test"},
    "two": {"origin": f"{OURS}, https://evil.test"},
    "same-site": {"sec_fetch_site": "same-site"},
    "cross-site": {"sec_fetch_site": "cross-site", "origin": OURS},
    "none-with-origin": {"sec_fetch_site": "none", "origin": OURS},
    "vouched-for-evil": {"sec_fetch_site": "same-origin", "origin": "https://evil.test"},
    "cookie-only": {"cookie": "session=alice"},
    "credentials-only": {"authorization": "Basic YTpi"},
    "referer": {"referer": "https://evil.test/shop.example/", "cookie": "session=alice"},
    "forwarded": {"origin": "https://evil.test", "x_forwarded_host": "evil.test"},
}
ALLOWED = {
    "same-origin": {"sec_fetch_site": "same-origin", "origin": OURS, "cookie": "session=alice"},
    "same-origin-get": {"sec_fetch_site": "same-origin", "cookie": "session=alice"},
    "behind-tls": {"sec_fetch_site": "same-origin", "origin": "http://shop.example"},
    "typed": {"sec_fetch_site": "none", "cookie": "session=alice"},
    "old-browser": {"origin": OURS, "cookie": "session=alice"},
    "upper-case": {"origin": "HTTPS://Shop.example"},
    "curl": {},
    "trusted": {"origin": "https://admin.example", "sec_fetch_site": "cross-site"},
}


@pytest.mark.parametrize("said", REFUSED.values(), ids=REFUSED)
def test_what_another_site_sends_is_refused(said: dict[str, str]) -> None:
    """P15"""
    asked = Request("POST", origin=OURS, headers=headers(**said))

    with pytest.raises(HttpError) as refused:
        check_origin(asked, ["https://admin.example"])

    assert refused.value.status == 403


@pytest.mark.parametrize("said", ALLOWED.values(), ids=ALLOWED)
def test_what_comes_from_this_site_is_allowed(said: dict[str, str]) -> None:
    """P15"""
    asked = Request("POST", origin=OURS, headers=headers(**said))

    check_origin(asked, ["https://admin.example"])

    assert asked.origin == OURS


@pytest.mark.parametrize(
    ("hosts", "status"),
    [
        ([], 400),
        (["a", "b"], 400),
        (['"><script>'], 400),
        (["shop.example:99999x"], 400),
        (["evil.test"], 421),
        (["shop.example.evil.test"], 421),
        (["eshop.example"], 421),
        (["Shop.example:8000"], None),
        (["[::1]:8000"], None),
        (["a.below.example"], None),
    ],
)
def test_a_host_is_named_once_and_is_one_of_ours(hosts: list[str], status: int | None) -> None:
    asked = Request("GET", headers=Headers([(b"host", host.encode()) for host in hosts]))

    try:
        check_host(asked, ["shop.example", "[::1]", "*.below.example"])
        found = None
    except HttpError as refused:
        found = refused.status

    assert found == status
