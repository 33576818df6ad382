"""Puts the DOM verbs into the wheel: for pages whose Python another loader has started."""

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VERBS = "gossamer/dom/verbs.js"


class VerbsHook(BuildHookInterface[Any]):
    """Bundles the verbs from `wasm/dom`; an sdist carries them, so that its wheel needs no Node."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the bundle to what is packed."""
        root = Path(self.root)
        if version == "editable" or (root / "py" / VERBS).is_file():
            return
        bundle = root / ".cache" / "verbs.js"
        bundle.parent.mkdir(exist_ok=True)
        subprocess.run(["node", root / "wasm/vite-plugin/write_verbs.mjs", bundle], check=True)
        inside = VERBS if self.target_name == "wheel" else f"py/{VERBS}"
        build_data["force_include"][str(bundle)] = inside
