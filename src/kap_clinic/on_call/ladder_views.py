"""The pages of the ladders' minutes: what holds and who signed it, and the question that sets them."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.casework.ladder_times import SETTABLE
from kap.people.permissions import Permission
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_zone
from kap_clinic.database.door import Acting
from kap_clinic.website.asking import Asking, do_or_ask

from . import ladder, ladder_shown
from .forms import MinutesForm


@page("on_call.see_ladder", needs=Permission.SEE_ROSTER)
def ladders(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show every ladder with its minutes, and what was signed."""
    signed, clock = ladder.signed(act), house_zone()
    may_set = act.standing.permits(Permission.SET_LADDER)
    told = {
        "page_title": _("Who is called when"),
        "ladders": ladder_shown.ladders(signed, datetime.now(UTC), clock, may_set=may_set),
        "table": ladder_shown.history_table(signed, clock),
    }
    return render(request, "on_call/ladders.html", told)


@page("on_call.set_minutes_page", needs=Permission.SET_LADDER)
def minutes(request: HttpRequest, act: Acting, kind: str) -> HttpResponse:
    """Ask after how many minutes each step of a ladder is called."""
    found = next((one for one in SETTABLE if one.id == kind), None)
    if found is None:
        raise Http404
    pace = ladder.in_force(found, ladder.signed(act), datetime.now(UTC))
    form = MinutesForm(request.POST or None, steps=ladder_shown.steps_of(found, pace))

    def do() -> None:
        ladder.set_minutes(
            organization=act.organization, by=act.actor, id=form.cleaned_data["id"], kind=kind,
            minutes=form.minutes, why=form.cleaned_data["why"],
        )  # fmt: skip

    asking = Asking(
        title=_("Set the minutes"), back=reverse("on_call:ladders"), back_words=_("Who is called when"),
        submit=_("Sign these minutes"), who=found.name.rendered(_),
        text=_(
            "The first call goes out at once. With your name and the time this is what your house answers "
            "for; a case that climbs already keeps its minutes."
        ),
    )  # fmt: skip
    done = _("Signed. Cases opened from now on are called by these minutes.")
    return do_or_ask(request, form, do, asking, done=done)
