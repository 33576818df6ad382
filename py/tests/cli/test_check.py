"""`gossamer check`: what it finds, and exactly where; `▸` in a program marks the place."""

from pathlib import Path
from textwrap import dedent

import pytest
from gossamer.cli.check.findings import FORMATS
from gossamer.cli.check.project import Project, files_below

pytestmark = pytest.mark.cpython("reads files, as the command does")

HEAD = """
from gossamer import For, Show, Signal, component, memo, mount, signal, store, view
from gossamer.elements import button, div, img, input, p, span


@component
def Card(title: str, size: int = 1, class_: str = "", children: object = None):
    return t"<h2>{title}</h2>{children}"


@component
def Plain():
    return t"<p>Plain</p>"

"""
BODY = """
@component
def App(given: Signal[int]):
    count, set_count = signal(0)
    double = memo(lambda: count() * 2)
    state = store({"user": {"name": "Ada"}})
    def save():
        set_count(1)
    def add(number):
        set_count(number)
    return LOOK
"""


def body(look: str) -> str:
    """A component with a signal, a memo, a store and handlers that returns this."""
    return BODY.replace("LOOK", look)


WRONG = {
    # markup
    "an unclosed tag": ("template-syntax", 'x = t"▸<p>Text"'),
    "a wrong end tag": ("template-syntax", 'x = t"<p>▸</div>"'),
    "an attribute twice": ("template-syntax", 'x = t"""<p class="a"\n  ▸class="b">x</p>"""'),
    "bad nesting": ("template-nesting", 'x = t"""\n  <p>é\n    ▸<div>x</div></p>"""'),
    "bad nesting after holes": ("template-nesting", 'x = t"<p>{1!r:>{2}}{{ \\n▸<div>x</div></p>"'),
    "in a continued line": ("template-nesting", 'x = t"<p>\\\n\\x41▸<div>x</div></p>"'),
    "in a raw template": ("template-nesting", 'x = rt"<p>\\n▸<div>x</div></p>"'),
    "a part of a table": ("template-nesting", 'x = t"<table>▸<tr><td>x</td></tr></table>"'),
    "a value in a script": ("template-hole", 'x = t"<script>▸{1}</script>"'),
    "a value in a comment": ("template-hole", 'x = t"<!-- ▸{1} -->"'),
    "a value as srcdoc": ("template-hole", 'x = t"<iframe ▸srcdoc={1}></iframe>"'),
    "an unknown modifier": ("template-hole", 'x = t"<p ▸on:click.prevnt={print}>x</p>"'),
    "an unknown binding": ("template-hole", 'x = t"<div ▸bind:value={1}>x</div>"'),
    "a template in a hole": ("template-syntax", "x = t\"<p>{t'▸<b>x'}</p>\""),
    "a string for a view": ("view", 'x = ▸view(f"<p>{1}</p>")'),
    # components
    "an unknown component": ("unknown-component", 'x = t"<▸{Crad} />"'),
    "an unknown prop": ("prop", 'x = t"<{Card} title={1} ▸sise={2} />"'),
    "an unknown prop on a line of its own": (
        "prop",
        'x = t"""\n  <{Card} title="a > b"\n  ▸data-x="1"></{Card}>"""',
    ),
    "a missing prop": ("prop", 'x = t"<p>{1}</p><▸{Card} size={2}></{Card}>"'),
    "children that are not taken": ("prop", 'x = t"<▸{Plain}>x</{Plain}>"'),
    "another end tag": ("template-syntax", "x = t'<{Card} title=\"x\">y</▸{Plain}>'"),
    "a function that is no component": (
        "prop",
        'def Row(item): return item\nx = t"<▸{Row} item={1} />"',
    ),
    "a text that is no component": ("prop", 'tag = "div"\nx = t"<▸{tag} />"'),
    "a call with an unknown prop": ("prop", 'x = ▸Card("a", sise=2)'),
    "a call without a prop": ("prop", "x = mount(▸Card())"),
    "a component that cannot be one": ("prop", "@component\n▸def Bad(*rest): return None"),
    "a prop of ours, by its module": (
        "prop",
        "import gossamer as g\nx = t'<{g.Show} ▸wen={1} when={2}>x</{g.Show}>'",
    ),
    "a prop of ours": ("prop", 'x = t"<{Show} ▸wen={1} when={2}>x</{Show}>"'),
    # reads and calls that happen once
    "a frozen signal": ("frozen-read", body('t"<p>{▸count()}</p>"')),
    "a frozen memo": ("frozen-read", body('t"<p title={▸double()}>x</p>"')),
    "a frozen place of a store": ("frozen-read", body('t"<p>{▸state.user.name()}</p>"')),
    "a frozen parameter": ("frozen-read", body("t'<p class=\"a {▸given()}\">x</p>'")),
    "a frozen part": ("frozen-read", body("""t"<p>{'many' if ▸count() > 5 else 'few'}</p>\"""")),
    "a frozen style": (
        "frozen-read",
        body("t'<p style=\"color: red; width: {▸count()}px\">x</p>'"),
    ),
    "a frozen condition": ("frozen-read", body('t"<{Show} when={▸count()}>x</{Show}>"')),
    "a frozen list": ("frozen-read", body('t"<{For} each={[▸count()]}>{str}</{For}>"')),
    "a frozen child of a component": (
        "frozen-read",
        body("t'<{Card} title=\"x\"><p>{▸count()}</p></{Card}>'"),
    ),
    "a frozen argument": ("frozen-read", body("span('Value: ', ▸count())")),
    "a called handler": ("called-handler", body('t"<button on:click={▸save()}>x</button>"')),
    "a called write": ("called-handler", body('t"<button on:click={▸set_count(0)}>x</button>"')),
    "a called set": ("called-handler", body('t"<button on:click={▸given.set(0)}>x</button>"')),
    "a called handler of the builder": ("called-handler", body("button('x', on_click=▸save())")),
    # the builder
    "bad nesting in the builder": ("template-nesting", "x = ▸p('a', div('b'))"),
    "children of a void element": ("view", "x = div(▸img('a'))"),
    "an unsafe name in the builder": ("unsafe-name", "x = ▸div({'a b': 1})"),
    # the file
    "no Python": ("python-syntax", "x = ▸]"),
}
RIGHT = {
    "a live signal": body('t"<p title={count}>{count:>3} {double!r} {state.user.name}</p>"'),
    "a read in a lambda": body('t"<p>{(lambda: count() * 2)}</p>"'),
    "a read in a function": body(
        '[(lambda: t"<p>{count()}</p>"), div(lambda: count()), t"{(t"{x}" for x in [count])}"]'
    ),
    "a peek": body('t"<p>{count.peek()}</p>"'),
    "an initial value": body('t"<{Card} title={count()} size={given()} />"'),
    "an initial value of a call": body('t"<p>{Card(title=count())}</p>"'),
    "a handler with arguments": body('t"<button on:click={(lambda: add(1))}>x</button>"'),
    "a function that makes a handler": (
        "def make(x):\n    return lambda: x\nx = t'<button on:click={make(1)}>x</button>'"
    ),
    "a spread of props": 'x = lambda props: t"<{Card} {props} size={1} />"',
    "a dash for an underscore, and class": 'x = t\'<{Card} title="a" class="b" attr:id="c" />\'',
    "children as a prop": "x = t'<{Card} title=\"a\"><b>b</b></{Card}>'",
    "a component of many": 'Any = Card if 1 else Plain\nx = t"<{Any} anything={1} />"',
    "a component that is chosen": 'x = lambda Chosen: t"<{Chosen} anything={1} />"',
    "a dynamic component": 'def pick(): return Plain\nx = t"<{pick} />"',
    "another decorator": (
        "from other import wrap\n@wrap\n@component\ndef Odd(a): ...\nx = t'<{Odd} b={1} />'"
    ),
    "a t-string of another package": 'from other import sql\nx = sql(t"SELECT <b> FROM {1}")',
    "a text with no markup": 'x = t"1 < 2 & {3}"',
    "attributes of a void element": "attributes = {}\nx = img(attributes), input({'value': 1})",
    "a list of rows": "x = div([p(str(n)) for n in range(3)], *[p('a')], **{})",
    "ignored here": 'x = t"<p>Text"  # gossamer: ignore',
    "ignored by its code": 'x = t"""\n<p>"""  # gossamer: ignore[template-syntax]',
}


