"""Motion in a real browser: what leaves, what glides, and what lives on in a row that moves."""

import pytest

from .python_page import PythonPage, emptied, shared_page

STYLE = """
.out { animation: out 250ms forwards; }
.fading { transition: opacity 250ms; opacity: 0; }
@keyframes out { to { opacity: 0; } }
.forth { animation: out 250ms; }
.back { animation: out 250ms reverse forwards; }
.solid { color: green; }
@keyframes spin { to { rotate: 360deg; } }
li { height: 20px; }
.spins { animation: spin 100ms infinite; }
.forever { animation: spin 100ms infinite; }
"""
ROWS = "[...document.querySelectorAll('li')].map((n) => (n.className ? '-' : '') + n.innerText)"


@pytest.fixture(scope="module")
def shared(browser):
    for python in shared_page(browser):
        python.js(
            "(css) => document.head.append(Object.assign(document.createElement('style'),"
            " { textContent: css }))",
            STYLE,
        )
        python.session.send("Animation.enable")
        yield python


def pace(python: PythonPage, rate: float) -> None:
    """Hold the page's animations with 0, let them go on with 1: no test races with them."""
    python.session.send("Animation.setPlaybackRate", {"playbackRate": rate})


@pytest.fixture
def python(shared: PythonPage):
    pace(shared, 1)
    shared.page.emulate_media(reduced_motion="no-preference")
    yield from emptied(shared, [])


def wait(python: PythonPage, condition: str) -> None:
    python.page.wait_for_function(f"() => {condition}")


# What leaves


def test_children_leave_when_their_animation_has_ended(python: PythonPage) -> None:
    """S131"""
    python.run(
        """
        there = Signal(True)
        show(t'''<main><{AnimatedShow} when={there} show_class="in" hide_class="out">
          <p id=one><b class=spins>x</b></p></{AnimatedShow}></main>''')
        """
    )
    assert python.js("one.className") == "in"
    python.settle()

    pace(python, 0)
    python.run("there.set(False)")
    assert python.js("one.className") == "out"
    assert python.js("one.getAnimations()[0].animationName") == "out"
    pace(python, 1)
    wait(python, "!document.getElementById('one')")


def test_showing_again_stops_the_leaving(python: PythonPage) -> None:
    """S131"""
    python.run(
        """
        there = Signal(True)
        show(t'''<main><{AnimatedShow} when={there} hide_class="fading">
          <input id=one></{AnimatedShow}></main>''')
        """
    )
    python.js("window.kept = one; one.value = 'typed'; one.focus()")
    python.settle()
    pace(python, 0)

    for _ in range(3):
        python.run("there.set(False)")
        assert python.js("one.getAnimations().length") == 1
        python.settle()
        python.run("there.set(True)")
    pace(python, 1)
    python.js("Promise.allSettled(kept.getAnimations().map((one) => one.finished))")
    python.settle()

    assert python.js("document.activeElement === kept && kept.value") == "typed"
    assert python.js("kept.className") == ""


def test_one_animation_may_play_forth_and_back(python: PythonPage) -> None:
    python.run(
        """
        there = Signal(True)
        show(t"<main>{AnimatedShow(there, t'<p id=one>x</p>', 'forth', 'back')}</main>")
        """
    )
    wait(python, "!document.getAnimations().length")

    pace(python, 0)
    python.run("there.set(False)")
    python.settle()
    assert python.js("one.getAnimations()[0].effect.getTiming().direction") == "reverse"
    pace(python, 1)
    wait(python, "!document.getElementById('one')")


def test_taking_the_first_class_away_may_be_the_animation(python: PythonPage) -> None:
    python.run(
        """
        there = Signal(True)
        show(t"<main>{AnimatedShow(there, t'<p id=one>x</p>', 'solid')}</main>")
        """
    )
    python.js("one.style.cssText = 'transition: color 250ms; color: red'")
    python.js("one.style.color = ''; one.getAnimations().map((one) => one.finish())")
    python.settle()

    pace(python, 0)
    python.run("there.set(False)")
    python.settle()
    assert python.js("one.getAnimations().length") == 1
    pace(python, 1)
    wait(python, "!document.getElementById('one')")


@pytest.mark.parametrize("hide_class", ["", "forever", "nothing"])
def test_children_without_an_animation_go_at_once(python: PythonPage, hide_class: str) -> None:
    python.run(
        f"""
        there = Signal(True)
        show(t"<main>{{AnimatedShow(there, t'<p>x</p>', hide_class='{hide_class}')}}</main>")
        there.set(False)
        """
    )
    python.settle()

    assert python.js("document.querySelector('p')") is None


def test_a_delay_is_waited_for(python: PythonPage) -> None:
    python.run(
        """
        there = Signal(True)
        show(t"<main>{AnimatedShow(there, t'<p>x</p>', hide_delay=0.2)}</main>")
        """
    )
    spent = python.js(
        """async () => {
          const begin = performance.now();
          python.runPython('there.set(False)');
          while (document.querySelector('p')) await new Promise(requestAnimationFrame);
          return performance.now() - begin;
        }"""
    )

    assert spent >= 190


