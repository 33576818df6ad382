"""A saved module takes the place of the old one in a page that lives on."""

import asyncio
import gc
import linecache
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from gossamer.swap.swapping import Swapper
from gossamer.testing.nodes import Element
from gossamer.testing.page import FakePage

pytestmark = pytest.mark.cpython("writes modules into a folder, and imports them")

COUNTER = """
from gossamer import component, mount, signal


@component
def Counter(start: int = 0):
    count, set_count = signal(start)
    return t"<button on:click={(lambda: set_count.update(lambda n: n + 1))}>{count}</button>"


@component
def App():
    return t"<h1>One</h1><{Counter} /><{Counter} start={5} />"


mount(App())
"""


class World:
    """A page with one script, and the modules that it imports, in a folder."""

    def __init__(self, page: FakePage, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.main = ModuleType("__main__")
        self.told: list[dict[str, Any]] = []
        self.swapper = Swapper(self._execute, self.told.append, self.main)
        self.sources: dict[str, str] = {}

    async def _execute(self, source: str, name: str, _waits: object, _target: object) -> str | None:
        lines = source.splitlines(keepends=True)
        linecache.cache[name] = (len(source), None, lines, name)
        try:
            exec(compile(source, name, "exec"), self.main.__dict__)
        except Exception as error:
            self.swapper.take(error)
            return "told"
        return None

    def start(self, source: str, name: str = "app.py", **modules: str) -> str:
        """Run a script for the first time; what it shows."""
        for module, text in modules.items():
            self.write(module, text)
        self.sources[name] = source
        asyncio.run(self.swapper.run(source, name))
        return self.shown

    def write(self, module: str, text: str) -> None:
        self.sources[f"{module}.py"] = text
        (self.folder / f"{module}.py").write_text(text)

    def save(self, name: str = "app.py", source: str | None = None, **replaced: str) -> Any:
        """Change words of a file, and swap it."""
        text = source if source is not None else self.sources[name]
        for old, new in replaced.items():
            assert old in text
            text = text.replace(old, new)
        self.sources[name] = text
        script = name if name in self.swapper.scripts else None
        places = [] if script else [name]
        change = {"source": text, "places": places, "script": script}
        return asyncio.run(self.swapper.swap([change]))

    @property
    def shown(self) -> str:
        return self.page.body.inner_html()

    def press(self, index: int = 0) -> None:
        self.page.fire(self.buttons[index], "click")

    @property
    def buttons(self) -> list[Element]:
        return [each for each in self.page.elements() if each.name == "button"]

    @property
    def counts(self) -> list[str]:
        return [each.text() for each in self.buttons]


@pytest.fixture
def world(page: FakePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(linecache, "cache", {})  # other tests have files of these names
    world = World(page, tmp_path)
    world.swapper.begin()
    yield world
    world.swapper.exchanges.undo()
    for script in world.swapper.scripts.values():
        for mounted, *_ in script.mounted:
            mounted.unmount()
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None)).startswith(str(tmp_path)):
            del sys.modules[name]


def test_a_new_text_is_shown_and_the_signals_keep_what_they_hold(world: World) -> None:
    world.start(COUNTER)
    world.press(0)
    world.press(1)
    world.press(1)

    result = world.save(One="Two")

    assert result == {"swapped": ["app.py"], "kept": 2}
    assert "<h1>Two</h1>" in world.shown
    assert world.counts == ["1", "7"]
    world.press(0)
    assert world.counts == ["2", "7"]


def test_a_signal_whose_source_has_changed_begins_anew(world: World) -> None:
    world.start(COUNTER)
    world.press(0)

    result = world.save(**{"signal(start)": "signal(start + 10)"})

    assert result["kept"] == 0
    assert world.counts == ["10", "15"]


