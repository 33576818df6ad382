"""What is to be shown, as data; renders nothing."""
