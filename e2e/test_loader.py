"""The loader: every `<script type="py">` of a page runs, wherever the page stands."""

import gzip
import io
import json
import shutil
import zipfile

import pytest

LISTEN = """
window.told = [];
for (const type of ['py:progress', 'py:ready', 'py:done', 'py:all-done', 'gossamer:boot-error'])
  addEventListener(type, (event) => told.push([type, event.target.id || '', event.detail?.reason
    ?? (typeof event.detail === 'string' ? event.detail : '')]));
"""
POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'"


def document(*body: str, loader: str = "../gossamer/gossamer.js", options: str = "") -> str:
    """A page that loads Gossamer."""
    head = f'<script type="module" src="{loader}" {options}></script>'
    return f'<!doctype html><html lang="en"><title>t</title>{head}<body>{"".join(body)}</body>'


def archive(files: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as zipped:
        for name, text in files.items():
            zipped.writestr(name, text)
    return held.getvalue()


def wheel(name: str, source: str) -> bytes:
    info = f"{name}-1.0.dist-info"
    return archive(
        {
            f"{name}.py": source,
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/RECORD": "",
        }
    )


def wait_done(page, times: int = 1) -> None:
    page.wait_for_function(
        "(n) => told.filter(([type]) => type === 'py:all-done').length >= n", arg=times
    )


ALL = (
    '<p id="static">Here before Python</p><pre id="one"></pre><pre class="two"></pre>',
    '<ol id="order"></ol>',
    """<script type="py" id="first">
from js import document
def say(text):
    item = document.createElement("li")
    item.textContent = text
    document.getElementById("order").append(item)
import asyncio
await asyncio.sleep(0.01)
say("first")
</script>""",
    '<script type="py" id="second" src="app.py?v=1" target="one"></script>',
    """<script type="py" id="third" target=".two" config='
packages = ["./wheels/vendored-1.0-py3-none-any.whl"]
[files]
"data.txt" = "held/"
'>
import vendored
say(vendored.WORD)
print(open("held/data.txt").read())
</script>""",
    """<script type="py" id="fourth" config="conf/app.toml" async="false">
import inside, deep.module
say(inside.WORD + deep.module.WORD)
say(__name__)
</script>""",
    """<script type="py" id="fifth" config='{"name": "x", "files": {"bundle.tar": ""}}'>
import os.path
say(str(os.path.exists("bundle.tar")))
</script>""",
    '<script type="module" src="../gossamer/gossamer.js?again"></script>',
)


@pytest.fixture(scope="module")
def lived(browser, app_server):
    """One page with a bit of everything, under a strict policy; several tests look at it."""
    site = app_server
    site.headers["content-security-policy"] = POLICY
    site.put("t/index.html", document(*ALL))
    site.put("t/app.py", 'say("second")\nprint("to one")\n')
    site.put("t/wheels/vendored-1.0-py3-none-any.whl", wheel("vendored", 'WORD = "third"'))
    site.put("t/data.txt", "to two")
    site.put("t/conf/app.toml", '[files]\n"inner.zip" = "./*"\n"m.py" = "deep/module.py"\n')
    site.put("t/conf/inner.zip", archive({"inside.py": 'WORD = "fou"'}))
    site.put("t/conf/m.py", 'WORD = "rth"')
    site.put("t/bundle.tar", "not unpacked")
    context = browser.new_context()
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.add_init_script(LISTEN)
    page.goto(site.url + "t/")
    wait_done(page)
    page.asked = list(site.requests)
    yield page
    context.close()
    site.clear()


def test_loader_is_at_most_4_kilobytes_beside_its_table_of_files(bare_loader):
    assert len(gzip.compress(bare_loader, 9)) <= 4096


def test_scripts_run_in_document_order_in_one_namespace(lived):
    items = lived.locator("#order li").all_inner_texts()

    assert items == ["first", "second", "third", "fourth", "__main__", "True"]


def test_output_goes_to_the_target(lived):
    assert lived.locator("#one").inner_text() == "to one\n"
    assert lived.locator(".two").inner_text() == "to two\n"


def test_a_strict_policy_needs_no_exception(lived):
    assert lived.complaints == []
    assert lived.locator(".gossamer-error").count() == 0


def test_every_file_is_asked_for_once_although_the_loader_is_there_twice(lived):
    runtime = [path for path in lived.asked if path.startswith("gossamer/")]

    assert sorted(runtime) == [
        "gossamer/dom.js",
        "gossamer/gossamer.image",
        "gossamer/gossamer.js",
        "gossamer/gossamer.js",
        "gossamer/pyodide/pyodide.asm.mjs",
        "gossamer/pyodide/pyodide.asm.wasm",
        "gossamer/pyodide/pyodide.mjs",
        "gossamer/start.js",
    ]


def test_events_tell_the_course(lived):
    told = [(kind, where) for kind, where, _ in lived.evaluate("told") if kind != "py:progress"]

    names = ["first", "second", "third", "fourth", "fifth"]
    expected = [(kind, name) for name in names for kind in ("py:ready", "py:done")]
    assert told == [*expected, ("py:all-done", "")]
    steps = [detail for kind, _, detail in lived.evaluate("told") if kind == "py:progress"]
    assert steps[:2] == ["Loading Python", "Starting Python"]


def test_progress_leaves_nothing_behind(lived):
    assert lived.locator(".gossamer-progress").count() == 0


def test_a_script_that_comes_later_runs_too(lived):
    lived.evaluate(
        """() => {
          const script = document.createElement('script');
          script.type = 'py';
          script.textContent = 'document.title = f"{say.__name__} later"';
          document.body.append(script);
        }"""
    )

    lived.wait_for_function("() => document.title === 'say later'")


def test_scripts_around_a_change_by_python_run_too(lived):
    lived.evaluate(
        """() => {
          const add = (source) => {
            const place = document.body.appendChild(document.createElement('div'));
            place.innerHTML = '<div><script type="py"></script></div>';
            place.firstChild.firstChild.textContent = source;
          };
          window.add = add;
          add(`
from gossamer import For, Signal, mount
rows = Signal([])
def show(row):
    return t"<li class='row'>{row}</li>"
def more():
    rows.set([1, 2])
mount(t"<button id='more' on:click={more}></button><{For} each={rows}>{show}</{For}>")
`);
        }"""
    )
    lived.wait_for_selector("#more", state="attached")

    order = lived.locator("#order")
    lived.evaluate(
        """() => {
          add('say("before the change")');
          document.getElementById('more').click();
        }"""
    )
    order.get_by_text("before the change").wait_for(state="attached")
    lived.evaluate("add('say(\"after the change\")')")
    order.get_by_text("after the change").wait_for(state="attached")

    assert lived.locator(".row").count() == 2


def test_a_copy_in_any_folder_works(page, built, tmp_path, site_of):
    shutil.copytree(built / "gossamer", tmp_path / "gossamer")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "index.html").write_text(
        document('<output id="out"></output><script type="py" src="main.py" target="out"></script>')
    )
    (tmp_path / "app" / "main.py").write_text("print(40 + 2, end='')")
    page.add_init_script(LISTEN)

    with site_of(tmp_path, "some/where/else/") as site:
        page.goto(site.url + "app/")
        wait_done(page)

    assert page.locator("#out").inner_text() == "42"


