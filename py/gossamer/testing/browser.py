"""An app in a browser, for tests with Playwright: wait until it lives, hear what it reports."""

import re
from typing import TYPE_CHECKING

from gossamer.testing.screen import check_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route

_HERE = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost|\[::1\])[:/]|data:|blob:")


def wait_ready(page: Page) -> None:
    """Wait until an app stands in a page of Playwright; a box of errors in its place fails.

    Raises:
        ReportedError: the app could not start.
    """
    shown = page.locator("html[data-gossamer=ready], .gossamer-error")
    shown.first.wait_for(state="attached")  # no function: a page's policy may forbid to make one
    check_reports(page.locator(".gossamer-error").all_inner_texts(), ())


def refuse_elsewhere(context: BrowserContext) -> None:
    """Let a browser reach this machine only: a test that needs another one fails here too."""

    def refuse(route: Route) -> None:
        route.abort("connectionrefused")

    context.route(lambda url: not _HERE.match(url), refuse)


def listening(page: Page, expected: list[str]) -> Iterator[Page]:
    """Hand on a page; what it wrote to the console as an error, or did not catch, fails the test.

    Raises:
        ReportedError: there was an error that no pattern of `expected` tells.
    """
    reports: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            reports.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: reports.append(str(error)))
    yield page
    check_reports(reports, expected)
