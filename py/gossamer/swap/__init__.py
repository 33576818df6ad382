"""Modules exchanged in a living page, which keeps what its signals hold."""