@pytest.mark.parametrize("delay", ["None", "60"])
def test_who_wants_no_motion_waits_for_nothing(python: PythonPage, delay: str) -> None:
    python.page.emulate_media(reduced_motion="reduce")
    python.run(
        f"""
        there = Signal(True); items = Signal([1, 2, 3])
        show(t'''<main>{{AnimatedShow(there, t"<p>x</p>", "", "out", {delay})}}
          <ul>{{For(items, children=lambda i: t"<li id=r{{i}}>{{i}}</li>", leave="out", move=9)}}</ul></main>''')
        there.set(False); items.set([3, 1])
        """
    )

    assert python.js(ROWS) == ["3", "1"]
    assert python.js("document.getAnimations().length") == 0
    assert python.js("document.querySelector('p')") is None


LIST = """
items = Signal([1, 2, 3, 4])
def row(i):
    return t"<li id=r{i} on:click={tell(str(i))}><input id=f{i}>{i}</li>"
show(t"<main><ul>{For(items, children=row, leave='out', move=0.2)}</ul></main>")
"""


def test_a_row_leaves_after_its_animation_and_cannot_be_used(python: PythonPage) -> None:
    python.run(LIST)
    python.js("f2.focus()")
    python.settle()

    pace(python, 0)
    python.run("items.set([1, 3, 4])")
    assert python.js(ROWS) == ["1", "-2", "3", "4"]
    assert python.js("r2.inert && document.activeElement === document.body")
    python.js("r2.click()")
    assert python.run("to_js(told)") == []

    pace(python, 1)
    wait(python, "!document.getElementById('r2')")
    assert python.js(ROWS) == ["1", "3", "4"]


def test_rows_glide_to_their_new_places(python: PythonPage) -> None:
    python.run(LIST)
    python.settle()
    before = python.js("[r1, r2, r3, r4].map((row) => row.getBoundingClientRect().top)")

    pace(python, 0)
    python.run("items.set([4, 1, 2, 3])")
    now = python.js("[r1, r2, r3, r4].map((row) => row.getBoundingClientRect().top)")
    assert now == pytest.approx(before, abs=1)
    assert python.js("[r1, r2, r3, r4].map((row) => row.getAnimations().length)") == [1, 1, 1, 1]

    pace(python, 1)
    wait(python, "!document.getAnimations().length")
    assert python.js("r4.getBoundingClientRect().top") == pytest.approx(before[0], abs=1)


def test_a_glide_goes_on_from_where_it_is_interrupted(python: PythonPage) -> None:
    python.run(LIST)
    python.settle()
    python.run("items.set([4, 3, 2, 1])")

    before, after = python.js(
        """() => {
          r1.getAnimations()[0].currentTime = 100;
          const before = r1.getBoundingClientRect().top;
          python.runPython('items.set([1, 4, 3, 2])');
          return [before, r1.getBoundingClientRect().top];
        }"""
    )

    assert after == pytest.approx(before, abs=1)
    assert python.js("r1.getAnimations().length") == 1


def test_rows_close_up_when_one_has_left(python: PythonPage) -> None:
    python.run(LIST)
    python.settle()
    top = python.js("r1.getBoundingClientRect().top")

    pace(python, 0)
    python.run("items.set([2, 3, 4])")
    assert python.js("r2.getAnimations().length") == 0
    python.js(
        """new MutationObserver(() => { window.glides = r2.getAnimations().length; })
          .observe(document.querySelector('ul'), { childList: true })"""
    )
    pace(python, 1)
    wait(python, "!document.getElementById('r1')")
    assert python.js("glides") == 1
    wait(python, "!document.getAnimations().length")
    assert python.js("r2.getBoundingClientRect().top") == pytest.approx(top, abs=1)


def test_what_leaves_goes_with_the_page(python: PythonPage) -> None:
    python.run(LIST)
    pace(python, 0)
    python.run("items.set([])")
    assert python.js(ROWS) == ["-1", "-2", "-3", "-4"]
    python.run("clear()")

    assert python.js("document.querySelector('main')") is None


LIVES = {
    "show": "AnimatedShow(flag, t'<p>{text}</p>', 'in', 'out')",
    "delay": "AnimatedShow(flag, t'<p on:click={tell(1)}>{text}</p>', 'in', 'out', 0.01)",
    "rows": "For(rows, children=lambda i: t'<li on:click={tell(i)}>{i}{text}</li>', leave='out', move=0.01)",
}


