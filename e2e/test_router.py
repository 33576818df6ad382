"""The router in a real browser, over both ways that browsers have to follow a visitor."""

import pytest

from .python_page import PythonPage, emptied, shared_page

SETUP = """
import asyncio
from gossamer.router import *
from gossamer.router.navigator import Navigator
from gossamer.elements import a, h1, input as field, button

log = []
gates = {}
wishes = []
wish = Navigator.wish

def noted(self, flags, address, state):
    wishes.append(address)
    return wish(self, flags, address, state)

Navigator.wish = noted

def gated(name):
    async def load():
        log.append("begin " + name)
        gates[name] = asyncio.get_running_loop().create_future()
        try:
            value = await gates[name]
        except asyncio.CancelledError:
            log.append("cancel " + name)
            raise
        log.append("end " + name)
        return value
    return load

def open_(name, value="data"):
    if isinstance(value, Exception):
        gates.pop(name).set_exception(value)
    else:
        gates.pop(name).set_result(value)

@component
def Data():
    return t"<h1>Data: {use_data()}</h1>"

def app(routes, around=None, **options):
    wishes.clear(); log.clear(); gates.clear()
    inside = {name: options.pop(name) for name in ("fallback", "error", "claims_not_found") if name in options}
    show(Router([around, t"<main>{Routes(routes, **inside)}</main>"], **options))

TALL = t"<div style='height:3000px'></div><a id='low' href='/'>low</a>"
"""
MARK = """
window.mark = Math.random();
window.left = [];
navigation.addEventListener('navigate', (event) => {
  if (!event.sourceElement || event.destination.sameDocument || event.info?.gossamer) return;
  left.push(event.destination.url.replace(location.origin, ''));
  if (event.cancelable) event.preventDefault(); // or the page of the tests would be gone
});
"""
TEXT = "document.querySelector('main').innerText"


@pytest.fixture(scope="module", params=["navigation", "history"])
def shared(browser, request):
    for python in shared_page(browser):
        python.js(f"document.documentElement.dataset.history = {request.param!r}")
        python.run(SETUP)
        python.js(f"{{{MARK}}}")
        yield python


@pytest.fixture
def python(shared: PythonPage, expected: list[str]):
    shared.site.released.clear()
    shared.js(
        """async () => {
          const [first] = navigation.entries().filter((entry) => entry.sameDocument);
          if (first !== navigation.currentEntry) await navigation.traverseTo(first.key).finished;
          history.replaceState(null, '', '/');
          sessionStorage.clear();
          scrollTo(0, 0);
          left.length = 0;
          document.title = 'Python';
        }"""
    )
    shared.marked = shared.js("mark")
    yield from emptied(shared, expected)
    shared.page.context.set_offline(False)
    assert shared.js("mark") == shared.marked  # the page was never loaded anew


def click(python: PythonPage, selector: str) -> None:
    python.js("(s) => document.querySelector(s).click()", selector)


def wait(python: PythonPage, condition: str) -> None:
    python.page.wait_for_function(condition, timeout=10_000)


def wait_text(python: PythonPage, text: str) -> None:
    python.page.wait_for_function(
        "(text) => document.querySelector('main')?.innerText === text", arg=text, timeout=10_000
    )


def path(python: PythonPage) -> str:
    return python.js("location.pathname + location.search + location.hash")


def entry(python: PythonPage) -> int:
    """Where in the history the page is."""
    return python.js("navigation.currentEntry.index")


def told(python: PythonPage, name: str = "log") -> list[str]:
    return python.run(f"to_js({name})")


def press_back(python: PythonPage, distance: int = -1) -> None:
    python.js(f"history.go({distance})")


PAGES = """
nav = t"<nav><{A} href='/'>Home</{A}> <{A} href='/about'>About</{A}></nav>"
app([Route("/", "home"), Route("/about", "about"), Route("/a", "A"), Route("/b", "B")], nav)
"""


# Links


@pytest.mark.parametrize("how", ["click", "enter", "mouse"])
def test_a_link_is_followed_without_loading_the_page(python: PythonPage, how: str) -> None:
    """R1, R26"""
    python.run(PAGES)

    if how == "click":
        click(python, "a[href='/about']")
    elif how == "enter":
        python.js("document.querySelector(\"a[href='/about']\").focus()")
        python.page.keyboard.press("Enter")
    else:
        python.page.locator("a[href='/about']").click(no_wait_after=True)
    wait_text(python, "about")

    assert path(python) == "/about"
    assert python.js("document.querySelector('[aria-current]').href").endswith("/about")
    assert python.js("document.querySelectorAll('[aria-current]').length") == 1


