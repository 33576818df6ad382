"""Whatever fails at the start is said in the page, which stays usable and can try again."""

import re
import time

import pytest

PATIENCE = 10_000  # how long after a sound start a visitor may have to wait for the word
ENGINE = "gossamer/pyodide/pyodide.asm.mjs"
FRONT = "gossamer/pyodide/pyodide.mjs"
IMAGE = "gossamer/gossamer.image"
LOADER = "gossamer/gossamer.js"
STDLIB = "gossamer/pyodide/python_stdlib.zip"
WASM = "gossamer/pyodide/pyodide.asm.wasm"
ZIP = "gossamer/gossamer.zip"

NO_IMAGE = {STDLIB, ZIP}  # what is asked for only when there is none

WIRE = [
    (FRONT, "missing", "runtime-missing"),
    (FRONT, "html", "runtime-corrupt"),
    (ENGINE, "missing", "runtime-missing"),
    (ENGINE, "hang", "timeout"),
    (ENGINE, "truncated", "runtime-corrupt"),
    (WASM, "missing", "runtime-missing"),
    (WASM, "broken", "runtime-missing"),
    (WASM, "reset", "network"),
    (WASM, "torn", "network"),
    (WASM, "html", "runtime-corrupt"),
    (WASM, "truncated", "runtime-corrupt"),
    (WASM, "garbage", "runtime-corrupt"),
    (WASM, "hang", "timeout"),
    (WASM, "half", "timeout"),
    (STDLIB, "missing", "runtime-missing"),
    (STDLIB, "reset", "network"),
    (STDLIB, "truncated", "runtime-corrupt"),
    (ZIP, "missing", "runtime-missing"),
    (ZIP, "html", "runtime-corrupt"),
    (ZIP, "truncated", "runtime-corrupt"),
    ("gossamer/dom.js", "missing", "runtime-missing"),
    ("gossamer/start.js", "missing", "runtime-missing"),
    ("t/app.py", "missing", "app-missing"),
    ("t/app.py", "torn", "network"),
    ("t/app.py", "hang", "timeout"),
    ("t/conf.json", "missing", "app-missing"),
]

# A table tells the hash of each file, and so a damaged one from a sound one.
HASHED = [
    (FRONT, "html"),
    (ENGINE, "truncated"),
    (WASM, "garbage"),
    (ZIP, "truncated"),
    ("gossamer/dom.js", "garbage"),
]

# Whatever becomes of the image, the page starts.
IMAGES = [
    ("missing", "runtime-missing"),
    ("torn", "network"),
    ("html", "damaged"),
    ("truncated", "damaged"),
    ("hang", "timeout"),
]

MENDED = [
    row
    for row in WIRE
    if row[:2]
    in {
        (ENGINE, "missing"),
        (WASM, "torn"),
        (STDLIB, "truncated"),
        (WASM, "hang"),
        ("t/app.py", "missing"),
    }
]

# What a browser without something, or with too little of it, looks like to the page.
BROWSERS = [
    ("delete globalThis.WebAssembly", "unsupported-browser"),
    ("delete globalThis.FinalizationRegistry", "unsupported-browser"),
    (
        """const { instantiate } = WebAssembly;
        WebAssembly.instantiate = (source, imports) => imports?.env
          ? Promise.reject(new RangeError('Out of memory: cannot allocate wasm memory'))
          : instantiate(source, imports);""",
        "out-of-memory",
    ),
]

POLICIES = [
    ("script-src 'self'", "csp"),
    ("script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'", "csp"),
]

HANGING = {"hang", "half"}
PAGE = """<!doctype html><html lang="en"><title>t</title>
<script type="module" src="../gossamer/gossamer.js"></script>
<body><a href="#there">A link</a><form><input name="word"><button>Send</button></form>
<pre id="out"></pre><p id="there">There</p>
<script type="py" src="app.py" config="conf.json" target="out"></script></body></html>"""
LISTEN = """window.faults = [];
addEventListener('gossamer:boot-error', (event) => faults.push(event.detail.reason));"""


@pytest.fixture
def start(page, site, bare_loader, expected_errors):
    """Open the page of these tests."""
    expected_errors += ["gossamer: ", "Failed to load", "Content Security Policy", "valid digest"]
    site.put("t/index.html", PAGE)
    site.put(LOADER, bare_loader)
    site.put("t/app.py", "print('alive')")
    site.put("t/conf.json", "{}")
    page.add_init_script(LISTEN)

    def open_() -> None:
        if NO_IMAGE & site.faults.keys():
            site.faults[IMAGE] = "missing"
        page.goto(site.url + "t/")

    return open_


@pytest.fixture(scope="module")
def sound_start(browser, app_server) -> float:
    """How many milliseconds Python takes to come up on this machine when nothing is wrong."""
    for name, text in (("index.html", PAGE), ("app.py", "print('alive')"), ("conf.json", "{}")):
        app_server.put(f"t/{name}", text)
    page = browser.new_page()
    begin = time.monotonic()
    page.goto(app_server.url + "t/")
    page.get_by_text("alive").wait_for(timeout=60_000)
    page.close()
    app_server.clear()
    return (time.monotonic() - begin) * 1000


@pytest.fixture
def check_said(page, sound_start):
    """`check_said(reason)`: one box says it, one event tells it, and the page still works."""

    def check(reason: str) -> None:
        box = page.get_by_role("alert")
        box.wait_for(timeout=PATIENCE + 2 * sound_start)  # a busy machine is not evenly busy
        assert box.get_attribute("data-reason") == reason
        assert page.evaluate("faults") == [reason]
        assert len(box.inner_text()) > 40

        page.get_by_role("link", name="A link").click()
        page.get_by_role("textbox").fill("typed")

        assert page.evaluate("location.hash") == "#there"
        assert page.get_by_role("textbox").input_value() == "typed"

    return check


