"""The house's own pages: day board, health, and the choice of light or dark."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kap.people.permissions import Permission
from kap.vocabulary.moments import Instant
from kap_clinic.accounts.page import page
from kap_clinic.cases.safety_shown import safety_needs_of
from kap_clinic.cases.shown import needs_of
from kap_clinic.database.door import Acting
from kap_clinic.dosing_day.rooms import rooms_of
from kap_clinic.dosing_day.shown import needs_of as dosing_needs_of
from kap_clinic.measures import needs as measures
from kap_clinic.on_call import shown as on_call
from kap_clinic.orders import needs as orders
from kap_clinic.people import needs as people
from kap_clinic.plans import needs as plans
from kap_clinic.plans.board import board_of

from .day import NO_SCHEDULE, NOBODY_WAITS, place_shown, places_open_to, setup_needs, tabs_of
from .frame import PLACES, THEME_COOKIE, THEMES, links_to

A_YEAR = 365 * 24 * 3600


def to_first_place(request: HttpRequest, act: Acting) -> HttpResponse:
    """Lead somebody who does not work with the day board to the first place that is theirs."""
    places = links_to(PLACES, request)
    if not places:
        act.require(Permission.SEE_DAY_BOARD)
    return redirect(places[0].url)


@page("website.day_board", needs=Permission.SEE_DAY_BOARD, or_else=to_first_place)
def day_board(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show what needs someone today, and the day's bars."""
    places = places_open_to(act)
    place, now = place_shown(places, request.GET.get("site", "")), datetime.now(UTC)
    clock = place.time_zone if place else "UTC"
    planned = plans.needs_of(act, place.id, Instant(now)) if place else []
    waiting = needs_of(act, Instant(now), place.time_zone) if place else []
    waiting += measures.needs_of(act, now, place.time_zone) if place else []
    doses = dosing_needs_of(act, place.id, now) if place else []
    doses += orders.needs_of(act, place.id, Instant(now)) if place else []
    first = [*safety_needs_of(act, Instant(now)), *on_call.needs_of(act, now, clock)]
    return render(
        request,
        "website/day_board.html",
        {
            "page_title": _("Day board"),
            "organization": act.standing.about.get("organization", ""),
            "place": place,
            "tabs": tabs_of(places, place),
            "now": now,
            "needs": [*first, *doses, *setup_needs(places, act), *planned, *waiting, *people.needs_of(act)],
            "board": board_of(act, place.id, clock, Instant(now)) if place else None,
            "rooms": rooms_of(act, place.id, now) if place else [],
            "nobody_waits": NOBODY_WAITS,
            "no_schedule": NO_SCHEDULE,
        },
    )


def health(request: HttpRequest) -> JsonResponse:
    """Say that the web process answers; no database row is read and nothing is audited."""
    return JsonResponse({"schema": "openkap.health/1", "ok": True})


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark for this device, signed in or not, and go back to where the choice was made."""
    theme, back = request.POST.get("theme", ""), request.POST.get("next", "/")
    theme = theme if theme in THEMES else ""
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    answer = HttpResponseRedirect(back)
    answer.set_cookie(
        THEME_COOKIE,
        theme,
        max_age=A_YEAR,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return answer
