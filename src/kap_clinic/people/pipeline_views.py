"""The pipeline: who asked, who was referred and by whom, who is screened, who was lost and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kap.people.permissions import Permission
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Act, Column, Empty, Row, Table

from . import listing, referred, shown
from .births import born_in_words
from .enquiry_views import CAME_BY
from .journey import ENQUIRY, LOST, REFERRAL, SCREENING, stage_in_words


@page("people.see_pipeline", needs=Permission.SEE_PEOPLE)
def pipeline(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show who asked, who was referred, who is screened and who was lost, the longest waiting first."""
    counts, now = listing.stage_counts(act), datetime.now(UTC)
    tables = [
        _enquiry_table(_("Enquiries"), listing.enquiries(act, ENQUIRY), now),
        _person_table(_("Referred"), act, listing.people_at(act, REFERRAL), now),
        _person_table(_("In screening"), act, listing.people_at(act, SCREENING), now),
        _to_tell_table(act),
        _lost_table(act),
    ]
    always = (ENQUIRY, REFERRAL, SCREENING)
    shown_here = {
        "stages": shown.stages_counted(counts),
        "page_title": _("Enquiries and referrals"),
        "tabs": shown.tabs_of("pipeline", act),
        "tables": [table for place, table in enumerate(tables) if table.rows or place < len(always)],
        "waiting": counts.get(ENQUIRY, 0),
    }
    return render(request, "people/pipeline.html", shown_here)


def _enquiry_table(caption: str, lines: list[listing.EnquiryLine], now: datetime) -> Table:
    rows = tuple(
        Row(
            cells=(
                Act(line.name, reverse("people:enquiry", args=[line.id])),
                str(CAME_BY.get(line.came_by, line.came_by)),
                shown.waited(line.asked_at, now),
            )
        )
        for line in lines
    )
    columns = (_("Name"), _("Asked by"), _("Since"))
    return _table(caption, columns, rows)


def _person_table(caption: str, act: Acting, lines: list[listing.PersonLine], now: datetime) -> Table:
    referrers = referred.referred_by(act, [line.id for line in lines])
    rows = tuple(
        Row(
            cells=(
                Act(line.name, reverse("people:chart", args=[line.id])),
                born_in_words(line.birth) or _("not given"),
                referrers.get(line.id, ""),
                shown.waited(line.opened_at, now),
            )
        )
        for line in lines
    )
    return _table(caption, (_("Name"), _("Birth date"), _("Referred by"), _("Since")), rows)


def _to_tell_table(act: Acting) -> Table:
    rows = tuple(
        Row(
            cells=(
                Act(one.line.name, reverse("people:chart", args=[one.line.id])),
                one.referrer,
                stage_in_words(one.line.stage),
                Act(_("Record what they were told"), reverse("people:tell_back", args=[one.referral])),
            )
        )
        for one in referred.to_tell(act)
        if act.standing.permits(Permission.OPEN_CHARTS, one.line.site)
    )
    columns = (_("Name"), _("Referred by"), _("Stage"), "")
    return _table(_("Decided, and the referrer was told nothing"), columns, rows)


def _lost_table(act: Acting) -> Table:
    asked = [
        (line.name, reverse("people:enquiry", args=[line.id]), ENQUIRY, line.because)
        for line in listing.enquiries(act, LOST)
    ]
    charted = [
        (one.line.name, reverse("people:chart", args=[one.line.id]), one.at_stage, one.because)
        for one in listing.lost_people(act)
    ]
    rows = tuple(
        Row(cells=(Act(name, url), stage_in_words(stage), because))
        for name, url, stage, because in (*charted, *asked)
    )
    return _table(_("Lost"), (_("Name"), _("At the stage"), _("Why")), rows)


def _table(caption: str, columns: Sequence[str], rows: tuple[Row, ...]) -> Table:
    count = ngettext("%d person", "%d people", len(rows)) % len(rows)
    return Table(
        caption=caption,
        note=count,
        columns=tuple(Column(words=words) for words in columns),
        rows=rows,
        empty=Empty(what=_("Nobody waits here.")),
    )
