"""Forms under a router: what is sent, what is left to the browser, and what comes of it."""

import hashlib
import re

import pytest

from .python_page import PythonPage, emptied, shared_page

SETUP = """
import asyncio
from gossamer.meta import Script, Title
from gossamer.router import *

log = []

@component
def Search():
    query = use_query()
    return t"<p id='q'>{(lambda: query().get('q', ''))}</p><form><input name='q'></form>"

def app(*routes, **options):
    log.clear()
    show(Router(t"<main>{Routes([*routes, Route('/search', Search), Route('/echo', 'echo')])}</main>", **options))
"""
OURS = {"content-type": "application/vnd.gossamer+json"}


@pytest.fixture(scope="module", params=["navigation", "history"])
def shared(browser, request):
    for python in shared_page(browser):
        python.js(f"document.documentElement.dataset.history = {request.param!r}")
        python.run(SETUP)
        python.js("() => { window.mark = Math.random(); }")
        yield python


@pytest.fixture
def python(shared: PythonPage, expected: list[str]):
    shared.js("() => { history.replaceState(null, '', '/'); document.title = 'Python'; }")
    mark = shared.js("mark")
    yield from emptied(shared, expected)
    shared.site.posts.clear()
    shared.site.answers.clear()
    assert shared.js("mark") == mark  # the page was never loaded anew


def wait(python: PythonPage, condition: str) -> None:
    python.page.wait_for_function(condition, timeout=10_000)


def path(python: PythonPage) -> str:
    return python.js("location.pathname + location.search + location.hash")


def press(python: PythonPage, markup: str, selector: str = "button", file: str = "") -> bool:
    """Send a form of the page, and say whether the router took it; nothing is really left."""
    return python.js(
        """([markup, selector, file]) => {
          const box = document.createElement('div');
          box.id = 'box';
          box.innerHTML = markup;
          if (file) {
            const held = new DataTransfer();
            held.items.add(new File(['hello'], file));
            box.querySelector('input').files = held.files;
          }
          document.body.append(box);
          let taken = null;
          const last = (event) => {
            taken = event.defaultPrevented;
            event.preventDefault();
          };
          const arm = () => addEventListener('submit', last, { once: true });
          addEventListener('submit', arm, { capture: true, once: true });
          box.querySelector(selector).click();
          removeEventListener('submit', arm, { capture: true });
          box.remove();
          return taken;
        }""",
        [markup, selector, file],
    )


def test_a_form_that_asks_is_a_way(python: PythonPage) -> None:
    """F1"""
    python.run(
        """app(Route("/", t"<form action='/search'><input name='q' value='a b&amp;é'></form>"))"""
    )

    python.js("document.querySelector('main form').requestSubmit()")
    wait(python, "document.querySelector('#q')")
    assert path(python) == "/search?q=a+b%26%C3%A9"
    assert python.js("document.querySelector('#q').innerText") == "a b&é"

    python.js("document.querySelector('main input').value = 'other'")
    python.js("document.querySelector('main form').requestSubmit()")
    wait(python, "document.querySelector('#q').innerText === 'other'")
    python.js("history.back()")
    wait(python, "document.querySelector('#q').innerText === 'a b&é'")


