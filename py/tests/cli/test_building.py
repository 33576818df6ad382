"""A build: what it holds, and that all of it is named by its hash."""

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from gossamer.cli import archives
from gossamer.cli.archives import app_files
from gossamer.cli.building import Build, hidden_imports
from gossamer.cli.pages import Page
from gossamer.cli.runtime import integrity
from gossamer.cli.settings import read_settings
from gossamer.cli.tags import Markup, Tag
from gossamer.errors import CommandError

from .conftest import MakeFolder, MakeWheel

pytestmark = pytest.mark.usefixtures("small_runtime")


def build(root: Path, **options: str) -> Build:
    made = Build(read_settings(root, **options))
    made.gather(lambda _text: None)
    return made


def tags(made: Build, page: str = "index.html") -> list[Tag]:
    return Markup(made.output.files[page].decode()).tags


def one(made: Build, pattern: str) -> str:
    found = [path for path in made.output.files if re.fullmatch(pattern, path)]
    assert len(found) == 1, f"{pattern}: {found}"
    return found[0]


def script(made: Build) -> Tag:
    return next(tag for tag in tags(made) if tag.get("type") == "py")


def test_a_program_alone_gets_a_page(app: MakeFolder) -> None:
    made = build(app({"app.py": "print(1)\n"}))

    program = one(made, r"assets/app\.[0-9a-f]{10}\.py")
    assert script(made).get("src") == program
    assert {"index.html", "200.html", "404.html"} <= made.output.files.keys()


def test_a_folder_without_an_app_is_refused(app: MakeFolder) -> None:
    with pytest.raises(CommandError, match="There is no app in"):
        build(app({"readme.txt": ""}))


def test_every_address_with_a_hash_holds_what_its_hash_says(app: MakeFolder) -> None:
    made = build(
        app(
            {
                "index.html": '<link rel="stylesheet" href="a.css"><script type="py" src="app.py">'
                "</script>",
                "a.css": "p { color: red }",
                "app.py": "import part\n",
                "part.py": "",
            }
        )
    )

    for path in made.output.files:
        found = re.search(r"\.([0-9a-f]{10})\.\w+$", path)
        if found and "gossamer-" not in path:
            assert hashlib.sha256(made.output.files[path]).hexdigest()[:10] == found[1], path
    for tag in tags(made):
        if tag.get("integrity"):
            name = tag.get("href") or tag.get("src")
            assert tag.get("integrity") == integrity(made.output.files[name]), name
    assert sum(bool(tag.get("integrity")) for tag in tags(made)) >= 3


def test_the_hints_name_what_a_start_asks_for(app: MakeFolder) -> None:
    made = build(app({"app.py": "import part\n", "part.py": ""}))

    hinted = {tag.get("href"): tag.get("rel") for tag in tags(made) if "preload" in tag.get("rel")}

    assert all(path in made.output.files for path in hinted)
    kinds = {re.sub(r"\.[0-9a-f]{10}", "", Path(path).name): kind for path, kind in hinted.items()}
    assert kinds == {
        "gossamer.js": "modulepreload",
        "dom.js": "modulepreload",
        "pyodide.mjs": "modulepreload",
        "pyodide.asm.mjs": "modulepreload",
        "pyodide.asm.wasm": "preload",
        "python_stdlib.zip": "preload",
        "gossamer.zip": "preload",
        "app.py": "preload",
        "app.zip": "preload",
    }


