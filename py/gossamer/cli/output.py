"""The files of a build, kept in memory until all of them are known."""

import gzip
import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from threading import get_ident

import brotli  # type: ignore[import-untyped]  # it has no types

from gossamer.errors import CommandError

ASSETS = "assets"
"""The folder of the files whose addresses carry their hash: they never change."""

MARK = ".gossamer-build"
"""The file by which a folder is known to be ours to empty."""

COMPRESSIBLE = frozenset(
    [
        ".css",
        ".html",
        ".ico",
        ".image",
        ".js",
        ".json",
        ".map",
        ".mjs",
        ".py",
        ".svg",
        ".toml",
        ".txt",
        ".wasm",
        ".webmanifest",
        ".xml",
        ".zip",
        ".otf",
        ".ttf",
    ]
)
LARGE = 1_000_000
"""Above this, Brotli's best quality takes longer than anybody waits."""


class Output:
    """Files by the address that each will have below the build's folder."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.packed: dict[str, bytes] = {}
        """Brotli forms that are there already, by the hash of what is in them."""

    def keep(self, path: str, content: bytes) -> str:
        """Put a file at an address of its own."""
        self.files[path] = content
        return path

    def put(self, name: str, content: bytes, key: bytes | None = None) -> str:
        """Put a file into `assets/`, with its hash, or that of its key, in its name."""
        stem, dot, suffix = name.rpartition(".")
        mark = hashlib.sha256(content if key is None else key).hexdigest()[:10]
        return self.keep(f"{ASSETS}/{stem}.{mark}{dot}{suffix}", content)

    def compressible(self) -> int:
        """How many files would gain by compression."""
        return len(self._compressible())

    def _compressible(self) -> list[str]:
        names = [name for name in self.files if PurePosixPath(name).suffix in COMPRESSIBLE]
        return sorted(names, key=lambda name: -len(self.files[name]))

    def compress(self, cache: Path, done: Callable[[], None], *, best: bool = False) -> None:
        """Add the compressed forms of all files that gain by them, the largest first."""
        cache.mkdir(parents=True, exist_ok=True)
        (cache / ".gitignore").write_text("*\n")

        def pack(name: str) -> list[tuple[str, bytes]]:
            content = self.files[name]
            quality = 11 if best or len(content) < LARGE else 9
            forms = (
                (
                    ".br",
                    self.packed.get(hashlib.sha256(content).hexdigest())
                    or cached(cache, content, f"{quality}.br", brotlied, quality),
                ),
                (".gz", cached(cache, content, "gz", gzipped, 9)),
            )
            done()
            return [(name + suffix, packed) for suffix, packed in forms if gains(content, packed)]

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for found in pool.map(pack, self._compressible()):
                self.files.update(found)

    def write(self, folder: Path, base: str = "") -> None:
        """Write all files, into a folder that holds nothing but an earlier build.

        What they take for their base is written down beside them, for `gossamer serve`.
        """
        if folder.exists() and not folder.is_dir():
            raise CommandError(
                f"{folder} is a file.",
                why="A build is a folder of files.",
                fix="Move it away, or name another folder with --out.",
            )
        if folder.is_dir() and any(folder.iterdir()):
            if not (folder / MARK).is_file():
                raise CommandError(
                    f"{folder} is not empty.",
                    why="A build begins with an empty folder, and no build has made this one.",
                    fix="Empty it, or name another one with --out.",
                )
            shutil.rmtree(folder)
        told = f"Written by gossamer build, which empties this folder.\nBase: {base or 'any'}\n"
        self.keep(MARK, told.encode())
        write_files(folder, self.files)


def base_of(folder: Path) -> str:
    """The base that a built folder was made for, empty for any."""
    mark = folder / MARK
    told = mark.read_text(encoding="utf-8") if mark.is_file() else ""
    base = told.partition("\nBase: ")[2].strip()
    return base if base.startswith("/") else ""


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files at their paths below a folder."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def gains(content: bytes, packed: bytes) -> bool:
    """Whether a compressed form is worth a file."""
    return len(packed) < 0.95 * len(content)


def brotlied(content: bytes, quality: int) -> bytes:
    """A Brotli stream, the same for the same content."""
    return bytes(brotli.compress(content, quality=quality, lgwin=24))


def gzipped(content: bytes, quality: int) -> bytes:
    """A gzip file without a date."""
    return gzip.compress(content, quality, mtime=0)


def cached(
    cache: Path, content: bytes, kind: str, form: Callable[[bytes, int], bytes], quality: int
) -> bytes:
    """The compressed form of a content, from the cache if it was made before."""
    kept = cache / f"{hashlib.sha256(content).hexdigest()[:32]}.{kind}"
    if not kept.is_file():
        part = kept.with_name(f"{kept.name}.{os.getpid()}.{get_ident()}")
        part.write_bytes(form(content, quality))
        part.replace(kept)
    return kept.read_bytes()
