"""Resources, boundaries and actions in a browser: what is fetched, aborted, shown and let go."""

import time

import pytest

from .python_page import PythonPage, emptied, shared_page

SETUP = """
import asyncio
from pyodide.http import pyfetch

async def fetch_text(path):
    answer = await pyfetch(path)
    answer.raise_for_status()
    return await answer.text()
"""


@pytest.fixture(scope="module")
def shared(browser):
    for python in shared_page(browser):
        python.run(SETUP)
        for name in ("slow", "fast", "note"):
            python.site.put(f"{name}.txt", f"the {name} one")
        yield python


@pytest.fixture
def python(shared: PythonPage, expected: list[str]):
    yield from emptied(shared, expected)
    shared.site.release()
    shared.site.faults.clear()
    shared.site.left.clear()
    shared.site.requests.clear()
    shared.site.released.clear()


def shown(python: PythonPage) -> str:
    return python.js("document.querySelector('main').innerHTML")


def wait_for(python: PythonPage, text: str) -> None:
    python.page.wait_for_function(
        "(text) => document.querySelector('main').textContent === text", arg=text
    )


def wait_until_asked(python: PythonPage, path: str) -> None:
    wait_until(lambda: path in python.site.requests)


def wait_until(holds) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end, "it did not happen within 30 seconds"
        time.sleep(0.01)


@pytest.mark.parametrize("fault", ["watched", "half watched"], ids=["before it answers", "in it"])
def test_a_newer_fetch_aborts_the_older(python: PythonPage, fault: str) -> None:
    """I-7: the server sees the browser go, and the older answer is never shown."""
    python.site.faults["slow.txt"] = fault
    python.run(
        """
        path = Signal("slow.txt")
        text = resource(fetch_text, path)
        show(t"<main><{Suspense} fallback='…'>{text}</{Suspense}></main>")
        """
    )
    wait_until_asked(python, "slow.txt")
    assert shown(python) == "…"
    if fault == "half watched":
        python.settle()  # let the first half come

    python.run("path.set('fast.txt')")

    wait_for(python, "the fast one")
    wait_until(lambda: python.site.left == ["slow.txt"])


def test_a_fetch_ends_with_what_asked_for_it(python: PythonPage) -> None:
    python.site.faults["slow.txt"] = "watched"
    python.run(
        """
        is_open, steps = Signal(True), []

        @component
        def Note():
            async def fetch():
                await fetch_text("slow.txt")
                steps.append("never")
            note = resource(fetch)
            return t"<p>{note}</p>"

        show(t"<main><{Show} when={is_open}><{Note} /></{Show}></main>")
        """
    )
    wait_until_asked(python, "slow.txt")

    python.run("is_open.set(False)")

    wait_until(lambda: python.site.left == ["slow.txt"])
    assert python.run("to_js(steps)") == []


def test_an_action_that_is_called_off_aborts_its_fetch(python: PythonPage) -> None:
    """S86."""
    python.site.faults["slow.txt"] = "watched"
    python.run(
        """
        save = action(fetch_text)
        show(t'''<main aria-busy={(lambda: str(save.pending()).lower())}><button on:click={(
                lambda: save("slow.txt"))}>Save</button><button on:click={save.cancel}>Cancel</button></main>''')
        """
    )
    main = python.page.locator("main")
    python.page.get_by_role("button", name="Save").click()
    wait_until_asked(python, "slow.txt")
    assert main.get_attribute("aria-busy") == "true"

    python.page.get_by_role("button", name="Cancel").click()

    wait_until(lambda: python.site.left == ["slow.txt"])
    assert main.get_attribute("aria-busy") == "false"


def test_offline_shows_the_error_with_a_retry_and_the_page_lives_on(
    python: PythonPage, expected: list[str]
) -> None:
    expected.append("net::ERR_INTERNET_DISCONNECTED")
    python.page.context.set_offline(True)
    python.run(
        """
        count = Signal(0)
        note = resource(lambda: fetch_text("note.txt"))

        def failed(error, reset):
            def retry():
                note.refetch()
                reset()
            return t"<button on:click={retry}>Try again</button>"

        show(t'''<main><button on:click={(lambda: count.update(lambda n: n + 1))}>{count}</button><{
            ErrorBoundary} fallback={failed}><{Suspense} fallback="…"><p>{note}</p></{Suspense}></{
            ErrorBoundary}></main>''')
        """
    )
    retry = python.page.get_by_role("button", name="Try again")
    retry.wait_for()
    python.page.get_by_role("button", name="0").click()
    assert python.page.locator("main").inner_text().startswith("1")
    retry.click()
    retry.wait_for()

    python.page.context.set_offline(False)
    retry.click()

    wait_for(python, "1the note one")