def test_a_loader_with_a_place_for_a_table_learns_where_all_is(
    app: MakeFolder, small_runtime: Path
) -> None:
    (small_runtime / "gossamer.js").write_text('const F = "__GOSSAMER_FILES__";')
    (small_runtime / "gossamer.image").write_text("image")
    made = build(app({"app.py": ""}))

    loader = made.output.files[one(made, r"assets/gossamer\.[0-9a-f]{10}\.js")].decode()
    table = json.loads(json.loads(loader.removeprefix("const F = ").removesuffix(";")))

    assert "pyodide/pyodide.asm.wasm" in table
    for entry in table.values():
        content = made.output.files[f"assets/{entry['url']}"]
        assert entry["integrity"] == integrity(content)
        assert entry["size"] == len(content)
    hinted = [tag.get("href") for tag in tags(made) if tag.get("rel") == "preload"]
    assert any("gossamer.image" not in path and ".image" in path for path in hinted)
    assert not any("stdlib" in path for path in hinted)


def test_the_loader_s_own_tag_stays_where_it_is(app: MakeFolder) -> None:
    made = build(
        app(
            {
                "index.html": '<head><script type="module" data-timeout="30"'
                ' src="gossamer/gossamer.js"></script></head><script type="py">1</script>',
            }
        )
    )

    loaders = [tag for tag in tags(made) if tag.name == "script" and tag.get("type") == "module"]

    assert len(loaders) == 1
    assert loaders[0].get("src") in made.output.files
    assert loaders[0].get("data-timeout") == "30"


def test_what_a_page_asks_other_hosts_for_is_noted(app: MakeFolder) -> None:
    made = build(
        app(
            {
                "index.html": '<a href="https://example.org/">a</a><link rel="canonical"'
                ' href="https://example.org/"><script src="https://example.org/a.js"></script>'
                '<img src="//example.org/b.png"><img src="data:,">'
            }
        )
    )

    assert made.notes == [
        "index.html asks another host for https://example.org/a.js",
        "index.html asks another host for //example.org/b.png",
    ]


def test_an_app_for_offline_has_a_worker_beside_its_pages_by_version(app: MakeFolder) -> None:
    settings = {"pyproject.toml": "[tool.gossamer]\noffline = true\n"}

    first = build(app(settings | {"app.py": "1", "deep/a.html": '<script type="py">1</script>'}))
    second = build(app(settings | {"app.py": "2"}))

    workers = [
        next(tag.get("data-offline") for tag in tags(made, page) if tag.get("data-offline"))
        for made, page in ((first, "index.html"), (first, "deep/a.html"), (second, "index.html"))
    ]
    assert all(re.fullmatch(r"(\.\./)?offline\.js\?v=[0-9a-f]{10}", each) for each in workers)
    assert workers[1] == f"../{workers[0]}"
    assert workers[2] != workers[0]
    assert first.output.files["offline.js"] == b"// worker"


def test_a_page_without_python_loads_none(app: MakeFolder) -> None:
    made = build(app({"app.py": "", "about/index.html": "<p>About</p>"}))

    assert made.output.files["about/index.html"] == b"<p>About</p>"


def test_modules_and_data_go_into_an_archive_and_tests_stay_at_home(app: MakeFolder) -> None:
    made = build(
        app(
            {
                "app.py": "import part\n",
                "part.py": "WORD = 1\n",
                "deep/__init__.py": "",
                "deep/more.py": "",
                "data/a.txt": "text",
                "test_part.py": "",
                "tests/test_more.py": "",
                "tests/conftest.py": "",
                ".venv/x.py": "",
                "env/pyvenv.cfg": "",
                "env/y.py": "",
                "scratch/z.py": "",
                "pyproject.toml": '[tool.gossamer]\nfiles = ["data/*.txt"]\n'
                'exclude = ["scratch/*"]\n',
            }
        )
    )

    archive = made.output.files[one(made, r"assets/app\.[0-9a-f]{10}\.zip")]

    names = set(zipfile.ZipFile(io.BytesIO(archive)).namelist())
    sources = {name for name in names if "__pycache__" not in name}
    assert sources == {"part.py", "deep/__init__.py", "deep/more.py", "data/a.txt"}
    assert "__pycache__/part.cpython-314.pyc" in names
    assert set(json.loads(script(made).get("config"))["files"].values()) == {"./*"}


