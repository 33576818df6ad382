"""The bridge in plain Python, and one view through each renderer."""