FIELDS = """
  <input name="text" value="ä &amp; b=c"><input value="nameless"><input name="off" disabled value="x">
  <input type="checkbox" name="box" checked><input type="checkbox" name="no">
  <input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>
  <select name="many" multiple><option selected>a</option><option>b</option><option selected>c</option></select>
  <textarea name="area">a&#10;b</textarea><input type="hidden" name="_charset_">
  <input name="dir" dirname="dir.dir" value="x"><input type="hidden" name="a&#10;b" value="c">
"""
FORMS = {
    "plain": f"<form action='/echo'>{FIELDS}<button>x</button></form>",
    "a button with a name": f"<form action='/echo'>{FIELDS}<button name='go' value='1'>x</button></form>",
    "an image": "<form action='/echo'><input name='a' value='1'><input type='image' class='x' name='i' alt='i' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></form>",
    "a button outside": f"<form id='outer' action='/echo'>{FIELDS}</form><button class='x' form='outer' name='o' value='2'>x</button>",
    "post": f"<form method='post' action='/echo'>{FIELDS}<button>x</button></form>",
    "multipart": f"<form method='post' enctype='multipart/form-data' action='/echo'>{FIELDS}<button name='go' value='1'>x</button></form>",
    "the button says how": f"<form action='/no'>{FIELDS}<button formmethod='post' formaction='/echo?k=1' formenctype='multipart/form-data'>x</button></form>",
    "the button says get": f"<form method='post' action='/echo'>{FIELDS}<button formmethod='get'>x</button></form>",
    "an unknown method": f"<form method='put' action='/echo?old=1'>{FIELDS}<button>x</button></form>",
    "an unknown enctype": f"<form method='post' enctype='x/y' action='/echo'>{FIELDS}<button>x</button></form>",
    "case and query": "<form method='post' action='/Echo/Path?keep=1'><input name='a' value='b'><button>x</button></form>",
    "clobbered": "<form method='post' action='/echo'><input name='action' value='1'><input name='method' value='2'><input name='id' value='3'><input name='submit' value='4'><input name='elements' value='5'><input name='getAttribute' value='6'><input name='enctype' value='7'><button>x</button></form>",
    "get with a type": "<form action='/echo' enctype='text/plain'><input name='a' value='b c'><button>x</button></form>",
}
NATIVE = """async (markup) => {
  const box = document.createElement('div');
  box.innerHTML = '<iframe name="frame"></iframe>' + markup;
  document.body.append(box);
  const form = box.querySelector('form');
  const frame = box.querySelector('iframe');
  const blank = new Promise((resolve) => setTimeout(resolve, 50));
  await blank;
  Element.prototype.setAttribute.call(form, 'target', 'frame');
  const loaded = new Promise((resolve) => {
    frame.addEventListener('load', resolve, { once: true });
    setTimeout(resolve, 700); // an answer without a body loads nothing
  });
  box.querySelector('.x, button').click();
  await loaded;
  box.remove();
}"""


def recorded(python: PythonPage) -> list[tuple[str, str, bytes]]:
    """What the server got: address, type and body, a boundary by any other name."""
    found = []
    for post in python.site.posts:
        boundary = post.kind.partition("boundary=")[2]
        body = post.body.replace(boundary.encode(), b"B") if boundary else post.body
        found.append((post.address, re.sub("boundary=.*", "boundary=B", post.kind), body))
    python.site.posts.clear()
    return found


@pytest.mark.parametrize("markup", FORMS.values(), ids=FORMS)
def test_what_is_sent_is_what_the_browser_would_send(python: PythonPage, markup: str) -> None:
    """F2, F3, F6, F8"""
    python.run("""app(Route("/", "home"))""")
    python.site.answers |= {
        name: (200, {"content-type": "text/html"}, "ok") for name in ("echo", "Echo/Path")
    }
    python.site.put("echo", "ok")
    addresses: list[str] = []
    python.page.on("request", lambda request: addresses.append(request.url))
    python.js(NATIVE, markup)
    posted = recorded(python)
    asked = [url for url in addresses if "/echo" in url and url != "about:blank"]
    python.site.answers |= {name: (204, {}, "") for name in ("echo", "Echo/Path")}

    enhanced = markup.replace("<form ", "<form data-enhance ", 1)
    selector = ".x" if "class='x'" in markup else "button"
    assert press(python, enhanced, selector) is True

    if posted:
        for _ in range(100):
            if python.site.posts:
                break
            python.settle()
        assert recorded(python) == posted
    else:
        wait(python, "location.pathname === '/echo'")
        [native] = asked
        assert path(python) == native.removeprefix(python.site.url.rstrip("/"))


LEFT = {
    "dialog": "<dialog open><form method='dialog'><button>x</button></form></dialog>",
    "formmethod dialog": "<dialog open><form action='/search'><button formmethod='dialog'>x</button></form></dialog>",
    "a target": "<form target='_blank' action='/search'><button>x</button></form>",
    "a target of the button": "<form action='/search'><button formtarget='_blank'>x</button></form>",
    "a base target": "<base target='_blank'><form action='/search'><button>x</button></form>",
    "off": "<form data-router='off' action='/search'><button>x</button></form>",
    "off at the button": "<form action='/search'><button data-router='off'>x</button></form>",
    "another origin": "<form action='http://127.0.0.1:9/search'><button>x</button></form>",
    "no route": "<form action='/file'><button>x</button></form>",
    "the server's": "<form method='post' action='/search'><button>x</button></form>",
    "plain text": "<form method='post' data-enhance enctype='text/plain' action='/search'><button>x</button></form>",
}


@pytest.mark.parametrize("markup", LEFT.values(), ids=LEFT)
def test_what_is_not_the_routers_is_left_to_the_browser(python: PythonPage, markup: str) -> None:
    """F5, F13"""
    python.run("""app(Route("/", "home"))""")

    assert press(python, markup) is False
    assert path(python) == "/"


