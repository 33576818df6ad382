"""On which side of the wire this Python runs."""

import sys
from typing import Final

SERVER: Final = sys.platform != "emscripten"
"""Whether this is the server: what stands in `if SERVER:` is cut out of what a page gets."""
