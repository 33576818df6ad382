"""A click on a link until its view stands, beside Solid's router in one Chromium."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page

from bench.browser import Chromium, chromium
from bench.rows.measuring import Time, times_of
from bench.table import table

VARIANTS = ("gossamer", "solid")
WAYS = ("item", "list")
WARM = 10
HARNESS = Path(__file__).with_name("harness.js")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=40, help="measured ways there and back")


def run(arguments: Namespace) -> dict[str, Any]:
    """Measure, print the table, and give back what `--json` says."""
    with chromium(*(f"navigate-{name}" for name in VARIANTS)) as browser:
        times = measure(browser, open_pages(browser), arguments.runs)
    print(table_of(times))
    return result_of(times)


def open_pages(browser: Chromium) -> dict[str, Page]:
    """Both pages, with the list in them."""
    browser.context.add_init_script(path=HARNESS)
    pages = {name: browser.open(f"navigate/{name}/") for name in VARIANTS}
    for page in pages.values():
        page.wait_for_function("bench.is_ready()")
    browser.check()
    return pages


def measure(
    browser: Chromium, pages: dict[str, Page], runs: int
) -> dict[str, dict[str, list[Time]]]:
    """There and back on one page, then on the other; each run begins with the other one."""
    with browser.tracing() as events:
        for number in range(-WARM, runs):
            for name in VARIANTS if number % 2 else reversed(VARIANTS):
                pages[name].bring_to_front()
                for way in WAYS:
                    label = f"{way}/{name}/{number}" if number >= 0 else "warm"
                    what = [way, number % 30 + 1, label]
                    pages[name].evaluate("(what) => bench.measure(...what)", what)
                browser.check()
    return times_of(events, list(WAYS), list(VARIANTS))


def result_of(times: dict[str, dict[str, list[Time]]]) -> dict[str, Any]:
    """The mean of the two ways' medians, in milliseconds."""
    of = {
        name: sum(median(time.script for time in times[way][name]) for way in WAYS) / len(WAYS)
        for name in VARIANTS
    }
    ratio = of["gossamer"] / of["solid"]
    return {"navigate": {name: round(ms, 3) for name, ms in (of | {"ratio": ratio}).items()}}


def table_of(times: dict[str, dict[str, list[Time]]]) -> str:
    """Script, and script and layout, of both ways."""
    rows = [["median of main-thread CPU in ms", "clicks", *VARIANTS]]
    for way in WAYS:
        clicks = str(min(len(times[way][name]) for name in VARIANTS))
        for title, kind in (("script", "script"), ("script and layout", "both")):
            ms = [median(getattr(one, kind) for one in times[way][name]) for name in VARIANTS]
            rows.append([f"to the {way}, {title}", clicks, *(f"{one:.2f}" for one in ms)])
    return table(rows)