LEFT = {
    "target": "<a target=_blank href='/about'>x</a>",
    "a named target": "<a target=frame href='/about'>x</a>",
    "download": "<a download href='/about'>x</a>",
    "ping": "<a ping='/ping' href='/about'>x</a>",
    "external": "<a rel='nofollow\tExternal' href='/about'>x</a>",
    "mailto": "<a href='mailto:a@b.c'>x</a>",
    "javascript": "<a href='javascript:void 0'>x</a>",
    "other origin": "<a href='http://127.0.0.1:9/about'>x</a>",
    "unparsable": "<a href='http://['>x</a>",
    "off": "<p data-router=off><a href='/about'>x</a></p>",
    "no route": "<a href='/file.pdf'>x</a>",
    "a base target": "<base target=_blank><a href='/about'>x</a>",
    "editable": "<p contenteditable><a href='/about'>x</a></p>",
    "no link": "<a>x</a>",
}
TAKEN = {
    "self": "<a target=_SELF href='/about'>x</a>",
    "top": "<a target=_top href='/about'>x</a>",
    "on in off": "<p data-router=off><i data-router=on><a href='/about'>x</a></i></p>",
    "self over a base target": "<base target=_blank><a target=_self href='/about'>x</a>",
    "svg": "<svg><a href='/about'><rect class=x width=9 height=9 /></a></svg>",
    "xlink": "<svg><a xlink:href='/about'><rect class=x width=9 height=9 /></a></svg>",
    "area": "<map name=m><area class=x href='/about' coords='0,0,9,9'></map><img usemap='#m'>",
    "a child": "<a href='/about'><b><i class=x>x</i></b></a>",
    "other names": "<a rel='externals noopener' href='/about'>x</a>",
    "a relative address": "<a href='about'>x</a>",
}
PRESS = """(markup) => {
  const box = document.createElement('div');
  box.innerHTML = markup;
  document.body.append(box);
  const target = box.querySelector('.x') ?? box.querySelector('a, area');
  const event = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true });
  const open = [...box.querySelectorAll('[href]')];
  // asked for in the last listener of all: what nobody has taken would really be left
  const last = () => {
    box.taken = event.defaultPrevented;
    event.preventDefault();
  };
  addEventListener('click', () => addEventListener('click', last, { once: true }), {
    capture: true, once: true,
  });
  target.dispatchEvent(event);
  box.remove();
  return box.taken;
}"""


@pytest.mark.parametrize("markup", LEFT.values(), ids=LEFT)
def test_what_is_not_the_routers_is_left_to_the_browser(python: PythonPage, markup: str) -> None:
    """R2, R6, R8"""
    python.run(PAGES)

    assert python.js(PRESS, markup) is False
    assert told(python, "wishes") == (["/file.pdf"] if "pdf" in markup else [])
    assert path(python) == "/"


@pytest.mark.parametrize("markup", TAKEN.values(), ids=TAKEN)
def test_what_is_a_link_in_any_form_is_followed(python: PythonPage, markup: str) -> None:
    """R2, R3, R6"""
    python.run(PAGES)

    assert python.js(PRESS, markup) is True
    wait_text(python, "about")
    assert path(python) == "/about"


@pytest.mark.parametrize("key", ["ctrlKey", "shiftKey", "altKey", "metaKey"])
def test_a_click_with_a_key_is_the_browsers(python: PythonPage, key: str) -> None:
    """R2"""
    python.run(PAGES)

    taken = python.js(
        """(key) => {
          const event = new MouseEvent('click', { bubbles: true, cancelable: true, [key]: true });
          let taken;
          const last = () => {
            taken = event.defaultPrevented;
            event.preventDefault();
          };
          addEventListener('click', () => addEventListener('click', last, { once: true }), {
            capture: true, once: true,
          });
          document.querySelector("a[href='/about']").dispatchEvent(event);
          return taken;
        }""",
        key,
    )

    assert (taken, told(python, "wishes")) == (False, [])


def test_a_middle_click_opens_a_tab(python: PythonPage) -> None:
    """R2"""
    python.run(PAGES)

    with python.page.context.expect_page() as opened:
        python.page.locator("a[href='/about']").click(button="middle", no_wait_after=True)
    opened.value.close()

    assert (path(python), told(python, "wishes")) == ("/", [])


def test_links_through_shadow_roots(python: PythonPage) -> None:
    """R3, R4"""
    python.run(PAGES)
    taken = python.js(
        """() => {
          customElements.get('x-card') ?? customElements.define('x-card', class extends HTMLElement {
            connectedCallback() {
              const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
              root.innerHTML = "<a href='/a'><slot></slot></a><b>in</b>";
            }
          });
          const box = document.createElement('div');
          box.innerHTML = `<x-card id=one><i>slotted</i></x-card>
            <a href='/b'><x-card id=two></x-card></a>
            <x-card id=three><x-card><u>deep</u></x-card></x-card>`;
          document.body.append(box);
          const press = (element) => {
            const before = python.runPython('len(wishes)');
            const event = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true });
            element.dispatchEvent(event);
            return event.defaultPrevented;
          };
          const taken = [
            press(box.querySelector('i')),
            press(box.querySelector('#two').shadowRoot.querySelector('b')),
            press(box.querySelector('#two').shadowRoot.querySelector('a')),
            press(box.querySelector('u')),
          ];
          box.remove();
          return taken;
        }"""
    )

    assert taken == [True] * 4
    assert told(python, "wishes") == ["/a", "/b", "/a", "/a"]
    wait_text(python, "A")


def test_a_handler_may_keep_a_link_from_being_followed(python: PythonPage) -> None:
    """R5"""
    python.run(
        """
        def stop(event):
            log.append("asked")
            event.preventDefault()
        app([Route("/", t"<a href='/a' on:click={stop}>x</a>"), Route("/a", "A")])
        """
    )

    click(python, "main a")
    python.settle()

    assert (path(python), told(python), told(python, "wishes")) == ("/", ["asked"], [])


def test_only_what_is_below_the_base_is_the_routers(python: PythonPage) -> None:
    """R7"""
    python.js("history.replaceState(null, '', '/app/')")
    python.run("""app([Route("/", "home"), Route("/x", "X")], base="/app")""")
    assert python.js(TEXT) == "home"

    taken = [python.js(PRESS, f"<a href='{to}'>x</a>") for to in ("/application", "/APP/x", "/x")]
    assert taken == [False] * 3
    assert python.js(PRESS, "<a href='/app/x'>x</a>") is True
    wait_text(python, "X")


