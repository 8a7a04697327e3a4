"""What a client's link opens: whose house, in which language, what was told; and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.core.internal.ratelimit import consume, respond_429
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override, pgettext
from django.views.decorators.cache import never_cache

from kap.screening.questions import Question, ToldBy, packaged_history
from kap.screening.retelling import GroupTold, told_by_group
from kap.vocabulary.errors import Refused
from kap_clinic.accounts.refused_links import bound_refused_links
from kap_clinic.database.door import acting
from kap_clinic.organizations import queries as organizations
from kap_clinic.website.translated import reviewer_of

from . import links
from .told import Told, newest, responses_of, told_by

# A house has one address for many clients: thirty people may answer at once. One link, with every question
# opened and answered twice, stays below its own bound: so much, and no more, it may add to the trail a day.
_RATE = {"link": "900/5m/ip,600/d/key"}


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A link that opens the form: whose house, in which language, what was told before and by this link."""

    organization: UUID
    link: UUID
    token: str
    house: str
    language: str
    told: dict[str, Told]
    before: dict[str, Told]
    groups: tuple[GroupTold, ...]

    def address(self, name: str, *more: str) -> str:
        """Return the address of another page of this form."""
        return reverse(f"history:{name}", args=[self.organization, self.link, self.token, *more])

    @property
    def is_known(self) -> bool:
        """Whether something was told before this link, so that one is asked what has changed since."""
        return bool(self.before)

    @property
    def key(self) -> dict[str, Any]:
        """Return what every action of a client needs."""
        return {"organization": self.organization, "link": self.link, "token": self.token}


def client_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a page a client opens by link: nothing is shown unless the link opens the form."""

    @never_cache
    @wraps(view)
    def opened(
        request: HttpRequest, organization: UUID, link: UUID, token: str, *more: Any, **named: Any
    ) -> HttpResponse:
        bounded = {"config": _RATE, "key": str(link), "limit_get": True}
        if not consume(request, app="kap.history", action="link", **bounded):
            return respond_429(request)
        if not organizations.exists(organization):
            raise Http404
        try:
            found = look(request, organization, link, token)
            with override(found.language):
                return view(request, found, *more, **named)
        except Refused:
            # Its sentence stands in the trail, so many a day; the client reads one, whatever is wrong.
            return _over(request)

    return opened


def asked_of_clients() -> dict[str, Question]:
    """Return the questions a client is asked, in their order."""
    every = packaged_history().questions
    return {link_id: one for link_id, one in every.items() if one.told_by is ToldBy.CLIENT}


def look(request: HttpRequest, organization: UUID, link: UUID, token: str) -> Opened:
    """Read what a link opens.

    Raises: Refused.
    """
    with acting(organization, links.CLIENT, "screening.open_history") as act:
        bound_refused_links(act, request)
        found = links.opened(act, link, token)
        told = told_by(act, [found.person_id]).get(found.person_id, [])
        return Opened(
            organization=organization, link=link, token=token,
            house=organizations.organization().name, language=found.language,
            told=newest(one for one in told if one.link == link),
            before=newest(one for one in told if one.link != link),
            groups=told_by_group(responses_of(told), ToldBy.CLIENT),
        )  # fmt: skip


def shown_page(request: HttpRequest, opened: Opened, name: str, **shown: Any) -> HttpResponse:
    """Draw a page of the form in the client's language, and say whether its words were reviewed."""
    nobody = packaged_history().reviewed[opened.language] == "nobody yet"
    is_unreviewed = nobody or not reviewer_of(opened.language)
    told = {"opened": opened, "house": opened.house, "is_unreviewed": is_unreviewed, **shown}
    told["answers_url"], told["language_url"] = opened.address("answers"), opened.address("language")
    return render(request, f"screening/client/{name}.html", told)


def _over(request: HttpRequest) -> HttpResponse:
    with override("es" if request.headers.get("Accept-Language", "").startswith("es") else "en"):
        why = pgettext(
            "client",
            "This link does not open a form. It may have been finished or replaced, or it is too old. "
            "Ask the clinic for a new one.",
        )
        told = {"page_title": pgettext("client", "This link is closed"), "why": why}
        return render(request, "screening/client/over.html", told, status=410)
