"""Headers and cookies: what they hold, and what they refuse."""

from datetime import UTC, datetime

import pytest
from gossamer.errors import HeaderError
from gossamer.http import Headers, Reply, Request, Response

HOSTILE = {
    "lf": "a\nX-Evil: 1",
    "cr": "a\rX-Evil: 1",
    "crlf": "a\r\n\r\n<script>",
    "nul": "a\0b",
    "delete": "\x7f",
    "escape": "\x1b[0m",
    "vertical-tab": "a\x0bb",
    "beyond-latin-1": "a\u2028b",
    "surrogate": "\ud800",
}


def test_a_name_is_found_in_any_case_and_keeps_all_its_values() -> None:
    headers = Headers.of([("Accept", "a"), ("X-Two", "1"), ("x-two", "2")])

    headers.add("X-TWO", "3")

    assert headers.get_all("x-Two") == ["1", "2", "3"]
    assert headers.get("X-two") == "1"
    assert "ACCEPT" in headers
    assert "age" not in headers
    assert list(headers) == ["accept", "x-two"]
    assert len(headers) == 4


def test_set_takes_the_place_of_all_values() -> None:
    headers = Headers([(b"Age", b"1"), (b"age", b"2"), (b"vary", b"accept")])

    headers.set("AGE", "3")
    headers.remove("Vary")

    assert headers.items() == [("age", "3")]


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_a_value_that_would_say_more_than_itself_is_refused(value: str) -> None:
    answer = Response()

    with pytest.raises(HeaderError):
        answer.headers.set("x-test", value)
    with pytest.raises(HeaderError):
        answer.headers.add("x-test", value)
    with pytest.raises(HeaderError):
        answer.set_cookie("a", value)
    with pytest.raises(HeaderError):
        answer.set_cookie("a", "b", path=value)
    with pytest.raises(HeaderError):
        answer.set_cookie("a", "b", domain=value)

    assert answer.headers.items() == []


@pytest.mark.parametrize("name", ["", "a b", "a:b", "é", "a\n", "ａ"])
def test_what_is_no_name_of_a_header_is_refused(name: str) -> None:
    with pytest.raises(HeaderError):
        Headers().set(name, "1")
    with pytest.raises(HeaderError):
        Response().set_cookie(name, "1")


@pytest.mark.parametrize("value", ["a b", "a;b", "a,b", 'a"b', "a\\b", "é"])
def test_a_cookie_refuses_what_would_end_its_value(value: str) -> None:
    with pytest.raises(HeaderError):
        Response().set_cookie("a", value)


def test_a_cookie_is_safe_unless_told_otherwise() -> None:
    answer = Response()

    answer.set_cookie("session", "abc")
    answer.set_cookie("theme", "dark", http_only=False, secure=False, same_site="Strict", path="/x")
    answer.set_cookie("embedded", "1", secure=False, same_site="None")

    assert answer.headers.get_all("set-cookie") == [
        "session=abc; Path=/; SameSite=Lax; Secure; HttpOnly",
        "theme=dark; Path=/x; SameSite=Strict",
        "embedded=1; Path=/; SameSite=None; Secure; HttpOnly",
    ]


def test_a_cookie_ends_at_a_time_and_can_be_taken_back() -> None:
    answer = Response(secure=False)

    answer.set_cookie(
        "a", "1", expires=datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC), domain="b.example"
    )
    answer.delete_cookie("a", domain="b.example")

    assert answer.headers.get_all("set-cookie") == [
        "a=1; Path=/; Domain=b.example; Expires=Wed, 02 Jan 2030 03:04:05 GMT; SameSite=Lax; HttpOnly",
        (
            "a=; Path=/; Domain=b.example; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; "
            "SameSite=Lax; HttpOnly"
        ),
    ]


def test_cookies_of_a_request_are_read_leniently() -> None:
    headers = Headers.of([("Cookie", "a=1;b = 2 ; =x; novalue"), ("Cookie", 'a=3; c="4=5"')])

    assert Request("GET", headers=headers).cookies == {"a": "1", "b": "2", "c": "4=5"}


def test_what_the_app_says_goes_before_what_the_reply_has() -> None:
    answer = Response()
    reply = Reply(
        200, Headers.of([("Content-Type", "text/html"), ("Vary", "accept"), ("Set-Cookie", "a=1")])
    )

    answer.status = 404
    answer.headers.set("content-type", "text/plain")
    answer.headers.add("vary", "cookie")
    answer.headers.add("set-cookie", "b=2")
    status, headers = answer.finish(reply)

    assert status == 404
    assert headers == [
        (b"vary", b"accept"),
        (b"set-cookie", b"a=1"),
        (b"content-type", b"text/plain"),
        (b"vary", b"cookie"),
        (b"set-cookie", b"b=2"),
    ]


def test_nothing_can_be_said_after_the_first_part() -> None:
    answer = Response()
    answer.finish(Reply())

    with pytest.raises(HeaderError, match="X-Late cannot be set any more"):
        answer.headers.set("X-Late", "1")
    with pytest.raises(HeaderError):
        answer.headers.remove("X-Late")
    with pytest.raises(HeaderError):
        answer.set_cookie("a", "1")
    with pytest.raises(HeaderError):
        answer.status = 404

    assert answer.is_sealed
    assert answer.status == 200
