"""Web apps in Python that live in the browser."""
