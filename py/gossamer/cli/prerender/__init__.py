"""Pages as they will look, written while an app is built."""
