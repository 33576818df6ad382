"""Runs the scripts of one page where there is no browser, and renders what they mount."""

import ast
import asyncio
import importlib
import inspect
import json
import linecache
import os
import random
import sys
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, TextIO, TypedDict

from gossamer.cli.prerender.faults import lack_in, story
from gossamer.cli.prerender.routes import Routing, errors_in, navigator_in, routing_of
from gossamer.dom import custom, hydration, islands
from gossamer.dom import mount as mounting
from gossamer.dom.mount import Mounted
from gossamer.errors import StatusError
from gossamer.host import Reply
from gossamer.reactive import Owner, set_error_reporter
from gossamer.ssr import HeadText
from gossamer.ssr.stream import Stream

PATIENCE = 10.0
"""Seconds that anything is waited for."""


BROKEN = 500
"""The statuses from here on are for pages that could not be made."""


class Program(TypedDict):
    """A script of the page; `target` is what its attribute says."""

    name: str
    source: str
    target: str


class Asked(TypedDict):
    """What the build asks for."""

    programs: list[Program]
    address: str


class Placed(TypedDict):
    """A text, and the element that it stands at the end of; no target is the body."""

    target: str | None
    text: str


class Told(TypedDict, total=False):
    """What came of it: texts and the head; or what only a browser has; or a traceback."""

    placed: list[Placed]
    head: str
    attributes: dict[str, str]
    routing: Routing | None
    notes: list[str]
    lack: str
    fault: str


class Stand(Mounted):
    """A view that waits to be rendered."""

    __slots__ = ("target", "view")

    def __init__(self, view: object, target: str | None) -> None:
        self.view = view
        self.target = target

    def unmount(self) -> None:
        """Render it not at all."""
        if self in _stands:
            _stands.remove(self)


_stands: list[Stand] = []
_target: ContextVar[str | None] = ContextVar("target", default=None)


def record(view: object, target: object = None) -> Stand:
    """Stand for `mount`: keep what it was asked to show, and where."""
    if target is not None and not isinstance(target, str):
        raise TypeError(f"{target!r} is no element of a page that is being built")
    stand = Stand(view, target or _target.get())
    _stands.append(stand)
    return stand


def record_islands(view: object = None, target: object = None) -> None:
    """Stand for `hydrate_islands`: keep the page that the islands are in."""
    if view is not None:
        record(view, target)


def define_nothing(*_given: object, **_options: object) -> None:
    """Stand for `define_element`: what a custom element draws is not in the page's own text."""


def set_stage() -> None:
    """Let the app find what stands for the browser's side."""
    face = importlib.import_module("gossamer")
    for module, name, stand_in in (
        (mounting, "mount", record),
        (hydration, "hydrate", record),
        (islands, "hydrate_islands", record_islands),
        (custom, "define_element", define_nothing),
    ):
        setattr(module, name, stand_in)
        setattr(face, name, stand_in)


class Stage:
    """One run of a page's scripts."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.notes: list[str] = []
        self.errors: list[BaseException] = []
        self.scripts: set[asyncio.Task[Any]] = set()
        self.main = ModuleType("__main__")

    async def play(self) -> Told:
        """Run all scripts, then render what they have mounted."""
        sys.modules["__main__"] = self.main
        set_error_reporter(self._take, caught=self._take_caught)
        try:
            await self._run_all()
            return await self._render()
        except Exception as error:  # noqa: BLE001 - told to the build, which ends with it
            self.errors.append(error)
        finally:
            for task in self.scripts:
                task.cancel()
        lacks = [lack for error in self.errors if (lack := lack_in(error))]
        return {"lack": lacks[0]} if lacks else {"fault": story(self.errors[0])}

    async def _run_all(self) -> None:
        """Run the scripts in order; one that needs a browser is the last, and what stands stays."""
        for program in self.asked["programs"]:
            try:
                await self._run(program)
            except Exception as error:
                lack = lack_in(error)
                if not lack or not _stands:
                    raise
                self.notes.append(f"the rest of the page is not prerendered: {lack}")
                return

    def _take(self, error: BaseException, _owner: Owner | None) -> None:
        self.errors.append(error)

    def _take_caught(self, error: Exception, owner: Owner | None) -> None:
        """What a boundary has taken is shown as the app wants it, but for what only browsers do."""
        if lack_in(error):
            self._take(error, owner)
        else:
            self.notes.append(f"an ErrorBoundary has caught {type(error).__name__}: {error}")

    async def _run(self, program: Program) -> None:
        """Run a script as the page would; one that never ends is left alone after a while."""
        name, source = program["name"], program["source"]
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        code = compile(source, name, "exec", flags, dont_inherit=True)
        _target.set(program["target"] or None)
        begin = FunctionType(code, self.main.__dict__)
        if not code.co_flags & inspect.CO_COROUTINE:
            _through(begin)
            return
        task = asyncio.ensure_future(begin())
        self.scripts.add(task)
        await asyncio.wait({task}, timeout=PATIENCE)
        if task.done():
            _through(task.result)
        else:
            self.notes.append(f"{name} has not ended after {PATIENCE:g} seconds")

    async def _render(self) -> Told:
        head, reply = HeadText(), Reply()
        streams: list[Stream] = []
        texts: list[str] = []
        stands: list[Stand] = []
        while new := [stand for stand in _stands if stand not in stands]:  # one may mount another
            for stand in new:
                stands.append(stand)
                streams.append(
                    Stream(
                        stand.view,
                        url=self.asked["address"],
                        head=head,
                        reply=reply,
                        timeout=PATIENCE,
                        hydratable=True,
                    )
                )
                texts.append(await self._text_of(streams[-1]))
        navigator = navigator_in(stream.rendering.owner for stream in streams)
        routing = None
        if navigator is not None:
            self.errors += errors_in(navigator)
            routing = await routing_of(navigator, reply)
        if faults := [each for each in self.errors if navigator is None or not is_status(each)]:
            raise faults[0]
        told: Told = {
            "placed": [
                {"target": stand.target, "text": text}
                for stand, text in zip(stands, texts, strict=True)
            ],
            "head": str(head),
            "attributes": {root: head.attributes(root) for root in ("html", "body")},
            "routing": routing,
            "notes": self.notes,
        }
        for stream in streams:
            await stream.end()
        return told

    async def _text_of(self, stream: Stream) -> str:
        """A view as text, with all that it waits for; of what leads elsewhere there is none."""
        try:
            await stream.begin()
            if stream.reply.location is not None:
                return ""
            return "".join([part async for part in stream.in_order()])
        except StatusError as error:
            stream.reply.fail(error.status)
            self.errors.append(error)
            return ""


def is_status(error: BaseException) -> bool:
    """Whether an error says that there is no such page, and not that one is broken."""
    return isinstance(error, StatusError) and error.status < BROKEN


def _through(fn: Callable[[], object]) -> None:
    """Call a script's function; one that wants to leave has ended, as in a page."""
    try:
        fn()
    except SystemExit:
        return


def main(told: TextIO) -> None:
    """Take what is asked from standard input, and tell what came of it."""
    sys.path.insert(0, str(Path.cwd()))
    asked: Asked = json.load(sys.stdin)
    random.seed(0)  # the same folder gives the same bytes
    set_stage()
    json.dump(asyncio.run(Stage(asked).play()), told)


if __name__ == "__main__":
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answer:
        os.dup2(2, 1)  # what the app prints is no answer
        main(answer)
