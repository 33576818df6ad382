"""Requests of ASGI servers to pages, files and calls."""

from gossamer.asgi.app import App as App
from gossamer.asgi.app import Lifespan as Lifespan
