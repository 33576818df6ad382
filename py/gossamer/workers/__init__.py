"""Functions called in another Python, so that the page goes on."""

from gossamer.workers.pool import Pool as Pool
from gossamer.workers.pool import run_in_worker as run_in_worker
