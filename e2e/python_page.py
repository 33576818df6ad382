"""A page with Python in it, straight from the sources: for promises that no app shows."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from .server import Site

ROOT = Path(__file__).resolve().parent.parent
INDEX = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Python</title>
<body><script type="module">
import { loadPyodide } from './pyodide.mjs';
import * as dom from './dom/index.js';
const python = await loadPyodide();
python.registerJsModule('_gossamer', dom);
python.unpackArchive(await (await fetch('./package.zip')).arrayBuffer(), 'zip', {
  extractDir: '/package',
});
python.runPython("import sys; sys.path.insert(0, '/package')");
Object.assign(window, { python, dom });
</script></body></html>"""
SETUP = """
import sys
sys.setrecursionlimit(4_000)
from gossamer import *
from gossamer.elements import p
from pyodide.ffi import to_js
import js

apps = []
told = []

def show(view, target=None):
    apps.append(mount(view, target))
    return apps[-1]

def clear():
    for app in reversed(apps):
        app.unmount()
    apps.clear()
    told.clear()

def tell(word):
    return lambda: told.append(word)
"""
SETTLE = "new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 30))"
COUNTS = """() => {
  const module = python._module;
  module.__clear_method_call_singleton?.();
  module._clear_method_call_singleton?.();
  python.runPython(`
import gc
gc.collect()`);
  return {
    proxies: module.pyproxy_alloc_map ? module.pyproxy_alloc_map.size : 0,
    references: module.__hiwire_num_refs ? module.__hiwire_num_refs() : 0,
    held: dom.held(),
    objects: python.runPython('len(gc.get_objects())'),
  };
}"""


class PythonPage:
    """A page of Chromium in which Python runs what a test hands over."""

    def __init__(self, page: Page, errors: list[str], site: Site) -> None:
        self.page = page
        self.site = site
        self.url = page.url
        self.errors = errors
        self.session: CDPSession = page.context.new_cdp_session(page)

    def run(self, code: str) -> Any:
        """Run Python, top-level await included; the value of its last expression."""
        return self.page.evaluate(
            """async (code) => {
              const value = await python.runPythonAsync(code).catch((error) => {
                error.stack = error.message;
                throw error;
              });
              return value?.toJs ? value.toJs({ dict_converter: Object.fromEntries }) : value;
            }""",
            dedent(code),
        )

    def js(self, code: str, argument: object = None) -> Any:
        """Run JavaScript: an expression or a function."""
        return self.page.evaluate(code, argument)

    def settle(self) -> None:
        """Let tasks, microtasks and a frame pass."""
        self.page.evaluate(SETTLE)

    def counts(self) -> dict[str, int]:
        """What lives in the page, after all garbage is gone."""
        found = {}
        for _ in range(3):
            found = self.page.evaluate(COUNTS)
            self.session.send("HeapProfiler.collectGarbage")
            self.settle()
        counters = self.session.send("Memory.getDOMCounters")
        return found | {
            "nodes": counters["nodes"],
            "listeners": counters["jsEventListeners"],
        }


def sources() -> bytes:
    """The package, as it is in the tree at this moment."""
    held = io.BytesIO()
    folder = ROOT / "py"
    with zipfile.ZipFile(held, "w") as archive:
        for path in sorted(folder.glob("gossamer/**/*.py")):
            archive.write(path, path.relative_to(folder).as_posix())
    return held.getvalue()


@contextmanager
def open_python(
    browser: Browser, files: dict[str, str | bytes] | None = None
) -> Iterator[PythonPage]:
    """Boot Python in a page of its own, beside which `files` are served."""
    with Site(ROOT / "node_modules" / "pyodide").running() as site:
        site.put("index.html", INDEX)
        site.put("package.zip", sources())
        for path in (ROOT / "wasm" / "dom").glob("*.js"):
            site.put(f"dom/{path.name}", path.read_text("utf-8"))
        for name, content in (files or {}).items():
            site.put(name, content)
        context = browser.new_context()
        page = context.new_page()
        errors: list[str] = []
        page.on("console", lambda message: message.type == "error" and errors.append(message.text))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(site.url)
        page.wait_for_function("window.python", timeout=60_000)
        yield PythonPage(page, errors, site)
        context.close()


def shared_page(browser: Browser) -> Iterator[PythonPage]:
    """A page for all tests of a module, for a fixture of theirs to yield."""
    with open_python(browser) as python:
        python.run(SETUP)
        yield python


def emptied(shared: PythonPage, expected: list[str]) -> Iterator[PythonPage]:
    """A page with Python, as empty before a test as after it."""
    shared.errors.clear()
    yield shared
    shared.run("clear()")
    left = shared.js("[...document.body.childNodes].filter((n) => n.localName !== 'script').length")
    shared.js("document.querySelectorAll('body > :not(script)').forEach((n) => n.remove())")
    assert left == 0
    assert shared.js("dom.held()") == 0
    assert shared.run("from gossamer.dom.events import HANDLERS; len(HANDLERS)") == 0
    unexpected = [e for e in shared.errors if not any(re.search(p, e) for p in expected)]
    assert not unexpected, "\n".join(unexpected)
