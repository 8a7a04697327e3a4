"""What waits for staff, one person's forms and scores, and the course on one scale."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.instruments.course import Course, judgments
from kap.instruments.definition import Instrument
from kap.instruments.scoring import TOTAL
from kap.instruments.shelf import library
from kap.people.permissions import Permission
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_today, house_zone
from kap_clinic.database.door import Acting
from kap_clinic.people.access import require_chart
from kap_clinic.people.queries import header_in
from kap_clinic.people.shown import header_line
from kap_clinic.website.parts import Empty, Step

from . import asked, course_shown, queries, shown
from .chart import SIZES, picture
from .timing import schedule_of


@page("measures.see_waiting", needs=Permission.SEE_MEASURES)
def waiting(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show what waits for staff: forms missed, ended in part, or to be filled in here."""
    now, clock = datetime.now(UTC), house_zone()
    forms = asked.waiting(act, now)
    act.about(*(form.person for form in forms))
    return render(
        request,
        "measures/waiting.html",
        {
            "page_title": _("Forms that wait"),
            "needs": shown.waiting_needs(forms, now, clock),
            "empty": Empty(
                what=_("No form waits for you."),
                how=_("A form that was missed, or is to be filled in here, stands here until it is seen to."),
            ),
        },
    )


@page("measures.see_person", needs=Permission.SEE_MEASURES)
def person(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Show what was asked of one person, what came, and what is a safety matter."""
    row = require_chart(act, person)
    now, clock = datetime.now(UTC), house_zone()
    points, forms = queries.all_scores_of(act, person), asked.asked_of(act, person)
    told = {
        "page_title": _("Forms and scores"),
        "header": header_in(row),
        "line": header_line(header_in(row), house_today()),
        "needs": shown.needs_of_person(forms, now, clock),
        "scores": shown.scores_table(points, person, clock),
        "asked": shown.asked_table(forms, now, clock),
        "links": shown.link_rows(asked.links_of(act, person, now), person, clock),
        "follows": schedule_of(act, person, clock),
        "may_ask": act.standing.permits(Permission.ASK_MEASURES, row.site_id),
        "may_send": any(form.filled_by == "link" and not form.ended for form in forms),
        "clock": clock,
    }
    return render(request, "measures/person.html", told)


@page("measures.see_course", needs=Permission.SEE_MEASURES)
def course(request: HttpRequest, act: Acting, person: UUID, instrument: str) -> HttpResponse:
    """Show one person's course on one scale: the picture, what it counts as, and the same in rows."""
    if instrument not in library():
        raise Http404
    row, definition, clock = require_chart(act, person), library()[instrument], house_zone()
    now = datetime.now(UTC)
    points = queries.scores_of(act, person, instrument)
    doses = [at for at in queries.doses_of(act, person) if at <= now]
    missed = asked.missed_of(act, person, instrument)
    scales = [scale.name for scale in definition.scoring.scales]
    wanted = request.GET.get("scale", TOTAL)
    scale = wanted if wanted in scales else next(iter(scales), "")
    drawn = course_shown.course_of(definition, scale, points, missed, doses) if scale and points else None
    told: dict[str, Any] = {
        "page_title": definition.about.title,
        "header": header_in(row),
        "line": header_line(header_in(row), house_today()),
        "definition": definition,
        "direction": shown.DIRECTIONS[definition.about.direction],
        "tabs": _tabs(scales, scale, person, instrument),
        "table": course_shown.course_table(drawn, points, missed, doses, person, clock),
        "clock": clock,
    }
    if drawn:
        told |= _drawn(definition, drawn, doses, clock)
    return render(request, "measures/course.html", told)


def _drawn(definition: Instrument, drawn: Course, doses: list[datetime], clock: str) -> dict[str, Any]:
    """The picture in both sizes, its sentence, and what the newest score counts as."""
    newest = drawn.newest
    return {
        "pictures": [picture(drawn, size, clock, definition.about.recall_days) for size in SIZES],
        "summary": course_shown.summary(drawn, doses, clock),
        "compared": course_shown.compared(drawn, clock),
        "rule_sets": course_shown.rule_sets(judgments(definition, drawn, newest)) if newest else [],
    }


def _tabs(scales: list[str], here: str, person: UUID, instrument: str) -> list[Step]:
    if len(scales) < 2:
        return []
    url = reverse("measures:course", args=[person, instrument])
    words = {TOTAL: _("total")}
    return [Step(words.get(name, name), f"{url}?scale={name}", is_here=name == here) for name in scales]
