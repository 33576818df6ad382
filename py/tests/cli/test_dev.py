"""`gossamer dev`: what it serves, what it notices, and what it tells the page."""

import asyncio
import json
import os
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from gossamer.cli.dev.changes import Watcher
from gossamer.cli.dev.server import make_server
from gossamer.cli.dev.site import Site, news_of
from gossamer.cli.settings import read_settings

from .conftest import MakeFolder

pytestmark = pytest.mark.cpython("reads files, as the command does")

FILES = {
    "app.py": "from tasks import Tasks\n",
    "tasks.py": "Tasks = 1\n",
    "style.css": "p { color: red }\n",
    "public/robots.txt": "User-agent: *\n",
    "shared/part.py": "PART = 1\n",
    "tests/test_app.py": "",
    ".secret.json": "hidden\n",
    "index.html": "<!doctype html><html><head><title>A</title></head><body><p>One</p>\n"
    '<script type="py" src="app.py" config="conf.toml"></script></body></html>\n',
    "conf.toml": '[files]\n"shared/part.py" = "moved/"\n',
    "about.html": "<!doctype html><title>About</title><p>Nothing alive</p>\n",
}


@pytest.fixture
def folder(app: MakeFolder, small_runtime: Path) -> Path:
    """An app of pages, modules and what else a folder may hold."""
    return app(FILES)


@pytest.fixture
def site(folder: Path) -> Site:
    """The app as pages ask for it."""
    return Site(read_settings(folder), lambda _text: None)


class Visitor:
    """Asks the server of an app, without a network."""

    def __init__(self, site: Site) -> None:
        self._transport = httpx.ASGITransport(make_server(site, "127.0.0.1")[0])

    def get(self, path: str, host: str = "localhost:8000") -> httpx.Response:
        async def ask() -> httpx.Response:
            url = f"http://{host}"
            async with httpx.AsyncClient(transport=self._transport, base_url=url) as http:
                return await http.get(path)

        return asyncio.run(ask())


@pytest.fixture
def client(site: Site) -> Visitor:
    """A visitor."""
    return Visitor(site)


def config_of(page: str) -> dict[str, Any]:
    """What the first Python script of a page is given."""
    found = re.search(r"config='([^']*)'", page)
    assert found
    config: dict[str, Any] = json.loads(found[1])
    return config


def test_a_page_gets_a_client_the_loader_and_the_modules_of_the_app(client: Visitor) -> None:
    page = client.get("/").text

    first, second = re.findall(r'<script type="module" src="([^"]+)"', page)
    assert first == "/@gossamer/client.js"
    assert client.get(second).text == "// loader"
    assert config_of(page)["files"] == {
        "/tasks.py": "tasks.py",
        "/shared/part.py": "shared/part.py",
        "shared/part.py": "moved/",
    }
    assert page.index(second) < page.index("<body>")


def test_an_app_with_a_base_is_developed_below_it(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.gossamer]\nbase = "/shop/"\n')
    site = Site(read_settings(folder), lambda _text: None)
    client = Visitor(site)

    assert client.get("/").headers["location"] == "/shop/"
    assert "<p>One</p>" in client.get("/shop/").text
    assert client.get("/shop/style.css").text == FILES["style.css"]
    told = [site.news([folder / name])[0] for name in ("style.css", "app.py")]
    assert told[0]["path"] == "/shop/style.css"
    assert told[1]["files"][0]["path"] == "/shop/app.py"


def test_an_app_without_a_page_gets_one(folder: Path) -> None:
    (folder / "index.html").unlink()
    site = Site(read_settings(folder), lambda _text: None)

    page = site.page("")

    assert page is not None
    assert '<script type="py" src="app.py"' in page


def test_a_page_without_python_gets_the_client_only(client: Visitor) -> None:
    page = client.get("/about.html").text

    assert page.count("<script") == 1
    assert "@gossamer/client.js" in page


@pytest.mark.parametrize(
    ("path", "kind", "text"),
    [
        ("/style.css", "text/css", "color: red"),
        ("/tasks.py", "text/x-python", "Tasks = 1"),
        ("/robots.txt", "text/plain", "User-agent"),
        ("/a/route/of/the/app", "text/html", "<p>One</p>"),
        ("/@gossamer/client.js", "text/javascript", "EventSource"),
        ("/@gossamer/sources.js", "text/javascript", "class Swapper"),
    ],
)
def test_what_is_served(path: str, kind: str, text: str, client: Visitor) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["cache-control"] == "no-store"
    assert text in answer.text


@pytest.mark.parametrize(
    "path",
    ["/nothing.png", "/.secret.json", "/%2e%2e/runtime/gossamer.js", "/@gossamer/nothing.js"],
)
def test_what_is_not_served(path: str, client: Visitor) -> None:
    assert client.get(path).status_code == 404


def test_a_foreign_name_for_this_machine_gets_nothing(client: Visitor) -> None:
    assert client.get("/", host="127.0.0.1:9").status_code == 200
    assert client.get("/", host="evil.example").status_code == 400


