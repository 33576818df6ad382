"""Views as text, whole or streamed."""

from gossamer.host import Reply as Reply
from gossamer.ssr.document import Document as Document
from gossamer.ssr.head import HeadText as HeadText
from gossamer.ssr.render import render_to_string as render_to_string
from gossamer.ssr.shell import Shell as Shell
from gossamer.ssr.stream import render_to_stream as render_to_stream
