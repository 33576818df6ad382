"""Finds all pages of an app, by its routes and by its links, and renders each."""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from gossamer.cli.assets import Assets
from gossamer.cli.pages import Page
from gossamer.cli.prerender.document import filled, headed
from gossamer.cli.prerender.links import file_for, links_in
from gossamer.cli.prerender.routes import Routing
from gossamer.cli.prerender.run import programs_of, render, set_up, supply
from gossamer.cli.prerender.stage import Program, Told
from gossamer.cli.settings import Settings
from gossamer.errors import PrerenderError

LOST = 400
"""The statuses from here on say that there is no such page."""

FALLBACKS = ("200.html", "404.html")
"""Pages that a server sends for any address: what one address shows is not theirs."""


@dataclass(frozen=True)
class Job:
    """An address that is to be rendered, the page that shows it, and who links there."""

    address: str
    page: Page
    file: str
    linked_by: str = ""


@dataclass
class Prerendered:
    """What came of it: by its file each page that has a text of its own, and what to tell."""

    pages: dict[str, tuple[Job, Told]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)  # addresses that only a browser can show
    patterns: list[str] = field(default_factory=list)  # whose addresses nobody has named
    has_router: bool = False
    is_whole: bool = True  # whether all routes are known


class Crawl:
    """One build's way through its app."""

    def __init__(self, settings: Settings, assets: Assets, stage: Path) -> None:
        self.settings = settings
        self.assets = assets
        self.stage = stage
        self.base = urlsplit(settings.base).path or "/"
        self.found = Prerendered()
        self._seen: set[str] = set()
        self._broken: set[str] = set()  # files that links lead to, and no route
        self._programs: dict[str, list[Program]] = {}
        wanted = settings.prerender
        self._only = None if isinstance(wanted, bool) else frozenset(map(_plain, wanted))

    def run(self, pages: Iterable[Page], tell: Callable[[int], None]) -> Prerendered:
        """Render the pages that have Python; then, again and again, what they have led to."""
        ahead = [job for page in pages for job in self._jobs_of(page)]
        ahead += [job for page in pages for job in self._asked(page)]
        with ThreadPoolExecutor(os.process_cpu_count() or 1) as pool:
            while ahead:
                told = list(pool.map(self._render, ahead))
                done, ahead = ahead, []
                for job, answer in zip(done, told, strict=True):
                    ahead += self._take(job, answer)
                tell(len(self.found.pages))
        return self.found

    def _jobs_of(self, page: Page) -> list[Job]:
        if not page.scripts or page.path in FALLBACKS:
            return []
        address = self.base + page.path.removesuffix("index.html")
        programs = programs_of(page, self.assets)
        if programs is None:
            self._leave(address, f"{page.path} runs a script of another host")
            return []
        self._programs[page.path] = programs
        supply(self.stage_of(page), page, self.assets)
        return self._job(address, page, "")

    def _asked(self, page: Page) -> list[Job]:
        """The addresses that the settings name: the first page shows those that are no page's."""
        if self._only is None or page.path != "index.html" or page.path not in self._programs:
            return []
        base = self.base.rstrip("/")
        return [job for path in sorted(self._only) for job in self._job(base + path, page, "")]

    def _is_file(self, address: str) -> bool:
        """Whether the app has a file at an address, which is no page to render."""
        try:
            self.assets.find(f"/{address[len(self.base) :]}", self.settings.root)
        except FileNotFoundError:
            return False
        return True

    def stage_of(self, page: Page) -> Path:
        """The folder in which a page's Python runs."""
        return self.stage / page.path.replace("/", "+")

    def _job(self, address: str, page: Page, linked_by: str) -> list[Job]:
        """The job for an address, none if it had one or is not to have one."""
        file = file_for(address, self.base, is_folder=self.settings.trailing_slash)
        if file is None or file in self._seen:
            return []
        own = _plain(address[len(self.base) - 1 :])
        if self._only is not None and own not in self._only:
            return []
        self._seen.add(file)
        return [Job(address, page, file, linked_by)]

    def _render(self, job: Job) -> Told:
        return render(self._programs[job.page.path], job.address, self.stage_of(job.page))

    def _leave(self, address: str, why: str) -> None:
        self.found.left[address] = why

    def _take(self, job: Job, told: Told) -> list[Job]:
        """Keep what a page shows; the jobs that it leads to."""
        found = self.found
        if "fault" in told:
            raise PrerenderError(job.address, told["fault"])
        if "lack" in told:
            self._leave(job.address, told["lack"])
            found.is_whole = False
            return []
        found.notes += [f"{job.address}: {note}" for note in told["notes"]]
        routed = is_routed(told)
        ahead = self._follow(job, told["routing"]) if routed and told["routing"] else []
        why = self._why_not(job, told)
        if why:
            if job.file not in self._broken:
                self._leave(job.address, why)
            return ahead
        found.pages[job.file] = job, told
        if routed:
            for placed in told["placed"]:
                for _, path in links_in(placed["text"], job.address):
                    if not self._is_file(path):
                        ahead += self._job(path, job.page, job.address)
        return ahead

    def _follow(self, job: Job, routing: Routing) -> list[Job]:
        """The jobs for what the app's routes are known to lead to."""
        found = self.found
        found.has_router = True
        found.patterns += [each for each in routing["open"] if each not in found.patterns]
        ahead = [made for address in routing["known"] for made in self._job(address, job.page, "")]
        if routing["leads_to"]:
            ahead += self._job(routing["leads_to"].partition("?")[0], job.page, job.linked_by)
        elif routing["status"] >= LOST and job.linked_by:
            self._broken.add(job.file)
        return ahead

    def _why_not(self, job: Job, told: Told) -> str:
        """Why an address gets no page; empty when it does."""
        routing = told["routing"]
        if routing is not None and is_routed(told):
            if routing["leads_to"]:
                return f"it leads on to {routing['leads_to']}"
            if routing["status"] >= LOST:
                return f"its status is {routing['status']}"
            if routing["mode"] == "csr":
                return "its route says so: csr"
        if not told["placed"]:
            return f"{job.page.path} shows nothing by mount()"
        if composed(job.page.text, job, told) is None:
            targets = ", ".join(str(placed["target"]) for placed in told["placed"])
            return f"{job.page.path} has no element that is written {targets}"
        return ""


