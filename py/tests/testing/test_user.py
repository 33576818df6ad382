"""What a user does: which handlers run, what the page is after it, and what cannot be done."""

from collections.abc import Callable
from typing import Any

import pytest
from gossamer import NodeRef, Show, Signal
from gossamer.errors import InteractionError
from gossamer.testing import Screen, render
from gossamer.testing.nodes import parse
from gossamer.testing.roles import elements_in
from gossamer.testing.validity import is_valid


def screen_of(markup: str) -> Screen:
    screen = Screen()
    for child in list(parse(markup).children):
        screen.page.body.insert(child, None)
    return screen


def no(event: object) -> None:
    event.preventDefault()  # type: ignore[attr-defined]


# --- handlers and bindings ---


def test_a_click_runs_handlers_and_flushes_what_they_write() -> None:
    count = Signal(0)
    view = t"<button on:click={(lambda: count.update(lambda n: n + 1))}>More</button><output>{count}</output>"

    with render(view) as screen:
        screen.get_by_role("button").click()
        screen.get_by_role("button").dblclick()

        assert screen.get_by_role("status").inner_text() == "3"


def test_a_handler_gets_what_a_browser_would_tell() -> None:
    told = []
    view = t"""<input on:keydown={(lambda e: told.append((e.key, e.shiftKey, e.ctrlKey)))}
        on:input={(lambda e: told.append((e.inputType, e.data, e.target.value)))}>"""

    with render(view) as screen:
        screen.get_by_role("textbox").press("Shift+A")
        screen.keyboard.press("Control+a")

    assert told == [
        ("Shift", True, False),
        ("A", True, False),
        ("insertText", "A", "A"),
        ("Control", False, True),
        ("a", False, True),
    ]


def test_fields_write_what_they_are_bound_to() -> None:
    name, mail, is_on, size, sizes, note = (
        Signal(""), Signal(""), Signal(False), Signal("s"), Signal(list[str]()), Signal(""),
    )  # fmt: skip
    view = t"""
        <label>Name <input bind:value={name}></label>
        <label>Mail <input type="email" bind:value={mail}></label>
        <label><input type="checkbox" bind:checked={is_on}> On</label>
        <label>Size <select bind:value={size}><option value="s">S</option><option value="m">M</option></select></label>
        <label>Sizes <select multiple bind:value={sizes}><option>a</option><option>b</option><option>c</option></select></label>
        <label>Note <textarea bind:value={note}></textarea></label>"""

    with render(view) as screen:
        screen.get_by_label("Name").fill("Ada")
        screen.get_by_label("Mail").press_sequentially("a@b")
        screen.get_by_label("On").check()
        screen.get_by_role("combobox", name="Size", exact=True).select_option(label="M")
        screen.get_by_label("Sizes").select_option(["a", "c"])
        screen.get_by_label("Note").fill("one")
        screen.get_by_label("Note").press("Enter")

    assert (name(), mail(), is_on(), size(), sizes(), note()) == (
        "Ada", "a@b", True, "m", ["a", "c"], "one\n",
    )  # fmt: skip


def test_radios_write_the_group_that_they_are_bound_to() -> None:
    drink = Signal("tea")
    view = t"""<label><input type="radio" name="d" value="tea" bind:group={drink}> Tea</label>
        <label><input type="radio" name="d" value="milk" bind:group={drink}> Milk</label>"""

    with render(view) as screen:
        screen.get_by_text("Milk").click()

        assert drink() == "milk"
        assert screen.get_by_role("radio", checked=True).count() == 1


def test_files_are_what_the_test_says() -> None:
    chosen = []
    view = (
        t'<input type="file" on:change={(lambda e: chosen.extend(e.target.properties["files"]))}>'
    )

    with render(view) as screen:
        screen.get_by_role("button").set_input_files("a.txt")
        screen.get_by_role("button").set_input_files(["b.txt", "c.txt"])

    assert chosen == ["a.txt", "b.txt", "c.txt"]