@pytest.mark.parametrize(
    ("files", "place"),
    [
        pytest.param(
            {"app.py": "import part", "part.py": "x = 1\nbroken(\n"}, "part.py", id="module"
        ),
        pytest.param({"app.py": "x = 1\nbroken(\n"}, "app.py", id="program"),
        pytest.param(
            {"index.html": '<script type="py">\nbroken(\n</script>'},
            "index.html, script 1",
            id="in the page",
        ),
    ],
)
def test_what_is_no_python_is_told_with_its_line(
    app: MakeFolder, files: dict[str, str], place: str
) -> None:
    root = app(files)

    with pytest.raises(CommandError) as caught:
        build(root)

    assert str(caught.value).startswith(f"{place}, line 2: '(' was never closed.")
    assert "broken(" in caught.value.fix


def test_the_same_folder_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    files = {
        "app.py": "import part\n",
        "part.py": "A = {'x', 'y', 'z'}\ndef f(a=('q', 'r')): return {a, 'x'}\n",
        "index.html": '<link rel="stylesheet" href="a.css"><script type="py" src="app.py"></script>',
        "a.css": 'p { background: url("b.svg") }',
        "b.svg": "<svg/>",
    }
    outputs = []
    for place in ("one", "two/deeper"):
        root = tmp_path / place / "app"
        for name, text in files.items():
            root.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        made = build(root)
        made.output.compress(tmp_path / place / "cache", lambda: None)
        outputs.append(made.output.files)

    assert outputs[0] == outputs[1]


def test_styles_scripts_and_what_they_name_get_addresses(app: MakeFolder) -> None:
    made = build(
        app(
            {
                "index.html": '<link rel="stylesheet" href="css/a.css?v=1">'
                '<img srcset="b.svg 1x, b.svg#c 2x"><script type="module" src="js/one.js"></script>',
                "css/a.css": '@import "b.css"; p { background: url(../b.svg#x), url("data:,") }',
                "css/b.css": "q { color: red }",
                "b.svg": "<svg/>",
                "js/one.js": "import './two.js'; import('./two.js'); import 'bare';",
                "js/two.js": "export * from './one.js'; new URL('../b.svg', import.meta.url);",
            }
        )
    )
    files = made.output.files

    style = files[one(made, r"assets/css/a\..*\.css")].decode()
    image = one(made, r"assets/b\..*\.svg")
    first = one(made, r"assets/js/one\..*\.js")
    second = one(made, r"assets/js/two\..*\.js")
    inner = one(made, r"assets/css/b\..*\.css")

    assert f'@import "./{Path(inner).name}"' in style
    assert f"url(../{Path(image).name}#x)" in style
    assert 'url("data:,")' in style
    assert files[first].decode().count(Path(second).name) == 2
    assert "'bare'" in files[first].decode()
    assert f"'./{Path(first).name}'" in files[second].decode()
    pictures = next(tag for tag in tags(made) if tag.name == "img")
    assert pictures.get("srcset") == f"{image} 1x, {image}#c 2x"


def test_a_changed_file_changes_the_addresses_of_those_that_name_it(app: MakeFolder) -> None:
    files = {
        "index.html": '<script type="module" src="one.js"></script>',
        "one.js": "import './two.js';",
        "two.js": "import './one.js'; 1",
    }
    before = build(app(files))

    after = build(app(files | {"two.js": "import './one.js'; 2"}))

    assert one(before, r"assets/one\..*") != one(after, r"assets/one\..*")


