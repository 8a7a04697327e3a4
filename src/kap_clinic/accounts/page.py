"""A page: who asks, for which organization, under which permission; the view only translates.

``@page`` opens ``acting()`` around the view. A GET is audited under the page's own action; a POST that calls
an action is audited under that action's name, and a refusal rolls everything back and leaves its row.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from kap.people.permissions import Permission
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.stream.tokens import issue

ORGANIZATION, MEMBER = "kap_organization", "kap_member"

View = Callable[..., HttpResponseBase]


def page(action: str, *, needs: Permission, or_else: View | None = None) -> Callable[[View], View]:
    """Wrap a view that takes ``(request, act, …)`` and needs one permission.

    Without the permission the person is refused, or where the page says so answered by ``or_else``.

    Raises: Refused, explained by ``ExplainRefusals``.
    """

    def wrap(view: View) -> View:
        @login_required
        @wraps(view)
        def opened(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
            where = workplace_of(request)
            if where is None:
                return redirect("accounts:choose")
            with acting(where[0], Actor.member(where[1]), action, is_page=True) as act:
                dress(request, act)
                if or_else is not None and not act.standing.permits(needs):
                    return or_else(request, act)
                act.require(needs)
                return view(request, act, *arguments, **named)

        opened.needs = needs  # type: ignore[attr-defined]
        opened.action = action  # type: ignore[attr-defined]
        return opened

    return wrap


def workplace_of(request: HttpRequest) -> tuple[UUID, UUID] | None:
    """Return the organization and the member this browser works as; None before one was chosen."""
    organization, member = request.session.get(ORGANIZATION), request.session.get(MEMBER)
    return (UUID(organization), UUID(member)) if organization and member else None


def dress(request: HttpRequest, act: Acting) -> None:
    """Put what every page shows beside its own matter onto the request: name, organization, permissions."""
    request.act = act  # type: ignore[attr-defined]
    request.standing = act.standing  # type: ignore[attr-defined]
    request.permissions = {str(one) for one in Permission if act.standing.permits(one)}  # type: ignore[attr-defined]
    request.stream = {  # type: ignore[attr-defined]
        "url": f"{settings.ENVIRONMENT.stream_origin}/stream/events",
        "token": issue(
            settings.SECRET_KEY, organization=act.organization, member=act.actor.id, at=datetime.now(UTC)
        ),
        "renew": reverse("website:live_ticket"),
    }