def test_a_dialog_is_closed_by_its_own_form(python: PythonPage) -> None:
    """F5"""
    python.run(
        """app(Route("/", t"<dialog><form method='dialog'><button>x</button></form></dialog>"))"""
    )
    python.js("document.querySelector('dialog').showModal()")

    python.js("document.querySelector('dialog button').click()")

    assert python.js("document.querySelector('dialog').open") is False


@pytest.mark.parametrize(
    "markup",
    [
        "<form><input name='q' value='1'><button>x</button></form>",
        "<form action=''><input name='q' value='1'><button>x</button></form>",
        "<form action='/no'><input name='q' value='1'><button formaction='/search'>x</button></form>",
        "<base href='/elsewhere/'><form><input name='q' value='1'><button formaction=''>x</button></form>",
    ],
)
def test_without_an_action_a_form_goes_to_its_own_page(python: PythonPage, markup: str) -> None:
    """F4"""
    python.js("history.replaceState(null, '', '/search?old=1')")
    python.run("app()")

    assert press(python, markup) is True
    wait(python, "document.querySelector('#q').innerText === '1'")

    assert path(python) == "/search?q=1"


def test_a_fragment_of_the_action_stays(python: PythonPage) -> None:
    """F3"""
    python.run("""app(Route("/", "home"))""")

    press(
        python,
        "<form action='/search?old=1&amp;y=2#frag'><input name='q' value='1'><button>x</button></form>",
    )
    wait(python, "document.querySelector('#q')")

    assert path(python) == "/search?q=1#frag"


def test_in_hash_mode_the_query_stands_behind_the_hash(python: PythonPage) -> None:
    """F3, R27"""
    python.run(
        """app(Route("/", t"<{Form} action='/search?old=1'><input name='q' value='a b'></{Form}>"), mode="hash")"""
    )

    python.js("document.querySelector('main form').requestSubmit()")
    wait(python, "document.querySelector('#q')?.innerText === 'a b'")

    assert path(python) == "/#/search?q=a+b"


def test_a_field_that_is_not_valid_stops_the_form(python: PythonPage) -> None:
    """F7"""
    python.run("""app(Route("/", "home"))""")
    markup = "<form action='/search'><input name='q' required><button{}>x</button></form>"

    assert press(python, markup.format("")) is None
    assert press(python, markup.format(" formnovalidate")) is True
    wait(python, "document.querySelector('#q')")


CONTACT = """
class Contact:
    name: str
    age: int

gate = None

@component
def Add():
    async def save(contact):
        log.append(contact.name)
        await gate.wait()
        log.append("saved " + contact.name)
        if contact.age > 150:
            raise FieldErrors({"age": "Nobody is that old."})
        return contact.name
    global state
    state = use_form(save, Contact, policy=policy)
    return t'''<{Form} state={state}>
        <input id="name" {state.field("name")} value="Ada"><input id="age" {state.field("age")} value="36">
        <{FieldError} state={state} name="age" /><button id="save">Save</button>
      </{Form}>'''
"""


@pytest.mark.parametrize(
    ("policy", "saved"),
    [
        ("drop", ["Ada", "saved Ada"]),
        ("queue", ["Ada", "saved Ada", "Ada", "saved Ada"]),
        ("latest", ["Ada", "Ada", "saved Ada"]),
    ],
)
def test_a_form_that_is_being_sent(python: PythonPage, policy: str, saved: list[str]) -> None:
    """F10"""
    python.run(f"policy = {policy!r}" + CONTACT)
    python.run("""gate = asyncio.Event(); app(Route("/", Add))""")
    python.js("document.querySelector('#save').focus()")

    python.js("() => { document.querySelector('#save').click(); }")
    wait(python, "document.querySelector('form[aria-busy=true]')")
    assert python.js("document.querySelector('#save').getAttribute('aria-disabled')") == "true"
    assert python.js("document.activeElement.id") == "save"
    python.js("() => { document.querySelector('#save').click(); }")
    python.run("await asyncio.sleep(0)")
    python.run("gate.set()")
    if policy == "latest":
        python.run("await asyncio.sleep(0.01)")
    wait(python, "!document.querySelector('form[aria-busy]')")

    assert python.run("to_js(log)") == saved
    assert python.js("document.activeElement.id") == "save"
    assert python.js("document.querySelector('#save').hasAttribute('aria-disabled')") is False