def test_an_address_without_a_route_is_asked_of_the_server(python: PythonPage) -> None:
    """R8, R9"""
    python.run("""app([Route("/", t"<a href='/file.pdf'>x</a>"), Route("/{*any}", "nothing")])""")

    click(python, "main a")
    wait(python, "left.length")

    assert python.js("left") == ["/file.pdf"]


def test_a_router_may_claim_what_it_does_not_find(python: PythonPage) -> None:
    """R9"""
    python.run(
        """app([Route("/", t"<a href='/nope'>x</a>")], fallback="nothing", claims_not_found=True)"""
    )

    click(python, "main a")
    wait_text(python, "nothing")

    assert path(python) == "/nope"


# Places, scroll, focus


def test_a_place_on_the_page_is_the_browsers(python: PythonPage) -> None:
    """R10"""
    python.run(
        """
        @component
        def Home():
            log.append("built")
            location = use_location()
            return t'''<a href="#sec">x</a><i>{location.hash}</i>
              <div style="height:3000px"></div><p id="sec">here</p><div style="height:3000px"></div>'''
        app([Route("/", Home)])
        """
    )
    python.js("window.changes = 0; addEventListener('hashchange', () => changes++)")
    entries = entry(python)

    click(python, "main a")
    wait(python, "scrollY > 2000 && document.querySelector('i').innerText === '#sec'")
    assert python.js("document.querySelector('#sec').matches(':target')")
    python.js("scrollTo(0, 0)")
    click(python, "main a")
    wait(python, "scrollY > 2000")

    assert python.js("changes") == 1
    assert entry(python) == entries + 1
    assert told(python) == ["built"]
    press_back(python)
    wait(python, "scrollY === 0 && document.querySelector('i').innerText === ''")


def test_a_place_on_another_page_is_found_when_it_is_there(python: PythonPage) -> None:
    """R11"""
    python.run(
        """
        place = t"<div style='height:2000px'></div><p id='s é'>{use_data}</p><div style='height:2000px'></div>"
        app([Route("/", t"<a href='/other#s%20%C3%A9'>x</a>"), Route("/other", place, load=gated("o"))])
        """
    )

    click(python, "main a")
    wait(python, "python.runPython('\"o\" in gates')")
    python.run("open_('o')")
    wait(python, "location.pathname === '/other'")

    top = python.js("document.getElementById('s é').getBoundingClientRect().top")
    assert abs(top) <= 1


def test_a_push_begins_at_the_top(python: PythonPage) -> None:
    """R17"""
    python.run(
        """
        @component
        def Home():
            page, set_page = query_signal("page", int, default=1)
            return t'''{TALL}<a id="go" href="/a">x</a><a id="stay" data-noscroll href="/a">x</a>
              <button on:click={(lambda: set_page(2))}>{page}</button>'''
        app([Route("/", Home), Route("/a", t"A{TALL}")])
        """
    )
    python.js("scrollTo(0, 600)")
    click(python, "button")
    wait(python, "location.search === '?page=2'")
    assert python.js("scrollY") == 600

    click(python, "#stay")
    wait(python, "location.pathname === '/a'")
    assert python.js("scrollY") == 600
    press_back(python)
    wait(python, "location.pathname === '/' && scrollY === 600")
    click(python, "#go")
    wait(python, "location.pathname === '/a'")
    assert python.js("scrollY") == 0


def test_going_back_scrolls_when_the_data_are_there(python: PythonPage) -> None:
    """R18"""
    python.run(
        """
        async def load():
            return await gated("home")() if "again" in log else "first"
        app([Route("/", t"<{Data} />{TALL}<a id='go' href='/a'>x</a>", load=load), Route("/a", t"A{TALL}")])
        """
    )
    wait(python, "document.querySelector('#go')")
    python.js("scrollTo(0, 800)")
    click(python, "#go")
    wait(python, "location.pathname === '/a'")
    assert python.js("scrollY") == 0

    python.run("log.append('again')")
    press_back(python)
    wait(python, "python.runPython('\"home\" in gates')")
    assert python.js(TEXT).startswith("A")
    python.run("open_('home', 'second')")
    wait(python, "document.querySelector('h1')?.innerText === 'Data: second'")

    assert abs(python.js("scrollY") - 800) <= 2


def test_an_inner_scroller_is_kept_too(python: PythonPage) -> None:
    """R18"""
    python.run(
        """
        box = t'''<div id="box" data-scroll-key="list" style="height:50px;overflow:auto">
          <div style="height:900px"></div></div><a id="go" href="/a">x</a>'''
        app([Route("/", box), Route("/a", "A")])
        """
    )
    python.js("document.querySelector('#box').scrollTop = 300")
    click(python, "#go")
    wait_text(python, "A")

    press_back(python)
    wait(python, "document.querySelector('#box')?.scrollTop === 300")


