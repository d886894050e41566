"""Dying with the parent, so that a killed supervisor leaves no process behind.

python -m switchboard.embedded.tether PARENT COMMAND …   becomes COMMAND, tied to process PARENT
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def tie_to(parent: int, farewell: signal.Signals) -> None:
    """Ask the kernel to send `farewell` to this process when `parent` dies, for whatever reason.

    A change of user clears the tie, an exec keeps it. Only Linux has it: elsewhere this does nothing.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(farewell), 0, 0, 0)
    # The parent may have died before the tie was made: then no signal ever comes.
    if os.getppid() != parent:
        sys.exit(f"process {parent}, which started this one, is gone")


def main() -> None:
    """Tie this process to the one named first, then become the command."""
    tie_to(int(sys.argv[1]), signal.SIGTERM)
    os.execvp(sys.argv[2], sys.argv[2:])


if __name__ == "__main__":
    main()
