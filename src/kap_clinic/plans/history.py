"""What was done to a plan, told day by day in the order it was written down."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from kap.histories.entries import Entry
from kap_clinic.accounts.shown import day_of, moment_of
from kap_clinic.website.parts import Day, Happening

from .queries import PlanFile


def history_of(file: PlanFile) -> list[Day]:
    """What was done to a plan, day by day."""
    clock = file.facts.time_zone
    days: dict[str, list[Happening]] = {}
    for entry in file.entries:
        day = day_of(entry.recorded_at.at, clock)
        days.setdefault(day, []).append(_happening(entry, file))
    return [Day(words, tuple(happenings)) for words, happenings in days.items()]


def _happening(entry: Entry, file: PlanFile) -> Happening:
    body, clock = entry.body, file.facts.time_zone
    session = body.get("session", "")
    title = file.course.plan.protocol.session(session).title if session else ""
    happened = moment_of(entry.happened_at.at, clock)
    what, detail = {
        "plan_made": (_("Plan made"), ""),
        "session_moved": (
            _("Moved “{session}”").format(session=title),
            _("to {day} {hour}. {why}").format(
                day=body.get("on"), hour=body.get("at"), why=body.get("because")
            ),
        ),
        "session_met": (_("“{session}” is met").format(session=title), body.get("because", "")),
        "session_began": (_("“{session}” began").format(session=title), happened),
        "session_ended": (_("“{session}” ended").format(session=title), happened),
        "session_missed": (_("“{session}” was missed").format(session=title), body.get("because", "")),
        "plan_stopped": (_("Plan stopped"), body.get("because", "")),
    }[entry.name]
    return Happening(
        at=entry.recorded_at.in_zone(clock).strftime("%H:%M"), what=what, detail=detail,
        by=file.names.get(UUID(entry.by)) or _("by a program"),
    )  # fmt: skip
