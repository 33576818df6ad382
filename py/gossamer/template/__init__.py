"""Strings to a shape with holes; holds no value and no signal."""

from gossamer.template.parser import parse
from gossamer.template.shape import Hole, Shape
from gossamer.template.shapes import shape_of

__all__ = ["Hole", "Shape", "parse", "shape_of"]
