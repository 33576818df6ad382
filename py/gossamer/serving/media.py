"""The media type of a file, the same on every machine."""

import mimetypes
from pathlib import PurePath

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".py": "text/x-python; charset=utf-8",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}
_OTHERS = mimetypes.MimeTypes()  # Python's own table, without what the machine adds


def media_type(path: str) -> str:
    """The type of what stands at a path.

    >>> media_type("assets/pyodide.asm.wasm")
    'application/wasm'
    """
    suffix = PurePath(path).suffix.lower()
    return _TYPES.get(suffix) or _OTHERS.guess_type(path)[0] or "application/octet-stream"
