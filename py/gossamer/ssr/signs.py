r"""Signs in a text that is to be adopted: a NUL and a letter, which no text and no markup holds.

A renderer cannot know what has to be told apart, since what stands before a place may change until
the text is sent. `marks` makes of its signs what the text around them asks for.
"""

from typing import Final

TEXT: Final = "\0t"
"""A text begins; where it would meet another one, a mark parts the two."""
TEXT_END: Final = "\0n"
"""A text has ended, and may have been empty."""
PLACE: Final = "\0("
"""A place begins whose content is a view, or a text after all."""
PLACE_END: Final = "\0)"
"""It ends; after anything but text a mark says so."""
NOTHING: Final = "\0i"
"""A template that shows nothing stands here."""
NEWLINE: Final = "\0l"
"""A newline that the parser takes away."""

OPEN: Final = TEXT + PLACE
"""Begins what has an anchor of its own, such as an item of a list."""
CLOSE: Final = PLACE_END + TEXT_END
