"""Hydration in Chromium: a server's very nodes become the view's."""

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest
from gossamer.ssr import render_to_string

from .python_page import emptied, shared_page

ROOT = Path(__file__).resolve().parent.parent
TREES = ROOT / "py" / "tests" / "ssr" / "trees.py"
COUNT = int(os.environ.get("TREES", "2000"))
SETUP = """
import warnings
from gossamer import hydrate
from gossamer.reactive import set_debug
warnings.simplefilter("ignore")
set_debug(on=True)

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
    if (!served.firstChild) return false;
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
    first = random.randrange(10**6)
    print(f"seeds {first} to {first + COUNT}")

    cases = markup_of(range(first, first + COUNT))
    python.js("(cases) => { window.cases = cases; }", cases)
    count, failures = json.loads(python.run("try_trees(js.cases, None)"))

    assert count == COUNT
    assert not failures, failures[:3]


@pytest.mark.parametrize("kind", ["strip", "one", "append", "insert", "gone", "font"])
def test_each_corruption_is_detected_and_mended(python, kind) -> None:
    first = random.randrange(10**6)
    print(f"seeds {first} to {first + COUNT // 10}")

    cases = markup_of(range(first, first + COUNT // 10))
    python.js("(cases) => { window.cases = cases; }", cases)
    count, failures = json.loads(python.run(f"try_trees(js.cases, {kind!r})"))

    assert count > COUNT // 50
    assert not failures, failures[:3]
