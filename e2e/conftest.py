"""One browser, one site, one page a test; an error in the console fails it."""

import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def load_beside(name: str):
    """A module of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(
        f"e2e_{name}", Path(__file__).with_name(f"{name}.py")
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


Site = load_beside("server").Site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of the session."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def built() -> Path:
    """The folder of the built site."""
    dist = ROOT / "dist"
    if not (dist / "gossamer" / "gossamer.js").is_file():
        pytest.fail("dist/ is missing: run `npm run build` first", pytrace=False)
    return dist


@pytest.fixture(scope="session")
def bare_loader(built: Path) -> bytes:
    """The loader as it is before a build writes its table of files."""
    loader = (built / "gossamer" / "gossamer.js").read_bytes()
    bare, tables = re.subn(rb'"\{\\"[^\n]*?\}\}"', b'"__GOSSAMER_FILES__"', loader)
    assert tables == 1
    return bare


@pytest.fixture(scope="session")
def _server(built: Path):
    with Site(built).running() as site:
        yield site


@pytest.fixture
def site(_server):
    """The built site on a server that can misbehave; `site.put` adds pages of the test's own."""
    yield _server
    _server.clear()


@pytest.fixture
def site_of():
    """`with site_of(folder, prefix) as site:` serves another folder, below a prefix."""
    return lambda folder, prefix="": Site(folder, prefix).running()


@pytest.fixture
def expected_errors() -> list[str]:
    """Patterns of what may be in the console: a test adds those that it means to cause."""
    return []


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile that reaches this machine only."""
    context = browser.new_context()
    context.set_default_timeout(60_000)
    context.route(
        lambda url: not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:", url), _refuse
    )
    yield context
    context.close()


def _refuse(route: Route) -> None:
    route.abort("connectionrefused")


@pytest.fixture
def page(context: BrowserContext, expected_errors: list[str]) -> Iterator[Page]:
    """A page; what it writes to the console as an error, or does not catch, fails the test."""
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    unexpected = [
        error for error in errors if not any(re.search(known, error) for known in expected_errors)
    ]
    assert not unexpected, "in the page's console: " + "\n".join(unexpected)


@pytest.fixture
def wait_ready() -> Callable[[Page], None]:
    """`wait_ready(page)` waits until an app stands in the page; a box of errors fails it."""

    def wait(page: Page) -> None:
        page.wait_for_function(
            "() => document.documentElement.dataset.gossamer === 'ready'"
            " || document.querySelector('.gossamer-error')"
        )
        box = page.locator(".gossamer-error")
        assert box.count() == 0, box.first.inner_text()

    return wait


@pytest.fixture
def open_app(page: Page, site, wait_ready) -> Callable[[str], Page]:
    """`open_app("examples/counter/")` goes there and gives the page back once it lives."""

    def open_(path: str) -> Page:
        page.goto(site.url + path)
        wait_ready(page)
        return page

    return open_


@pytest.fixture
def pace(page: Page) -> Callable[[float], None]:
    """`pace(0)` holds the page's animations, `pace(1)` lets them go on: no test races with them."""
    session = page.context.new_cdp_session(page)
    session.send("Animation.enable")
    return lambda rate: session.send("Animation.setPlaybackRate", {"playbackRate": rate})
