"""What a page offers to the apps in it."""

from collections.abc import Awaitable
from importlib import invalidate_caches
from pathlib import Path
from typing import Any

from gossamer.dom.bridge import install_wheels, verbs
from gossamer.dom.forms import PageForm
from gossamer.dom.head import PageHead
from gossamer.dom.history import PageHistory
from gossamer.host import Form, Head, History


class PageHost:
    """A page of a browser, as rooms above the renderer see it."""

    __slots__ = ()

    def history(self) -> History:
        """The history of the tab."""
        return PageHistory()

    def head(self) -> Head:
        """What stands in `<head>`: one for all that is mounted in the page."""
        return _head[0]

    def form(self, event: Any) -> Form:
        """The form that an event is about."""
        return PageForm(event.target, event.submitter)

    def data(self, address: str) -> Awaitable[str | None] | str | None:
        """What a build has written down for a page's routes, as JSON: in the page, or beside it."""
        return verbs.data(address)

    async def bring(self, module: str, wheels: tuple[str, ...] = ()) -> None:
        """Fetch a module from beside the page, and the wheels that it needs."""
        if wheels:
            await install_wheels(wheels)
        name = module.replace(".", "/") + ".py"
        _keep(Path(name), await verbs.bring(name))
        invalidate_caches()


def _keep(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


PAGE_HOST = PageHost()
_head = [PageHead()]


def forget_head() -> None:
    """Know nothing of what stands around the views of another page."""
    _head[:] = [PageHead()]
