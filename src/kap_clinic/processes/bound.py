"""Becomes another program that ends when the supervisor does.

A tiny program of its own, run by path: Linux sends the signal when the parent dies, even by kill -9. Doing
this between fork and exec inside the supervisor would not be safe beside its threads.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def _end_with(parent: int) -> None:
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    # The parent may have died before the kernel was asked.
    if os.getppid() != parent:
        sys.exit("The supervisor ended before this program began.")


if __name__ == "__main__":
    _end_with(int(sys.argv[1]))
    os.execv(sys.argv[2], sys.argv[2:])
