"""The schedule a client follows in the words a page shows."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kap.instruments.loading_schedules import schedule, schedule_ids
from kap.instruments.schedules import Schedule, overlaps
from kap.instruments.shelf import library
from kap_clinic.accounts.shown import moment_of
from kap_clinic.database.door import Acting

from . import asked, queries


def schedule_of(act: Acting, person: UUID, clock: str) -> Mapping[str, object] | None:
    """The schedule one person follows, with the doses it is timed by; None where there is none."""
    row = asked.followed_by(act, person)
    if row is None:
        return None
    found = schedule(row.schedule.partition("@")[0])
    return {
        "id": row.id,
        "title": found.title,
        "since": date_format(row.starts_on, "j M Y"),
        "time_zone": row.time_zone,
        "doses": [moment_of(at, clock) for at in queries.doses_of(act, person)],
        "rounds": rounds_in_words(found),
        "notes": [str(note) for note in overlaps(found, library())],
    }


def rounds_in_words(found: Schedule) -> list[str]:
    """Each round with its forms and how long it takes the client."""
    titles = {name: one.about.title for name, one in library().items()}
    return [
        _("{round}: {forms} ({n} min of the client)").format(
            round=one.name.capitalize(), forms=", ".join(titles[form] for form in one.forms),
            n=one.minutes(library()),
        )
        for one in found.rounds
    ]  # fmt: skip


def offered() -> list[tuple[str, str]]:
    """The schedules that can be followed, by id and title."""
    return [(id, schedule(id).title) for id in schedule_ids()]
