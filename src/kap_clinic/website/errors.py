"""The pages shown when something went wrong, in our words; they read no table, so that they always answer."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from .away import away, is_away


def explained(name: str, status: int) -> HttpResponse:
    """One of our error pages, drawn without the request: whatever failed may fail again."""
    return HttpResponse(render_to_string(f"website/errors/{name}.html"), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that makes no sense."""
    return explained("400", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page that is not open to whoever asks."""
    return explained("403", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address where nothing is, or nothing that this organization may see."""
    return explained("404", 404)


def broken(request: HttpRequest) -> HttpResponse:
    """A mistake of ours, unless it is only the database that is away."""
    return away(request) if is_away(sys.exception()) else explained("500", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or was not sent from our own page."""
    return explained("form_expired", 403)


def offline(request: HttpRequest) -> HttpResponse:
    """What a device shows when it cannot reach us; it keeps this page for that moment."""
    return explained("offline", 200)
