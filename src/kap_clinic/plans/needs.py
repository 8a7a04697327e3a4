"""What of the plans waits for somebody on the day board: windows that close, sessions that should be held."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kap.integration.windows import Standing, packaged_windows, standing
from kap.people.permissions import Permission
from kap.vocabulary.moments import Instant
from kap_clinic.accounts.shown import moment_of
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Act, Need

from . import waiting
from .queries import SessionLine
from .shown import span_in_words


def needs_of(act: Acting, site: UUID, at: Instant) -> list[Need]:
    """Return what of the plans of one place waits for somebody, the window that closes first at the top."""
    if not act.standing.permits(Permission.SEE_DAY_BOARD, site):
        return []
    return _needs(act, at, site_id=site)


def needs_of_person(act: Acting, person: UUID, at: Instant) -> list[Need]:
    """Return what of one person's plan waits for somebody.

    Missing: empty for whoever may not read plans.
    """
    if not act.standing.permits(Permission.SEE_PLANS):
        return []
    return _needs(act, at, person_id=person)


def _needs(act: Acting, at: Instant, **whose: UUID) -> list[Need]:
    closing = [_closing(act, line, at) for line in waiting.open_windows(act, at, **whose)]
    return [*closing, *(_due(act, line, at) for line in waiting.due_sessions(act, at, **whose))]


def _closing(act: Acting, line: SessionLine, at: Instant) -> Need:
    found = standing(line.window, at, packaged_windows())
    closes = moment_of(line.window.closes_at.at, line.time_zone)
    begins = moment_of(line.time.opens_at.at, line.time_zone)
    if found is Standing.CLOSED:
        what = _("integration window closed {moment}; the session was not recorded").format(moment=closes)
    else:
        left = span_in_words(line.window.time_left(at))
        what = _("integration window closes in {left}").format(left=left)
    tone = {Standing.CLOSED: "must", Standing.CLOSING: "look"}.get(found, "act")
    where = _("planned for {begins}, window until {closes}").format(begins=begins, closes=closes)
    return Need(who=line.person_name, what=what, where=where, act=_to_plan(act, line), tone=tone)


def _due(act: Acting, line: SessionLine, at: Instant) -> Need:
    late = span_in_words(at.since(line.time.closes_at))
    what = _("“{session}” should have ended {late} ago and is not recorded").format(
        session=line.title, late=late
    )
    begins = moment_of(line.time.opens_at.at, line.time_zone)
    where = _("planned for {begins}").format(begins=begins)
    return Need(who=line.person_name, what=what, where=where, act=_to_plan(act, line), tone="act")


def _to_plan(act: Acting, line: SessionLine) -> Act | None:
    if not act.standing.permits(Permission.SEE_PLANS, line.site):
        return None
    return Act(_("Open the plan"), reverse("plans:plan", args=[line.person]))
