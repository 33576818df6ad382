"""Views as text in Chromium: hostile values stay values, and templates give the same trees."""

import json
import re
from string.templatelib import Interpolation, Template
from typing import Any

import pytest
from gossamer.errors import TemplateError
from gossamer.ssr import render_to_string

from .test_templates_data import DATA as TEMPLATES
from .test_xss_data import BATCH, DOCUMENT, GUARD, OBSERVE, all_cases, nowhere, rendered, report

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


@pytest.fixture
def text_page(page, expected_errors):
    """A page with nothing in it, at an address of its own."""
    expected_errors.append("")  # the cases name images and scripts that nobody serves
    page.context.add_init_script(GUARD)
    page.context.route(lambda url: not url.startswith(HOST), nowhere)
    page.route(HOST, lambda route: route.fulfill(content_type="text/html", body=DOCUMENT))
    page.goto(HOST)
    return page


def observe(page, cases: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """What a browser makes of the text of each case."""
    texts, errors = rendered(cases)

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

    seen = observe(text_page, [case | {"target": None}])

    assert seen[0]["hits"] > 0
    assert seen[0]["danger"] == ["b@onclick"]


def test_no_hostile_value_becomes_markup_or_script_in_text(text_page) -> None:
    cases = all_cases()

    report(cases, observe(text_page, cases))


def test_each_template_of_the_data_set_gives_the_stated_tree_as_text(text_page) -> None:
    cases = json.loads(TEMPLATES.read_text("utf-8"))["cases"]
    known = []
    for case in cases:
        first, *rest = case["strings"]
        parts: list[Any] = [first]
        for value, string in zip(case.get("values", []), rest, strict=True):
            parts += [Interpolation(value, "value"), string]
        try:
            known.append((case, render_to_string(Template(*parts))))
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