TINY = document('<pre id="out"></pre><script type="py" target="out">print("alive")</script>')


@pytest.mark.parametrize("missing", ["instantiateStreaming", "compileStreaming", "Suspending"])
def test_what_pyodide_can_do_without_is_not_needed(page, site, missing):
    site.put("t/index.html", TINY)
    page.add_init_script(LISTEN + f"delete WebAssembly.{missing};")
    if missing == "compileStreaming":
        site.faults["gossamer/pyodide/pyodide.asm.wasm"] = "wrong type"

    page.goto(site.url + "t/")
    wait_done(page)

    assert page.locator("#out").inner_text() == "alive\n"


def test_progress_appears_when_it_takes_long(page, site):
    site.put("t/index.html", TINY)
    site.faults["gossamer/dom.js"] = "slow"
    page.add_init_script(LISTEN)

    page.goto(site.url + "t/")
    status = page.get_by_role("status")
    status.wait_for()
    page.wait_for_function("() => document.querySelector('progress').value > 0.9")
    assert "Loading Python" in status.inner_text()
    site.release()
    wait_done(page)

    assert status.count() == 0


def test_a_page_brings_its_own_progress(page, site):
    own = '<div data-gossamer-progress hidden role="status">Wait <progress></progress></div>'
    site.put("t/index.html", TINY.replace("<pre", own + "<pre"))
    site.faults["gossamer/dom.js"] = "slow"
    page.add_init_script(LISTEN)

    page.goto(site.url + "t/")
    status = page.get_by_role("status")
    status.wait_for()
    assert status.count() == 1
    site.release()
    wait_done(page)

    assert not status.is_visible()


