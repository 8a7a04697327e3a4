"""Forms as a client answers them: one question a page, on a phone, by link, without an account.

Every answer is kept before the next question is shown. Where an answer is a safety matter, help is shown
first; it stands at the foot of every page besides.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.core.internal.ratelimit import consume, respond_429
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kap.vocabulary.errors import Refused
from kap_clinic.accounts.refused_links import bound_refused_links
from kap_clinic.accounts.shown import moment_of
from kap_clinic.database.door import acting
from kap_clinic.organizations import queries as organizations

from . import links
from .forms import ItemForm
from .items import answer_in_words
from .opened import Opened, Place, opened_by

_IN_THE_OTHER = {"es": "Leer esto en español", "en": "Read this in English"}
# A house has one address for many clients: thirty people may answer at once. One link, with every question
# opened and answered twice, stays below its own bound: so much, and no more, it may add to the trail a day.
_RATE = {"link": "900/5m/ip,600/d/key"}


def client_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a page a client opens by link: nothing is shown unless the link opens a form."""

    @never_cache
    @wraps(view)
    def opened(
        request: HttpRequest, organization: UUID, link: UUID, token: str, *more: Any, **named: Any
    ) -> HttpResponse:
        bounded = {"config": _RATE, "key": str(link), "limit_get": True}
        if not consume(request, app="kap.forms", action="link", **bounded):
            return respond_429(request)
        if not organizations.exists(organization):
            raise Http404
        try:
            with acting(organization, links.CLIENT, "measures.open_forms") as act:
                bound_refused_links(act, request)
                found = opened_by(act, link, token)
            with override(found.language):
                return view(request, found, *more, **named)
        except Refused:
            # Its sentence stands in the trail, so many a day; the client reads one, whatever is wrong.
            return _over(request)

    return opened


@client_page
def begin(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Say what is asked, how long it takes, and that one may stop at any time."""
    other = "en" if opened.language == "es" else "es"
    return _page(
        request,
        opened,
        "begin",
        page_title=pgettext("client", "Questions for you"),
        start=opened.address_of(opened.next_open()),
        count=len(opened.places),
        minutes=opened.minutes,
        begun=opened.is_begun,
        other=other,
        other_words=_IN_THE_OTHER[other],
    )


@client_page
@require_POST
def language(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Go on with the page around the questions in the other language."""
    links.choose_language(**opened.key, language=request.POST.get("language", ""))
    return redirect(opened.address("begin"))


@client_page
def question(request: HttpRequest, opened: Opened, asked: UUID, item: str) -> HttpResponse:
    """Ask one question, and keep its answer before anything else is shown."""
    place = opened.place(asked, item)
    if place is None:
        raise Http404
    form = ItemForm(request.POST or None, item=place.item, hint="", answered=place.answered)
    if request.method == "POST" and form.is_valid():
        value = "" if "pass" in request.POST else form.value
        if value or "pass" in request.POST:
            return _kept(request, opened, place, form.cleaned_data["id"], value)
        form.add_error("value", pgettext("client", "Choose an answer, or say that you would rather not."))
    return _page(
        request,
        opened,
        "question",
        page_title=place.title,
        place=place,
        number=place.number,
        count=place.count,
        minutes=place.minutes_left,
        form=form,
        back=opened.address_of(opened.before(place)) if opened.before(place) else opened.address("begin"),
        stop_url=opened.address("stop"),
    )


@client_page
def stop(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Say that everything is kept, and until when the link goes on."""
    until = moment_of(opened.expires_at, opened.clock)
    title = pgettext("client", "You can stop here")
    return _page(request, opened, "stop", page_title=title, until=until, start=opened.address("begin"))


@client_page
def answers(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show every answer once more; sending them ends the forms."""
    if request.method == "POST":
        links.finish(**opened.key)
        return _page(request, opened, "done", page_title=pgettext("client", "Thank you"))
    lines = [
        (place.words, answer_in_words(place.item, place.answered), opened.address_of(place))
        for place in opened.places
    ]
    title = pgettext("client", "Your answers")
    open_lines = sum(not place.answered for place in opened.places)
    return _page(request, opened, "answers", page_title=title, lines=lines, unanswered=open_lines)


def _kept(request: HttpRequest, opened: Opened, place: Place, id: UUID, value: str) -> HttpResponse:
    kept = links.answer(**opened.key, id=id, asked=place.asked, item=place.item.id, value=value)
    # What was answered may change what is still asked: the way on is read anew.
    with acting(opened.organization, links.CLIENT, "measures.open_forms") as act:
        after = opened_by(act, opened.link, opened.token)
    way_on = after.address_of(after.after(place))
    if kept.help is None or not kept.help.lines:
        return redirect(way_on)
    told = [line.rendered(lambda words: pgettext("client", words)) for line in kept.help.lines]
    return _page(
        request,
        opened,
        "help",
        page_title=pgettext("client", "Thank you for telling us"),
        told=told,
        phone=kept.help.on_call_phone,
        way_on=way_on,
    )


def _page(request: HttpRequest, opened: Opened, name: str, **shown: Any) -> HttpResponse:
    told = {"opened": opened, "house": opened.house, **shown}
    told["answers_url"], told["language_url"] = opened.address("answers"), opened.address("language")
    return render(request, f"measures/client/{name}.html", told)


def _over(request: HttpRequest) -> HttpResponse:
    with override("es" if request.headers.get("Accept-Language", "").startswith("es") else "en"):
        why = pgettext(
            "client",
            "This link does not open a form. It may have been finished or replaced, or it is too old. "
            "Ask the clinic for a new one.",
        )
        told = {"page_title": pgettext("client", "This link is closed"), "why": why}
        return render(request, "measures/client/over.html", told, status=410)
