"""What the tests in Chromium have beside the fixtures that users get."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gossamer.testing.browser import wait_ready as wait_ready_in
from gossamer.testing.plugin import (  # noqa: F401 - as the plugin of an installed Gossamer has them
    app_browser,
    app_context,
    app_page,
    app_site,
    expected_errors,
    open_app,
)
from playwright.sync_api import Browser, BrowserContext, Page

from .server import Site

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def expected() -> list[str]:
    """Patterns of errors in the console of a shared page that a test means to cause."""
    return []


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
def app_server(built: Path) -> Iterator[Site]:
    """The built site on a server that can misbehave."""
    with Site(built).running() as site:
        yield site


@pytest.fixture
def site(app_site: Site) -> Site:
    """The same for one test; `site.put` adds pages of its own."""
    return app_site


@pytest.fixture
def site_of():
    """`with site_of(folder, prefix) as site:` serves another folder, below a prefix."""
    return lambda folder, prefix="": Site(folder, prefix).running()


@pytest.fixture(scope="session")
def browser(app_browser: Browser) -> Browser:
    """The one Chromium of the session."""
    return app_browser


@pytest.fixture
def context(app_context: BrowserContext) -> BrowserContext:
    """A fresh profile that reaches this machine only."""
    return app_context


@pytest.fixture
def page(app_page: Page) -> Page:
    """A page; what it writes to the console as an error, or does not catch, fails the test."""
    return app_page


@pytest.fixture
def wait_ready() -> Callable[[Page], None]:
    """`wait_ready(page)` waits until an app stands in the page; a box of errors fails it."""
    return wait_ready_in


@pytest.fixture
def pace(page: Page) -> Callable[[float], None]:
    """`pace(0)` holds the page's animations, `pace(1)` lets them go on: no test races with them."""
    session = page.context.new_cdp_session(page)
    session.send("Animation.enable")
    return lambda rate: session.send("Animation.setPlaybackRate", {"playbackRate": rate})
