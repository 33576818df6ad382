"""What must not end a page: errors anywhere, values and views of any depth, many comings and goings."""

import pytest

from .python_page import PythonPage, shared_page

HELPERS = """
import asyncio

from gossamer import *
from gossamer.reactive import *

def nest(wrap, depth=500, inner=1):
    for _ in range(depth):
        inner = wrap(inner)
    return inner

def deep():
    return nest(lambda inner: [inner], 1_500)

def deep_dict():
    return nest(lambda inner: {"a": inner}, 1_500)

class Holds:
    def __init__(self, inner):
        self.inner = inner
    def __eq__(self, other):
        return self.inner == other.inner
    def __repr__(self):
        return f"Holds({self.inner!r})"

def objects():
    return nest(Holds, 1_000)

@component
def Endless():
    return t"<i><{Endless} /></i>"

def name_of(view):
    try:
        show(view)
    except Exception as error:
        return type(error).__name__

alive = Signal(0)
show(t"<button id=alive on:click={(lambda: alive.set(alive() + 1))}>{alive}</button>")
standing = apps.pop()
None
"""


@pytest.fixture(scope="module")
def shared(browser):
    for python in shared_page(browser):
        python.run(HELPERS)
        yield python
        python.run("standing.unmount()")


@pytest.fixture
def python(shared: PythonPage, expected: list[str]):
    yield shared
    shared.run("import gc; clear(); gc.collect()")
    before = int(shared.js("document.getElementById('alive').textContent"))
    shared.page.click("#alive")
    assert shared.js("document.getElementById('alive').textContent") == f"{before + 1}"
    shared.errors.clear()