def test_focus_goes_to_the_new_page(python: PythonPage) -> None:
    """R19"""
    python.run(
        """
        @component
        def Search():
            q, set_q = query_signal("q", default="")
            return t'<input id="q" on:input={(lambda event: set_q(event.target.value))} value={q.peek()}>'
        app([
            Route("/", t"<a id='first' href='/a'>x</a><a id='auto' href='/auto'>x</a>"),
            Route("/a", t"<a id='first' href='/'>first</a>"),
            Route("/auto", t"<input id='here' autofocus><a href='/'>x</a>"),
            Route("/search", Search),
        ])
        """
    )
    python.js("document.querySelector('#first').focus()")
    click(python, "#first")
    wait_text(python, "first")
    assert python.js("document.activeElement === document.body")
    assert python.js("document.body.getAttribute('tabindex')") is None
    python.page.keyboard.press("Tab")
    assert python.js("document.activeElement.id") == "first"

    press_back(python)
    wait(python, "document.querySelector('#auto')")
    click(python, "#auto")
    wait(python, "document.activeElement.id === 'here'")

    python.js("document.querySelector('main a').href = '/search'")
    click(python, "main a")
    wait(python, "document.querySelector('#q')")
    python.page.locator("#q").focus()
    python.page.keyboard.type("abc")
    wait(python, "location.search === '?q=abc'")
    assert python.js("[document.activeElement.id, document.activeElement.selectionStart]") == [
        "q",
        3,
    ]


def test_what_a_view_has_focused_keeps_the_focus(python: PythonPage) -> None:
    """R19"""
    python.run(
        """
        def focused(element):
            element.focus()
        app([Route("/", t"<a href='/a'>x</a>"), Route("/a", t"<p>A</p><input use:focus={focused}>")])
        """
    )

    python.js("document.querySelector('main a').focus()")
    click(python, "main a")
    wait(python, "location.pathname === '/a'")
    python.settle()

    assert python.js("document.activeElement.localName") == "input"


def test_a_new_page_is_announced(python: PythonPage) -> None:
    """R20"""
    python.run(PAGES)
    region = "document.querySelector('[aria-live]')"
    python.settle()
    assert python.js(f"{region}.textContent") == ""

    python.js("document.title = 'About us'")
    click(python, "a[href='/about']")
    wait(python, f"{region}.textContent === 'About us'")

    assert python.js("document.querySelectorAll('[aria-live]').length") == 1


# The history


def test_parts_survive_the_way_through_the_address_bar(python: PythonPage) -> None:
    """R12, R13"""
    python.run(
        """
        text = "100% a/b?c#d é +\\n%zz"
        @component
        def Home():
            return t"<a href={url_for('item', name=text, _query={'q': text})}>x</a>"
        @component
        def Item():
            params, query = use_params(), use_query()
            return t"<p>{(lambda: "the same" if params()['name'] == text == query()['q'] else "")}</p><i>{(lambda: params()['name'])}</i>"
        routes = [Route("/", Home), Route("/items/{name}", Item, name="item")]
        app(routes)
        """
    )
    to = python.js("document.querySelector('main a').getAttribute('href')")

    click(python, "main a")
    wait(python, "document.querySelector('i')")

    shown = "[document.querySelector('i'), document.querySelector('p')].map((n) => n.textContent)"
    assert python.js(shown) == ["100% a/b?c#d é +\n%zz", "the same"]
    assert path(python) == to
    python.run("clear()")  # as a reload begins
    python.run("app(routes)")
    assert python.js(shown) == ["100% a/b?c#d é +\n%zz", "the same"]


def test_the_same_page_again_makes_no_entry(python: PythonPage) -> None:
    """R14"""
    python.run(
        """
        count = Signal(0)
        def load():
            count.update(lambda n: n + 1)
            return count.peek()
        app([Route("/", t"<a href='/'>x</a><{Data} />", load=load)])
        """
    )
    entries = entry(python)
    for n in (2, 3, 4):
        click(python, "main a")
        wait(python, f"document.querySelector('h1').innerText === 'Data: {n}'")

    assert entry(python) == entries


def test_back_then_the_same_link(python: PythonPage) -> None:
    """R15"""
    python.run(PAGES)
    click(python, "a[href='/about']")
    wait_text(python, "about")
    entries = entry(python)
    press_back(python)
    wait_text(python, "home")
    click(python, "a[href='/about']")
    wait_text(python, "about")

    assert (path(python), entry(python)) == ("/about", entries)
    assert python.js("navigation.canGoForward") is False
    press_back(python)
    wait_text(python, "home")


def test_view_and_address_agree_at_every_step(python: PythonPage) -> None:
    """R16"""
    python.run(
        """
        pages = [Route(f"/p{n}", t"<a href='/p{n + 1}'>page {n}</a>") for n in range(4)]
        app([Route("/", t"<a href='/p0'>start</a>"), *pages])
        """
    )
    for n in range(4):
        click(python, "main a")
        wait_text(python, f"page {n}")

    for step, text, to in [
        (-1, "page 2", "/p2"),
        (-3, "start", "/"),
        (2, "page 1", "/p1"),
        (2, "page 3", "/p3"),
    ]:
        press_back(python, step)
        wait_text(python, text)
        assert path(python) == to


def test_setters_of_one_go_are_one_entry(python: PythonPage) -> None:
    """R23"""
    python.run(
        """
        @component
        def Rows():
            page, set_page = query_signal("page", int, default=1, replace=False)
            sort, set_sort = query_signal("sort", default="", replace=False)
            def both():
                set_page(3)
                set_sort("up")
            return t'''<p>{page} {sort}</p><button id="both" on:click={both}>x</button>
              <button id="reset" on:click={(lambda: set_page(1))}>x</button>'''
        app([Route("/", Rows)])
        """
    )
    entries = entry(python)
    click(python, "#both")
    wait(python, "document.querySelector('p').innerText === '3 up'")
    assert path(python) == "/?page=3&sort=up"
    assert entry(python) == entries + 1
    click(python, "#reset")
    wait(python, "location.search === '?sort=up'")
    press_back(python, -2)
    wait(python, "document.querySelector('p').innerText === '1'")


