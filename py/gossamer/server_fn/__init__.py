"""One function, two sides of the wire."""