def test_signals_are_found_again_after_lines_and_components_were_added(world: World) -> None:
    world.start(COUNTER)
    world.press(1)

    world.save(
        **{
            "    count, set": "    # a comment\n    other = signal(9)\n    count, set",
            "def App():": "def Note():\n    return t'<p>{signal(1)[0]}</p>'\n\n\n@component\ndef App():",
            "<{Counter} />": "<{Note} /><{Counter} />",
        }
    )

    assert world.counts == ["0", "6"]
    assert "<p>1</p>" in world.shown


def test_state_of_rows_follows_their_keys(world: World) -> None:
    world.start(
        COUNTER.replace("component, mount", "For, component, mount").replace(
            '    return t"<h1>One</h1><{Counter} /><{Counter} start={5} />"',
            "    names, set_names = signal(['a', 'b', 'c'])\n"
            "    turn = lambda: set_names(['c', 'a'])\n"
            "    row = lambda name: t'<p>One {name} <{Counter} /></p>'\n"
            "    return t'<{For} each={names}>{row}</{For}><i on:click={turn}>turn</i>'",
        )
    )
    world.press(0)
    world.press(2)
    world.press(2)
    world.page.fire(next(each for each in world.page.elements() if each.name == "i"), "click")
    assert world.counts == ["2", "1"]

    world.save(One="Two")

    assert world.counts == ["2", "1"]
    assert "Two c" in world.shown


def test_a_module_is_swapped_with_those_that_import_it(world: World) -> None:
    world.start(
        "from gossamer import component, mount\nfrom cards import Card\n"
        "import state\n@component\ndef App():\n    return Card()\nmount(App())\n",
        state="from gossamer import signal\nloads = []\ncount, set_count = signal(0)\n",
        words="WORD = 'One'\n",
        cards="from gossamer import component\nfrom words import WORD\nfrom state import *\n"
        "@component\ndef Card():\n"
        "    return t'<button on:click={(lambda: set_count(count() + 1))}>{WORD} {count}</button>'\n",
    )
    state = sys.modules["state"]
    world.press()

    result = world.save("words.py", One="Two")

    assert result["swapped"] == ["words", "cards", "app.py"]
    assert sys.modules["state"] is state
    assert world.counts == ["Two 1"]
    assert (
        world.save(
            "state.py", source="from gossamer import signal\ncount, set_count = signal(0)\n"
        )["kept"]
        == 1
    )
    assert world.counts == ["Two 1"]


def test_a_store_and_objects_of_classes_that_are_made_anew_are_kept(world: World) -> None:
    world.start(
        "from dataclasses import dataclass\nfrom enum import Enum\n"
        "from gossamer import component, mount, signal, store\n"
        "@dataclass\nclass Task:\n    name: str\n    def shown(self): return f'One {self.name}'\n"
        "class Look(Enum):\n    ALL = 1\n    SOME = 2\n"
        "state = store({'done': [1]})\n"
        "@component\ndef App():\n"
        "    tasks, set_tasks = signal([Task('a')])\n    look, set_look = signal(Look.ALL)\n"
        "    def add():\n        set_tasks([*tasks(), Task('b')])\n        set_look(Look.SOME)\n"
        "        state.done.append(2)\n"
        "    words = lambda: [task.shown() for task in tasks()]\n"
        "    is_some = lambda: look() is Look.SOME and isinstance(tasks()[1], Task)\n"
        "    return t'<button on:click={add}>{words!s} {is_some!s} {state.done!s}</button>'\n"
        "mount(App())\n"
    )
    world.press()

    world.save(
        **{
            "f'One {self.name}'": "f'{self.name} {self.size} {len(self.notes)}'",
            "    name: str\n": "    name: str\n    size: int = 3\n"
            "    notes: list = field(default_factory=list)\n",
            "import dataclass\n": "import dataclass, field\n",
        }
    )

    assert world.counts == ["['a 3 0', 'b 3 0'] True [1, 2]"]


def test_a_syntax_error_is_told_and_the_page_stays(world: World) -> None:
    world.start(COUNTER)
    world.press()

    fault = world.save(**{"def App():": "def App(:"})["fault"]

    assert (fault["kind"], fault["file"], fault["line"]) == ("SyntaxError", "app.py", 12)
    assert [12, "def App(:"] in fault["source"]
    assert world.counts == ["1", "5"]
    assert world.save(**{"def App(:": "def App():"})["swapped"] == ["app.py"]
    assert world.counts == ["1", "5"]


