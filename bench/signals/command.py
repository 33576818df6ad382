"""The reactive core beside reaktiv and signified, inside Pyodide in Chromium."""

import json
from argparse import ArgumentParser, Namespace
from typing import Any

from playwright.sync_api import Page

from bench.browser import ISOLATED, chromium
from bench.table import table

MEASURE = """async (rounds) => {
  const { pyodide } = await globalThis[Symbol.for('gossamer')]();
  return await pyodide.runPythonAsync(`measure(${rounds})`);
}"""

type Times = dict[str, dict[str, float]]  # seconds, by operation and library


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--rounds", type=int, default=300, help="chunks of about a millisecond of each operation"
    )


def run(arguments: Namespace) -> dict[str, Any]:
    """Measure, print the table, and give back what `--json` says."""
    times = measure(arguments.rounds)
    print(table_of(times))
    return result_of(times)


def measure(rounds: int) -> Times:
    """The least time of each operation of each library."""
    with chromium("signals", headers=ISOLATED) as browser:
        times = measure_in(browser.open("signals/index.html"), rounds)
        browser.check()
    return times


def measure_in(page: Page, rounds: int) -> Times:
    """The same, in a page that is there already."""
    page.wait_for_function("document.documentElement.dataset.bench === 'ready'")
    return json.loads(page.evaluate(MEASURE, rounds))


def result_of(times: Times) -> dict[str, Any]:
    """How many times faster Gossamer is, and how long it takes in nanoseconds."""
    return {
        operation: {
            "ns": round(cores["gossamer"] * 1e9, 1),
            **{
                f"vs_{core}": round(time / cores["gossamer"], 2)
                for core, time in cores.items()
                if core != "gossamer"
            },
        }
        for operation, cores in times.items()
    }


def table_of(times: Times) -> str:
    rivals = [core for core in next(iter(times.values())) if core != "gossamer"]
    rows = [["operation", "gossamer", *rivals, *(f"vs {core}" for core in rivals)]]
    for operation, cores in times.items():
        own = cores["gossamer"]
        spent = [f"{cores[core] * 1e9:.0f}" for core in ("gossamer", *rivals)]
        rows.append([operation, *spent, *(f"{cores[core] / own:.2f}" for core in rivals)])
    return f"the least time in ns, and how many times faster Gossamer is\n{table(rows)}"
