"""SVG and MathML in a real browser: each element and attribute has its namespace."""

import pytest

from .python_page import PythonPage, emptied, shared_page

SVG = "http://www.w3.org/2000/svg"
HTML = "http://www.w3.org/1999/xhtml"
MATH = "http://www.w3.org/1998/Math/MathML"


@pytest.fixture(scope="module")
def shared(browser):
    yield from shared_page(browser)


@pytest.fixture
def python(shared: PythonPage):
    yield from emptied(shared, [])


def namespaces(python: PythonPage, selector: str) -> dict[str, str]:
    return python.js(
        "(s) => Object.fromEntries([...document.querySelectorAll(s)]"
        ".map((n) => [n.tagName, n.namespaceURI]))",
        selector,
    )


def test_every_way_to_show_something_draws(python: PythonPage) -> None:
    """C88"""
    python.run(
        """
        from gossamer.elements import element
        @component
        def Dot(x):
            return t"<circle cx={x} r=1 />"
        @component
        def Link(children=None):
            return t'<a href="#x"><text>{children}</text></a>'
        shown = Signal(False); paths = Signal([1]); kind = Signal("circle")
        def live():
            if kind() == "circle":
                return Dot(x=1)
            return t'<g><image href="data:image/png;base64," /></g>' if kind() == "image" else element("rect")(x=2)
        show(t'''<main><svg viewBox="0 0 10 10">{live}
          <{Show} when={shown}><ellipse rx=1 /><a><path /></a></{Show}>
          <{For} each={paths}>{(lambda d: t"<polygon points='{d},0 1,1' />")}</{For}>
          {[Dot(x=3), t"<line />", element("g")(element("polyline")())]}
          <{Link}>{kind}</{Link}></svg></main>''')
        kind.set("image"); shown.set(True); paths.set([2, 1]); kind.set("rect")
        """
    )

    found = namespaces(python, "main svg *")

    assert sorted(found) == [
        "a", "circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "text",
    ]  # fmt: skip
    assert set(found.values()) == {SVG}
    assert python.js("document.querySelector('rect').x.baseVal.value") == 2
    assert python.js("document.querySelector('text').textContent") == "rect"
    assert python.js("document.querySelectorAll('polygon')[1].points.length") == 2


def test_attributes_keep_case_and_namespace(python: PythonPage) -> None:
    python.run(
        """
        box, to, ratio = Signal("0 0 4 4"), Signal("#a"), Signal("none")
        more = Signal({"viewBox": "0 0 8 8", "xlink:href": "#s", "xml:lang": "de", "class": "more"})
        show(t'''<main><svg id=one viewBox={box} preserveAspectRatio={ratio} class=a class:b={True}
          style:fill={"red"}><use id=use xlink:href={to} xml:lang="en" />
          <linearGradient id=g gradientUnits="userSpaceOnUse" /></svg>
          <svg><use id=spread {more} /><g><svg id=inner {more}></svg></g></svg></main>''')
        box.set("0 0 5 5")
        """
    )
    xlink = "'http://www.w3.org/1999/xlink'"
    xml = "'http://www.w3.org/XML/1998/namespace'"

    assert python.js("[one.viewBox.baseVal.width, inner.viewBox.baseVal.width]") == [5, 8]
    assert python.js("one.preserveAspectRatio.baseVal.align") == 1
    assert python.js("[one.getAttribute('class'), getComputedStyle(one).fill]") == [
        "a b",
        "rgb(255, 0, 0)",
    ]
    assert python.js("g.gradientUnits.baseVal") == 1
    assert python.js(f"[use, spread].map((n) => n.getAttributeNS({xlink}, 'href'))") == ["#a", "#s"]
    assert python.js(f"[use, spread].map((n) => n.getAttributeNS({xml}, 'lang'))") == ["en", "de"]

    python.run("to.set(None); more.set({})")
    assert python.js(f"[use, spread].map((n) => n.hasAttributeNS({xlink}, 'href'))") == [False] * 2
    assert python.js(f"[use, spread].map((n) => n.hasAttributeNS({xml}, 'lang'))") == [True, False]
    assert python.js("[spread, inner].map((n) => n.getAttribute('class'))") == [None, None]


def test_html_stands_in_a_foreign_object(python: PythonPage) -> None:
    python.run(
        """
        text = Signal("a"); there = Signal(True)
        show(t'''<main><svg><foreignObject width=9 height=9><{Show} when={there}>
          <p>{text}<input id=one bind:value={text}></p></{Show}>{[t"<b>x</b>"]}</foreignObject></svg>
          {t"<svg>{t'<foreignObject><i>y</i></foreignObject>'}</svg>"}</main>''')
        there.set(False); there.set(True)
        """
    )

    found = namespaces(python, "main svg *")

    assert found == {"foreignObject": SVG, "P": HTML, "INPUT": HTML, "B": HTML, "I": HTML}
    python.page.fill("#one", "typed", force=True)
    assert python.run("text()") == "typed"


def test_events_and_references_in_a_drawing(python: PythonPage) -> None:
    python.run(
        """
        shape = NodeRef()
        def press(event):
            told.append(f"{event.currentTarget.id} {shape().getBBox().width}")
        show(t'''<main><svg width=99 height=99><g id=group on:pointerdown={press}>
          <rect id=box ref={shape} width=40 height=40 /></g></svg></main>''')
        """
    )

    python.page.click("#box")

    assert python.run("to_js(told)") == ["group 40"]


def test_a_formula_follows_its_signals(python: PythonPage) -> None:
    python.run(
        """
        n, terms = Signal(2), Signal(["a", "b"])
        @component
        def Root(of):
            return t"<msqrt><mi>{of}</mi></msqrt>"
        show(t'''<main><math display="block"><mrow><msup><mi>x</mi><mn id=power>{n}</mn></msup>
          <{For} each={terms}>{(lambda name: t"<mo>+</mo><mi class=term>{name}</mi>")}</{For}>
          <{Root} of={"y"} /><{Show} when={n}><mfrac><mn>1</mn><mn>{n}</mn></mfrac></{Show}>
          <mtext>if <b>{n}</b></mtext></mrow></math></main>''')
        n.set(3); terms.set(["b", "a", "c"])
        """
    )

    found = namespaces(python, "main math, main math *")

    assert found.pop("B") == HTML
    assert set(found.values()) == {MATH}
    assert sorted(found) == [
        "math", "mfrac", "mi", "mn", "mo", "mrow", "msqrt", "msup", "mtext",
    ]  # fmt: skip
    assert python.js("power.textContent") == "3"
    assert python.js("[...document.querySelectorAll('.term')].map((n) => n.textContent)") == [
        "b", "a", "c",
    ]  # fmt: skip
    assert python.js("document.querySelector('mfrac').getBoundingClientRect().height > 0")


def test_rows_of_a_drawing_move_and_leave(python: PythonPage) -> None:
    python.run(
        """
        dots = Signal([1, 2, 3])
        row = lambda x: t"<circle id=c{x} cx={x}0 cy=5 r=4 />"
        show(t"<main><svg>{For(dots, children=row, leave='x', move=0.01)}</svg></main>")
        """
    )
    python.js("window.kept = [c1, c2, c3]")

    python.run("dots.set([3, 1])")

    assert python.js("[...document.querySelectorAll('circle')].map((n) => n.id)") == ["c3", "c1"]
    assert python.js("kept[2] === c3 && kept[0] === c1")
