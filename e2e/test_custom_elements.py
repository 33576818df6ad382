"""define_element: what a page without Python in it can do with an element that Python draws."""

from collections.abc import Iterator
from itertools import count

import pytest

from .python_page import PythonPage
from .test_dom import python, shared, told  # noqa: F401 - fixtures

numbers = count()
COUNTER = """
@component
def Counter(value: int = 0, step_size: int = 1, label: str = "", rows: list[int] = None,
            hook: object = None, title: str = "", children=None):
    element = expect_context(CustomElement)
    inner = Signal(0)
    def add():
        value.update(lambda old: old + step_size())
        inner.update(lambda old: old + 1)
        element.emit("value-changed", {"value": value(), "rows": [1]})
    effect(lambda: on_cleanup(tell("gone")))
    return t'''<button on:click={add}>{label} {value}</button><i>{inner}</i>
      <b>{(lambda: sum(rows() or []))}</b><u>{title}</u>{children}'''
"""


@pytest.fixture
def tag(python: PythonPage) -> str:
    """A counter's tag, defined by Python."""
    name = f"x-counter{next(numbers)}"
    python.run(
        f"{COUNTER}\ndefine_element('{name}', Counter, styles='b {{ color: rgb(1, 2, 3) }}')"
    )
    return name


@pytest.fixture(autouse=True)
def emptied(python: PythonPage) -> Iterator[None]:
    """What a test puts into the page itself leaves it before the page is looked at."""
    yield
    python.run("clear()")
    python.js(
        "[...document.body.childNodes].forEach((n) => n.localName === 'script' || n.remove())"
    )
    python.settle()


def put(python: PythonPage, html: str) -> None:
    python.js("(html) => document.body.insertAdjacentHTML('beforeend', html)", html)


def text(python: PythonPage, selector: str = "#one") -> str:
    return python.js(
        "(s) => [...document.querySelector(s).shadowRoot.children].map((n) => n.textContent).join('|')",
        selector,
    )


def test_a_page_writes_tags_and_sets_attributes(python: PythonPage, tag: str) -> None:
    put(
        python,
        f'<{tag} id=one value=3 step-size="2" label="Sheep" rows="[1,2]">x</{tag}><{tag} id=two></{tag}>',
    )

    assert text(python) == "Sheep 3|0|3||"
    assert text(python, "#two") == " 0|0|0||"
    python.js("one.shadowRoot.querySelector('button').click()")
    assert text(python) == "Sheep 5|1|3||"
    python.js("one.setAttribute('step-size', '10'); one.removeAttribute('label'); one.title = 'T'")
    assert text(python) == " 5|1|3|T|"
    assert text(python, "#two") == " 0|0|0||"
    assert python.js("getComputedStyle(one.shadowRoot.querySelector('b')).color") == "rgb(1, 2, 3)"
    assert python.js("one.shadowRoot.querySelector('slot').assignedNodes()[0].data") == "x"


def test_a_page_sets_and_reads_properties(python: PythonPage, tag: str) -> None:
    put(python, f"<{tag} id=one value=3></{tag}>")

    assert python.js("[one.value, one.stepSize, one.label, one.rows, 'children' in one]") == [
        3, 1, "", None, True,
    ]  # fmt: skip
    python.js("one.value = 7; one.stepSize = '5'; one.rows = [1, 2, 3]; one.hook = { a: 1 }")
    assert text(python) == " 7|0|6||"
    assert python.js("[one.value, one.stepSize, one.rows, one.hook.a]") == [7, 5, [1, 2, 3], 1]
    python.js("one.value = null; one.rows = undefined")
    assert python.js("[one.value, one.rows]") == [0, None]
    assert python.js("one.getAttribute('value')") == "3"


def test_events_go_out_with_a_plain_detail(python: PythonPage, tag: str) -> None:
    put(python, f"<div id=outer><{tag} id=one></{tag}></div>")
    python.js(
        "outer.addEventListener('value-changed', (event) => { event.target.label = 'heard';"
        "window.heard = [event.target.id, event.detail, event.target.value, event.composed]; })"
    )

    python.js("one.shadowRoot.querySelector('button').click()")

    assert python.js("heard") == ["one", {"value": 1, "rows": [1]}, 1, True]
    assert text(python) == "heard 1|1|0||"


