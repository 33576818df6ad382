"""The server of a build: types, encodings, how long files keep, what answers for nothing."""

import asyncio
from pathlib import Path

import httpx
import pytest
from gossamer.cli.output import Output, brotlied, gzipped
from gossamer.cli.static import BuiltFiles, served
from starlette.types import ASGIApp

TEXT = b"body { color: red }\n" * 40
PAGE = {"accept": "text/html"}


class Client:
    """Asks the files of a folder, in this process."""

    def __init__(self, files: ASGIApp) -> None:
        self.files = files

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return asyncio.run(self._get(path, headers))

    async def _get(self, path: str, headers: dict[str, str] | None) -> httpx.Response:
        transport = httpx.ASGITransport(self.files, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://site") as client:
            return await client.get(path, headers=headers)


@pytest.fixture
def client(tmp_path: Path) -> Client:
    assets = tmp_path / "assets"
    assets.mkdir()
    style = assets / "a.0123456789.css"
    style.write_bytes(TEXT)
    style.with_name(f"{style.name}.br").write_bytes(brotlied(TEXT, 5))
    style.with_name(f"{style.name}.gz").write_bytes(gzipped(TEXT, 5))
    (assets / "b.0123456789.wasm").write_bytes(b"\0asm")
    (tmp_path / "index.html").write_text("index")
    (tmp_path / "200.html").write_text("shell")
    (tmp_path / "404.html").write_text("lost")
    return Client(BuiltFiles(tmp_path))


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        pytest.param("gzip, deflate, br", "br", id="both"),
        pytest.param("gzip", "gzip", id="gzip"),
        pytest.param("br;q=0, gzip;q=0.5", "gzip", id="one refused"),
        pytest.param("identity", None, id="none"),
    ],
)
def test_a_file_comes_in_the_best_form_that_is_taken(
    client: Client, accepted: str, encoding: str | None
) -> None:
    answer = client.get("/assets/a.0123456789.css", headers={"accept-encoding": accepted})

    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.content == TEXT


def test_what_carries_a_hash_is_kept_and_a_page_is_asked_for_again(client: Client) -> None:
    asset = client.get("/assets/b.0123456789.wasm")
    page = client.get("/")
    again = client.get("/", headers={"if-none-match": page.headers["etag"]})

    assert "immutable" in asset.headers["cache-control"]
    assert asset.headers["content-type"] == "application/wasm"
    assert page.headers["cache-control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")


def test_an_address_of_the_app_gets_the_shell_and_a_lost_file_does_not(client: Client) -> None:
    page = client.get("/users/7", headers=PAGE)
    file = client.get("/assets/gone.0123456789.js")

    assert (page.status_code, page.text) == (200, "shell")
    assert (file.status_code, file.text) == (404, "lost")


def test_without_a_shell_an_address_of_nothing_is_lost(client: Client, tmp_path: Path) -> None:
    (tmp_path / "200.html").unlink()

    page = client.get("/users/7", headers=PAGE)

    assert (page.status_code, page.text) == (404, "lost")


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/a%00b"])
def test_nothing_outside_of_the_folder_is_served(client: Client, tmp_path: Path, path: str) -> None:
    (tmp_path.parent / "secret.txt").write_text("secret")

    answer = client.get(path)

    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_a_page_answers_by_its_name(tmp_path: Path) -> None:
    client = Client(BuiltFiles(tmp_path))
    (tmp_path / "200.html").write_text("shell")
    (tmp_path / "teas").mkdir()
    (tmp_path / "teas" / "1.html").write_text("tea")

    assert client.get("/teas/1", headers=PAGE).text == "tea"
    assert client.get("/teas/2", headers=PAGE).text == "shell"


@pytest.mark.parametrize(
    ("base", "path", "status"),
    [
        ("", "/a.css", 200),
        ("", "/shop/a.css", 404),
        ("/shop/", "/shop/a.css", 200),
        ("/shop/", "/a.css", 404),
        ("/shop/", "/", 307),
        ("/", "/a.css", 200),
    ],
)
def test_a_build_is_served_below_its_base(
    base: str, path: str, status: int, tmp_path: Path
) -> None:
    output = Output()
    output.keep("a.css", TEXT)
    output.write(tmp_path / "dist", base)

    answer = Client(served(tmp_path / "dist")).get(path)

    assert answer.status_code == status
    assert answer.headers.get("location") == ("/shop/" if status == 307 else None)
