"""Each error, provoked in a real page: it says what happened, where, why, and what to do."""

import re
from pathlib import Path

PAGES = sorted((Path(__file__).resolve().parent.parent / "docs" / "errors").glob("*.md"))
TOOLS = ("gossamer.cli", "gossamer.testing", "asyncio.run(", "gossamer.workers", "page.")
"""What an example needs that only a developer's own machine has, or that no page runs."""
NAMES = re.compile(r"app\.py|^In: ", re.MULTILINE)
"""An error names a file of the user's, or the components around it."""
DOCUMENT = """<!doctype html><html lang="en"><title>t</title>
<script type="module" src="../gossamer/gossamer.js" data-debug></script>
<body><p id="static">Here</p><script type="py">ready = True</script></body>"""
LISTEN = "addEventListener('py:all-done', () => { window.ended = (window.ended ?? 0) + 1; })"
FROZEN = """from gossamer import Signal, component, mount

total = Signal(3, name="total")

@component
def Sum():
    return t"<h1>{total()}</h1>"

mount(Sum())
"""
RUN = """source => {
  const script = document.createElement('script');
  script.type = 'py';
  script.src = source;
  document.body.append(script);
}"""


def blocks(path: Path) -> list[tuple[str, str]]:
    """The fenced blocks of a page: kind and text."""
    text = path.read_text("utf-8")
    return re.findall(r"^```(.+?)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def is_in(wanted: str, said: str) -> bool:
    """Whether a line of a documented message was said; "..." stands for anything."""
    return re.search(".*".join(map(re.escape, wanted.split("..."))), said) is not None


def is_for_pages(path: Path) -> bool:
    """Whether a page of Chromium can run an error's example."""
    (kind, program), *_ = blocks(path)
    return kind != "python raises outside" and not any(tool in program for tool in TOOLS)


def test_each_error_says_in_a_page_what_its_own_page_says(
    page, site, expected_errors: list[str]
) -> None:
    """One page runs the example of each, one after the other; it is in debug mode."""
    told: list[str] = []
    warned: list[str] = []
    page.on("console", lambda message: message.type == "warning" and warned.append(message.text))
    page.on("console", lambda message: message.type == "error" and told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    expected_errors.append("")
    site.put("t/index.html", DOCUMENT)
    page.add_init_script(LISTEN)
    page.goto(site.url + "t/")
    page.wait_for_function("window.ended === 1")
    wrong: dict[str, object] = {}

    for count, path in enumerate(filter(is_for_pages, PAGES), 2):
        (_, program), (kind, documented), *_ = blocks(path)
        file = f"{path.stem}/app.py"
        site.put(f"t/{file}", program)
        told.clear()
        page.evaluate(RUN, file)
        page.wait_for_function("count => window.ended === count", arg=count)
        said = "\n".join(told).replace(file, "app.py")
        lines = documented.splitlines()
        missing = [line for line in lines if not is_in(line.removeprefix("gossamer.errors."), said)]
        ours = re.findall(r"\S*(?:/lib/|gossamer_page|asyncio|wasm)\S*", said)
        if kind != "text said" or len(told) != 1 or missing or ours or not NAMES.search(said):
            wrong[path.stem] = (kind, len(told), missing, ours, said)

    site.put("t/frozen.py", FROZEN)
    page.evaluate(RUN, "frozen.py")
    page.wait_for_function("document.querySelector('h1')")

    assert wrong == {}
    assert re.search(r"frozen\.py:7: .*\{total\(\)\} is frozen.* In: Sum\.", "\n".join(warned))
    assert page.locator("#static").inner_text() == "Here"
