"""An app with a server of its own: found, run, started anew, and run twice."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from gossamer.cli.new import command as new
from gossamer.cli.programs import is_asgi, load_server
from gossamer.cli.settings import read_settings
from gossamer.errors import CommandError

from .conftest import MakeFolder

pytestmark = pytest.mark.cpython("starts processes")
ROOT = Path(__file__).parents[3]

ASGI = """
from gossamer import component
from gossamer.asgi import App

@component
def Home():
    return t"<h1>one</h1>"

app = App(Home)
"""
WSGI = ASGI.replace("gossamer.asgi", "gossamer.wsgi")


def settings_for(name: str) -> str:
    return f'[tool.gossamer]\nserver = "{name}"\n'


@contextmanager
def running(folder: Path, *words: str, **more: str) -> Iterator[tuple[str, Callable[[str], str]]]:
    """Run a command until it says where it is: its address, and what waits for a word of it."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "py"), "PYTHONUNBUFFERED": "1"} | more
    process = subprocess.Popen(
        [sys.executable, "-m", "gossamer.cli", *words, "--port", "0"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = process.stdout

    def wait_for(pattern: str) -> str:
        told = []
        for line in said:
            told.append(line)
            if found := re.search(pattern, line):
                return found[0]
        raise AssertionError("".join(told))

    try:
        yield wait_for(r"http://localhost:\d+/"), wait_for
    finally:
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=20)
        assert "Stopped." in rest
        assert "Traceback" not in rest


@pytest.mark.parametrize("source", [ASGI, WSGI], ids=["asgi", "wsgi"])
def test_serve_runs_the_server_that_the_settings_name(app: MakeFolder, source: str) -> None:
    folder = app({"pyproject.toml": settings_for("web:app"), "web.py": source})

    with running(folder, "serve") as (url, _):
        assert "<h1>one</h1>" in httpx.get(url).text


@pytest.mark.parametrize("source", [ASGI, WSGI], ids=["asgi", "wsgi"])
def test_dev_starts_the_server_anew_at_every_change(app: MakeFolder, source: str) -> None:
    page = "<!doctype html><html><head><title>t</title></head><body><p id=app></p></body></html>"
    folder = app(
        {
            "pyproject.toml": settings_for("web:app"),
            "web.py": f"# gossamer: server-only\n{source}",
            "index.html": page,
            "style.css": "p { color: red }",
            "shop.db": "secret",
        }
    )

    with running(folder, "dev") as (url, wait_for):
        first = httpx.get(url, timeout=20).text
        with httpx.stream("GET", f"{url}@gossamer/events", timeout=20) as line:
            mark = next(line.iter_text())
        client = httpx.get(f"{url}@gossamer/client.js", timeout=20)
        style, hidden, database = (
            httpx.get(f"{url}{name}", timeout=20) for name in ("style.css", "web.py", "shop.db")
        )
        (folder / "web.py").write_text(source.replace("<h1>one", "<h1>two"))
        wait_for("web.py changed")
        second = httpx.get(url, timeout=20).text  # waits until the new one answers
        (folder / "web.py").write_text(f"{source}\nsyntax error(")
        wait_for("web.py changed")
        broken = httpx.get(url, timeout=20)
        (folder / "web.py").write_text(source)
        wait_for("web.py changed")
        third = httpx.get(url, timeout=20).text

    assert "<h1>one</h1>" in first
    assert re.search(r'<script nonce="[^"]+" type="module" src="/@gossamer/client.js">', first)
    assert "event: server\ndata: " in mark
    assert style.text == "p { color: red }"
    assert "gossamer" not in hidden.text
    assert "secret" not in database.text
    assert (client.status_code, "EventSource" in client.text) == (200, True)
    assert "<h1>two</h1>" in second
    assert broken.status_code == 500
    assert "SyntaxError" in broken.text
    assert "/@gossamer/client.js" in broken.text
    assert "<h1>one</h1>" in third


@pytest.mark.parametrize(
    ("name", "why"),
    [("nowhere_at_all:app", "no module nowhere_at_all"), ("web_of_names:none", "has no none")],
)
def test_a_server_that_is_not_there_is_an_error_in_words(
    app: MakeFolder, monkeypatch: pytest.MonkeyPatch, name: str, why: str
) -> None:
    folder = app({"web_of_names.py": "app = 1\n"})
    monkeypatch.setattr(sys, "path", [*sys.path])

    with pytest.raises(CommandError, match=why):
        load_server(folder, name)


@pytest.mark.parametrize("name", ["web", "web:", ":app", "web:a-b", "../web:app"])
def test_a_name_that_means_no_server_is_refused(app: MakeFolder, name: str) -> None:
    with pytest.raises(CommandError, match="module and a name in it"):
        read_settings(app({"pyproject.toml": settings_for(name)}))


def test_the_frameworks_are_told_apart() -> None:
    from flask import Flask
    from starlette.applications import Starlette

    assert is_asgi(Starlette())
    assert not is_asgi(Flask(__name__))


async def proxied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    """Hand one connection on to a worker."""
    behind = await asyncio.open_connection("127.0.0.1", port)

    async def pump(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            to.write(data)
            await to.drain()
        to.close()

    await asyncio.gather(pump(reader, behind[1]), pump(behind[0], writer))


def test_two_workers_behind_a_proxy_share_a_visitor(tmp_path: Path) -> None:
    """Each request goes to the other worker; forms, flashes and visits go on."""
    from click.testing import CliRunner

    folder = tmp_path / "shop"
    assert CliRunner().invoke(new, [str(folder), "--template", "starlette"]).exit_code == 0
    shared = {"GOSSAMER_SECRET": "the same in each worker"}
    asked: list[int] = []

    async def run(ports: list[int]) -> list[str]:
        async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            asked.append(ports[len(asked) % 2])
            await proxied(reader, writer, asked[-1])

        server = await asyncio.start_server(take, "127.0.0.1", 0)
        url = f"http://localhost:{server.sockets[0].getsockname()[1]}"
        headers = {"Accept": "text/html", "Origin": url, "Connection": "close"}
        async with server, httpx.AsyncClient(base_url=url, headers=headers) as client:

            async def send(function: str, **fields: str) -> str:
                path = f"/_gossamer/actions.{function}"
                sent = await client.post(path, data=fields, follow_redirects=True)
                return sent.text

            return [
                await send("sign_up", name="ada", password="short"),
                await send("sign_up", name="ada", password="correct horse"),
                await send("add_note", text="Buy tea"),
                (await client.get("/")).text,
            ]

    with (
        running(folder, "serve", **shared) as (one, _),
        running(folder, "serve", **shared) as (two, _),
    ):
        ports = [int(url.rpartition(":")[2].strip("/")) for url in (one, two)]
        refused, *pages = asyncio.run(run(ports))

    assert "at least eight characters" in refused
    assert all("Signed in as ada" in page for page in pages)
    assert "Buy tea" in pages[-1]
    assert set(asked[1::2]) == {ports[1]}
    assert len(asked) >= 7
