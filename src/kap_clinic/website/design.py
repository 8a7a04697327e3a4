"""The design page: every part with invented content, beside the line that includes it."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from . import specimens
from .day import NO_SCHEDULE, NOBODY_WAITS
from .frame import Frame, Link, chosen_theme
from .parts import Act
from .specimen_forms import FilterForm, SignInForm, SpecimenForm, UnlockForm, wrong_form

WHOLE_PAGES = {
    "day-board": _("Day board, on a full day"),
    "day-board-empty": _("Day board, with nothing on it"),
    "person": _("A person"),
    "screening": _("Screening of a person"),
    "sign-in": _("Sign-in"),
    "sign-in-wrong": _("Sign-in, not accepted"),
    "locked": _("Lock screen"),
    "room": _("A treatment room"),
    "note": _("A note, as it is printed"),
    "refused": _("A refusal"),
    "400": _("Error: makes no sense"),
    "403": _("Error: not open to you"),
    "form_expired": _("Error: form open too long"),
    "404": _("Error: nothing there"),
    "500": _("Error: our mistake"),
    "away": _("Error: the database is away"),
    "away_client": _("Error: the database is away, to a client"),
    "offline": _("No connection"),
}
ERRORS = ("400", "403", "form_expired", "404", "500", "away", "away_client", "offline")


def may_look(request: HttpRequest) -> bool:
    """Public where all people are invented; elsewhere for signed-in staff."""
    return settings.ENVIRONMENT.is_demo or request.user.is_authenticated


def specimen_frame(request: HttpRequest) -> Frame:
    """The frame as a nurse sees it, whoever looks."""
    places = ((_("Day board"), True), (_("People"), False), (_("Retreats"), False), (_("Staff"), False))
    return Frame(
        theme=chosen_theme(request),
        links=tuple(Link(words, specimens.NOWHERE, is_here) for words, is_here in places),
        person="Rosa M.",
    )


def catalogue(request: HttpRequest) -> HttpResponse:
    """Show every part on one page."""
    if not may_look(request):
        return redirect_to_login(request.get_full_path())
    context = {
        "page_title": _("The look of OpenKAP"),
        "specimens": specimens,
        "specimen_form": SpecimenForm(),
        "wrong_form": wrong_form(),
        "filter_form": FilterForm(auto_id="filter_%s"),
        "whole_pages": WHOLE_PAGES,
        "sign_act": Act("Sign the order", specimens.NOWHERE, is_main=True),
    }
    return render(request, "website/design/catalogue.html", context)


def whole_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one page as a whole, with invented content."""
    if not may_look(request):
        return redirect_to_login(request.get_full_path())
    if name not in WHOLE_PAGES:
        raise Http404
    if name in ERRORS:
        return render(request, f"website/errors/{name}.html")
    form = {"sign-in": SignInForm, "locked": UnlockForm}.get(name, SpecimenForm)()
    if name == "sign-in-wrong":
        form = SignInForm({"email": "rosa@example.org", "password": "no"})
        form.is_valid()
    template = {"sign-in-wrong": "sign_in", "sign-in": "sign_in", "day-board-empty": "day_board_empty"}.get(
        name, name
    )
    context = {
        "page_title": WHOLE_PAGES[name],
        "frame_shown": specimen_frame(request),
        "specimens": specimens,
        "form": form,
        "now": datetime.now(UTC),
        "nobody_waits": NOBODY_WAITS,
        "no_schedule": NO_SCHEDULE,
    }
    return render(request, f"website/design/{template.replace('-', '_')}.html", context)
