"""Views as text in Chromium: hostile values stay values, and templates give the same trees."""

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from string.templatelib import Interpolation, Template
from typing import Any

import pytest
from gossamer import Suspense, component, resource
from gossamer.errors import TemplateError
from gossamer.ssr import render_to_stream, render_to_string

from .test_templates_data import DATA as TEMPLATES
from .test_xss_data import (
    BATCH,
    DOCUMENT,
    GUARD,
    OBSERVE,
    all_cases,
    nowhere,
    rendered,
    report,
    view_of,
)

HOST = "http://text.test/"
STANDING = """(errors) => {
  const known = { build: (number) => errors[number], remove: () => {} };
  const get = (name) => Object.assign((...given) => known[name](...given), { destroy() {} });
  window.python = { globals: { get } };
}"""
NATIVE = """(source) => {
  const name = (element) => {
    const language = element.namespaceURI.split('/').at(-1);
    const prefix = { svg: 'svg ', MathML: 'math ' }[language] ?? '';
    return prefix + element.localName;
  };
  const dump = (parent) => {
    const found = [];
    const holder = parent instanceof HTMLTemplateElement ? parent.content : parent;
    for (const child of holder.childNodes) {
      const last = found.at(-1);
      if (child.nodeType === Node.TEXT_NODE) {
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
  return source.map((text) => {
    const template = document.createElement('template');
    template.innerHTML = text;
    return dump(template);
  });
}"""


type Texts = tuple[dict[int, str], dict[int, str]]


@pytest.fixture
def text_page(page, expected_errors):
    """A page with nothing in it, at an address of its own."""
    expected_errors.append("")  # the cases name images and scripts that nobody serves
    page.context.add_init_script(GUARD)
    page.context.route(lambda url: not url.startswith(HOST), nowhere)
    page.route(HOST, lambda route: route.fulfill(content_type="text/html", body=DOCUMENT))
    page.goto(HOST)
    return page


@pytest.fixture(scope="module")
def texts() -> Texts:
    """Each hostile case as text, or what it was refused with."""
    return rendered(all_cases())


def observe(page, cases: list[dict[str, Any]], made: Texts) -> dict[int, dict[str, Any]]:
    """What a browser makes of the text of each case."""
    texts, errors = made

    def serve(route) -> None:
        number = int(route.request.url.rpartition("/")[2])
        body = DOCUMENT.format("").replace('id="root">', f'id="root">{texts.get(number, "")}')
        route.fulfill(content_type="text/html; charset=utf-8", body=body)

    page.context.route(re.compile(re.escape(HOST) + r"case/\d+$"), serve)
    page.evaluate(STANDING, errors)
    numbers = sorted(texts | errors)
    seen = {}
    for start in range(0, len(numbers), BATCH):
        batch = [
            {"number": number, "target": cases[number]["target"]}
            for number in numbers[start : start + BATCH]
        ]
        seen |= {int(number): found for number, found in page.evaluate(OBSERVE, batch).items()}
    return seen


def test_the_judge_sees_a_script_that_runs_in_text(text_page) -> None:
    hostile = {"py": "str", "v": "<b onclick=__x(1)>x</b>"}
    case = {"op": "template", "strings": ["<p inner_html=", "></p>"], "values": [hostile]}

    seen = observe(text_page, [case | {"target": None}], rendered([case]))

    assert seen[0]["hits"] > 0
    assert seen[0]["danger"] == ["b@onclick"]


def test_no_hostile_value_becomes_markup_or_script_in_text(text_page, texts: Texts) -> None:
    """S5, S9"""
    cases = all_cases()

    report(cases, observe(text_page, cases, texts))


async def streamed(view: object) -> str:
    """The text of a view that comes later, which has to be the same in any order."""

    @component
    def Late() -> object:
        come = resource(lambda: asyncio.sleep(0, True))
        return t"<{Suspense} fallback='wait'>{(lambda: view if come() else None)}</{Suspense}>"

    async def parts_of(order: Any) -> list[str]:
        return [part async for part in render_to_stream(t"<main>{Late}</main>", order=order)]

    [start, text, end] = re.split("^<main>|</main>$", "".join(await parts_of("in_order")))
    assert start + end == ""
    first, second = await parts_of("out_of_order")
    assert first == "<main><template id=s:1></template>wait<!--/s:1--></main>"
    chunks = [f"<template id=t:1>{text}</template><gs-s i=1></gs-s>"]
    for tag in ("svg", "math"):
        chunks.append(f"<template id=t:1><{tag}>{text}</{tag}></template><gs-s i=1 inner></gs-s>")
    assert second in chunks
    return text


def test_streams_send_the_text_of_each_hostile_case(texts: Texts) -> None:
    """S5, S9"""
    cases = all_cases()

    async def stream_all() -> dict[int, str]:
        return {number: await streamed(view_of(cases[number])) for number in texts[0]}

    with ThreadPoolExecutor() as threads:  # a loop of Playwright's runs in this one
        assert threads.submit(asyncio.run, stream_all()).result() == texts[0]


def test_streams_send_the_text_of_each_template_of_the_data_set() -> None:
    async def stream_all() -> None:
        for case in json.loads(TEMPLATES.read_text("utf-8"))["cases"]:
            view = template_of(case)
            try:
                text = render_to_string(view)
            except TemplateError:
                continue

            assert await streamed(view) == text, case["id"]

    with ThreadPoolExecutor() as threads:
        threads.submit(asyncio.run, stream_all()).result()


def template_of(case: dict[str, Any]) -> Template:
    """The t-string of a case."""
    first, *rest = case["strings"]
    parts: list[Any] = [first]
    for value, string in zip(case.get("values", []), rest, strict=True):
        parts += [Interpolation(value, "value"), string]
    return Template(*parts)


def test_each_template_of_the_data_set_gives_the_stated_tree_as_text(text_page) -> None:
    cases = json.loads(TEMPLATES.read_text("utf-8"))["cases"]
    known = []
    for case in cases:
        try:
            known.append((case, render_to_string(template_of(case))))
        except TemplateError:
            assert case["kind"] == "reject_or_match", case["id"]

    trees = text_page.evaluate(NATIVE, [text for _, text in known])

    failures = [
        (case["id"], text, case["dom"], tree)
        for (case, text), tree in zip(known, trees, strict=True)
        if tree != case["dom"]
    ]
    print(f"{len(known)} of {len(cases)} rendered, {len(failures)} failures")
    assert not failures, failures[:5]
