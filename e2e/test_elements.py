"""Custom elements: other people's in templates, and ours in other people's pages."""

import pytest

from .python_page import PythonPage
from .test_dom import html, python, shared, told  # noqa: F401 - fixtures

BOX = """(name) => customElements.define(name, class extends HTMLElement {
  static observedAttributes = ['size'];
  got = [];
  set data(value) { this.got.push(value); this.last = value; }
  get data() { return this.last; }
})"""


def define(python: PythonPage, name: str) -> None:
    python.js(BOX, name)


# Other people's elements in templates


def test_properties_are_values_of_javascript(python: PythonPage) -> None:
    define(python, "box-values")
    python.run(
        """
        import enum
        from fractions import Fraction
        from gossamer.reactive import flush
        class Level(enum.IntEnum):
            HIGH = 3
        value = Signal(None)
        show(t'<main><box-values id=box prop:data={value}></box-values></main>')
        for each in [1, 2.5, True, "a", [1, [2, {"a": (3, None)}]], {"__proto__": {"x": 1}, "b": 2},
                     {4}, b"ab", Level.HIGH, Fraction(1, 2), js.Map.new(), 2 ** 70]:
            value.set(each)
            flush()
        """
    )

    assert python.js("box.got[0]") is None
    assert python.js("box.got.slice(1, 6)") == [1, 2.5, True, "a", [1, [2, {"a": [3, None]}]]]
    assert python.js("Array.isArray(box.got[5][1]) && box.got[5][1][1].constructor === Object")
    assert python.js("Object.keys(box.got[6]).join() + ({}).x") == "__proto__,bundefined"
    assert python.js("[...box.got[7]].join() + box.got[7].constructor.name") == "4Set"
    assert python.js("box.got[8].constructor.name + box.got[8].join()") == "Uint8Array97,98"
    assert python.js("box.got.slice(9, 11)") == [3, 0.5]
    assert python.js("box.got[11] instanceof Map && box.got[12] === 2n ** 70n")


def test_a_value_without_a_counterpart_is_an_error_that_names_it(
    python: PythonPage, expected: list[str]
) -> None:
    expected.append("ViewError: prop:data of <box-odd> got a date, which JavaScript has not")
    define(python, "box-odd")
    python.run(
        """
        from datetime import date
        day = Signal(None)
        show(t'<main><box-odd id=box prop:data={day}></box-odd><p>{day!s}</p></main>')
        day.set([date(2026, 1, 2)])
        """
    )

    assert len(python.errors) == 1
    assert html(python, "p") == "[datetime.date(2026, 1, 2)]"


def test_functions_are_handed_over_and_answer_while_they_are_there(python: PythonPage) -> None:
    define(python, "box-calls")
    python.run(
        """
        rate = Signal(2)
        def show_price(value):
            return {"text": f"{value * rate():.2f}", "list": [value]}
        columns = Signal([{"title": "Price", "render": show_price, "pick": rate.set}])
        show(t'''<main><box-calls id=box prop:data={columns}></box-calls>
          <box-calls id=one prop:data={show_price}></box-calls><p>{rate}</p></main>''')
        """
    )
    python.js("void (window.render = box.data[0].render, window.alone = one.data)")

    assert python.js("[render(3, 'too', 'many'), alone(4)]") == [
        {"text": "6.00", "list": [3]},
        {"text": "8.00", "list": [4]},
    ]
    assert python.js("box.data[0].pick(10); render(3).text") == "30.00"
    assert html(python, "p") == "10"

    python.run("columns.set([])")
    assert python.js("[render(3) === undefined, alone(1).text]") == [True, "10.00"]
    python.run("clear()")
    assert python.js("alone(1) === undefined")


def test_what_a_handed_over_function_raises_goes_to_its_boundary(python: PythonPage) -> None:
    define(python, "box-boundary")
    python.run(
        """
        def pick(value):
            return 1 / value
        async def load(value):
            told.append(f"async {value}")
        show(t'''<main><box-boundary id=two prop:data={load}></box-boundary>
          {ErrorBoundary(lambda error: t"<i>{error!s}</i>",
            t"<box-boundary id=box prop:data={pick}></box-boundary>")}</main>''')
        """
    )

    assert python.js("[box.data(4), two.data(5)]") == [0.25, None]
    python.settle()
    assert python.js("box.data(0) === undefined")
    assert html(python, "i") == "division by zero"
    assert told(python) == ["async 5"]


