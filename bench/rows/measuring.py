"""Runs the operations on all pages in turn, and reads their times from the trace."""

import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from bench.browser import Chromium

VARIANTS = ("vanilla", "solid", "gossamer", "ffi", "wybthon", "frontage")
KINDS = {("start", "stop"): "script", ("layout", "end"): "layout", ("end", "rest"): "rest"}
IN_PAGE = [Path(__file__).with_name(name) for name in ("model.js", "harness.js")]
HIDE = "addEventListener('load', () => document.querySelector('head').insertAdjacentHTML(\
'beforeend', '<style>.test-data { display: none }</style>'))"


@dataclass
class Plan:
    """Which pages are measured, and how often."""

    variants: list[str]
    runs: int
    runs_10k: int

    def has(self, operation: str, run: int) -> bool:
        return run < (self.runs_10k if operation == "create10k" else self.runs)


@dataclass
class Time:
    """Main-thread CPU of one run, in milliseconds."""

    script: float = 0
    layout: float = 0
    rest: float = 0

    @property
    def both(self) -> float:
        return self.script + self.layout


type Times = dict[str, dict[str, list[Time]]]  # by operation and variant


def equip(target: BrowserContext | Page, *, hidden: bool) -> None:
    """Give pages what `measure` asks of them; `hidden` takes the table out of the layout."""
    for path in IN_PAGE:
        target.add_init_script(path=path)
    if hidden:
        target.add_init_script(HIDE)


def open_pages(browser: Chromium, variants: list[str], *, hidden: bool = False) -> dict[str, Page]:
    """A page for each variant, ready to be clicked."""
    equip(browser.context, hidden=hidden)
    pages = {}
    for variant in variants:
        pages[variant] = browser.open(f"frameworks/keyed/{variant}/index.html")
        pages[variant].wait_for_function("bench.is_ready()")
        browser.check()
    return pages


def measure(browser: Chromium, pages: dict[str, Page], plan: Plan) -> Times:
    """Every operation on every page, one after the other, each run beginning with another page."""
    operations = next(iter(pages.values())).evaluate("bench.operations")
    names = list(pages)
    with browser.tracing() as events:
        for run in range(plan.runs):
            print(f"bench: run {run + 1} of {plan.runs}", file=sys.stderr, flush=True)
            for number, operation in enumerate(operations):
                if not plan.has(operation, run):
                    continue
                first = (run + number) % len(names)
                for name in names[first:] + names[:first]:
                    turn(pages[name], operation, f"{operation}/{name}/{run}", is_new=run == 0)
                    browser.check()
    return times_of(events, operations, names)


def turn(page: Page, operation: str, label: str, *, is_new: bool) -> None:
    """One measured run of an operation, warmed up when the page is new."""
    page.bring_to_front()
    if is_new:
        page.evaluate("(name) => bench.warm(name)", operation)
    page.evaluate("([name, label]) => bench.measure(name, label)", [operation, label])


def times_of(events: list[dict[str, Any]], operations: list[str], variants: list[str]) -> Times:
    """The thread time between the marks of each run."""
    marks: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event["ts"]):
        label, _, where = event["name"].rpartition("/")
        if event["ph"] == "I" and label.count("/") == 2:
            marks[label].append((where, event["tts"]))
    times: Times = {name: {variant: [] for variant in variants} for name in operations}
    for label, passed in marks.items():
        operation, variant, _ = label.split("/")
        times[operation][variant].append(time_between(passed))
    return times


def time_between(marks: list[tuple[str, int]]) -> Time:
    """What passed between one mark and the next, by what the two of them mean."""
    time = Time()
    for (where, begin), (next_where, end) in pairwise(marks):
        kind = KINDS.get((where, next_where))
        if kind:
            setattr(time, kind, getattr(time, kind) + (end - begin) / 1000)
    return time
