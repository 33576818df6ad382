"""Views as text, whole or streamed."""

from gossamer.ssr.head import HeadText as HeadText
from gossamer.ssr.render import render_to_string as render_to_string
from gossamer.ssr.stream import render_to_stream as render_to_stream
