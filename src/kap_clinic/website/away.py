"""What is answered while the database is away: not now, try again in a moment, and nothing is lost meanwhile.

A database that is started anew refuses or cuts connections for some seconds. That is no mistake of ours: a
program reads 503 and when to come back, a person reads what became of what they sent.
"""

from __future__ import annotations

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

SECONDS = 3
# What clients open by link, without an account: help stands on each of these pages.
_OF_CLIENTS = ("/forms/", "/history/", "/refer/")


def is_away(failed: BaseException | None) -> bool:
    """Say whether this failed because the database was away, or had no room for it at that moment."""
    while failed is not None:
        if isinstance(failed, OperationalError | InterfaceError):
            return True
        failed = failed.__cause__ or failed.__context__
    return False


def away(request: HttpRequest) -> HttpResponse:
    """Answer 503 in words for whoever asks; the page reads no table."""
    headers = {"Retry-After": str(SECONDS), "Cache-Control": "no-store"}
    if _is_program(request):
        words = gettext("The database is away for a moment and nothing was saved. Send the same again.")
        return JsonResponse({"schema": "openkap.away/1", "away": words}, status=503, headers=headers)
    told = {"is_sent": request.method not in ("GET", "HEAD")}
    name = "away_client" if request.path.startswith(_OF_CLIENTS) else "away"
    return HttpResponse(render_to_string(f"website/errors/{name}.html", told), status=503, headers=headers)


def _is_program(request: HttpRequest) -> bool:
    return (
        request.path.startswith("/api/")
        or "HX-Request" in request.headers
        or request.headers.get("accept", "").startswith("application/json")
    )
