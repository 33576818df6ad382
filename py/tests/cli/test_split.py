"""What is the server's stays there, and what is left of a program still runs."""

import ast

import pytest
from gossamer.cli.split.project import Project
from gossamer.errors import SplitError

pytestmark = pytest.mark.cpython("the command line runs on a developer's machine")

APP = '''\
"""A shop."""
# CANARY_comment of the module
import os
import json, CANARY_module
from dataclasses import dataclass
from CANARY_driver import (
    connect,  # CANARY_inline
    query as run,
)
from db_server import rows
from gossamer.server import SERVER, server

DSN = os.environ["DSN"] + "CANARY_constant"
TABLE: str = f"CANARY_typed {DSN}"
LIMIT = 20
type Row = dict[str, CANARY_type]


@dataclass
class Todo:
    title: str


class CANARY_Helper:
    """CANARY_helper_docstring"""

    def read(self):
        return connect(DSN)


def CANARY_sql(limit):
    def again():
        return CANARY_sql(limit)
    return f"select * from {TABLE} limit {limit}" if limit else again()


def fmt(todo):
    return todo.title.upper()  # CANARY_kept_comment


if SERVER:
    CANARY_setup = connect("CANARY_dsn")
    print(CANARY_setup)
else:
    print("page")

if not SERVER:
    page = 1
else:
    page = "CANARY_else"

kind = "CANARY_expression" if SERVER else "page"


@server(
    path="todos",
    max_age=len("CANARY_option"),  # CANARY_option_comment
    errors=[KeyError],
)
async def todos(
    limit: int = LIMIT,  # CANARY_parameter
) -> (
    list[Todo]
):  # CANARY_colon
    """CANARY_docstring"""
    # CANARY_body_comment
    helper = CANARY_Helper(CANARY_module)
    found: list[Row] = run(helper.read(), CANARY_sql(limit)) + rows()
    return [Todo(json.dumps(row)) for row in found]
    # CANARY_after


# CANARY_between
@server
async def plain(x: int) -> int: return x + len("CANARY_one_line")  # CANARY_end

@server(local=True)
async def here(x: int) -> int:
    return x + 1


def boom():
    raise ValueError(fmt(Todo("here")))
'''


def split(*, more: dict[str, str] | None = None, app: str = APP) -> Project:
    return Project({"app.py": app, "db_server.py": "CANARY_file = 1", **(more or {})})


def test_nothing_of_the_server_is_left() -> None:
    """P1"""
    project = split()

    text = project.client_text("app.py")

    assert text is not None
    assert [line for line in text.splitlines() if "CANARY" in line] == []
    assert "os.environ" not in text
    assert project.client_text("db_server.py") is None


def test_what_a_page_needs_is_left_on_its_line() -> None:
    """P1"""
    text = split().client_text("app.py")
    assert text is not None

    before, after = APP.splitlines(), text.splitlines()
    assert len(before) == len(after)
    for number, line in enumerate(before):
        if line.startswith(
            ("LIMIT", "class Todo", "    title: str", "def fmt", "def boom", "    raise")
        ):
            assert after[number] == line
    tree = ast.parse(text)
    places = {getattr(node, "name", ""): node.lineno for node in tree.body if hasattr(node, "name")}
    assert places["boom"] == before.index("def boom():") + 1
    assert "module='app'" in text
    assert "errors=[KeyError]" in text
    assert "return x + 1" in text
    assert 'else:\n    print("page")' in text


def test_what_is_left_runs(tmp_path: object) -> None:
    text = split().client_text("app.py")
    assert text is not None

    names = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}

    assert "rows" not in names
    compile(text, "app.py", "exec")


def test_modules_keep_what_pages_take_from_each_other() -> None:
    shared = """\
from gossamer.server import server
from lib_server import secret
def used(): return 1
def mine(): return secret
def both(): return mine()
@server
async def f() -> int: return both() + used()
"""
    more = {"lib_server.py": "secret = 1", "shared.py": shared}
    page = "from shared import used\nused()\n"

    project = Project({"app.py": page, **more})
    alone = Project({"app.py": "", **more})

    assert set(project.programs["shared.py"].pruned) == {"secret", "mine", "both"}
    assert set(alone.programs["shared.py"].pruned) == {"secret", "mine", "both", "used"}


def test_names_that_only_a_pruned_import_took_go_in_the_next_round() -> None:
    first = """\
from gossamer.server import server
from second import chain
@server
async def f() -> int: return chain()
"""
    second = """\
from gossamer.server import server
SECRET = "CANARY"
def chain(): return SECRET
@server
async def g() -> str: return chain()
"""

    project = Project({"first.py": first, "second.py": second})

    assert "CANARY" not in str(project.client_text("second.py"))


