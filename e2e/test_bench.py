"""The pages of the benchmarks do what is asked of them, and one that cheats is told."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page

from bench.boot import command as boot
from bench.browser import stage
from bench.hydrate import command as hydrate
from bench.navigate import command as navigate
from bench.rows.measuring import VARIANTS, equip
from bench.signals.command import measure_in, result_of

from .server import Site

CHEATS = {
    "a row is built anew when two are swapped": (
        "swaprows",
        "(rows) => rows[1].replaceWith(rows[1].cloneNode(true))",
        "node of row 1 is the one it was: false",
    ),
    "rows are used again for others": (
        "run",
        """(rows, old) => {
          if (!old.length) return;
          old[0].innerHTML = rows[0].innerHTML;
          rows[0].replaceWith(old[0]);
        }""",
        "node of row 0 is an old one",
    ),
    "a label stays as it was": (
        "update",
        "(rows) => { rows[500].cells[1].firstChild.textContent = 'a b c'; }",
        "label of row 500",
    ),
    "two rows are chosen": (
        "swaprows",
        "(rows) => { rows[5].className = 'danger'; }",
        "class of row 5",
    ),
    "the markup is another one": (
        "run",
        "(rows) => rows[rows.length - 1].cells[3].remove()",
        "markup of a row",
    ),
}


@pytest.fixture(scope="module")
def bench_pages():
    """The pages of all benchmarks on a server."""
    ways = [f"navigate-{name}" for name in navigate.VARIANTS]
    with Site(stage(*VARIANTS, "signals", "boot", "hydrate", *ways)).running() as site:
        yield site


@pytest.fixture
def open_variant(page: Page, bench_pages) -> Callable[[str], Page]:
    """`open_variant("vanilla")`: its page, with the judge in it, and a table that needs no layout."""

    def open_(variant: str) -> Page:
        equip(page, hidden=True)
        page.goto(f"{bench_pages.url}frameworks/keyed/{variant}/index.html")
        page.wait_for_function("bench.is_ready()")
        return page

    return open_


@pytest.mark.parametrize("variant", VARIANTS)
def test_page_does_every_operation(variant, open_variant, expected_errors):
    if variant == "wybthon":
        expected_errors.append("404")  # its build preloads a URL that does not exist

    page = open_variant(variant)

    page.evaluate("bench.check()")
    assert page.locator("tbody tr").count() == 10_000


@pytest.mark.parametrize("cheat", CHEATS)
def test_page_that_cheats_is_told(cheat, open_variant):
    button, change, message = CHEATS[cheat]
    page = open_variant("vanilla")
    page.evaluate(f"""() => {{
      const rows = () => [...document.querySelector('tbody').rows];
      let old = [];
      addEventListener('click', () => {{ old = rows(); }}, {{ capture: true }});
      addEventListener('click', ({{ target }}) => {{
        if (target.id === '{button}') ({change})(rows(), old);
      }});
    }}""")

    with pytest.raises(Error, match=message):
        page.evaluate("bench.check()")


def test_entry_answers_real_clicks(page: Page, bench_pages):
    page.goto(f"{bench_pages.url}frameworks/keyed/gossamer/index.html")

    page.locator("#add").click()
    page.locator("tbody > tr:nth-of-type(5) > td:nth-of-type(2) > a").click()
    page.locator("tbody > tr:nth-of-type(4) > td:nth-of-type(3) > a > span").click()

    assert page.locator("tbody > tr").count() == 999
    assert page.locator("tbody > tr.danger > td").first.inner_text() == "5"


def test_signals_are_measured_and_seen(page: Page, bench_pages):
    page.goto(f"{bench_pages.url}signals/index.html")

    result = result_of(measure_in(page, rounds=1))

    assert result["write_effect"].keys() == {"ns", "vs_reaktiv", "vs_signified"}
    assert result["write_effect"]["ns"] > 0


def test_pages_on_a_server_are_measured():
    words = [sys.executable, "-m", "bench", "ssr", "--json", "--rounds", "1"]
    environment = {**os.environ, "PYTHONPATH": "py"}
    done = subprocess.run(words, check=True, capture_output=True, text=True, env=environment)

    result = json.loads(done.stdout.splitlines()[-1])
    assert result.keys() == {"table", "small"}
    rivals = {"vs_jinja2", "vs_htpy", "vs_fasthtml", "vs_tdom"}
    assert all(page.keys() == {"ms", *rivals} for page in result.values())


def test_hydration_of_rows_is_measured_in_few_calls(page: Page, bench_pages):
    page.goto(f"{bench_pages.url}hydrate/index.html")

    result = hydrate.result_of(hydrate.measure_in(page, 1))

    assert result["crossings"] <= 5
    assert result["lost"] == 0


@pytest.mark.parametrize("variant", boot.VARIANTS)
def test_a_start_is_measured(context, bench_pages, variant):
    wall = boot.visit(bench_pages.url, context, variant, f"cold {variant} 0")

    assert wall > 0


def test_a_start_is_compared_in_main_thread_time():
    def times(main: float) -> boot.Times:
        return boot.Times(main=[main, 9 * main, main], wall=[1.0])

    visits = {
        kind: dict(zip(boot.VARIANTS, map(times, (2, 10, 12)), strict=True))
        for kind in ("cold", "warm")
    }
    sizes = {
        "a": {"brotli": 1, "gzip": 2, "plain": 3},
        "b": {"brotli": 10, "gzip": 20, "plain": 30},
    }

    result = boot.result_of(visits, sizes)

    assert result["cold"]["speedup"] == result["warm"]["speedup"] == 5
    assert result["bytes"]["brotli"] == 11


@pytest.mark.parametrize("variant", navigate.VARIANTS)
def test_a_page_is_navigated_and_looked_at(variant, page: Page, bench_pages):
    page.add_init_script(path=navigate.HARNESS)
    page.goto(f"{bench_pages.url}navigate/{variant}/")
    page.wait_for_function("bench.is_ready()")

    page.evaluate("bench.measure('item', 7, 'label')")
    page.evaluate("bench.measure('list', 7, 'label')")
    assert page.locator("#main li").count() == 30
    page.evaluate(
        """() => new MutationObserver((_, observer) => {
          const [first] = document.querySelectorAll('#main p');
          if (first) observer.disconnect();
          first?.remove();
        }).observe(document.getElementById('main'), { childList: true, subtree: true })"""
    )
    with pytest.raises(Error, match=r"p of /navigate/.* is Comment 2"):
        page.evaluate("bench.measure('item', 8, 'label')")