def test_children_live_on_behind_the_fallback(python: PythonPage) -> None:
    """S90: the same nodes, with what was typed, the caret, and where they were scrolled to."""
    python.run(
        """
        note = resource(lambda: fetch_text("note.txt"))
        show(t'''<main><{Suspense} fallback={t"<i>…</i>"}><p>{note}</p><div style="height:50px;
            overflow:auto"><hr style="height:500px"></div><label>Text <input></label></{Suspense}></main>
            <button>Elsewhere</button>''')
        """
    )
    text = python.page.get_by_label("Text")
    text.fill("typd")
    text.press("ArrowLeft")
    python.js("window.kept = [...document.querySelectorAll('main > *')]; kept[1].scrollTop = 99")

    for elsewhere in (False, True):
        python.site.faults["note.txt"] = "watched"
        python.run("note.refetch()")
        assert shown(python) == "<i>…</i>"
        if elsewhere:
            python.page.get_by_role("button").focus()
        python.site.release()
        text.wait_for()
        python.site.released.clear()
        assert python.js("kept.every((node) => node.isConnected)")
        assert python.js("kept[1].scrollTop") == 99
        python.page.keyboard.type("e")
        assert text.input_value() == "typed"
    assert python.js("document.activeElement.textContent") == "Elsewhere"


def test_a_transition_keeps_focus_and_caret(python: PythonPage) -> None:
    python.site.faults["slow.txt"] = "watched"
    python.run(
        """
        path, is_busy = Signal("fast.txt"), Signal(False)
        text = resource(fetch_text, path)
        show(t'''<main aria-busy={(lambda: str(is_busy()).lower())}><{Transition} fallback="…"
            is_pending={is_busy}><input>{text}</{Transition}></main>''')
        """
    )
    wait_for(python, "the fast one")
    python.page.locator("input").press_sequentially("abc")
    python.page.keyboard.press("ArrowLeft")

    python.run("path.set('slow.txt')")
    assert python.page.locator("main").get_attribute("aria-busy") == "true"
    python.page.keyboard.type("x")
    python.site.release()

    wait_for(python, "the slow one")
    assert python.page.locator("input").input_value() == "abxc"
    assert python.page.locator("main").get_attribute("aria-busy") == "false"


def test_an_error_that_nobody_shows_is_told_once(python: PythonPage, expected: list[str]) -> None:
    expected.append("OSError: out of paper")
    with python.page.expect_console_message(lambda message: "out of paper" in message.text):
        python.run(
            """
            async def fail():
                await asyncio.sleep(0)
                raise OSError("out of paper")

            @component
            def Printer():
                resource(fail)
                return t"<main>printing</main>"

            show(Printer())
            """
        )
    python.settle()

    [told] = [error for error in python.errors if "out of paper" in error]
    assert "In: Printer" in told


def test_coming_and_going_leaves_nothing_behind(python: PythonPage) -> None:
    """L1: whatever it was doing when it went."""
    python.run(
        """
        @component
        async def Later():
            await asyncio.sleep(0.001)
            return t"<b>later</b>"

        @component
        def All():
            note = resource(lambda: fetch_text("note.txt"))
            loud = async_memo(lambda: fetch_text("fast.txt"))
            save = action(fetch_text)
            return t'''<main><{Suspense} fallback={t"<i>…</i>"} delay={0.002} min_duration={0.001}>
                <p on:click={save}>{note} {loud}</p><{Later} /></{Suspense}><{
                Transition} fallback="…">{note}</{Transition}></main>'''

        async def come_and_go(times):
            for number in range(times):
                app = mount(All())
                await asyncio.sleep((number % 7) / 1000)
                app.unmount()
            await asyncio.sleep(0.05)
        """
    )
    python.run("await come_and_go(30)")
    before = python.counts()

    python.run("await come_and_go(100)")

    after = python.counts()
    assert after["held"] == before["held"] == 0
    for what in ("proxies", "references", "nodes", "listeners"):
        assert after[what] <= before[what], (what, before, after)
    assert after["objects"] <= before["objects"] + 20, (before, after)
