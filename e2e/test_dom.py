"""The renderer in a real browser: what it writes, moves, listens to and lets go."""

import pytest

from .python_page import PythonPage, emptied, shared_page

RECORDS = """async (code) => {
  const records = [];
  const observer = new MutationObserver((found) => records.push(...found));
  observer.observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });
  await python.runPythonAsync(code);
  records.push(...observer.takeRecords());
  observer.disconnect();
  return records.map(({ type, attributeName, addedNodes, removedNodes }) => [
    type, attributeName, addedNodes.length, removedNodes.length]);
}"""


@pytest.fixture(scope="module")
def shared(browser):
    yield from shared_page(browser)


@pytest.fixture
def python(shared: PythonPage, expected: list[str]):
    yield from emptied(shared, expected)


def html(python: PythonPage, selector: str = "main") -> str:
    return python.js("(s) => document.querySelector(s).innerHTML", selector)


def told(python: PythonPage) -> list[str]:
    return python.run("to_js(told)")


# What is written


def test_a_changed_text_is_one_record(python: PythonPage) -> None:
    python.run(
        """
        count = Signal(1); other = Signal("a")
        show(t"<main class={other}><p>Value: {count}!</p><p>{other}</p></main>")
        """
    )

    assert python.js(RECORDS, "count.set(2)") == [["characterData", None, 0, 0]]
    assert python.js(RECORDS, "count.set(2)") == []
    assert html(python) == "<p>Value: 2!</p><p>a</p>"


def test_a_changed_attribute_is_one_record(python: PythonPage) -> None:
    """S114"""
    python.run(
        """
        name = Signal("a"); on = Signal(False)
        show(t'<main title="x {name}" hidden={on} class:big={on}></main>')
        """
    )

    assert python.js(RECORDS, "name.set('b')") == [["attributes", "title", 0, 0]]
    assert sorted(python.js(RECORDS, "on.set(True)")) == [
        ["attributes", "class", 0, 0],
        ["attributes", "hidden", 0, 0],
    ]


def test_a_live_view_of_one_template_is_patched_in_place(python: PythonPage) -> None:
    """S111"""
    python.run(
        """
        count = Signal(1)
        show(t"<main>{(lambda: t'<p title={count()}>{count()} <b>{count()}</b></p>')}</main>")
        """
    )
    python.js("window.kept = [...document.querySelectorAll('main, main *')]")

    records = python.js(RECORDS, "count.set(2)")

    assert html(python) == '<p title="2">2 <b>2</b></p>'
    assert sorted(record[0] for record in records) == [
        "attributes",
        "characterData",
        "characterData",
    ]
    assert python.js(
        "[...document.querySelectorAll('main, main *')].every((node, i) => node === kept[i])"
    )


def test_another_branch_replaces_only_itself(python: PythonPage) -> None:
    python.run(
        """
        on = Signal(True)
        show(t"<main><{Show} when={on} fallback={t'<i>no</i>'}><b>yes</b></{Show}><p>x</p></main>")
        """
    )

    records = python.js(RECORDS, "on.set(False)")

    assert html(python) == "<i>no</i><p>x</p>"
    assert [record[0] for record in records] == ["childList", "childList"]


# Lists

ROWS = """
import random
items = Signal(list(range(10)))
show(t"<main><ul>{For(items, key=lambda i: i, children=lambda i: t'<li id=r{i}>{i}</li>')}</ul></main>")
"""


def order(python: PythonPage) -> list[int]:
    return [
        int(text)
        for text in python.js("[...document.querySelectorAll('li')].map(n => n.innerText)")
    ]


