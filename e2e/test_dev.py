"""`gossamer dev`: a saved file is in the living page at once, and what signals hold stays."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).resolve().parent.parent
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "connect-src 'self'; img-src 'self' data:"
)
FILES = {
    "index.html": f"""<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="content-security-policy" content="{POLICY}">
  <title>Dev</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="style.css">
</head>
<body>
<div id="app"></div>
<script type="py" src="app.py"></script>
</body>
</html>
""",
    "style.css": "h1 { color: rgb(1, 2, 3) }\n",
    "app.py": """from gossamer import component, mount, signal, view
from parts.cards import Card


@component
def App():
    name, set_name = signal("Ada")
    return view(t\"\"\"
        <h1>Hello {name}</h1>
        <input aria-label="Name" bind:value={(name, set_name)}>
        <{Card} title="One" />
        <{Card} title="Two" />
    \"\"\")


mount(App(), "#app")
""",
    "parts/__init__.py": "",
    "parts/cards.py": """from gossamer import component, signal
from parts.words import WORD


@component
def Card(title):
    count, set_count = signal(0)

    def more():
        set_count(count() + 1)

    return t"<button on:click={more}>{WORD} {title}: {count}</button>"
""",
    "parts/words.py": 'WORD = "Card"\n',
    "tests/test_app.py": "def test_nothing():\n    assert 1\n",
}


class Dev:
    """An app's folder, the server that follows it, and a page that is open on it."""

    def __init__(self, folder: Path, page: Page, server: subprocess.Popen[str]) -> None:
        self.folder = folder
        self.page = page
        self.server = server
        self.said: list[str] = []
        self.loads = 0
        page.on("console", lambda message: self.said.append(message.text))
        page.on("load", self._count)

    def _count(self, _page: object) -> None:
        self.loads += 1

    def save(self, name: str, old: str, new: str) -> None:
        """Replace a text in a file, as an editor would."""
        file = self.folder / name
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))

    def button(self, name: str):
        return self.page.get_by_role("button", name=re.compile(name))

    def swapped(self) -> float:
        """Wait until the page says that it has swapped something; the milliseconds it took."""
        found = None

        def told() -> bool:
            nonlocal found
            found = re.search(r"swapped .+ in (\d+) ms", "\n".join(self.said))
            return found is not None

        for _ in range(600):
            if told():
                break
            self.page.wait_for_timeout(50)  # the console is heard while the page is asked
        assert found, self.said
        self.said.clear()
        return float(found[1])


@pytest.fixture(scope="module")
def dev(browser: Browser, tmp_path_factory) -> Iterator[Dev]:
    """One server and one page for all tests here: what one leaves, the next one begins with."""
    folder = tmp_path_factory.mktemp("dev") / "app"
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    environment = os.environ | {"PYTHONPATH": str(ROOT / "py"), "PYTHONUNBUFFERED": "1"}
    with socket.socket() as taken, contextlib.closing(browser.new_context()) as context:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "gossamer.cli", "dev", folder, "--port", str(port)]
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as server:
            url, said = "", ""
            for line in server.stdout:
                said += line
                if found := re.search(r"http://localhost:(\d+)/", line):
                    url = f"http://127.0.0.1:{found[1]}/"
                    break
            assert url, said
            assert f"Port {port} is taken" in said
            context.set_default_timeout(60_000)
            page = context.new_page()
            dev = Dev(folder, page, server)
            page.goto(url)
            page.locator("html[data-gossamer=ready]").wait_for()  # its policy lets no text be run
            yield dev
            server.kill()


def test_a_saved_component_is_swapped_and_the_signals_keep_what_they_hold(dev, capsys):
    dev.button("One").click()
    dev.button("Two").click()
    dev.button("Two").click()
    dev.page.get_by_label("Name").fill("Grace")
    loads = dev.loads
    times = []

    for old, new in (("Hello", "Goodbye"), ("Goodbye", "Hello"), ("Hello", "Welcome")):
        dev.save("app.py", f"<h1>{old}", f"<h1>{new}")
        expect(dev.page.get_by_role("heading")).to_have_text(f"{new} Grace")
        times.append(dev.swapped())

    assert dev.loads == loads
    expect(dev.button("One")).to_have_text("Card One: 1")
    expect(dev.button("Two")).to_have_text("Card Two: 2")
    expect(dev.page.get_by_label("Name")).to_be_focused()
    with capsys.disabled():
        print(f"\nfrom save to seen: {', '.join(f'{each:.0f} ms' for each in times)}")


def test_a_saved_module_is_swapped_with_those_that_import_it(dev):
    dev.save("parts/words.py", "Card", "Sheet")

    expect(dev.button("Two")).to_have_text("Sheet Two: 2")
    dev.swapped()


def test_a_new_component_in_a_new_module_appears(dev):
    (dev.folder / "parts" / "notes.py").write_text(
        "from gossamer import component\n\n\n@component\ndef Note():\n    return t'<p>A note</p>'\n"
    )
    dev.save(
        "app.py",
        "from parts.cards import Card",
        "from parts.cards import Card\nfrom parts.notes import Note",
    )
    dev.save("app.py", "<h1>", "<{Note} /><h1>")

    dev.page.get_by_text("A note").wait_for()
    expect(dev.button("Two")).to_have_text("Sheet Two: 2")
    dev.swapped()


