"""Every scenario of routing, pages and server functions has its number at a test that proves it.

A docstring of a test begins with the numbers of what it proves: `R` links, `N` races, `F` forms,
`S` pages of a server, `T` parts of them, `H` hydration, `E` early events, `I` islands, `G` static
builds, `P` server functions.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.cpython("the sources of all tests are not in a page")

ROOT = Path(__file__).resolve().parents[2]
LAST = {"R": 29, "N": 11, "F": 13, "S": 16, "T": 12, "H": 12, "E": 9, "I": 5, "G": 7, "P": 24}
PLACES = [
    *("e2e/test_router*.py", "e2e/test_loader.py", "e2e/test_boot_faults.py"),
    *("e2e/test_hydration.py", "e2e/test_streams.py", "e2e/test_prerender.py"),
    *("e2e/test_server*.py", "e2e/test_ssr_data.py", "e2e/test_xss_data.py"),
    *(f"py/tests/{room}/*.py" for room in ("asgi", "http", "router", "server", "server_fn", "ssr")),
    *("py/tests/cli/test_prerender.py", "py/tests/cli/test_split*.py"),
    "py/tests/dom/test_hydration.py",
]
"""Where the scenarios are proved; tests elsewhere count by other lists."""

MISSING = {
    "S2": "the kinds of views and random trees are compared, and not all examples",
    "S7": "a text that comes into a hole of <tr> is not refused; what is written in a template is",
    "T6": "no page is sent in slices of a kilobyte while Python is there already",
    "T7": "no page is taken over while a part of it is still to come",
    "T9": "no proxy stands between; that parts ask for no buffering is proved with S1",
    "E5": "fields are filled in by a script, and no page comes back from the browser's memory",
    "I5": "islands end with their page: there is no navigation that keeps Python",
    "G3": "a build in another folder than its own finds no script that could say so; that all"
    " addresses are below the base is proved in test_prerender.py",
    "P24": "there is no `prerender=True`; what else it says is proved in test_split_outputs.py",
}
"""What no test proves, or not all of it."""


def numbers() -> Iterator[str]:
    """The numbers with which the docstrings of the tests begin."""
    for path in [path for place in PLACES for path in ROOT.glob(place)]:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                told = re.match(r"[A-Z]\d+(, [A-Z]\d+)*\b", ast.get_docstring(node) or "")
                yield from told[0].split(", ") if told else ()


def test_what_no_test_proves_is_known() -> None:
    scenarios = {f"{kind}{number + 1}" for kind, last in LAST.items() for number in range(last)}

    assert all(list(ROOT.glob(place)) for place in PLACES)
    assert scenarios - {*numbers()} == MISSING.keys()