def test_what_nobody_names_or_what_is_exported_stays() -> None:
    app = """\
from gossamer.server import server
import plugin
__all__ = ["shown"]
def shown(): return 1
register = print("side effect")
@server
async def f() -> int: return shown()
"""

    text = str(Project({"app.py": app}).client_text("app.py"))

    assert "import plugin" in text
    assert "def shown" in text
    assert "side effect" in text


@pytest.mark.parametrize("form", ["db_server.py", "server/db.py", "db.py"])
def test_a_page_cannot_import_the_servers_files(form: str) -> None:
    """P2"""
    text = "# gossamer: server-only\nSECRET = 1\n" if form == "db.py" else "SECRET = 1\n"
    module = form.removesuffix(".py").replace("/", ".")
    sources = {
        form: text,
        "server/__init__.py": "",
        "app.py": "import helpers\n",
        "helpers.py": f"x = 1\n\nfrom {module} import SECRET\n",
    }

    with pytest.raises(SplitError) as caught:
        Project(sources)

    assert caught.value.what.startswith(f"helpers.py, line 3: it imports {form}")
    assert f"app → helpers → {module}" in caught.value.why


def test_an_import_in_a_body_or_of_a_package_is_found_as_well() -> None:
    inside = "from gossamer.server import server\ndef f():\n    from . import db_server\n"

    with pytest.raises(SplitError, match="line 3"):
        Project({"pkg/app.py": inside, "pkg/db_server.py": "", "pkg/__init__.py": ""})


WRONG = [
    ("def f() -> int: return 1", "no async function"),
    ("class f: ...", "no async function"),
    ("async def f(*args: int) -> int: return 1", "no names"),
    ("async def f(a: int, /) -> int: return 1", "no names"),
    ("async def f(a) -> int: return 1", "parameter a"),
    ("async def f(a: int): return 1", "what it gives"),
    ("async def f(a: Any) -> int: return 1", "cannot travel"),
    ("async def f(a: int) -> list: return []", "cannot travel"),
    ("async def f(a: int) -> 'Later': return []", "cannot travel"),
]


@pytest.mark.parametrize(("function", "text"), WRONG, ids=lambda each: each[:30])
def test_functions_that_cannot_be_called_are_refused_with_their_line(
    function: str, text: str
) -> None:
    """P2"""
    app = f"from gossamer.server import server\n\n@server\n{function}\n"

    with pytest.raises(SplitError, match=text) as caught:
        Project({"app.py": app})

    assert caught.value.what.startswith("app.py, line 4: ")


def test_a_function_in_another_is_refused() -> None:
    """P2"""
    app = "import gossamer.server as s\ndef f():\n    @s.server\n    async def g() -> int: ...\n"

    with pytest.raises(SplitError, match="line 4: @server stands at g"):
        Project({"app.py": app})


def test_other_names_of_the_decorator_are_known() -> None:
    forms = [
        "from gossamer.server import server as remote\n@remote\n",
        "import gossamer.server\n@gossamer.server.server\n",
        "from gossamer import server\n@server.server\n",
        "from gossamer import server as s\nx = 1 if s.SERVER and True else 2\n@s.server()\n",
    ]

    for form in forms:
        text = Project({"app.py": f"{form}async def f() -> str: return 'CANARY'\n"})
        assert "CANARY" not in str(text.client_text("app.py"))


def test_a_program_without_the_server_is_left_as_it_is() -> None:
    app = "# a comment\nfrom gossamer import mount\nmount(t'<p>Hello</p>')\n"

    assert Project({"app.py": app}).client_text("app.py") == app


def test_what_became_of_a_name_is_explained() -> None:
    project = split(more={"other.py": "from app import fmt\nfmt(1)\n"})

    assert "stays on the server" in project.explain("DSN")[0]
    assert "a page gets its signature" in project.explain("todos")[0]
    assert project.explain("fmt")[0] == (
        "app.py, line 37: a page gets fmt: line 83, other.py names it."
    )
    assert "nobody on the server does" in project.explain("boom")[0]
    assert project.explain("nothing") == []
    assert project.report()[0].startswith("app.py: 3 server functions; kept back: ")


def test_modules_that_only_the_server_imports_stay_at_home() -> None:
    app = """\
import db
from gossamer.server import server
from pages import home
@server
async def f() -> int: return db.read()
"""
    sources = {
        "app.py": app,
        "db.py": "from models import Model\ndef read(): return Model\n",
        "models.py": "import shared, driver_server\nclass Model: pass\n",
        "driver_server.py": "",
        "shared.py": "",
        "pages.py": "import shared\nfrom gossamer import lazy\nhome = lazy('later:Page')\n",
        "later.py": "Page = 1\n",
        "nobody.py": "",
        "main.py": "from gossamer.asgi import App\nimport later\napp = App(later.Page)\n",
    }

    project = Project(sources)

    kept = [path for path in sources if project.client_text(path) is not None]
    assert kept == ["app.py", "shared.py", "pages.py", "later.py", "nobody.py"]
    assert project.explain("read") == ["db.py is the server's alone, with read in it."]