def test_a_saved_style_sheet_is_exchanged(dev):
    loads = dev.loads

    dev.save("style.css", "rgb(1, 2, 3)", "rgb(4, 5, 6)")

    expect(dev.page.get_by_role("heading")).to_have_css("color", "rgb(4, 5, 6)")
    assert dev.loads == loads
    assert dev.page.locator("link[rel=stylesheet]").count() == 1
    expect(dev.button("Two")).to_have_text("Sheet Two: 2")
    dev.swapped()


def test_broken_source_is_shown_over_the_page_until_it_is_mended(dev):
    dev.save("app.py", "def App():", "def App(:")

    overlay = dev.page.get_by_role("dialog", name=re.compile("SyntaxError"))
    overlay.wait_for()
    assert "app.py, line 7" in overlay.inner_text()
    assert "def App(:" in overlay.inner_text()
    dev.save("app.py", "def App(:", "def App():")

    overlay.wait_for(state="detached")
    expect(dev.button("Two")).to_have_text("Sheet Two: 2")
    dev.swapped()


def test_a_module_that_fails_leaves_the_page_as_it_was(dev):
    dev.save("app.py", 'mount(App(), "#app")', 'mount(Ap(), "#app")')

    overlay = dev.page.get_by_role("dialog", name=re.compile("name 'Ap' is not defined"))
    overlay.wait_for()
    assert "Did you mean: 'App'?" in overlay.inner_text()
    dev.page.keyboard.press("Escape")
    overlay.wait_for(state="detached")
    dev.button("Two").click()
    expect(dev.button("Two")).to_have_text("Sheet Two: 3")
    dev.save("app.py", 'mount(Ap(), "#app")', 'mount(App(), "#app")')

    dev.swapped()
    expect(dev.button("Two")).to_have_text("Sheet Two: 3")


def test_an_error_in_a_component_says_where_it_stands(dev):
    dev.save("parts/cards.py", "    count, set_count", "    title.nothing\n    count, set_count")

    overlay = dev.page.get_by_role("dialog", name=re.compile("AttributeError"))
    overlay.wait_for()
    assert "parts/cards.py, line 7" in overlay.inner_text()
    assert "In App > Card" in overlay.inner_text()
    assert "And 1 more after it" in overlay.inner_text()
    dev.save("parts/cards.py", "    title.nothing\n", "")

    overlay.wait_for(state="detached")
    dev.swapped()
    expect(dev.button("Two")).to_have_text("Sheet Two: 3")


def test_a_wrong_template_says_what_to_write(dev):
    dev.save("app.py", "</h1>", "")

    overlay = dev.page.get_by_role("dialog", name=re.compile("TemplateSyntaxError"))
    overlay.wait_for()
    assert "app.py, line 10, column 19" in overlay.inner_text()
    assert "Add </h1>." in overlay.inner_text()
    dev.save("app.py", "{name}\n", "{name}</h1>\n")

    overlay.wait_for(state="detached")
    dev.swapped()
    expect(dev.page.get_by_role("heading")).to_have_text("Welcome Grace")
    expect(dev.button("Two")).to_have_text("Sheet Two: 3")


def test_another_file_loads_the_page_anew(dev):
    with dev.page.expect_event("load"):
        dev.save("index.html", "<title>Dev</title>", "<title>Another</title>")

    expect(dev.page).to_have_title("Another")
    expect(dev.button("Two")).to_have_text("Sheet Two: 0")


def test_a_page_that_began_with_an_error_comes_to_life_when_it_is_mended(dev):
    dev.save("parts/words.py", "WORD = ", "WORD == ")
    overlay = dev.page.get_by_role("dialog", name=re.compile("NameError"))
    overlay.wait_for()
    dev.page.reload()
    overlay.wait_for()
    assert "parts/words.py, line 1" in overlay.inner_text()
    dev.page.locator(".gossamer-error").wait_for()

    dev.save("parts/words.py", "WORD == ", "WORD = ")

    expect(dev.button("Two")).to_have_text("Sheet Two: 0")
    expect(overlay).to_have_count(0)
    expect(dev.page.locator(".gossamer-error")).to_have_count(0)


def test_the_terminal_says_what_a_page_cannot_show(dev):
    dev.said.clear()
    dev.save("app.py", "Welcome {name}", "Welcome {name()}")
    dev.swapped()
    dev.save("app.py", "Welcome {name()}", "Welcome {name}")
    dev.swapped()


def test_ctrl_c_ends_it_quietly(dev):
    dev.server.send_signal(signal.SIGINT)
    rest = dev.server.stdout.read()

    assert dev.server.wait(20) == 0
    assert re.search(r"swapped app\.py in \d+ ms", rest)
    assert "frozen-read: name() is read once, so the page will not follow it." in rest
    assert rest.rstrip().endswith("Stopped.")
    assert "Traceback" not in rest


def test_tests_for_a_browser_run_on_a_build(tmp_path):
    (tmp_path / "app.py").write_text("print('built')\n")
    (tmp_path / "e2e").mkdir()
    (tmp_path / "e2e" / "test_built.py").write_text(
        "from pathlib import Path\n\n\n"
        "def test_it_is_built():\n    assert Path('dist/index.html').is_file()\n"
    )

    done = subprocess.run(
        [sys.executable, "-m", "gossamer.cli", "test", "--browser", "-q"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT / "py")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "1 passed" in done.stdout) == (0, True), done.stdout + done.stderr