def check(program: str, tmp_path: Path) -> list[tuple[int, int, str]]:
    """The places and codes of all that is found in a program."""
    found = Project(tmp_path).check_text(HEAD + program, tmp_path / "app.py")
    assert all(each.message.endswith(".") or each.code == "view" for each in found)
    return [(each.line, each.column, each.code) for each in found]


@pytest.mark.parametrize(("code", "program"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_found_where_it_stands(code: str, program: str, tmp_path: Path) -> None:
    before, mark, after = (HEAD + program).partition("▸")
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")

    found = check((before + after).removeprefix(HEAD), tmp_path)

    assert mark
    assert found == [(line, column, code)]


@pytest.mark.parametrize("program", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_left_alone(program: str, tmp_path: Path) -> None:
    assert check(program, tmp_path) == []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two modules and a package, and a page with a script."""
    files = {
        "cards.py": "from gossamer import component\n@component\ndef Card(title): return title\n",
        "parts/__init__.py": "from .rows import Row\n",
        "parts/rows.py": "from gossamer import Signal, component\n"
        "size = Signal(1)\n@component\ndef Row(item, *, height=1): return item\n",
        "broken.py": "def",
        "app.py": "import cards\nimport broken\nimport numpy\n"
        "from gossamer import component\nfrom parts import Row\nfrom parts.rows import size\n"
        "x = t'<{cards.Card} titel={1} /><{Row} heigth={2} item={3} />{size()}'\n"
        "y = t'<{broken.Thing} a={1} /><{numpy.Thing} /><{cards.Nope} />'\n",
        "index.html": "<p>Page</p>\n<script type='py'>\n"
        "from gossamer import view\nview(t'<p>')\n</script>\n"
        "<script type='py' src='app.py'></script><script>let python = '<p>'</script>\n",
        "node_modules/other.py": "def",
    }
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return tmp_path


def test_all_mistakes_of_a_template_are_found_and_none_that_follow_from_others(
    tmp_path: Path,
) -> None:
    program = '''
        n, set_n = signal(0)
        x = t"""<main>
          <p class="a" @click={print}>one</b>
          <p><div>two</div></p>
          <i class="x" class="y">{n()}</i>
          <button on:click={set_n(1)}>x</button>
          <td>cell</td>
          <ul><li><b>bold</li></ul>
        </main>"""
    '''

    found = check(dedent(program), tmp_path)

    first = found[0][0]
    assert [(line - first, code) for line, _, code in found] == [
        (0, "template-syntax"),
        (1, "template-nesting"),
        (2, "template-syntax"),
        (2, "frozen-read"),
        (3, "called-handler"),
        (4, "template-nesting"),
        (5, "template-syntax"),
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"x = 1\n\xff", 1), (b"\xff\xfe\0", 1), (b"x = '\0'", 1)],
    ids=["latin-1", "UTF-16", "a zero"],
)
def test_a_file_that_cannot_be_read_is_a_finding(content: bytes, line: int, tmp_path: Path) -> None:
    file = tmp_path / "app.py"
    file.write_bytes(content)

    found = Project(tmp_path).check([file])

    assert [each.line for each in found] == [line]
    assert found[0].code in ("unreadable", "python-syntax")


def test_components_and_signals_are_known_across_modules(project: Path) -> None:
    found = Project(project).check(files_below([project]))

    assert [(each.file, each.line, each.column, each.code) for each in found] == [
        ("app.py", 7, 21, "prop"),
        ("app.py", 7, 40, "prop"),
        ("app.py", 7, 63, "frozen-read"),
        ("app.py", 8, 49, "unknown-component"),
        ("broken.py", 1, 4, "python-syntax"),
        ("index.html", 4, 8, "template-syntax"),
    ]


def test_findings_are_told_to_people_programs_and_workflows(project: Path) -> None:
    (project / "app.py").unlink()
    found = Project(project).check(files_below([project / "index.html"]))

    assert FORMATS["text"](found) == (
        "index.html:4:8: template-syntax: <p> is not closed.\n"
        "    Why: the template ends inside of it.\n"
        "    Fix: Add </p>."
    )
    assert '"line": 4,\n    "column": 8,\n    "code": "template-syntax"' in FORMATS["json"](found)
    assert FORMATS["github"](found) == (
        "::error file=index.html,line=4,col=8,title=template-syntax::"
        "<p> is not closed. the template ends inside of it. Add </p>."
    )


def test_the_fix_says_what_to_write(tmp_path: Path) -> None:
    program = body("t'{count()}{count() * 2}<a on:click={save()}>{state.user.name()}</a>'")

    found = Project(tmp_path).check_text(HEAD + program, tmp_path / "app.py")

    assert [each.fix.partition(";")[0].rstrip(".") for each in found] == [
        "Write {count}",
        "Write {(lambda: count() * 2)}, or a memo",
        "Write {save}",
        "Write {state.user.name}",
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["index.html"], 1, "index.html:4:8: template-syntax"),
        (["--json", "index.html"], 1, '"line": 4'),
        (["--format", "github", "index.html"], 1, "::error file=index.html,line=4,col=8"),
        (["parts"], 0, "0 mistakes in 2 files."),
        (["--json", "parts"], 0, "[]"),
        (["nowhere"], 2, "nowhere"),
    ],
    ids=["text", "json", "github", "nothing", "nothing as json", "a wrong path"],
)
def test_the_command_says_by_its_end_what_it_found(
    words: list[str], code: int, said: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner
    from gossamer.cli.command import gossamer

    monkeypatch.chdir(project)

    result = CliRunner().invoke(gossamer, ["check", *words])

    assert result.exit_code == code, result.output
    assert said in result.output


def test_the_servers_half_is_checked(tmp_path: Path) -> None:
    def findings(**files: str) -> list[tuple[str, int, str]]:
        for name, text in files.items():
            (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        found = Project(tmp_path).check(sorted(tmp_path.glob("*.py")))
        return [(each.file, each.line, each.code) for each in found]

    head = "import os\nfrom gossamer.server import server\n"

    assert findings(app=f"{head}@server\ndef f() -> int: return 1\n") == [("app.py", 4, "split")]
    assert findings(app=f"{head}DSN = os.environ['DSN']\nprint(DSN)\n", db_server="") == [
        ("app.py", 3, "server-secret")
    ]
    assert findings(app=f"{head}import db_server\n") == [("app.py", 3, "split")]
    assert (
        findings(
            app=f"{head}import db_server\n@server\nasync def f() -> int:\n    return db_server.x\n"
        )
        == []
    )
