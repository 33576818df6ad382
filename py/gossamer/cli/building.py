"""Gathers what a build consists of: pages, the Python they need, the runtime."""

import ast
import hashlib
import html
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from packaging.requirements import InvalidRequirement, Requirement

from gossamer.cli import archives, early, image, modules, packages, runtime
from gossamer.cli.assets import Assets
from gossamer.cli.output import Output
from gossamer.cli.pages import SHELL, Config, Page
from gossamer.cli.prerender import finish
from gossamer.cli.prerender.crawl import (
    FALLBACKS,
    Prerendered,
    composed,
    data_of,
    data_place,
    prerender,
    with_data,
)
from gossamer.cli.prerender.document import headed
from gossamer.cli.reading import content_of, text_of
from gossamer.cli.settings import Settings
from gossamer.cli.split.project import refuse_functions
from gossamer.cli.split.sources import Sources, check_secrets
from gossamer.cli.wheels import Wheel
from gossamer.cli.writer import Writer, foreign_files
from gossamer.errors import CommandError
from gossamer.template.references import needs_table

INDEX = "simple"
"""The folder in which micropip finds what an app asks for later."""

ORDER = ("Python", "image", "Gossamer", "packages", "app")
"""The parts of a first visit, from what is the same everywhere to what is the app's own."""

SITE_PACKAGES = "/lib/python3.14/site-packages/*"
LOST = """\
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>Not here</title>
  <style>
    body {{ display: grid; place-content: center; min-height: 100dvh; margin: 0;
      font: 1.125rem/1.6 system-ui; text-align: center }}
    a {{ color: inherit }}
  </style>
</head>
<body>
<h1>There is no page here</h1>
<p><a href="{home}">To the first page</a></p>
</body>
</html>
"""


