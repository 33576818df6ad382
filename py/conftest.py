"""What the examples in docstrings find around them: `page`, a fresh page for tests."""

from typing import Any

import pytest
from gossamer.reactive import set_error_reporter
from gossamer.testing.connect import connect_page


@pytest.fixture(autouse=True)
def page_of_examples(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> None:
    """Give an example a page that nothing stands in; errors are raised until it mounts."""
    if isinstance(request.node, pytest.DoctestItem):
        doctest_namespace["page"] = connect_page()
        set_error_reporter(None)