def test_a_handler_uses_elements_as_in_a_browser() -> None:
    field: Any = NodeRef()
    sent: list[str] = []

    def send(event: object) -> None:
        event.preventDefault()  # type: ignore[attr-defined]
        sent.append(field().value)
        field().value = ""
        field().focus()

    view = t"""
        <form on:submit={send}><input ref={field}><button>Send</button></form>
        <button on:click={(lambda: field().blur())}>Leave</button>
        <button on:click={(lambda: field().click())}>Click</button>
        <input type="checkbox" on:click={(lambda e: setattr(e.target, "checked", True))}>"""

    with render(view) as screen:
        text = screen.get_by_role("textbox")
        text.fill("Ada")
        screen.get_by_role("button", name="Send").click()
        seen = [text.input_value(), text.is_focused()]
        screen.get_by_role("button", name="Leave").click()
        screen.get_by_role("button", name="Click").click()
        screen.get_by_role("checkbox").check()

        assert (sent, seen) == (["Ada"], ["", True])
        assert not text.is_focused()


def test_an_element_that_is_nowhere_takes_no_focus() -> None:
    [field] = elements_in(parse("<input>"))

    field.focus()
    field.blur()
    field.click()

    assert field.value == ""


def test_one_event_can_be_sent_alone() -> None:
    told = []

    with render(t"<p on:scroll={(lambda e: told.append(e.detail))}>a</p>") as screen:
        screen.get_by_role("paragraph").dispatch_event("scroll", {"detail": 3})

    assert told == [3]


# --- no, says a handler ---

