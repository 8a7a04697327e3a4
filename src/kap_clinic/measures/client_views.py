"""Forms as a client answers them: one question a page, on a phone, by link, without an account.

Every answer is kept before the next question is shown. Where an answer is a safety matter, help is shown
first; it stands at the foot of every page besides.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from kap_clinic.accounts.shown import moment_of
from kap_clinic.client_links.page import go_on, opened_by_link, shown_page
from kap_clinic.database.door import acting

from . import links
from .forms import ItemForm
from .helping import help_now, in_words, mark_helped
from .items import answer_in_words
from .opened import Opened, Place, opened_by
from .tokens import TOKENS

client_page = opened_by_link(
    opened_by, addresses=TOKENS.addresses, action="measures.open_forms", client=links.CLIENT
)


@client_page
def begin(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Say what is asked, how long it takes, and that one may stop at any time."""
    return _page(
        request,
        opened,
        "begin",
        page_title=pgettext("client", "Questions for you"),
        start=opened.address_of(opened.next_open()),
        count=len(opened.places),
        minutes=opened.minutes,
        begun=opened.is_begun,
        # Only official translations are shown: what has none here is read in the original, and says so.
        untranslated=[
            form.about.title for _asked, form, _given in opened.forms if form.language != opened.language
        ],
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
    is_helped = mark_helped(form.fields["value"], place.definition, place.item)
    if request.method == "POST" and form.is_valid():
        value = "" if "pass" in request.POST else form.value
        if value or "pass" in request.POST:
            # A page the browser kept may hold another answer under the same id: it is one more answer.
            return _kept(request, opened, place, uuid5(form.cleaned_data["id"], value), value)
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
        help=help_now(opened.organization) if is_helped else None,
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
        (
            place.definition.language,
            place.words,
            answer_in_words(place.item, place.answered),
            opened.address_of(place),
        )
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
        return go_on(request, way_on)
    return _page(
        request,
        opened,
        "help",
        page_title=pgettext("client", "Thank you for telling us"),
        told=in_words(kept.help.lines),
        phone=kept.help.on_call_phone,
        way_on=way_on,
    )


def _page(request: HttpRequest, opened: Opened, name: str, **shown: Any) -> HttpResponse:
    return shown_page(request, opened, f"measures/client/{name}.html", **shown)
