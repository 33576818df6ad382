"""A thousand rows that a server has written taken over, beside building them from nothing."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from statistics import median
from typing import Any

from gossamer.ssr import render_to_string
from playwright.sync_api import Page

from bench.browser import ISOLATED, chromium
from bench.table import table

ROWS = Path(__file__).with_name("page") / "rows.py"
MEASURE = """async ([markup, rounds]) => {
  const { pyodide } = await globalThis[Symbol.for('gossamer')]();
  pyodide.globals.set('markup', markup);
  return await pyodide.runPythonAsync(`measure(markup, ${rounds})`);
}"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=20, help="measured runs of each way")


def run(arguments: Namespace) -> dict[str, Any]:
    """Measure, print the table, and give back what `--json` says."""
    with chromium("hydrate", headers=ISOLATED) as browser:
        found = measure_in(browser.open("hydrate/index.html"), arguments.runs)
        browser.check()
    result = result_of(found)
    print(table_of(result))
    return result


def measure_in(page: Page, runs: int) -> dict[str, Any]:
    """The times of each way, and what a hydration asks of the page."""
    names: dict[str, Any] = {}
    exec(ROWS.read_text("utf-8"), names)
    markup = render_to_string(names["Table"], hydratable=True)
    page.wait_for_function("document.documentElement.dataset.bench === 'ready'")
    return json.loads(page.evaluate(MEASURE, [markup, runs]))


def result_of(found: dict[str, Any]) -> dict[str, Any]:
    """Crossings, and medians in milliseconds."""
    ms = {way: round(median(times) * 1000, 2) for way, times in found["times"].items()}
    return {
        "crossings": len(found["crossings"]),
        "lost": found["lost"],
        "ms": ms,
        "vs_build": round(ms["build"] / ms["hydrate"], 2),
    }


def table_of(result: dict[str, Any]) -> str:
    rows = [["way", "ms"], *([way, f"{ms:.1f}"] for way, ms in result["ms"].items())]
    return (
        f"{result['crossings']} calls into the page, {result['lost']} of a server's nodes lost, "
        f"{result['vs_build']} times as fast as building\n{table(rows)}"
    )
