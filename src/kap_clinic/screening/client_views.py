"""The health history as a client answers it: one question a page, on a phone, by link, in two languages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from kap.screening.questions import packaged_history
from kap.screening.retelling import GroupTold
from kap.vocabulary.errors import Refused
from kap_clinic.client_links.page import go_on

from . import links
from .client_opened import Opened, asked_of_clients, client_page, shown_page
from .forms import QuestionForm, RepeatForm
from .retold import ShownGroup, answers_in_words, days_in_words
from .telling import ONE_BY_ONE, TOLD_SINCE, mark_of
from .told import answer_in_words


@client_page
def begin(request: HttpRequest, form: Opened) -> HttpResponse:
    """Say what is asked, how long it takes, and that one may stop at any time."""
    return shown_page(
        request,
        form,
        "begin",
        page_title=packaged_history().title[form.language],
        count=len(asked_of_clients()),
        begun=bool(form.told),
        is_known=form.is_known,
        start=_next(form, after=None),
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
    asked = asked_of_clients()
    if question not in asked:
        raise Http404
    given = form.told.get(question)
    shown = QuestionForm(
        request.POST or None, question=asked[question], language=form.language,
        answered=given.value if given else None,
    )  # fmt: skip
    if request.method == "POST" and shown.is_valid():
        links.answer(**form.key, question=question, **shown.cleaned_data)
        return go_on(request, _next(form, after=question))
    order = list(asked)
    history = packaged_history()
    before = form.before.get(question)
    return shown_page(
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
def changes(request: HttpRequest, form: Opened) -> HttpResponse:
    """Show what was told before, group by group; one tap lets a group stand again, another asks it anew."""
    why = ""
    if request.method == "POST":
        sent = RepeatForm(request.POST)
        try:
            if sent.is_valid():
                links.repeat(**form.key, **sent.cleaned_data)
                return redirect(f"{form.address('changes')}#{sent.cleaned_data['group']}")
        except Refused as refusal:
            if refusal.sentence not in (ONE_BY_ONE, TOLD_SINCE):
                raise
            why = pgettext("client", "Another answer came in meanwhile. Please read this part again.")
    groups = [_group(form, one) for one in form.groups]
    return shown_page(
        request,
        form,
        "changes",
        page_title=pgettext("client", "Has anything changed?"),
        groups=groups,
        waiting=sum(not one.is_done for one in groups),
        why=why,
    )


def _group(form: Opened, group: GroupTold) -> ShownGroup:
    language = form.language
    first = next((one.question.link_id for one in group.told if one.value is None), None)
    return ShownGroup(
        name=group.name,
        title=packaged_history().groups[group.name][language],
        days=days_in_words(group.days),
        lines=tuple((one.question.words[language], answers_in_words(one, language)) for one in group.told),
        is_done=all(one.question.link_id in form.told for one in group.told),
        form=RepeatForm(initial={"group": group.name, "seen": mark_of(group.answers)})
        if group.may_stand_again
        else None,
        ask_url=form.address("question", first or group.told[0].question.link_id),
    )


@client_page
def answers(request: HttpRequest, form: Opened) -> HttpResponse:
    """Show every answer once more; sending them ends the form."""
    if request.method == "POST":
        links.finish(**form.key)
        return shown_page(request, form, "done", page_title=pgettext("client", "Thank you"))
    lines = [
        (
            one.words[form.language],
            answer_in_words(one, form.told[link_id].value, form.language) if link_id in form.told else "",
            form.address("question", link_id),
        )
        for link_id, one in asked_of_clients().items()
    ]
    title = pgettext("client", "Your answers")
    open_lines = sum(not answer for _words, answer, _url in lines)
    return shown_page(request, form, "answers", page_title=title, lines=lines, unanswered=open_lines)


def _next(form: Opened, after: str | None) -> str:
    """The question after this one; without one, the first that is not answered yet.

    Who told it before goes back to what was told, once the questions of the group are through.
    """
    asked, order = asked_of_clients(), list(asked_of_clients())
    if after is None and form.is_known:
        return form.address("changes")
    if after is None:
        waiting = [one for one in order if one not in form.told]
        return form.address("question", waiting[0]) if waiting else form.address("answers")
    following = order[order.index(after) + 1 :]
    if form.is_known:
        following = [one for one in following if asked[one].group == asked[after].group]
    if following:
        return form.address("question", following[0])
    return form.address("changes") if form.is_known else form.address("answers")


def _previous(form: Opened, question: str) -> str:
    if form.is_known:
        return form.address("changes")
    order = list(asked_of_clients())
    place = order.index(question)
    return form.address("question", order[place - 1]) if place else form.address("begin")
