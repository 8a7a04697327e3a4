"""The outcome of one person."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap.vocabulary.moments import Instant
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_zone
from kap_clinic.database.door import Acting
from kap_clinic.measures.chart import SIZES, picture
from kap_clinic.measures.course_shown import summary
from kap_clinic.people import queries as people
from kap_clinic.people.journey import ribbon

from . import queries, shown


@page("outcomes.see_person", needs=Permission.SEE_MEASURES)
def person(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Show what the treatment did for one person: scores with doses marked, and what the rules say."""
    header, clock = people.header_of(act, person), house_zone()
    found = queries.outcome_of(act, person, Instant(datetime.now(UTC)))
    first = found.outcomes[queries.SHOWN[0]]
    drawn, recall = first.course, first.definition.about.recall_days
    told = {
        "page_title": _("Outcome"),
        "header": header,
        "journey": ribbon(header.stage),
        "title": first.definition.about.title,
        "pictures": [picture(drawn, size, clock, recall) for size in SIZES] if drawn else [],
        "summary": summary(drawn, [line.began_at for line in found.doses if line.began_at], clock)
        if drawn
        else "",
        "before_and_after": shown.before_and_after(found, person, clock),
        "dose_by_dose": shown.dose_by_dose(found, clock),
        "clock": clock,
    }
    return render(request, "outcomes/person.html", told)