def test_nested_views_stay_and_keep_what_was_typed(python: PythonPage) -> None:
    """R21, R22"""
    python.run(
        """
        @component
        def Layout():
            log.append("layout")
            return t"<input id='name'><a id='one' href='/c/1'>1</a><a id='two' href='/c/2'>2</a><a id='keyed' href='/k/1'>k</a><{Outlet} />"
        @component
        def Contact():
            log.append("contact")
            on_cleanup(lambda: log.append("contact gone"))
            params = use_params()
            return t"<p>{(lambda: params()['id'])}</p><a id='next' href='/k/2'>n</a>"
        app(Route("/", Layout, children=[
            Route("", "index"), Route("c/{id}", Contact),
            Route("k/{id}", Contact, key=lambda params: params["id"])]))
        """
    )
    python.page.locator("#name").fill("Ada")
    python.js("window.kept = document.querySelector('#name')")
    click(python, "#one")
    wait(python, "document.querySelector('p')?.innerText === '1'")
    python.js("window.paragraph = document.querySelector('p')")
    click(python, "#two")
    wait(python, "document.querySelector('p').innerText === '2'")

    assert python.js("paragraph === document.querySelector('p')")
    assert python.js("kept === document.querySelector('#name') && kept.value") == "Ada"
    assert told(python) == ["layout", "contact"]

    click(python, "#keyed")
    wait(python, "location.pathname === '/k/1'")
    python.js("paragraph = document.querySelector('p')")
    click(python, "#next")
    wait(python, "document.querySelector('p').innerText === '2'")
    assert not python.js("paragraph === document.querySelector('p')")
    assert told(python) == [
        "layout",
        "contact",
        "contact gone",
        "contact",
        "contact gone",
        "contact",
    ]


def test_two_hundred_ways_leave_nothing_behind(python: PythonPage) -> None:
    """R25"""
    python.run(
        """
        @component
        def Other():
            params, data = use_params(), use_data()
            return t"<{A} href='/'>x</{A}><p>{data} {(lambda: params()['n'])}</p>"
        async def load(visit):
            await asyncio.sleep(0)
            return visit.params["n"]
        nav = t"<nav><{A} href='/'>Home</{A}></nav>"
        app([Route("/", t"<{A} href='/o/1'>x</{A}>"), Route("/o/{n:int}", Other, load=load)], nav)
        """
    )
    cycle = """async (times) => {
      const shown = (text) => new Promise((resolve) => {
        const look = () => (document.querySelector('main').innerText.includes(text)
          ? resolve() : setTimeout(look));
        look();
      });
      for (let i = 0; i < times; i++) {
        document.querySelector('main a').click();
        await shown('1 1');
        document.querySelector('main a').click();
        await new Promise((resolve) => {
          const look = () => (document.querySelector('main p') ? setTimeout(look) : resolve());
          look();
        });
      }
    }"""
    python.js(cycle, 5)
    before = python.counts()
    python.js(cycle, 100)
    after = python.counts()

    grown = {key: after[key] - before[key] for key in before}
    assert grown.pop("objects") <= 20, grown
    assert not any(count > 0 for count in grown.values()), grown


def test_hash_mode(python: PythonPage) -> None:
    """R27"""
    python.js("history.replaceState(null, '', '/#/a/b?x=1')")
    python.run(
        """
        @component
        def Page():
            location, params = use_location(), use_params()
            return t'''<p>{(lambda: params().get("n"))} {location.search} {location.hash}</p>
              <div style="height:2000px"></div><h2 id="sec">sec</h2><div style="height:2000px"></div>
              <a id="place" href="#sec">x</a>'''
        nav = t"<nav><{A} href='/'>Home</{A}><{A} href='/a/c#sec'>C</{A}></nav>"
        app([Route("/", "home"), Route("/a/{n}", Page)], nav, mode="hash")
        """
    )
    text = "document.querySelector('p').innerText.trim()"
    assert python.js(text) == "b ?x=1"
    assert python.js("document.querySelector('nav a').getAttribute('href')") == "#/"

    click(python, "#place")
    wait(python, f"{text} === 'b ?x=1 #sec' && scrollY > 1000")
    assert path(python) == "/#/a/b?x=1#sec"
    python.js("location.hash = '#/a/d'")
    wait(python, f"{text} === 'd'")
    click(python, "nav a + a")
    wait(python, f"{text} === 'c #sec' && scrollY > 1000")
    press_back(python)
    wait(python, f"{text} === 'd'")
    click(python, "nav a")
    wait_text(python, "home")
    press_back(python)
    wait(python, f"document.querySelector('p') && {text} === 'd'")


def test_hash_mode_goes_back_to_where_no_hash_was(python: PythonPage) -> None:
    """R27"""
    python.run(
        """app([Route("/", "home"), Route("/a", "A")], t"<{A} href='/a'>A</{A}>", mode="hash")"""
    )

    click(python, "a")
    wait_text(python, "A")
    press_back(python)
    wait_text(python, "home")

    assert path(python) == "/"