def test_success_makes_a_fresh_form_and_errors_keep_it(python: PythonPage) -> None:
    """F11"""
    python.run("policy = 'drop'" + CONTACT)
    python.run("""gate = asyncio.Event(); gate.set(); app(Route("/", Add))""")
    python.page.locator("#age").fill("many")
    python.js("document.querySelector('#save').click()")
    wait(python, "document.activeElement.id === 'age'")
    assert python.js("document.querySelector('#age').getAttribute('aria-invalid')") == "true"
    message = (
        "document.getElementById(document.querySelector('#age').getAttribute('aria-describedby'))"
    )
    assert python.js(f"{message}.innerText") == "This is not a whole number."

    python.page.locator("#age").fill("200")
    python.js("document.querySelector('#save').click()")
    wait(python, f"{message}?.innerText === 'Nobody is that old.'")
    assert python.js("document.querySelector('#age').value") == "200"

    python.page.locator("#age").fill("40")
    python.js("document.querySelector('#save').click()")
    wait(python, "document.querySelector('#age').value === '36'")
    assert python.run("state.value()") == "Ada"
    assert python.js("document.querySelector('.field-error')") is None


def test_a_file_is_sent_as_it_is(python: PythonPage) -> None:
    """F9"""
    content = bytes(range(256)) * 20_480
    python.run(
        """
        @component
        def Send():
            global state
            state = use_form()
            watch(state.progress, lambda: log.append(state.progress()))
            return t'''<{Form} state={state} method="post" action="/upload" attr:enctype="multipart/form-data">
              <input type="file" name="file"><button id="save">x</button></{Form}>'''
        app(Route("/", Send))
        """
    )
    python.page.locator("input[type=file]").set_input_files(
        [{"name": "all.bin", "mimeType": "application/octet-stream", "buffer": content}]
    )
    python.site.answers["upload"] = (200, OURS, '"stored"')

    python.js("() => { document.querySelector('#save').click(); }")
    wait(python, "python.runPython('state.value()') === 'stored'")

    [post] = python.site.posts
    head, _, rest = post.body.partition(b"\r\n\r\n")
    sent = rest[: len(content)]
    assert b'filename="all.bin"' in head
    assert hashlib.sha256(sent).digest() == hashlib.sha256(content).digest()
    *parts, last, end = python.run("log")
    assert sorted(parts) == parts
    assert (last, end) == (1, None)


def test_an_upload_that_is_called_off_or_led_away(python: PythonPage, expected: list[str]) -> None:
    """F9, F12"""
    expected.append("Failed to load resource|net::ERR")
    python.run(
        """
        @component
        def Send():
            global state
            state = use_form(policy="latest")
            return t'''<{Form} state={state} method="post" action="/upload" attr:enctype="multipart/form-data">
              <input type="file" name="file"><button id="save">x</button></{Form}>
              <output>{(lambda: getattr(state.error(), "status", "none"))}</output>'''
        app(Route("/", Send))
        """
    )
    python.page.locator("input[type=file]").set_input_files(
        [{"name": "a.txt", "mimeType": "text/plain", "buffer": b"hello"}]
    )
    python.site.answers["upload"] = (200, OURS, '"stored"')
    python.js("() => { for (const _ of [1, 2]) document.querySelector('#save').click(); }")
    wait(python, "python.runPython('state.value()') === 'stored'")
    assert python.js("document.querySelector('output').innerText") == "none"

    python.page.locator("input[type=file]").set_input_files(
        [{"name": "a.txt", "mimeType": "text/plain", "buffer": b"hello"}]
    )
    python.site.answers["upload"] = (0, {}, "")
    python.js("document.querySelector('#save').click()")
    wait(python, "document.querySelector('output').innerText === '0'")
    assert python.js("document.querySelector('input').files.length") == 1
    assert python.run("state.progress()") is None


def test_a_file_that_would_stay_behind_is_warned_of(python: PythonPage) -> None:
    """F9"""
    python.run("""app(Route("/", "home"))""")
    python.js(
        """() => {
          const { warn } = console;
          window.told = [];
          console.warn = (text) => {
            told.push(text);
            console.warn = warn;
          };
        }"""
    )
    python.site.answers["echo"] = (204, {}, "")

    press(
        python,
        "<form method='post' data-enhance action='/echo'><input type='file' name='f'>"
        "<button>x</button></form>",
        "button",
        "a.txt",
    )
    for _ in range(100):
        if python.site.posts:
            break
        python.settle()

    [post] = python.site.posts
    assert post.body == b"f=a.txt"
    [told] = python.js("told")
    assert told.startswith("The field f sends the name of a.txt only, not the file.")


