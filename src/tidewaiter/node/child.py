"""``python -m tidewaiter.node.child PARENT COMMAND…``: becomes the command, and ends when the parent ends.

So that nothing of a node is left running when its supervisor is killed without a word.
"""

import ctypes
import os
import signal
import sys

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux; elsewhere the supervisor's own stopping has to do


def main() -> None:
    """Ask the kernel for SIGTERM at the parent's death, then become the command."""
    parent, *command = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_DEATH_SIGNAL, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != int(parent):
        sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606 - a fixed command of tidewaiter.node.processes


if __name__ == "__main__":
    main()