@pytest.mark.parametrize(
    ("change", "moves"),
    [
        ([1, 0, 2, 3, 4, 5, 6, 7, 8, 9], 1),
        ([0, 8, 2, 3, 4, 5, 6, 7, 1, 9], 2),
        ([9, 0, 1, 2, 3, 4, 5, 6, 7, 8], 1),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 0], 1),
        ([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], 9),
        ([5, 6, 7, 8, 9, 0, 1, 2, 3, 4], 5),
    ],
    ids=["neighbours", "swap", "last first", "first last", "reverse", "halves"],
)
def test_as_few_rows_as_possible_move(python: PythonPage, change: list[int], moves: int) -> None:
    """S140: a moved row is taken out once and put in once; the others are not touched."""
    python.run(ROWS)
    python.js("window.kept = [...document.querySelectorAll('li')]")

    records = python.js(RECORDS, f"items.set({change})")

    assert order(python) == change
    assert len(records) <= 2 * moves
    assert python.js("document.querySelectorAll('li').length") == 10
    assert python.js("kept.every((node, i) => node.isConnected && node.id === 'r' + i)")


def test_many_random_changes_keep_nodes_and_order(python: PythonPage) -> None:
    python.run(ROWS)

    wrong = python.run(
        """
        random.seed(7)
        wrong = []
        for step in range(200):
            wanted = random.sample(range(14), random.randrange(14))
            nodes = {n.id: n for n in js.document.querySelectorAll("li")}
            with batch():
                items.set(wanted)
            items_now = list(js.document.querySelectorAll("li"))
            if [n.id for n in items_now] != [f"r{i}" for i in wanted]:
                wrong.append(step)
            if any(n.id in nodes and not n.isSameNode(nodes[n.id]) for n in items_now):
                wrong.append(-step)
        len(wrong)
        """
    )

    assert wrong == 0


FIELDS = """
items = Signal(list(range(5)))
def row(i):
    return t'''<li><input id=f{i} value=text{i}><div id=s{i} style="height:20px;overflow:auto">
      <p style="height:200px">x</p></div></li>'''
show(t"<main><ul>{For(items, key=lambda i: i, children=row)}</ul></main>")
"""


@pytest.mark.parametrize("mover", ["moveBefore", "insertBefore"])
def test_focus_and_selection_survive_a_move(python: PythonPage, mover: str) -> None:
    """S145"""
    if mover == "insertBefore":
        python.js(
            "window.moveBefore_ = Element.prototype.moveBefore;delete Element.prototype.moveBefore"
        )
    try:
        python.run(FIELDS)
        python.js("f1.focus(); f1.setSelectionRange(1, 3, 'backward')")

        for change in ([4, 3, 2, 1, 0], [1, 0, 2, 4, 3], [0, 2, 3, 4, 1]):
            python.run(f"items.set({change})")
            assert python.js("document.activeElement.id") == "f1"
            assert python.js("[f1.selectionStart, f1.selectionEnd, f1.selectionDirection]") == [
                1, 3, "backward",
            ]  # fmt: skip
    finally:
        python.js(
            "if (window.moveBefore_) Element.prototype.moveBefore = window.moveBefore_;"
            "delete window.moveBefore_"
        )


def test_scroll_frames_and_animations_survive_a_move(python: PythonPage) -> None:
    """S145"""
    python.run(
        """
        items = Signal([0, 1, 2])
        def row(i):
            return t'''<li><div id=s{i} style="height:20px;overflow:auto">
              <p style="height:200px">x</p></div><iframe id=w{i}></iframe><b id=a{i}>x</b></li>'''
        show(t"<main><ul>{For(items, key=lambda i: i, children=row)}</ul></main>")
        """
    )
    python.js(
        """
        for (const i of [0, 1, 2]) {
          document.getElementById('s' + i).scrollTop = 30 + i;
          document.getElementById('w' + i).contentWindow.mark = i;
          document.getElementById('a' + i).animate([{ opacity: 0 }, { opacity: 1 }], 1e6)
            .currentTime = 1000 + i;
        }
        """
    )

    python.run("items.set([2, 1, 0])")

    assert python.js("[s0, s1, s2].map((node) => node.scrollTop)") == [30, 31, 32]
    assert python.js("[w0, w1, w2].map((node) => node.contentWindow.mark)") == [0, 1, 2]
    assert (
        python.js("[a0, a1, a2].map((n) => n.getAnimations()[0].currentTime >= 1000)") == [True] * 3
    )


