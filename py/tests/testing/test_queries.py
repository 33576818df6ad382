"""Questions to a page, and what one that has no answer says."""

import re
from collections.abc import Callable

import pytest
from gossamer import Signal
from gossamer.errors import QueryError
from gossamer.testing import Locator, Screen, render
from gossamer.testing.nodes import parse
from gossamer.testing.outline import LONGEST, outline


def screen_of(markup: str) -> Screen:
    screen = Screen()
    for child in list(parse(markup).children):
        screen.page.body.insert(child, None)
    return screen


def ids(locator: Locator) -> str:
    return " ".join(each.get_attribute("id") or each.element.name for each in locator.all())


MARKUP = """<h1 id="h">Tea <b id="b">shop</b></h1><p id="p">Green   tea
  is good</p><p id="q" hidden>tea</p><button id="s" disabled>Send</button>
<input id="i" placeholder="Find tea" title="A field"><input id="v" type="submit" value="Tea time">
<label for="n">Your <i>name</i></label><input id="n"><input id="l" aria-label="Your mail">
<input id="x" aria-labelledby="h" aria-label="never"><img id="g" alt="A cup of tea">
<i id="t" data-testid="tea"></i><script id="z">tea</script><h2 id="k">Milk</h2>
<input type="checkbox" id="c" checked aria-label="On"><input type="checkbox" id="d" aria-label="Off">
<details id="o" open></details><details id="f"></details><button id="e" aria-expanded="true">e</button>
<button id="r" aria-pressed="true">r</button><select id="w"><option id="y">1</option><option id="u" selected>2</option></select>"""

CASES = {
    "a text is a part, in any case": (lambda s: s.get_by_text("TEA"), "h p q v"),
    "a text is all of it": (lambda s: s.get_by_text("Green tea is good", exact=True), "p"),
    "an exact text has its case": (lambda s: s.get_by_text("tea time", exact=True), ""),
    "a text is a pattern": (lambda s: s.get_by_text(re.compile(r"^tea s")), ""),
    "a text is a pattern in any case": (
        lambda s: s.get_by_text(re.compile(r"^tea s", re.IGNORECASE)),
        "h",
    ),
    "the innermost element has a text": (lambda s: s.get_by_text("shop"), "b"),
    "a label is around or beside": (lambda s: s.get_by_label("your name"), "n"),
    "a label is an attribute": (lambda s: s.get_by_label("Your mail"), "l"),
    "a label is another element first": (lambda s: s.get_by_label("Tea shop"), "x"),
    "a label that is not used": (lambda s: s.get_by_label("never"), ""),
    "a placeholder": (lambda s: s.get_by_placeholder("find"), "i"),
    "an exact placeholder": (lambda s: s.get_by_placeholder("find", exact=True), ""),
    "a title": (lambda s: s.get_by_title("a field"), "i"),
    "an alternative": (lambda s: s.get_by_alt_text("cup"), "g"),
    "a test id": (lambda s: s.get_by_test_id("tea"), "t"),
    "a test id is exact": (lambda s: s.get_by_test_id("te"), ""),
    "a role": (lambda s: s.get_by_role("heading"), "h k"),
    "a role and a name": (lambda s: s.get_by_role("heading", name="milk"), "k"),
    "a role and an exact name": (lambda s: s.get_by_role("heading", name="milk", exact=True), ""),
    "a role and a pattern": (lambda s: s.get_by_role("heading", name=re.compile("^T")), "h"),
    "a role that is hidden": (lambda s: s.get_by_role("paragraph"), "p"),
    "a role, hidden or not": (lambda s: s.get_by_role("paragraph", include_hidden=True), "p q"),
    "a level": (lambda s: s.get_by_role("heading", level=2), "k"),
    "what is disabled": (lambda s: s.get_by_role("button", disabled=True), "s"),
    "what is checked": (lambda s: s.get_by_role("checkbox", checked=True), "c"),
    "what is not checked": (lambda s: s.get_by_role("checkbox", checked=False), "d"),
    "what is expanded": (lambda s: s.get_by_role("group", expanded=True), "o"),
    "what says that it is expanded": (lambda s: s.get_by_role("button", expanded=True), "e"),
    "what is pressed": (lambda s: s.get_by_role("button", pressed=True), "r"),
    "what is selected": (lambda s: s.get_by_role("option", selected=True), "u"),
    "what is not selected": (lambda s: s.get_by_role("option", selected=False), "y"),
    "one within another": (lambda s: s.get_by_role("combobox").get_by_role("option"), ""),
    "a position": (lambda s: s.get_by_role("heading").nth(1), "k"),
    "a position from the end": (lambda s: s.get_by_role("heading").last, "k"),
    "a position that is not there": (lambda s: s.get_by_role("heading").nth(2), ""),
    "those with a text": (lambda s: s.get_by_role("heading").filter(has_text="MILK"), "k"),
}
CASES["one within another"] = (lambda s: s.get_by_text("Tea shop").get_by_text("shop"), "b")