PREVENTED: dict[str, tuple[object, Callable[[Screen], object], Callable[[Screen], object], object]] = {
    "a box stays": (
        t'<input type="checkbox" on:click={no}>',
        lambda s: s.get_by_role("checkbox").click(),
        lambda s: s.get_by_role("checkbox").is_checked(),
        False,
    ),
    "a radio stays": (
        t'<input type="radio" name="a" checked><input type="radio" name="a" id="b" on:click={no}>',
        lambda s: s.get_by_role("radio").last.click(),
        lambda s: [radio.is_checked() for radio in s.get_by_role("radio").all()],
        [True, False],
    ),
    "a link is not followed": (
        t'<a href="/there" on:click={no}>a</a>',
        lambda s: s.get_by_role("link").click(),
        lambda s: s.visits,
        [],
    ),
    "a form is not sent": (
        t'<form action="/there" on:submit={no}><button>a</button></form>',
        lambda s: s.get_by_role("button").click(),
        lambda s: s.visits,
        [],
    ),
    "a key writes nothing": (
        t"<input on:keydown={no}>",
        lambda s: s.get_by_role("textbox").press("a"),
        lambda s: s.get_by_role("textbox").input_value(),
        "",
    ),
    "a text is refused": (
        t"<input on:beforeinput={no}>",
        lambda s: s.get_by_role("textbox").fill("a"),
        lambda s: s.get_by_role("textbox").input_value(),
        "",
    ),
    "a press gives no focus": (
        t"<button on:mousedown={no}>a</button>",
        lambda s: s.get_by_role("button").click(),
        lambda s: s.get_by_role("button").is_focused(),
        False,
    ),
    "space on a button clicks nothing": (
        t'<button type="button" on:keyup={no} on:click={(lambda e: e.target.set_text("bad"))}>a</button>',
        lambda s: s.get_by_role("button").press("Space"),
        lambda s: s.get_by_role("button").inner_text(),
        "a",
    ),
    "a dialog stays": (
        t'<dialog open prop:modal={True} on:cancel={no}><button>a</button></dialog>',
        lambda s: s.get_by_role("button").press("Escape"),
        lambda s: s.get_by_role("dialog").count(),
        1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PREVENTED)
def test_nothing_follows_an_event_that_a_handler_has_prevented(name: str) -> None:
    view, do, see, expected = PREVENTED[name]

    with render(view) as screen:
        do(screen)

        assert see(screen) == expected


# --- what follows ---

FOLLOWS = {
    "a link leads on": ('<a href="/there"><b>a</b></a>', lambda s: s.get_by_text("a").click(), ["/there"]),
    "a form is sent by its button": (
        '<form action="/go"><button>a</button></form>',
        lambda s: s.get_by_role("button").click(),
        ["/go"],
    ),
    "a button elsewhere sends its form": (
        '<form id="f" action="/go"></form><button form="f" formaction="/else">a</button>',
        lambda s: s.get_by_role("button").click(),
        ["/else"],
    ),
    "enter in the only field sends": (
        '<form action="/go"><input></form>',
        lambda s: s.get_by_role("textbox").press("Enter"),
        ["/go"],
    ),
    "enter in one of two fields does not": (
        '<form action="/go"><input><input></form>',
        lambda s: s.get_by_role("textbox").first.press("Enter"),
        [],
    ),
    "enter does not use a disabled button": (
        '<form action="/go"><input><button disabled>a</button></form>',
        lambda s: s.get_by_role("textbox").press("Enter"),
        [],
    ),
    "enter outside of a form does nothing": ("<input>", lambda s: s.get_by_role("textbox").press("Enter"), []),
    "a plain button does not": (
        '<form action="/go"><button type="button">a</button></form>',
        lambda s: s.get_by_role("button").click(),
        [],
    ),
    "a form is not sent while a field is invalid": (
        '<form action="/go"><input required><button>a</button></form>',
        lambda s: s.get_by_role("button").click(),
        [],
    ),
    "a form may be sent as it is": (
        '<form action="/go" novalidate><input required><button>a</button></form>',
        lambda s: s.get_by_role("button").click(),
        ["/go"],
    ),
    "a button may send it as it is": (
        '<form action="/go"><input required><button formnovalidate>a</button></form>',
        lambda s: s.get_by_role("button").click(),
        ["/go"],
    ),
    "a key on a link leads on": (
        '<a href="/there">a</a>',
        lambda s: s.get_by_role("link").press("Enter"),
        ["/there"],
    ),
    "a place that is no link": ("<a>a</a>", lambda s: s.get_by_text("a").click(), []),
    "a label without a control": ('<label for="gone">a</label>', lambda s: s.get_by_text("a").click(), []),
}  # fmt: skip


@pytest.mark.parametrize("name", FOLLOWS)
def test_a_deed_leads_where_a_browser_would_go(name: str) -> None:
    markup, do, expected = FOLLOWS[name]

    with screen_of(markup) as screen:
        do(screen)

        assert screen.visits == expected


def test_a_form_of_a_dialog_closes_it() -> None:
    with screen_of(
        '<dialog open><form method="dialog"><button>OK</button></form></dialog>'
    ) as screen:
        screen.get_by_role("button").click()

        assert screen.get_by_role("dialog").is_hidden()


def test_escape_closes_a_modal_dialog_only() -> None:
    with screen_of("<dialog open><button>OK</button></dialog>") as screen:
        button = screen.get_by_role("button")
        button.press("Escape")
        stays = button.is_visible()
        screen.get_by_role("dialog").element.properties["modal"] = True
        button.press("Escape")

        assert (stays, button.is_visible()) == (True, False)


def test_details_open_and_close() -> None:
    with screen_of("<details><summary>More</summary><p>All of it</p></details>") as screen:
        text = screen.get_by_text("All of it")
        seen = [text.is_visible()]
        for _ in range(2):
            screen.get_by_text("More").click()
            seen.append(text.is_visible())

        assert seen == [False, True, False]


def test_a_reset_takes_back_what_was_entered() -> None:
    with screen_of('<form><input value="a"><button type="reset">Reset</button></form>') as screen:
        screen.get_by_role("textbox").fill("b")
        screen.get_by_role("button").click()

        assert screen.get_by_role("textbox").input_value() == "a"


def test_an_element_that_goes_while_it_is_clicked_gets_no_more_events() -> None:
    is_there, clicks = Signal(True), []
    button = t"<button on:mousedown={(lambda: is_there.set(False))} on:click={(lambda: clicks.append(1))}>Go</button>"

    with render(Show(is_there, button)) as screen:
        screen.get_by_role("button").click()

        assert (clicks, screen.get_by_role("button").count()) == ([], 0)


# --- focus ---


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<button>a</button><a href='/'>b</a><a>c</a><p>d</p><input>", ["button", "a", "input"]),
        ("<p tabindex='0'>a</p><p tabindex='-1'>b</p>", ["p"]),
        ("<a href='/' id='x'>a</a><input tabindex='2'><button tabindex='1'>b</button>", ["button", "input", "a"]),
        ("<button disabled>a</button><div hidden><input></div><div inert><input></div>", []),
        ("<fieldset disabled><input></fieldset><textarea></textarea>", ["textarea"]),
        ("<div contenteditable>a</div><select></select>", ["div", "select"]),
        ("<input type='radio' name='a'><input type='radio' name='a'>", ["input"]),
        ("<details><summary>a</summary><input></details>", ["summary"]),
    ],
)  # fmt: skip
def test_tab_goes_through_what_takes_the_focus(markup: str, expected: list[str]) -> None:
    seen = []

    with screen_of(markup) as screen:
        for _ in range(len(expected) + 1):
            screen.keyboard.press("Tab")
            seen.append(screen.focused.name)

    assert seen == [*expected, "body"]


