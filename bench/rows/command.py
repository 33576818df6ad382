"""The keyed rows of the js-framework-benchmark, side by side in one Chromium."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Any

from bench.browser import chromium
from bench.rows.measuring import VARIANTS, Plan, measure, open_pages
from bench.rows.report import result_of, table_of


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--only",
        type=_variants,
        default=list(VARIANTS),
        metavar="A,B",
        help=f"some variants of {','.join(VARIANTS)}; vanilla is always there",
    )
    parser.add_argument("--runs", type=int, default=10, help="measured runs of each operation")
    parser.add_argument("--runs-10k", type=int, help="those of create10k; half of the others")
    parser.add_argument(
        "--hidden",
        action="store_true",
        help="with a table that is not displayed, so that script alone is left",
    )


def _variants(text: str) -> list[str]:
    names = text.split(",")
    unknown = [name for name in names if name not in VARIANTS]
    if unknown:
        raise ArgumentTypeError(f"no such variant: {', '.join(unknown)}")
    return [name for name in VARIANTS if name in names or name == "vanilla"]


def run(arguments: Namespace) -> dict[str, Any]:
    """Measure, print the table, and give back what `--json` says."""
    many = arguments.runs_10k or max(arguments.runs // 2, 1)
    plan = Plan(arguments.only, arguments.runs, many)
    with chromium(*plan.variants) as browser:
        pages = open_pages(browser, plan.variants, hidden=arguments.hidden)
        times = measure(browser, pages, plan)
    print(table_of(times))
    return result_of(times)
