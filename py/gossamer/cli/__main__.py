"""`python -m gossamer.cli` is `gossamer`."""

from gossamer.cli.command import main

main()
