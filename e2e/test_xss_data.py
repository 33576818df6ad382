"""Hostile values: none becomes markup or script in the real renderer and browser."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from gossamer.ssr import render_to_string

from .python_page import PythonPage, open_python

DATA = Path(__file__).resolve().parent.parent / "py" / "tests" / "data" / "xss_dev.json"
BATCH = 40
LATER = {
    "error_stream", "not_found_path", "serverfn_error", "state", "state_key", "state_stream",
    "url_in_state",
}  # fmt: skip
"""Operations of a server, which there is not yet."""
PROPERTIES = {
    name.lower(): name
    for name in ("href", "src", "action", "formAction", "data", "poster", "cite", "srcset")
}
"""Attribute to the property that stands for it."""

DOCUMENT = '<!doctype html><html><head></head><body><div id="root">{}</div></body></html>'
BUILD = '''
import json
from string.templatelib import Interpolation, Template

from gossamer import ErrorBoundary, component, hydrate, mount
from gossamer.view.element import Tag

cases = []
standing = {}


class Flip(str):
    """Says one thing first and another then."""

    def __new__(cls, first, then):
        made = super().__new__(cls, first)
        made.left = [first, then]
        return made

    def __str__(self):
        return self.left.pop(0) if len(self.left) > 1 else self.left[0]


class Lying(str):
    """Its methods leave it as it is."""

    def replace(self, *_):
        return self

    translate = replace

    def __str__(self):
        return self

    __html__ = __str__


class Markup:
    def __init__(self, text):
        self.text = text

    def __html__(self):
        return self.text

    def __str__(self):
        return self.text


def value_of(value):
    kind, content = value["py"], value["v"]
    if kind == "flipstr":
        return Flip(*content)
    if kind == "strsub":
        return Lying(content)
    return Markup(content) if kind == "markup" else content


def template(strings, values):
    parts = [strings[0]]
    for value, string in zip(values, strings[1:]):
        parts += [Interpolation(value, "value"), string]
    return Template(*parts)


@component
def Failing(text):
    raise ValueError(text)


OPERATIONS = {
    "template": lambda case, values: template(case["strings"], values),
    "spread": lambda case, values: template(
        [f"<{case['tag']} data-t ", f">x</{case['tag']}>"], values
    ),
    "builder_tag": lambda case, values: Tag(values[0])("x"),
    "builder_style": lambda case, values: Tag("div")("x", style=values[0]),
    "builder_class": lambda case, values: Tag("div")("x", class_=values[0]),
    "head_title": lambda case, values: t"<title data-t>{values[0]}</title>",
    "head_meta": lambda case, values: t'<meta data-t name="description" content="{values[0]}">',
    "error_boundary": lambda case, values: ErrorBoundary(
        fallback=lambda error: t"<p data-t>{error!s}</p>", children=Failing(values[0])
    ),
}


def build(number, root):
    case = cases[number]
    try:
        values = [value_of(value) for value in case["values"]]
        standing[number] = mount(OPERATIONS[case["op"]](case, values), root)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def adopt(number, root):
    case = cases[number]
    try:
        values = [value_of(value) for value in case["values"]]
        standing[number] = hydrate(OPERATIONS[case["op"]](case, values), root)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def remove(number):
    if number in standing:
        standing.pop(number).unmount()
'''
MAKERS: dict[str, Any] = {}
exec(BUILD, MAKERS)
GUARD = """
(() => {
  let number = -1;
  for (let view = window; ; view = view.parent) {
    const match = /\\/case\\/(\\d+)/.exec(view.location.pathname);
    if (match) number = Number(match[1]);
    if (match || view === view.parent) break;
  }
  if (window === window.top) window.hits = [];
  window.__x = () => { try { window.top.hits.push(number); } catch {} return 'pwn'; };
  window.alert = window.confirm = window.prompt = () => window.__x();
  window.f = () => {};
})();
"""
OBSERVE = r"""
async (batch) => {
  const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const frames = await Promise.all(batch.map(({ number, target }) => new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.src = `/case/${number}`;
    frame.style.cssText = 'width:200px;height:100px';
    frame.onload = () => resolve([number, target, frame]);
    document.body.append(frame);
  })));
  const build = python.globals.get('build');
  const remove = python.globals.get('remove');
  const seen = {};
  for (const [number, , frame] of frames) {
    const root = frame.contentDocument.getElementById('root');
    seen[number] = { error: build(number, root) };
    if (seen[number].error !== undefined) seen[number].left = root.childNodes.length;
  }
  await sleep(40);
  const skeleton = (node) => {
    const holder = node.localName === 'template' && node.content ? node.content : node;
    const name = node.namespaceURI === 'http://www.w3.org/1999/xhtml' ? node.localName
      : `${node.prefix}:${node.namespaceURI.slice(-4)}:${node.localName}`;
    return [name, [...node.attributes].map((each) => each.name).sort(),
      [...holder.children].map(skeleton)];
  };
  for (const [number, target, frame] of frames) {
    const found = seen[number];
    if (found.error !== undefined) continue;
    try {
      const page = frame.contentDocument;
      const view = frame.contentWindow;
      const root = page.getElementById('root');
      found.skeleton = skeleton(root);
      found.beside = page.body.childNodes.length - 1 + page.body.attributes.length
        + page.head.childNodes.length;
      const element = page.querySelector('[data-t]');
      if (target?.kind === 'text') found.value = (element ?? root).textContent;
      else if (element && target?.kind === 'attr') found.value = element.getAttribute(target.name);
      else if (element && target?.kind === 'value') {
        found.value = element.getAttribute('value') ?? element.value;
      }
      if (element && target?.kind === 'attr' && found.value !== null) {
        try { found.protocol = new URL(found.value, page.baseURI).protocol; }
        catch { found.protocol = 'invalid'; }
      }
      found.danger = [];
      for (const each of root.querySelectorAll('*')) {
        for (const { name: raw, value } of each.attributes) {
          const tag = each.localName.toLowerCase();
          const name = raw.toLowerCase();
          const animated = /^(animate|set)/.test(tag)
            && ['to', 'from', 'by', 'values', 'attributename'].includes(name);
          const runs = name.startsWith('on') || ['srcdoc', 'innerhtml'].includes(name) || animated;
          if (runs && /__x/.test(value)) found.danger.push(`${tag}@${name}`);
          if (tag === 'script' && ['src', 'href', 'xlink:href'].includes(name)
            && /__x|evil/.test(value)) found.danger.push(`script@${name}`);
          if (animated && name === 'attributename' && /href$/i.test(value)) found.animated = true;
        }
      }
      const styled = element ?? root.querySelector('*');
      found.style = styled?.style ? [...styled.style] : [];
      const act = (run) => { try { run(); } catch {} };
      for (const each of root.querySelectorAll('*')) {
        for (const name of ['mouseover', 'mousedown', 'pointerenter', 'toggle']) {
          act(() => each.dispatchEvent(new view.Event(name, { bubbles: name !== 'toggle' })));
        }
        act(() => each.focus?.());
      }
      const pressed = 'a,area,button,input,summary,[onclick],[ONCLICK],text,mrow,div[data-t]';
      for (const each of [...root.querySelectorAll(pressed)].slice(0, 30)) {
        act(() => (each.click ? each.click()
          : each.dispatchEvent(new view.MouseEvent('click', { bubbles: true, cancelable: true }))));
      }
      for (const each of [...root.querySelectorAll('form')].slice(0, 5)) {
        act(() => each.requestSubmit());
      }
    } catch (error) {
      found.unreadable = String(error);
    }
  }
  await sleep(80);
  for (const [number, , frame] of frames) {
    remove(number);
    frame.remove();
  }
  build.destroy();
  remove.destroy();
  const hits = window.hits.splice(0);
  for (const number of hits) if (seen[number]) seen[number].hits = (seen[number].hits ?? 0) + 1;
  return seen;
}
"""


@pytest.fixture(scope="module")
def python(browser):
    """Python in a page, and an empty document for each case."""
    numbers = range(len(json.loads(DATA.read_text("utf-8"))["cases"]))
    empty = DOCUMENT.format("")
    with open_python(browser, {f"case/{number}": empty for number in numbers}) as python:
        python.page.context.add_init_script(GUARD)
        python.js(GUARD)
        python.page.context.route(lambda url: not url.startswith(python.url), nowhere)
        python.run(BUILD)
        yield python


def nowhere(route) -> None:
    """Other machines are not reached, and nobody leaves for them."""
    route.fulfill(status=204, body="")


def all_cases() -> list[dict[str, Any]]:
    return json.loads(DATA.read_text("utf-8"))["cases"]


def as_property(case: dict[str, Any]) -> dict[str, Any] | None:
    """The case with its address as a property, where one stands for the attribute."""
    target = case["target"]
    name = target and target.get("name")
    if name not in PROPERTIES or not re.match("url|res|img", case["ctx"]):
        return None
    first, *rest = case["strings"]
    if len(rest) > 1 or target["pre"] or re.search("<(svg|math)", first):
        return None  # a property takes one value whole, and SVG's have objects
    return case | {"strings": [first.replace(f" {name}=", f" prop:{PROPERTIES[name]}="), *rest]}


def observe(python: PythonPage, cases: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """What each case has become in the page."""
    python.js("(source) => python.globals.set('SOURCE', source)", json.dumps(cases))
    python.run("cases[:] = json.loads(SOURCE)")
    numbers = [number for number, case in enumerate(cases) if case["op"] not in LATER]
    seen = {}
    for start in range(0, len(numbers), BATCH):
        batch = [
            {"number": number, "target": cases[number]["target"]}
            for number in numbers[start : start + BATCH]
        ]
        seen |= {int(number): found for number, found in python.js(OBSERVE, batch).items()}
    return seen


def view_of(case: dict[str, Any]) -> Any:
    """The view of a case."""
    values = [MAKERS["value_of"](value) for value in case["values"]]
    return MAKERS["OPERATIONS"][case["op"]](case, values)


def rendered(
    cases: list[dict[str, Any]], *, hydratable: bool = False
) -> tuple[dict[int, str], dict[int, str]]:
    """Each case as a server writes it, or what it was refused with."""
    texts, errors = {}, {}
    for number, case in enumerate(cases):
        if case["op"] in LATER:
            continue
        try:
            texts[number] = render_to_string(view_of(case), hydratable=hydratable)
        except Exception as error:
            errors[number] = f"{type(error).__name__}: {error}"
    return texts, errors


def is_fewer(own: list[Any], benign: list[Any]) -> bool:
    """Whether a tree has no element and no attribute that the benign one lacks."""
    return (
        own[0] == benign[0]
        and set(own[1]) <= set(benign[1])
        and len(own[2]) == len(benign[2])
        and all(map(is_fewer, own[2], benign[2]))
    )


def text_of(value: dict[str, Any]) -> str | None:
    if value["py"] == "list":
        return "".join(value["v"])
    return None if isinstance(value["v"], (dict, list)) else str(value["v"])


def wanted_value(case: dict[str, Any]) -> str | None:
    """What has to stand at the target, where it can be told."""
    texts = [text_of(value) for value in case["values"]]
    if None in texts:
        return None
    target = case["target"]
    if target["kind"] != "text" or "strings" not in case:
        return (target.get("pre") or "") + "".join(texts) + (target.get("suf") or "")
    strings = [re.sub(r"<[^>]*>", "", string) for string in case["strings"]]
    return "".join(s + v for s, v in zip(strings, [*texts, ""], strict=False))


def verdict(case: dict[str, Any], found: dict[str, Any], benign: dict[str, Any] | None) -> str:
    """Why a case has failed; "" when it has not."""
    policy = case["policy"]
    if policy == "benign_or_reject":
        return ""
    if found.get("left"):
        return "something was left in the page of what was refused"
    if found.get("hits"):
        return f"ran a script {found['hits']} times"
    if found.get("error") is not None:
        must_render = policy in ("benign", "exact")
        return f"refused what must render: {found['error']}" if must_render else ""
    if policy == "benign":
        return ""
    if "unreadable" in found:
        return f"could not be read: {found['unreadable']}"
    if found["danger"] and case["ctx"] != "anim.name":
        return f"the payload has reached {found['danger'][0]}"
    if case["ctx"] == "anim.name" and found.get("animated"):
        return "an animation of href"
    if benign is None or benign.get("error") is not None:
        return "rendered what was refused when it was benign"
    return changed(case, found, benign) or altered(case, found)


def changed(case: dict[str, Any], found: dict[str, Any], benign: dict[str, Any]) -> str:
    """How the structure or style differs from that of the benign value."""
    if found["beside"] != benign["beside"]:
        return "markup has left the root element"
    same = found["skeleton"] == benign["skeleton"]
    if not same and (
        case["policy"] == "exact" or not is_fewer(found["skeleton"], benign["skeleton"])
    ):
        return f"another structure: {found['skeleton']}"
    if case.get("style") and case["ctx"] != "attr.style":
        extra = [name for name in found["style"] if name not in benign["style"]]
        dangerous = [name for name in extra if re.search("background|position", name)]
        if dangerous or (extra and case["ctx"] == "attr.style_val"):
            return f"more style properties: {extra}"
    return ""


def altered(case: dict[str, Any], found: dict[str, Any]) -> str:
    """How the value differs from the one that was given."""
    wanted = wanted_value(case) if case["target"] and "value" in found else None
    if wanted is None:
        return ""
    value, policy = found["value"], case["policy"]
    is_live = value is not None and re.search("__x|MsgBox|PHNjcmlwd", value)
    if is_live and found.get("protocol") in ("javascript:", "vbscript:", "data:"):
        if policy == "block_url" or (
            policy == "exact_or_block" and not case["ctx"].startswith("img.")
        ):
            return f"a live {found['protocol']} address"
    if policy in ("exact", "exact_or_reject") and value != wanted:
        if case["target"].get("name") == "class" and (value or "").split() == wanted.split():
            return ""
        return f"{value!r} instead of {wanted!r}"
    return ""


def test_the_judge_sees_a_script_that_runs(python: PythonPage) -> None:
    python.run("""
        trusted = lambda text: t"<p inner_html={text}></p>"
        OPERATIONS["trusted"] = lambda case, values: trusted(values[0])
    """)
    hostile = {"py": "str", "v": "<b onclick=__x(1)>x</b>"}

    seen = observe(python, [{"op": "trusted", "values": [hostile], "target": None}])

    assert seen[0]["hits"] > 0
    assert seen[0]["danger"] == ["b@onclick"]


def test_no_hostile_value_becomes_markup_or_script(python: PythonPage) -> None:
    """S9"""
    judge(python, all_cases())


def test_a_property_takes_no_address_that_its_attribute_would_not(python: PythonPage) -> None:
    cases = [case for case in map(as_property, all_cases()) if case is not None]

    assert len(cases) > 150
    judge(python, cases)


def test_no_hostile_value_becomes_markup_or_script_when_it_is_hydrated(python: PythonPage) -> None:
    """S9"""
    cases = all_cases()
    for number, text in rendered(cases, hydratable=True)[0].items():
        python.site.put(f"case/{number}", DOCUMENT.replace("{}", text))
    python.run("build = adopt")

    seen = observe(python, cases)

    for found in seen.values():
        found.pop("left", None)  # a page that refuses a view leaves what the server has written
    report(cases, seen)
    assert python.js("dom.held()") == 0


def judge(python: PythonPage, cases: list[dict[str, Any]]) -> None:
    """Fail for each case that became something which it may not become."""
    report(cases, observe(python, cases))
    assert python.js("dom.held()") == 0


def report(cases: list[dict[str, Any]], seen: dict[int, dict[str, Any]]) -> None:
    """Say what has become of the cases, and fail if that is not right."""
    benign = {
        case["ctx"]: seen.get(number)
        for number, case in enumerate(cases)
        if case["policy"].startswith("benign")
    }
    failures = []
    critical = []
    for number, found in seen.items():
        case = cases[number]
        reason = verdict(case, found, benign.get(case["ctx"]))
        if reason:
            line = f"{case.get('sev', 'critical')} {case['id']}: {reason}"
            failures.append(line)
            if case.get("sev", "critical") == "critical":
                critical.append(line)
    later = Counter(case["op"] for case in cases if case["op"] in LATER)
    print(f"\nxss: {len(seen)} cases, {len(failures)} failures, {len(critical)} critical")
    print(f"xss: {later.total()} cases wait for the server: {dict(later)}")
    print("\n".join(failures))
    assert len(seen) + later.total() == len(cases)
    assert not critical
