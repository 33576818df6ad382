"""Strings to a shape with holes; holds no value and no signal."""

from gossamer.template.parser import parse, shape_of
from gossamer.template.shape import Hole, Shape

__all__ = ["Hole", "Shape", "parse", "shape_of"]
