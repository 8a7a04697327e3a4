"""The house's own pages: day board and health."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting


@page("website.day_board", needs=Permission.SEE_DAY_BOARD)
def day_board(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show what needs someone today, and the day's bars."""
    return render(request, "website/day_board.html", {"page_title": _("Day board")})


def health(request: HttpRequest) -> JsonResponse:
    """Say that the web process answers; no database row is read and nothing is audited."""
    return JsonResponse({"schema": "openkap.health/1", "ok": True})
