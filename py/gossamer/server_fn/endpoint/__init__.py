"""The server's half of server functions; no page loads it."""
