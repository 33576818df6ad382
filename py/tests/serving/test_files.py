"""Files of a build: what is served, in which form, and what never is."""

import asyncio
import os
from pathlib import Path

import pytest
from gossamer.http import Headers, Reply, Request
from gossamer.serving import Files, Site

TEXT = b"body { color: red }\n" * 40
HASHED = "/assets/a.0123456789.css"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("TOP-SECRET")
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "sub").mkdir()
    (folder / "a.txt").write_bytes(b"0123456789")
    (folder / "sub" / "index.html").write_text("sub")
    (folder / "index.html").write_text("home")
    (folder / "404.html").write_text("lost")
    (folder / "café au lait.txt").write_text("café")
    (folder / ".env").write_text("TOP-SECRET")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("[core]")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path)
    style = folder / "assets" / "a.0123456789.css"
    style.write_bytes(TEXT)
    style.with_name(f"{style.name}.br").write_bytes(b"brotli")
    style.with_name(f"{style.name}.gz").write_bytes(b"gzip")
    return folder


def ask(folder: Path, path: str, method: str = "GET", **said: str) -> tuple[Reply | None, bytes]:
    headers = Headers.of((name.replace("_", "-"), value) for name, value in said.items())
    asked = Request(method, raw_path=path.encode("latin-1"), headers=headers)

    async def run() -> tuple[Reply | None, bytes]:
        reply = await Files(folder)(asked)
        if reply is None:
            return None, b""
        return reply, b"".join([part async for part in reply.parts()])

    return asyncio.run(run())


def found(folder: Path, path: str, method: str = "GET", **said: str) -> tuple[Reply, bytes]:
    reply, body = ask(folder, path, method, **said)
    assert reply is not None
    return reply, body


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/a.txt", b"0123456789"),
        ("/%61.txt", b"0123456789"),
        ("/", b"home"),
        ("/sub/", b"sub"),
        ("/caf%C3%A9%20au%20lait.txt", "café".encode()),
        (HASHED, TEXT),
    ],
)
def test_a_file_is_found_by_its_name(folder: Path, path: str, body: bytes) -> None:
    assert found(folder, path)[1] == body


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/....//secret.txt",
        "/..;/secret.txt",
        "/%5c..%5csecret.txt",
        "/..%00/secret.txt",
        "/..%e0%80%afsecret.txt",
        "/sub%2f..%2f..%2fsecret.txt",
        "//a.txt",
        "/./a.txt",
        "/.env",
        "/.git/config",
        "/link.txt",
        "/up/secret.txt",
        "/sub",
        "/A.TXT",
        "/a.txt%20",
        "/a.txt%ff",
        "/a.txt/",
        "/assets/a.0123456789.css.br",
        "/http://127.0.0.1/",
        "a.txtx",
    ],
)
def test_nothing_else_is(folder: Path, path: str) -> None:
    assert ask(folder, path) == (None, b"")


@pytest.mark.parametrize(
    ("taken", "encoding", "body"),
    [
        ("gzip, deflate, br", "br", b"brotli"),
        ("gzip", "gzip", b"gzip"),
        ("br;q=0, gzip;q=0.5", "gzip", b"gzip"),
        ("identity", None, TEXT),
        ("", None, TEXT),
    ],
)
def test_a_file_comes_in_the_best_form_that_is_taken(
    folder: Path, taken: str, encoding: str | None, body: bytes
) -> None:
    reply, made = found(folder, HASHED, accept_encoding=taken)

    assert (reply.headers.get("content-encoding"), made) == (encoding, body)
    assert reply.headers.get("content-type") == "text/css; charset=utf-8"
    assert reply.headers.get("content-length") == str(len(body))
    assert reply.headers.get("vary") == "accept-encoding"


def test_only_an_address_with_a_hash_keeps_for_ever(folder: Path) -> None:
    assert found(folder, HASHED)[0].headers.get("cache-control") == (
        "public, max-age=31536000, immutable"
    )
    assert found(folder, "/a.txt")[0].headers.get("cache-control") == "no-cache"


