"""`python -m gossamer` is `gossamer`."""

from gossamer.cli.command import main

main()
