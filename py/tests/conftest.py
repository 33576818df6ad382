"""Fixtures for all unit tests."""

from collections.abc import Callable, Iterator

import pytest
from gossamer import Mounted, mount
from gossamer.reactive import set_error_reporter
from gossamer.testing.connect import connect_page
from gossamer.testing.page import FakePage
from gossamer.testing.plugin import (  # noqa: F401 - as an installed Gossamer gives them
    expected_errors,
    render,
)
from hypothesis import settings

settings.register_profile("unit", deadline=None, print_blob=True)  # no test depends on time
settings.load_profile("unit")


@pytest.fixture
def page() -> Iterator[FakePage]:
    """A fresh page that mount() draws into; errors are raised again when the test is over."""
    yield connect_page()
    set_error_reporter(None)


@pytest.fixture
def show(page: FakePage) -> Iterator[Callable[[object], FakePage]]:
    """Mount views into the page; they leave it at the end, and nothing may be left behind."""
    mounted: list[Mounted] = []

    def run(view: object) -> FakePage:
        mounted.append(mount(view))
        return page

    yield run
    for entry in reversed(mounted):
        entry.unmount()
    assert page.body.inner_html() == ""
    assert page.nodes == {}
