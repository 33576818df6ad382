"""Puts the runtime of pages into the wheel: what Node makes, so that its users need no Node.

`GOSSAMER_WHEEL=page` makes the wheel that pages load, without it and without the command line.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGE_TAG = "py3-none-pyemscripten_2026_0_wasm32"
ELSEWHERE = [
    f"py/gossamer/{name}"
    for name in (
        "__main__.py",
        "asgi",
        "cli",
        "http",
        "server_fn/endpoint",
        "serving",
        "ssr",
        "swap",
        "testing",
        "workers/processes.py",
        "wsgi",
    )
]
"""What no page needs, as `wasm/vite-plugin/package.js` has it too."""

VERBS = "gossamer/dom/verbs.js"


def node() -> str:
    """The Node on PATH."""
    found = shutil.which("node")
    if found is None:
        raise RuntimeError(
            "The wheel carries what pages load, and that is made by Node.\n"
            "Why: There is no node on PATH.\n"
            "Fix: Install Node 20 or newer, or install a wheel that is built already."
        )
    return found


class RuntimeHook(BuildHookInterface):
    """Runs for wheels and sdists; an editable install finds the runtime in the sources."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the runtime and have it taken along, or leave all of that out."""
        if version == "editable":
            return
        root, include = Path(self.root), build_data["force_include"]
        if self.target_name == "sdist":
            pass  # its wheel has the runtime made
        elif os.environ.get("GOSSAMER_WHEEL") == "page":
            build_data["tag"] = PAGE_TAG
            self.build_config.target_config.update({"exclude": ELSEWHERE, "force-include": {}})
        else:
            folder = root / ".cache" / "wheel-runtime"
            subprocess.run([node(), root / ".ci" / "runtime.mjs", folder], cwd=root, check=True)
            include[str(folder)] = "gossamer/cli/runtime"
            for name in ("image", "offline"):  # what makes images, and what that imports
                if (root / "wasm" / name).is_dir():
                    include[str(root / "wasm" / name)] = f"gossamer/cli/maker/{name}"
        verbs = root / "wasm" / "vite-plugin" / "write_verbs.mjs"  # for other loaders than ours
        if verbs.is_file() and not (root / "py" / VERBS).is_file():
            bundle = root / ".cache" / "verbs.js"
            bundle.parent.mkdir(exist_ok=True)
            subprocess.run([node(), verbs, bundle], cwd=root, check=True)
            include[str(bundle)] = VERBS if self.target_name == "wheel" else f"py/{VERBS}"