def test_a_view_transition_knows_its_direction(python: PythonPage) -> None:
    """R28"""
    python.run(PAGES.replace("nav)", "nav, transition=True)"))
    python.js(
        """() => { window.types = [];
        const start = document.startViewTransition.bind(document);
        document.startViewTransition = (given) => (types.push(given.types[0]), start(given)); }"""
    )
    click(python, "a[href='/about']")
    wait_text(python, "about")
    press_back(python)
    wait_text(python, "home")
    assert python.js("types") == ["forward", "back"]

    python.page.emulate_media(reduced_motion="reduce")
    click(python, "a[href='/about']")
    wait_text(python, "about")
    python.page.emulate_media(reduced_motion="no-preference")
    assert python.js("types") == ["forward", "back"]
    python.js("() => { delete document.startViewTransition; }")


# Races


FETCHING = """
import js

def fetched(name):
    async def load():
        log.append("begin " + name)
        controller = js.AbortController.new()
        try:
            response = await js.fetch("/" + name + ".txt", signal=controller.signal)
            return await response.text()
        except asyncio.CancelledError:
            log.append("cancel " + name)
            controller.abort()
            raise
        except Exception as error:
            raise OSError("no answer") from error
    return load
"""
RACE = """
nav = t"<nav><a id='a' href='/a'>A</a><a id='b' href='/b'>B</a><a id='home' href='/'>H</a></nav>"
app([Route("/", "home"), Route("/a", Data, load=gated("a")), Route("/b", Data, load=gated("b"))], nav)
seen = []
"""
PENDING = "python.runPython('{} in gates')"


def wait_begun(python: PythonPage, name: str) -> None:
    wait(python, f"python.runPython('\"{name}\" in gates')")


def test_the_last_of_two_wins(python: PythonPage) -> None:
    """N1"""
    python.run(RACE)
    python.js(
        """() => { window.urls = []; window.look = setInterval(() => urls.push(location.pathname)); }"""
    )

    click(python, "#a")
    wait_begun(python, "a")
    click(python, "#b")
    wait_begun(python, "b")
    python.run("late = gates.pop('a'); open_('b', 'B')")
    wait_text(python, "Data: B")
    python.settle()

    assert told(python) == ["begin a", "cancel a", "begin b", "end b"]
    assert python.run("late.cancelled()") is True
    assert "/a" not in python.js("(clearInterval(look), urls)")
    assert path(python) == "/b"


def test_what_is_superseded_stops_its_request(python: PythonPage, expected: list[str]) -> None:
    """N1"""
    python.run(FETCHING)
    python.run(
        """
        nav = t"<nav><a id='a' href='/a'>A</a><a id='b' href='/b'>B</a></nav>"
        app([Route("/", "home"), Route("/a", Data, load=fetched("slow")), Route("/b", "B")], nav)
        """
    )
    python.site.put("slow.txt", "late")
    python.site.faults["slow.txt"] = "slow"
    failed = []
    python.page.on("requestfailed", lambda request: failed.append(request.url))

    click(python, "#a")
    wait(python, "python.runPython('len(log)') === 1")
    click(python, "#b")
    wait_text(python, "B")
    python.settle()
    python.site.release()
    python.site.faults.clear()

    assert [url.rpartition("/")[2] for url in failed] == ["slow.txt"]
    assert told(python) == ["begin slow", "cancel slow"]


def test_back_while_something_is_under_way(python: PythonPage) -> None:
    """N2"""
    python.run(RACE.replace('"home")', '"home"), Route("/old", "old")'))
    python.js("document.querySelector('#b').setAttribute('href', '/old')")
    click(python, "#b")
    wait_text(python, "old")

    click(python, "#a")
    wait_begun(python, "a")
    press_back(python)
    wait_text(python, "home")
    python.settle()

    assert told(python) == ["begin a", "cancel a"]
    assert path(python) == "/"


def test_two_clicks_are_one_way(python: PythonPage) -> None:
    """N3"""
    python.run(RACE)
    entries = entry(python)

    click(python, "#a")
    click(python, "#a")
    wait_begun(python, "a")
    click(python, "#a")
    python.run("open_('a', 'A')")
    wait_text(python, "Data: A")

    assert told(python) == ["begin a", "end a"]
    assert entry(python) == entries + 1


def test_an_error_that_comes_too_late_is_only_told(python: PythonPage, expected: list[str]) -> None:
    """N4"""
    python.run(
        """
        async def stubborn():
            gates["a"] = asyncio.get_running_loop().create_future()
            try:
                await gates["a"]
            except asyncio.CancelledError:
                raise OSError("too late") from None
        nav = t"<nav><a id='a' href='/a'>A</a><a id='b' href='/b'>B</a></nav>"
        app([Route("/", "home"), Route("/a", Data, load=stubborn), Route("/b", "B")], nav)
        """
    )
    expected.append("too late")
    python.errors.clear()

    click(python, "#a")
    wait_begun(python, "a")
    click(python, "#b")
    wait_text(python, "B")
    python.settle()

    assert sum("too late" in error for error in python.errors) == 1
    assert path(python) == "/b"


