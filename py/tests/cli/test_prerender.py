"""Pages as they will look: what a build writes of an app before any Python runs in a browser."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from gossamer.cli.building import Build
from gossamer.cli.settings import read_settings
from gossamer.errors import CommandError, PrerenderError

from .conftest import MakeFolder, MakeWheel

pytestmark = pytest.mark.usefixtures("small_runtime")

PAGE = """\
<!doctype html>
<html lang="en">
<head><title>Page</title></head>
<body class="page">
<div id="app"></div>
<script type="py" src="app.py"></script>
</body>
</html>
"""
SHOP = """\
import asyncio
from gossamer import component, mount
from gossamer.meta import Body, Link, Title
from gossamer.router import A, Redirect, Route, Router, Routes, use_data, use_params


async def load(visit):
    await asyncio.sleep(0)
    return f"Tea number {visit.params['id']}"


async def entries():
    await asyncio.sleep(0)
    return [1, {"id": 2}]


@component
def Home():
    return t'''<{Title} text="Tea shop" /><{Link} rel="canonical" href="https://example.org/" />
        <{Body} class_="home" /><h1>Welcome</h1><{A} href="/teas/7">Seven</{A}>'''


@component
def Tea():
    return t"<h1>{use_data()}</h1>"


@component
def User():
    params = use_params()
    return t"<p>{(lambda: params()['name'])}</p>"


routes = [
    Route("/", Home),
    Route("/about", t"<p>About us</p>"),
    Route("/old", None, guard=lambda: Redirect("/about")),
    Route("/teas/{id:int}", Tea, load=load, entries=entries),
    Route("/users/{name}", User),
]
mount(Router(Routes(routes, fallback="Nothing here"), base=BASE), "#app")
"""


def shop(base: str = "") -> str:
    return SHOP.replace("BASE", repr(base))


def build(root: Path, **options: str) -> Build:
    made = Build(read_settings(root, **options))
    made.gather(lambda _text: None)
    return made


def text(made: Build, path: str = "index.html") -> str:
    return made.output.files[path].decode()


def test_a_page_has_the_text_that_its_program_mounts(app: MakeFolder) -> None:
    """G1"""
    made = build(
        app(
            {
                "index.html": PAGE,
                "app.py": "from gossamer import mount\nfrom part import NAME\n"
                "mount(t'<p>Hello {NAME}</p>', '#app')\n",
                "part.py": "NAME = 'Ada & Grace'\n",
            }
        )
    )

    assert '<div id="app" data-gs-built><p>Hello <!>Ada &amp; Grace</p></div>' in text(made)
    assert made.notes == []


def test_what_is_waited_for_is_in_the_text(app: MakeFolder) -> None:
    program = """
import asyncio
from gossamer import Suspense, component, mount, resource

@component
def App():
    name = resource(lambda: asyncio.sleep(0.01, "Ada"))
    return t"<{Suspense} fallback='wait'><p>{name}</p></{Suspense}>"