def test_a_move_keeps_the_state_and_a_farewell_frees_it(python: PythonPage, tag: str) -> None:
    put(python, f"<div id=a><{tag} id=one></{tag}></div><div id=b></div>")
    python.js(
        "one.shadowRoot.querySelector('button').click(); window.button = one.shadowRoot.firstChild; 0"
    )

    python.js("b.append(one)")
    python.js("(async (it) => { it.remove(); await null; a.append(it) })(one)")
    python.js("b.moveBefore(one, null)")
    python.settle()
    assert told(python) == []
    assert text(python) == " 1|1|0||"
    assert python.js("one.shadowRoot.firstChild === button")

    python.js("window.kept = one; one.remove(); 0")
    python.settle()
    assert told(python) == ["gone"]
    assert python.js("[kept.value, kept.shadowRoot.childNodes.length]") == [1, 0]

    python.js("kept.value = 5; kept.setAttribute('step-size', '3'); document.body.append(kept)")
    assert text(python) == " 5|0|0||"
    python.js("one.shadowRoot.querySelector('button').click()")
    assert text(python) == " 8|1|0||"


def test_elements_that_were_there_first_are_upgraded_with_what_they_were_given(
    python: PythonPage,
) -> None:
    put(
        python,
        """<x-early id=one value=3><input id=typed></x-early><template id=stencil>
        <x-early value=1></x-early></template><x-early id=two>
        <template shadowrootmode=open>Loading</template></x-early>""",
    )
    python.js("typed.value = 'typed'; one.value = 9; one.rows = [4]; two.later = 1")

    python.run(f"{COUNTER}\ndefine_element('x-early', Counter)")

    assert text(python) == " 9|0|4||"
    assert text(python, "#two") == " 0|0|0||"
    assert python.js("[typed.value, Object.hasOwn(one, 'value'), two.later]") == ["typed", False, 1]
    python.js("document.body.append(stencil.content.cloneNode(true))")
    assert text(python, "body > :last-child") == " 1|0|0||"
    assert python.js("document.documentElement.dataset.gossamer") == "ready"


def test_without_a_shadow_root_children_move_in_and_out(python: PythonPage) -> None:
    python.run(
        """
        @component
        def Box(open: bool = True, children=None):
            return t"<section><p>{(lambda: children if open() else 'closed')}</p></section>"
        define_element("x-light", Box, shadow=False, styles="x-light p { color: rgb(4, 5, 6) }")
        """
    )
    put(python, "<x-light id=one><input id=typed>!</x-light>")
    python.js("typed.value = 'a'")

    assert python.js("one.innerText") == "!"
    assert (
        python.js("one.firstElementChild.localName + typed.parentNode.localName") == "sectionslot"
    )
    assert python.js("getComputedStyle(one.querySelector('p')).color") == "rgb(4, 5, 6)"
    python.js("one.open = false")
    assert python.js("one.innerHTML") == "<section><p>closed</p></section>"
    python.js("one.open = true")
    assert python.js("typed.value") == "a"
    python.js("window.kept = one; one.remove(); 0")
    python.settle()
    assert python.js("kept.innerHTML") == '<input id="typed">!'


def test_one_element_stands_in_another_and_in_a_template(python: PythonPage, tag: str) -> None:
    python.run(
        f"""
        @component
        def Pair(first: int = 1, children=None):
            value = Signal(2)
            def heard(event):
                value.set(event.detail.value)
            return t'''<{tag} prop:value={{first}}></{tag}>
              <{tag} prop:value={{value}} on:value-changed={{heard}}></{tag}><p>{{value}}</p>'''
        define_element("{tag}-pair", Pair)
        """
    )
    put(python, f"<{tag}-pair id=one first=4></{tag}-pair>")
    root = "one.shadowRoot"

    python.js(f"{root}.children[1].shadowRoot.querySelector('button').click()")
    assert python.js(f"{root}.querySelector('p').textContent") == "3"
    python.js("one.first = 8")
    assert python.js(f"{root}.children[0].value") == 8
    python.run(f"show(t'<main><{tag} id=own prop:value={{3}} label={{\"L\"}}></{tag}></main>')")
    assert text(python, "#own") == "L 3|0|0||"


