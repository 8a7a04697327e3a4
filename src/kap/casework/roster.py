"""The hours in which nobody would be called, found from the stretches people have promised."""

from __future__ import annotations

from collections.abc import Iterable

from kap.vocabulary.moments import Window


def gaps_in(promised: Iterable[Window], over: Window) -> tuple[Window, ...]:
    """The stretches of a time over which nobody has promised to be there, the earliest first.

    Shape: two promises that only touch leave no gap.
    """
    gaps: list[Window] = []
    covered_until = over.opens_at
    for one in sorted(promised, key=lambda window: window.opens_at):
        if one.opens_at >= over.closes_at:
            break
        if one.opens_at > covered_until:
            gaps.append(Window(covered_until, one.opens_at))
        covered_until = max(covered_until, one.closes_at)
    if covered_until < over.closes_at:
        gaps.append(Window(covered_until, over.closes_at))
    return tuple(gaps)
