"""The Vite plugin in a project of somebody else's: pages with CSS, JavaScript and Python."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent
VITE = ["node", str(ROOT / "node_modules" / "vite" / "bin" / "vite.js")]
FILES = {
    "package.json": '{"type": "module"}',
    "vite.config.js": f"import gossamer from '{(ROOT / 'wasm/vite-plugin/index.js').as_uri()}';\n"
    "export default { plugins: [gossamer()] };\n",
    "index.html": """<!doctype html><html><head><title>t</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="./style.css">
<script type="module" src="./gossamer/gossamer.js"></script></head>
<body><pre id="out"></pre><script type="module" src="./main.js"></script>
<script type="py" src="app.py" target="out" config="conf.toml"></script></body></html>""",
    "main.js": "document.documentElement.dataset.script = 'ran';",
    "style.css": "body { color: rgb(1, 2, 3) }",
    "conf.toml": '[files]\n"parts/part.py" = "part.py"\n',
    "app.py": "import part\nprint('part', part.NUMBER, end='')\n",
    "parts/part.py": "NUMBER = 1\n",
    "unused.py": "",
}


@pytest.fixture
def project(tmp_path) -> Path:
    """A Vite project that has never been built."""
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return tmp_path


def test_a_build_for_a_folder_of_the_server_holds_all_that_the_page_needs(page, project, site_of):
    subprocess.run([*VITE, "build", "--base=/sub/"], cwd=project, check=True, capture_output=True)

    with site_of(project / "dist", "sub/") as site:
        page.goto(site.url)
        page.get_by_text("part 1").wait_for()

    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(1, 2, 3)"
    assert page.evaluate("document.documentElement.dataset.script") == "ran"
    assert not (project / "dist" / "unused.py").exists()


@pytest.fixture
def vite(project):
    """`with vite("preview") as url:` runs one of Vite's servers for the project."""

    @contextmanager
    def serving(*words: str) -> Iterator[str]:
        command = [*VITE, *words, "--host", "127.0.0.1", "--port", "0"]
        with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True) as server:
            for line in server.stdout:
                if found := re.search(r"http://127\.0\.0\.1:\d+/", re.sub(r"\x1b\[\d*m", "", line)):
                    yield found[0]
                    break
            server.terminate()

    return serving


@pytest.fixture
def served(vite) -> Iterator[str]:
    """The address of the project's dev server."""
    with vite("--clearScreen", "false") as url:
        yield url


def test_a_preview_knows_the_type_of_python_and_the_slash_of_a_folder(project, vite):
    (project / "public" / "docs").mkdir(parents=True)
    (project / "public" / "docs" / "index.html").write_text("<title>docs</title>")
    subprocess.run([*VITE, "build"], cwd=project, check=True, capture_output=True)

    with vite("preview") as url:
        program = httpx.get(url + "app.py")
        folder = httpx.get(url + "docs?a=1", follow_redirects=True)

    assert program.headers["content-type"] == "text/x-python; charset=utf-8"
    assert folder.url == url + "docs/?a=1"
    assert "<title>docs</title>" in folder.text


def test_a_malformed_address_does_not_end_the_dev_server(served):
    malformed = httpx.get(served + "%zz")

    assert malformed.status_code == 404
    assert httpx.get(served).status_code == 200


def test_a_saved_python_file_reloads_the_page(page, project, served):
    page.goto(served)
    page.get_by_text("part 1").wait_for()

    (project / "parts" / "part.py").write_text("NUMBER = 2\n")

    page.get_by_text("part 2").wait_for()


def test_a_saved_module_is_swapped_and_signals_keep_what_they_hold(page, project, served):
    (project / "app.py").write_text(
        "import part\nfrom gossamer import Signal, mount\ncount = Signal(0)\n"
        "more = lambda: count.set(count() + 1)\n"
        "mount(t'<button on:click={more}>part {part.NUMBER}: {count}</button>')\n"
    )
    page.goto(served)
    page.get_by_role("button").click()
    page.get_by_text("part 1: 1").wait_for()

    (project / "parts" / "part.py").write_text("NUMBER = 2\n")

    page.get_by_text("part 2: 1").wait_for()


def test_what_is_a_servers_is_neither_built_nor_served(project, vite):
    function = (
        "from gossamer.server import server\n@server\nasync def f() -> str: return 'CANARY'\n"
    )
    (project / "app.py").write_text(function)
    (project / "parts" / "part.py").write_text("# gossamer: server-only\nCANARY = 1\n")

    subprocess.run([*VITE, "build"], cwd=project, check=True, capture_output=True)

    built = [path for path in (project / "dist").rglob("*") if path.is_file()]
    assert built
    assert not any(b"CANARY" in path.read_bytes() for path in built)
    with vite("--clearScreen", "false") as url:
        for name in ("app.py", "parts/part.py", f"@fs{project}/app.py"):
            assert httpx.get(f"{url}{name}").status_code == 404
