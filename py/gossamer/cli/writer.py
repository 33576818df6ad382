"""Writes the pages of a build: addresses, hashes, hints, and the app's archives."""

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence

from gossamer.cli import early, silence
from gossamer.cli.assets import Assets, is_elsewhere
from gossamer.cli.pages import Config, Page, is_asleep, is_file, is_python
from gossamer.cli.runtime import SLEEP, Hint, integrity
from gossamer.cli.tags import Markup, Tag, written

LOADER = re.compile(r"(^|/)gossamer/gossamer\.js$")
URLS = {
    "audio": ("src",),
    "embed": ("src",),
    "image": ("href",),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href",),
    "video": ("src", "poster"),
}
"""The attributes that name a file which the page cannot do without."""

RELATIONS = {"stylesheet", "icon", "apple-touch-icon", "mask-icon", "preload", "modulepreload"}


class Writer:
    """Writes pages for a build: with addresses, integrity, hints and the app's archives."""

    def __init__(
        self,
        assets: Assets,
        runtime: Sequence[Hint],
        supplies: Config,
        modules: dict[str, str],
    ) -> None:
        self.assets = assets
        self.runtime = runtime
        self.supplies = supplies
        self.modules = modules
        self.early: dict[str, Hint] = {}  # what runs before Python, by the names of the runtime
        self.offline = ""  # the address of the service worker, when there is one
        self.server = ""  # the origin of the server that functions are called at, if not ours

    def write(self, page: Page, base: str, *, is_seen: bool = False) -> tuple[str, list[str]]:
        """A page's text in the build, and what its first visit fetches, in order.

        With a base all addresses begin with it; without one they are relative to the page. A page
        that `is_seen` before Python is up keeps what is done in it. One that has only islands asks
        for no Python: the script that lets them sleep is told where that is.
        """

        def address(path: str) -> str:
            here = posixpath.dirname(page.path)
            return base + path if base else posixpath.relpath(path, here or ".")

        markup = Markup(page.text)
        fetched: list[str] = []
        hints: list[Hint] = []
        loader: Tag | None = None
        scripts = [tag for tag in markup.tags if is_python(tag)]
        awake = [tag for tag in scripts if not is_asleep(tag)]
        for tag in markup.tags:
            if tag.name == "script" and LOADER.search(tag.get("src")):
                loader = tag
            elif tag in scripts:
                first = tag is (awake or scripts)[0]
                config = page.configs[scripts.index(tag)]
                hints += self._script(page, tag, config, address, first=first)
            elif not early.name_of(tag):
                fetched += self._name_files(page, tag, address)
        insertions: dict[int, str] = {}
        if scripts:
            hints = [*self.runtime, *hints] if awake else []
            tags = [hint_tag(hint, address) for hint in hints]
            if self.server:
                said: dict[str, str | None] = {"name": "gossamer-server", "content": self.server}
                tags.append(written("meta", said))
            tags += self._module_links(address, is_asked=bool(awake))
            fetched += self.modules.values() if awake else ()
            place = self._loader_place(markup, loader, address)
            if loader is None and awake:
                tags.append(written("script", self._loader(address)) + "</script>")
            insertions[place] = "".join(f"{tag}\n" for tag in tags)
        for name in sorted(early.wanted(markup, is_seen=is_seen) & self.early.keys()):
            fetched.append(self.early[name].path)
            early.put(markup, name, self._early(name, address), insertions)
        if awake:
            style = silence.place(self.assets.output)
            fetched.append(style)
            end = len(page.text) if markup.body_end is None else markup.body_end
            insertions[end] = insertions.get(end, "") + silence.words(address(style))
        return markup.with_changes(insertions), [*fetched, *(hint.path for hint in hints)]

    def _module_links(self, address: Callable[[str], str], *, is_asked: bool) -> Iterator[str]:
        """By these Python finds the app's own modules; a browser gets them at once if asked to."""
        for name, path in self.modules.items():
            said: dict[str, str | None] = {"rel": "modulepreload"} if is_asked else {}
            said |= {"data-module": name, "href": address(path)}
            yield written("link", said | {"integrity": self._hint(path).integrity})

    def _loader(self, address: Callable[[str], str]) -> dict[str, str | None]:
        found: dict[str, str | None] = {
            "type": "module",
            "src": address(self.runtime[0].path),
            "integrity": self.runtime[0].integrity,
        }
        return found | {"data-offline": address(self.offline)} if self.offline else found

    def _early(self, name: str, address: Callable[[str], str]) -> dict[str, str | None]:
        """What the tag of a script says that runs before Python."""
        hint = self.early[name]
        said: dict[str, str | None] = {"src": address(hint.path), "integrity": hint.integrity}
        if name != SLEEP:
            return said
        loader = self._loader(address)
        said |= {"data-loader": loader["src"], "data-integrity": loader["integrity"]}
        return said | {key: loader[key] for key in ("data-offline",) if key in loader}

    def _loader_place(
        self, markup: Markup, loader: Tag | None, address: Callable[[str], str]
    ) -> int:
        """Where the hints go: before the loader, which is made ours; else the end of the head."""
        if loader is not None:
            for name, value in self._loader(address).items():
                loader.set(name, value)
            return loader.start
        first = next(tag.start for tag in markup.tags if is_python(tag))
        return first if markup.head_end is None else min(first, markup.head_end)

    def _script(
        self,
        page: Page,
        tag: Tag,
        config: Config,
        address: Callable[[str], str],
        *,
        first: bool,
    ) -> list[Hint]:
        """Give a Python script its addresses; the first one brings the app's archives along."""
        fetched = []
        src = tag.get("src")
        if src and not is_elsewhere(src):
            fetched.append(self.assets.place(page.find(self.assets, src)))
            tag.set("src", address(fetched[0]))
            tag.set("integrity", self._hint(fetched[0]).integrity)
        files = dict(self.supplies.files) if first else {}
        packages = list(self.supplies.packages) if first else []
        for url, to in config.files.items():
            if is_elsewhere(url):
                files[url] = to
            else:
                file = page.find(self.assets, url)
                files[self.assets.place(file)] = f"{to}{file.name}" if to[-1:] in ("", "/") else to
        for each in filter(is_file, config.packages):
            if is_elsewhere(each):
                packages.append(each)
            else:
                packages.append(self.assets.place_whole(page.find(self.assets, each)))
        fetched += [path for path in (*files, *packages) if path in self.assets.output.files]
        asked = config.others | {
            "files": {self._address(path, address): to for path, to in files.items()},
            "packages": [self._address(path, address) for path in packages],
            "integrity": {
                self._address(path, address): self._hint(path).integrity
                for path in (*files, *packages)
                if path in self.assets.output.files
            },
        }
        if any(asked.values()):
            tag.set("config", json.dumps({key: asked[key] for key in asked if asked[key]}))
        else:
            tag.drop("config")
        return [self._hint(path) for path in fetched]

    def _hint(self, path: str) -> Hint:
        return Hint(path, "fetch", integrity(self.assets.output.files[path]))

    def _address(self, path: str, address: Callable[[str], str]) -> str:
        return address(path) if path in self.assets.output.files else path

    def _name_files(self, page: Page, tag: Tag, address: Callable[[str], str]) -> list[str]:
        """Give a tag's files their addresses; those that the page shows at once."""
        fetched = []
        for name in files_of(tag):
            value = tag.get(name)
            if not value:
                continue
            parts = [value] if name != "srcset" else value.split(",")
            for index, part in enumerate(parts):
                url, space, rest = part.strip().partition(" ")
                if is_elsewhere(url):
                    continue
                path = self.assets.place(page.find(self.assets, url))
                fetched.append(path)
                _, mark, fragment = url.partition("#")
                parts[index] = f"{address(path)}{mark}{fragment}{space}{rest}"
                if tag.name in ("link", "script"):
                    tag.set("integrity", self._hint(path).integrity)
            tag.set(name, ", ".join(parts))
        return fetched


def files_of(tag: Tag) -> tuple[str, ...]:
    """The attributes of a tag that name a file which the page shows or runs."""
    if tag.name == "link" and not RELATIONS & set(tag.get("rel").lower().split()):
        return ()
    return URLS.get(tag.name, ())


def foreign_files(page: Page) -> list[str]:
    """What a page asks other hosts for."""
    values = [tag.get(name) for tag in page.tags for name in files_of(tag)]
    return [value for value in values if re.match(r"(https?:)?//", value)]


def hint_tag(hint: Hint, address: Callable[[str], str]) -> str:
    """The tag by which a browser fetches a file before anything asks for it."""
    href: dict[str, str | None] = {"href": address(hint.path)}
    if hint.kind == "module":
        return written("link", {"rel": "modulepreload"} | href | {"integrity": hint.integrity})
    # browsers have no integrity for these: who fetches the file later says its hash
    return written("link", {"rel": "preload", "as": "fetch", "crossorigin": None} | href)
