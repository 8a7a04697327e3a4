"""The page a client opens by link: bounded, never kept by a browser, and nothing unless the link is good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ClassVar
from uuid import UUID

from allauth.core.internal.ratelimit import get_ip
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override, pgettext_lazy
from django.views.decorators.cache import never_cache

from kap.vocabulary.errors import Refused
from kap_clinic.accounts.refused_links import bound_refused_links
from kap_clinic.accounts.throttle import is_within
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.organizations import queries as organizations
from kap_clinic.website.parts import Words
from kap_clinic.website.translated import reviewer_of

View = Callable[..., HttpResponse]

_IN_THE_OTHER = {"es": "Leer esto en español", "en": "Read this in English"}
# A house has one address for many clients: thirty people may answer at once. One link, with every question
# opened and answered twice, stays below its own bound: so much, and no more, it may add to the trail a day.
_OF_AN_ADDRESS, _OF_A_LINK = (900, 5 * 60), (600, 24 * 3600)


@dataclass(frozen=True, kw_only=True)
class OpenedLink:
    """A link that opens something: whose house, and in which language it is read."""

    addresses: ClassVar[str]

    organization: UUID
    link: UUID
    token: str
    house: str
    language: str

    def address(self, name: str, *more: object) -> str:
        """Return the address of another page behind this link."""
        return reverse(f"{self.addresses}:{name}", args=[self.organization, self.link, self.token, *more])

    @property
    def key(self) -> dict[str, Any]:
        """Return what every action of a client needs."""
        return {"organization": self.organization, "link": self.link, "token": self.token}

    @property
    def is_unreviewed(self) -> bool:
        """Whether no named person has read these words in this language."""
        return not reviewer_of(self.language)

    @property
    def other(self) -> str:
        """The language that is offered instead."""
        return "en" if self.language == "es" else "es"

    @property
    def other_words(self) -> str:
        """That offer, in its own language."""
        return _IN_THE_OTHER[self.other]


def opened_by_link(
    look: Callable[[Acting, UUID, str], OpenedLink], *, addresses: str, action: str, client: Actor
) -> Callable[[View], View]:
    """Wrap pages a client opens by link: each is given what ``look`` finds behind it, or is not shown."""

    def wrap(view: View) -> View:
        @never_cache
        @wraps(view)
        def page(
            request: HttpRequest, organization: UUID, link: UUID, token: str, *more: Any, **named: Any
        ) -> HttpResponse:
            if not is_within({f"{addresses} of {get_ip(request)}": _OF_AN_ADDRESS, str(link): _OF_A_LINK}):
                return _too_often(request)
            if not organizations.exists(organization):
                raise Http404
            try:
                with acting(organization, client, action) as act:
                    bound_refused_links(act, request)
                    found = look(act, link, token)
                with override(found.language):
                    return view(request, found, *more, **named)
            except Refused:
                # Its sentence stands in the trail, so many a day; the client reads one, whatever is wrong.
                return _over(request)

        return page

    return wrap


def shown_page(request: HttpRequest, opened: OpenedLink, template: str, **shown: Any) -> HttpResponse:
    """Draw a page behind a link, in the language it is read in."""
    told = {"opened": opened, "house": opened.house, **shown}
    told["answers_url"], told["language_url"] = opened.address("answers"), opened.address("language")
    return render(request, template, told)


def go_on(request: HttpRequest, way_on: str) -> HttpResponse:
    """Lead to the next page; the page's own script, which sent the answer, is told where that is."""
    if request.headers.get("accept", "").startswith("application/json"):
        return JsonResponse({"schema": "openkap.kept/1", "way_on": way_on})
    return redirect(way_on)


_TOO_OFTEN = (
    pgettext_lazy("client", "One moment"),
    pgettext_lazy(
        "client",
        "So many pages were opened here that we must pause for some minutes. What you answered before is "
        "kept; your last answer is not saved yet.",
    ),
)
_CLOSED = (
    pgettext_lazy("client", "This link is closed"),
    pgettext_lazy(
        "client",
        "This link does not open a form. It may have been finished or replaced, or it is too old. "
        "Ask the clinic for a new one.",
    ),
)


def _too_often(request: HttpRequest) -> HttpResponse:
    answer = _instead(request, *_TOO_OFTEN, status=429)
    answer["Retry-After"] = "60"
    return answer


def _over(request: HttpRequest) -> HttpResponse:
    return _instead(request, *_CLOSED, status=410)


def _instead(request: HttpRequest, title: Words, why: Words, *, status: int) -> HttpResponse:
    """What stands there instead of the page, in the language the browser asks for."""
    language = "es" if request.headers.get("Accept-Language", "").startswith("es") else "en"
    with override(language):
        return render(request, "client_links/over.html", {"page_title": title, "why": why}, status=status)
