"""Runs a benchmark by its name and prints a table."""

import argparse
import json

from bench.boot import command as boot
from bench.hydrate import command as hydrate
from bench.navigate import command as navigate
from bench.rows import command as rows
from bench.signals import command as signals
from bench.ssr import command as ssr

BENCHMARKS = {
    "boot": boot,
    "rows": rows,
    "navigate": navigate,
    "signals": signals,
    "hydrate": hydrate,
    "ssr": ssr,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="npm run bench --", description=__doc__)
    names = parser.add_subparsers(dest="name", required=True, metavar="NAME")
    for name, benchmark in BENCHMARKS.items():
        words = names.add_parser(name, help=benchmark.__doc__, description=benchmark.__doc__)
        words.add_argument("--json", action="store_true", help="end with one line of JSON")
        benchmark.add_arguments(words)
    arguments = parser.parse_args()
    result = BENCHMARKS[arguments.name].run(arguments)
    if arguments.json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
