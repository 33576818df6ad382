"""Pages on a server beside Jinja2 in Starlette, htpy, FastHTML and tdom."""

import asyncio
import gc
import hashlib
import importlib
import os
import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

import html5lib

from bench.table import table

VARIANTS = ("gossamer", "jinja2", "htpy", "fasthtml", "tdom")
PAGES = ("table", "small")
AT_ONCE = {"table": 1, "small": 50}
"""How many requests one measurement takes, so that the clock is fine enough."""
ROOT = Path(__file__).resolve().parents[2]
LOCK = Path(__file__).with_name("rivals.lock")

type Times = dict[str, dict[str, float]]  # seconds for a request, by page and variant


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=40, help="measurements of each page")


def run(arguments: Namespace) -> dict[str, Any]:
    """Measure, print the table, and give back what `--json` says."""
    apps = load_apps()
    compare(apps)
    times = asyncio.run(measure(apps, arguments.rounds))
    print(table_of(times))
    return result_of(times)


def load_apps() -> dict[str, Any]:
    """The ASGI apps; the rivals come from a folder of their own."""
    sys.path.insert(0, str(provide()))
    return {name: importlib.import_module(f"bench.ssr.in_{name}").app for name in VARIANTS}


def provide() -> Path:
    """The folder of the rivals, installed by their locked hashes if they are not there."""
    key = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    folder = ROOT / ".cache" / "bench" / f"ssr-{key}"
    if not folder.is_dir():
        part = folder.with_suffix(f".{os.getpid()}")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        wanted = ["--no-deps", "--require-hashes", "--target", part, "--requirement", LOCK]
        subprocess.run([*pip, *wanted], check=True)
        part.rename(folder)
    return folder


async def ask(app: Any, page: str) -> bytes:
    """The body of a page, asked of an app in this process."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": f"/{page}",
        "raw_path": f"/{page}".encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"test")],
        "client": ("127.0.0.1", 1),
        "server": ("test", 80),
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    assert sent[0]["status"] == 200, f"/{page} answered with {sent[0]['status']}"
    return b"".join(message.get("body", b"") for message in sent)


def compare(apps: dict[str, Any]) -> None:
    """Refuse to measure pages that do not show the same."""
    for page in PAGES:
        shown = {name: outline(asyncio.run(ask(app, page))) for name, app in apps.items()}
        for name, text in shown.items():
            if text != shown["gossamer"]:
                raise AssertionError(f"the {page} of {name} is another one")


def outline(body: bytes) -> list[str]:
    """The tags, attributes and texts of a page, without space between tags."""
    walker = html5lib.getTreeWalker("etree")
    tree = html5lib.parse(body, treebuilder="etree", transport_encoding="utf-8")
    found: list[str] = []
    text = ""
    for token in walker(tree):
        if token["type"] in ("Characters", "SpaceCharacters"):
            text += token["data"]
            continue
        if text.strip():
            found.append(" ".join(text.split()))
        text = ""
        if token["type"] in ("StartTag", "EmptyTag"):
            attributes = sorted((name[1], value) for name, value in token["data"].items())
            if token["name"] != "gs-e":  # the end of what a page is sent with
                found.append(f"<{token['name']} {attributes}>")
    return found


async def measure(apps: dict[str, Any], rounds: int) -> Times:
    """The median thread time of a request; in each round every app is asked, in turn."""
    spent: dict[tuple[str, str], list[float]] = {}
    for number in range(rounds + 2):
        for page in PAGES:
            names = VARIANTS[number % len(VARIANTS) :] + VARIANTS[: number % len(VARIANTS)]
            for name in names:
                gc.collect()  # nobody pays for what others have left
                before = time.thread_time()
                for _ in range(AT_ONCE[page]):
                    await ask(apps[name], page)
                passed = (time.thread_time() - before) / AT_ONCE[page]
                if number > 1:  # those before warm up
                    spent.setdefault((page, name), []).append(passed)
    return {
        page: {name: statistics.median(spent[page, name]) for name in VARIANTS} for page in PAGES
    }


def result_of(times: Times) -> dict[str, Any]:
    """How many times as fast Gossamer is, and how long it takes in milliseconds."""
    return {
        page: {
            "ms": round(own["gossamer"] * 1e3, 3),
            **{f"vs_{name}": round(own[name] / own["gossamer"], 2) for name in VARIANTS[1:]},
        }
        for page, own in times.items()
    }


def table_of(times: Times) -> str:
    rivals = VARIANTS[1:]
    rows = [["page", *VARIANTS, *(f"vs {name}" for name in rivals)]]
    for page, own in times.items():
        spent = [f"{own[name] * 1e3:.3f}" for name in VARIANTS]
        rows.append([page, *spent, *(f"{own[name] / own['gossamer']:.2f}" for name in rivals)])
    return f"ms of thread time for a request, and how many times as fast Gossamer is\n{table(rows)}"
