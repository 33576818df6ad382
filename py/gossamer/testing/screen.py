"""A screen: views in a page of plain Python, a user in front of it, and time to wait in."""

import asyncio
import re
import time
from collections.abc import Callable, Iterable
from types import TracebackType

from gossamer.dom.mount import Mounted, mount
from gossamer.errors import ReportedError, WaitError
from gossamer.reactive import set_error_reporter, set_scheduler
from gossamer.testing import outline
from gossamer.testing.connect import connect_page
from gossamer.testing.keyboard import Keyboard
from gossamer.testing.locators import Locator, Queries
from gossamer.testing.nodes import Element
from gossamer.testing.queries import Query
from gossamer.testing.user import User

__tracebackhide__ = True  # a failure shows the line of the test


def render(view: object) -> Screen:
    """Show a view in a fresh page of plain Python, and put a user in front of it.

    >>> from gossamer import Signal
    >>> from gossamer.testing import render
    >>> name = Signal("Ada")
    >>> with render(t"<label>Name <input bind:value={name}></label>") as screen:
    ...     screen.get_by_label("Name").fill("Grace")
    >>> name()
    'Grace'

    In pytest the fixture of this name ends it for the test.
    """
    screen = Screen()
    try:
        screen.mount(view)
    except BaseException:
        screen.close()
        raise
    return screen


class Screen(Queries):
    """What a user has in front: a page of plain Python, on which `with` ends what was shown.

    >>> from gossamer.testing import Screen
    >>> with Screen() as screen:
    ...     shown = screen.mount(t"<button>Buy</button>")
    ...     screen.get_by_role("button").inner_text()
    'Buy'
    """

    def __init__(self) -> None:
        self.page = connect_page()
        self.user = User(self.page)
        self.keys = Keyboard(self.user)
        set_scheduler(self._schedule)
        self._mounted: list[Mounted] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()
        if error is None:
            check_reports(self.page.reports, ())
        else:
            for report in self.page.reports:
                error.add_note(f"The page reported: {report}")

    def __repr__(self) -> str:
        return f"<Screen\n{outline.outline(self.page.body)}>"

    def mount(self, view: object, target: object = None) -> Mounted:
        """Show a view at the end of the page, or of an element."""
        return self.do(lambda place: self._mount(view, place), target)

    def close(self) -> None:
        """Take away what was shown, cancel its tasks and forget the page."""
        try:
            while self._mounted:
                self.do(Mounted.unmount, self._mounted.pop())
        finally:
            self._let_go()

    def _let_go(self) -> None:
        set_error_reporter(None)
        set_scheduler(None)
        if self._loop is not None:
            self._loop.run_until_complete(_cancel_tasks())
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()
            self._loop = None

    @property
    def keyboard(self) -> KeyDeeds:
        """Presses keys: `press("Tab")`, `press("Shift+Tab")`, `type("Ada")`."""
        return KeyDeeds(self)

    @property
    def reports(self) -> list[str]:
        """The errors that a browser's console would show."""
        return self.page.reports

    @property
    def focused(self) -> Element:
        """The element that has the focus."""
        return self.user.focused

    @property
    def visits(self) -> list[str]:
        """The addresses that links and forms would have led to."""
        return self.user.visits

    def wait_for(
        self, condition: Callable[[], object], *, timeout: float = 5_000, of: str = ""
    ) -> None:
        """Run the tasks of the page until a condition holds.

        In a test that is `async def`, `await wait_for(condition)` of this module does so.
        """
        if is_loop_running():
            raise WaitError(
                "A test that is `async def` called wait_for() of a screen or a locator.",
                why="It runs the tasks of the page, and a loop runs here already.",
                fix="Write `await wait_for(…)`, with wait_for from gossamer.testing.",
            )
        try:
            self._running().run_until_complete(wait_for(condition, timeout=timeout, of=of))
        except WaitError as error:
            raise self._told(error) from None

    def do[T, R](self, deed: Callable[[T], R], target: T) -> R:
        """Do something that handlers may answer with tasks, and let these begin."""
        if is_loop_running():
            return deed(target)
        loop = self._running()
        asyncio._set_running_loop(loop)  # as an event loop does: a handler may start a task  # noqa: SLF001
        try:
            return deed(target)
        finally:
            asyncio._set_running_loop(None)  # noqa: SLF001
            loop.run_until_complete(asyncio.sleep(0))

    def _schedule(self, flush: Callable[[], None]) -> None:
        """Flush soon where a loop runs, else now: a write of the test itself is a deed too."""
        if is_loop_running():
            asyncio.get_running_loop().call_soon(flush)
        else:
            self.do(lambda _: flush(), None)

    def _mount(self, view: object, target: object) -> Mounted:
        self._mounted.append(mount(view, target))
        return self._mounted[-1]

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
        return self._loop

    def _told(self, error: WaitError) -> WaitError:
        shown = outline.outline(self.page.body).replace("\n", "\n  ")
        told = "".join(f"\nThe page reported: {report}" for report in self.page.reports)
        return WaitError(error.what, why=f"{error.why} There is\n  {shown}{told}", fix=error.fix)

    def _ask(self, query: Query) -> Locator:
        return Locator(self, query.written, lambda: query.find(self.page.body, itself=True), query)


class KeyDeeds:
    """The keyboard as a test has it: each key is a deed of its own."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def press(self, keys: str) -> None:
        """Press a key, as in "Tab" or "Shift+Tab"; it goes to what has the focus."""
        self._screen.do(self._screen.keys.press, keys)

    def type(self, text: str) -> None:
        """Press a key for each character."""
        for character in text:
            self.press("Enter" if character == "\n" else character)


async def wait_for(
    condition: Callable[[], object],
    *,
    timeout: float = 5_000,  # noqa: ASYNC109 - for a condition, with an error of its own
    of: str = "",
) -> None:
    """Let tasks run until a condition holds.

    >>> import asyncio
    >>> from gossamer.testing import wait_for
    >>> async def main():
    ...     come = []
    ...     asyncio.get_running_loop().call_later(0.01, come.append, "now")
    ...     await wait_for(lambda: come)
    ...     print(come)
    >>> asyncio.run(main())
    ['now']

    Args:
        condition: it holds once this gives something true.
        timeout: after how many milliseconds a WaitError is raised.
        of: what the error says was waited for.
    """
    end = time.monotonic() + timeout / 1_000
    while True:
        found = condition()
        if found:
            return
        if time.monotonic() > end:
            name = of or getattr(condition, "__name__", "the condition")
            raise WaitError(
                f"Waited {timeout:g} ms for {name}.",
                why="It did not come true.",
                fix="Look whether the task was started, or wait for something else.",
            )
        await asyncio.sleep(0.001)


async def _cancel_tasks() -> None:
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


def check_reports(reports: Iterable[str], expected: Iterable[str]) -> None:
    """Refuse what a page has reported, except what a pattern tells.

    Raises:
        ReportedError: there is something else.
    """
    patterns = list(expected)
    left = [report for report in reports if not any(re.search(p, report) for p in patterns)]
    if left:
        raise ReportedError(
            "The page reported " + ("an error." if len(left) == 1 else f"{len(left)} errors."),
            why="\n".join(left),
            fix="Mend it, or add a pattern of it to expected_errors if the test means it.",
        )


def is_loop_running() -> bool:
    """Whether this is called in an event loop."""
    return asyncio._get_running_loop() is not None  # noqa: SLF001 - the question without an error