await asyncio.sleep(0)
mount(App)
print("no part of any page")
"""
    made = build(app({"app.py": program}))

    assert "<body data-gs-built><p>Ada</p>" in text(made)
    assert "wait" not in text(made)
    assert "no part" not in text(made)


def test_the_head_says_what_the_views_say(app: MakeFolder) -> None:
    made = build(app({"index.html": PAGE, "app.py": shop()}))

    assert "<title>Tea shop</title>" in text(made)
    assert '<!--gs--><link rel="canonical" href="https://example.org/"><!--/gs-->' in text(made)
    assert '<html lang="en" data-gs-path="/" data-gs-pages="/assets/pages.' in text(made)
    assert '<body class="page home">' in text(made)


def test_every_known_route_has_a_page_of_its_own(app: MakeFolder) -> None:
    made = build(app({"index.html": PAGE, "app.py": shop()}))

    pages = {path for path in made.output.files if path.endswith(".html")}
    assert pages == {
        "index.html",
        "200.html",
        "404.html",
        "about/index.html",
        "teas/1/index.html",
        "teas/2/index.html",
        "teas/7/index.html",  # a link leads there
    }
    assert "<h1>Tea number 2</h1>" in text(made, "teas/2/index.html")
    assert 'data-gs-path="/teas/2"' in text(made, "teas/2/index.html")
    assert 'src="/assets/app.' in text(made, "teas/2/index.html")
    assert made.notes == ["/old is not prerendered: it leads on to /about"]


def test_what_stands_in_for_other_addresses_is_no_page_of_one(app: MakeFolder) -> None:
    """G2"""
    made = build(app({"index.html": PAGE, "app.py": shop()}))

    assert text(made, "404.html") == text(made, "200.html")
    assert '<div id="app"></div>' in text(made, "404.html")
    assert "data-gs-path" not in text(made, "404.html")


def test_all_addresses_of_a_page_are_below_its_base(app: MakeFolder) -> None:
    root = app({"index.html": PAGE, "app.py": shop("/repo"), "pyproject.toml": ""})
    made = build(root, base="/repo/")

    page = text(made, "teas/7/index.html")
    assert 'data-gs-path="/repo/teas/7"' in page
    assert 'src="/repo/assets/app.' in page
    assert '<a href="/repo/teas/7">' in text(made)
    assert made.notes == ["/repo/old is not prerendered: it leads on to /repo/about"]


def test_pages_without_a_slash_at_their_end(app: MakeFolder) -> None:
    settings = '[tool.gossamer]\ntrailing-slash = false\nsite = "https://example.org"\n'
    made = build(app({"index.html": PAGE, "app.py": shop(), "pyproject.toml": settings}))

    assert {"about.html", "teas/7.html"} <= made.output.files.keys()
    tree = ElementTree.fromstring(made.output.files["sitemap.xml"])
    assert [place.text for place in tree.iter() if place.tag.endswith("loc")] == [
        "https://example.org/",
        "https://example.org/about",
        "https://example.org/teas/1",
        "https://example.org/teas/2",
        "https://example.org/teas/7",
    ]


def test_what_routes_have_waited_for_stands_beside_their_pages(app: MakeFolder) -> None:
    """G5"""
    program = shop("/repo").replace('return f"Tea', 'return f"</script>Tea')
    made = build(app({"index.html": PAGE, "app.py": program}), base="/repo/")

    files = made.output.files
    listed = next(path for path in files if path.startswith("assets/pages."))
    assert json.loads(files[listed]) == [f"/repo/teas/{number}" for number in (1, 2, 7)]
    assert json.loads(files["teas/7/__data.json"]) == [["</script>Tea number 7", 1]]
    assert "about/__data.json" not in files
    page = text(made, "teas/7/index.html")
    assert (
        '<script type="application/json" data-gs-data>[["\\u003c/script>Tea number 7",1]]' in page
    )
    assert f'data-gs-pages="/repo/{listed}"' in page
    assert f'data-gs-pages="/repo/{listed}"' in text(made, "200.html")


def test_a_link_to_nothing_is_noted(app: MakeFolder) -> None:
    """G7"""
    made = build(
        app(
            {
                "index.html": PAGE.replace(
                    "<div", "<a href='gone.html'>gone</a><a href='b'>b</a><div"
                ),
                "b.html": "<a href='/'>home</a><a href='missing/c'>c</a><a href='d.txt' download>",
                "app.py": "from gossamer import mount\nmount(t'<a href=\"/public.pdf\">p</a>', 'app')",
                "public/public.pdf": "",
            }
        )
    )

    assert made.notes == [
        "/ links to gone.html, and nothing is there",
        "/b.html links to missing/c, and nothing is there",
    ]


def test_a_link_of_a_router_to_no_route_is_noted(app: MakeFolder) -> None:
    """G7"""
    made = build(app({"index.html": PAGE, "app.py": shop().replace('"/teas/7"', '"/tees/7"')}))

    assert "/ links to /tees/7, and nothing is there" in made.notes
    assert "tees/7/index.html" not in made.output.files


def test_an_entry_without_a_page_gets_none(app: MakeFolder) -> None:
    program = shop().replace(
        "return f", "if visit.params['id'] == 2:\n        raise StatusError\n    return f"
    )
    made = build(
        app({"index.html": PAGE, "app.py": f"from gossamer.errors import StatusError\n{program}"})
    )

    assert "teas/2/index.html" not in made.output.files
    assert "/teas/2 is not prerendered: its status is 404" in made.notes


def test_a_route_that_nothing_shows_is_refused(app: MakeFolder) -> None:
    """G7"""
    own = "<!doctype html><title>Not here</title>"
    files = {"index.html": PAGE, "app.py": shop(), "404.html": own, "200.html": own}

    with pytest.raises(CommandError, match=r"Nothing shows /users/\{name\}"):
        build(app(files))


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("from js import document", "app.py, line 1 imports js, which is there in browsers only"),
        ("import part", "part.py, line 2 imports nowhere, which is not installed here"),
        (
            (
                "from gossamer import component, mount\n@component\ndef App():\n"
                "    import pyodide.http\nmount(App)"
            ),
            "app.py, line 4 imports pyodide, which is there in browsers only",
        ),
        (
            "from gossamer import js_module\nawait js_module('chart')",
            "app.py, line 2 needs a browser: There is no browser here.",
        ),
        ("1", "index.html shows nothing by mount()"),
        (
            "from gossamer import mount\nmount('a', 'p > b')",
            "index.html has no element that is written p > b",
        ),
    ],
    ids=["js", "missing package", "in a component", "module", "nothing", "selector"],
)
def test_a_page_that_needs_a_browser_stays_as_it_was_written(
    app: MakeFolder, program: str, why: str
) -> None:
    made = build(app({"index.html": PAGE, "app.py": program, "part.py": "\nimport nowhere\n"}))

    assert '<div id="app"></div>' in text(made)
    assert made.notes == [f"/ is not prerendered: {why}"]


def test_what_stands_before_a_script_that_needs_a_browser_is_prerendered(app: MakeFolder) -> None:
    page = PAGE.replace("<script", '<div id="more"></div><script', 1)
    page = page.replace("</body>", '<script type="py" src="more.py"></script></body>')
    made = build(
        app(
            {
                "index.html": page,
                "app.py": "from gossamer import hydrate\nhydrate('here', 'app')\n",
                "more.py": "from gossamer import mount\nimport js\nmount('there', 'more')\n",
            }
        )
    )

    assert '<div id="app" data-gs-built>here</div><div id="more"></div>' in text(made).replace(
        "\n", ""
    )
    assert made.notes == [
        (
            "/: the rest of the page is not prerendered: more.py, line 2 imports js,"
            " which is there in browsers only"
        )
    ]


def test_a_mistake_ends_the_build_with_the_lines_that_led_there(app: MakeFolder) -> None:
    program = "from gossamer import mount\nfrom part import fail\nmount(t'{fail}', '#app')\n"

    with pytest.raises(PrerenderError) as caught:
        build(app({"index.html": PAGE, "app.py": program, "part.py": "def fail():\n    1 / 0\n"}))

    told = str(caught.value)
    assert told.startswith("/ could not be prerendered.")
    assert 'File "part.py", line 2, in fail\n    1 / 0' in told
    assert "ZeroDivisionError" in told
    assert "gossamer/ssr" not in told
    assert "prerender = false" in told


def test_what_a_route_cannot_load_ends_the_build_though_the_app_shows_it(app: MakeFolder) -> None:
    program = """