def test_public_files_and_those_that_python_names_keep_their_addresses(app: MakeFolder) -> None:
    made = build(
        app(
            {
                "index.html": '<link rel="icon" href="favicon.svg"><img src="/deep/x.svg">'
                '<script type="py" src="app.py"></script>',
                "public/favicon.svg": "<svg/>",
                "public/deep/x.svg": "<svg/>",
                "public/robots.txt": "all",
                "app.py": "import part",
                "part.py": "PICTURES = t'<img src=\"pictures/{1}.svg\">', 'pictures/cat.svg'",
                "pictures/cat.svg": "<svg/>",
                "pictures/dog.svg": "<svg/>",
                ".env": "secret",
                "app.toml": "",
            }
        )
    )

    kept = {path for path in made.output.files if not path.startswith("assets/")}

    assert kept == {
        "index.html", "200.html", "404.html",
        "favicon.svg", "deep/x.svg", "robots.txt", "pictures/cat.svg",
    }  # fmt: skip
    assert [tag.get("src") for tag in tags(made) if tag.name == "img"] == ["deep/x.svg"]


def test_a_name_that_leads_nowhere_is_told_with_its_page(app: MakeFolder) -> None:
    root = app({"index.html": '<img src="cat.png">'})

    with pytest.raises(CommandError, match=r"index.html names cat.png, which is not there"):
        build(root)


def test_addresses_are_relative_or_begin_with_the_base(app: MakeFolder) -> None:
    root = app(
        {
            "app.py": "",
            "deep/index.html": '<img src="../a.svg"><script type="py" src="../app.py"></script>',
            "a.svg": "<svg/>",
        }
    )

    relative = build(root)
    absolute = build(root, base="/shop")

    assert (
        next(t for t in tags(relative, "deep/index.html") if t.name == "img")
        .get("src")
        .startswith("../assets/a.")
    )
    for page in ("index.html", "deep/index.html", "200.html"):
        for tag in tags(absolute, page):
            name = tag.get("href") or tag.get("src")
            assert not name or name.startswith(("/shop/assets/", "data:"))
    for tag in tags(relative, "200.html"):  # it answers addresses of any depth
        name = tag.get("href") or tag.get("src")
        assert not name or name.startswith(("/assets/", "data:"))


def test_an_app_with_routes_answers_for_pages_that_are_none(app: MakeFolder) -> None:
    plain = build(app({"app.py": "import gossamer"}))
    routed = build(app({"app.py": "from gossamer.router import Router"}))
    own = build(app({"app.py": "", "404.html": "<p>Ours</p>"}))

    assert b"There is no page here" in plain.output.files["404.html"]
    assert routed.output.files["404.html"] == routed.output.files["200.html"]
    assert own.output.files["404.html"] == b"<p>Ours</p>"


def test_configs_keep_their_meaning_with_new_addresses(app: MakeFolder, wheel: MakeWheel) -> None:
    wheel("named")
    root = app(
        {
            "index.html": '<script type="py" config="conf/a.toml">1</script>'
            """<script type="py" config='{"packages": ["./own-1.0-py3-none-any.whl"]}'></script>""",
            "conf/a.toml": 'packages = ["named"]\nother = 1\n[files]\n"b.txt" = "held/"\n',
            "conf/b.txt": "b",
        }
    )
    wheel("own").replace(root / "own-1.0-py3-none-any.whl")

    made = build(root)

    first, second = (json.loads(tag.get("config")) for tag in tags(made) if tag.get("type") == "py")
    assert first["other"] == 1
    assert "packages" not in first
    assert set(first["files"].values()) == {"held/b.txt", "/lib/python3.14/site-packages/*"}
    assert set(first["files"]) <= made.output.files.keys()
    assert re.fullmatch(
        r"assets/whl-[0-9a-f]{10}/own-1\.0-py3-none-any\.whl", second["packages"][0]
    )