def test_what_the_browser_has_is_not_sent_again(folder: Path) -> None:
    tag = found(folder, "/a.txt")[0].headers.get("etag")
    assert tag is not None
    os.utime(folder / "a.txt", (1, 1))  # another worker has unpacked it at another time

    for said in (tag, f'"x", {tag}', f"W/{tag}", "*"):
        reply, body = found(folder, "/a.txt", if_none_match=said)
        assert (reply.status, body, reply.headers.get("etag")) == (304, b"", tag)

    assert found(folder, "/a.txt", if_none_match='"x"')[0].status == 200


@pytest.mark.parametrize(
    ("asked", "status", "body", "said"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=8-", 206, b"89", "bytes 8-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("bytes=3-1", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("lines=0-1", 200, b"0123456789", None),
        ("bytes=" + "0-," * 5000 + "0-", 200, b"0123456789", None),
        ("bytes=" + "1" * 5000 + "-", 200, b"0123456789", None),
        ("bytes=0-٣", 200, b"0123456789", None),
    ],
    ids=lambda value: str(value)[:16],
)
def test_a_part_is_sent_where_one_is_asked_for(
    folder: Path, asked: str, status: int, body: bytes, said: str | None
) -> None:
    headers = Headers([(b"range", asked.encode())])

    async def run() -> tuple[Reply | None, bytes]:
        reply = await Files(folder)(Request("GET", raw_path=b"/a.txt", headers=headers))
        assert reply is not None
        return reply, b"".join([part async for part in reply.parts()])

    reply, made = asyncio.run(run())
    assert reply is not None
    assert (reply.status, made, reply.headers.get("content-range")) == (status, body, said)


def test_a_part_of_what_has_changed_is_not_sent(folder: Path) -> None:
    tag = found(folder, "/a.txt")[0].headers.get("etag") or ""

    assert found(folder, "/a.txt", range="bytes=0-1", if_range=tag)[0].status == 206
    assert found(folder, "/a.txt", range="bytes=0-1", if_range='"old"')[0].status == 200


def test_a_file_is_only_read(folder: Path) -> None:
    reply, _ = found(folder, "/a.txt", "POST")

    assert (reply.status, reply.headers.get("allow")) == (405, "GET, HEAD")
    assert found(folder, "/a.txt", "HEAD")[0].headers.get("content-length") == "10"


def answered(site: Site, path: str, accept: str = "text/html") -> tuple[int, bytes]:
    async def run() -> tuple[int, bytes]:
        headers = Headers.of([("host", "a"), ("accept", accept)])
        asked = Request("GET", raw_path=path.encode(), headers=headers)
        status, _, reply = await site.answer(asked)
        body = b"".join([part async for part in reply.parts()])
        await reply.close()
        return status, body

    return asyncio.run(run())


def test_without_a_view_the_pages_of_the_folder_answer(folder: Path) -> None:
    site = Site(static=folder)

    assert answered(site, "/") == (200, b"home")
    assert answered(site, "/none") == (404, b"lost")
    assert answered(site, "/none", "image/png") == (404, b"Not Found\n")

    (folder / "200.html").write_text("shell")
    assert answered(Site(static=folder), "/none") == (200, b"shell")
    assert answered(Site(static=folder), "/none", "image/png") == (404, b"Not Found\n")


def test_with_a_view_the_folders_page_is_what_it_is_put_into(folder: Path) -> None:
    (folder / "200.html").write_text(
        "<html><head></head><body><main id='app'></main><p>end</p></body></html>"
    )
    site = Site(t"<h1>View</h1>", static=folder, base="")

    status, body = answered(site, "/")

    assert status == 200
    assert b"<main id='app'><h1>View</h1></main><p>end</p>" in body
    assert answered(site, "/sub/")[1] == b"sub"
    assert b"View" in answered(site, "/200.html")[1]
