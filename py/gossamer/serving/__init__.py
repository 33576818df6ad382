"""What an app answers, for any server: files, calls and pages."""

from gossamer.serving.files import Files as Files
from gossamer.serving.site import Options as Options
from gossamer.serving.site import Site as Site
from gossamer.serving.site import coded as coded
