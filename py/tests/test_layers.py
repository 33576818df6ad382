"""The house rules: imports go down, one file names JavaScript, files stay small."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "py" / "gossamer"
pytestmark = pytest.mark.cpython("reads the repository, not the interpreter")

ROOMS = {
    "errors": set(),
    "values": set(),
    "fields": set(),
    "reactive": {"errors", "values"},
    "template": {"errors", "values"},
    "http": {"errors"},
    "host": {"reactive", "errors", "values"},
    "view": {"reactive", "template", "errors", "values"},
    "elements": {"view", "reactive", "template", "errors", "values"},
    "meta": {"view", "host", "reactive", "template", "errors", "values"},
    "server_fn": {"http", "fields", "host", "reactive", "errors", "values"},
    "router": {"view", "host", "reactive", "template", "fields", "errors", "values"},
    "dom": {"view", "host", "reactive", "template", "errors", "values"},
    "ssr": {"view", "host", "reactive", "template", "errors", "values"},
    "server": {
        "ssr",
        "router",
        "server_fn",
        "http",
        "dom",
        "view",
        "host",
        "reactive",
        "template",
        "fields",
        "errors",
        "values",
    },
    "testing": {"dom", "view", "host", "reactive", "template", "errors", "values"},
    "workers": {"dom", "reactive", "errors"},
    "swap": {"dom", "view", "host", "reactive", "template", "errors", "values"},
    "serving": {
        "server_fn",
        "ssr",
        "http",
        "view",
        "host",
        "reactive",
        "template",
        "errors",
        "values",
    },
    "asgi": {"serving", "http", "errors"},
    "wsgi": {"serving", "http", "errors"},
    "cli": {
        "asgi",
        "wsgi",
        "serving",
        "http",
        "testing",
        "router",
        "ssr",
        "dom",
        "view",
        "host",
        "reactive",
        "template",
        "errors",
        "values",
    },
    "__main__": {"cli"},
}
BROWSER_ROOMS = (
    "errors",
    "values",
    "fields",
    "reactive",
    "template",
    "host",
    "view",
    "elements",
    "dom",
    "meta",
    "router",
    "server",
    "workers",
)
DEAR = {"dataclasses", "urllib.parse", "html", "html.parser"}
FOR_TESTS = {"pytest", "playwright"}
PLUGIN = [PACKAGE / "testing" / name for name in ("plugin.py", "browser.py")]
JAVASCRIPT = {"js", "pyodide", "pyodide_js", "_gossamer"}


def room_of(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def modules() -> list[Path]:
    return sorted(
        path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem != "__init__"
    )


def imports_of(path: Path) -> list[str]:
    """Everything that a file imports, in functions and for types only as well."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    room = room_of(path)
    assert room in ROOMS, f"{room} is no room of the house: give it a floor"

    for name in imports_of(path):
        top, _, rest = name.partition(".")
        if top == "gossamer":
            other = rest.partition(".")[0]
            assert other == room or other in ROOMS[room], f"{room} may not import {name}"
        if top in JAVASCRIPT:
            assert path == PACKAGE / "dom" / "bridge.py", f"only dom/bridge.py names {top}"
        if top in FOR_TESTS:
            assert path in PLUGIN, f"{top} is imported for tests only, by {PLUGIN[0].name}"
        if room in BROWSER_ROOMS:
            assert name not in DEAR, f"{name} is dear to import in a browser"


def test_the_house_has_the_rooms_and_floors_that_its_page_says() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = {}
    floors: dict[str, int] = {}
    for floor, room, allowed in re.findall(
        r"^\| (\d) \| `(\w+)` \| .* \| ([\w, ]+) \|$", page, re.MULTILINE
    ):
        told[room] = set(allowed.split(", ")) - {"nothing"}
        floors[room] = int(floor)

    here = {room_of(path) for path in modules()}
    assert told == {room: ROOMS[room] & here for room in here}
    for room, allowed in told.items():
        assert all(floors[other] < floors[room] for other in allowed), room


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_runs_text_as_code(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            assert name not in {"eval", "exec", "run_js"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_are_short_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert text.count("\n") <= 400
    assert ast.get_docstring(ast.parse(text)), "a file says its one idea first"


SCRIPTS = [*sorted((ROOT / "wasm").rglob("*.js")), *sorted((ROOT / "docs" / "site").glob("*.js"))]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_javascript_files_are_short(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 200


def test_the_verbs_are_the_same_on_all_sides() -> None:
    from gossamer.dom.bridge import Verbs
    from gossamer.testing.page import FakePage

    exported = (ROOT / "wasm" / "dom" / "index.js").read_text(encoding="utf-8")
    for verb in Verbs.__slots__:
        assert hasattr(FakePage, verb), f"the page of tests lacks {verb}"
        assert f" {verb}," in exported or f" {verb} " in exported or f"  {verb}," in exported


def test_every_error_has_its_page() -> None:
    from gossamer import errors

    for kind in vars(errors).values():
        if (
            isinstance(kind, type)
            and issubclass(kind, errors.GossamerError)
            and kind is not errors.GossamerError
        ):
            assert (ROOT / "docs" / "errors" / f"{kind.code}.md").is_file(), kind.__name__