def test_what_is_pending_is_told_at_once(python: PythonPage) -> None:
    """N5"""
    python.run(
        """
        @component
        def Watch():
            pending = use_pending()
            return t"<i id='p'>{(lambda: getattr(pending(), 'path', ''))}</i><{Progress} delay={0.2} />"
        nav = [Watch(), t"<a id='a' href='/a'>A</a><input id='field'>"]
        app([Route("/", "home"), Route("/a", Data, load=gated("a"))], nav)
        """
    )
    at_once = python.js(
        "() => { document.querySelector('#a').click(); return document.querySelector('#p').innerText; }"
    )
    assert at_once == "/a"
    assert python.js("document.querySelector('progress')") is None
    wait(python, "document.querySelector('progress')")
    python.page.locator("#field").fill("still here")
    assert (path(python), python.js(TEXT)) == ("/", "home")

    wait_begun(python, "a")
    python.run("open_('a', 'A')")
    wait_text(python, "Data: A")
    wait(python, "!document.querySelector('progress')")
    assert python.js("document.querySelector('#p').innerText") == ""
    assert python.js("document.querySelector('#field').value") == "still here"


def test_a_quick_way_shows_no_progress(python: PythonPage) -> None:
    """N5"""
    python.run(PAGES.replace("</nav>", "<{Progress} /></nav>"))
    python.js(
        """() => { window.shown = 0; window.watcher = new MutationObserver(() => {
          shown += document.querySelectorAll('progress').length; });
          watcher.observe(document.body, { subtree: true, childList: true }); }"""
    )
    click(python, "a[href='/about']")
    wait_text(python, "about")
    python.run("await asyncio.sleep(0.25)")

    assert python.js("(watcher.disconnect(), shown)") == 0


def test_a_failed_load_keeps_the_layout_and_can_be_tried_again(python: PythonPage) -> None:
    """N6"""
    python.run(
        """
        broken = Signal(True)
        async def load():
            if broken.peek():
                raise OSError("no luck")
            return "fine"
        layout = t"<h2>Layout</h2><{Outlet} />"
        app(Route("/", layout, children=[
            Route("", t"<a id='go' href='/x'>x</a>"), Route("x", Data, load=load)]))
        python_button = "button"
        """
    )
    click(python, "#go")
    wait(python, "document.querySelector('[role=alert]')?.innerText.includes('no luck')")
    assert python.js("document.querySelector('h2').innerText") == "Layout"
    assert path(python) == "/x"

    click(python, "button")
    python.settle()
    assert python.js("Boolean(document.querySelector('[role=alert]'))")
    python.run("broken.set(False)")
    click(python, "button")
    wait(python, "document.querySelector('h1')?.innerText === 'Data: fine'")
    press_back(python)
    wait(python, "document.querySelector('#go')")


def test_offline_shows_an_error_and_the_old_page_until_then(
    python: PythonPage, expected: list[str]
) -> None:
    """N6"""
    python.run(FETCHING)
    python.run(
        """
        async def load():
            await gated("x")()
            return await fetched("data")()
        app([Route("/", t"<a id='go' href='/x'>x</a><input id='field'>"), Route("/x", Data, load=load)])
        """
    )
    python.site.put("data.txt", "arrived")
    expected.append("Failed to load resource|net::ERR")
    click(python, "#go")
    wait_begun(python, "x")
    python.page.context.set_offline(True)
    python.page.locator("#field").fill("usable")
    assert path(python) == "/"

    python.run("open_('x')")
    wait(python, "document.querySelector('[role=alert]')?.innerText.includes('no answer')")
    assert path(python) == "/x"
    python.page.context.set_offline(False)
    click(python, "[role=alert] button")
    wait_begun(python, "x")
    python.run("open_('x')")
    wait_text(python, "Data: arrived")


def test_a_redirect_is_one_entry(python: PythonPage) -> None:
    """N7"""
    python.run(
        """
        async def load():
            await asyncio.sleep(0)
            return Redirect("/new")
        ring = lambda visit: Redirect(f"/r/{(visit.params['n'] + 1) % 21}")
        app([Route("/", t"<a id='go' href='/old'>x</a><a id='ring' href='/r/0'>x</a>"),
             Route("/old", "old", load=load), Route("/new", "new"), Route("/r/{n:int}", "r", load=ring)])
        """
    )
    entries = entry(python)
    click(python, "#go")
    wait_text(python, "new")
    assert (path(python), entry(python)) == ("/new", entries + 1)

    press_back(python)
    wait(python, "document.querySelector('#ring')")
    click(python, "#ring")
    wait(python, "document.querySelector('[role=alert]')?.innerText.includes('21st')")


