"""The unit tests again, inside the interpreter of the page."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PLACES = [
    "dom",
    "reactive",
    "server_fn/test_codec.py",
    "template",
    "view",
    "test_elements.py",
    "test_fields.py",
    "test_values.py",
]


def test_the_unit_tests_pass_inside_pyodide(tmp_path):
    wheels = subprocess.run(
        [sys.executable, ".ci/provide.py", "wheels"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout.strip()
    report = tmp_path / "report.json"
    words = [*(f"py/tests/{place}" for place in PLACES), "-q", "--tb=line"]

    done = subprocess.run(
        ["node", ".ci/pyodide-tests.mjs", wheels, str(report), *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"NODE_NO_WARNINGS": "1"},
    )

    print(done.stdout[-4000:])
    assert report.is_file(), "the session did not end"
    told = json.loads(report.read_text())
    assert told["failures"] == []
    assert done.returncode == 0
    assert told["passed"] > 0
