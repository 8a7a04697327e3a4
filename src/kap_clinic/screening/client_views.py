"""The health history as a client answers it: one question a page, on a phone, by link, in two languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.core.internal.ratelimit import consume, respond_429
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kap.screening.questions import Question, ToldBy, packaged_history
from kap.vocabulary.errors import Refused
from kap_clinic.database.door import acting
from kap_clinic.organizations import queries as organizations
from kap_clinic.website.translated import reviewer_of

from . import links
from .forms import QuestionForm
from .told import Told, answer_in_words, newest, told_by

_IN_THE_OTHER = {"es": "Leer esto en español", "en": "Read this in English"}
# A house has one address for many clients: thirty people may answer at once.
_RATE = {"link": "900/5m/ip"}


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

    def address(self, name: str, *more: str) -> str:
        """Return the address of another page of this form."""
        return reverse(f"history:{name}", args=[self.organization, self.link, self.token, *more])

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
        if not consume(request, app="kap.history", action="link", config=_RATE, limit_get=True):
            return respond_429(request)
        if not organizations.exists(organization):
            raise Http404
        try:
            found = _look(organization, link, token)
            with override(found.language):
                return view(request, found, *more, **named)
        except Refused:
            # Its sentence stands in the trail; the client reads one, whatever is wrong with the link.
            return _over(request)

    return opened


@client_page
def begin(request: HttpRequest, form: Opened) -> HttpResponse:
    """Say what is asked, how long it takes, and that one may stop at any time."""
    history, other = packaged_history(), "en" if form.language == "es" else "es"
    return _page(
        request,
        form,
        "begin",
        page_title=history.title[form.language],
        count=len(_asked()),
        begun=bool(form.told),
        start=_next(form, after=None),
        other=other,
        other_words=_IN_THE_OTHER[other],
    )


@client_page
@require_POST
def language(request: HttpRequest, form: Opened) -> HttpResponse:
    """Go on in the other language."""
    links.choose_language(**form.key, language=request.POST.get("language", ""))
    return redirect(form.address("begin"))


@client_page
def question(request: HttpRequest, form: Opened, question: str) -> HttpResponse:
    """Ask one question, and keep its answer."""
    asked = _asked()
    if question not in asked:
        raise Http404
    given = form.told.get(question)
    shown = QuestionForm(
        request.POST or None, question=asked[question], language=form.language,
        answered=given.value if given else None,
    )  # fmt: skip
    if request.method == "POST" and shown.is_valid():
        links.answer(**form.key, question=question, **shown.cleaned_data)
        return redirect(_next(form, after=question))
    order = list(asked)
    history = packaged_history()
    before = form.before.get(question)
    return _page(
        request,
        form,
        "question",
        page_title=history.groups[asked[question].group][form.language],
        form=shown,
        number=order.index(question) + 1,
        count=len(order),
        back=_previous(form, question),
        before=answer_in_words(asked[question], before.value, form.language) if before else "",
        before_on=date_format(before.local_day, "DATE_FORMAT") if before else "",
    )


@client_page
def answers(request: HttpRequest, form: Opened) -> HttpResponse:
    """Show every answer once more; sending them ends the form."""
    if request.method == "POST":
        links.finish(**form.key)
        return _page(request, form, "done", page_title=pgettext("client", "Thank you"))
    lines = [
        (
            one.words[form.language],
            answer_in_words(one, form.told[link_id].value, form.language) if link_id in form.told else "",
            form.address("question", link_id),
        )
        for link_id, one in _asked().items()
    ]
    title = pgettext("client", "Your answers")
    open_lines = sum(not answer for _words, answer, _url in lines)
    return _page(request, form, "answers", page_title=title, lines=lines, unanswered=open_lines)


def _look(organization: UUID, link: UUID, token: str) -> Opened:
    with acting(organization, links.CLIENT, "screening.open_history") as act:
        found = links.opened(act, link, token)
        told = told_by(act, [found.person_id]).get(found.person_id, [])
        return Opened(
            organization=organization, link=link, token=token,
            house=organizations.organization().name, language=found.language,
            told=newest(one for one in told if one.link == link),
            before=newest(one for one in told if one.link != link),
        )  # fmt: skip


def _asked() -> dict[str, Question]:
    every = packaged_history().questions
    return {link_id: one for link_id, one in every.items() if one.told_by is ToldBy.CLIENT}


def _next(form: Opened, after: str | None) -> str:
    """The question after this one; without one, the first that is not answered yet."""
    order = list(_asked())
    if after is None:
        waiting = [one for one in order if one not in form.told]
        return form.address("question", waiting[0]) if waiting else form.address("answers")
    place = order.index(after) + 1
    return form.address("question", order[place]) if place < len(order) else form.address("answers")


def _previous(form: Opened, question: str) -> str:
    order = list(_asked())
    place = order.index(question)
    return form.address("question", order[place - 1]) if place else form.address("begin")


def _page(request: HttpRequest, opened: Opened, name: str, **shown: Any) -> HttpResponse:
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
