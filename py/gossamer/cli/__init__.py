"""The command line: apps made, served, checked and built."""
