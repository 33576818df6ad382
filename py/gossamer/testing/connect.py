"""Connecting the browser renderer to a page in plain Python."""

from gossamer.dom.bridge import install
from gossamer.dom.calls import answer
from gossamer.dom.events import dispatch
from gossamer.dom.history import forget_listener
from gossamer.dom.plan import forget_plans
from gossamer.dom.platform import forget_head
from gossamer.dom.rows import drop_waiting
from gossamer.dom.warnings import forget_warnings
from gossamer.reactive import flush
from gossamer.testing.page import FakePage


def connect_page() -> FakePage:
    """Make a fresh page and let the browser renderer draw into it from now on.

    >>> from gossamer import mount
    >>> from gossamer.testing import connect_page
    >>> page = connect_page()
    >>> shown = mount("Hello")
    >>> page.body.inner_html()
    'Hello'
    """
    page = FakePage()
    forget_plans()
    forget_warnings()
    forget_listener()
    forget_head()
    install(page, dispatch, flush, drop_waiting, answer)
    return page