def test_rows_of_tables_and_drawings_have_their_namespaces(python: PythonPage) -> None:
    """C88"""
    python.run(
        """
        items = Signal([1, 2])
        def each(view):
            return For(items, key=lambda i: i, children=view)
        show(t'''<main><table><tbody>{each(lambda i: t"<tr><td>{i}</td></tr>")}</tbody></table>
          <svg>{each(lambda i: t'<circle r={i} /><a xlink:href="#{i}"><text>{i}</text></a>')}</svg>
          <math><mrow>{each(lambda i: t"<mi>{i}</mi>")}</mrow></math>
          <select>{each(lambda i: t"<option>{i}</option>")}</select></main>''')
        """
    )
    python.run("items.set([2, 3, 1])")

    assert (
        python.js("[...document.querySelectorAll('tr')].map((n) => n.parentNode.localName)")
        == ["tbody"] * 3
    )
    assert python.js("[...document.querySelectorAll('circle')].map((n) => n.r.baseVal.value)") == [
        2, 3, 1,
    ]  # fmt: skip
    xlink = "'http://www.w3.org/1999/xlink'"
    assert python.js(
        f"[...document.querySelectorAll('svg a')].map((n) => n.getAttributeNS({xlink}, 'href'))"
    ) == ["#2", "#3", "#1"]
    assert python.js("document.querySelector('mi').namespaceURI").endswith("MathML")
    assert python.js("document.querySelector('select').options.length") == 3
    assert python.js("document.querySelector('svg a text').getBBox !== undefined")


def test_a_live_xlink_attribute_changes_and_goes(python: PythonPage) -> None:
    python.run('to = Signal("#a"); show(t"<main><svg><use xlink:href={to} /></svg></main>")')
    read = "document.querySelector('use').getAttributeNS('http://www.w3.org/1999/xlink', 'href')"

    assert python.js(read) == "#a"
    python.run("to.set('#b')")
    assert python.js(read) == "#b"
    python.run("to.set(None)")
    assert python.js("document.querySelector('use').attributes.length") == 0


# Events


def test_events_bubble_inside_out_after_capture(python: PythonPage) -> None:
    """C79, S123"""
    python.run(
        """
        show(t'''<main on:click={tell("main")} on:click.capture={tell("main capture")}>
          <div on:click={tell("div")} on:click.capture={tell("div capture")}>
          <button id=go on:click={tell("button")}><b id=deep>x</b></button></div></main>''')
        """
    )

    python.js("deep.click()")

    assert told(python) == ["main capture", "div capture", "button", "div", "main"]


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("focus", "one.focus()"),
        ("blur", "one.focus(); one.blur()"),
        ("mouseenter", "one.dispatchEvent(new MouseEvent('mouseenter'))"),
        ("pointerleave", "one.dispatchEvent(new PointerEvent('pointerleave'))"),
        ("scroll", "one.dispatchEvent(new Event('scroll'))"),
        ("load", "one.dispatchEvent(new Event('load'))"),
        ("error", "one.dispatchEvent(new Event('error'))"),
        ("toggle", "one.dispatchEvent(new Event('toggle'))"),
        ("invalid", "one.required = true; one.checkValidity()"),
        ("my-event", "one.dispatchEvent(new CustomEvent('my-event', { detail: 1 }))"),
        ("DOMThing", "one.dispatchEvent(new CustomEvent('DOMThing'))"),
    ],
    ids=lambda value: value if value.isalpha() or value == "my-event" else "",
)
def test_events_that_do_not_bubble_reach_their_own_element(
    python: PythonPage, name: str, act: str
) -> None:
    """S123"""
    python.run(
        f"""
        show(t'<main on:{name}={{tell("main")}}><input id=one on:{name}={{tell("one")}}></main>')
        """
    )

    python.js(act)

    assert told(python) == ["one"]


