"""Views as text, whole or streamed."""

from gossamer.ssr.head import HeadText as HeadText
from gossamer.ssr.render import render_to_string as render_to_string
