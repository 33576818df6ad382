"""Runs pip for the Python of a page: markers such as `sys_platform` speak of that one.

pip takes the platform, version and ABI of another Python as options, but asks its own for the rest.
"""

import runpy
import sys

from pip._vendor.packaging import markers

from gossamer.cli.wheels import PAGE

if __name__ == "__main__":
    markers.default_environment = lambda: PAGE  # type: ignore[assignment, return-value]  # all its keys
    sys.argv[0] = "pip"
    runpy.run_module("pip", run_name="__main__", alter_sys=True)
