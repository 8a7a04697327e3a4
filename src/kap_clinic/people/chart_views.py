"""One person's chart: who they are, how far they have come, what is known, and who else may see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kap.people.permissions import Permission
from kap.screening.record import PersonRecord
from kap.vocabulary.moments import Instant
from kap.vocabulary.partial_dates import PartialDate
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import day_of, house_today, house_zone, moment_of
from kap_clinic.database.door import Acting
from kap_clinic.organizations.queries import site_names
from kap_clinic.plans.needs import needs_of_person
from kap_clinic.screening.decided import decisions_of
from kap_clinic.screening.told import told_by, with_history
from kap_clinic.website.parts import Day, Happening

from . import (
    access,
    births,
    known_shown,
    listing,
    openings,
    queries,
    received,
    referred,
    sharing,
    shown,
    supporters,
)
from .contacts import open_contact
from .journey import ribbon, stage_in_words
from .models import Person
from .referral_forms import BirthForm
from .views import ask, opening_line, received_table

_CHANGES: Mapping[str, Promise] = {
    "opened": gettext_lazy("Chart opened"),
    "stage": gettext_lazy("Moved on"),
    "records": gettext_lazy("Records came in"),
    "birth": gettext_lazy("Birth date"),
    "birth-differs": gettext_lazy("Another birth date was told"),
    "referral": gettext_lazy("Referred by"),
    "told-back": gettext_lazy("Told the referrer"),
    "support": gettext_lazy("Stands by them"),
    "support-ended": gettext_lazy("No longer stands by them"),
    "shared": gettext_lazy("Shared with"),
    "unshared": gettext_lazy("No longer shared with"),
}


@page("people.see_chart", needs=Permission.SEE_PEOPLE)
def chart(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Show one person: who they are, how far they have come, and what is known with its day and origin."""
    row = access.person_in(act, person)
    zone, now = house_zone(), datetime.now(UTC)
    header, opened = queries.header_in(row), openings.openings(act, person)
    may_see = access.may_see(act, row)
    may_move = act.standing.permits(Permission.OPEN_CHARTS, row.site_id)
    shown_here: dict[str, Any] = {
        "page_title": header.name,
        "header": header,
        "line": shown.header_line(header, house_today()),
        "journey": ribbon(header.stage, decisions_of(act, [person]).get(person, "")),
        "imports": received_table(received.imports(act, person), zone),
        "days": _days(listing.changes(act, person), zone),
        "time_zone": zone,
        "open_now": [opening_line(one, zone) for one in opened if one.until > now],
        "opened_before": [opening_line(one, zone) for one in opened if one.until <= now],
        "may_see": may_see,
        "may_move": may_move,
        "may_share": may_see and act.standing.permits(Permission.SHARE_CHART, row.site_id),
        "may_send": act.standing.permits(Permission.SEND_HISTORY, row.site_id),
        "may_break": act.standing.permits(Permission.BREAK_GLASS),
        "who": _who(act, row, may_reach=may_see or may_move),
        "conflict": births.conflict_of(act, person),
        "supporters": [shown.supporter_facts(one) for one in supporters.supporters(act, row)],
        "referrals": [shown.referral_facts(one) for one in referred.referrals(act, row)],
        "shared": [shown.grant_line(one, by, now) for one, by in sharing.given_for(person, now)],
    }
    if may_see:
        shown_here |= _what_is_known(act, person, header.birth, zone)
    return render(request, "people/chart.html", shown_here)


@page("people.settle_birth_page", needs=Permission.OPEN_CHARTS)
def settle_birth(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask which birth date is right, and keep it with how one knows."""
    row = access.person_in(act, person)
    conflict = births.conflict_of(act, person)
    form = BirthForm(request.POST or None, initial={"birth": row.birth})

    def do() -> None:
        births.settle_birth(organization=act.organization, by=act.actor, person=person, **form.cleaned_data)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("The birth date is settled. What records said stays in them."))
        return redirect("people:chart", person)
    text = ""
    if conflict:
        text = _("This chart says {ours}. {source} says {theirs}.").format(
            ours=births.born_in_words(row.birth) or _("nothing"), source=conflict.source,
            theirs=births.born_in_words(conflict.birth),
        )  # fmt: skip
    return ask(
        request,
        title=_("When was {name} born?").format(name=row.name),
        text=text,
        form=form,
        submit=_("Keep this birth date"),
        back=reverse("people:chart", args=[person]),
        back_words=row.name,
    )


def _who(act: Acting, row: Person, *, may_reach: bool) -> list[tuple[str, str]]:
    sites = site_names()
    who = [
        (_("Language"), shown.language_in_words(row.language)),
        (_("Treated at"), sites.get(row.site_id, "") if row.site_id else _("the whole organization")),
    ]
    if not may_reach:
        return who
    contact = open_contact(act, row.contact_sealed, "people_person", row.id)
    return [(_("Reached at"), contact.in_words or _("not given")), *who]


def _what_is_known(act: Acting, person: UUID, born: date | PartialDate | None, zone: str) -> dict[str, Any]:
    facts = queries.facts_of(act, person)
    told = with_history(PersonRecord(str(person), ()), told_by(act, [person]).get(person, []))
    return {
        "allergies": known_shown.allergies_in_words([*(known.fact for known in facts), *told.facts]),
        "kinds": known_shown.known_kinds(facts, born, zone),
        "unread": queries.not_understood(act, person),
        "needs": needs_of_person(act, person, Instant(datetime.now(UTC))),
    }


def _days(changes: list[listing.ChartChange], zone: str) -> list[Day]:
    days: dict[str, list[Happening]] = {}
    for change in changes:
        days.setdefault(day_of(change.at, zone), []).append(
            Happening(
                at=moment_of(change.at, zone).rsplit(" ", 2)[1],
                what=_CHANGES.get(change.kind, change.kind),
                detail=_value(change),
                by=change.by or _("by a program"),
                notes=(change.because,) if change.because else (),
            )
        )
    return [Day(words, tuple(happenings)) for words, happenings in days.items()]


def _value(change: listing.ChartChange) -> str:
    if change.kind in ("opened", "stage"):
        return stage_in_words(change.value)
    return births.born_in_words(change.value) if change.kind.startswith("birth") else change.value
