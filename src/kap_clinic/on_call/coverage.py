"""Which hours nobody covers, and for which sites; run inside ``acting()``.

A site is covered by its own roster or by the one for every site; a house without sites is one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from kap.casework.calls import Called
from kap.casework.roster import gaps_by_site
from kap.vocabulary.moments import Instant, Window
from kap_clinic.database.door import Acting
from kap_clinic.organizations.queries import sites

from . import store


@dataclass(frozen=True)
class Gap:
    """A stretch in which nobody is the first to be called.

    Missing: ``sites`` is empty where it is so everywhere.
    """

    window: Window
    sites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Uncovered:
    """A place nobody covers at a moment, and since when.

    Missing: ``site`` is empty where the house is one place; ``since`` is None where nobody ever covered it.
    """

    site: str
    since: datetime | None


def gaps(act: Acting, at: datetime, until: datetime, site: UUID | None = None) -> tuple[Gap, ...]:
    """Return the gaps from one moment to another, the earliest first; of one site alone where it is named."""
    promised: dict[UUID | None, list[Window]] = {}
    for row in store.standing_in(act, at, until).filter(place=Called.ON_CALL.value):
        promised.setdefault(row.site_id, []).append(Window(Instant(row.starts_at), Instant(row.until)))
    everywhere = _places()
    places = {one: name for one, name in everywhere.items() if site is None or one == site}
    found: dict[Window, list[str]] = {}
    for site, windows in gaps_by_site(places, promised, Window(Instant(at), Instant(until))).items():
        for window in windows:
            found.setdefault(window, []).append(places[site])
    by_time = sorted(found.items(), key=lambda item: (item[0].opens_at, item[0].closes_at))
    return tuple(Gap(window, tuple(n) if len(n) < len(everywhere) else ()) for window, n in by_time)


def uncovered(act: Acting, at: datetime) -> tuple[Uncovered, ...]:
    """Return the places nobody covers at this moment; none where no roster was ever kept."""
    rows = store.standing(act).filter(place=Called.ON_CALL.value, starts_at__lte=at)
    last: dict[UUID | None, datetime] = dict(
        rows.order_by().values_list("site_id").annotate(last=Max("until"))
    )
    if not last:
        return ()
    places = _places()
    ends = {
        name if len(places) > 1 else "": max((last[one] for one in {site, None} & last.keys()), default=None)
        for site, name in places.items()
    }
    return tuple(Uncovered(name, since) for name, since in ends.items() if since is None or since <= at)


def is_kept(act: Acting, at: datetime) -> bool:
    """Say whether anybody was on call by now, so that a gap is one."""
    return bool(store.standing(act).filter(starts_at__lte=at).exists())


def _places() -> dict[UUID | None, str]:
    """Our open sites by name, or the house where it has none."""
    return {one.id: one.name for one in sites(with_shared=False)} or {None: ""}