def test_a_custom_event_bubbles_and_carries_its_detail(python: PythonPage) -> None:
    python.run(
        """
        def heard(event):
            told.append(f"{event.type} {event.detail} {event.currentTarget.id} {event.target.id}")
        show(t'<main id=m on:my-event={heard}><i id=one></i></main>')
        """
    )

    python.js("one.dispatchEvent(new CustomEvent('my-event', { detail: 7, bubbles: true }))")

    assert told(python) == ["my-event 7 m one"]


def test_the_current_target_is_the_element_that_listens(python: PythonPage) -> None:
    python.run(
        """
        def heard(event):
            told.append(f"{event.currentTarget.id} of {event.target.id}")
        show(t'<main id=m on:click={heard}><p id=p on:click={heard}><b id=deep>x</b></p></main>')
        """
    )

    python.js("deep.click()")

    assert told(python) == ["p of deep", "m of deep"]


def test_stop_keeps_an_event_from_everything_outside(python: PythonPage) -> None:
    python.run(
        """
        show(t'''<main on:click={tell("main")}>
          <button id=stopping on:click.stop={tell("stopping")}>x</button>
          <button id=plain on:click={tell("plain")}>x</button></main>''')
        """
    )
    python.js(
        "window.heard = 0; window.hear = () => heard++;"
        "document.addEventListener('click', hear); window.addEventListener('click', hear)"
    )

    python.js("stopping.click()")
    stopped = python.js("heard")
    python.js("plain.click()")
    python.js("document.removeEventListener('click', hear); removeEventListener('click', hear)")

    assert stopped == 0
    assert python.js("heard") == 2
    assert told(python) == ["stopping", "plain", "main"]


def test_stop_holds_between_two_apps_one_in_the_other(python: PythonPage) -> None:
    python.run(
        """
        show(t'<main id=outer on:click={tell("outer")}></main>')
        show(t'''<p id=p on:click={tell("p")}><b id=plain>x</b>
          <b id=stopping on:click.stop={tell("b")}>x</b></p>''', "#outer")
        """
    )

    python.js("plain.click()")
    python.js("stopping.click()")

    assert told(python) == ["p", "outer", "b"]
    python.run("apps.pop().unmount()")


def test_several_listeners_of_one_element_answer_in_order(python: PythonPage) -> None:
    """S124"""
    python.run(
        """
        def last(event):
            told.append("second")
            event.stopImmediatePropagation()
        more = {"on:click": last}
        most = {"on:click": tell("third")}
        show(t'''<main on:click={tell("main")}>
          <button id=go on:click={tell("first")} {more} {most}>x</button></main>''')
        """
    )

    python.js("go.click()")

    assert told(python) == ["first", "second"]


def test_passive_and_once_listeners(python: PythonPage, expected: list[str]) -> None:
    expected.append("Unable to preventDefault inside passive event listener")
    python.run(
        """
        def wheel(event):
            event.preventDefault()
            told.append(f"wheel {event.defaultPrevented}")
        show(t'''<main><p id=p on:wheel.passive={wheel}>x</p>
          <button id=b on:click.once={tell("once")} on:click={tell("always")}>x</button>
          <button id=c on:click.passive={tell("passive")} on:click={tell("plain")}>x</button>
          </main>''')
        """
    )

    python.js("p.dispatchEvent(new WheelEvent('wheel', { cancelable: true, bubbles: true }))")
    python.js("b.click(); b.click()")
    python.js("c.click()")

    assert told(python) == ["wheel False", "once", "always", "always", "passive", "plain"]


def test_prevent_keeps_the_page_where_it_is(python: PythonPage) -> None:
    """S125"""
    python.run(
        """
        show(t'''<main><a id=link href="/away" on:click.prevent={tell("link")}>x</a>
          <form id=form action="/away" on:submit.prevent={tell("submit")}>
          <button id=send>x</button></form></main>''')
        """
    )

    python.page.click("#link")
    python.page.click("#send")
    python.settle()

    assert told(python) == ["link", "submit"]
    assert python.page.url == python.url


