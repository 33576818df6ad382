"""The bridge in plain Python, and one view through each renderer."""

from gossamer.testing.connect import connect_page as connect_page
from gossamer.testing.locators import Locator as Locator
from gossamer.testing.screen import Screen as Screen
from gossamer.testing.screen import render as render
from gossamer.testing.screen import wait_for as wait_for