@pytest.mark.parametrize("name", LIVES)
def test_nothing_is_left_of_what_has_left(python: PythonPage, name: str) -> None:
    """L1"""
    python.js("python._module.enable_pyproxy_allocation_tracing?.()")
    python.run(
        f"""
        import asyncio
        text = Signal("a"); flag = Signal(True); rows = Signal([1, 2, 3])
        async def cycles(count):
            for _ in range(count):
                app = mount(t"<section>{{{LIVES[name]}}}</section>")
                flag.set(False); flag.set(True); flag.set(False); rows.set([3, 4]); rows.set([1])
                app.unmount()
                flag.set(True); rows.set([1, 2, 3])
            await asyncio.sleep(0.4)
        await cycles(50)
        """
    )
    before = python.counts()

    python.run("await cycles(200)")
    after = python.counts()

    grown = {key: after[key] - before[key] for key in before}
    assert grown.pop("objects") <= 5, grown
    assert not any(count > 0 for count in grown.values()), grown


# What moves


MEDIA = """
items = Signal([0, 1, 2])
def row(i):
    return t'''<li id=r{i}><video id=v{i} muted playsinline></video><iframe id=w{i}></iframe>
      <b id=a{i}>x</b><input id=f{i} value=text{i}><p id=e{i} contenteditable>edit{i}</p>
      <div id=s{i} style="height:20px;overflow:auto"><p style="height:200px">x</p></div></li>'''
show(t"<main><ul>{For(items, children=row)}</ul></main>")
"""
PLAY = """async () => {
  const canvas = document.createElement('canvas');
  const brush = canvas.getContext('2d');
  window.drawing = setInterval(() => brush.fillRect(Math.random() * 99, 0, 9, 9), 20);
  window.seen = [];
  for (const i of [0, 1, 2]) {
    const video = document.getElementById('v' + i);
    video.srcObject = canvas.captureStream(30);
    await video.play();
    for (const name of ['pause', 'emptied', 'abort']) {
      video.addEventListener(name, () => seen.push(name + i));
    }
    document.getElementById('w' + i).contentWindow.mark = i;
    document.getElementById('s' + i).scrollTop = 30 + i;
    document.getElementById('a' + i).animate({ rotate: ['0deg', '1turn'] }, 1e6).currentTime = 1e4;
  }
}"""


@pytest.fixture
def without_move_before(python: PythonPage):
    python.js(
        "window.moveBefore_ = Element.prototype.moveBefore; delete Element.prototype.moveBefore"
    )
    assert python.js("document.body.moveBefore") is None
    yield
    python.js("Element.prototype.moveBefore = moveBefore_; true")


def test_everything_lives_on_in_rows_that_move(python: PythonPage) -> None:
    """S145"""
    python.run(MEDIA)
    python.js(PLAY)

    for order in ([2, 1, 0], [1, 2, 0], [0, 1, 2], [2, 0, 1]):
        python.run(f"items.set({order})")
    python.settle()

    assert python.js("seen") == []
    assert python.js("[v0, v1, v2].map((video) => video.paused)") == [False] * 3
    assert python.js("[w0, w1, w2].map((frame) => frame.contentWindow.mark)") == [0, 1, 2]
    assert python.js("[s0, s1, s2].map((box) => box.scrollTop)") == [30, 31, 32]
    times = python.js("[a0, a1, a2].map((node) => node.getAnimations()[0].currentTime)")
    assert all(time >= 1e4 for time in times)
    python.js("clearInterval(drawing)")


FOCUS = """(id) => {
  document.getElementById(id).focus();
  if (id[0] === 'f') document.getElementById(id).setSelectionRange(1, 3, 'backward');
  else getSelection().setBaseAndExtent(
    document.getElementById(id).firstChild, 3, document.getElementById(id).firstChild, 1);
  window.blurs = 0;
  document.getElementById(id).addEventListener('blur', () => blurs++);
}"""
FOCUSED = """(id) => {
  const node = document.activeElement;
  const { anchorOffset, focusOffset, anchorNode } = getSelection();
  return [node.id, id[0] === 'f'
    ? [node.selectionStart, node.selectionEnd, node.selectionDirection]
    : [focusOffset, anchorOffset, anchorNode?.parentNode?.id === id ? 'backward' : 'lost']];
}"""


def move_focused(python: PythonPage, field: str) -> list[object]:
    python.run(MEDIA)
    python.js(FOCUS, field)
    seen = []
    for order in ([2, 1, 0], [1, 2, 0], [0, 1, 2], [1, 0, 2]):
        python.run(f"items.set({order})")
        seen.append(python.js(FOCUSED, field))
    return seen


@pytest.mark.parametrize("field", ["f1", "e1"])
def test_focus_and_selection_stay_in_rows_that_move(python: PythonPage, field: str) -> None:
    """S145"""
    assert move_focused(python, field) == [[field, [1, 3, "backward"]]] * 4
    assert python.js("blurs") == 0


@pytest.mark.parametrize("field", ["f1", "e1"])
@pytest.mark.usefixtures("without_move_before")
def test_focus_and_selection_come_back_where_a_browser_cannot_move(
    python: PythonPage, field: str
) -> None:
    """S145"""
    assert move_focused(python, field) == [[field, [1, 3, "backward"]]] * 4
