"""Pages over the wire, by the servers that people use."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from gossamer import ErrorBoundary, Suspense, component, on_cleanup, resource
from gossamer.asgi import App
from gossamer.errors import StatusError
from gossamer.http import Headers, HttpError, Reply, Request, redirect, request, response
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.routing import Mount

from .serving import SERVERS, Answer, connected, fetch, serving, until, written

pytestmark = pytest.mark.cpython("servers need sockets and threads")
servers = pytest.mark.parametrize("server", SERVERS)


@component
def Hello() -> object:
    return t"<h1>{request().path}</h1><p>{request().query}</p>"


@servers
def test_a_page_its_head_and_what_it_does_not_answer(server: str) -> None:
    """S1"""

    async def run() -> None:
        async with serving(App(Hello, slashes="never"), server) as port:
            page, head, posted, slashed, twice = await asyncio.gather(
                fetch(port, "/caf%C3%A9/a%2Fb?x=%3C1"),
                fetch(port, "/", "HEAD"),
                fetch(port, "/", "POST", body=b"a=1"),
                fetch(port, "/a/b/?x=1&y=%2F"),
                fetch(port, "//evil.test/"),
            )

        assert page.status == 200
        assert "<h1>/café/a/b</h1><p>x=%3C1</p>" in page.body
        assert page.header("content-type") == "text/html; charset=utf-8"
        assert page.header("x-content-type-options") == "nosniff"
        assert page.header("x-accel-buffering") == "no"  # T9: a proxy sends each part on
        assert (head.status, head.body) == (200, "")
        assert head.headers.keys() >= page.headers.keys() - {"transfer-encoding"}
        assert (posted.status, posted.header("allow")) == (405, "GET, HEAD")
        assert (slashed.status, slashed.header("location")) == (308, "/a/b?x=1&y=%2F")
        assert (twice.status, twice.header("location")) == (308, "/evil.test")

    asyncio.run(run())


@component
def Sent() -> object:
    kind = request().path
    if kind == "/redirect":
        redirect("/login?next=/x#y", 307)
    if kind == "/status":
        raise StatusError("There is no such item.", 410)
    if kind == "/http":
        raise HttpError(429, "Slow down.", {"Retry-After": "60"})
    if kind == "/bug":
        raise RuntimeError("secret-db-password-7f3a")
    response().set_cookie("a", "1")
    response().set_cookie("b", "2")
    response().headers.set("X-Said", "yes")
    response().status = 418
    return "Tea"


@servers
def test_what_a_page_says_beside_itself(server: str, caplog: pytest.LogCaptureFixture) -> None:
    """P12, S16"""

    async def run() -> dict[str, Answer]:
        html = {"Accept": "text/html"}
        async with serving(App(Sent), server) as port:
            paths = ["/redirect", "/status", "/http", "/bug", "/said"]
            return dict(
                zip(
                    paths,
                    [await fetch(port, path, headers=html) for path in paths],
                    strict=True,
                )
            )

    found = asyncio.run(run())

    moved, gone, slow, bug, said = found.values()
    assert (moved.status, moved.header("location")) == (307, "/login?next=/x#y")
    assert gone.status == 410
    assert "<p>There is no such item.</p>" in gone.body
    assert (slow.status, slow.header("retry-after")) == (429, "60")
    assert bug.status == 500
    name = bug.body.partition("noted as ")[2].partition(".")[0]
    assert len(name) == 8
    assert name in caplog.text
    assert "secret-db-password-7f3a" in caplog.text
    assert "secret" not in bug.body + str(bug.headers)
    assert (said.status, said.header("x-said")) == (418, "yes")
    assert [each.partition(";")[0] for each in said.headers["set-cookie"]] == ["a=1", "b=2"]


@component
def LateFailure() -> object:
    async def load() -> str:
        await asyncio.sleep(0.01)
        raise RuntimeError("secret-db-password-7f3a")

    part = resource(load)

    def told(error: Exception) -> object:
        return t"<p>sorry</p>"

    return t"""<h1>Shell</h1><{Suspense} fallback="…">{part}</{Suspense}>
        <{ErrorBoundary} fallback={told}><{Suspense} fallback="…">{resource(load)}</{Suspense}></{ErrorBoundary}>"""


@pytest.mark.parametrize("mode", ["ooo", "in_order"])
@servers
def test_what_fails_late_stays_in_its_part_and_the_page_ends_well(
    server: str, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    """S16"""

    async def run() -> Answer:
        async with serving(App(LateFailure, mode=mode), server) as port:
            return await fetch(port)

    found = asyncio.run(run())

    assert (found.status, found.is_whole) == (200, True)
    assert "<h1>Shell</h1>" in found.body
    assert "<p>sorry</p>" in found.body
    assert found.body.rstrip().endswith("</html>")
    assert "secret" not in found.body
    assert "secret-db-password-7f3a" in caplog.text


class Counted:
    """How often things happened."""

    def __init__(self) -> None:
        self.begun = self.cancelled = self.cleaned = self.made = 0

    def app(self) -> App:
        return App(self.page, timeout=600)

    def page(self) -> Any:
        on_cleanup(self.clean)
        late = [resource(self.wait) for _ in range(3)]
        return [
            t"<h1>Shell</h1>",
            [t"<{Suspense} fallback='…'>{each}</{Suspense}>" for each in late],
        ]

    async def wait(self) -> str:
        self.begun += 1
        try:
            await asyncio.sleep(600)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        self.made += 1
        return "late"

    def clean(self) -> None:
        self.cleaned += 1


async def leave_after_the_shell(port: int) -> None:
    async with connected(port) as (reader, writer):
        writer.write(written("/"))
        await reader.readuntil(b"<h1>Shell</h1>")


@servers
def test_who_leaves_after_the_shell_ends_what_was_under_way(server: str) -> None:
    """S13"""
    counted = Counted()

    async def run() -> float:
        async with serving(counted.app(), server) as port:
            await leave_after_the_shell(port)
            took = await until(lambda: counted.cleaned)
            await asyncio.sleep(0)
            return took

    took = asyncio.run(run())

    assert took < 0.5  # a tenth of a second, and this machine's other work
    assert (counted.begun, counted.cancelled, counted.cleaned, counted.made) == (3, 3, 1, 0)


def exchanges() -> list[asyncio.Task[Any]]:
    return [task for task in asyncio.all_tasks() if "Exchange" in repr(task.get_coro())]


@servers
def test_n4_a_thousand_who_leave_end_a_thousand_pages_once_each(server: str) -> None:
    counted = Counted()

    async def run() -> float:
        took = 0.0
        async with serving(counted.app(), server) as port:
            for batch in range(1, 11):
                async with asyncio.TaskGroup() as group:
                    for _ in range(100):
                        group.create_task(leave_after_the_shell(port))
                took = max(took, await until(lambda batch=batch: counted.cleaned >= batch * 100))
            return took + await until(lambda: not exchanges())

    took = asyncio.run(run())

    assert took < 1
    assert (counted.begun, counted.cancelled, counted.cleaned, counted.made) == (
        3000,
        3000,
        1000,
        0,
    )


@component
def Mine() -> object:
    """Says who asks, fifteen times: at once, in tasks, in threads, in late parts, after errors."""
    user = request().cookies["user"]

    def who() -> str:
        return request().cookies["user"]

    async def from_task() -> str:
        await asyncio.sleep(random.random() / 100)
        return await asyncio.create_task(asyncio.sleep(0, who()))

    async def from_thread() -> str:
        return await asyncio.to_thread(who)

    async def failing() -> str:
        await asyncio.sleep(random.random() / 100)
        raise StatusError(f"no {who()}")

    parts = [resource(each) for each in (from_task, from_thread, from_task) * 4]

    def told(error: Exception) -> object:
        return t"<i>{error!s} {who()}</i>"

    response().headers.set("X-User", user)
    return [
        t"<b>{user}</b>",
        [t"<{Suspense} fallback='…'><b>{part}</b></{Suspense}>" for part in parts],
        t"<{ErrorBoundary} fallback={told}><{Suspense}>{resource(failing)}</{Suspense}></{ErrorBoundary}>",
    ]


def is_all_mine(answer: Answer, user: str) -> bool:
    """Whether an answer names its user fifteen times, and nobody else."""
    found = answer.body.count(f"{user}<") + answer.body.count(f"{user} ")
    others = answer.body.count("user-") - found
    return (found, others, answer.header("x-user")) == (15, 0, user)


async def pipelined(port: int, users: list[str]) -> list[Answer]:
    """Several requests in one packet; their answers come in order."""
    last = len(users) - 1
    async with connected(port) as (reader, writer):
        for index, user in enumerate(users):
            close = {"Connection": "close"} if index == last else {}
            writer.write(written("/", headers={"Cookie": f"user={user}", **close}))
        data = await reader.read()
    return [Answer(b"HTTP/1.1" + each) for each in data.split(b"HTTP/1.1")[1:]]


@servers
def test_n1_a_thousand_at_once_see_nothing_of_each_other(server: str) -> None:
    users = [f"user-{index:04}-" for index in range(1000)]

    async def run() -> list[Answer]:
        async with serving(App(Mine, mode="in_order"), server) as port:
            asked = [pipelined(port, users[first : first + 3]) for first in range(0, 300, 3)]
            asked += [alone(port, user) for user in users[300:]]
            return [answer for answers in await asyncio.gather(*asked) for answer in answers]

    async def alone(port: int, user: str) -> list[Answer]:
        return [await fetch(port, headers={"Cookie": f"user={user}"})]

    found = asyncio.run(run())

    assert len(found) == 1000
    wrong = [
        user for user, answer in zip(users, found, strict=True) if not is_all_mine(answer, user)
    ]
    assert wrong == []


@servers
def test_interleaved_visitors_see_themselves_below_a_middleware_too(server: str) -> None:
    """S12"""

    async def pass_on(asked: Any, call_next: Any) -> Any:
        return await call_next(asked)

    users = [f"user-{index:04}-" for index in range(200)]
    app = Starlette(
        routes=[Mount("/shop", App(Mine))],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=pass_on)],
    )

    async def run() -> list[Answer]:
        async with serving(app, server) as port:
            asked = [fetch(port, "/shop/", headers={"Cookie": f"user={user}"}) for user in users]
            return await asyncio.gather(*asked)

    found = asyncio.run(run())

    wrong = [
        user for user, answer in zip(users, found, strict=True) if not is_all_mine(answer, user)
    ]
    assert wrong == []


@servers
def test_who_reads_slowly_holds_the_pages_making_back(server: str) -> None:
    """T10"""
    made = 0

    async def endless(asked: Request) -> Reply:
        async def parts() -> AsyncIterator[bytes]:
            nonlocal made
            while True:
                made += 1
                yield b"x" * 65536

        return Reply(200, Headers(), parts())

    async def run() -> tuple[int, int]:
        async with (
            serving(App(handlers=[endless]), server) as port,
            connected(port, limit=1024) as (reader, writer),
        ):
            writer.write(written("/"))
            await reader.readuntil(b"xxx")
            seen = -1
            while seen != made:  # until nothing more is made
                seen = made
                await asyncio.sleep(0.2)
            other = await fetch(port, "/", "HEAD")
            return seen, other.status

    seen, status = asyncio.run(run())

    assert seen < 400  # what fits into the buffers of two sockets
    assert status == 200


@servers
def test_a_body_is_handed_on_as_far_as_it_may_go(server: str) -> None:
    async def echo(asked: Request) -> Reply:
        return Reply.text(str(len(await asked.body())))

    async def run() -> list[tuple[int, str]]:
        async with serving(App(handlers=[echo], max_body=100_000), server) as port:
            chunked = {"Transfer-Encoding": "chunked"}
            chunk = b"2710\r\n" + b"x" * 10_000 + b"\r\n"
            answers = [
                await fetch(port, "/", "POST", body=b"x" * 100_000),
                await fetch(port, "/", "POST", body=b"x" * 100_001),
            ]
            for times in (10, 11):
                async with connected(port) as (reader, writer):
                    writer.write(written("/", "POST", {**chunked, "Connection": "close"}))
                    writer.write(chunk * times + b"0\r\n\r\n")
                    answers.append(Answer(await reader.read()))
            return [(answer.status, answer.body.strip()) for answer in answers]

    large = "Content Too Large"
    assert asyncio.run(run()) == [(200, "100000"), (413, large), (200, "100000"), (413, large)]


@servers
def test_who_leaves_while_sending_ends_the_handler(server: str) -> None:
    begun: list[bool] = []
    ended: list[str] = []

    async def read(asked: Request) -> Reply:
        begun.append(True)
        try:
            await asked.body()
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise
        return Reply()

    async def run() -> None:
        async with serving(App(handlers=[read]), server) as port:
            async with connected(port) as (_, writer):
                writer.write(written("/", "POST", {"Content-Length": "1000"}) + b"half")
                await until(lambda: begun)
            await until(lambda: ended)

    asyncio.run(run())

    assert ended == ["cancelled"]


@servers
def test_what_does_not_come_in_time_fails_and_the_page_ends(server: str) -> None:
    """T11"""
    counted = Counted()

    async def run() -> Answer:
        async with serving(App(counted.page, timeout=0.2), server) as port:
            return await fetch(port)

    found = asyncio.run(run())

    assert found.is_whole
    assert found.body.rstrip().endswith("</html>")
    assert (counted.cancelled, counted.cleaned, counted.made) == (3, 1, 0)


@component
def Blocking() -> object:
    async def load() -> str:
        await asyncio.sleep(0.01)
        if request().path == "/missing":
            raise StatusError("no such page")
        redirect("/elsewhere")

    early = request().query != "late"
    return t"<h1>Shell</h1><{Suspense} fallback='…'>{resource(load, blocking=early)}</{Suspense}>"


@servers
def test_a_blocking_part_sets_the_status_and_a_late_one_leads_on(
    server: str, tmp_path: Path
) -> None:
    """T12"""
    (tmp_path / "stream.0123456789.js").write_text("")

    async def run() -> list[Answer]:
        app = App(Blocking, mode="partial", static=tmp_path)
        async with serving(app, server) as port:
            paths = ["/", "/missing", "/?late"]
            return [await fetch(port, path) for path in paths]

    moved, missing, led = asyncio.run(run())

    assert (moved.status, moved.header("location")) == (303, "/elsewhere")
    assert missing.status == 404
    assert led.status == 200
    assert 'src="/stream.0123456789.js"' in led.body
    assert '<meta http-equiv="refresh" content="0; url=/elsewhere">' in led.body
