"""How long the supervisor waits before it starts a program again that ended."""

from __future__ import annotations

LONGEST_PAUSE = 30.0
# A program that ran this long is forgiven what happened before.
FORGIVEN_AFTER = 60.0


def pause_before_start(ends_in_a_row: int) -> float:
    """Gives the pause after a program ended this many times in a row: none, then ever longer.

    Units: seconds.

    >>> [pause_before_start(ends) for ends in range(1, 9)]
    [0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    """
    if ends_in_a_row <= 1:
        return 0.0
    # The power is bounded too: a program may fail for a month.
    return min(LONGEST_PAUSE, 2.0 ** min(ends_in_a_row - 2, 10))