def test_properties_reach_an_element_that_is_defined_later(python: PythonPage) -> None:
    python.run(
        """
        size = Signal([1])
        show(t'''<main><box-late id=box size={(lambda: len(size()))} prop:data={size}
          on:my-event={tell("heard")}>light</box-late></main>''')
        size.set([1, 2])
        """
    )
    assert python.js("box.data") == [1, 2]

    define(python, "box-late")
    python.settle()

    assert python.js("[box.matches(':defined'), box.got, Object.hasOwn(box, 'data')]") == [
        True, [[1, 2]], False,
    ]  # fmt: skip
    python.run("size.set([3])")
    python.js("box.dispatchEvent(new Event('my-event'))")
    assert python.js("[box.got.at(-1), box.getAttribute('size'), box.innerText]") == [
        [3], "1", "light",
    ]  # fmt: skip
    assert told(python) == ["heard"]
    python.run("show(t'<box-late id=next prop:data={5}></box-late>')")
    assert python.js("next.got") == [5]


@pytest.mark.parametrize(
    "name", ["sl-change", "valueChanged", "app:loaded", "UPPER", "a:b-C:d", "change", "click"]
)
@pytest.mark.parametrize("bubbles", [True, False])
def test_events_of_any_name_are_heard_whether_they_bubble_or_not(
    python: PythonPage, name: str, bubbles: bool
) -> None:
    python.run(
        f"""
        def heard(event):
            told.append(f"{{event.type}} {{event.detail.n}} {{event.currentTarget.id}}")
        show(t'''<main on:{name}={{tell("outside")}}><x-any id=one on:{name}={{heard}}></x-any>
          </main>''')
        show(t'<main {{ {{"on:{name}": tell("spread")}} }}></main>')
        """
    )

    python.js(
        "([name, bubbles]) => one.dispatchEvent(new CustomEvent(name, { bubbles, detail: {n: 7} }))",
        [name, bubbles],
    )

    assert told(python) == [f"{name} 7 one"] + ["outside"] * bubbles


def test_children_stand_in_the_slots_of_an_element(python: PythonPage) -> None:
    python.js(
        """customElements.define('box-slots', class extends HTMLElement {
          constructor() {
            super();
            this.attachShadow({ mode: 'open' }).innerHTML =
              '<h1 part="head"><slot name="head"></slot></h1><slot>nothing</slot>';
          }
        })"""
    )
    python.run(
        """
        rows = Signal([1]); head = Signal("a")
        show(t'''<main><style>box-slots::part(head) {{ color: rgb(1, 2, 3) }}</style>
          <box-slots id=box><b slot=head>{head}</b>
          {For(rows, children=lambda row: t"<i>{row}</i>")}</box-slots></main>''')
        rows.set([1, 2]); head.set("b")
        """
    )

    slots = "[...box.shadowRoot.querySelectorAll('slot')]"
    assert python.js(f"{slots}.map((slot) => slot.assignedElements().map((n) => n.outerHTML))") == [
        ['<b slot="head">b</b>'],
        ["<i>1</i>", "<i>2</i>"],
    ]
    assert python.js("getComputedStyle(box.shadowRoot.firstChild).color") == "rgb(1, 2, 3)"


def test_properties_leave_no_proxies(python: PythonPage) -> None:
    define(python, "box-leak")
    python.js("python._module.enable_pyproxy_allocation_tracing?.()")
    python.run(
        """
        def act(value):
            return [value, act]
        rows = Signal([{"id": 1, "act": act}])
        spread = {"prop:data": rows, "on:picked": act}
        def cycle():
            app = mount(t'''<main><box-leak prop:data={[{"a": 1, "f": act}]}></box-leak>
              <box-leak prop:data={rows} on:change={tell(1)}></box-leak>
              <box-leak prop:data={act} {spread}></box-leak><box-never prop:data={rows}></box-never>
              </main>''')
            for node in js.document.querySelectorAll("box-leak"):
                node.dispatchEvent(js.Event.new("change"))
            rows.set([{"id": 2, "act": act}])
            js.document.querySelector("box-leak").data[0].f(3)
            app.unmount()
            told.clear()
        for _ in range(50): cycle()
        None
        """
    )
    before = python.counts()

    python.run("for _ in range(500): cycle()")
    after = python.counts()

    grown = {key: after[key] - before[key] for key in before}
    assert grown.pop("objects") <= 5, grown
    assert not any(count > 0 for count in grown.values()), grown
    assert python.run("from gossamer.dom import values; len(values._lent)") == 0