def test_a_page_that_cannot_be_read_says_so(folder: Path, client: Visitor) -> None:
    (folder / "conf.toml").write_text("]")

    answer = client.get("/")

    assert answer.status_code == 500
    assert "The config of a script in index.html cannot be read." in answer.text


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["tasks.py"], [("python", "/tasks.py", ["tasks.py"])]),
        (["app.py"], [("python", "/app.py", [])]),
        (["shared/part.py"], [("python", "/shared/part.py", ["shared/part.py", "moved/part.py"])]),
        (["style.css"], [("css", "/style.css", None)]),
        (
            ["style.css", "tasks.py"],
            [("css", "/style.css", None), ("python", "/tasks.py", ["tasks.py"])],
        ),
        (["public/robots.txt"], []),
        (["tests/test_app.py"], []),
    ],
    ids=["a module", "a script", "a file of a config", "a style", "both", "a note", "a test"],
)
def test_what_the_page_is_told(names: list[str], expected: list[Any], site: Site) -> None:
    news = news_of(site, [site.settings.root / name for name in names])

    told = []
    for each in news:
        assert each["age"] >= 0
        for part in each.get("files", [each]):
            told.append((each["kind"], part["path"], part.get("places")))
    assert told == expected


@pytest.mark.parametrize("name", ["index.html", "conf.toml"])
def test_any_other_file_loads_the_page_anew(name: str, site: Site) -> None:
    (news,) = news_of(site, [site.settings.root / name])

    assert (news["kind"], news["why"]) == ("reload", name)


def test_wrong_settings_are_told_in_the_page(folder: Path, site: Site) -> None:
    (folder / "pyproject.toml").write_text("[tool.gossamer]\nap = 1\n")

    (news,) = news_of(site, [folder / "pyproject.toml"])

    assert news["kind"] == "fault"
    assert "'ap'" in news["fault"]["what"]
    assert news["fault"]["fix"] == "Write 'app'."


def test_a_file_that_is_no_text_is_told_in_the_page(folder: Path, site: Site) -> None:
    (folder / "tasks.py").write_bytes(b"# \xff\n")

    (news,) = news_of(site, [folder / "tasks.py"])

    assert news["kind"] == "fault"
    assert news["fault"]["what"].startswith("tasks.py, line 1: the text is not UTF-8.")
    assert news["fault"]["fix"].startswith("Save it as UTF-8")


def test_a_saved_file_is_noticed_once(folder: Path) -> None:
    told: list[list[Path]] = []
    watcher = Watcher(lambda: folder.glob("*.py"), told.append)

    watcher.step()
    (folder / "tasks.py").write_text("Tasks = 2\n")
    os.utime(folder / "tasks.py", ns=(1, 1))
    (folder / "new.py").write_text("NEW = 1\n")
    watcher.step()
    watcher.step()

    assert told == [[folder / "new.py", folder / "tasks.py"]]


def test_a_file_that_is_still_empty_waits(folder: Path) -> None:
    told: list[list[Path]] = []
    watcher = Watcher(lambda: folder.glob("*.py"), told.append)

    (folder / "tasks.py").write_text("")
    watcher.step()
    assert told == []
    (folder / "tasks.py").write_text("Tasks = 2  # longer\n")
    watcher.step()

    assert told == [[folder / "tasks.py"]]


def test_a_line_to_the_page_brings_news_and_ends(site: Site) -> None:
    hub = make_server(site, "127.0.0.1")[1]

    async def listen() -> list[str]:
        lines = hub.listen()
        heard = [await anext(lines)]
        await asyncio.to_thread(hub.tell, [{"kind": "css", "path": "/style.css"}])
        heard.append(await anext(lines))
        hub.end()
        return heard + [line async for line in lines]

    first, second = asyncio.run(listen())

    assert re.fullmatch(r"retry: 500\nevent: server\ndata: \w+\n\n", first)
    assert second == 'data: {"kind": "css", "path": "/style.css"}\n\n'


def test_in_development_all_of_a_page_of_islands_is_awake(folder: Path) -> None:
    page = '<main id="app"></main><script type="py-islands" src="app.py"></script>'
    (folder / "index.html").write_text(page)
    text = Site(read_settings(folder), lambda _text: None).page("") or ""

    assert '<script type="py" src="app.py"' in text
    assert "/gossamer.js" in text
    assert "islands.js" not in text


def test_in_development_islands_that_a_server_writes_know_where_python_is(folder: Path) -> None:
    page = '<main id="app"></main><script type="py-islands" src="app.py"></script>'
    (folder / "index.html").write_text(page)
    (folder / "pyproject.toml").write_text('[tool.gossamer]\nserver = "serve:app"\n')
    site = Site(read_settings(folder), lambda _text: None)
    text = site.page("") or ""

    (sleeping,) = re.findall(r'<script src="/(\S+)" data-loader="/(\S+)"></script>', text)
    assert sleeping[0].endswith("islands.js")
    assert sleeping[1] == site.loader
    assert f'<script type="module" src="/{site.loader}"' not in text
    assert set(sleeping) <= site.fixed.keys()
