"""Server functions between Chromium and a server: calls, forms, streams, sockets, files."""

import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = {
    "pyproject.toml": '[project]\nname = "shop"\n\n[tool.gossamer]\nserver = "serve:app"\npackages = []\n',
    "index.html": """<!doctype html><html lang="en"><head><title>Shop</title>
<link rel="icon" href="data:,"></head><body><ol></ol><main></main>
<script type="py" src="page.py"></script></body></html>""",
    "shop.py": '''
"""A shop with one function of each sort."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Literal, NamedTuple
from uuid import UUID

from gossamer import component
from gossamer.router import FieldError
from gossamer.server import (
    ActionForm, FieldErrors, HttpError, MultiActionForm, ServerAction, ServerMultiAction,
    UploadFile, redirect, request, response, server, use_action_form,
)

import store


class Color(Enum):
    RED = "red"


class Point(NamedTuple):
    x: int
    y: int


@dataclass
class Tree:
    big: int
    odd: float
    at: datetime
    day: date
    clock: time
    lasts: timedelta
    cost: Decimal
    id: UUID
    raw: bytes
    color: Color
    word: Literal["a", "b"]
    names: set[str]
    pair: tuple[int, str]
    table: dict[int, list[str]]
    point: Point
    maybe: list[int | None] | None = None
    inner: list[Tree] = field(default_factory=list)
    either: int | str | date = 1


@dataclass
class Todo:
    id: int
    title: str


class OutOfStock(Exception):
    item: str
    left: int


@server
async def same(tree: Tree) -> Tree:
    assert isinstance(tree.inner[0].either, date)
    return tree


@server(errors=[OutOfStock])
async def buy(item: str) -> None:
    """CANARY"""
    error = OutOfStock()
    error.item, error.left = item, store.CANARY_LEFT
    raise error


@server
async def boom() -> None:
    raise RuntimeError("CANARY of a secret")


@server(method="GET", max_age=60)
async def add(a: int, b: int = 2) -> int:
    return a + b


@server
async def count(to: int) -> AsyncIterator[str]:
    try:
        for number in range(to):
            yield f"{number} 🦋"
            await asyncio.sleep(0.1)
    finally:
        store.ended.append("count")


@server(transport="sse")
async def events(last_event_id: str | None = None) -> AsyncIterator[int]:
    for number in range(int(last_event_id or 0), 3):
        yield number


@server
async def chat(messages: AsyncIterator[int], times: int) -> AsyncIterator[int]:
    try:
        async for message in messages:
            yield message * times
    finally:
        store.ended.append("chat")


@server
async def ended() -> list[str]:
    return store.ended


@server
async def upload(file: UploadFile, note: str = "") -> str:
    digest = hashlib.sha256()
    async for chunk in file.chunks():
        digest.update(chunk)
    return f"{file.name} {file.size} {digest.hexdigest()[:8]} {note}"


@server
async def visit(name: str) -> str:
    before = request().cookies.get("name", "nobody")
    response().set_cookie("name", name)
    response().set_cookie("theme", "dark")
    return f"{before} at {request().page_url}"


@server
async def go(to: str) -> None:
    redirect(to)


@server
async def rename(name: str, password: str = "") -> str:
    if not name:
        raise FieldErrors({"name": "Give a name."})
    if name == "go":
        redirect("/there?x=1#z")
    return name.title()


@server
async def note(text: str) -> int:
    await asyncio.sleep(0.2)
    return len(text)


@component
def Shop():
    renaming = ServerAction(rename)
    state = use_action_form(renaming)
    noting = ServerMultiAction(note)
    entered = renaming.input.peek() or {}
    return t"""
      <{ActionForm} action={renaming} state={state} attr:id="rename">
        <label>Name <input {state.field("name")} value={entered.get("name", "")}></label>
        <label>Password <input type="password" name="password"></label>
        <button>Rename</button>
        <{FieldError} state={state} name="name" />
      </{ActionForm}>
      <output>{(lambda: f"{renaming.value()} {renaming.version()}")}</output>
      <{MultiActionForm} action={noting} attr:id="note">
        <label>Note <input name="text"></label><button>Note</button>
      </{MultiActionForm}>
      <ul>{(lambda: [t"<li>{one.input['text']}: {one.value}</li>" for one in noting.submissions()])}</ul>
    """
''',
    "store.py": "CANARY_LEFT = 3\nended = []\n",
    "serve.py": "from gossamer import component\nfrom gossamer.asgi import App\nfrom shop import Shop\n"
    "app = App(None, static='dist', handlers=[])\npages = App(Shop)\n",
    "page.py": """
import asyncio
from contextlib import aclosing
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import shop
from gossamer import mount
from gossamer.server import ServerError, StaleVersionError, TransportError
from js import File, Uint8Array, document


def say(*words):
    mount(t"<li>{' '.join(map(str, words))}</li>", "ol")


def tree(**more):
    return shop.Tree(
        2**80, float("-inf"), datetime(2026, 11, 25, 1, 2, 3, tzinfo=timezone(timedelta(hours=5))),
        date(2026, 1, 2), time(3, 4, 5, 6), timedelta(days=-1, microseconds=3), Decimal("1.10"),
        UUID(int=7), bytes(range(256)), shop.Color.RED, "b", {"é", "🦋"}, (1, "x"),
        {1: ["a"], 2: []}, shop.Point(1, 2), **more,
    )


async def given(*items):
    for item in items:
        yield item


async def raised(awaitable):
    try:
        await awaitable
    except Exception as error:
        return error


async def check():
    sent = tree(maybe=[1, None], inner=[tree(either=date(2026, 5, 6))])
    say("same", await shop.same(sent) == sent)
    error = await raised(shop.buy("tea"))
    say(type(error).__name__, error.item, error.left)
    error = await raised(shop.boom())
    say(type(error).__name__, "secret" in str(error), len(error.id))
    say("add", await shop.add(1), await shop.add(a=1, b=5))
    say("type", type(await raised(shop.add("x"))).__name__)
    say("count", [item async for item in shop.count(3)])
    async with aclosing(shop.count(100)) as numbers:
        async for number in numbers:
            break
    say("events", [item async for item in shop.events()])
    messages = [item async for item in shop.chat(given(*range(1000)), times=2)]
    say("chat", messages == [number * 2 for number in range(1000)])
    talk = shop.chat(given(1), times=3)
    say("first", await anext(talk))
    await talk.aclose()
    data = Uint8Array.new(20_000_000)
    data.fill(7)
    file = File.new([data], "../../cat.bin")
    say("upload", await shop.upload(file, note="n"))
    say("bytes", await shop.upload(b"abc"))
    say("visit", await shop.visit("ada"))
    say("visit", await shop.visit("bob"))
    error = await raised(shop.add(9))
    say("stale", type(error).__name__, document.body.dataset.stale)
    async with asyncio.timeout(10):
        while sorted(await shop.ended()) != ["chat", "chat", "count", "count"]:
            await asyncio.sleep(0.05)
    say("ended")


mount(shop.Shop(), "main")
await check()
""",
}


