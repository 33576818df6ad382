"""From a click on a link to the first text that Python has made, cold and warm."""

import json
import statistics
import sys
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext

from bench.browser import SITE, Chromium, chromium
from bench.table import table

VARIANTS = ("gossamer", "pyodide", "pyscript")
# What a host of static files says of files whose names change with their contents.
KEPT = {"cache-control": "public, max-age=31536000, immutable"}
# The first mark stands where a document begins, the second where the text has come.
WATCH = """{
  performance.mark(name + '/begin');
  new MutationObserver((_, observer) => {
    if (!document.querySelector('#app')?.textContent.includes('Count: 0')) return;
    observer.disconnect();
    performance.mark(name + '/end');
    globalThis.wall = performance.now();
  }).observe(document, { childList: true, subtree: true, characterData: true });
}"""


@dataclass
class Times:
    """The visits of one page: main-thread CPU and wall, in milliseconds."""

    main: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def said(self) -> dict[str, float]:
        """The medians."""
        return {
            "main": round(statistics.median(self.main), 1),
            "wall": round(statistics.median(self.wall), 1),
        }


type Visits = dict[str, dict[str, Times]]  # by "cold" and "warm", and by variant


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=7, help="measured visits of each page")


def run(arguments: Namespace) -> dict[str, Any]:
    """Measure, print the tables, and give back what `--json` says."""
    with chromium("boot", "sizes", headers=KEPT) as browser:
        visits = measure(browser, arguments.runs)
    result = result_of(visits, sizes())
    print(table_of(result))
    return result


def measure(browser: Chromium, runs: int) -> Visits:
    """Visit every page in turn, each with an empty cache and with a full one."""
    visits: Visits = {kind: {name: Times() for name in VARIANTS} for kind in ("cold", "warm")}
    regulars = {name: browser.browser.new_context() for name in VARIANTS}
    for name, context in regulars.items():
        for _ in range(2):  # the engine keeps compiled code from the second visit on
            visit(browser.url, context, name, "before")
    walls: dict[str, float] = {}
    with browser.tracing() as events:
        for number in range(runs):
            print(f"bench: run {number + 1} of {runs}", file=sys.stderr, flush=True)
            first = number % len(VARIANTS)
            for name in VARIANTS[first:] + VARIANTS[:first]:
                context = browser.browser.new_context()
                label = f"cold {name} {number}"
                walls[label] = visit(browser.url, context, name, label)
                context.close()
                label = f"warm {name} {number}"
                walls[label] = visit(browser.url, regulars[name], name, label)
    for label, main in main_times(events).items():
        kind, name, _ = label.split()
        visits[kind][name].main.append(main)
        visits[kind][name].wall.append(walls[label])
    return visits


def visit(site: str, context: BrowserContext, name: str, label: str) -> float:
    """Open a page, and wait for its text; how long that took by the clock."""
    page = context.new_page()
    page.set_default_timeout(60_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"{name}: {error}"))
    page.add_init_script(f"{{ const name = {json.dumps(label)}; {WATCH} }}")
    page.goto(f"{site}boot/{name}/index.html")
    page.wait_for_function("globalThis.wall")
    wall = page.evaluate("wall")
    page.close()
    if errors:
        raise RuntimeError("\n".join(errors))
    return wall


def main_times(events: list[dict[str, Any]]) -> dict[str, float]:
    """What the main thread did between the two marks of each visit, in milliseconds."""
    marks: dict[str, dict[str, int]] = defaultdict(dict)
    for event in events:
        label, _, where = event["name"].rpartition("/")
        if event["ph"] == "I" and where in ("begin", "end"):
            marks[label][where] = event["tts"]
    return {label: (at["end"] - at["begin"]) / 1000 for label, at in marks.items()}


def sizes() -> dict[str, dict[str, int]]:
    """What the page downloads, by file: as it is and compressed."""
    return json.loads((SITE / "sizes.json").read_text())


def result_of(visits: Visits, parts: dict[str, dict[str, int]]) -> dict[str, Any]:
    """How many times faster than plain Pyodide, in main-thread time, and all that it came from."""
    result: dict[str, Any] = {}
    for kind, times in visits.items():
        said = {name: each.said() for name, each in times.items()}
        own = said["gossamer"]["main"]
        result[kind] = {
            "speedup": round(said["pyodide"]["main"] / own, 2),
            "speedup_over_pyscript": round(said["pyscript"]["main"] / own, 2),
            "ms": said,
        }
    result["bytes"] = {
        way: sum(part[way] for part in parts.values()) for way in ("brotli", "gzip", "plain")
    }
    result["bytes"]["parts"] = parts
    return result


def table_of(result: dict[str, Any]) -> str:
    """Both tables, for people."""
    rows = [["ms", *VARIANTS, "vs pyodide", "vs pyscript"]]
    for kind in ("cold", "warm"):
        told = result[kind]
        for way in ("main", "wall"):
            own, plain, script = (told["ms"][name][way] for name in VARIANTS)
            spent = [f"{each:.0f}" for each in (own, plain, script)]
            rows.append([f"{kind}, {way}", *spent, f"{plain / own:.2f}", f"{script / own:.2f}"])
    ways = ("brotli", "gzip", "plain")
    parts = result["bytes"]["parts"] | {"all": result["bytes"]}
    files = [["bytes", *ways]]
    files += [[name, *(f"{part[way]:,}" for way in ways)] for name, part in parts.items()]
    heading = "to the first text of Python: main-thread CPU and wall, and how many times faster"
    return f"{heading}\n{table(rows)}\n\nwhat the counter downloads\n{table(files)}"
