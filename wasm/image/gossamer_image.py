"""Wakes the Python of a runtime image in a page of its own."""

import _sha2
import binascii
import os
import sys
import time
from collections.abc import Callable
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

LIBRARY = "/lib/python314.zip"
FOLDER = "/lib/python3.14/site-packages"  # what of the library comes with an app
FRAMEWORK = "/lib/gossamer.zip"


class Latecomers:
    """Finds what an image lacks of an archive: fetches all of it when first asked."""

    def __init__(self, archive: str, subject: str, names: frozenset[str]) -> None:
        self.archive = archive
        self._subject = subject
        self._names = names
        self._fetch: Callable[[], Any] | None = None
        self._integrity = ""

    def expect(self, fetch: Callable[[], Any], integrity: str) -> None:
        """Take the function that gets the archive while all waits, and the archive's hash."""
        self._fetch = fetch
        self._integrity = integrity

    def find_spec(
        self, name: str, path: list[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of a module that is in the archive only."""
        if not {name, name.partition(".")[0]} & self._names:
            return None
        if self._fetch is not None:
            try:
                content = self._fetch().to_bytes()
                _check(content, self._integrity)
            except Exception as error:
                raise ImportError(
                    f"{self._subject} could not be loaded, and {name} is in it: {error}",
                    name=name,
                ) from error
            Path(self.archive).write_bytes(content)
            self._fetch = None
            invalidate_caches()
        # of a package that came with the app the rest is in the archive
        places = path and [*path, *(each.replace(FOLDER, LIBRARY) for each in path)]
        return PathFinder.find_spec(name, places, target)


def _check(content: bytes, integrity: str) -> None:
    """Compare an archive with its hash, as a browser does it."""
    if content[-22:-18] != b"PK\x05\x06":
        raise ValueError("it is damaged")
    if integrity:
        kind, _, wanted = integrity.partition("-")
        hashed = getattr(_sha2, kind)(content).digest()
        if binascii.b2a_base64(hashed, newline=False).decode() != wanted:
            raise ValueError("it is not what the page asked for")


def invalidate_caches() -> None:
    """Let imports see files that have come; `importlib`'s own loads forty modules for that."""
    for place, finder in list(sys.path_importer_cache.items()):
        if finder is None:  # there was no archive yet
            del sys.path_importer_cache[place]
        else:
            finder.invalidate_caches()
    metadata = sys.modules.get("importlib.metadata")
    if metadata:
        metadata.MetadataPathFinder.invalidate_caches()


def wake(names: Any) -> None:
    """Give what was made elsewhere the environment, the clock and the chance of this page."""
    os.environ.update(names.to_py())
    _set_clock()
    _set_chance()


def expect(archive: str, fetch: Callable[[], Any], integrity: str) -> None:
    """Say how the rest of an archive is to be had, should anything ask for it."""
    for finder in sys.meta_path:
        if isinstance(finder, Latecomers) and finder.archive == archive:
            finder.expect(fetch, integrity)


def _set_clock() -> None:
    """What the modules of the clock took down when they were imported."""
    year = time.localtime().tm_year
    winter, summer = (
        time.localtime(time.mktime((year, month, 1, 0, 0, 0, 0, 0, -1))) for month in (1, 7)
    )
    time.timezone = -winter.tm_gmtoff
    time.altzone = -summer.tm_gmtoff
    time.tzname = (winter.tm_zone, summer.tm_zone)
    time.daylight = int(winter.tm_gmtoff != summer.tm_gmtoff)
    logging = sys.modules.get("logging")
    if logging:
        logging._startTime = time.time_ns()


def _set_chance() -> None:
    """Random numbers and the names of temporary files."""
    random = sys.modules.get("random")
    if random:
        random.seed()
    tempfile = sys.modules.get("tempfile")
    if tempfile:
        tempfile._name_sequence = None
