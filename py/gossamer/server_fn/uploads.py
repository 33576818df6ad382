"""Files that a page sends along."""

from collections.abc import AsyncIterator
from typing import Any

_CHUNK = 65_536


class UploadFile:
    """A file that was sent to a server function; a parameter is annotated with it.

    `name` is what the visitor's system calls it, and never a path; `type` is what the browser
    takes it for; `size` is in bytes. What is large is kept on disk until the function has ended.

    >>> import asyncio, io
    >>> file = UploadFile("cat.png", "image/png", 3, io.BytesIO(b"abc"))
    >>> asyncio.run(file.read())
    b'abc'
    """

    __slots__ = ("_file", "name", "size", "type")

    def __init__(self, name: str, type: str, size: int, file: Any) -> None:  # noqa: A002 - as the browser has it
        self.name = name
        self.type = type
        self.size = size
        self._file = file

    async def read(self, size: int = -1) -> bytes:
        """The next bytes, all that are left by default."""
        import asyncio  # noqa: PLC0415 - dear where no loop runs

        found: bytes = await asyncio.to_thread(self._file.read, size)
        return found

    def rewind(self) -> None:
        """Begin to read at its beginning once more."""
        self._file.seek(0)

    async def chunks(self, size: int = _CHUNK) -> AsyncIterator[bytes]:
        """What it holds, from the beginning, in parts."""
        self.rewind()
        while chunk := await self.read(size):
            yield chunk

    def __repr__(self) -> str:
        return f"UploadFile({self.name!r}, {self.type!r}, {self.size})"