def named(rows) -> list[str]:
    return [f"{path.split('/')[-1]} {fault}" for path, fault, _ in rows]


@pytest.mark.parametrize(("path", "fault", "reason"), WIRE, ids=named(WIRE))
def test_a_fault_of_the_wire_is_said(site, start, check_said, path, fault, reason):
    """H11"""
    site.faults[path] = fault
    if fault in HANGING:
        site.put("t/index.html", PAGE.replace('.js"', '.js" data-timeout="3"'))

    start()

    check_said(reason)


@pytest.mark.parametrize(("path", "fault", "reason"), MENDED, ids=named(MENDED))
def test_a_retry_works_once_the_fault_is_gone(page, site, start, check_said, path, fault, reason):
    site.faults[path] = fault
    if fault in HANGING:
        site.put("t/index.html", PAGE.replace('.js"', '.js" data-timeout="3"'))

    start()
    check_said(reason)
    site.faults.clear()
    site.release()
    page.get_by_role("button", name="Retry").click()

    page.get_by_text(re.compile("^alive")).wait_for()
    assert page.get_by_role("alert").count() == 0


@pytest.mark.parametrize(("path", "fault"), HASHED, ids=lambda word: word.split("/")[-1])
def test_a_file_that_was_changed_is_refused(site, built, start, check_said, path, fault):
    site.put(LOADER, (built / LOADER).read_bytes())
    site.faults[path] = fault

    start()

    check_said("integrity")


@pytest.fixture
def warnings(page) -> list[str]:
    """What the page warns of in the console."""
    said: list[str] = []
    page.on("console", lambda message: message.type == "warning" and said.append(message.text))
    return said


@pytest.mark.parametrize(("fault", "why"), IMAGES, ids=[fault for fault, _ in IMAGES])
def test_a_page_starts_without_its_image(page, site, start, warnings, fault, why):
    site.faults[IMAGE] = fault
    if fault in HANGING:
        site.put("t/index.html", PAGE.replace('.js"', '.js" data-timeout="3"'))

    start()

    page.get_by_text(re.compile("^alive")).wait_for()
    assert len(warnings) == 1
    assert "starts slower, without its image" in warnings[0]
    assert why in warnings[0]
    assert page.get_by_role("alert").count() == 0


@pytest.mark.parametrize("part", ["framework", "build"])
def test_an_image_of_another_version_is_left_alone(page, site, built, start, warnings, part):
    image = (built / IMAGE).read_bytes()
    old = re.search(f'"{part}":"(.)'.encode(), image)
    new = b"1" if old[1] == b"0" else b"0"
    site.put(IMAGE, image[: old.start(1)] + new + image[old.end(1) :])

    start()

    page.get_by_text(re.compile("^alive")).wait_for()
    assert len(warnings) == 1
    assert "it is of another" in warnings[0]


def test_an_image_that_was_changed_is_left_alone(page, site, built, start, warnings):
    site.put(LOADER, (built / LOADER).read_bytes())
    site.faults[IMAGE] = "garbage"

    start()

    page.get_by_text(re.compile("^alive")).wait_for()
    assert len(warnings) == 1
    assert "integrity" in warnings[0]


LATE = "import wave\nprint('alive', wave.__name__)"


@pytest.mark.parametrize(("fault", "why"), [("missing", "HTTP 404"), ("truncated", "damaged")])
@pytest.mark.usefixtures("start")
def test_a_late_library_that_fails_is_named(page, site, fault, why):
    site.put("t/app.py", LATE)
    site.faults[STDLIB] = fault

    page.goto(site.url + "t/")
    box = page.get_by_role("alert")
    box.wait_for()
    told = box.inner_text()

    site.faults.clear()
    page.get_by_role("button", name="Reload").click()

    page.get_by_text("alive wave").wait_for()
    assert "ImportError: The standard library could not be loaded, and wave is in it: " in told
    assert why in told


@pytest.mark.parametrize(
    ("script", "reason"), BROWSERS, ids=["no wasm", "no finalizers", "no memory"]
)
def test_a_browser_that_cannot_is_told_so(page, start, check_said, script, reason):
    page.add_init_script(script)

    start()

    check_said(reason)


@pytest.mark.parametrize(("policy", "reason"), POLICIES, ids=["no wasm", "no connections"])
def test_a_policy_that_forbids_python_is_named(site, start, check_said, policy, reason):
    """H11, S14"""
    site.headers["content-security-policy"] = policy

    start()

    check_said(reason)


def test_a_script_that_was_changed_is_refused(site, start, check_said, expected_errors):
    expected_errors += ["integrity"]
    site.put("t/index.html", PAGE.replace('src="app.py"', 'src="app.py" integrity="sha256-AAAA"'))

    start()

    check_said("integrity")


def test_a_fatal_error_asks_for_a_reload(page, site, start, check_said, expected_errors):
    expected_errors += ["fatal", "Maximum call stack"]
    deep = "x = []\nfor _ in range(200_000):\n    x = [x]\nprint(repr(x))\n"
    site.put("t/app.py", deep)

    start()
    page.get_by_role("alert").wait_for()
    check_said("fatal")
    site.put("t/app.py", "print('alive')")
    page.get_by_role("button", name="Reload").click()

    page.get_by_text(re.compile("^alive")).wait_for()