class Served:
    """An app in a process of its own."""

    def __init__(self, folder: Path, name: str) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = taken.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"{name}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "uvicorn", f"serve:{name}", "--port", str(self.port)],
                cwd=folder,
                env=os.environ | {"PYTHONPATH": str(ROOT / "py"), "GOSSAMER_SECRET": "s" * 20},
                stdout=log,
                stderr=log,
            )
        ends = time.monotonic() + 60
        while "running on" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < ends, self.log.read_text()
            time.sleep(0.05)

    def end(self) -> None:
        self.process.terminate()
        self.process.wait()


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Path:
    """The shop, built."""
    folder = tmp_path_factory.mktemp("shop")
    for name, text in FILES.items():
        (folder / name).write_text(text)
    subprocess.run(
        [sys.executable, "-m", "gossamer.cli", "build"],
        cwd=folder,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "py")},
    )
    return folder


@pytest.fixture(scope="module")
def app(shop) -> Iterator[Served]:
    """The shop's page, made in the browser."""
    served = Served(shop, "app")
    yield served
    served.end()


@pytest.fixture(scope="module")
def pages(shop) -> Iterator[Served]:
    """The shop's pages, made on the server, without any script."""
    served = Served(shop, "pages")
    yield served
    served.end()


def test_no_file_of_the_build_has_a_canary(shop):
    """P1"""
    assert [
        path
        for path in (shop / "dist").rglob("*")
        if path.is_file() and b"CANARY" in path.read_bytes() and path.suffix not in (".br", ".gz")
    ] == []


