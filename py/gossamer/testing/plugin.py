"""Fixtures for pytest: views without a browser, and built apps in one.

What a fixture needs is imported when it is asked for: a project without Playwright has `render`.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from gossamer.testing.screen import Screen
    from gossamer.testing.site import Site

_FLAGS = ["--disable-gpu"]
"""A machine for tests often has neither a GPU nor a screen."""

_SLOW = 60_000
"""How many milliseconds a browser may take to start Python on a busy machine."""


@pytest.fixture
def expected_errors() -> list[str]:
    """Patterns of what a page may report: a test adds those that it means to cause."""
    return []


@pytest.fixture
def render(expected_errors: list[str]) -> Iterator[Callable[[object], Screen]]:
    """`render(view)` shows a view in a page of plain Python; what was shown ends with the test.

    All views of a test stand in one page, as in a browser.
    """
    from gossamer.testing.screen import Screen, check_reports  # noqa: PLC0415

    screen = Screen()

    def run(view: object) -> Screen:
        screen.mount(view)
        return screen

    yield run
    screen.close()
    check_reports(screen.reports, expected_errors)


@pytest.fixture(scope="session")
def app_folder(pytestconfig: pytest.Config) -> Path:
    """The folder that is served: `dist`. A conftest.py that has another names it."""
    return pytestconfig.rootpath / "dist"


@pytest.fixture(scope="session")
def app_runtime() -> Path | None:
    """The folder of the built runtime, for an app folder that has none; served as `gossamer/`."""
    return None


@pytest.fixture(scope="session")
def app_server(app_folder: Path, app_runtime: Path | None) -> Iterator[Site]:
    """The one server of the session."""
    from gossamer.testing.site import Site  # noqa: PLC0415

    if not app_folder.is_dir():
        pytest.fail(
            f"{app_folder} is missing: build the app first, or let a fixture `app_folder` in"
            " conftest.py name another folder",
            pytrace=False,
        )
    with Site(app_folder, runtime=app_runtime).running() as site:
        yield site


@pytest.fixture
def app_site(app_server: Site) -> Iterator[Site]:
    """The served app at `app_site.url`; `app_site.put(path, content)` adds a page of the test's."""
    yield app_server
    app_server.clear()


@pytest.fixture(scope="session")
def app_browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The one browser of the session: that of pytest-playwright where it is, else Chromium."""
    if request.config.pluginmanager.hasplugin("playwright"):
        yield request.getfixturevalue("browser")
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def app_context(app_browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile that reaches this machine only."""
    from gossamer.testing.browser import refuse_elsewhere  # noqa: PLC0415

    context = app_browser.new_context()
    context.set_default_timeout(_SLOW)
    refuse_elsewhere(context)
    yield context
    context.close()


@pytest.fixture
def app_page(app_context: BrowserContext, expected_errors: list[str]) -> Iterator[Page]:
    """An empty page of the browser; an error in its console fails the test."""
    from gossamer.testing.browser import listening  # noqa: PLC0415

    yield from listening(app_context.new_page(), expected_errors)


@pytest.fixture
def open_app(app_page: Page, app_site: Site) -> Callable[..., Page]:
    """`open_app()` or `open_app("shop/")` goes there, and gives the page back once it lives."""
    from gossamer.testing.browser import wait_ready  # noqa: PLC0415

    def run(path: str = "") -> Page:
        app_page.goto(app_site.url + path)
        wait_ready(app_page)
        return app_page

    return run