def test_tab_stays_in_a_modal_dialog() -> None:
    with screen_of("<input><dialog open><button>a</button></dialog>") as screen:
        screen.get_by_role("dialog").element.properties["modal"] = True
        screen.keyboard.press("Tab")

        assert screen.focused.name == "button"


def test_tab_goes_on_from_what_was_pressed() -> None:
    with screen_of("<input id='a'><p>b</p><input id='c'>") as screen:
        screen.get_by_role("textbox").first.click()
        screen.keyboard.press("Shift+Tab")
        before = screen.focused.name
        screen.keyboard.press("Shift+Tab")

        assert (before, screen.focused.attributes.get("id")) == ("body", "c")


def test_the_focus_of_what_has_gone_is_nowhere() -> None:
    is_there = Signal(True)

    with render(Show(is_there, t"<input>")) as screen:
        screen.get_by_role("textbox").focus()
        is_there.set(False)

        assert screen.focused is screen.page.body


def test_a_field_has_changed_when_it_is_left() -> None:
    told = []
    view = t"<input on:change={(lambda e: told.append(e.target.value))}><button>a</button>"

    with render(view) as screen:
        field = screen.get_by_role("textbox")
        field.fill("a")
        field.fill("ab")
        screen.get_by_role("button").click()
        field.click()
        field.blur()

    assert told == ["ab"]


# --- what cannot be done ---