def is_routed(told: Told) -> bool:
    """Whether what a page shows depends on its path."""
    routing = told["routing"]
    return routing is not None and not routing["is_hash"]


def data_of(told: Told) -> str:
    """What the routes of a page have waited for, as JSON; empty when that is nothing."""
    routing = told["routing"]
    if routing is None or not is_routed(told) or not any(routing["data"]):
        return ""
    return json.dumps(routing["data"], separators=(",", ":"))


def data_place(job: Job) -> str:
    """Where the data of a page stands: in a folder of its name.

    A visitor who comes by a link asks for it there.
    """
    folder = job.file.removesuffix("index.html").removesuffix(".html").rstrip("/")
    return f"{folder}/__data.json".lstrip("/")


def composed(text: str, job: Job, told: Told, pages: str = "") -> str | None:
    """A page with what it shows; None when it has no such elements.

    `pages` is the address of the list of pages that have data.
    """
    whole: str | None = text
    for placed in told["placed"]:
        whole = filled(whole, placed) if whole is not None else None
    if whole is None:
        return None
    more = {}
    if told["routing"] is not None:
        more = {"data-gs-path": job.address} if is_routed(told) else {"data-gs-hash": "#/"}
    head, data = told["head"], data_of(told)
    if data:
        inert = data.replace("<", "\\u003c")  # nothing in it ends the script
        head += f'<script type="application/json" data-gs-data>{inert}</script>'
    return headed(whole, head, told["attributes"], more | with_data(pages))


def with_data(pages: str) -> dict[str, str]:
    """The attribute by which Python finds the data of other pages, if there are any."""
    return {"data-gs-pages": pages} if pages else {}


def _plain(address: str) -> str:
    return address.removesuffix("index.html").rstrip("/") or "/"


def prerender(
    settings: Settings,
    assets: Assets,
    pages: list[Page],
    files: Mapping[str, bytes],
    packages: Mapping[str, bytes],
    tell: Callable[[int], None],
) -> Prerendered:
    """Render all pages of an app that need no browser."""
    if settings.prerender is False:
        return Prerendered()
    with TemporaryDirectory(prefix="gossamer-") as folder:
        crawl = Crawl(settings, assets, Path(folder))
        for page in pages:
            if page.scripts:
                set_up(crawl.stage_of(page), files, packages)
        return crawl.run(pages, tell)