def test_disabled_controls_do_not_answer(python: PythonPage) -> None:
    python.run(
        """
        off = Signal(True)
        show(t'''<main on:click={tell("main")}><button id=b disabled={off} on:click={tell("b")}>
          <i id=deep>x</i></button>
          <fieldset disabled={off}><button id=c on:click={tell("c")}><i id=deeper>x</i></button>
          <legend>y</legend></fieldset></main>''')
        """
    )

    python.js("b.click(); c.click()")
    for name in ("b", "c"):
        python.page.dispatch_event(f"#{name}", "click")
    for name in ("deep", "deeper"):
        python.page.click(f"#{name}", force=True)
    disabled = [word for word in told(python) if word != "main"]
    python.run("off.set(False); told.clear()")
    python.js("b.click(); c.click()")

    assert disabled == []
    assert told(python) == ["b", "main", "c", "main"]


def test_an_app_in_a_shadow_root(python: PythonPage) -> None:
    python.js(
        """
        const host = document.createElement('div');
        host.id = 'host';
        document.body.append(host);
        const inner = document.createElement('section');
        host.attachShadow({ mode: 'open' }).append(inner);
        window.inner = inner;
        """
    )
    python.run(
        """
        text = Signal("a")
        def heard(event):
            told.append(f"{event.target.localName} {event.currentTarget.localName}")
        show(t'<p on:click={heard}><input bind:value={text}><b>{text}</b></p>', js.inner)
        """
    )

    python.js("inner.querySelector('b').click()")
    python.js(
        "(() => { const input = inner.querySelector('input'); input.value = 'z';"
        "input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true })) })()"
    )
    python.js("inner.querySelector('input').dispatchEvent(new Event('change', { bubbles: true }))")

    assert told(python) == ["b p"]
    assert python.js("inner.querySelector('b').textContent") == "z"
    python.run("clear()")
    assert python.js("inner.innerHTML") == ""
    python.js("host.remove()")


def test_portals_stand_elsewhere_and_leave_the_page_as_it_was(python: PythonPage) -> None:
    """C117, S129"""
    python.js("document.body.insertAdjacentHTML('beforeend', '<aside id=side>kept</aside>')")
    python.run(
        """
        on = Signal(True)
        show(t'''<main on:click={tell("main")}><button id=go on:click={tell("go")}>x</button>
          <{Show} when={on}><{Portal} mount="#side"><b id=b on:click={tell("b")}>x</b></{Portal}>
          <{Portal} mount="#side" use_shadow><b on:click={tell("shadow")}>x</b></{Portal}>
          <{Portal}><b id=c on:click={tell("c")}>x</b></{Portal}>
          </{Show}></main>''')
        """
    )

    python.js("b.click(); side.shadowRoot.querySelector('b').click(); c.click()")
    python.run("on.set(False)")
    python.js("go.click()")

    assert told(python) == ["b", "shadow", "c", "go", "main"]
    assert html(python, "#side") == "kept"
    python.js("side.remove()")


def test_an_app_answers_after_another_at_the_same_place_has_left(python: PythonPage) -> None:
    """C121"""
    python.run(
        """
        first = show(t'<main on:click={tell("first")}></main>')
        second = show(t'<button id=go on:click={tell("second")}>x</button>')
        first.unmount()
        """
    )

    python.js("go.click()")

    assert told(python) == ["second"]


def test_a_field_may_leave_while_it_has_the_focus(python: PythonPage) -> None:
    """Chromium tells of the blur while the node is on its way out."""
    python.run(
        """
        editing = Signal(True); items = Signal([1, 2])
        def done(event=None):
            told.append("done"); editing.set(False); items.set([2])
        def row(i):
            return t"<li>{i}<input id=f{i} on:blur={done}></li>"
        def key(event):
            if event.key == "Enter": done()
        show(t'''<main><{Show} when={editing}><input id=one on:blur={done} on:keydown={key}></{Show}>
          {For(items, key=lambda i: i, children=row)}</main>''')
        """
    )

    python.js("one.focus()")
    python.page.keyboard.press("Enter")
    python.run("items.set([1, 2, 3])")
    python.js("f1.focus()")
    python.run("items.set([3])")

    assert html(python).strip() == '<li>3<input id="f3"></li>'
    assert "done" in told(python)