def test_what_stood_there_comes_back_when_a_module_fails(world: World) -> None:
    world.start(COUNTER)
    world.press()

    fault = world.save(**{"mount(App())": "mount(Ap())"})["fault"]

    assert (fault["kind"], fault["line"]) == ("NameError", 16)
    assert fault["fix"] == "Did you mean: 'App'?"
    assert world.counts == ["1", "5"]
    world.press()
    assert world.save(**{"mount(Ap())": "mount(App())", "One": "Two"})["kept"] == 2
    assert world.counts == ["2", "5"]
    assert world.shown.count("<h1>") == 1


def test_an_error_in_a_component_is_told_with_its_path(world: World) -> None:
    world.start(COUNTER)

    result = world.save(**{"    count, set": "    count.nothing\n    count, set"})

    assert result["swapped"] == ["app.py"]
    assert world.told[-1]["path"] == "App > Counter"
    assert world.told[-1]["line"] == 7
    assert world.told[-1]["column"] == 5
    world.page.reports.clear()


def test_what_a_failed_component_held_is_there_when_it_is_mended(world: World) -> None:
    world.start(COUNTER)
    world.press(1)
    world.save(**{'    return t"<button': '    count.nothing\n    return t"<button'})
    assert world.counts == []
    world.page.reports.clear()

    world.save(**{"    count.nothing\n": ""})

    assert world.counts == ["0", "6"]


def test_a_wrong_template_is_told_at_its_place(world: World) -> None:
    world.start(COUNTER)

    world.save(**{"<h1>One</h1>": "<h1>One"})

    fault = world.told[-1]
    assert fault["kind"] == "TemplateSyntaxError"
    assert (fault["file"], fault["line"], fault["column"]) == ("app.py", 13, 14)
    assert fault["fix"] == "Add </h1>."
    world.page.reports.clear()


def test_a_new_module_mends_an_import(world: World) -> None:
    world.start("from gossamer import mount\nimport later\nmount(later.VIEW)\n")
    assert world.told[-1]["what"] == "No module named 'later'"

    result = world.save("later.py", source="VIEW = t'<p>here</p>'\n")

    assert result["swapped"] == ["app.py"]
    assert world.shown == "<p>here</p>"


def test_what_a_module_owns_beside_its_views_ends(world: World) -> None:
    world.start(
        "from gossamer import effect, mount, signal\nimport state\n"
        "@effect\ndef follow():\n    state.seen.append(('One', state.count()))\n",
        state="from gossamer import Signal\nseen = []\ncount = Signal(1)\n",
    )

    world.save(One="Two")
    sys.modules["state"].count.set(2)

    assert sys.modules["state"].seen == [("One", 1), ("Two", 1), ("Two", 2)]


def test_a_custom_element_asks_for_a_new_page(world: World) -> None:
    world.start(
        COUNTER.replace("mount(App())", "from gossamer import define_element\nx = define_element")
    )

    assert "reload" in world.save(One="Two")


def test_a_file_that_nothing_runs_changes_nothing(world: World) -> None:
    world.start(COUNTER)
    world.press()

    assert world.save("unused.py", source="x = 1\n") == {"swapped": [], "kept": 0}
    assert world.counts == ["1", "5"]


def test_only_the_scripts_above_a_module_run_again(world: World) -> None:
    world.start(COUNTER.replace("One", "First"), "first.py")
    world.start(
        COUNTER.replace("One", "{words.WORD}").replace("from goss", "import words\nfrom goss"),
        "second.py",
        words="WORD = 'One'\n",
    )
    world.press(0)
    world.press(2)
    first = world.buttons[0]

    result = world.save("words.py", One="Two")

    assert result["swapped"] == ["words", "second.py"]
    assert world.buttons[0] is first
    assert world.counts == ["1", "5", "1", "5"]
    world.save("first.py", First="Last")
    assert "<h1>Last</h1>" in world.shown
    assert sorted(world.counts) == ["1", "1", "5", "5"]


