"""Who is called for a site, and the hours in which nobody would be, found from what people have promised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from kap.vocabulary.moments import Window

Site = TypeVar("Site")
Somebody = TypeVar("Somebody")


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


def gaps_by_site(
    sites: Iterable[Site], promised: Mapping[Site | None, Sequence[Window]], over: Window
) -> dict[Site, tuple[Window, ...]]:
    """The gaps of each site: hours covered neither by its own roster nor by the one for every site.

    Shape: promises under None are for every site.
    """
    everywhere = promised.get(None, ())
    return {site: gaps_in((*promised.get(site, ()), *everywhere), over) for site in sites}


def for_site(site: Site | None, on_duty: Mapping[Site | None, Sequence[Somebody]]) -> tuple[Somebody, ...]:
    """Who has a place on the roster for a case of this site: its own people, else those for every site.

    Missing: a case of no one site is for those of every site, and where there are none for anybody on duty.
    """
    if site is not None:
        return tuple(on_duty.get(site) or on_duty.get(None, ()))
    return tuple(on_duty.get(None) or [one for people in on_duty.values() for one in people])
