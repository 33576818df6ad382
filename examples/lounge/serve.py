"""The server: pages, their files, and the functions."""

from gossamer.asgi import App
from lounge import Lounge

app = App(Lounge, static="dist", mode="async")