class Build:
    """A build of one app, from its settings to the files that are written."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.output = Output()
        self.assets = Assets(settings.root, self.output)
        self.notes: list[str] = []
        self.parts: dict[str, list[str]] = {}
        self.prerendered = Prerendered()
        self.later: list[str] = []

    def gather(self, tell: Callable[[str], None]) -> None:
        """Put all files of the app into the output; `tell` hears what happens now."""
        settings = self.settings
        pages = self.pages()
        programs = frozenset(file for page in pages for file in page.programs(self.assets))
        python = self.split(archives.app_files(settings, programs), programs)
        for page in pages:
            refuse_functions(page)
        self.refuse_calls()
        trees = self.trees(pages, programs, python)
        imported = {name for tree in trees for name in archives.modules_of(tree)}
        tell("Finding packages")
        wheels = self.wheels(pages, imported)
        tell("Writing the runtime")
        folder = runtime.runtime_folder()
        parts = runtime.read_runtime(folder)
        tell("Making the image")
        asked = imported.union(*(wheel.early_imports() for wheel in wheels))
        asked |= hidden_imports(trees, pages)
        library, note = image.app_image(parts, asked, settings.root / ".gossamer" / "images")
        self.notes += filter(None, [note])
        self.output.packed |= runtime.packed_forms(folder)
        worker = parts.pop(runtime.OFFLINE, None)
        places = runtime.place_runtime(parts, self.output)
        hints = runtime.hints_of(parts, places)
        if runtime.IMAGE in parts:
            self.later = [places[name] for name in runtime.ON_DEMAND if name in places]
        tell("Packing the app")
        own = self.archive("app.zip", python)
        supplies = Config({own: "./*"} if own else {}, [], {})
        pure = library | {
            name: data for wheel in wheels if wheel.is_pure for name, data in wheel.files().items()
        }
        held = self.archive("packages.zip", pure)
        if held:
            supplies.files[held] = SITE_PACKAGES
        supplies.packages.extend(
            self.assets.place_whole(wheel.path) for wheel in wheels if not wheel.is_pure
        )
        self.prerender(pages, python, pure, tell)
        self.keep_named(trees, pages)
        self.keep_public()
        writer = Writer(
            self.assets,
            hints,
            supplies,
            modules.place(settings, self.assets),
        )
        writer.server = settings.server_url
        writer.early = runtime.early_of(parts, places)
        if settings.offline:
            for page in pages:
                writer.write(page, settings.base)  # so that all files are there to be counted
            writer.offline = self.offline(worker, pages)
        fetched = self.write_pages(writer, pages, imported)
        check_secrets(self.output.files, settings.secret_env, os.environ)
        brought = {path for path in (held, *supplies.packages) if path}
        owners = {
            hint.path: hint.part for hint in (*hints, *writer.early.values())
        } | dict.fromkeys(brought, "packages")
        for path in sorted(fetched, key=lambda path: ORDER.index(owners.get(path, "app"))):
            self.parts.setdefault(owners.get(path, "app"), []).append(path)
        self.notes += [
            f"{page.path} asks another host for {url}"
            for page in pages
            for url in foreign_files(page)
        ]
        self.notes += [
            f"{page.path}: {key!r} in the config of a script has no effect here"
            for page in pages
            for config in page.configs
            for key in config.others
            if key not in ("name", "description", "version", "interpreter")
        ]

    def trees(
        self, pages: list[Page], programs: frozenset[Path], python: dict[str, bytes]
    ) -> list[ast.Module]:
        """All programs and modules of the app, parsed."""
        texts: list[tuple[str, bytes | str]] = [
            (file.name, self.assets.content(file)) for file in sorted(programs)
        ]
        texts += [script for page in pages for script in page.inline_programs()]
        texts += [text for text in python.items() if text[0].endswith(".py")]
        return [archives.parse(name, text) for name, text in texts]

    def prerender(
        self,
        pages: list[Page],
        python: dict[str, bytes],
        pure: dict[str, bytes],
        tell: Callable[[str], None],
    ) -> None:
        """Write the pages as they will look, as far as that can be had here."""
        self.prerendered = prerender(
            self.settings,
            self.assets,
            pages,
            python,
            pure,
            lambda count: tell(f"Prerendering, {count} pages"),
        )
        self.notes += self.prerendered.notes
        self.notes += [
            f"{address} is not prerendered: {why}" for address, why in self.prerendered.left.items()
        ]

    def split(self, python: dict[str, bytes], programs: frozenset[Path]) -> dict[str, bytes]:
        """Leave out of all Python what only a server has."""
        root = self.settings.root
        files = {root / name for name in python if name.endswith(".py")} | programs
        for file in sorted(files):
            archives.parse(file.name, content_of(file))  # what is no Python is refused in words
        self.sources = Sources(root, files)
        self.assets.python = self.sources.client
        found = {}
        for name, content in python.items():
            kept = self.sources.client(root / name) if name.endswith(".py") else content
            if kept is not None:
                found[name] = kept
        return found

    def refuse_calls(self) -> None:
        """Refuse calls of a server where there will be none."""
        settings = self.settings
        calls = self.sources.project.live_calls()
        if calls and not settings.server and not settings.server_url:
            raise CommandError(
                "The app calls functions of a server, and it has none.",
                why=f"Pages name {', '.join(calls)}.",
                fix='Name the server in [tool.gossamer], as in server = "serve:app", or the'
                " server-url of one elsewhere; or write @server(local=True), which runs in the"
                " page.",
            )

    def explain(self, name: str) -> list[str]:
        """What pages get of a name in the app's modules, and why."""
        programs = frozenset(file for page in self.pages() for file in page.programs(self.assets))
        self.split(archives.app_files(self.settings, programs), programs)
        return self.sources.project.explain(name)

    def offline(self, worker: bytes | None, pages: list[Page]) -> str:
        """Put the service worker beside the pages; its address has the version of all files."""
        if worker is None:
            raise CommandError(
                "The app cannot be kept for times without a network.",
                why=f"Its runtime has no {runtime.OFFLINE}.",
                fix="Install gossamer anew, or take offline out of [tool.gossamer].",
            )
        key = hashlib.sha256(worker)
        for path, content in sorted(self.output.files.items()):
            key.update(f"{path} {len(content)} ".encode() + content)
        for page in pages:
            key.update(page.text.encode())
        key.update(repr(self.prerendered.pages).encode())
        return f"{self.output.keep(runtime.OFFLINE, worker)}?v={key.hexdigest()[:10]}"

    def pages(self) -> list[Page]:
        """The pages of the app's folder; the shell of its program where there is none."""
        settings = self.settings
        away = frozenset({settings.out, self.assets.public})
        files = [file for file in archives.walk(settings.root, away) if file.suffix == ".html"]
        found = [
            Page(
                file.relative_to(settings.root).as_posix(),
                text_of(file),
                file.parent,
            )
            for file in files
        ]
        if not any(page.path == "index.html" for page in found):
            if not settings.app.is_file():
                raise CommandError(
                    f"There is no app in {settings.root}.",
                    why=f"It has neither index.html nor {settings.app.name}.",
                    fix="Name another folder, or make an app with gossamer new.",
                )
            app = settings.app.relative_to(settings.root).as_posix()
            text = SHELL.format(title=html.escape(settings.name), app=html.escape(app))
            found.insert(0, Page("index.html", text, settings.root))
        return found

    def archive(self, name: str, files: dict[str, bytes]) -> str:
        """Put files into an archive of the build; its address, empty when there are none."""
        return self.output.put(name, archives.pack(files)) if files else ""

    def wheels(self, pages: list[Page], imported: set[str]) -> list[Wheel]:
        """The wheels that the pages need; those asked for later get an index of their own."""
        settings = self.settings
        wanted = [*settings.packages]
        for page in pages:
            for text in page.packages():
                try:
                    wanted.append(Requirement(text))
                except InvalidRequirement as error:
                    raise CommandError(
                        f"{page.path} asks for a package as {text!r}.",
                        why="That is neither a name nor the URL of a wheel.",
                        fix="Mend it in the script's config.",
                    ) from error
        if settings.on_demand or "micropip" in imported:
            wanted.append(Requirement("micropip"))
        found = packages.provide(
            [*wanted, *settings.on_demand],
            settings.root / "wheels.lock",
            settings.root / ".gossamer" / "wheels",
        )
        self.write_index(packages.needed(found, settings.on_demand))
        return packages.needed(found, wanted)

    def write_index(self, wheels: list[Wheel]) -> None:
        """Write what micropip asks for: a page a package that links to its wheel."""
        for wheel in wheels:
            address = html.escape(f"../../{self.assets.place_whole(wheel.path)}")
            name = html.escape(wheel.path.name)
            link = f'<a href="{address}#sha256={wheel.hash}">{name}</a>'
            text = f"<!doctype html><title>{wheel.name}</title>{link}\n"
            self.output.keep(f"{INDEX}/{wheel.name}/index.html", text.encode())

    def keep_named(self, trees: list[ast.Module], pages: list[Page]) -> None:
        """Keep the files that Python names in a text, at their own addresses."""
        folders = {self.settings.root, *(page.folder for page in pages)}
        for tree in trees:
            for text in archives.texts_of(tree):
                for folder in folders:
                    for file in archives.files_in(text, folder):
                        self.assets.keep(file)

    def keep_public(self) -> None:
        """Copy `public/` as it is."""
        if self.assets.public.is_dir():
            for file in archives.walk(self.assets.public, frozenset()):
                self.assets.place(file)

    def write_pages(self, writer: Writer, pages: list[Page], imported: set[str]) -> list[str]:
        """Write all pages; what a first visit of index.html fetches."""
        settings = self.settings
        everywhere = settings.base or "/"  # for what a server sends for addresses of any depth
        fetched: list[str] = []
        texts: dict[str, str] = {}
        for page in pages:
            base = everywhere if page.path in FALLBACKS else settings.base
            is_seen = self.is_used_early(page.path)
            texts[page.path], wanted = writer.write(page, base, is_seen=is_seen)
            if page.path == "index.html":
                fetched = ["index.html", *dict.fromkeys(wanted)]
        index = next(page for page in pages if page.path == "index.html")
        listed = self.place_data()
        listed = everywhere + listed if listed else ""
        whole = writer.write(index, everywhere, is_seen=True)[0]  # what a server may fill
        shell = headed(whole, "", {}, with_data(listed))
        for file, (job, told) in self.prerendered.pages.items():
            is_seen = self.is_used_early(file)
            text = texts.get(file) or writer.write(job.page, everywhere, is_seen=is_seen)[0]
            texts[file] = composed(text, job, told, listed) or text
        routes = "gossamer.router" in imported
        lost = LOST.format(home=html.escape(everywhere))
        for path, text in (("200.html", shell), ("404.html", shell if routes else lost)):
            if path not in self.output.files:
                texts.setdefault(path, text)
        for path, text in texts.items():
            self.output.keep(path, text.encode())
        self.check_pages(texts)
        return fetched

    def is_used_early(self, file: str) -> bool:
        """Whether a page has buttons and fields in it before Python comes, or a server's may."""
        if file in FALLBACKS:
            return True
        _, told = self.prerendered.pages.get(file, (None, None))
        return told is not None and any(early.answers(each["text"]) for each in told["placed"])

    def place_data(self) -> str:
        """Put the data of routes beside their pages; the list of those that have some."""
        listed = []
        for job, told in self.prerendered.pages.values():
            data = data_of(told)
            if data:
                self.output.keep(data_place(job), data.encode())
                listed.append(job.address.rstrip("/"))
        return self.output.put("pages.json", json.dumps(sorted(listed)).encode()) if listed else ""

    def check_pages(self, texts: dict[str, str]) -> None:
        """Map the site, and look for what its visitors would miss."""
        found, settings = self.prerendered, self.settings
        finish.check_covered(found, self.output.files)
        base = urlsplit(settings.base).path or "/"
        plain = {} if settings.trailing_slash else found.pages
        pages = {
            plain[path][0].address if path in plain else finish.address_of(path, base): text
            for path, text in sorted(texts.items(), key=lambda item: item[0] != "index.html")
            if path not in FALLBACKS
        }
        if settings.prerender is True and found.is_whole:
            self.notes += finish.broken_links(pages, self.output.files, found, base)
        is_placed = settings.site or "://" in settings.base
        if is_placed and finish.SITEMAP not in self.output.files:
            self.output.keep(finish.SITEMAP, finish.sitemap(settings, pages))


def hidden_imports(trees: list[ast.Module], pages: list[Page]) -> set[str]:
    """The modules that the framework and Pyodide import for what an app has, when they meet it."""
    found = set()
    if any(needs_table(text) for tree in trees for text in archives.texts_of(tree)):
        found.add("html.entities")
    names = [url for page in pages for config in page.configs for url in config.files]
    if any(re.search(r"\.(tar|tgz|tbz|txz)\b", name) for name in names):
        found.add("tarfile")
    return found
