"""Hydration in Chromium: a server's very nodes become the view's."""

import json
import os
import random
import subprocess
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from gossamer.errors import TemplateError
from gossamer.ssr import render_to_string

from .python_page import emptied, shared_page
from .test_templates_data import DATA as TEMPLATES

ROOT = Path(__file__).resolve().parent.parent
TREES = ROOT / "py" / "tests" / "ssr" / "trees.py"
EARLY = ROOT / "wasm" / "early" / "early.js"
COUNT = int(os.environ.get("TREES", "2000"))
SETUP = """
import warnings
from gossamer import hydrate
from gossamer.reactive import set_debug
warnings.simplefilter("ignore")
set_debug(on=True)

unmount_all = clear

def clear():
    unmount_all()
    js.document.querySelector("main") and js.document.querySelector("main").remove()

def adopt(make, target="#served"):
    apps.append(hydrate(make(), target))
    return apps[-1]
"""
HELPERS = """() => {
  window.warnings = [];
  const warn = console.warn;
  console.warn = (text) => { if (!String(text).startsWith('An ErrorBoundary')) warnings.push(text); };
  window.holder = (id, markup) => {
    const made = document.createElement('main');
    made.id = id;
    made.innerHTML = markup;
    document.body.append(made);
    return made;
  };
  window.nodes_of = (root) => {
    const found = [];
    const walk = document.createNodeIterator(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (walk.referenceNode !== root) found.push(walk.referenceNode);
    return found;
  };
  window.serve = (markup) => {
    window.served = holder('served', markup);
    window.before = nodes_of(served);
  };
  window.left = () => before.filter((node) => !served.contains(node)).map((node) => node.nodeName);
  window.added = () => {
    const known = new Set(before);
    return nodes_of(served).filter((node) => !known.has(node) && (node.data ?? '?') !== '')
      .map((node) => node.nodeName);
  };
  window.same = (one, other) => {
    for (const each of other.querySelectorAll('[data-on]')) each.removeAttribute('data-on');
    const nodes = [...one.childNodes];
    const isSame = nodes.length === other.childNodes.length &&
      nodes.every((node, index) => node.isEqualNode(other.childNodes[index]));
    return isSame ? '' : `${one.innerHTML}\n--\n${other.innerHTML}`;
  };
}"""
FUZZ = """
def try_tree(seed, markup, corrupt):
    js.serve(markup)
    if corrupt is not None and not js.corrupt(seed, corrupt):
        js.served.remove()
        return None
    view, signals = grow(seed)
    told = []
    shown = mount(view, js.holder("built", ""))
    view, others = grow(seed)
    js.warnings.length = 0
    mended = hydrate(view, js.served)
    if corrupt == "append":
        js.served.lastElementChild.remove()
    if corrupt is None:
        told += [f"lost {name}" for name in js.left()]
        told += [f"added {name}" for name in js.added()]
        told += [*js.warnings]
    elif not js.warnings.length and corrupt not in ("append",):
        told.append("not detected")
    told += filter(None, [js.same(js.document.getElementById("built"), js.served)])
    change(signals, seed)
    change(others, seed)
    told += filter(None, [js.same(js.document.getElementById("built"), js.served)])
    mended.unmount()
    shown.unmount()
    js.document.getElementById("built").remove()
    if corrupt is None and js.served.childNodes.length:
        told.append("left " + js.served.innerHTML)
    js.served.remove()
    return told

def try_trees(cases, corrupt):
    import json
    found, count = [], 0
    for seed, markup in json.loads(cases):
        try:
            told = try_tree(seed, markup, corrupt)
        except Exception as error:
            told = [f"{type(error).__name__}: {error}"]
            for each in [*js.document.querySelectorAll("main")]:
                each.remove()
        count += told is not None
        if told:
            found.append([seed, markup, told])
    return json.dumps([count, found])
"""
CORRUPT = """() => {
  window.corrupt = (seed, kind) => {
    const all = [];
    const walk = document.createNodeIterator(served);
    while (walk.nextNode()) if (walk.referenceNode !== served) all.push(walk.referenceNode);
    // what holds text only, or is nobody's, tells nothing
    const seen = all.filter((node) => !node.parentElement.closest('textarea, option, svg'));
    const comments = all.filter((node) => node.nodeType === 8 && !node.data);
    const elements = seen.filter((node) => node.nodeType === 1);
    const pick = (from) => from[(seed * 7919) % from.length];
    if (kind === 'strip') comments.forEach((node) => node.remove());
    if (kind === 'one') pick(comments)?.remove();
    if (kind === 'append') served.append(document.createElement('aside'));
    if (kind === 'insert') pick(elements)?.before(document.createElement('aside'));
    if (kind === 'gone') pick(elements)?.remove();
    if (kind === 'font') {
      const chosen = pick(seen.filter((node) => node.nodeType === 3));
      if (!chosen) return false;
      const font = document.createElement('font');
      chosen.replaceWith(font);
      font.append(chosen);
    }
    if ([...served.childNodes].every((node) => node.nodeType === 3 && !node.data.trim())) return false;
    return kind === 'append' || Boolean(kind === 'strip' || kind === 'one' ? comments.length : elements.length);
  };
}"""