def test_a_blocker_stops_what_would_lose_something(python: PythonPage) -> None:
    """N8"""
    python.run(
        """
        is_dirty = Signal(False)
        @component
        def Editor():
            blocker = use_blocker(is_dirty)
            navigate = use_navigate()
            return t'''<a id="link" href="/b">x</a><form id="form" action="/b"></form>
              <button id="go" on:click={(lambda: navigate("/b"))}>x</button>
              <i>{(lambda: getattr(blocker.visit(), "path", ""))}</i>
              <button id="leave" on:click={blocker.proceed}>x</button>
              <button id="stay" on:click={blocker.stay}>x</button>'''
        app([Route("/", t"<a href='/editor'>start</a>"), Route("/editor", Editor), Route("/b", "B")])
        """
    )
    python.page.locator("main a").click(no_wait_after=True)
    wait(python, "document.querySelector('#link')")
    click(python, "#link")
    wait_text(python, "B")
    press_back(python)
    wait(python, "document.querySelector('#link')")
    asked = "document.querySelector('i').innerText"
    assert not unload(python)

    python.run("is_dirty.set(True)")
    assert unload(python)
    ways = [
        ("document.querySelector('#link').click()", "/b"),
        ("document.querySelector('#form').requestSubmit()", "/b"),
        ("document.querySelector('#go').click()", "/b"),
        ("history.back()", "/"),
        ("history.forward()", "/b"),
    ]
    for way, to in ways:
        python.js(way)
        wait(python, f"{asked} === '{to}'")
        python.settle()
        wait(python, "location.pathname === '/editor'")
        click(python, "#stay")
        wait(python, f"{asked} === ''")

    python.js(
        """() => { // as a browser has it that lets a visitor be stopped once only
          window.places = [];
          navigation.addEventListener('currententrychange', () => places.push(location.pathname));
          Object.defineProperty(NavigateEvent.prototype, 'cancelable', {
            configurable: true, get: () => false,
          });
          history.back();
        }"""
    )
    wait(python, f"places.join() === '/,/editor' && {asked} === '/'")
    python.js("() => { delete NavigateEvent.prototype.cancelable; }")
    click(python, "#leave")
    wait(python, "document.querySelector('main a')?.innerText === 'start'")
    press_back(python, 1)
    wait(python, "document.querySelector('#link')")
    python.run("is_dirty.set(True)")
    click(python, "#link")
    wait(python, f"{asked} === '/b'")
    click(python, "#leave")
    wait_text(python, "B")
    assert not unload(python)
    press_back(python)
    wait(python, "document.querySelector('#link')")


def unload(python: PythonPage) -> bool:
    """Whether the browser would ask before the page is left."""
    return python.js(
        """() => {
          const event = new Event('beforeunload', { cancelable: true });
          dispatchEvent(event);
          return event.defaultPrevented;
        }"""
    )


HOVER = """
count = Signal(0)
def load():
    count.update(lambda n: n + 1)
    return gated("a")()
app([Route("/", t"<a id='go' href='/a'>x</a><a id='off' data-prefetch='off' href='/a'>y</a>"), Route("/a", Data, load=load)])
"""


def over(python: PythonPage, selector: str, name: str = "mouseover") -> None:
    python.js(
        "([s, name]) => document.querySelector(s).dispatchEvent(new Event(name, { bubbles: true }))",
        [selector, name],
    )


def test_resting_on_a_link_loads_what_is_behind_it(python: PythonPage) -> None:
    """N9, N10"""
    python.run(HOVER)
    python.page.mouse.move(700, 500)
    python.page.locator("#off").hover()
    python.run("await asyncio.sleep(0.06)")
    python.js(
        """() => ['#go', 'main'].forEach((selector) => document.querySelector(selector)
          .dispatchEvent(new Event('mouseover', { bubbles: true })))"""
    )
    python.run("await asyncio.sleep(0.06)")
    assert python.run("count()") == 0

    python.page.locator("#go").hover()
    wait_begun(python, "a")
    python.page.mouse.move(700, 500)
    python.page.locator("#go").hover()
    python.run("await asyncio.sleep(0.06)")
    assert python.run("count()") == 1
    click(python, "#go")
    python.settle()
    python.run("open_('a', 'once')")
    wait_text(python, "Data: once")
    assert python.run("count()") == 1


@pytest.mark.parametrize("name", ["focusin", "touchstart", "mousedown"])
def test_what_is_about_to_be_pressed_is_loaded_at_once(python: PythonPage, name: str) -> None:
    """N9"""
    python.run(HOVER)

    over(python, "#go", name)

    assert python.run("count()") == 1


def test_nothing_is_loaded_before_its_time_where_data_are_dear(python: PythonPage) -> None:
    """N9"""
    python.run(HOVER)
    python.js(
        "() => Object.defineProperty(navigator, 'connection', { configurable: true, value: { saveData: true } })"
    )
    over(python, "#go", "mousedown")
    python.js("() => { delete navigator.connection; }")

    assert python.run("count()") == 0


def test_a_pressed_link_is_painted_before_the_work_begins(python: PythonPage) -> None:
    """N11"""
    python.run(
        """
        import time
        def load():
            js.window.frames_before = js.window.painted
            time.sleep(0.3)
            return "slow"
        app([Route("/", t"<a id='go' href='/a'>x</a>"), Route("/a", Data, load=load)])
        """
    )
    python.js(
        """() => {
          document.querySelector('#go').click();
          window.painted = 0;
          requestAnimationFrame(() => { painted = 1; });
        }"""
    )
    wait_text(python, "Data: slow")

    assert python.js("frames_before") == 1


def test_a_lazy_view_is_fetched_once_it_is_wanted(python: PythonPage, expected: list[str]) -> None:
    python.site.put(
        "pages/late.py",
        'from gossamer import component\n@component\ndef Late():\n    return t"<h1>late</h1>"\n',
    )
    python.site.requests.clear()

    def asked() -> list[str]:
        return [each for each in python.site.requests if each.endswith(".py")]

    python.run(
        """
        import sys
        sys.modules.pop("pages.late", None)
        app([Route("/", t"<a id='go' href='/late'>x</a><a id='none' href='/none'>y</a>"),
             Route("/late", lazy("pages.late:Late")), Route("/none", lazy("pages.none:None_"))])
        """
    )
    assert asked() == []
    over(python, "#go", "focusin")
    click(python, "#go")
    wait_text(python, "late")
    assert asked() == ["pages/late.py"]

    press_back(python)
    wait(python, "document.querySelector('#none')")
    expected.append("404")
    click(python, "#none")
    wait(python, "document.querySelector('[role=alert]')?.innerText.includes('pages/none.py')")
