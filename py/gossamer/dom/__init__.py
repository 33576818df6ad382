"""Views in a browser."""