def test_packages_for_later_stand_in_an_index_of_the_app(app: MakeFolder, wheel: MakeWheel) -> None:
    wheel("micropip")
    wheel("later", needs=("part",))
    wheel("part")
    made = build(app({"app.py": "", "pyproject.toml": '[tool.gossamer]\non-demand = ["later"]\n'}))

    for name in ("later", "part"):
        page = made.output.files[f"simple/{name}/index.html"].decode()
        link = Markup(page).tags[-1].get("href")
        path, _, digest = link.partition("#sha256=")
        content = made.output.files[path.removeprefix("../../")]
        assert hashlib.sha256(content).hexdigest() == digest
    archive = made.output.files[one(made, r"assets/packages\..*\.zip")]
    assert "micropip.py" in zipfile.ZipFile(io.BytesIO(archive)).namelist()
    assert "later.py" not in zipfile.ZipFile(io.BytesIO(archive)).namelist()


def test_modules_of_javascript_get_their_names_in_the_page(app: MakeFolder) -> None:
    made = build(
        app(
            {
                "app.py": "",
                "lib/sums.js": "export const one = 1;",
                "pyproject.toml": '[tool.gossamer.js-modules]\nsums = "lib/sums.js"\n',
            }
        )
    )

    link = next(tag for tag in tags(made) if tag.get("data-module") == "sums")

    assert link.get("rel") == "modulepreload"
    assert made.output.files[link.get("href")] == b"export const one = 1;"


def test_an_npm_package_that_is_not_installed_is_told(app: MakeFolder) -> None:
    root = app({"app.py": "", "pyproject.toml": '[tool.gossamer.js-modules]\na = "@x/none/b.js"\n'})

    with pytest.raises(CommandError) as caught:
        build(root)

    assert "npm install @x/none" in str(caught.value)


def test_compressed_forms_stand_beside_what_gains_by_them(app: MakeFolder, tmp_path: Path) -> None:
    made = build(app({"app.py": "print('a' * 100)\n" * 50}))
    told = []

    made.output.compress(tmp_path / "cache", lambda: told.append(1))

    program = one(made, r"assets/app\.[0-9a-f]{10}\.py")
    assert len(made.output.files[f"{program}.br"]) < len(made.output.files[f"{program}.gz"])
    assert len(told) == made.output.compressible()


def test_a_compressed_form_that_is_there_is_not_made_again(app: MakeFolder, tmp_path: Path) -> None:
    made = build(app({"app.py": "print('a' * 100)\n" * 50}))
    program = one(made, r"assets/app\.[0-9a-f]{10}\.py")
    made.output.packed[hashlib.sha256(made.output.files[program]).hexdigest()] = b"packed"

    made.output.compress(tmp_path / "cache", lambda: None)

    assert made.output.files[f"{program}.br"] == b"packed"


@pytest.mark.parametrize(
    ("page", "module"),
    [
        ('<script type="py">text = "a &check; b"</script>', "html.entities"),
        ("""<script type="py" config='{"files": {"data.tar.gz": "./*"}}'></script>""", "tarfile"),
        ('<script type="py">text = "a &amp; b"</script>', None),
    ],
)
def test_what_is_imported_when_it_is_met_is_known(
    app: MakeFolder, page: str, module: str | None
) -> None:
    shown = Page("index.html", page, app({"index.html": page}))
    trees = [archives.parse(*script) for script in shown.inline_programs()]

    assert hidden_imports(trees, [shown]) == ({module} if module else set())


def test_a_folder_of_somebody_else_is_not_emptied(app: MakeFolder) -> None:
    root = app({"app.py": "", "dist/mine.txt": "mine"})
    made = build(root)

    with pytest.raises(CommandError, match="is not empty"):
        made.output.write(root / "dist")

    assert (root / "dist" / "mine.txt").read_text() == "mine"


