"""One Chromium with the pages of a benchmark, and the trace of what they do."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from e2e.server import Site

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / ".cache" / "bench" / "site"
# As the js-framework-benchmark starts it, without what a machine without a screen has not.
FLAGS = [
    "--js-flags=--expose-gc",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-sandbox",
]
# What makes a page isolated: its clock then has a resolution of 5 µs instead of 100.
ISOLATED = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
}
WINDOW = {"width": 1280, "height": 800}


class Chromium:
    """A browser with the site of the benchmarks beside it."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self.context = browser.new_context(viewport=WINDOW)
        self.context.set_default_timeout(180_000)
        self.errors: list[str] = []

    def open(self, path: str) -> Page:
        """A page of its own; an error that nobody catches in it goes to `errors`."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(f"{path}: {error}"))
        page.goto(self.url + path)
        return page

    def check(self) -> None:
        """End the benchmark when a page has failed."""
        if self.errors:
            raise RuntimeError("\n".join(self.errors))

    @contextmanager
    def tracing(self) -> Iterator[list[dict[str, Any]]]:
        """The `performance.mark` events of all pages, complete when the block has ended."""
        events: list[dict[str, Any]] = []
        ended: list[object] = []
        session = self.browser.new_browser_cdp_session()
        session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
        session.on("Tracing.tracingComplete", lambda data: ended.append(data))  # noqa: PLW0108 -- Playwright writes on it
        wanted = {"includedCategories": ["blink.user_timing"], "excludedCategories": ["*"]}
        session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": wanted})
        yield events
        session.send("Tracing.end")
        while not ended:
            session.send("Browser.getVersion")  # a round trip lets events arrive
        session.detach()


def stage(*pages: str) -> Path:
    """Put the pages together; the folder to serve."""
    node = os.environ.get("NODE") or shutil.which("node")
    if node is None:
        raise RuntimeError("there is no Node here: it puts the pages together")
    done = subprocess.run(
        [node, "bench/stage.mjs", *pages], cwd=ROOT, stdout=sys.stderr, check=False
    )
    if done.returncode:
        raise RuntimeError(f"the pages could not be put together: {', '.join(pages)}")
    return SITE


@contextmanager
def chromium(*pages: str, headers: dict[str, str] | None = None) -> Iterator[Chromium]:
    """Start what CHROMIUM names, and a server with these pages and headers."""
    with Site(stage(*pages)).running() as site, sync_playwright() as playwright:
        site.headers.update(headers or {})
        path = os.environ.get("CHROMIUM")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield Chromium(browser, site.url)
        browser.close()
