"""Two hundred hostile requests, over the wire: `data/http_dev.json`."""

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from gossamer import component
from gossamer.asgi import App
from gossamer.http import redirect, request, response
from gossamer.router import Route, Router, Routes
from gossamer.server_fn.declare import declare
from gossamer.server_fn.endpoint.handler import ServerFunctions
from gossamer.server_fn.registry import Registry
from gossamer.server_fn.uploads import UploadFile

from .serving import SERVERS, serving

pytestmark = pytest.mark.cpython("servers need sockets and threads")
TESTS = Path(__file__).resolve().parents[1]
COUNT = {"bumped": 0}


@dataclass
class Item:
    name: str
    qty: int
    tags: list[str]


async def add(a: int, b: int) -> int:
    return a + b


async def echo(s: str) -> str:
    return s


async def item(x: Item) -> Item:
    return x


async def opt(v: int | None = None) -> int | None:
    return v


async def flag(on: bool) -> bool:
    return on


async def bump() -> int:
    COUNT["bumped"] += 1
    return COUNT["bumped"]


async def peek() -> int:
    return COUNT["bumped"]


async def boom() -> None:
    raise RuntimeError("secret-db-password-7f3a")


async def whoami(prefix: str) -> str:
    return prefix + request().cookies.get("session", "nobody")


async def goto(to: str) -> None:
    redirect(to)


async def sethdr(v: str) -> None:
    response().headers.set("X-Test", v)


async def upload(f: UploadFile) -> int:
    return len(await f.read())


async def slow() -> None:
    await asyncio.sleep(2)


FUNCTIONS = (add, echo, item, opt, flag, bump, boom, whoami, goto, sethdr, upload, slow)


@component
def Page() -> object:
    return t"<h1>{request().path}</h1><p>{request().query}</p>"


@component
def Failing() -> object:
    raise RuntimeError("secret-db-password-7f3a")


@component
def Pages() -> object:
    routes = [Route("/page", Page), Route("/err", Failing)]
    return Router(Routes(routes, fallback=t"<h1>Nothing at {request().path}</h1>"))


def make_app(folder: Path) -> tuple[App, dict[str, str]]:
    """The app that the cases are about, and where its functions are."""
    registry = Registry()
    made = [
        declare(fn, {"path": fn.__name__, "strict": True}, refuse, registry=registry)
        for fn in FUNCTIONS
    ]
    made.append(declare(peek, {"path": "peek", "method": "GET"}, refuse, registry=registry))
    app = App(
        Pages,
        static=folder,
        handlers=[ServerFunctions(registry)],
        allowed_hosts=["127.0.0.1"],
    )
    return app, {function.path.rpartition("/")[2]: function.path for function in made}


def refuse() -> Any:
    raise AssertionError("nothing is called over a network here")


@pytest.mark.parametrize("server", SERVERS)
def test_no_hostile_request_gets_through(server: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("TOP-SECRET")
    (tmp_path / "dist" / "static" / "sub").mkdir(parents=True)
    (tmp_path / "dist" / "static" / "a.txt").write_text("text " * 1000)
    app, functions = make_app(tmp_path / "dist")
    cases = TESTS / "data" / "http_dev.json"
    settings = {
        "base": "/_gossamer/",
        "fns": functions,
        "static": "/static/",
        "page": "/page",
        "page_error": "/err",
        "peek": {"path": functions["peek"], "method": "GET"},
    }

    async def run() -> list[Any]:
        async with serving(app, server) as port:
            config, out = tmp_path / "config.json", tmp_path / "out.json"
            config.write_text(json.dumps({"host": f"127.0.0.1:{port}", **settings}))
            checker = TESTS / "oracle" / "run_http.py"
            process = await asyncio.create_subprocess_exec(
                sys.executable, checker, cases, config, "--json", out
            )
            await process.wait()
            return list(json.loads(out.read_text()))

    assert asyncio.run(run()) == []
