"""What runs in the page: the same view, over what the server has sent."""

from gossamer import hydrate
from lounge import Lounge

hydrate(Lounge(), "#app")
