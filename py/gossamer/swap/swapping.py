"""The swap itself: modules run again, views leave and come back."""

import ast
import asyncio
import importlib
import linecache
import sys
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from pathlib import Path
from types import ModuleType
from typing import Any

from gossamer.dom import mount as mounting
from gossamer.dom.bridge import script_target
from gossamer.dom.report import report_error
from gossamer.reactive import Owner
from gossamer.swap.classes import renew
from gossamer.swap.exchanges import Exchanges
from gossamer.swap.faults import describe
from gossamer.swap.programs import importers_of, imports_of, user_modules
from gossamer.swap.states import States, module_file

type Run = Callable[[str, str, str | None, str | None], Awaitable[str | None]]
"""Runs a script of the page: its source, its name, its `async` and its target."""

type Standing = tuple[mounting.Mounted, object, object]
"""What is mounted, its view and its target."""

KEPT_NAMES = frozenset(
    ("__name__", "__spec__", "__loader__", "__file__", "__path__", "__package__", "__builtins__")
)


class Script:
    """A script of the page, and what it has mounted."""

    def __init__(self, source: str, waits: str | None, target: str | None) -> None:
        self.source = source
        self.waits = waits
        self.target = target
        self.mounted: list[Standing] = []


class Swapper:
    """Follows what a page runs, and runs it again when its source has changed.

    `run` runs a script in `main`; `tell` hears of each error that nobody took.
    """

    def __init__(
        self, run: Run, tell: Callable[[dict[str, Any]], object], main: ModuleType
    ) -> None:
        self._run = run
        self._tell = tell
        self._main = main
        self._at_first = dict(main.__dict__)
        self.exchanges = Exchanges()
        self.states = States()
        self.scripts: dict[str, Script] = {}
        self.fault: BaseException | None = None
        self._running: ContextVar[str | None] = ContextVar("script", default=None)
        self._loose: dict[str, list[Owner]] = {}
        self._before: dict[str, dict[str, Any]] = {}

    def begin(self) -> None:
        """Follow mounts, errors and signals from now on."""
        sys.dont_write_bytecode = True  # two saves in one second would look the same
        self.states.begin(self.exchanges)
        plain, unmount = mounting.mount, mounting.Mounted.unmount
        adopt = Owner.adopt

        def mount(view: object, target: object = None) -> mounting.Mounted:
            name = self._running.get() or next(reversed(self.scripts), "")
            script = self.scripts.get(name)
            if script is None:
                return plain(view, target)
            self._renew()
            place = target if target is not None else script_target()
            with self.states.mounting(("mount", name, len(script.mounted))):
                made = plain(view, target)
            script.mounted.append((made, view, place))
            return made

        def leave(mounted: mounting.Mounted) -> None:
            for script in self.scripts.values():
                script.mounted = [each for each in script.mounted if each[0] is not mounted]
            unmount(mounted)

        def told(error: BaseException, owner: Owner | None) -> None:
            report_error(error, owner)
            self.take(error)

        def follow(owner: Owner, parent: Owner | None) -> None:
            adopt(owner, parent)
            file = module_file(sys._getframe(1)) if parent is None else None  # noqa: SLF001 - who is it
            if file is not None:
                self._loose.setdefault(file, []).append(owner)

        put = self.exchanges.put
        put(importlib.import_module("gossamer"), "mount", mount)
        put(mounting, "mount", mount)
        put(mounting, "report_error", told)
        put(mounting.Mounted, "unmount", leave)
        put(Owner, "adopt", follow)

    def take(self, error: BaseException) -> None:
        """Tell of an error."""
        self.fault = error
        self._tell(describe(error))

    async def run(
        self, source: str, name: str, waits: str | None = None, target: str | None = None
    ) -> str | None:
        """Run a script for the first time."""
        self.scripts[name] = Script(source, waits, target)
        return await self._execute(name)

    async def _execute(self, name: str) -> str | None:
        script = self.scripts[name]
        token = self._running.set(name)
        try:
            return await self._run(script.source, name, script.waits, script.target)
        finally:
            self._running.reset(token)

    async def swap(self, changes: list[dict[str, Any]]) -> dict[str, Any]:
        """Take new sources: `{"source": …, "places": [paths], "script": name or None}` each.

        Gives `{"fault": …}` when something is wrong with them, `{"reload": why}` when only a new
        page will do, else `{"swapped": [names], "kept": count}`.
        """
        for change in changes:
            wrong = _syntax_error(change["source"], change["script"] or change["places"][0])
            if wrong is not None:
                self.fault = wrong
                return {"fault": describe(wrong)}
        changed = self._place(changes)
        modules = user_modules(Path.cwd())
        imports = {name: _imports(module) for name, module in modules.items()}
        order = importers_of((name for name in modules if name in changed), imports)
        scripts = self._scripts_above(changed, set(order))
        if not scripts and (order or self.fault is not None):
            scripts = list(self.scripts)  # it is imported in a way that nobody can see
        if not scripts:
            return {"swapped": [], "kept": 0}
        sources = [_source(modules[name]) for name in order]
        why = self._why_not(sources, [self.scripts[name] for name in scripts])
        if why:
            return {"reload": why}
        if self.fault is None:  # else what failed asks for its values when it is mended
            self.states.forget()
        self.fault = None
        trouble = await self._again([modules[name] for name in order], scripts)
        if trouble is not None:
            return {"fault": describe(trouble)}
        return {"swapped": [*order, *scripts], "kept": self.states.restored}

    def _place(self, changes: list[dict[str, Any]]) -> set[str]:
        """Write the sources where Python finds them; the names of the modules and scripts."""
        changed = set()
        for change in changes:
            if change["script"] in self.scripts:
                self.scripts[change["script"]].source = change["source"]
                changed.add(change["script"])
            for place in change["places"]:
                file = Path(place).absolute()
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(change["source"], encoding="utf-8")
                linecache.checkcache(str(file))
                for name, module in user_modules(Path.cwd()).items():
                    if Path(str(module.__file__)) == file:
                        changed.add(name)
        importlib.invalidate_caches()
        return changed

    def _scripts_above(self, changed: set[str], modules: set[str]) -> list[str]:
        """The scripts that have changed, or import what has to run again."""
        return [
            name
            for name, script in self.scripts.items()
            if name in changed or _script_imports(script.source) & modules
        ]

    def _why_not(self, sources: list[str], scripts: list[Script]) -> str:
        """Why these modules and scripts cannot run a second time; "" when they can."""
        if any(script.target is not None and not script.mounted for script in scripts):
            return "a script has printed into the page"
        if any("define_element" in each for each in (*sources, *(each.source for each in scripts))):
            return "a custom element cannot be defined anew"
        return ""

    async def _again(self, modules: list[ModuleType], names: list[str]) -> BaseException | None:
        """Run modules and scripts again; what went wrong, after all was put back."""
        files = {str(module.__file__) for module in modules} | set(names)
        self.states.keep(set(names), files)
        stood = {name: self.scripts[name].mounted for name in names}
        self._end(names, files)
        everything = [*modules, self._main]
        self._before = {each.__name__: dict(each.__dict__) for each in everything}
        if len(names) == len(self.scripts):
            _empty(self._main, self._at_first)
        try:
            for module in modules:
                _empty(module, {})
                loader: Any = module.__spec__.loader if module.__spec__ else None
                loader.exec_module(module)
            for name in names:
                if await self._execute(name) is not None:
                    raise self.fault or RuntimeError(name)  # noqa: TRY301 - put back below
        except Exception as error:  # noqa: BLE001 - told by who asked for the swap
            self._end(names, files)
            for module, before in zip(everything, self._before.values(), strict=True):
                module.__dict__.clear()
                module.__dict__.update(before)
            self._before = {}
            self._show_again(stood)
            return error
        self._before = {}
        return None

    def _end(self, names: list[str], files: set[str]) -> None:
        """Take away all that scripts have mounted, and what their files own beside."""
        for name in names:
            for mounted, *_ in reversed(self.scripts[name].mounted):
                mounted.unmount()
        for owner in (each for file in files for each in self._loose.pop(file, [])):
            owner.dispose()
        for task in asyncio.all_tasks():
            if getattr(task.get_coro(), "cr_code", _HERE).co_filename in files:
                task.cancel()

    def _show_again(self, stood: dict[str, list[Standing]]) -> None:
        """Show what was there before a swap that failed."""
        for name, mounted in stood.items():
            token = self._running.set(name)
            for _, view, target in mounted:
                mounting.mount(view, target)
            self._running.reset(token)

    def _renew(self) -> None:
        """Let kept values follow the classes that were made anew."""
        for name, before in self._before.items():
            renew(
                before, (self._main if name == self._main.__name__ else sys.modules[name]).__dict__
            )


_HERE = Swapper.swap.__code__


def _script_imports(source: str) -> set[str]:
    """What a script imports; nothing when it cannot be read."""
    try:
        return imports_of(source)
    except SyntaxError:
        return set()


def _syntax_error(source: str, name: str) -> SyntaxError | None:
    """What keeps a text from being a program; a page's scripts may wait at their top."""
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        compile(source, name, "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        return error
    return None


def _source(module: ModuleType) -> str:
    return Path(str(module.__file__)).read_text(encoding="utf-8")


def _imports(module: ModuleType) -> set[str]:
    package = module.__spec__.parent if module.__spec__ else None
    try:
        return imports_of(_source(module), package or "")
    except SyntaxError:
        return set()


def _empty(module: ModuleType, keep: dict[str, Any]) -> None:
    """Take a module's own names away, so that one that is gone is missed."""
    for name in list(module.__dict__):
        if name in keep:
            module.__dict__[name] = keep[name]
        elif name not in KEPT_NAMES and f"{module.__name__}.{name}" not in sys.modules:
            del module.__dict__[name]
