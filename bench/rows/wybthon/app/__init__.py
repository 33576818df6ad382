"""The rows in Wybthon."""