def test_a_package_keeps_its_modules(world: World) -> None:
    (world.folder / "parts").mkdir()
    world.start(
        "from gossamer import mount\nimport parts.rows\nmount(lambda: parts.rows.TEXT)\n",
        **{
            "parts/__init__": "from . import words\n",
            "parts/rows": "from . import words\nTEXT = words.WORD\n",
        },
        **{"parts/words": "WORD = 'One'\n"},
    )

    result = world.save("parts/words.py", One="Two")

    assert result["swapped"] == ["parts.words", "parts", "parts.rows", "app.py"]
    assert world.shown == "Two"
    assert (
        world.save("parts/__init__.py", source="from . import words\n# more\n")["swapped"][0]
        == "parts"
    )
    assert world.shown == "Two"


def test_a_name_that_is_gone_is_missed(world: World) -> None:
    world.start(
        "from gossamer import mount\nfrom words import WORD\nmount(WORD)\n", words="WORD = 'One'\n"
    )

    fault = world.save("words.py", WORD="TERM")["fault"]

    assert fault["kind"] == "ImportError"
    assert world.shown == "One"


def test_a_task_of_the_old_code_is_cancelled(world: World) -> None:
    source = (
        "import asyncio\nfrom gossamer import mount\nimport ticks\n"
        "async def tick():\n    while True:\n        ticks.SEEN.append('One')\n"
        "        await asyncio.sleep(0)\n"
        "task = asyncio.ensure_future(tick())\n"
    )
    world.write("ticks", "SEEN = []\n")

    async def live() -> None:
        await world.swapper.run(source, "app.py")
        await asyncio.sleep(0.01)
        old = world.main.__dict__["task"]
        new = source.replace("One", "Two")
        await world.swapper.swap([{"source": new, "places": [], "script": "app.py"}])
        await asyncio.sleep(0.01)
        assert old.cancelled()
        seen = sys.modules["ticks"].SEEN
        assert set(seen) == {"One", "Two"}
        assert "One" not in seen[seen.index("Two") :]
        world.main.__dict__["task"].cancel()

    asyncio.run(live())


def test_what_the_app_has_taken_away_does_not_come_back(world: World) -> None:
    world.start(COUNTER.replace("mount(App())", "mount(t'<p>gone</p>').unmount()\nmount(App())"))
    world.press()

    world.save(**{"mount(App())": "mount(Ap())"})

    assert "gone" not in world.shown
    assert world.counts == ["1", "5"]


def test_nothing_of_the_old_page_is_left_behind(world: World) -> None:
    world.start(COUNTER)
    world.press()
    nodes = len(world.page.nodes)
    reference = weakref.ref(world.main.__dict__["Counter"].function)

    for number in range(5):
        world.save(source=COUNTER.replace("One", f"Number {number}"))
    gc.collect()

    assert len(world.page.nodes) == nodes
    assert reference() is None
    assert world.counts == ["1", "5"]


def test_signals_of_a_module_that_is_swapped_are_kept_and_plain_values_are_not(
    world: World,
) -> None:
    world.start(
        "from gossamer import mount\nimport state\nmount(state.count)\n",
        state="from gossamer import Signal\ncount = Signal(1)\nPLAIN = []\n",
    )
    state = sys.modules["state"]
    state.count.set(7)
    state.PLAIN.append(1)

    world.save("state.py", PLAIN="OTHER")

    assert (state.count(), state.OTHER) == (7, [])
    assert not hasattr(state, "PLAIN")
    assert world.shown == "7"


def test_a_script_that_prints_into_the_page_asks_for_a_new_one(world: World) -> None:
    asyncio.run(world.swapper.run("x = 'One'", "app.py", None, "#out"))
    world.sources["app.py"] = "x = 'One'"

    assert "reload" in world.save(One="Two")
