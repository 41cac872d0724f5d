"""The process of a command: run as ``tidewaiter`` or ``python -m tidewaiter.cli``."""

import atexit
import os
import sys
from typing import NoReturn

# Read by the libraries' memory managers when they are loaded, so it is set before anything is imported. A run works on
# batch after batch of the same size: memory kept between them, in large pages, costs a third less than memory asked for
# anew each time. What data frames took goes back when nobody has wanted it for a second, or what one stage of a large
# run took would be held to its end.
MEMORY = {
    "MIMALLOC_PURGE_DELAY": "-1",
    "MIMALLOC_ALLOW_LARGE_OS_PAGES": "1",
    "_RJEM_MALLOC_CONF": "thp:always,dirty_decay_ms:1000,muzzy_decay_ms:1000",
}


def command() -> NoReturn:
    """Run the command line and end the process with its status."""
    for name, value in MEMORY.items():
        os.environ.setdefault(name, value)
    from tidewaiter.cli.main import main

    try:
        status = main()
    except SystemExit as refused:  # of argparse: help, version, a wrong call
        status = refused.code if isinstance(refused.code, int) else 2
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    # Not through the interpreter's end: a library whose threads are just starting then aborts the process, and a
    # status that says what was wrong would be lost.
    os._exit(status)


if __name__ == "__main__":
    command()