def test_what_an_earlier_build_wrote_goes(app: MakeFolder) -> None:
    root = app({"app.py": ""})
    build(root).output.write(root / "dist")
    (root / "app.py").write_text("changed = True\n")

    build(root).output.write(root / "dist")

    programs = list((root / "dist" / "assets").glob("app.*.py"))
    assert [file.read_text() for file in programs] == ["changed = True\n"]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('files = ["data/*.csv"]', "there is no such file"),
        ('files = ["../*"]', "leads out of the app's folder"),
        ('files = ["/etc/*"]', "leads out of the app's folder"),
        ('files = ["data"]', "Write 'data/*'"),
        ('exclude = ["scripts/*"]', "there is no such file"),
        ('exclude = ["../*"]', "leads out of the app's folder"),
        ('exclude = [""]', "has '', which has no effect"),
    ],
)
def test_a_pattern_that_has_no_effect_is_told(app: MakeFolder, settings: str, told: str) -> None:
    root = app({"app.py": "", "data/a.txt": "", "pyproject.toml": f"[tool.gossamer]\n{settings}\n"})

    with pytest.raises(CommandError) as caught:
        build(root)

    assert told in str(caught.value)


def test_a_folder_that_stays_at_home_does_so_with_all_in_it(app: MakeFolder) -> None:
    root = app(
        {
            "app.py": "",
            "more.py": "",
            "scripts/deep/a.py": "",
            "pyproject.toml": '[tool.gossamer]\nexclude = ["scripts"]\n',
        }
    )

    assert app_files(read_settings(root), frozenset({root / "app.py"})).keys() == {"more.py"}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("index.html", "<p>\ngr\u00fcn".encode("latin-1"), "index.html, line 2: the text is not"),
        ("app.py", b"\xff\xfe\0", "app.py: "),
        ("own.py", b"x = 1\n\xff\xfe", "own.py, line 2: Non-UTF-8"),
        ("style.css", b"a\xff", "style.css, line 1: the text is not UTF-8"),
        ("pyproject.toml", b"\xff", "pyproject.toml, line 1: the text is not UTF-8"),
    ],
)
def test_a_file_in_another_encoding_is_told(
    app: MakeFolder, name: str, content: bytes, told: str
) -> None:
    root = app(
        {
            "app.py": "import own\n",
            "own.py": "",
            "style.css": "",
            "index.html": '<link rel="stylesheet" href="style.css">'
            '<script type="py" src="app.py"></script>',
        }
    )
    (root / name).write_bytes(content)

    with pytest.raises(CommandError) as caught:
        build(root)

    assert told in str(caught.value)
    assert "None" not in str(caught.value)


def test_a_link_that_leads_nowhere_is_told_and_one_into_itself_passed_over(app: MakeFolder) -> None:
    root = app({"app.py": "", "deep/a.py": ""})
    (root / "deep" / "again").symlink_to(root, target_is_directory=True)
    build(root)
    (root / "own.py").symlink_to(root / "gone.py")

    with pytest.raises(CommandError, match=r"own\.py cannot be read.*\n.*gone\.py"):
        build(root)


def test_a_build_into_a_file_is_refused(app: MakeFolder) -> None:
    root = app({"app.py": "", "dist": "mine"})
    made = build(root)

    with pytest.raises(CommandError, match="is a file"):
        made.output.write(root / "dist")


def test_keys_of_a_config_that_have_no_effect_are_noted(app: MakeFolder) -> None:
    page = """<script type="py" config='{"name": "a", "plugins": ["b"]}'></script>"""

    made = build(app({"index.html": page}))

    told = "index.html: 'plugins' in the config of a script has no effect here"
    assert told in made.notes


def test_a_page_says_that_its_loader_did_not_come_without_a_script_in_it(app: MakeFolder) -> None:
    page = '<html><body><script type="py">print(1)</script><p>end</p></body></html>'

    made = build(app({"index.html": page, "plain.html": "<p>no Python"}))

    style = one(made, r"assets/silence\.[0-9a-f]{10}\.css")
    text = made.output.files["index.html"].decode()
    assert re.search(
        rf'<p>end</p><link rel="stylesheet" href="{style}"><p class="gossamer-silence" .* hidden>'
        r"This page could not start.*</p>\n</body>",
        text,
    )
    assert b"silence" not in made.output.files["plain.html"]