# Controls


def test_text_goes_both_ways_and_the_caret_stays(python: PythonPage) -> None:
    """C78, S119, S121"""
    python.run(
        """
        name = Signal("abc")
        show(t"<main><input id=one bind:value={name}><textarea id=two bind:value={name}></textarea>"
             t"<p>{name}</p></main>")
        """
    )
    python.js("one.focus(); one.setSelectionRange(1, 1)")
    python.page.keyboard.type("xy")

    assert python.js("[one.value, two.value, one.selectionStart]") == ["axybc", "axybc", 3]
    assert html(python, "p") == "axybc"

    python.run("name.set('new')")

    assert python.js("[one.value, two.value]") == ["new", "new"]


@pytest.mark.parametrize("text", ["1.005", "-0.5", "1e5", "007", "10.50"])
def test_a_number_can_be_typed_as_one_likes(python: PythonPage, text: str) -> None:
    """S121: what is entered stays as it is while it means the number that the signal holds."""
    python.run(
        "size = Signal(None); show(t'<main><input id=n type=number bind:value={size}></main>')"
    )

    python.js("n.focus()")
    python.page.keyboard.type(text)

    assert python.run("size()") == float(text)
    assert python.js("n.value") == text

    python.run("size.set(3)")

    assert python.js("n.value") == "3"


def test_boxes_radios_and_selects(python: PythonPage) -> None:
    """C78, S120, S121"""
    python.run(
        """
        on = Signal(True); color = Signal("red"); many = Signal(["b"])
        one = Signal("y"); several = Signal(["x", "z"]); options = ["x", "y", "z"]
        show(t'''<main><input id=on type=checkbox bind:checked={on}>
          {[t'<input type=radio name=c id={c} value={c} bind:group={color}>' for c in ("red", "blue")]}
          {[t'<input type=checkbox id={c} value={c} bind:group={many}>' for c in ("a", "b")]}
          <select id=one bind:value={one}>{[t"<option>{o}</option>" for o in options]}</select>
          <select id=several multiple bind:value={several}>
          {[t"<option>{o}</option>" for o in options]}</select></main>''')
        """
    )
    read = (
        "[document.getElementById('on').checked, red.checked, blue.checked, a.checked, b.checked,"
        "one.value, [...several.selectedOptions].map((n) => n.value).join()]"
    )

    assert python.js(read) == [True, True, False, False, True, "y", "x,z"]

    python.page.click("#on")
    python.page.click("#blue")
    python.page.click("#a")
    python.page.select_option("#one", "z")
    python.page.select_option("#several", ["y", "z"])

    assert python.run(
        "to_js([on(), color(), ' '.join(sorted(many())), one(), ' '.join(several())])"
    ) == [False, "blue", "a b", "z", "y z"]

    python.run("on.set(True); color.set('red'); many.set([]); one.set('x'); several.set([])")

    assert python.js(read) == [True, True, False, False, False, "x", ""]


def test_controls_begin_with_their_values(python: PythonPage) -> None:
    """S119, S120"""
    python.run(
        """
        text = "a\\n<b>"
        show(t'''<main><textarea id=area>{text}</textarea><input id=field value={text[0]}>
          <input id=box type=checkbox checked={True}>
          <select id=pick prop:value={"y"}>{[t"<option>{o}</option>" for o in "xyz"]}</select>
          <select id=flag><option>x</option><option selected={True}>y</option></select></main>''')
        """
    )

    assert python.js("[area.value, field.value, box.checked, pick.value, flag.value]") == [
        "a\n<b>", "a", True, "y", "y",
    ]  # fmt: skip


