"""What runs in a built page before Python: early events, and islands that sleep."""

from pathlib import Path

import pytest
from gossamer.cli.building import Build
from gossamer.cli.prerender import site
from gossamer.cli.runtime import integrity
from gossamer.cli.settings import read_settings
from gossamer.cli.tags import Markup, Tag

from .conftest import MakeFolder

pytestmark = pytest.mark.usefixtures("small_runtime")

BUTTON = """\
from gossamer import mount
mount(t"<button on:click={print}>Tea</button>")
"""
ISLANDS = """\
from gossamer import component, hydrate_islands, island

@island(on="visible")
def Stars(count: int = 0):
    return t"<button on:click={print}>{count} stars</button>"

@component
def App():
    return t"<h1>Tea</h1>{Stars(3)}"

hydrate_islands(App, "#app")
"""
PAGE = """\
<!doctype html>
<html lang="en"><head><title>Tea</title>{script}</head>
<body><main id="app"></main><script type="py-islands" src="app.py"></script></body></html>
"""


def build(root: Path) -> Build:
    made = Build(read_settings(root))
    made.gather(lambda _text: None)
    return made


def tags(made: Build, page: str) -> list[Tag]:
    return Markup(made.output.files[page].decode()).tags


def scripts(made: Build, name: str, page: str = "index.html") -> list[Tag]:
    return [tag for tag in tags(made, page) if tag.get("src").endswith(f"/{name}")]


def test_a_page_that_can_be_used_keeps_what_is_done_in_it(app: MakeFolder) -> None:
    made = build(app({"app.py": BUTTON}))

    (early,) = scripts(made, "early.js")
    content = made.output.files[early.get("src")]
    assert early.attributes == {"src": early.get("src"), "integrity": integrity(content)}
    markup = Markup(made.output.files["index.html"].decode())
    assert markup.head_end is not None
    assert early.start < markup.head_end
    assert scripts(made, "early.js", "200.html"), "a server may fill it"


def test_a_page_without_handlers_needs_no_early_script(app: MakeFolder) -> None:
    made = build(app({"app.py": 'from gossamer import mount\nmount(t"<p>Tea</p>")\n'}))

    assert scripts(made, "early.js") == []
    assert not any(path in made.parts["Gossamer"] for path in made.output.files if "early" in path)


def test_an_early_script_that_the_page_names_stays_where_it_is(app: MakeFolder) -> None:
    page = (
        '<head><script src="gossamer/early.js"></script></head><script type="py">import js</script>'
    )
    made = build(app({"index.html": page}))

    (early,) = scripts(made, "early.js")
    assert early.get("src") in made.output.files
    assert early.start == page.index("<script")


@pytest.mark.parametrize("script", ["", '<script src="gossamer/islands.js"></script>'])
def test_a_page_of_islands_asks_for_no_python_and_knows_where_it_is(
    app: MakeFolder, script: str
) -> None:
    made = build(app({"index.html": PAGE.format(script=script), "app.py": ISLANDS}))
    files = made.output.files
    text = files["index.html"].decode()

    (sleeping,) = scripts(made, "islands.js")
    assert sleeping.get("integrity") == integrity(files[sleeping.get("src")])
    assert sleeping.get("data-integrity") == integrity(files[sleeping.get("data-loader")])
    assert sleeping.get("data-loader").endswith("/gossamer.js")
    assert not [tag for tag in tags(made, "index.html") if "preload" in tag.get("rel")]
    assert scripts(made, "gossamer.js") == scripts(made, "early.js") == []
    assert "gossamer-silence" not in text
    (program,) = [tag for tag in tags(made, "index.html") if tag.get("type") == "py-islands"]
    assert program.get("integrity") == integrity(files[program.get("src")])
    assert '<h1>Tea</h1><gs-island name="Stars"' in text
    assert " stars</button>" in text
    assert made.parts.keys() == {"Gossamer", "app"}


def test_a_page_with_other_programs_starts_them_and_its_islands_sleep(app: MakeFolder) -> None:
    page = PAGE.format(script="").replace("</body>", '<script type="py">1</script></body>')
    made = build(app({"index.html": page, "app.py": ISLANDS, "part.py": ""}))

    assert scripts(made, "islands.js")
    assert scripts(made, "gossamer.js")
    configs = {tag.get("type"): tag.get("config") for tag in tags(made, "index.html")}
    assert "app." in configs["py"]
    assert configs["py-islands"] == ""


def test_pages_that_another_tool_builds_have_it_beside_their_loader(app: MakeFolder) -> None:
    page = (
        "<!doctype html><html><head><title>Tea</title></head><body>"
        '<script type="module" src="../gossamer/gossamer.js"></script>'
        '<script type="py" src="{}.py"></script></body></html>'
    )
    files = {
        "used.html": page.format("used"),
        "used.py": BUTTON,
        "read.html": page.format("read"),
        "read.py": 'from gossamer import mount\nmount(t"<p>Tea</p>")\n',
    }
    told = site.write(app(files), "/tea/")

    early = '<title>Tea</title><script src="../gossamer/early.js"></script>\n</head>'
    assert told["error"] == ""
    assert early in told["pages"]["used.html"]
    assert "early.js" not in told["pages"]["read.html"]