def test_an_error_is_told_and_the_page_lives_on(python: PythonPage, expected: list[str]) -> None:
    expected += ["In: <x-broken> > Broken", "The attribute number of <x-broken>"]
    python.run(
        """
        @component
        def Broken(number: int = 1):
            def fail():
                raise ValueError("oh")
            if number.peek() == 0:
                raise ValueError("at once")
            return t"<button on:click={fail}>{(lambda: 6 // number())}</button>"
        define_element("x-broken", Broken)
        """
    )
    put(python, "<x-broken id=one number=0></x-broken><x-broken id=two number=x></x-broken>")

    python.js("two.shadowRoot.querySelector('button').click()")
    python.js("two.number = 3")

    assert python.js("one.shadowRoot.textContent + two.shadowRoot.textContent") == "2"
    assert [line.split("\n")[0] for line in python.errors] == [
        "ValueError: at once", "ValueError: oh",
    ]  # fmt: skip


def test_a_form_sends_and_resets_an_element(python: PythonPage) -> None:
    python.run(
        """
        @component
        def Stars(value: int = 1, disabled: bool = False):
            return t"<button disabled={disabled} on:click={(lambda: value.set(5))}>{value}</button>"
        define_element("x-stars", Stars, form="value")
        """
    )
    put(
        python,
        "<form id=form><fieldset id=set><label for=one>L</label>"
        "<x-stars id=one name=stars value=2></x-stars></fieldset></form>",
    )
    sent = "new FormData(form).get('stars')"

    assert python.js(sent) == "2"
    python.js("one.shadowRoot.querySelector('button').click()")
    assert python.js(f"[{sent}, one.value]") == ["5", 5]
    python.js("form.reset()")
    assert python.js(f"[{sent}, one.value]") == ["2", 2]
    python.js("set.disabled = true")
    assert python.js(f"[{sent}, one.shadowRoot.querySelector('button').disabled]") == [None, True]
    python.js("set.disabled = false")
    python.page.click("label")
    assert python.js("one.shadowRoot.activeElement.localName") == "button"


def test_hundreds_of_elements_come_and_go_without_a_trace(python: PythonPage, tag: str) -> None:
    python.js("python._module.enable_pyproxy_allocation_tracing?.()")
    cycle = f"""async (times) => {{
      for (let i = 0; i < times; i += 1) {{
        document.body.insertAdjacentHTML('beforeend', '<{tag} value=3 rows="[1]">x</{tag}>');
        const one = document.body.lastElementChild;
        one.rows = [1, 2]; one.hook = {{}}; one.rows; one.hook; one.label = 'x';
        one.shadowRoot.querySelector('button').click();
        one.remove();
        if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve));
      }}
      await new Promise((resolve) => setTimeout(resolve, 30));
      python.runPython('told.clear()');
    }}"""
    python.js(cycle, 50)
    before = python.counts()

    python.js(cycle, 500)
    after = python.counts()

    grown = {key: after[key] - before[key] for key in before}
    assert grown.pop("objects") <= 5, grown
    assert grown.pop("nodes") < 10, grown  # the last one's may wait for the collector
    assert not any(count > 0 for count in grown.values()), str(grown)
    assert python.run("from gossamer.dom import custom; len(custom._drawn)") == 0


def test_a_tag_of_another_library_is_not_taken(python: PythonPage) -> None:
    python.js("customElements.define('x-taken', class extends HTMLElement {})")

    with pytest.raises(Exception, match="<x-taken> is defined already"):
        python.run(f"{COUNTER}\ndefine_element('x-taken', Counter)")