def stale(route):
    headers = route.request.headers | {"x-gossamer-sig": "00000000"}
    route.continue_(headers=headers)


def test_calls_streams_sockets_and_files_go_through(page, app, wait_ready, expected_errors):
    """P3, P6, P12, P13, P19, P20, P21, P23"""
    expected_errors.append(r"Failed to load resource.*status of (400|409|422|500)")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/_gossamer/shop.add?a=9", stale)
    page.add_init_script(
        "document.addEventListener('gossamer:stale', () => (document.body.dataset.stale = 'told'))"
    )
    digest = hashlib.sha256(b"\x07" * 20_000_000).hexdigest()[:8]
    short = hashlib.sha256(b"abc").hexdigest()[:8]

    page.goto(app.url)
    wait_ready(page)
    page.locator("ol li", has_text="ended").wait_for(timeout=60_000)

    assert page.locator("ol li").all_inner_texts() == [
        "same True",
        "OutOfStock tea 3",
        "ServerError False 8",
        "add 3 6",
        "type TypeError",
        "count ['0 🦋', '1 🦋', '2 🦋']",
        "events [0, 1, 2]",
        "chat True",
        "first 3",
        f"upload cat.bin 20000000 {digest} n",
        f"bytes blob 3 {short}",
        "visit nobody at /",
        "visit ada at /",
        "stale StaleVersionError told",
        "ended",
    ]
    assert "CANARY of a secret" in app.log.read_text()
    assert {cookie["name"] for cookie in page.context.cookies()} == {"name", "theme"}

    # forms, without loading anything anew
    page.evaluate("window.__mark = 1")
    page.get_by_label("Name").fill("ada")
    page.get_by_role("button", name="Rename").click()
    page.get_by_text("Ada 1").wait_for()
    assert page.get_by_label("Name").input_value() == ""
    page.get_by_role("button", name="Rename").click()
    page.get_by_text("Give a name.").wait_for()
    page.wait_for_function("document.activeElement.name === 'name'")
    for text in ("one", "three"):
        page.get_by_label("Note").fill(text)
        page.get_by_label("Note").press("Enter")
    page.locator("ul li", has_text="three: 5").wait_for()
    assert page.locator("ul li").all_inner_texts() == ["one: 3", "three: 5"]
    assert page.evaluate("window.__mark") == 1
    with page.expect_request("**/there*"):
        page.get_by_label("Name").fill("go")
        page.get_by_role("button", name="Rename").click()
    assert not any("evil" in url for url in asked)


def test_forms_work_without_scripts(app_browser, pages):
    """P7, P8, P9"""
    context = app_browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{pages.url}/list?page=2")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill("hunter2")
    page.get_by_role("button", name="Rename").click()
    page.get_by_text("Ada 1").wait_for()
    address = page.url
    page.reload()
    again = page.locator("output").inner_text()
    page.get_by_label("Password").fill("hunter2")
    page.get_by_role("button", name="Rename").click()
    page.get_by_text("Give a name.").wait_for()
    refused = page.url, page.get_by_label("Password").input_value()
    page.get_by_label("Name").fill("go")
    page.get_by_role("button", name="Rename").click()
    page.wait_for_url("**/there?x=1#z")
    context.close()

    assert address == f"{pages.url}/list?page=2"
    assert again == "None 0"
    assert refused == (address, "")
    assert urlopen(f"{pages.url}/list").status == 200
