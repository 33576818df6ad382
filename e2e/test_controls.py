"""Two-way bindings in a real browser: every control, caret, input methods, forms."""

import pytest

from .python_page import PythonPage, emptied, shared_page

COMPOSE = "Input.imeSetComposition"


@pytest.fixture(scope="module")
def shared(browser):
    yield from shared_page(browser)


@pytest.fixture
def python(shared: PythonPage):
    yield from emptied(shared, [])


def compose(python: PythonPage, text: str) -> None:
    python.session.send(
        COMPOSE, {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
    )


# Text


def test_the_caret_stays_while_a_binding_formats(python: PythonPage) -> None:
    """What the signal makes of an entry is shown, and the caret stays behind what was typed."""
    python.run(
        """
        amount = Signal("1,234")
        def take(text):
            digits = "".join(c for c in text if c.isdecimal())
            amount.set(f"{int(digits):,}" if digits else "")
        show(t"<main><input id=one bind:value={(amount, take)}></main>")
        """
    )
    python.js("one.focus(); one.setSelectionRange(1, 1)")

    seen = []
    for key in ("9", "x", "8", "Backspace", "Delete"):
        python.page.keyboard.press(key)
        seen.append(python.js("[one.value, one.selectionStart]"))

    assert seen == [["19,234", 2], ["19,234", 2], ["198,234", 3], ["19,234", 2], ["19,234", 3]]


@pytest.mark.parametrize("mark", ["input", "textarea"])
def test_the_caret_stays_while_a_handler_formats(python: PythonPage, mark: str) -> None:
    """S118, S119: `prop:value` with `on:input`."""
    python.run(
        f"""
        name = Signal("ac")
        def take(event):
            name.set(event.target.value.upper())
        show(t"<main><{mark} id=one prop:value={{name}} on:input={{take}}></{mark}></main>"
             if "{mark}" == "textarea" else
             t"<main><input id=one prop:value={{name}} on:input={{take}}></main>")
        """
    )
    python.js("one.focus(); one.setSelectionRange(1, 1)")

    python.page.keyboard.type("bé")

    assert python.js("[one.value, one.selectionStart]") == ["ABÉC", 3]


def test_a_controlled_field_rejects_a_character(python: PythonPage) -> None:
    """S118: a write of an equal value takes back what was typed."""
    python.run(
        """
        digits = Signal("12")
        def take(event):
            text = event.target.value
            digits.set(text if text.isdecimal() else digits.peek())
        show(t"<main><input id=one prop:value={digits} on:input={take}></main>")
        """
    )
    python.js("one.focus(); one.setSelectionRange(1, 1)")

    python.page.keyboard.type("x7y")

    assert python.js("[one.value, one.selectionStart]") == ["172", 2]


def test_a_selection_survives_a_write_from_elsewhere(python: PythonPage) -> None:
    python.run("name = Signal('one two'); show(t'<main><input id=one bind:value={name}></main>')")
    python.js("one.focus(); one.setSelectionRange(4, 7, 'backward')")

    python.run("name.set('1 two')")

    assert python.js("one.value.slice(one.selectionStart, one.selectionEnd)") == "two"
    assert python.js("one.selectionDirection") == "backward"


def test_what_composes_is_written_once_at_the_end(python: PythonPage) -> None:
    python.run(
        """
        word = Signal(""); heard = []
        show(t"<main><input id=one bind:value={word}><p>{word}</p></main>")
        watch(word, heard.append)
        """
    )
    python.js(
        """
        one.focus();
        window.writes = 0;
        const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
        Object.defineProperty(one, 'value', {
          get, set(value) { writes += 1; set.call(this, value); } });
        """
    )

    for text in ("k", "ka", "kan"):
        compose(python, text)
        assert python.js("one.value") == text
        assert python.run("to_js(heard)") == []
    python.session.send("Input.insertText", {"text": "漢"})
    python.settle()

    assert python.run("to_js(heard)") == ["漢"]
    assert python.js("[one.value, writes]") == ["漢", 0]

    python.page.keyboard.type("a")
    assert python.run("word()") == "漢a"


def test_a_write_waits_until_a_composition_has_ended(python: PythonPage) -> None:
    python.run(
        """
        word = Signal("")
        def take(event):
            word.set(event.target.value.upper())
        show(t"<main><input id=one prop:value={word} on:input={take}></main>")
        """
    )
    python.js("one.focus()")

    for text in ("n", "ni"):
        compose(python, text)
        assert python.js("one.value") == text
    python.session.send("Input.insertText", {"text": "nigh"})
    python.settle()

    assert python.js("one.value") == "NIGH"
    python.page.keyboard.type("t")
    assert python.js("one.value") == "NIGHT"


def test_a_composition_wins_over_a_write_from_elsewhere(python: PythonPage) -> None:
    python.run("word = Signal('a'); show(t'<main><input id=one bind:value={word}></main>')")
    python.js("one.focus(); one.setSelectionRange(1, 1)")

    compose(python, "ka")
    python.run("word.set('elsewhere')")
    python.session.send("Input.insertText", {"text": "か"})
    python.settle()

    assert python.js("one.value") == "aか"
    assert python.run("word()") == "aか"


def test_a_binding_answers_before_a_handler(python: PythonPage) -> None:
    python.run(
        """
        name = Signal("")
        def look():
            told.append(name())
        show(t"<main><input id=one on:input={look} bind:value={name}></main>")
        """
    )

    python.page.fill("#one", "new")

    assert python.run("to_js(told)") == ["new"]


def test_no_value_is_an_empty_field(python: PythonPage) -> None:
    python.run(
        """
        name = Signal(None)
        show(t'''<main><input id=one prop:value={name}><input id=two bind:value={name}></main>''')
        """
    )

    assert python.js("[one.value, two.value]") == ["", ""]
    python.run("name.set(3)")
    assert python.js("[one.value, two.value]") == ["3", "3"]


# Numbers, dates, colours


@pytest.mark.parametrize("text", ["1.05", "1.0", "0.10", "-3", "1e3", "12"])
def test_a_number_is_kept_as_it_is_typed(python: PythonPage, text: str) -> None:
    python.run(
        "n = Signal(7); show(t'<main><input id=one type=number step=any bind:value={n}></main>')"
    )
    python.js("one.focus(); one.select()")

    for typed in text:
        python.page.keyboard.press(typed)
    assert python.js("one.value") == text
    assert python.run("n()") == float(text)

    python.page.keyboard.press("Backspace")
    assert python.js("one.matches(':focus')")
    python.run("n.set(2.5)")
    assert python.js("one.value") == "2.5"


def test_a_number_half_typed_is_left_alone(python: PythonPage) -> None:
    python.run(
        "n = Signal(1); show(t'<main><input id=one type=number step=any bind:value={n}></main>')"
    )
    python.js("one.focus(); one.select()")

    python.page.keyboard.type("1.")
    python.run("n.set(n.peek())")
    python.page.keyboard.type("05")

    assert python.js("one.value") == "1.05"
    assert python.run("n()") == 1.05


@pytest.mark.parametrize(
    ("kind", "given", "typed", "taken"),
    [
        ("date", "date(2026, 3, 1)", "2026-11-30", "date(2026, 11, 30)"),
        ("time", "time(9, 30)", "18:05", "time(18, 5)"),
        ("datetime-local", "datetime(2026, 3, 1, 9, 30)", "2027-01-02T03:04", "datetime(2027, 1, 2, 3, 4)"),
        ("date", "'2026-03-01'", "2026-11-30", "'2026-11-30'"),
        ("time", "'09:30'", "18:05", "'18:05'"),
        ("datetime-local", "'2026-03-01T09:30'", "2027-01-02T03:04", "'2027-01-02T03:04'"),
        ("month", "'2026-03'", "2026-12", "'2026-12'"),
        ("week", "'2026-W10'", "2026-W11", "'2026-W11'"),
        ("color", "'#ff0000'", "#00ff00", "'#00ff00'"),
        ("range", "5", "7", "7"),
        ("search", "'a'", "b", "'b'"),
        ("password", "'a'", "b", "'b'"),
    ],
)  # fmt: skip
def test_a_field_gives_what_its_signal_holds(
    python: PythonPage, kind: str, given: str, typed: str, taken: str
) -> None:
    python.run(
        f"""
        from datetime import date, datetime, time
        held = Signal({given})
        show(t'<main><input id=one type={kind} bind:value={{held}}></main>')
        """
    )
    assert python.js("one.value") != ""
    first = python.js("one.value")

    python.page.fill("#one", typed)
    assert python.run(f"held() == {taken} and type(held()) is type({taken})")

    python.run(f"held.set({given})")
    assert python.js("one.value") == first
    if kind not in ("color", "range"):
        python.page.fill("#one", "")
        assert python.run("held()") == (None if "(" in given else "")
        python.page.fill("#one", typed)
        assert python.run(f"held() == {taken}")


# Choices


def test_a_select_shows_its_value_once_there_is_an_option(python: PythonPage) -> None:
    """S120"""
    python.run(
        """
        city = Signal("c"); names = Signal([]); many = Signal({"a", "c"})
        def options():
            return [t"<option value={n}>{n.upper()}</option>" for n in names()]
        show(t'''<main><select id=bound bind:value={city}>{options}</select>
          <select id=told prop:value={city}>{options}</select>
          <select id=each bind:value={city}>{For(names, children=lambda n: t"<option>{n}</option>")}</select>
          <select id=many multiple bind:value={many}>{options}</select></main>''')
        """
    )
    read = "[bound.value, told.value, each.value, [...many.selectedOptions].map((o) => o.value).join()]"

    seen = []
    for names in ("abcd", "ab", "dcb", "c"):
        python.run(f"names.set(list('{names}'))")
        seen.append(python.js(read))
    assert seen == [
        ["c", "c", "c", "a,c"],
        ["", "", "", "a"],
        ["c", "c", "c", "c"],
        ["c", "c", "c", "c"],
    ]
    assert python.run("city()") == "c"

    python.run("names.set(list('abc'))")
    python.page.select_option("#bound", "a")
    assert python.js(read) == ["a", "a", "a", "a,c"]
    python.page.select_option("#many", ["b", "c"])
    assert python.run("many() == {'b', 'c'}")


def test_a_select_follows_an_option_that_changes_its_value(python: PythonPage) -> None:
    python.run(
        """
        city = Signal("c"); value = Signal("a")
        show(t'''<main><select id=one bind:value={city}><optgroup label=x>
          <option>b</option><option value={value}>x</option></optgroup></select></main>''')
        """
    )
    assert python.js("one.selectedIndex") == -1

    python.run("value.set('c')")

    assert python.js("one.selectedIndex") == 1


def test_a_text_of_an_option_may_change_and_go_at_once(python: PythonPage) -> None:
    python.run(
        """
        city = Signal("b")
        show(t"<main><select id=one bind:value={city}><option>a</option></select></main>")
        """
    )

    python.js("(() => { const t = one.options[0].firstChild; t.data = 'x'; t.remove(); })()")
    python.settle()

    assert python.errors == []


def test_groups_of_boxes_are_lists_or_sets(python: PythonPage) -> None:
    python.run(
        """
        chosen = Signal({"a"}); listed = Signal(["b"]); none = Signal(None); size = Signal(None)
        show(t'''<main>{[t"<input type=checkbox id=s{c} value={c} bind:group={chosen}>" for c in "abc"]}
          {[t"<input type=checkbox id=l{c} value={c} bind:group={listed}>" for c in "abc"]}
          <input type=checkbox id=n value=n bind:group={none}>
          {[t"<input type=radio id=r{c} value={c} bind:group={size}>" for c in "abc"]}</main>''')
        """
    )

    for box in ("sb", "sa", "la", "lb", "n", "rb", "rc"):
        python.page.click(f"#{box}")

    assert python.run("(chosen(), listed(), none(), size()) == ({'b'}, ['a'], ['n'], 'c')")
    assert python.js("[sa, sb, la, lb, n, ra, rb, rc].map((box) => box.checked)") == [
        False, True, True, False, True, False, False, True,
    ]  # fmt: skip


def test_files_are_read(python: PythonPage) -> None:
    python.run(
        """
        chosen = Signal([])
        show(t'''<main><form id=form><input id=one type=file multiple bind:value={chosen}>
          <button type=reset id=undo>Undo</button></form>
          <ul>{(lambda: [t"<li>{f.name} {f.size}</li>" for f in chosen()])}</ul></main>''')
        """
    )

    python.page.set_input_files(
        "#one",
        [
            {"name": "a.txt", "mimeType": "text/plain", "buffer": b"abc"},
            {"name": "b.txt", "mimeType": "text/plain", "buffer": b"de"},
        ],
    )
    assert python.js("[...document.querySelectorAll('li')].map((n) => n.innerText)") == [
        "a.txt 3",
        "b.txt 2",
    ]

    python.run("chosen.set([])")
    assert python.js("one.files.length") == 0


# Text without a field


@pytest.mark.parametrize("kind", ["true", "plaintext-only"])
def test_text_is_edited_in_an_element(python: PythonPage, kind: str) -> None:
    python.run(
        f"""
        text = Signal("a <b>c</b>")
        show(t'<main><p id=one contenteditable="{kind}" bind:text={{text}}></p><q>{{text}}</q></main>')
        """
    )
    assert python.js("[one.childElementCount, one.innerText]") == [0, "a <b>c</b>"]

    python.js("one.focus(); getSelection().collapse(one.firstChild, 1)")
    python.page.keyboard.type("bc")
    assert python.run("text()") == "abc <b>c</b>"

    python.js("getSelection().selectAllChildren(one)")
    python.page.keyboard.type("one ")
    assert python.run("text()") == "one "
    python.page.keyboard.press("Enter")
    python.page.keyboard.type("two")
    assert python.run("text()") == "one \ntwo"
    assert python.js("document.querySelector('q').textContent") == "one \ntwo"

    python.js("getSelection().selectAllChildren(one)")
    python.page.keyboard.press("Backspace")
    assert python.run("text()") == ""
    python.run("text.set('x\\ny\\n')")
    assert python.js("one.innerText") == "x\ny\n\n"
    python.page.keyboard.press("End")
    assert python.run("text()") == "x\ny\n"


def test_the_caret_stays_while_edited_text_is_formatted(python: PythonPage) -> None:
    python.run(
        """
        text = Signal("")
        show(t'''<main><p id=one contenteditable=plaintext-only
          bind:text={(text, lambda typed: text.set(typed.upper().replace("X", "")))}></p></main>''')
        """
    )
    python.js("one.focus()")

    python.page.keyboard.type("adxe")
    for _ in range(2):
        python.page.keyboard.press("ArrowLeft")
    python.page.keyboard.type("bxc")

    assert python.run("text()") == "ABCDE"
    assert python.js("[one.innerText, getSelection().focusOffset]") == ["ABCDE", 3]


def test_composed_text_is_taken_at_the_end_in_an_element_too(python: PythonPage) -> None:
    python.run(
        """
        text = Signal("a"); heard = []
        show(t"<main><p id=one contenteditable bind:text={text}></p></main>")
        watch(text, heard.append)
        """
    )
    python.js("one.focus(); getSelection().collapse(one.firstChild, 1)")

    for typed in ("k", "ka"):
        compose(python, typed)
    python.run("text.set('elsewhere')")
    assert python.js("one.innerText") == "aka"
    python.session.send("Input.insertText", {"text": "か"})
    python.settle()

    assert python.js("one.innerText") == "aか"
    assert python.run("to_js(heard)") == ["elsewhere", "aか"]


def test_markup_that_a_user_edits_keeps_its_nodes(python: PythonPage) -> None:
    python.run(
        """
        html = Signal("<b>a</b>c")
        def take(event):
            html.set(event.target.innerHTML)
        show(t'<main><p id=one contenteditable=true inner_html={html} on:input={take}></p></main>')
        """
    )
    python.js(
        "window.bold = one.firstChild; one.focus(); getSelection().collapse(bold.firstChild, 1)"
    )

    python.page.keyboard.type("bb")

    assert python.run("html()") == "<b>abb</b>c"
    assert python.js("bold.isConnected && getSelection().focusOffset") == 3


# What opens and closes


def test_details_open_and_close(python: PythonPage) -> None:
    python.run(
        """
        first = Signal(True); second = Signal(False)
        show(t'''<main><details id=a name=x bind:open={first}><summary>A</summary>a</details>
          <details id=b name=x bind:open={second}><summary id=s>B</summary>b</details></main>''')
        """
    )
    assert python.js("[a.open, b.open]") == [True, False]

    python.page.click("#s")
    python.settle()
    assert python.run("to_js([first(), second()])") == [False, True]

    python.run("second.set(False)")
    python.settle()
    assert python.js("[a.open, b.open]") == [False, False]


@pytest.mark.parametrize("name", ["open", "modal"])
def test_a_dialog_opens_and_closes(python: PythonPage, name: str) -> None:
    python.run(
        f"""
        is_open = Signal(True); heard = []
        show(t'''<main><dialog id=box bind:{name}={{is_open}}>
          <form method=dialog><button id=ok>OK</button></form></dialog></main>''')
        watch(is_open, heard.append)
        """
    )
    assert python.js("[box.open, box.matches(':modal')]") == [True, name == "modal"]

    python.page.click("#ok")
    python.settle()
    assert python.run("is_open()") is False

    python.run("is_open.set(True)")
    assert python.js("box.open")
    if name == "modal":
        python.page.keyboard.press("Escape")
    else:
        python.js("box.close()")
    python.settle()
    assert python.js("box.open") is False
    assert python.run("to_js(heard)") == [False, True, False]

    python.run("is_open.set(True); is_open.set(False)")
    python.settle()
    assert python.js("box.open") is False
    assert python.run("is_open()") is False


def test_a_dialog_in_a_show_opens_when_it_comes(python: PythonPage) -> None:
    python.run(
        """
        there = Signal(False); is_open = Signal(True)
        show(t"<main>{Show(there, t'<dialog id=box bind:modal={is_open}>x</dialog>')}</main>")
        """
    )
    for _ in range(2):
        python.run("there.set(True)")
        assert python.js("box.matches(':modal')")
        python.run("there.set(False)")


# Forms


FORM = """
text = Signal("a"); number = Signal(1); area = Signal("b"); on = Signal(True); box = Signal(["x"])
size = Signal("S"); city = Signal("Oslo"); many = Signal(["p"]); outside = Signal("o")
note = Signal("n")
form = t'''<form id=form><input id=text bind:value={text}><input id=n type=number bind:value={number}>
  <textarea id=area bind:value={area}></textarea><input id=on type=checkbox bind:checked={on}>
  <input id=bx type=checkbox value=x bind:group={box}><input id=by type=checkbox value=y bind:group={box}>
  <input id=rs type=radio value=S bind:group={size}><input id=rl type=radio value=L bind:group={size}>
  <select id=city bind:value={city}><option>Rome</option><option>Oslo</option></select>
  <select id=many multiple bind:value={many}><option>p</option><option>q</option></select>
  <p id=note contenteditable bind:text={note}></p>
  <button id=undo type=reset>Undo</button></form><input id=outside form=form bind:value={outside}>'''
def held():
    return [text(), number(), area(), on(), box(), size(), city(), many(), outside(), note()]
"""
SHOWN = (
    "[text.value, Number(n.value), area.value, document.getElementById('on').checked,"
    "[bx, by].filter((b) => b.checked).map((b) => b.value), rs.checked ? 'S' : 'L', city.value,"
    "[...many.selectedOptions].map((o) => o.value), outside.value, note.innerText]"
)
AT_FIRST = ["a", 1, "b", True, ["x"], "S", "Oslo", ["p"], "o", "n"]


@pytest.mark.parametrize("where", ["page", "shadow"])
@pytest.mark.parametrize("act", ["click", "script"])
def test_a_reset_brings_back_what_was_shown_at_first(
    python: PythonPage, where: str, act: str
) -> None:
    python.run(FORM)
    if where == "shadow":
        python.run("show(t'<main>{Portal(form, mount=\"main\", use_shadow=True)}</main>')")
        root = "document.querySelector('main').shadowRoot"
    else:
        python.run("show(t'<main>{form}</main>')")
        root = "document"
    for name in (
        "text",
        "n",
        "area",
        "on",
        "bx",
        "by",
        "rs",
        "rl",
        "city",
        "many",
        "outside",
        "note",
    ):
        python.js(f"window['{name}'] = {root}.querySelector('#{name}')")
    shown = SHOWN.replace("document.getElementById('on')", "window['on']")
    for field, value in (("text", "c"), ("n", "5"), ("area", "d"), ("outside", "e"), ("note", "f")):
        python.page.fill(f"#{field}", value)
    for box in ("on", "bx", "by", "rl"):
        python.page.click(f"#{box}")
    python.page.select_option("#city", "Rome")
    python.page.select_option("#many", ["q"])
    changed = ["c", 5, "d", False, ["y"], "L", "Rome", ["q"], "e", "f"]
    assert python.run("to_js(held())") == changed
    assert python.js(shown) == changed

    if act == "click":
        python.page.click("#undo")
    else:
        python.js(f"{root}.querySelector('form').reset()")
    python.settle()

    assert python.run("to_js(held())") == AT_FIRST
    assert python.js(shown) == AT_FIRST


def test_a_reset_that_is_prevented_changes_nothing(python: PythonPage) -> None:
    python.run(
        """
        text = Signal("a")
        show(t'''<main><form on:reset.prevent={tell("no")}><input id=one bind:value={text}>
          <button id=undo type=reset>Undo</button></form></main>''')
        """
    )
    python.page.fill("#one", "b")

    python.page.click("#undo")
    python.settle()

    assert python.run("text()") == "b"
    assert python.js("one.value") == "b"


def test_an_app_inside_of_a_form_hears_its_reset(python: PythonPage) -> None:
    python.js(
        "document.body.insertAdjacentHTML('beforeend', '<form id=form><div id=app></div></form>')"
    )
    python.run("text = Signal('a'); show(t'<input id=one bind:value={text}>', '#app')")
    python.page.fill("#one", "b")

    python.js("form.reset()")
    python.settle()

    assert python.run("text()") == "a"
    python.run("clear()")
    python.js("form.remove()")


def test_nothing_is_left_of_controls_that_are_gone(python: PythonPage) -> None:
    """L1"""
    python.js("python._module.enable_pyproxy_allocation_tracing?.()")
    python.run(FORM)
    python.run(
        """
        is_open = Signal(False); files = Signal([]); names = Signal(["Rome"])
        def cycle():
            app = mount(t'''<section>{form}<dialog bind:modal={is_open}></dialog>
              <details bind:open={is_open}></details><input type=file bind:value={files}>
              <select bind:value={city}>{(lambda: [t"<option>{n}</option>" for n in names()])}</select>
              <input prop:value={text}></section>''')
            is_open.set(True); names.set(["Rome", "Oslo"]); text.set("x"); city.set("Rome")
            box = js.document.querySelector("section input")
            box.value = "typed"
            box.dispatchEvent(js.Event.new("input", to_js({"bubbles": True}, dict_converter=js.Object.fromEntries)))
            is_open.set(False); names.set(["Rome"])
            app.unmount()
        for _ in range(50): cycle()
        """
    )
    assert python.run("text()") == "typed"
    before = python.counts()

    python.run("for _ in range(200): cycle()")
    after = python.counts()

    grown = {key: after[key] - before[key] for key in before}
    assert grown.pop("objects") <= 5, grown
    assert not any(count > 0 for count in grown.values()), grown


# Classes and styles


def test_foreign_classes_and_styles_stay(python: PythonPage) -> None:
    """S115, S117"""
    python.run(
        """
        on = Signal(True); color = Signal("red"); more = Signal({"class": "spread", "style:top": "1px"})
        @component
        def Card():
            return t'''<p id=one class="static on" class:on={on} style="color: gray; left: 0px"
              style:color={color} {more}></p>'''
        show(t"<main><{Card} class:given={on} style:right='2px' /></main>")
        """
    )
    python.js("one.classList.add('foreign'); one.style.bottom = '3px'")
    classes = "[...one.classList].sort().join(' ')"
    styles = "['color', 'left', 'right', 'bottom', 'top'].map((name) => one.style[name])"
    assert python.js(classes) == "foreign given on spread static"
    assert python.js(styles) == ["red", "0px", "2px", "3px", "1px"]

    python.run("on.set(False); color.set(None); more.set({})")
    assert python.js(classes) == "foreign on static"
    assert python.js(styles) == ["gray", "0px", "2px", "3px", ""]

    python.run("on.set(True); color.set('blue !important'); more.set({'class': 'spread'})")
    assert python.js(classes) == "foreign given on spread static"
    assert python.js("[one.style.color, one.style.getPropertyPriority('color')]") == [
        "blue", "important",
    ]  # fmt: skip