from gossamer import mount
from gossamer.router import Route, Router, Routes

async def load():
    raise ValueError("no tea")

mount(Router(Routes(Route("/", "Home", load=load, error="Sorry"))), "#app")
"""
    with pytest.raises(PrerenderError, match="no tea"):
        build(app({"index.html": PAGE, "app.py": program}))


def test_no_page_sees_what_another_one_has_done(app: MakeFolder) -> None:
    made = build(
        app(
            {
                "index.html": PAGE,
                "other.html": PAGE,
                "app.py": "from gossamer import mount\nimport part\npart.count += 1\n"
                "mount(part.count, '#app')\n",
                "part.py": "count = 0\n",
            }
        )
    )

    assert '<div id="app" data-gs-built>1</div>' in text(made)
    assert '<div id="app" data-gs-built>1</div>' in text(made, "other.html")


def test_settings_say_which_pages_are_prerendered(app: MakeFolder) -> None:
    files = {"index.html": PAGE, "app.py": shop()}
    none = build(app({**files, "pyproject.toml": "[tool.gossamer]\nprerender = false\n"}))
    some = build(
        app({**files, "pyproject.toml": '[tool.gossamer]\nprerender = ["/about", "/teas/9"]\n'})
    )

    assert "Welcome" not in text(none)
    assert "about/index.html" not in none.output.files
    assert "Welcome" not in text(some)
    assert "Tea number 9" in text(some, "teas/9/index.html")
    assert "teas/1/index.html" not in some.output.files


def test_scripts_find_their_files_packages_and_targets(app: MakeFolder, wheel: MakeWheel) -> None:
    wheel("leaf", files={"leaf.py": "WORD = 'leaf'\n"})
    made = build(
        app(
            {
                "index.html": """<ul class="a list"></ul><main>Old <table></table></main>
<script type="py" target="here" config='{"packages": ["leaf"], "files": {"data.txt": "deep/"}}'>
from gossamer import mount
import leaf
mount(leaf.WORD)
mount(open("deep/data.txt").read(), "main")
mount(t"<li>1</li>", "ul.list")
mount(t"<li>2</li>", ".list")
gone = mount("gone", "main")
gone.unmount()
raise SystemExit
</script><p id="here"></p>""",
                "data.txt": "data",
            }
        )
    )

    page = text(made)
    assert '<p id="here" data-gs-built>leaf' in page
    assert "<main>Old <table></table><!--gs-->data<!--/gs--></main>" in page
    assert '<ul class="a list" data-gs-built><li>1</li><!--gs--><li>2</li><!--/gs--></ul>' in page


def test_a_hash_router_shows_its_first_view(app: MakeFolder) -> None:
    program = shop().replace("base=''", 'mode="hash"')
    made = build(app({"index.html": PAGE, "app.py": program}))

    assert "<h1>Welcome</h1>" in text(made)
    assert '<a href="#/teas/7">' in text(made)
    assert 'data-gs-hash="#/"' in text(made)
    assert "data-gs-path" not in text(made)
    assert "about/index.html" not in made.output.files


def test_the_same_app_gives_the_same_bytes(app: MakeFolder) -> None:
    program = "from gossamer import mount\nimport random\n"
    program += 'mount(str([*{"a", "b", "c"}, random.random()]), \'#app\')\n'
    root = app({"index.html": PAGE, "app.py": program})

    assert build(root).output.files == build(root).output.files
