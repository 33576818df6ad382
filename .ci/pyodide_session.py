"""Runs pytest inside Pyodide and tells what failed; its last expression is the function to call.

Pyodide's event loop is the page's, which Node cannot wait for, so a test's `asyncio.run` gets a
plain loop that needs no socket and no thread.
"""

import asyncio
import json
import os
import re
import sys
import time

sys.path[:0] = ["/repository/py", "/packages"]
os.chdir("/repository")

import pytest

LEFT_OUT = re.compile(r"^pytestmark = pytest\.mark\.cpython\(", re.MULTILINE)


class PlainLoop(asyncio.BaseEventLoop):
    """An event loop for timers and callbacks alone."""

    def __init__(self):
        super().__init__()
        self._selector = self

    def select(self, timeout):
        if timeout is None:
            raise RuntimeError("the loop would wait for ever: nothing is scheduled")
        time.sleep(max(timeout, 0))
        return []

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


def run(main, *, debug=None, loop_factory=PlainLoop):
    return asyncio.runners.run(main, debug=debug, loop_factory=loop_factory)


class Report:
    """Keeps what failed, and leaves out files that are for CPython as a whole."""

    def __init__(self):
        self.failures = []
        self.passed = 0
        self.left_out = []

    def pytest_ignore_collect(self, collection_path):
        if collection_path.suffix == ".py" and LEFT_OUT.search(collection_path.read_text()):
            self.left_out.append(collection_path.name)
            return True
        return None

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.failures.append([f"{report.nodeid} ({report.when})", report.longreprtext])
        elif report.when == "call" and report.passed:
            self.passed += 1

    def pytest_collectreport(self, report):
        if report.failed:
            self.failures.append([report.nodeid, report.longreprtext])

    def pytest_terminal_summary(self, terminalreporter):
        if self.left_out:
            names = ", ".join(sorted(self.left_out))
            terminalreporter.write_line(f"files for CPython only: {names}")


def session(words):
    asyncio._set_running_loop(None)
    asyncio.run = run
    asyncio.new_event_loop = asyncio.events.new_event_loop = PlainLoop
    report = Report()
    base = [
        "-o",
        "cache_dir=/tmp/pytest",
        "-p",
        "no:faulthandler",
        "-m",
        "not cpython",
        "--color=no",
    ]
    code = pytest.main([*base, *words], plugins=[report])
    told = {"passed": report.passed, "failures": report.failures}
    return [int(code), json.dumps(told)]


session
