"""Runs the scripts of a page and tells their errors."""

import ast
import asyncio
import gc
import importlib
import importlib.util
import inspect
import json
import linecache
import re
import sys
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TextIO

import pyodide_js
from js import console, document

import __main__

_OURS = ("/lib/python3", "/lib/gossamer.zip", "<frozen ", "<exec>")
_BUILT = re.compile(r"(?:.*/)?assets/(.+)\.[0-9a-f]{10}\.py")  # what a build makes of "app.py"
_NO = ("false", "no", "0")  # what `async` may say to forbid waiting
_target: ContextVar[str | None] = ContextVar("target", default=None)


def current_target() -> str | None:
    """The selector of the running script's `target`, None when it has none."""
    return _target.get()


async def run(source: str, name: str, waits: str | None, target: str | None) -> str | None:
    """Run a script; the story of its error, where it stopped with one."""
    importlib.invalidate_caches()
    lines = source.splitlines(keepends=True)
    name = _BUILT.sub(r"\1.py", name)
    linecache.cache[name] = (len(source), None, lines, name)
    flags = 0 if waits in _NO else ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    _target.set(target)
    try:
        code = compile(source, name, "exec", flags, dont_inherit=True)
        result = eval(code, __main__.__dict__)  # noqa: S307 -- running it is the job
        if code.co_flags & inspect.CO_COROUTINE:
            await result
        gc.freeze()  # what an app is made of stays: no search for garbage looks at it again
    except SystemExit:
        return None
    except Exception as error:  # noqa: BLE001 -- the host reports what nobody caught
        return story(error, name)
    return None


def story(error: BaseException, name: str) -> str:
    """A first line that says where and what, then the traceback of the user's own frames."""
    told = traceback.TracebackException.from_exception(error)
    for part in _chain(told):
        part.stack[:] = [frame for frame in part.stack if not frame.filename.startswith(_OURS)]
    where = name
    if told.stack:
        where = f"{told.stack[-1].filename}, line {told.stack[-1].lineno}"
    elif isinstance(error, SyntaxError):
        where = f"{error.filename}, line {error.lineno}"
    what = traceback.format_exception_only(type(error), error)[-1].strip()
    return f"{where}: {what}\n{''.join(told.format())}"


def _chain(told: traceback.TracebackException) -> Iterator[traceback.TracebackException]:
    """An error and everything that it came from or holds."""
    yield told
    for other in (told.__cause__, told.__context__, *(told.exceptions or ())):
        if other is not None:
            yield from _chain(other)


def toml(text: str) -> str:
    """TOML as JSON."""
    import tomllib

    return json.dumps(tomllib.loads(text))


def place(name: str, content: Any, path: str) -> None:
    """Put a file where a config wants it: at a path, in a folder, or unpacked into one."""
    if path.endswith("/*"):
        kind = "tar.gz" if name.endswith(".tar.gz") else name.rpartition(".")[2]
        pyodide_js.unpackArchive(content, kind, extractDir=path[:-1])
        return
    file = Path(path + name if path.endswith("/") or not path else path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.to_bytes())


async def install(wheels: Any, names: Any) -> None:
    """Install wheels by their URLs, and packages by name through micropip."""
    troubles: list[str] = []
    await pyodide_js.loadPackage(
        wheels, checkIntegrity=False, messageCallback=_ignore, errorCallback=troubles.append
    )
    if troubles:
        raise ImportError("\n".join(troubles))
    if not names:
        return
    if not importlib.util.find_spec("micropip"):
        for tool in ("packaging", "micropip"):
            await _unpack_from_pypi(tool)
    import micropip

    await micropip.install(names.to_py())


def _ignore(_text: str) -> None:
    """Packages need no word when all is well."""


async def _unpack_from_pypi(name: str) -> None:
    from pyodide.http import pyfetch

    answer = await pyfetch(f"https://pypi.org/pypi/{name}/json")
    files = (await answer.json())["urls"]
    url = next(file["url"] for file in files if file["packagetype"] == "bdist_wheel")
    wheel = await pyfetch(url)
    await wheel.unpack_archive(format="whl")
    importlib.invalidate_caches()


class _Output:
    """Standard output: into the running script's target, else to the console."""

    def __init__(self, console: TextIO) -> None:
        self._console = console

    def write(self, text: str) -> int:
        target = _target.get()
        if target is None:
            return self._console.write(text)
        document.querySelector(target).append(text)
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._console, name)


def _tell_task(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Write the error of a task that nobody waits for to the console."""
    error = context.get("exception")
    text = story(error, "task") if error else str(context.get("message"))
    console.error(text)


def begin() -> None:
    """Fit the interpreter to a page; take over standard output and the errors of tasks."""
    # Deep enough for 300 components in each other; freeing 8,000 frames at once would be fatal.
    sys.setrecursionlimit(4_000)
    # A page that makes a thousand rows makes no garbage: 2,000 objects are no reason to search.
    gc.set_threshold(50_000, 20)
    sys.stdout = _Output(sys.stdout)
    asyncio.get_event_loop().set_exception_handler(_tell_task)