IMPOSSIBLE = {
    "click what is disabled": (
        "<button disabled>a</button>",
        lambda s: s.get_by_text("a").click(),
        '<button disabled=""> cannot be clicked.\nWhy: It is disabled.\nFix: Test that it is disabled.',
    ),
    "click what is hidden": (
        "<p hidden>a</p>",
        lambda s: s.get_by_text("a").click(),
        '<p hidden=""> cannot be clicked.\nWhy: It is hidden.\nFix: Show it first, or test that it is hidden.',
    ),
    "hover what is hidden": (
        "<p style='display: none'>a</p>",
        lambda s: s.get_by_text("a").hover(),
        '<p style="display: none"> cannot be hovered.\nWhy: It is hidden.',
    ),
    "fill what is disabled": (
        "<input disabled>",
        lambda s: s.get_by_role("textbox").fill("a"),
        '<input disabled=""> cannot be filled.\nWhy: It is disabled.\nFix: Test that it is disabled.',
    ),
    "fill what is read only": (
        "<input readonly>",
        lambda s: s.get_by_role("textbox").fill("a"),
        '<input readonly=""> cannot be filled.\nWhy: It is read only.\nFix: Test what it shows.',
    ),
    "fill what takes no text": (
        "<input type='checkbox'>",
        lambda s: s.get_by_role("checkbox").fill("a"),
        (
            '<input type="checkbox"> cannot be filled.\nWhy: It takes no text.\n'
            "Fix: Use check(), select_option() or click() for what takes no text."
        ),
    ),
    "clear what takes no text": (
        "<p>a</p>",
        lambda s: s.get_by_text("a").clear(),
        "<p> cannot be filled.\nWhy: It takes no text.",
    ),
    "check what has no tick": (
        "<button>a</button>",
        lambda s: s.get_by_text("a").check(),
        "<button> cannot be checked.\nWhy: It is no box and no radio.\nFix: Name the box.",
    ),
    "uncheck a radio": (
        "<input type='radio' checked>",
        lambda s: s.get_by_role("radio").uncheck(),
        "cannot be unchecked.\nWhy: It was clicked, and is as before: a handler has prevented it or set it back.",
    ),
    "choose in what is no select": (
        "<p>a</p>",
        lambda s: s.get_by_text("a").select_option("b"),
        "<p> cannot be given an option.\nWhy: It is no <select>.\nFix: Name the <select>.",
    ),
    "choose in what is disabled": (
        "<select disabled><option>a</option></select>",
        lambda s: s.get_by_role("combobox").select_option("a"),
        '<select disabled=""> cannot be given an option.\nWhy: It is disabled.',
    ),
    "choose what is not there": (
        "<select><option value='a'>Apple</option><option disabled>b</option></select>",
        lambda s: s.get_by_role("combobox").select_option("b"),
        "<select> cannot be given 'b'.\nWhy: Its options are 'a' (Apple).\nFix: Choose one of them.",
    ),
    "choose where nothing is": (
        "<select></select>",
        lambda s: s.get_by_role("combobox").select_option(label="b"),
        "<select> cannot be given 'b'.\nWhy: Its options are none.\nFix: Choose one of them.",
    ),
    "give files to what takes none": (
        "<input>",
        lambda s: s.get_by_role("textbox").set_input_files("a"),
        '<input> cannot be given files.\nWhy: It is no <input type="file">.\nFix: Name the field.',
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_a_user_could_not_do_is_refused(name: str) -> None:
    markup, do, expected = IMPOSSIBLE[name]

    with screen_of(markup) as screen, pytest.raises(InteractionError) as caught:
        do(screen)
    assert expected in str(caught.value)


# --- fields that are invalid ---


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<input required>", False),
        ("<input required value='a'>", True),
        ("<input required disabled>", True),
        ("<input required readonly>", True),
        ("<input type='hidden' required>", True),
        ("<p></p>", True),
        ("<textarea required></textarea>", False),
        ("<textarea required>a</textarea>", True),
        ("<select required><option value=''>none</option></select>", False),
        ("<input type='checkbox' required>", False),
        ("<input type='checkbox' required checked>", True),
        ("<input type='radio' name='a' required><input type='radio' name='a' checked>", True),
        ("<input type='radio' name='a' required><input type='radio' name='b' checked>", False),
        ("<input type='email' value='a'>", False),
        ("<input type='email' value='a@b'>", True),
        ("<input type='url' value='a'>", False),
        ("<input type='url' value='https://a'>", True),
        ("<input pattern='[a-c]+' value='abd'>", False),
        ("<input pattern='[a-c]+' value='abc'>", True),
        ("<input pattern='[a-c]+'>", True),
        ("<input type='number' min='2' value='1'>", False),
        ("<input type='number' max='2' value='3'>", False),
        ("<input type='number' min='2' max='4' value='3'>", True),
    ],
)
def test_a_field_is_valid_or_not(markup: str, expected: bool) -> None:
    assert is_valid(elements_in(parse(markup))[0]) is expected


def test_a_reference_is_the_element_that_a_locator_finds() -> None:
    field = NodeRef()

    with render(t"<input ref={field}>") as screen:
        assert field() is screen.get_by_role("textbox").element