@pytest.mark.parametrize("name", CASES)
def test_a_question_finds_what_playwright_would_find(name: str) -> None:
    ask, expected = CASES[name]

    with screen_of(MARKUP) as screen:
        assert ids(ask(screen)) == expected


def test_a_text_in_the_page_itself_is_found() -> None:
    with render("Hi") as screen:
        assert ids(screen.get_by_text("Hi")) == "body"


def test_a_locator_looks_anew_each_time() -> None:
    shown = Signal[object](None)

    with render(shown) as screen:
        button = screen.get_by_role("button")
        before = button.count()
        shown.set(t"<button>New</button>")

        assert (before, button.count()) == (0, 1)


@pytest.mark.parametrize(
    ("ask", "written"),
    [
        (lambda s: s.get_by_role("button"), "get_by_role('button')"),
        (
            lambda s: s.get_by_role(
                "button", name="a", exact=True, checked=False, include_hidden=True
            ),
            "get_by_role('button', name='a', exact=True, include_hidden=True, checked=False)",
        ),
        (lambda s: s.get_by_text(re.compile("a")), "get_by_text(re.compile('a'))"),
        (lambda s: s.get_by_label("a", exact=True), "get_by_label('a', exact=True)"),
        (
            lambda s: s.get_by_title("a").get_by_text("b").nth(1),
            "get_by_title('a').get_by_text('b').nth(1)",
        ),
        (
            lambda s: s.get_by_title("a").filter(has_text="b"),
            "get_by_title('a').filter(has_text='b')",
        ),
    ],
)
def test_a_locator_is_written_as_in_the_test(
    ask: Callable[[Screen], Locator], written: str
) -> None:
    with Screen() as screen:
        assert repr(ask(screen)) == written


