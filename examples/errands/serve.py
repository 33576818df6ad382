"""The server: pages, their files, and the functions."""

from errands import Errands
from gossamer.asgi import App

app = App(Errands, static="dist", mode="async")
