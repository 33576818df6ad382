"""What a server's text says beside the views, so that a page adopts it."""

from typing import Final

MARK: Final = "<!>"
"""A comment without text: it parts two texts, or ends what stands before an anchor."""