FAILURES = {
    "an empty page": (
        "",
        lambda s: s.get_by_role("button"),
        (
            "Nothing matches get_by_role('button').\n"
            "Why: There is\n  nothing at all\nwhich has the roles\n  none\n"
            "Fix: Ask for something of the above, or mend the view."
        ),
    ),
    "a near name": (
        "<button>Save all</button>",
        lambda s: s.get_by_role("button", name="Svae all"),
        "Fix: get_by_role('button', name='Save all') would match.",
    ),
    "a near label": (
        "<label>Name <input></label>",
        lambda s: s.get_by_label("Nmae"),
        "Fix: get_by_label('Name') would match.",
    ),
    "a text in another case": (
        "<p>hello</p>",
        lambda s: s.get_by_text("Hello", exact=True),
        "Fix: get_by_text('hello', exact=True) would match.",
    ),
    "a near test id": (
        "<p data-testid='total'></p>",
        lambda s: s.get_by_test_id("totals"),
        "Fix: get_by_test_id('total') would match.",
    ),
    "a role that nothing has by itself": (
        "<button>a</button>",
        lambda s: s.get_by_role("buton"),
        "Fix: No element has this role by itself; 'button' is one.",
    ),
    "a misspelt role with a name": (
        "<button>a</button>",
        lambda s: s.get_by_role("buton", name="zzz"),
        "Fix: No element has this role by itself; 'button' is one.",
    ),
    "a role that elements get by attribute": (
        "<button>a</button>",
        lambda s: s.get_by_role("alert"),
        "Fix: Ask for something of the above, or mend the view.",
    ),
    "a role that depends on where an element stands": (
        "<p>a</p>",
        lambda s: s.get_by_role("cell"),
        "Fix: Ask for something of the above, or mend the view.",
    ),
    "what is hidden and has a name": (
        "<button hidden>a</button><button>b</button>",
        lambda s: s.get_by_role("button", name="A"),
        'Fix: <button hidden=""> is hidden: show it, or ask with include_hidden=True.',
    ),
    "what is hidden": (
        "<div hidden><button id='b'>a</button></div>",
        lambda s: s.get_by_role("button"),
        'Fix: <button id="b"> is hidden: show it, or ask with include_hidden=True.',
    ),
    "a pattern": (
        "<p>hello</p>",
        lambda s: s.get_by_text(re.compile("bye")),
        (
            "Nothing matches get_by_text(re.compile('bye')).\n"
            "Why: There is\n  <p>hello</p>\n"
            "Fix: Compare the pattern with the texts above."
        ),
    ),
    "within another": (
        "<p>no</p><ul><li>Tea</li></ul>",
        lambda s: s.get_by_role("list").get_by_text("Tee"),
        (
            "Nothing matches get_by_text('Tee') in get_by_role('list').\n"
            "Why: There is in get_by_role('list')\n  <li>Tea</li>\n"
            "Fix: get_by_text('Tea') would match."
        ),
    ),
    "a role within another": (
        "<ul><li>Tea</li></ul><button>no</button>",
        lambda s: s.get_by_role("list").get_by_role("button"),
        (
            "Nothing matches get_by_role('button') in get_by_role('list').\n"
            "Why: There is in get_by_role('list')\n  <li>Tea</li>\nwhich has the roles\n  listitem\n"
        ),
    ),
    "within nothing": (
        "<p>no</p>",
        lambda s: s.get_by_role("list").get_by_text("Tea"),
        "Nothing matches get_by_role('list').",
    ),
    "several": (
        "<ul><li>Tea</li><li id='m'>Milk</li></ul>",
        lambda s: s.get_by_role("listitem"),
        (
            "2 elements match get_by_role('listitem'), and one was asked for.\n"
            'Why: They are\n  <li>Tea\n  <li id="m">Milk\n'
            "Fix: Ask for more of it: name=…, exact=True, another within; or take .first or .nth(1)."
        ),
    ),
    "a position that is not there": (
        "<ul><li>Tea</li></ul>",
        lambda s: s.get_by_role("listitem").nth(3),
        "Nothing matches get_by_role('listitem').nth(3).",
    ),
    "a filter that leaves nothing": (
        "<ul><li>Tea</li></ul>",
        lambda s: s.get_by_role("listitem").filter(has_text="Milk"),
        "Nothing matches get_by_role('listitem').filter(has_text='Milk').",
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_question_without_an_answer_shows_what_there_is(name: str) -> None:
    markup, ask, expected = FAILURES[name]

    with screen_of(markup) as screen, pytest.raises(QueryError) as caught:
        ask(screen).inner_text()
    assert expected in str(caught.value)


def test_a_long_page_is_cut() -> None:
    lines = outline(parse("<p>a</p>" * 100)).split("\n")

    assert lines[LONGEST - 1 :] == ["<p>a</p>", f"… and {100 - LONGEST} lines more"]
