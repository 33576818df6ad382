"""Templates checked where they are written."""

from string.templatelib import Template
from typing import Annotated

from gossamer.errors import ViewError
from gossamer.template.shapes import shape_of

type Html = Annotated[Template, "tdom"]
"""A t-string that holds markup: editors and linters see it as such.

>>> def greeting(name: str) -> Html:
...     return t"<p>Hello {name}</p>"
"""


def view(template: Annotated[Template, "tdom"]) -> Template:
    """Check a t-string's markup here and now, and give it back as a view.

    A bare t-string is a view as well; this one complains where the mistake is.

    >>> name = "Ada"
    >>> view(t"<p>Hello {name}</p>").values
    ('Ada',)
    """
    if not isinstance(template, Template):
        raise ViewError(
            f"view() got {type(template).__name__} instead of a t-string.",
            why="Text cannot tell markup from values any more, so its values could not be escaped.",
            fix='write t"…" instead of f"…"' if isinstance(template, str) else 'write view(t"…").',
        )
    shape_of(template.strings)
    return template
