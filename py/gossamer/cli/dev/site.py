"""What a page of an app is while it is developed: sources as they are, and a client."""

import ast
import contextlib
import json
import posixpath
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from gossamer.cli import archives, early, image, modules, runtime
from gossamer.cli.building import SITE_PACKAGES, Build
from gossamer.cli.output import Output
from gossamer.cli.pages import Page, is_asleep, is_python
from gossamer.cli.settings import Settings, read_settings
from gossamer.cli.split.sources import Sources
from gossamer.cli.tags import Markup, written
from gossamer.cli.writer import LOADER
from gossamer.errors import GossamerError

CLIENT = "@gossamer"
"""The folder, as the page sees it, of what only a page in development asks for."""

QUIET = frozenset((".md", ".lock", ".txt", ".ipynb"))
"""Files that no page shows."""


class Site:
    """An app's folder as pages ask for it; `tell` hears what takes its time."""

    def __init__(self, settings: Settings, tell: Callable[[str], object]) -> None:
        self.settings = settings
        self.tell = tell
        self._seen: dict[Path, int] = {}
        self._sources: Sources | None = None
        tell("Writing the runtime")
        self._runtime = runtime.read_runtime(runtime.runtime_folder())
        for name in (image.LEAN, image.MODULES):  # what comes next is not known
            self._runtime.pop(name, None)
        self._prepare()

    def _prepare(self) -> None:
        """Find the packages and place what does not change while the app is developed."""
        build = Build(self.settings)
        output: Output = build.output
        places = runtime.place_runtime(dict(self._runtime), output)
        self.loader = places[runtime.LOADER]
        self.early = runtime.early_of(self._runtime, places)
        pages = build.pages()
        programs = self._programs(pages)
        python = archives.app_files(self.settings, programs)
        imported = set[str]()
        for content in (
            *map(self._text, programs),
            *(self._text(self.settings.root / name) for name in python if name.endswith(".py")),
            *(text for page in pages for _, text in page.inline_programs()),
        ):
            with contextlib.suppress(SyntaxError):  # the page will say so
                imported |= archives.modules_of(ast.parse(content))
        self.supplies: dict[str, str] = {}
        if self.settings.packages or any(page.packages() for page in pages):
            self.tell("Finding packages")
        wheels = build.wheels(pages, imported)
        pure = {
            name: data for wheel in wheels if wheel.is_pure for name, data in wheel.files().items()
        }
        if pure:
            self.supplies["/" + build.archive("packages.zip", pure)] = SITE_PACKAGES
        self.wheels = [
            "/" + build.assets.place_whole(wheel.path) for wheel in wheels if not wheel.is_pure
        ]
        self.modules = {
            name: "/" + path for name, path in modules.place(self.settings, build.assets).items()
        }
        self.fixed = output.files

    def files(self) -> Iterator[Path]:
        """All files whose change matters."""
        root = self.settings.root
        yield from archives.walk(root, frozenset({self.settings.out}))
        if (root / "public").is_dir():
            yield from archives.walk(root / "public", frozenset())

    def pages(self) -> list[Page]:
        """The pages as they are now."""
        return Build(self.settings).pages()

    def find(self, path: str) -> Path | None:
        """The file of the app, or of its `public/`, at a path."""
        for folder in (self.settings.root, self.settings.root / "public"):
            file = (folder / path).resolve()
            hidden = any(part.startswith(".") for part in Path(path).parts)
            if not hidden and file.is_relative_to(folder) and file.is_file():
                return file
        return None

    def content(self, path: str) -> bytes | None:
        """What stands at a path for a page; None when that is nothing."""
        file = self.find(path)
        if file is None:
            return None
        return self.python(file) if file.suffix == ".py" else file.read_bytes()

    def python(self, file: Path) -> bytes | None:
        """What a page gets of a program; None when it is the server's alone.

        Raises:
            SplitError: the app's modules cannot be taken apart.
        """
        programs = self._programs(self.pages())
        files = {
            self.settings.root / name
            for name in archives.app_files(self.settings, programs)
            if name.endswith(".py")
        }
        files |= programs
        now = {each: each.stat().st_mtime_ns for each in files}
        if now != self._seen:
            self._sources = Sources(self.settings.root, files)
            self._seen = now
        assert self._sources is not None  # noqa: S101 - nothing has been seen before
        return self._sources.client(file)

    def _text(self, file: Path) -> str:
        """What a page gets of a program."""
        return (self.python(file) or b"").decode()

    def page(self, path: str) -> str | None:
        """The text of a page, with what lets it live; None when there is none at the path."""
        pages = self.pages()
        if not path or path.endswith("/"):
            path += "index.html"
        found = next((page for page in pages if page.path == path), None)
        if found is None and not posixpath.splitext(path)[1]:  # a route of the first page
            found = next(page for page in pages if page.path == "index.html")
        return None if found is None else self._alive(found, pages)

    def _alive(self, page: Page, pages: list[Page]) -> str:
        markup = Markup(page.text)
        scripts = [tag for tag in markup.tags if is_python(tag)]
        if not self.settings.server:  # nobody writes islands into the page: all of it is awake
            for tag in filter(is_asleep, scripts):
                tag.set("type", "py")
        if scripts:
            config = page.configs[0]
            files = self.supplies | self._app_files(pages) | config.files
            asked = config.others | {
                "files": files,
                "packages": [*self.wheels, *(each for each in config.packages if "/" in each)],
            }
            scripts[0].set("config", json.dumps(asked))
        loader = next(
            (t for t in markup.tags if t.name == "script" and LOADER.search(t.get("src"))), None
        )
        tags = [_module(f"/{CLIENT}/client.js")]
        tags += [
            written("link", {"rel": "modulepreload", "data-module": name, "href": address})
            for name, address in self.modules.items()
        ]
        if loader is not None:
            loader.set("src", f"/{self.loader}")
            loader.drop("integrity")
        elif not all(map(is_asleep, scripts)):
            tags.append(_module(f"/{self.loader}"))
        places = [tag.start for tag in (loader, *scripts) if tag is not None]
        if markup.head_end is not None:
            places.append(markup.head_end)
        insertions = {min(places, default=len(page.text)): "\n".join(tags) + "\n"}
        for name in early.wanted(markup, is_seen=bool(self.settings.server)) & self.early.keys():
            said: dict[str, str | None] = {"src": f"/{self.early[name].path}"}
            if name == runtime.SLEEP:
                said["data-loader"] = f"/{self.loader}"
            early.put(markup, name, said, insertions)
        return markup.with_changes(insertions)

    def _app_files(self, pages: list[Page]) -> dict[str, str]:
        """Where the app's modules and data are, and where Python finds them."""
        names = archives.app_files(self.settings, self._programs(pages))
        root = self.settings.root
        return {
            f"/{name}": name
            for name in names
            if not name.endswith(".py") or self.python(root / name) is not None
        }

    def _programs(self, pages: list[Page]) -> frozenset[Path]:
        assets = Build(self.settings).assets
        return frozenset(file for page in pages for file in page.programs(assets))

    def news(self, changed: list[Path]) -> list[dict[str, Any]]:
        """What to tell the page of files that have been saved."""
        changed = [file for file in changed if file.suffix not in QUIET]
        saved = max((file.stat().st_mtime for file in changed), default=0)
        if any(file.name == "pyproject.toml" for file in changed):
            self.settings = read_settings(self.settings.root)
            self._prepare()
        names = {file: self._address(file) for file in changed}
        if any(file.suffix not in (".py", ".css") for file in changed):
            return [{"kind": "reload", "why": ", ".join(self._path(file) for file in changed)}]
        told: list[dict[str, Any]] = [
            {"kind": "css", "path": names[file]} for file in changed if file.suffix == ".css"
        ]
        programs = [self._program(file) for file in changed if file.suffix == ".py"]
        if any(programs):
            told.append({"kind": "python", "files": [each for each in programs if each]})
        return [each | {"age": (time.time() - saved) * 1000} for each in told]

    def below_base(self, path: str) -> str | None:
        """What a path of the server means in the app's folder; None at the top, above the base."""
        base = self.settings.base.removeprefix("/")
        return None if base and not path else path.removeprefix(base)

    def _address(self, file: Path) -> str:
        """Where the page sees a file: below the app's base, so that its routes begin as built."""
        return f"{self.settings.base or '/'}{self._path(file)}"

    def _path(self, file: Path) -> str:
        public = self.settings.root / "public"
        folder = public if file.is_relative_to(public) else self.settings.root
        return file.relative_to(folder).as_posix()

    def _program(self, file: Path) -> dict[str, Any] | None:
        """A program and where Python finds it; None when no page knows it."""
        pages = self.pages()
        path = self._path(file)
        places = [path] if path in self._app_files(pages).values() else []
        assets = Build(self.settings).assets
        for page in pages:
            for config in page.configs:
                for url, to in config.files.items():
                    if page.find(assets, url) == file:
                        places.append(f"{to}{file.name}" if to[-1:] in ("", "/") else to)
        if not places and file not in self._programs(pages):
            return None
        source = self._text(file)
        return {"path": self._address(file), "places": places, "source": source}


def news_of(site: Site, changed: list[Path]) -> list[dict[str, Any]]:
    """What to tell the page; what is wrong with the app's settings or files is told as well."""
    try:
        return site.news([file for file in changed if file.is_file()])
    except GossamerError as error:
        return [_fault(error, error.what, error.why, error.fix)]
    except UnicodeDecodeError as error:
        what = f"{', '.join(file.name for file in changed)} cannot be read: {error}."
        return [_fault(error, what, "Python and pages are text.", "Save it as UTF-8.")]


def _fault(error: Exception, what: str, why: str, fix: str) -> dict[str, Any]:
    place = {"file": "", "line": 0, "column": 0, "source": [], "path": "", "at": "", "frames": []}
    words = {"kind": type(error).__name__, "what": what, "why": why, "fix": fix}
    return {"kind": "fault", "fault": words | place}


def _module(address: str) -> str:
    return written("script", {"type": "module", "src": address}) + "</script>"
