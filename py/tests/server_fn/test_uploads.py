"""Files on their way to a server: where they are kept, and for how long."""

import asyncio
import hashlib
import tracemalloc
from collections.abc import AsyncIterator
from tempfile import SpooledTemporaryFile
from typing import Any

import pytest
from gossamer.server_fn.uploads import UploadFile
from tests.server_fn.loop import Server, multipart

pytestmark = pytest.mark.cpython("the server's half runs on a server")
PART = bytes(range(256)) * 256


async def digest(file: UploadFile) -> str:
    found = hashlib.sha256()
    async for chunk in file.chunks():
        found.update(chunk)
    return found.hexdigest()


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The files that a server has made on its disk."""
    made: list[Any] = []

    def make(size: int) -> Any:
        made.append(SpooledTemporaryFile(size))  # noqa: SIM115 - closing it is the server's
        return made[-1]

    monkeypatch.setattr("tempfile.SpooledTemporaryFile", make)
    return made


async def upload(times: int, *, is_cut: bool = False) -> Any:
    """Send a file of so many parts as it comes, whole or not."""
    server = Server()
    function = server.function(digest)
    around = multipart(("file", "a", b"|"))
    head, tail = around.pop("body").split(b"|")

    async def chunks() -> AsyncIterator[bytes]:
        yield head
        for _ in range(times):
            yield PART
        if is_cut:
            raise asyncio.CancelledError
        yield tail

    return (await server.send(function.path, chunks(), **around)).json


def test_a_large_file_takes_no_memory_and_goes_from_the_disk(kept: list[Any]) -> None:
    """P22"""
    asyncio.run(upload(1))  # what is imported for it is not counted

    tracemalloc.start()
    found = asyncio.run(upload(320))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found == hashlib.sha256(PART * 320).hexdigest()
    assert peak < 5_000_000
    assert [file.closed for file in kept] == [True, True]


def test_half_a_file_goes_from_the_disk_when_who_sent_it_has_left(kept: list[Any]) -> None:
    """P22"""
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(upload(32, is_cut=True))

    assert [file.closed for file in kept] == [True]
