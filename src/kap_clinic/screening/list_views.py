"""The prescriber's list: who needs a decision, by what is red and what changed; everybody else is counted."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap.screening.screening import Treatment
from kap.vocabulary.findings import Verdict
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_zone
from kap_clinic.database.door import Acting
from kap_clinic.people.journey import SCREENING
from kap_clinic.people.listing import PersonLine
from kap_clinic.people.records import birth_of, charts_at, records_of
from kap_clinic.website.parts import Act, Empty, Need

from . import queries, shown
from .queries import Whole
from .told import with_birth

_WORST_FIRST = ("must", "look", "act")
_RED = (Verdict.STOP, Verdict.HOLD)


@page("screening.see_list", needs=Permission.SEE_SCREENING)
def to_read(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show who waits for a decision: red items and changes only, ten seconds a person."""
    lines = charts_at(act, SCREENING)
    act.about(*(line.id for line in lines))
    records = records_of(act, lines)
    records = {line.id: with_birth(records[line.id], birth_of(line)) for line in lines}
    wholes = queries.wholes(act, records, Treatment(), datetime.now(UTC), house_zone())
    needs = [need for line in lines if (need := _need(line, wholes[line.id]))]
    needs.sort(key=lambda need: _WORST_FIRST.index(need.tone))
    return render(
        request,
        "screening/list.html",
        {
            "page_title": _("Screenings to read"),
            "needs": needs,
            "others": len(lines) - len(needs),
            "empty": Empty(
                what=_("Nobody waits for you."),
                how=_("Who is being screened appears here when something is red, or changed after signing."),
            ),
        },
    )


def _need(line: PersonLine, whole: Whole) -> Need | None:
    """What to read about one person; nothing where no red item stands and nothing changed."""
    red = [finding for finding in whole.standing.in_the_way if finding.verdict in _RED]
    changed = shown.differences_in_words(whole.differences)
    is_ready = whole.signed is None and whole.standing.may_go_on
    if not (red or changed or is_ready) or (whole.signed and not changed):
        return None
    reasons = [finding.because.reason.rendered(_) for finding in red]
    if is_ready:
        reasons = [_("Nothing that was asked stands in the way.")]
    tone = "must" if any(finding.verdict is Verdict.STOP for finding in red) else "look"
    return Need(
        who=line.name,
        what=" ".join(reasons) or shown.count_of_open(whole),
        where=_("Changed since it was signed: {changes}").format(changes="; ".join(changed))
        if changed
        else (shown.count_of_open(whole) if red else ""),
        act=Act(_("Read"), reverse("screening:workbench", args=[line.id])),
        tone=tone if red else "act",
    )
