"""Files of a build over HTTP: their types, their compressed forms, how long they keep."""

import os
import re
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Scope

from gossamer.cli.output import base_of
from gossamer.serving.media import media_type

ENCODINGS = {"br": ".br", "gzip": ".gz"}
HASHED = re.compile(r"[.-][0-9a-f]{10}(?=[./])")
"""What the build puts into the address of a file that never changes."""


class BuiltFiles(StaticFiles):
    """The files of a folder, with what a build says about them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file of a path, or of a page of its name; else 200.html for pages, or 404.html."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404:
                raise
            response = Response("Not found", 404, media_type="text/plain")
        wants_page = "text/html" in Headers(scope=scope).get("accept", "")
        if response.status_code == 404 and wants_page:
            for name in (f"{path}.html", "200.html"):
                page, found = self.lookup_path(name)
                if found:
                    return self.file_response(page, found, scope)
        return response

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """A file in the best form that the browser takes."""
        path = Path(full_path)
        asked = Headers(scope=scope)
        headers = {
            "cache-control": "public, max-age=31536000, immutable"
            if HASHED.search(scope["path"])
            else "no-cache",
            "vary": "accept-encoding",
        }
        for encoding, suffix in ENCODINGS.items():
            packed = path.with_name(path.name + suffix)
            if accepts(asked.get("accept-encoding", ""), encoding) and packed.is_file():
                path, stat_result = packed, packed.stat()
                headers["content-encoding"] = encoding
                break
        response = FileResponse(
            path, status_code, headers, media_type(str(full_path)), stat_result=stat_result
        )
        if status_code == 200 and self.is_not_modified(response.headers, asked):
            return NotModifiedResponse(response.headers)
        return response


def served(folder: Path) -> ASGIApp:
    """The files of a build where it was made to stand: below its base, if it has one."""
    base = base_of(folder)
    if base in ("", "/"):
        return BuiltFiles(folder)
    to_base = Route("/", lambda _request: RedirectResponse(base))
    return Starlette(routes=[to_base, Mount(base.rstrip("/"), BuiltFiles(folder))])


def accepts(header: str, encoding: str) -> bool:
    """Whether an Accept-Encoding takes an encoding.

    >>> accepts("gzip, br;q=0.9", "br"), accepts("br;q=0", "br"), accepts("gzip", "br")
    (True, False, False)
    """
    for part in header.split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if name.lower() == encoding:
            return weight.rstrip("0.") != "" or not weight
    return False
