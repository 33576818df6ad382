"""Bodies of forms with files, read as they come."""

import asyncio
import re
import tempfile
from contextlib import ExitStack
from typing import Any, Final

from gossamer.errors import HostError
from gossamer.http import HttpError, Request
from gossamer.server_fn.uploads import UploadFile

MAX_UPLOAD: Final = 32_000_000
"""How many bytes a body with files may have, where nothing else is said."""

MAX_FIELDS: Final = 1_000
MAX_FILES: Final = 100
MAX_TEXT: Final = 1_000_000
"""How many bytes all fields without a file may have together."""

SPOOLED: Final = 1_000_000
"""What is larger is kept on disk."""

_NO_NAME = re.compile(r"[\x00-\x1f\x7f]")


class Parts:
    """The fields and files of one body; `close` removes what was kept on disk."""

    def __init__(self) -> None:
        self.entries: dict[str, list[Any]] = {}
        self._kept = ExitStack()
        self._fields = self._files = self._length = 0
        self._head: dict[str, str] = {}
        self._name = self._value = b""
        self._field = ""
        self._file: Any = None
        self._file_name: str | None = None
        self._text = bytearray()
        self.waiting: list[tuple[Any, bytes]] = []  # what is to be written to files

    def close(self) -> None:
        """Forget all of it."""
        self._kept.close()

    # --- what the parser calls ---

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        """Take a piece of a header's name."""
        self._name += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        """Take a piece of a header's value."""
        self._value += data[start:end]

    def on_header_end(self) -> None:
        """Keep a header."""
        self._head[self._name.lower().decode("latin-1")] = self._value.decode("utf-8", "replace")
        self._name = self._value = b""

    def on_headers_finished(self) -> None:
        """Begin a field or a file."""
        from python_multipart.multipart import parse_options_header  # noqa: PLC0415 - for uploads

        _, options = parse_options_header(self._head.get("content-disposition", ""))
        if b"name" not in options:
            raise HttpError(400, "A part of the body has no name.")
        self._field = _read(options[b"name"])
        self._file_name = _read(options[b"filename"]) if b"filename" in options else None
        self._text.clear()
        if self._file_name is None:
            self._fields += 1
        else:
            self._files += 1
            spool = tempfile.SpooledTemporaryFile(SPOOLED)  # noqa: SIM115 - closed with the others
            self._file = self._kept.enter_context(spool)
            self._length = 0
        if self._fields > MAX_FIELDS or self._files > MAX_FILES:
            raise HttpError(413, "The form has too many fields.")

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """Take a piece of a field or a file."""
        if self._file_name is not None:
            self._length += end - start
            self.waiting.append((self._file, data[start:end]))
            return
        self._text += data[start:end]
        if len(self._text) > MAX_TEXT:
            raise HttpError(413, "A field of the form is too long.")

    def on_part_end(self) -> None:
        """Keep a field or a file."""
        value: Any
        if self._file_name is None:
            try:
                value = self._text.decode()
            except UnicodeDecodeError:
                raise HttpError(400, "A field of the form is no UTF-8.") from None
        else:
            if not self._file_name and not self._length:
                self._head = {}
                return  # no file was chosen
            name = re.split(r"[/\\]", _NO_NAME.sub("", self._file_name))[-1]
            kind = self._head.get("content-type", "application/octet-stream")
            value = UploadFile(name, kind, self._length, self._file)
        self.entries.setdefault(self._field, []).append(value)
        self._head = {}


def _read(data: bytes) -> str:
    return data.decode("utf-8", "replace")


async def read_parts(request: Request, boundary: bytes, limit: int) -> Parts:
    """The parts of a multipart body; files go to disk as they come.

    Raises:
        HttpError: 400, it is no such body; 413, there is too much of it.
    """
    try:
        from python_multipart.exceptions import FormParserError  # noqa: PLC0415 - an extra
        from python_multipart.multipart import MultipartParser  # noqa: PLC0415 - likewise
    except ModuleNotFoundError as error:
        raise HostError(
            "A form with files came, and nothing here can read it.",
            why="python-multipart reads such bodies, and it is not installed.",
            fix='Run pip install "gossamer[server]".',
        ) from error
    parts = Parts()
    calls = {name: getattr(parts, name) for name in dir(parts) if name.startswith("on_")}
    try:
        parser = MultipartParser(boundary, calls)  # type: ignore[arg-type] # a dict of them
        async for chunk in request.stream(limit):
            parser.write(chunk)
            for file, data in parts.waiting:
                if getattr(file, "_rolled", True) or len(data) > SPOOLED:
                    await asyncio.to_thread(file.write, data)
                else:
                    file.write(data)
            parts.waiting.clear()
        parser.finalize()
    except FormParserError as error:
        parts.close()
        raise HttpError(400, "The body is no form with parts.") from error
    except BaseException:
        parts.close()
        raise
    for values in parts.entries.values():
        for value in values:
            if isinstance(value, UploadFile):
                value.rewind()
    return parts
