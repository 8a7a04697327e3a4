"""A fresh ticket to the live stream, for a page that stays open; not activity, and not audited."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from kap_clinic.accounts.page import workplace_of
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.stream.tokens import issue


@require_GET
def ticket(request: HttpRequest) -> HttpResponse:
    """Give a member who still works here five more minutes of the stream.

    Raises: Refused for somebody who has left.
    """
    where = workplace_of(request) if request.user.is_authenticated else None
    if where is None:
        return JsonResponse({"schema": "openkap.refusal/1", "refused": "Sign in again."}, status=401)
    with acting(where[0], Actor.member(where[1]), "stream.keep_alive"):
        token = issue(settings.SECRET_KEY, organization=where[0], member=where[1], at=datetime.now(UTC))
    return JsonResponse({"schema": "openkap.stream-ticket/1", "token": token})