def test_composing_is_not_disturbed(python: PythonPage) -> None:
    python.run(
        "word = Signal(''); show(t'<main><input id=one bind:value={word}><p>{word}</p></main>')"
    )
    python.js(
        "one.focus(); window.steps = []; one.addEventListener('compositionend', () => steps.push('end'))"
    )

    for text in ("k", "ka", "kan"):
        python.session.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
        assert python.js("one.value") == text
        assert python.js("steps.length") == 0
    python.session.send("Input.insertText", {"text": "漢"})

    assert python.js("one.value") == "漢"
    assert html(python, "p") == "漢"


# Elements of all kinds


def test_custom_elements_get_properties_and_are_upgraded(python: PythonPage) -> None:
    python.js(
        """
        if (!customElements.get('my-box')) customElements.define('my-box', class extends HTMLElement {
          static observedAttributes = ['size'];
          set data(value) { this.got = value; }
          connectedCallback() { this.born = (this.born ?? 0) + 1; }
          attributeChangedCallback(_, __, value) { this.seen = value; }
        })
        """
    )
    python.run(
        """
        size = Signal(1)
        show(t'<main><my-box id=box size={size} prop:data={size} on:my-event={tell("heard")}></my-box></main>')
        size.set(2)
        """
    )
    python.js("box.dispatchEvent(new Event('my-event'))")

    assert python.js("[box.born, box.seen, box.got]") == [1, "2", 2]
    assert told(python) == ["heard"]


def test_inner_html_is_markup_and_nothing_else_is(python: PythonPage) -> None:
    """C82"""
    python.run(
        """
        markup = Signal("<b>a</b>")
        show(t"<main><p inner_html={markup}></p><i>{markup}</i></main>")
        """
    )

    assert html(python) == "<p><b>a</b></p><i>&lt;b&gt;a&lt;/b&gt;</i>"
    python.run("markup.set('<u>b</u>')")
    assert html(python, "p") == "<u>b</u>"


def test_a_reference_is_the_element_and_a_directive_gets_it(python: PythonPage) -> None:
    """C80, C81, S127, S128"""
    python.run(
        """
        field = NodeRef(); on = Signal(True)
        field.on_load(lambda node: told.append(f"load {node.id}"))
        def mark(node, word):
            node.title = word
            told.append(f"use {node.isConnected}")
            on_cleanup(lambda: told.append("gone"))
        show(t'''<main><{Show} when={on}><input id=one ref={field} use:mark={(mark, "hi")}></{Show}>
          </main>''')
        """
    )

    assert python.js("one.title") == "hi"
    assert python.run("field().id") == "one"
    python.run("on.set(False)")
    assert python.run("field() is None")
    python.run("on.set(True)")
    assert told(python) == ["load one", "use True", "gone", "load one", "use True"] or told(
        python
    ) == ["use True", "load one", "gone", "use True", "load one"]


@pytest.mark.parametrize("depth", [100, 300])
def test_components_nest_deep(python: PythonPage, depth: int) -> None:
    """E3"""
    python.run(
        f"""
        @component
        def Nested(depth):
            return t"<i><{{Nested}} depth={{depth - 1}} /></i>" if depth else "end"
        show(t"<main>{{Nested(depth={depth})}}</main>")
        """
    )

    assert python.js("document.querySelector('main').textContent") == "end"
    assert python.js("document.querySelectorAll('i').length") == depth


def test_an_error_deep_inside_leaves_the_page_alive(
    python: PythonPage, expected: list[str]
) -> None:
    """E1, E2"""
    expected.append("DepthError")
    python.run(
        """
        count = Signal(1)
        @component
        def Endless():
            return t"<i><{Endless} /></i>"
        show(t'''<main><p>{count}</p><{ErrorBoundary} fallback={(lambda error: type(error).__name__)}>
          <{Endless} /></{ErrorBoundary}></main>''')
        count.set(2)
        """
    )

    assert html(python, "p") == "2"
    assert "DepthError" in html(python)