WAYS = {
    "a nested list as a view": ("name_of(deep())", "DepthError"),
    "a nested dict as a view": ("name_of(t'<main>{deep_dict()}</main>')", "ViewError"),
    "nested objects as a view": ("name_of(t'<main>{objects()}</main>')", "ViewError"),
    "a nested dict as an attribute": ("name_of(t'<main title={deep_dict()}></main>')", "ViewError"),
    "a nested list as a class": ("name_of(t'<main class={deep()}></main>')", None),
    "a nested dict as a style": ("name_of(t'<main style={deep_dict()}></main>')", "ViewError"),
    "a nested list as a property": ("name_of(t'<x-deep prop:data={deep()}></x-deep>')", None),
    "a nested list in a field": ("name_of(t'<input bind:value={Signal(deep())}>')", None),
    "a nested list as text": ("name_of(t'<main>{deep()!r}</main>')", "ViewError"),
    "a nested key of a context": (
        "name_of(lambda: expect_context(objects()))",
        None,
    ),
    "nested templates": ("name_of(nest(lambda inner: t'<i>{inner}</i>'))", None),
    "nested elements": ("name_of(nest(lambda inner: p(inner)))", "NestingError"),
    "nested callables": ("name_of(nest(lambda inner: lambda: inner))", None),
    "nested conditions": (
        "name_of(nest(lambda inner: Show(when=True, children=inner)))",
        None,
    ),
    "nested rows": (
        "name_of(nest(lambda inner: For([1], children=lambda _: inner)))",
        "DepthError",
    ),
    "nested components": ("name_of(Endless())", "DepthError"),
    "a signal that is shown": ("repr(Signal(objects()))", "Signal(<Holds object>)"),
    "a store that is shown": ("repr(store(deep_dict()))[:16]", "store({'a': {'a'"),
    "a memo that compares": (
        """
        turn = Signal(0)
        kinds = [deep, deep_dict, objects]
        made = memo(lambda: kinds[turn() // 2]())
        runs = []
        watcher = effect(lambda: runs.append(made()))
        flush()
        for n in range(1, 6):
            turn.set(n)
            flush()
        watcher.dispose()
        len(runs)
        """,
        6,
    ),
    "rows that compare": (
        """
        items = Signal([(1, deep()), (2, objects())])
        show(t"<ul>{For(items, key=lambda row: row[0], children=lambda row: t'<li>{row[0]}</li>')}</ul>")
        items.set([(1, deep()), (2, objects()), (3, deep_dict())])
        flush()
        items.set([(3, deep_dict()), (2, objects()), (1, deep())])
        flush()
        js.document.querySelector("ul").textContent
        """,
        "321",
    ),
    "a store to its end": (
        """
        state = place = store(deep_dict())
        for _ in range(1_499):
            place = place["a"]
        place["a"].set(2)
        value = place["a"].peek()
        del place, state
        value
        """,
        2,
    ),
    "memos of memos": (
        """
        source = Signal(0)
        chain = [source]
        for _ in range(3_000):
            chain.append(memo(lambda below=chain[-1]: below() + 1))
        first = chain[-1]()
        source.set(1)
        [first, chain[-1]()]
        """,
        [3_000, 3_001],
    ),
    "owners in owners": (
        """
        top = owner = Owner(None)
        for _ in range(20_000):
            owner = Owner(owner)
        gone = []
        owner.on_cleanup(lambda: gone.append(1))
        top.dispose()
        gone
        """,
        [1],
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_depth_is_no_end(python: PythonPage, way: str) -> None:
    """E2"""
    code, outcome = WAYS[way]

    assert python.run(code) == outcome


HANDLED = {
    "an error that holds much": ("raise ValueError(deep(), objects())", "ValueError: [[[["),
    "an error without an end": ("endless()", "RecursionError"),
    "an error with causes": ("causes(600)", "KeyError: [[[["),
    "events that cause themselves": ("again()", "Maximum call stack size exceeded"),
}


@pytest.mark.parametrize("way", HANDLED)
def test_depth_in_a_handler_is_no_end(python: PythonPage, way: str) -> None:
    """E2"""
    code, said = HANDLED[way]
    python.run(
        f"""
        def endless():
            return endless()
        def causes(n):
            try:
                raise ValueError(n)
            except ValueError as error:
                if n:
                    causes(n - 1)
                raise KeyError(deep()) from error
        def again():
            js.document.getElementById("way").dispatchEvent(js.Event.new("deep"))
        def handle(event):
            {code}
        show(t"<b id=way on:click={{handle}} on:deep={{handle}}>x</b>")
        """
    )

    python.page.click("#way")
    python.settle()

    assert len(python.errors) == 1
    assert said in python.errors[0]
    assert len(python.errors[0]) < 5_000


SITES = {
    "component": ("begin", "fail(); return t'<p>x</p>'"),
    "component without a call": ("begin", "return lambda: fail()"),
    "child": ("set", "return t'<p>{(lambda: fail())}</p>'"),
    "attribute": ("set", "return t'<p title={(lambda: fail())}>x</p>'"),
    "property": ("set", "return t'<p prop:hidden={(lambda: fail())}>x</p>'"),
    "class": ("set", "return t'<p class={({1: lambda: fail()})}>x</p>'"),
    "style": ("set", "return t'<p style:color={(lambda: fail())}>x</p>'"),
    "markup": ("set", "return t'<p inner_html={(lambda: fail())}></p>'"),
    "spread": ("set", "return t'<p {({'title': lambda: fail()})}>x</p>'"),
    "view that is not one": ("set", "return lambda: object() if bad() else 'x'"),
    "memo": ("set", "m = memo(lambda: fail()); return t'<p title={m}>{m}</p>'"),
    "effect": ("set", "effect(lambda: fail()); return t'<p>x</p>'"),
    "render effect": ("set", "render_effect(lambda: fail()); return t'<p>x</p>'"),
    "watch": ("set", "watch(bad, lambda *_: fail()); return t'<p>x</p>'"),
    "cleanup": ("set", "return lambda: 'x' if bad() else Leaving()"),
    "handler": ("click", "return t'<button id=go on:click={(lambda: fail())}>x</button>'"),
    "handler of its own": (
        "click",
        "return t'<button id=go on:click.once={(lambda: fail())}>x</button>'",
    ),
    "handler that waits": ("click", "return t'<button id=go on:click={later}>x</button>'"),
    "binding": ("type", "return t'<input id=go bind:value={broken}>'"),
    "reference": ("begin", "return t'<p ref={(lambda e: fail())}>x</p>'"),
    "directive": ("begin", "return t'<p use:it={(lambda e, _: fail(), 1)}>x</p>'"),
    "each": ("set", "return For(lambda: [fail()], children=lambda i: t'<p>{i}</p>')"),
    "key": (
        "set",
        "return For(lambda: [bad()], key=lambda i: fail(), children=lambda i: t'<p>{i}</p>')",
    ),
    "row": ("set", "return For(lambda: [bad()], children=lambda i: t'<p>{fail()}</p>')"),
    "condition": ("set", "return Show(when=lambda: not fail(), children='x')"),
    "case": (
        "set",
        "return Switch(children=[Match(when=lambda: fail(), children='x')], fallback='y')",
    ),
    "animated condition": (
        "set",
        "return AnimatedShow(when=lambda: not fail(), children=t'<p>x</p>', hide_class='a')",
    ),
    "slot of a portal": ("set", "return Portal(children=lambda: t'<p>{fail()}</p>')"),
    "target of a portal": (
        "begin",
        "return Portal(mount='#nowhere', children='x') if bad() else 'x'",
    ),
    "context": ("begin", "return expect_context('oh') if bad() else 'x'"),
    "fallback of a boundary": (
        "set",
        "return ErrorBoundary(fallback=lambda e: 1 / 0 and fail(), children=lambda: fail())",
    ),
    "call_later": ("set", "effect(lambda: bad() and loop.call_later(0, fail)); return t'<p>x</p>'"),
    "call_soon": (
        "click",
        "return t'<button id=go on:click={(lambda: loop.call_soon(fail))}>x</button>'",
    ),
    "task": ("set", "effect(lambda: bad() and spawn(later())); return t'<p>x</p>'"),
    "store": (
        "set",
        "s = store({'a': 1}); effect(lambda: bad() and s['oh']()); return t'<p>x</p>'",
    ),
}
"""Each place where code of the user's runs: what makes it fail, and a component with it."""


@pytest.mark.parametrize("site", SITES)
def test_an_error_is_told_once_and_its_neighbours_live_on(python: PythonPage, site: str) -> None:
    """E1: at each place, with a boundary and without one."""
    way, body = SITES[site]
    warnings: list[str] = []
    heed = lambda message: message.type == "warning" and warnings.append(message.text)  # noqa: E731 - to take it off again
    python.page.on("console", heed)
    python.run(
        f"""
        bad = Signal(False)
        count = Signal(1)
        value = Signal("")
        loop = asyncio.get_event_loop()
        def fail(*_):
            if bad():
                raise ValueError("oh")
            return False
        async def later(*_):
            await asyncio.sleep(0)
            fail()
        broken = lens(value, lambda text: text, lambda _old, _new: fail())
        @component
        def Leaving():
            on_cleanup(fail)
            return t"<p>x</p>"
        @component
        def Site():
            {body}
        def sorry(error, reset):
            def again():
                bad.set(False)
                reset()
            return t"<i on:click={{again}}>{{error!s}}</i>"
        None
        """
    )
    guarded = "ErrorBoundary(fallback=sorry, children=Site())"

    for view in ("Site()", guarded):
        warnings.clear()
        python.errors.clear()
        python.run(
            f"""
            bad.set({way == "begin"})
            count.set(1)
            show(t"<main>{{{view}}}</main><b>{{count}}</b>")
            None
            """
        )
        python.settle()
        if way != "begin":
            assert python.errors == warnings == []
            python.run("bad.set(True)")
        if way == "click":
            python.page.click("#go")
        elif way == "type":
            python.page.fill("#go", "x")
        python.settle()
        python.run("count.set(2)")
        python.settle()

        told = warnings if view == guarded else python.errors
        if site == "fallback of a boundary":
            assert "ValueError: oh" in warnings.pop(0)
        assert len(told) == 1, (python.errors, warnings)
        assert len(python.errors) + len(warnings) == 1, (python.errors, warnings)
        assert "In: " in told[0]
        assert "Site" in told[0]
        assert python.js("document.querySelector('b').textContent") == "2"
        if view == guarded:
            assert python.js("document.querySelectorAll('main i').length") == 1
            python.page.click("main i")
            python.settle()
            assert python.js("document.querySelectorAll('main i').length") == 0
            assert len(told) == 1
        python.run("clear()")
    python.errors.clear()
    python.page.remove_listener("console", heed)


LIVES = {
    "template": "t'<p class={text} title=\"a {text}\" style:color={text}>{text}</p>'",
    "builder": "p(text, class_=text, on_click=tell('x'))",
    "builder of any length": "ul(*(li(n) for n in range(next(turns) % 9)))",
    "component": "Card(text)",
    "events": "t'<p on:click={tell(1)} on:focus={tell(2)} on:scroll.passive={tell(3)}>x</p>'",
    "reference": "t'<p ref={NodeRef()} use:it={(lambda e, a: e.id, 1)}>x</p><b ref={(lambda e: told.append(e.id))}></b>'",
    "spread": "t'<p {attributes}>x</p>'",
    "property": "t'<p prop:data={text}></p>'",
    "markup": "t'<p inner_html={text}></p>'",
    "classes": 't\'<p class={[text, {"on": flag}]} style={({"color": text})}>x</p>\'',
    "text": "t'<input bind:value={text}><textarea bind:value={text}></textarea>'",
    "number": "t'<input type=number bind:value={number}><input type=range bind:value={number}>'",
    "date": "t'<input type=date bind:value={day}>'",
    "checkbox": "t'<input type=checkbox bind:checked={flag}>'",
    "group": "t'<input type=checkbox value=a bind:group={listed}><input type=radio value=b bind:group={text}>'",
    "select": "t'<select bind:value={text}><option>a</option><option>b</option></select>'",
    "multiple select": "t'<select multiple bind:value={listed}><option>a</option></select>'",
    "file": "t'<input type=file bind:value={files}>'",
    "editable": "t'<p contenteditable bind:text={text}></p>'",
    "details": "t'<details bind:open={flag}></details><dialog bind:open={flag}></dialog>'",
    "list": "[t'<p>{text}</p>', (t'<b>{i}</b>' for i in range(3))]",
    "for": "For(rows, key=lambda i: i, children=lambda i, n: t'<p on:click={tell(i)}>{n}{text}</p>')",
    "leaving rows": "For(rows, key=lambda i: i, children=lambda i: t'<p>{i}</p>', leave='gone', move=0.01)",
    "store": "For(state['rows'], key=lambda row: row['id'], children=lambda row: t'<p>{row.name}</p>')",
    "show": "Show(when=flag, children=t'<p>{text}</p>', fallback='no')",
    "animated show": "AnimatedShow(when=flag, children=t'<p>{text}</p>', show_class='a', hide_class='b', hide_delay=0)",
    "switch": "Switch(children=[Match(when=flag, children=t'<p>{text}</p>')], fallback='no')",
    "boundary": "ErrorBoundary(fallback=lambda e, reset: [resets.append(reset), t'<p>{e!s}</p>'][1], children=Broken())",
    "portal": "Portal(children=t'<p on:click={tell(1)}>{text}</p>')",
    "portal into a shadow": "Portal(children=t'<p on:click={tell(1)}>{text}</p>', mount='#shade', use_shadow=True)",
    "provider": "Provider(value=text, children=t'<p>{text}</p>')",
    "live": "(lambda: t'<p>{text()}</p>' if flag() else [text()])",
    "custom element": "t'<x-own prop:data={({\"call\": tell(1)})} on:odd={tell(2)}></x-own>'",
    "element of ours": "t'<x-lives name={text}></x-lives>'",
    "drawing": "t'<svg><circle r={number} class={text} /></svg>'",
    "effects": "Busy()",
}


@pytest.fixture
def lives(python: PythonPage) -> PythonPage:
    makes = ", ".join(f"{name!r}: lambda: {code}" for name, code in LIVES.items())
    python.js("""() => {
      python._module.enable_pyproxy_allocation_tracing?.();
      customElements.define('x-own', class extends HTMLElement {});
      document.body.insertAdjacentHTML('beforeend', '<div id=shade></div>');
    }""")
    python.run(
        f"""
        import datetime, itertools
        from gossamer.elements import li, p, ul
        text = Signal("a"); flag = Signal(True); rows = Signal([1, 2, 3]); number = Signal(1)
        listed = Signal(["a"]); day = Signal(datetime.date(2026, 1, 1)); files = Signal(None)
        state = store({{"rows": [{{"id": 1, "name": "a"}}, {{"id": 2, "name": "b"}}]}}, keys={{"rows": "id"}})
        attributes = {{"title": "x", "on:click": tell("x"), "class": text}}
        turns = itertools.count()
        resets = []
        @component
        def Card(value):
            effect(lambda: value()); on_cleanup(tell("gone"))
            return t"<p>{{value}}</p>"
        @component
        def Broken():
            raise ValueError("oh")
        @component
        def Lives(name="x"):
            return t"<p on:click={{tell(1)}}>{{name}}</p>"
        @component
        def Busy():
            double = memo(lambda: number() * 2)
            is_one = selector(number)
            watch(double, lambda *_: None)
            async def wait():
                await asyncio.sleep(3600)
            effect(lambda: spawn(wait()))
            loop.call_soon(lambda: None)
            return t"<p class={{({{'one': lambda: is_one(1)}})}}>{{double}}</p>"
        loop = asyncio.get_event_loop()
        define_element("x-lives", Lives)
        makes = {{{makes}}}
        def cycle(make):
            app = mount(t"<section>{{make()}}</section>")
            flag.set(False); text.set("b"); rows.set([3, 4]); flush()
            if resets:
                resets.pop()()
            state["rows"].set([{{"id": 2, "name": "c"}}])
            flag.set(True); number.set(2); flush()
            resets.clear()
            app.unmount()
            flag.set(True); text.set("a"); rows.set([1, 2, 3]); number.set(1)
            state["rows"].set([{{"id": 1, "name": "a"}}, {{"id": 2, "name": "b"}}])
            flush()
            told.clear()
        async def live(name, times):
            for n in range(times):
                cycle(makes[name])
                if n % 50 == 49:
                    await asyncio.sleep(0.02)
        """
    )
    return python


def test_500_comings_and_goings_leave_nothing(lives: PythonPage) -> None:
    """L1, appendix C: no proxy, reference, node or listener more than before."""

    def grown(names: list[str], times: int) -> dict[str, int]:
        before = lives.counts()
        for name in names:
            lives.run(f"await live({name!r}, {times})")
        after = lives.counts()
        more = {key: after[key] - before[key] for key in before if after[key] > before[key]}
        return {key: count for key, count in more.items() if key != "objects" or count > 100}

    names = list(LIVES)
    grown(names, 50)

    left = grown(names, 500)
    culprits = {name: grown([name], 100) for name in names} if left else {}

    assert left == {}, culprits