@pytest.fixture(scope="module")
def shared(app_browser):
    """One page for all tests of this file."""
    for python in shared_page(app_browser):
        python.run(SETUP)
        python.run(TREES.read_text("utf-8"))
        python.js(HELPERS)
        python.js(CORRUPT)
        python.run(FUZZ)
        python.page.add_script_tag(content=EARLY.read_text("utf-8"))
        yield python


@pytest.fixture
def python(shared, expected):
    """The page, as empty before a test as after it."""
    yield from emptied(shared, expected)


def markup_of(seeds: range) -> str:
    """Random trees as a server writes them."""
    names: dict[str, Any] = {}
    exec(TREES.read_text("utf-8"), names)
    return json.dumps(
        [(seed, render_to_string(names["grow"](seed)[0], hydratable=True)) for seed in seeds]
    )


def test_random_trees_are_adopted_node_by_node(python) -> None:
    """S4, H1"""
    first = random.randrange(10**6)
    print(f"seeds {first} to {first + COUNT}")

    cases = markup_of(range(first, first + COUNT))
    python.js("(cases) => { window.cases = cases; }", cases)
    count, failures = json.loads(python.run("try_trees(js.cases, None)"))

    assert count == COUNT
    assert not failures, failures[:3]


@pytest.mark.parametrize("kind", ["strip", "one", "append", "insert", "gone", "font"])
def test_each_corruption_is_detected_and_mended(python, kind) -> None:
    """H8, H9, H12"""
    first = random.randrange(10**6)
    print(f"seeds {first} to {first + COUNT // 10}")

    cases = markup_of(range(first, first + COUNT // 10))
    python.js("(cases) => { window.cases = cases; }", cases)
    count, failures = json.loads(python.run(f"try_trees(js.cases, {kind!r})"))

    assert count > COUNT // 50
    assert not failures, failures[:3]


DUMP = """() => {
  window.lay = (markup) => { // parts of tables may stand at the root of a template only
    const template = document.createElement('template');
    template.innerHTML = markup;
    served.append(document.importNode(template.content, true));
  };
  const name = (element) => {
    const language = element.namespaceURI.split('/').at(-1);
    const prefix = { svg: 'svg ', MathML: 'math ' }[language] ?? '';
    return prefix + element.localName;
  };
  window.dump = (parent) => {
    const found = [];
    for (const child of (parent.localName === 'template' ? parent.content : parent).childNodes) {
      const last = found.at(-1);
      if (child.nodeType === Node.TEXT_NODE) {
        if (!child.data) continue;
        if (last && last[0] === '#text') last[1] += child.data;
        else found.push(['#text', child.data]);
      } else if (child.nodeType === Node.COMMENT_NODE) found.push(['#comment', child.data]);
      else {
        const attributes = [...child.attributes].map(({ name, value }) => [name, value]);
        found.push([name(child), Object.fromEntries(attributes), dump(child)]);
      }
    }
    return found;
  };
}"""
DATA = """
import json
from string.templatelib import Interpolation, Template

def template(case):
    first, *rest = case["strings"]
    parts = [first]
    for value, string in zip(case.get("values", []), rest, strict=True):
        parts += [Interpolation(value, "value"), string]
    return Template(*parts)

def adopt_all(cases):
    found = []
    for case, markup in json.loads(cases):
        js.serve("")
        js.lay(markup)
        js.warnings.length = 0
        app = hydrate(template(case), js.served)
        found.append([json.loads(js.JSON.stringify(js.dump(js.served))), [*js.warnings]])
        app.unmount()
        js.served.remove()
    return json.dumps(found)
"""


def test_each_template_of_the_data_set_gives_the_stated_tree_hydrated(python, expected) -> None:
    expected.append("404|ERR")  # the cases name images that nobody serves
    names: dict[str, Any] = {}
    exec(DATA, names)
    cases = []
    for case in json.loads(TEMPLATES.read_text("utf-8"))["cases"]:
        try:
            cases.append((case, render_to_string(names["template"](case), hydratable=True)))
        except TemplateError:
            assert case["kind"] == "reject_or_match", case["id"]
    python.js(DUMP)
    python.run(DATA)
    python.js("(cases) => { window.cases = cases; }", json.dumps(cases))

    found = json.loads(python.run("adopt_all(js.cases)"))

    failures = [
        (case["id"], markup, case["dom"], tree, told)
        for (case, markup), (tree, told) in zip(cases, found, strict=True)
        if tree != case["dom"] or told
    ]
    print(f"{len(cases)} hydrated, {len(failures)} failures")
    assert not failures, [(each[0], each[1][:90]) for each in failures]


def serve(python, code: str) -> None:
    """Let the page hold what a server makes of `App`; both sides run the same code."""
    names: dict[str, Any] = {}
    exec("from gossamer import *\n" + dedent(code), names)
    python.js("(markup) => { serve(markup); }", render_to_string(names["App"](), hydratable=True))
    python.run(dedent(code))
    python.js("() => { warnings.length = 0; }")


def hydrate(python) -> None:
    """Let Python wake up in it."""
    python.run("adopt(App)")


ROWS = """
rows = Signal(list(range(1000)))
@component
def App():
    return t"<table><tbody>{For(rows, children=row)}</tbody></table>"
def row(i):
    return t"<tr><td>{i}</td><td>{f'row {i}'}</td></tr>"
"""


def test_a_thousand_rows_take_at_most_five_crossings(python) -> None:
    """H1, H3, H4"""
    serve(python, ROWS)
    python.run("""
        from gossamer.dom.bridge import Verbs, verbs
        from gossamer.dom.mount import begin
        begin()
        crossed = []
        def counted(name, verb):
            def call(*given):
                crossed.append(name)
                return verb(*given)
            return call
        plain = {name: getattr(verbs, name) for name in Verbs.__slots__}
        for name, verb in plain.items():
            setattr(verbs, name, counted(name, verb))
    """)
    python.js(
        "() => { window.changes = []; new MutationObserver((all) => changes.push(...all))"
        ".observe(served, { childList: true, subtree: true, attributes: true,"
        " characterData: true }); }"
    )

    took = python.js(
        "() => { const begun = performance.now(); python.runPython('adopt(App)');"
        " return performance.now() - begun; }"
    )
    print(f"1000 rows in {took:.0f} ms")
    python.run("for name, verb in plain.items(): setattr(verbs, name, verb)")
    python.settle()

    assert python.js("left().concat(added())") == []
    assert python.js(
        "changes.every(({ type, addedNodes, removedNodes }) => type === 'childList' &&"
        " [...addedNodes].every((node) => node.data === '') &&"
        " [...removedNodes].every((node) => node.nodeType === 8))"
    )
    crossings = python.run("crossed")
    templates = [name for name in crossings if name == "define"]
    assert len(crossings) - len(templates) <= 5, crossings
    assert python.js("served.innerHTML").endswith("<td>row 999</td></tr></tbody></table>")
    python.run("rows.set([5, 4])")
    assert python.js("before.includes(served.querySelectorAll('tr')[0])")


CONTROLS = '''
clicks, log = Signal(0), []
name, is_on = Signal("Ada"), Signal(False)
@component
def App():
    def count(event):
        clicks.update(lambda n: n + 1)
        log.append(("first", event.replayed))
    async_free = lambda event: log.append(("second", event.target.id))
    return t"""
      <main><button id="first" on:click={count}>{clicks}</button>
      <button id="second" on:click={async_free}>second</button>
      <input id="name" bind:value={name} on:input={(lambda e: log.append(("typed", e.target.value)))}>
      <input id="box" type="checkbox" bind:checked={is_on}
        on:change={(lambda e: log.append(("box", e.target.checked)))}>
      <form id="form" on:submit.prevent={(lambda e: log.append(("sent", e.target.word.value)))}>
        <input id="word" name="word"><button id="send">Send</button></form>
      <a id="link" href="?left" on:click.prevent={(lambda: log.append("link"))}>link</a>
      <a id="plain" href="#plain">plain</a></main>"""
'''


def test_what_users_did_before_is_answered_in_order(python) -> None:
    """E1, E2, E3, E7, E8, E9"""
    serve(python, CONTROLS)
    page = python.page

    page.click("#first")
    page.click("#second")
    page.click("#first")
    page.click("#first")
    page.click("#link")
    page.click("#plain")
    page.check("#box")
    page.uncheck("#box")
    page.check("#box")
    page.fill("#word", "tea")
    page.press("#word", "Enter")
    page.press("#name", "End")
    page.locator("#name").press_sequentially(" Lovelace")
    page.press("#name", "ArrowLeft")
    assert page.evaluate("location.search + location.hash") == "#plain"
    page.wait_for_selector("#first[data-pending]")
    hydrate(python)

    assert python.run("clicks()") == 3
    assert python.run("log") == [
        ["first", True],
        ["second", "second"],
        ["first", True],
        ["first", True],
        "link",
        ["box", True],
        ["sent", "tea"],
        ["typed", "Ada Lovelace"],
    ]
    assert python.run("[name(), is_on()]") == ["Ada Lovelace", True]
    assert page.locator("#name").input_value() == "Ada Lovelace"
    assert page.evaluate("document.activeElement.id + document.activeElement.selectionStart") == (
        "name11"
    )
    assert page.is_checked("#box")
    assert page.locator("[data-pending]").count() == 0
    page.click("#first")
    assert python.run("clicks()") == 4
    assert python.js("warnings") == []
    page.evaluate("history.replaceState(null, '', location.pathname)")


def test_no_letter_is_lost_while_python_wakes_up(python) -> None:
    """E4"""
    serve(python, CONTROLS)
    page = python.page
    page.focus("#name")
    page.press("#name", "End")

    page.evaluate("setTimeout(() => python.runPython('adopt(App)'), 200)")
    page.locator("#name").press_sequentially("abcdefghijklmnopqrstuvwxyz1234", delay=20)
    page.wait_for_function("document.activeElement.id === 'name'")

    assert page.locator("#name").input_value() == "Adaabcdefghijklmnopqrstuvwxyz1234"
    assert python.run("name()") == "Adaabcdefghijklmnopqrstuvwxyz1234"


def test_fields_that_the_browser_has_filled_in_agree_with_their_signals(python) -> None:
    serve(python, CONTROLS)
    python.js("() => { served.querySelector('#name').value = 'restored'; }")
    python.js("() => { served.querySelector('#box').checked = true; }")

    hydrate(python)

    assert python.run("[name(), is_on()]") == ["restored", True]


def test_early_events_are_dropped_with_a_word_when_python_does_not_start(python) -> None:
    """H11"""
    serve(python, CONTROLS)
    python.page.click("#first")

    python.js("() => { dispatchEvent(new CustomEvent('gossamer:boot-error')); }")

    assert python.js("warnings") == [
        "gossamer: 1 early events are lost, since Python did not start"
    ]
    hydrate(python)
    assert python.run("clicks()") == 0


DIFFERENT = """
is_server = True
@component
def App():
    inner = t"<i>server</i>" if is_server else t"<b>page</b><input name='word'>"
    return t"<h1>Title</h1><p>{inner}<input name='word'></p>{t'<hr>'}<footer>End</footer>"
"""


def test_the_smallest_place_is_mended_and_what_was_typed_stays(python) -> None:
    """H10"""
    serve(python, DIFFERENT.replace('t"<i>server</i>"', 't"<i>server</i><input name=word>"'))
    python.run("is_server = False")
    python.page.locator("[name=word]").first.fill("typed")
    python.page.locator("[name=word]").nth(1).fill("other")

    hydrate(python)

    assert python.js("served.innerHTML") == (
        '<h1>Title</h1><p><b>page</b><input name="word"><input name="word"></p><hr>'
        "<footer>End</footer>"
    )
    assert python.js("left()") == ["I", "#text", "INPUT"]
    assert python.js("[...served.querySelectorAll('input')].map((each) => each.value)") == [
        "typed",
        "other",
    ]
    (told,) = python.js("warnings")
    assert told.startswith("Hydration expected <b> and found <i>.")
    assert "In: App" in told


STATIC = """
count = Signal(0)
@component
def App():
    return t"<h1>Title</h1><p>{count} of {3} <b>x</b></p><noscript><i>none</i></noscript>"
"""


def test_a_page_without_comments_is_built_anew_and_says_why(python) -> None:
    """H9"""
    serve(python, STATIC)
    python.js(
        "() => { const walk = document.createNodeIterator(served, NodeFilter.SHOW_COMMENT);"
        " while (walk.nextNode()) walk.referenceNode.remove(); }"
    )

    hydrate(python)

    (told,) = python.js("warnings")
    assert told.startswith("Hydration found no comment in the page")
    python.run("count.set(2)")
    assert python.js("served.innerText").split() == ["Title", "2", "of", "3", "x"]


def test_nodes_of_others_after_a_view_and_attributes_around_are_left_alone(python) -> None:
    """H8, H12"""
    serve(python, STATIC)
    python.js(
        "() => { served.append(document.createElement('aside'));"
        " document.body.dataset.extension = 'on'; served.dataset.extension = 'on'; }"
    )

    hydrate(python)

    assert python.js("warnings") == []
    assert python.js("left()") == []
    assert python.js("served.lastElementChild.localName") == "aside"
    python.js("() => { served.querySelector('aside').remove(); }")


def test_a_long_text_is_one_node_again(python) -> None:
    serve(
        python,
        """
        text = Signal("é" * 200_000)
        @component
        def App():
            return t"<p>{text}</p>"
        """,
    )

    hydrate(python)
    python.run("text.set('short')")

    assert python.js("served.innerHTML") == "<p>short</p>"
    assert python.js("warnings") == []


ISLANDS = """
log, rested = [], []
@island(on="visible")
def Far(title: str):
    count = Signal(0)
    more = lambda: count.update(lambda n: n + 1)
    return t"<button id='far' on:click={more}>{title} {count}</button>"
@island(on="interaction")
def Used(children=None):
    count = Signal(0)
    more = lambda: count.update(lambda n: n + 1)
    return t"<button id='used' on:click={more}>{count}</button>{children}"
@island(on="media", media="(min-width: 1px)")
def Wide():
    return t"<i id='wide'>{(lambda: log.append('wide') or 'wide')}</i>"
@island(on="idle")
def Calm():
    effect(lambda: rested.append("calm"))
    return t"<i>calm</i>"
@island(on="never")
def Still():
    return t"<i>{(lambda: log.append('still') or 'still')}</i>"
@component
def App():
    tall = t"<div style='height: 300vh'></div>"
    return t"<main>{Used(t'<b>server {Wide()}</b>')}{Still()}{Calm()}{tall}{Far('far')}</main>"
"""
SITE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Islands</title>
<script src="gossamer/islands.js"></script><body>{}
<script type="py-islands" src="app.py"></script></body></html>"""
LOADER = "window.started = [...document.scripts].map((script) => script.type)"


@pytest.fixture(scope="module")
def islands_script():
    """The script that waits for islands, in one file as a build makes it."""
    words = ["--bundle", "--format=iife", EARLY.parent / "islands.js"]
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    return subprocess.run([esbuild, *words], check=True, capture_output=True, text=True).stdout


def test_python_is_asked_for_when_the_first_island_wakes_up(page, islands_script) -> None:
    """I1, I2, I3, E6"""
    names: dict[str, Any] = {}
    exec(
        "from gossamer import *\n" + ISLANDS.replace('on="media", media="(min-width: 1px)"', ""),
        names,
    )
    asked: list[str] = []
    far, used = names["Far"], names["Used"]
    below = t"<p style='height: 300vh'></p>{far('one')}{far('two')}"
    beside = t"<a href='none'>away</a>{used()}"
    pages = {"none": "<p>HTML</p>"} | {
        name: render_to_string(view, hydratable=True)
        for name, view in (("far", below), ("used", beside))
    }

    def answer(route) -> None:
        name = route.request.url.rpartition("/")[2]
        kind = "text/javascript" if name.endswith(".js") else "text/html"
        asked.append(name)
        files = {"islands.js": islands_script, "gossamer.js": LOADER}
        route.fulfill(content_type=kind, body=files.get(name) or SITE.replace("{}", pages[name]))

    page.route("http://islands.test/**", answer)

    page.goto("http://islands.test/none")
    page.wait_for_load_state("networkidle")
    assert asked == ["none", "islands.js"]

    asked.clear()
    page.goto("http://islands.test/far")
    page.wait_for_load_state("networkidle")
    assert asked == ["far", "islands.js"]
    page.locator("#far").last.scroll_into_view_if_needed()
    page.wait_for_function("window.started")
    assert asked[2:] == ["gossamer.js"]
    assert "py" in page.evaluate("started")

    page.goto("http://islands.test/used")
    asked.clear()
    page.click("#used")
    page.wait_for_function("window.started")
    assert asked == ["gossamer.js"]
    page.wait_for_selector("#used[data-pending]")

    page.click("a")
    page.wait_for_url("**/none")
    page.wait_for_load_state("networkidle")
    assert asked[1:] == ["none", "islands.js"]
    assert page.locator("[data-pending]").count() == 0


def test_islands_wake_up_when_their_time_comes(python, islands_script) -> None:
    """I2, I3, I4"""
    names: dict[str, Any] = {}
    exec("from gossamer import *\n" + ISLANDS, names)
    python.run(ISLANDS)
    python.js("(markup) => { serve(markup); }", render_to_string(names["App"], hydratable=True))
    loader = 'new URL("gossamer.js", src).href'
    assert loader in islands_script
    python.js("() => { window.requestIdleCallback = (wake) => { window.rest = wake; }; }")
    python.page.add_script_tag(content=islands_script.replace(loader, '"data:text/javascript,"'))
    page = python.page

    python.run("apps.append(hydrate_islands())")
    assert python.run("log") == [], "it waits for the one around"
    assert python.run("rested") == []
    page.evaluate("rest()")
    page.wait_for_function("python.runPython('len(rested)') === 1")
    page.click("#used")
    page.wait_for_function("document.querySelector('#used').textContent === '1'")
    assert python.run("log") == ["wide"]
    assert page.locator("#far").inner_text() == "far 0"
    page.locator("#far").scroll_into_view_if_needed()
    page.click("#far")
    page.wait_for_function("document.querySelector('#far').textContent === 'far 1'")

    assert python.js("left()") == []
    assert python.js("warnings") == []
    assert python.run("log") == ["wide"]
