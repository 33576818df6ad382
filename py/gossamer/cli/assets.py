"""Files that pages, styles and scripts name: each gets an address with its hash."""

import hashlib
import os
import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gossamer.cli.output import ASSETS, Output
from gossamer.cli.reading import content_of, text_of
from gossamer.errors import CommandError

CSS = re.compile(r"""(?:\burl\(\s*|@import\s+)(?P<quote>["']?)(?P<url>[^"'()\s]+)(?P=quote)""")
JS = re.compile(
    r"""(?:\bfrom|\bimport|\bimport\s*\(|\bnew\s+URL\s*\()\s*(?P<quote>["'])"""
    r"""(?P<url>\.{1,2}/[^"'\n]+)(?P=quote)"""
)
NAMED = {".css": CSS, ".js": JS, ".mjs": JS}


def is_elsewhere(url: str) -> bool:
    """Whether a URL leads away from the app's own files: another host, a place in the page.

    >>> is_elsewhere("https://example.org/a.css"), is_elsewhere("a.css"), is_elsewhere("#top")
    (True, False, True)
    """
    parts = urlsplit(url)
    return bool(parts.scheme or parts.netloc or not parts.path)


class Assets:
    """Finds the files that others name, and puts them into a build."""

    def __init__(self, root: Path, output: Output) -> None:
        self.root = root
        self.public = root / "public"  # what is in it keeps its address
        self.output = output
        self.python: Callable[[Path], bytes | None] = content_of
        self._places: dict[Path, str] = {}

    def find(self, url: str, folder: Path) -> Path:
        """The file that a URL means in a folder, or else the one in `public/` at that address."""
        path = unquote(urlsplit(url).path)
        start = self.root if path.startswith("/") else folder
        file = (start / path.lstrip("/")).resolve()
        if file.is_file():
            return file
        public = self.public / os.path.relpath(file, self.root)
        if public.is_file():
            return public
        raise FileNotFoundError(path)

    def place(self, file: Path) -> str:
        """Put a file and all that it names into the build; its address."""
        if file.is_relative_to(self.public):
            return self.output.keep(file.relative_to(self.public).as_posix(), self.content(file))
        if file not in self._places:
            content = self.content(file)
            closure = sorted(self._closure(file, set()))
            if len(closure) == 1:
                self._places[file] = self.output.put(self._name(file), content)
            else:
                # the name comes first: files that import each other need each other's
                parts = [(self._name(part), content_of(part)) for part in closure]
                key = repr(parts).encode()
                self._places[file] = self.output.put(self._name(file), b"", key)
                self.output.keep(self._places[file], self._with_addresses(file, content))
        return self._places[file]

    def content(self, file: Path) -> bytes:
        """What a page gets of a file.

        Raises:
            CommandError: it is the server's alone.
        """
        if file.suffix != ".py":
            return content_of(file)
        content = self.python(file)
        if content is None:
            raise CommandError(
                f"A page names {file.name}, which is the server's alone.",
                why="Its name, its folder or its first line says so.",
                fix="Take it out of the page, or move what the page needs into another file.",
            )
        return content

    def place_whole(self, file: Path) -> str:
        """Put a file whose name has a meaning into a folder that carries the hash."""
        content = content_of(file)
        mark = hashlib.sha256(content).hexdigest()[:10]
        return self.output.keep(f"{ASSETS}/{file.suffix[1:]}-{mark}/{file.name}", content)

    def keep(self, file: Path) -> None:
        """Put a file and all that it names into the build, each at its own address."""
        for part in self._closure(file, set()):
            if part.is_relative_to(self.root):
                self.output.keep(part.relative_to(self.root).as_posix(), content_of(part))

    def _name(self, file: Path) -> str:
        """A file's path in the app's folder; of one beside that, its name alone."""
        inside = file.is_relative_to(self.root)
        return file.relative_to(self.root).as_posix() if inside else file.name

    def _closure(self, file: Path, seen: set[Path]) -> set[Path]:
        """A file and all that it names, directly or not."""
        seen.add(file)
        for url in self._urls(file):
            named = self._find_for(file, url)
            if named not in seen:
                self._closure(named, seen)
        return seen

    def _urls(self, file: Path) -> Iterator[str]:
        pattern = NAMED.get(file.suffix)
        if pattern is None or file.is_relative_to(self.public):
            return
        for match in pattern.finditer(text_of(file)):
            if not is_elsewhere(match["url"]):
                yield match["url"]

    def _find_for(self, file: Path, url: str) -> Path:
        try:
            return self.find(url, file.parent)
        except FileNotFoundError as error:
            raise missing(file.name, url) from error

    def _with_addresses(self, file: Path, content: bytes) -> bytes:
        """A style or a script whose names of files are the addresses in the build."""

        def address(url: str) -> str:
            if is_elsewhere(url):
                return url
            named = self.place(self._find_for(file, url))
            beside = posixpath.relpath(named, posixpath.dirname(self._places[file]))
            _, mark, fragment = url.partition("#")
            return f"{'' if beside[0] == '.' else './'}{beside}{mark}{fragment}"

        return replaced(content.decode(), NAMED[file.suffix], address).encode()


def replaced(text: str, pattern: re.Pattern[str], address: Callable[[str], str]) -> str:
    """A text in which each URL that the pattern finds has become its address."""

    def change(match: re.Match[str]) -> str:
        start, end = (edge - match.start() for edge in match.span("url"))
        return match[0][:start] + address(match["url"]) + match[0][end:]

    return pattern.sub(change, text)


def missing(where: str, url: str) -> CommandError:
    """The error for a name that leads to no file."""
    return CommandError(
        f"{where} names {url}, which is not there.",
        why="A build holds all that its pages name.",
        fix="Put the file there, mend its name, or put it into public/ of the app's folder.",
    )