def test_an_action_gets_the_file(python: PythonPage) -> None:
    """F9"""
    python.run(
        """
        class Upload:
            title: str
            file: object
        async def save(upload):
            log.append(f"{upload.title}: {upload.file.name}, {await upload.file.text()}")
        @component
        def Add():
            return t'''<{Form} state={use_form(save, Upload)}><input name="title" value="Notes">
              <input type="file" name="file"><button id="save">x</button></{Form}>'''
        app(Route("/", Add))
        """
    )
    python.page.locator("input[type=file]").set_input_files(
        [{"name": "a.txt", "mimeType": "text/plain", "buffer": b"hello"}]
    )
    python.js("document.querySelector('#save').click()")
    wait(python, "python.runPython('len(log)') === 1")

    assert python.run("to_js(log)") == ["Notes: a.txt, hello"]


SERVER = """
@component
def Send():
    global state
    state = use_form()
    return t'''<{Form} state={state} method="post" action="/api"><input {state.field("name")} value="Ada">
      <{FieldError} state={state} name="name" /><button id="save">x</button></{Form}>
      <output>{(lambda: getattr(state.error(), "status", "none"))}</output>'''
app(Route("/", Send))
"""
ANSWERS = {
    "ours": ((200, OURS, '{"id": 7}'), "python.runPython('state.value() is not None')", "/"),
    "nothing": (
        (204, {}, ""),
        "python.runPython('state.input() is not None and not state.pending()')",
        "/",
    ),
    "redirect": (
        (200, OURS | {"X-Gossamer-Redirect": "/search?q=done#x"}, ""),
        "document.querySelector('#q')?.innerText === 'done'",
        "/search?q=done#x",
    ),
    "fields": (
        (422, OURS, '{"errors": {"name": "Taken."}}'),
        "document.querySelector('.field-error')?.innerText === 'Taken.' && document.activeElement.name === 'name'",
        "/",
    ),
    "refused": ((403, OURS, '"no"'), "document.querySelector('output').innerText === '403'", "/"),
    "a page": (
        (200, {"content-type": "text/html"}, "<h1>x</h1>"),
        "document.querySelector('output').innerText === '200'",
        "/",
    ),
    "a proxy": (
        (502, {"content-type": "text/html"}, "<h1>x</h1>"),
        "document.querySelector('output').innerText === '502'",
        "/",
    ),
    "a torn connection": ((0, {}, ""), "document.querySelector('output').innerText === '0'", "/"),
}


@pytest.mark.parametrize(("answer", "shown", "to"), ANSWERS.values(), ids=ANSWERS)
def test_what_a_server_may_answer(
    python: PythonPage, expected: list[str], answer: tuple, shown: str, to: str
) -> None:
    """F12"""
    expected.append("Failed to load resource|net::ERR")
    python.run(SERVER)
    python.site.answers["api"] = answer

    python.js("document.querySelector('#save').click()")
    wait(python, shown)

    assert path(python) == to
    [post, *_] = python.site.posts
    assert (post.kind.partition(";")[0], post.body) == (
        "application/x-www-form-urlencoded",
        b"name=Ada",
    )


def test_a_server_of_another_version_answers_with_a_page(
    python: PythonPage, expected: list[str]
) -> None:
    """F12"""
    expected.append("Failed to load resource|net::ERR")
    python.run(SERVER)
    python.site.answers["api"] = (409, OURS | {"X-Gossamer-Version": "2"}, "")
    python.js(
        """() => {
          const form = document.querySelector('form');
          form.insertAdjacentHTML('afterend', '<iframe name="frame"></iframe>');
          document.querySelector('#save').click();
          form.target = 'frame'; // or the page of the tests would be gone
        }"""
    )

    for _ in range(100):
        if len(python.site.posts) == 2:
            break
        python.settle()

    first, second = python.site.posts
    assert (first.address, first.body) == (second.address, second.body) == ("/api", b"name=Ada")
    assert python.js("document.querySelector('form').hasAttribute('aria-busy')") is False


def test_a_page_has_its_title_and_scripts_run(python: PythonPage) -> None:
    """R1, R16, R20"""
    python.run(
        """
        app(Route("/", t"<{Title} text='Home' /><a href='/b'>x</a>"),
            Route("/b", t"<{Title} text='Bees' /><{Script} text='window.ran = 1' />bees"))
        """
    )
    assert python.js("document.title") == "Home"
    python.js("document.querySelector('main a').click()")
    wait(python, "document.querySelector('[aria-live]').textContent === 'Bees'")
    assert python.js("[document.title, window.ran]") == ["Bees", 1]
    python.js("history.back()")
    wait(python, "document.title === 'Home'")
    assert python.js("document.querySelectorAll('head script:not([type])').length") == 0
    python.run("clear()")
    assert python.js("document.title") == "Python"
