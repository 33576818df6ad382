"""No file that a page could get has anything of the server's."""

import io
import zipfile
from pathlib import Path

import pytest
from gossamer.cli.building import Build
from gossamer.cli.dev.site import Site, news_of
from gossamer.cli.settings import read_settings
from gossamer.errors import CommandError, SplitError

from .conftest import MakeFolder
from .test_split import APP

pytestmark = [
    pytest.mark.usefixtures("small_runtime"),
    pytest.mark.cpython("the command line runs on a developer's machine"),
]

FILES = {
    "app.py": APP.replace("import json, CANARY_module", "import json, CANARY_module, shop"),
    "shop/__init__.py": "from gossamer.server import server\nfrom .prices import CANARY_price\n"
    "@server\nasync def price() -> int:\n    return CANARY_price\n",
    "shop/prices.py": "CANARY_price = 1\n",
    "shop/stock_server.py": "CANARY = 1\n",
    "server/keys.py": "CANARY = 1\n",
    "db_server.py": "CANARY = 1\n",
    "index.html": '<script type="py" src="app.py" config=\'{"files": {"extra/more.py": ""}}\'>'
    "</script>",
    "extra/more.py": "# CANARY\nfrom gossamer.server import server\n@server\n"
    "async def more() -> str: return 'CANARY'\n",
    "public/loose.py": "from gossamer.server import server\n@server\n"
    "async def loose() -> str: return 'CANARY'\n",
    "pyproject.toml": '[tool.gossamer]\npackages = []\nserver = "serve:app"\n',
}


def unpacked(files: dict[str, bytes]) -> dict[str, bytes]:
    """All files, with those in archives."""
    found = dict(files)
    for name, content in files.items():
        if name.endswith(".zip"):
            if not content.startswith(b"PK"):
                continue  # the small runtime's
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                found |= {f"{name}/{each}": archive.read(each) for each in archive.namelist()}
    return found


def test_no_output_of_a_build_has_a_canary(app: MakeFolder) -> None:
    """P1"""
    build = Build(read_settings(app(FILES)))

    build.gather(lambda _text: None)

    found = unpacked(build.output.files)
    assert [name for name, content in found.items() if b"CANARY" in content] == []
    assert not any("_server" in name or "keys" in name for name in found)
    assert any(name.endswith("shop/__pycache__/__init__.cpython-314.pyc") for name in found)


def test_nothing_that_a_page_in_development_asks_for_has_a_canary(app: MakeFolder) -> None:
    """P1"""
    site = Site(read_settings(app(FILES)), lambda _text: None)

    served = {path: site.content(path) for path in FILES if path.endswith(".py")} | {
        "page": str(site.page("")).encode()
    }
    told = news_of(site, [site.settings.root / path for path in FILES if path.endswith(".py")])

    assert [path for path, content in served.items() if content and b"CANARY" in content] == []
    assert served["db_server.py"] is None
    assert "CANARY" not in str(told)
    assert "module=" in str(told)


def test_a_program_that_is_broken_is_not_sent_either(app: MakeFolder) -> None:
    """P1"""
    root = app(FILES)
    site = Site(read_settings(root), lambda _text: None)
    (root / "app.py").write_text(APP + "\ndef (", encoding="utf-8")

    told = news_of(site, [root / "app.py"])

    assert told[0]["kind"] == "fault"
    assert told[0]["fault"]["what"].startswith("app.py, line ")
    assert "CANARY" not in str(told)


def test_a_name_is_explained(app: MakeFolder) -> None:
    build = Build(read_settings(app(FILES)))

    assert "stays on the server" in build.explain("CANARY_sql")[0]


def test_a_page_cannot_name_the_servers_files(app: MakeFolder) -> None:
    page = '<script type="py" src="db_server.py"></script>'

    with pytest.raises(CommandError, match="which is the server's alone"):
        Build(read_settings(app({"db_server.py": "", "index.html": page}))).gather(str)


def test_a_server_function_in_a_page_is_refused(app: MakeFolder) -> None:
    page = (
        '<script type="py">from gossamer.server import server\n@server\nasync def f() -> int:'
        " return 1</script>"
    )

    with pytest.raises(SplitError, match="f is a server function in a page"):
        Build(read_settings(app({"index.html": page}))).gather(str)


def test_a_secret_of_the_environment_ends_a_build(
    app: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DSN", "postgres://secret")
    files = {
        "app.py": "dsn = 'postgres://secret'\n",
        "pyproject.toml": '[tool.gossamer]\nsecret-env = ["DSN", "UNSET"]\n',
    }

    with pytest.raises(CommandError, match="holds what DSN holds") as caught:
        Build(read_settings(app(files))).gather(str)

    assert "postgres" not in str(caught.value)


def test_a_file_that_is_no_text_is_refused(app: MakeFolder) -> None:
    root: Path = app({"app.py": "from gossamer.server import server\n"})
    (root / "odd.py").write_bytes(b"x = '\xff'")

    with pytest.raises(CommandError):
        Build(read_settings(root)).gather(str)


FUNCTION = """\
from gossamer.server import server
@server
async def read() -> int:
    return 1
@server(local=True)
async def here() -> int:
    return 2
async def nobody():
    return await here()
"""


def test_a_site_of_plain_files_calls_no_server(app: MakeFolder) -> None:
    page = "import shop\nfrom shop import read as load\nload()\nshop.read()\nshop.here()\n"
    root = app({"app.py": page, "shop.py": FUNCTION})

    with pytest.raises(CommandError, match="calls functions of a server") as caught:
        Build(read_settings(root)).gather(str)

    assert "load (app.py, line 3), shop.read (app.py, line 4)" in caught.value.why
    assert "here" not in caught.value.why


def test_a_function_that_nobody_calls_or_that_is_local_is_no_call(app: MakeFolder) -> None:
    build = Build(read_settings(app({"app.py": "import shop\n", "shop.py": FUNCTION})))

    build.gather(str)

    found = unpacked(build.output.files)
    assert b"return 2" in found[next(name for name in found if name.endswith("/shop.py"))]


def test_a_server_elsewhere_is_named_in_the_page(app: MakeFolder) -> None:
    files = {
        "app.py": "from shop import read\nread()\n",
        "shop.py": FUNCTION,
        "pyproject.toml": '[tool.gossamer]\nserver-url = "https://api.shop.example/"\n',
    }
    build = Build(read_settings(app(files)))

    build.gather(str)

    page = build.output.files["index.html"]
    assert b'<meta name="gossamer-server" content="https://api.shop.example">' in page