ERRORS = (
    '<script type="py" id="syntax">\nx = 1\ndef f(:\n</script>',
    '<script type="py" src="raises.py"></script>',
    '<script type="py">import nowhere_to_be_found</script>',
    '<script type="py" target="#nothing">pass</script>',
    '<script type="py" config="{">pass</script>',
    '<script type="py" src="absent.py">pass</script>',
    """<script type="py">
import asyncio
async def doomed():
    raise KeyError("in a task")
asyncio.create_task(doomed())
</script>""",
    '<script type="py" target="out">print("the last one runs")</script><pre id="out"></pre>',
)


def test_an_error_names_file_and_line_and_the_rest_goes_on(page, site, expected_errors):
    expected_errors += ["gossamer: app-", "404", "in a task"]
    said = []
    page.on("console", lambda message: said.append(message.text))
    site.put("t/index.html", document(*ERRORS))
    site.put("t/raises.py", "def inner():\n    return 1 / 0\n\ninner()\n")
    page.add_init_script(LISTEN)

    page.goto(site.url + "t/")
    wait_done(page)

    told = "\n".join(page.get_by_role("alert").all_inner_texts())
    assert page.locator("#out").inner_text() == "the last one runs\n"
    assert "syntax, line 3: SyntaxError" in told
    assert "raises.py, line 2: ZeroDivisionError: division by zero" in told
    assert 'File "raises.py", line 4, in <module>\n    inner()' in told
    assert "ModuleNotFoundError: No module named 'nowhere_to_be_found'" in told
    assert "Could not load absent.py (app-missing)" in told
    assert "There is no element #nothing" in told
    assert "neither JSON nor TOML" in told
    assert "gossamer_page" not in told
    assert "_pyodide" not in told
    assert page.get_by_role("alert").count() == 6
    page.wait_for_function("() => true")
    assert any("KeyError: 'in a task'" in text for text in said)


def test_names_are_installed_from_pypi_with_micropip(page, context, site):
    micropip = (
        "async def install(names):\n"
        "    import sys, types\n"
        "    sys.modules[names[0]] = types.SimpleNamespace(WORD='from PyPI')\n"
    )
    wheels = {"micropip": wheel("micropip", micropip), "packaging": wheel("packaging", "")}
    cors = {"access-control-allow-origin": "*"}

    def index(route) -> None:
        name = route.request.url.split("/")[-2]
        url = f"https://files.pythonhosted.org/{name}-1.0-py3-none-any.whl"
        listing = {"urls": [{"packagetype": "bdist_wheel", "url": url}]}
        route.fulfill(body=json.dumps(listing), headers=cors, content_type="application/json")

    def download(route) -> None:
        name = route.request.url.split("/")[-1].split("-")[0]
        route.fulfill(body=wheels[name], headers=cors, content_type="application/zip")

    context.route("https://pypi.org/pypi/*/json", index)
    context.route("https://files.pythonhosted.org/*", download)
    script = """<script type="py" target="out" config='{"packages": ["wanted"]}'>
import wanted
print(wanted.WORD)
</script><pre id="out"></pre>"""
    site.put("t/index.html", document(script))
    page.add_init_script(LISTEN)

    page.goto(site.url + "t/")
    wait_done(page)

    assert page.locator("#out").inner_text() == "from PyPI\n"


LATE = """<main></main><script type="py">
from gossamer import mount
from gossamer.router import Route, Router, Routes, lazy
late = lazy("charts:Chart", wheels=["./wheels/plotted-1.0-py3-none-any.whl"])
mount(Router(Routes([Route("/", t"<a href='#/charts'>Charts</a>"), Route("/charts", late)]), mode="hash"), "main")
</script>"""


def test_a_route_fetches_its_module_and_wheels_when_somebody_rests_on_its_link(page, site):
    """N9, N10"""
    chart = 'import plotted\nfrom gossamer import component\n@component\ndef Chart():\n    return t"<h1>{plotted.WORD}</h1>"\n'
    site.put("t/index.html", document(LATE))
    site.put("t/charts.py", chart)
    site.put("t/wheels/plotted-1.0-py3-none-any.whl", wheel("plotted", 'WORD = "plotted late"'))
    page.add_init_script(LISTEN)

    def asked() -> list[str]:
        return [each for each in site.requests if each.startswith(("t/charts", "t/wheels"))]

    page.goto(site.url + "t/")
    wait_done(page)
    assert asked() == []

    link = page.get_by_role("link", name="Charts")
    with page.expect_response("**/charts.py"):
        link.hover()
    page.mouse.move(600, 600)
    link.hover()
    assert page.get_by_role("heading").count() == 0
    link.click()
    page.get_by_role("heading", name="plotted late").wait_for()

    assert sorted(asked()) == ["t/charts.py", "t/wheels/plotted-1.0-py3-none-any.whl"]
    assert page.url.endswith("#/charts")
