"""What runs in the page: the same view, over what the server has sent."""

from errands import Errands
from gossamer import hydrate

hydrate(Errands(), "#app")
