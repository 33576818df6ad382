"""What of an app's Python a page gets: all but what only the server has."""
