"""A refusal that no view explained is shown as a page with its sentence, or as JSON to the API."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from kap.vocabulary.errors import Refused


class ExplainRefusals:
    """Turns ``Refused`` into a 403 that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Hold the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Explain a refusal; leave every other exception to Django."""
        if not isinstance(exception, Refused):
            return None
        words = exception.sentence.rendered(gettext)
        if request.path.startswith("/api/"):
            return JsonResponse({"schema": "openkap.refusal/1", "refused": words}, status=403)
        return render(request, "website/refused.html", {"reason": words}, status=403)
