"""The tables of the text renderer, and views as one text."""

from collections.abc import Callable
from string.templatelib import Template
from types import GeneratorType

from gossamer.errors import StatusError
from gossamer.host import HOST, Reply
from gossamer.reactive import Owner, provide_context
from gossamer.reactive.handover import Handover
from gossamer.ssr.attributes import set_runner, write_attribute, write_tag
from gossamer.ssr.child import (
    RENDERERS,
    render,
    render_component,
    render_component_function,
    render_element,
    render_keyed,
    render_list,
    render_partial,
    render_template,
    run_program,
    set_renderers,
    write_child,
    write_component,
    write_markup,
    write_text,
)
from gossamer.ssr.data import Data
from gossamer.ssr.head import HeadText
from gossamer.ssr.marks import with_marks
from gossamer.ssr.pieces import Marked, Pieces, join_all, log, log_failure, run_whole
from gossamer.ssr.places import render_animated, render_kept, render_portal, render_suspense
from gossamer.ssr.program import TAG, set_runs
from gossamer.ssr.server import TextHost
from gossamer.template.shape import ATTRIBUTE, CHILD, COMPONENT, INNER_HTML, TEXT
from gossamer.view.component import Component, ComponentView
from gossamer.view.control import CAUGHT
from gossamer.view.element import Element
from gossamer.view.kinds import (
    AnimatedView,
    KeptView,
    KeyedList,
    Partial,
    PortalView,
    SuspenseView,
)


def prepare() -> None:
    """Fill the tables, once."""
    if RENDERERS:
        return
    set_runner(run_program)
    set_runs(
        {
            CHILD: write_child,
            COMPONENT: write_component,
            TEXT: write_text,
            INNER_HTML: write_markup,
            ATTRIBUTE: write_attribute,
            TAG: write_tag,
        }
    )
    set_renderers(
        {
            Template: render_template,
            ComponentView: render_component,
            Component: render_component_function,
            Element: render_element,
            Partial: render_partial,
            KeyedList: render_keyed,
            AnimatedView: render_animated,
            KeptView: render_kept,
            SuspenseView: render_suspense,
            PortalView: render_portal,
            list: render_list,
            tuple: render_list,
            GeneratorType: render_list,
        },
        {
            render_keyed,
            render_animated,
            render_kept,
            render_suspense,
            render_portal,
            render_list,
        },
    )


class Rendering:
    """One view that is being rendered, with an owner that nothing else shares."""

    __slots__ = ("_data", "_failures", "has_marks", "head", "owner", "pieces", "reply")

    def __init__(
        self,
        view: object,
        head: HeadText | None,
        url: str,
        reply: Reply | None = None,
        *,
        has_marks: bool = False,
        provide: Callable[[], object] | None = None,
    ) -> None:
        prepare()
        self.head = HeadText() if head is None else head
        self.reply = Reply() if reply is None else reply
        self._failures: list[Exception] = []
        self.has_marks = has_marks
        self.pieces: Pieces = Marked() if has_marks else []
        self._data = Data() if has_marks else None
        self.owner = Owner(None)
        self.owner.still = True
        self.owner.error_handler = self._fail
        host = TextHost(self.head, url, reply)

        def begin() -> None:
            provide_context(HOST, host)
            provide_context(self.reply)
            provide_context(CAUGHT, self._note)
            if provide is not None:
                provide()
            if self._data is not None:
                provide_context(Handover, self._data)
            render(view, self.pieces)

        self.run(begin)

    def run(self, fn: Callable[[], object]) -> None:
        """Run a part of the rendering; when that fails, all of it ends."""
        try:
            run_whole(self.owner, fn)
            self.check()
        except BaseException:
            self.owner.dispose()
            raise

    def _fail(self, error: Exception) -> None:
        """Take what no boundary has taken; what has been sent cannot be taken back."""
        if self.reply.is_sent:
            log_failure(error)
        else:
            self._failures.append(error)

    def _note(self, error: Exception) -> None:
        """Take note of what a boundary has taken."""
        if isinstance(error, StatusError):
            self.reply.fail(error.status)
        else:
            log.warning("An ErrorBoundary took what follows", exc_info=error)

    def data_scripts(self) -> str:
        """What has been fetched since the last call, for a page that adopts the text."""
        return self._data.scripts() if self._data is not None else ""

    def check(self) -> None:
        """Raise what no boundary has taken."""
        if self._failures:
            raise self._failures[0]

    def end(self) -> None:
        """Run the cleanups, and free all that was made."""
        self.head.keep()
        self.owner.dispose()


def render_to_string(
    view: object,
    *,
    head: HeadText | None = None,
    url: str = "/",
    reply: Reply | None = None,
    hydratable: bool = False,
) -> str:
    """Render a view as text, at once: boundaries that wait for something show their fallback.

    Effects do not run. Cleanups do, before this returns.

    >>> from gossamer.ssr import render_to_string
    >>> render_to_string(t"<p>{'1 < 2'}</p>")
    '<p>1 &lt; 2</p>'

    Args:
        view: anything that can be shown; usually a component, `App()`.
        head: takes what the view says of the page around it.
        url: the address for a Router.
        reply: takes what the view says beside the page; without one, redirects are followed.
        hydratable: whether a page is to adopt it with `hydrate`; it is all that its element holds.

    Raises:
        Exception: what the view has raised, and no ErrorBoundary has taken.
    """
    rendering = Rendering(view, head, url, reply, has_marks=hydratable)
    texts: list[str] = []
    rendering.run(lambda: texts.append(join_all(rendering.pieces)))
    scripts = rendering.data_scripts()
    rendering.end()
    return with_marks(texts[0]) + scripts if hydratable else texts[0]
