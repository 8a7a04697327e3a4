"""The health history on the staff's side: the link that is given, and the answers that are confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap.screening.questions import ToldBy, packaged_history
from kap.screening.retelling import GroupTold, told_by_group
from kap.vocabulary.zones import zone
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_zone, moment_of
from kap_clinic.client_links.tokens import picture_of
from kap_clinic.database.door import Acting
from kap_clinic.people.access import person_in
from kap_clinic.website.asking import Asking, ask, do_or_ask

from . import links, queries, shown, telling
from .charts import require_screening
from .forms import ConfirmForm, LinkForm, RepeatForm
from .queries import LinkFacts
from .retold import ShownGroup, answers_in_words, days_in_words
from .tokens import address_of
from .told import newest, responses_of, told_by
from .views import ASK


@page("screening.confirm_history_page", needs=Permission.CONFIRM_HISTORY)
def confirm(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Show every question with what the client told, to be confirmed together with them."""
    require_screening(act, person, Permission.CONFIRM_HISTORY)
    row = person_in(act, person)
    told = tuple(told_by(act, [person]).get(person, []))
    answered = {question: one.value for question, one in newest(told).items()}
    group = request.GET.get("group", "")
    form = ConfirmForm(request.POST or None, group=group, answered=answered, hints=shown.hints(told))

    def do() -> None:
        telling.confirm_history(
            organization=act.organization, by=act.actor, id=form.cleaned_data["id"], person=person,
            answers=form.answers(),
        )  # fmt: skip

    back = reverse("screening:changes" if group else "screening:workbench", args=[person])
    text = _(
        "Go through it with the client. What you confirm stands from today; leave open what was not asked."
    )
    asking = Asking(
        title=_("Confirm the health history"), submit=_("Confirm these answers"), back=back,
        back_words=_("Back"), text=text, who=row.name,
    )  # fmt: skip
    done = _("Confirmed. The screening below has been read again.")
    return do_or_ask(request, form, do, asking, done=done, template=ASK)


@page("screening.changes_page", needs=Permission.CONFIRM_HISTORY)
def changes(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask before a dose what has changed since the history was told, group by group."""
    require_screening(act, person, Permission.CONFIRM_HISTORY)
    sent = RepeatForm(request.POST or None)

    def do() -> None:
        telling.confirm_unchanged(
            organization=act.organization, by=act.actor, person=person, **sent.cleaned_data
        )

    if request.method == "POST" and is_accepted(sent, do):
        return redirect(f"{reverse('screening:changes', args=[person])}#{sent.cleaned_data['group']}")
    told = told_by(act, [person]).get(person, [])
    groups = told_by_group(responses_of(told), ToldBy.CLINICIAN)
    today = datetime.now(UTC).astimezone(zone(house_zone())).date()
    shown_here: dict[str, Any] = {
        "page_title": _("Has anything changed?"),
        "groups": [_retold(person, group, today) for group in groups],
        "why": " ".join(str(one) for one in sent.non_field_errors()),
        "back": reverse("screening:workbench", args=[person]),
        "everything": reverse("screening:confirm", args=[person]),
        "who": person_in(act, person).name,
    }
    return render(request, "screening/changes.html", shown_here)


def _retold(person: UUID, group: GroupTold, today: date) -> ShownGroup:
    return ShownGroup(
        name=group.name,
        title=packaged_history().groups[group.name]["en"],
        days=days_in_words(group.days),
        lines=tuple((one.question.words["en"], answers_in_words(one, "en")) for one in group.told),
        is_done=group.is_told_since(today, is_confirmed=True),
        form=RepeatForm(initial={"group": group.name, "seen": telling.mark_of(group.answers)})
        if group.may_stand_again
        else None,
        ask_url=f"{reverse('screening:confirm', args=[person])}?{urlencode({'group': group.name})}",
    )


@page("screening.give_link_page", needs=Permission.SEND_HISTORY)
def give(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask in which language, and make a link to the health history."""
    row = person_in(act, person)
    act.require(Permission.SEND_HISTORY, row.site_id)
    form = LinkForm(
        request.POST or None, initial={"language": _language(act, person) or row.language or "en"}
    )

    def do() -> None:
        links.give_link(organization=act.organization, by=act.actor, person=person, **form.cleaned_data)

    if request.method == "POST" and is_accepted(form, do):
        return redirect("screening:given", person, form.cleaned_data["id"])
    text = _("It opens this one form, without an account, for two weeks. A link given before stops working.")
    asking = Asking(
        title=_("Give a link to the health history"), submit=_("Make the link"), back=_back(act, person),
        back_words=_("Back"), text=text, who=row.name,
    )  # fmt: skip
    return ask(request, form, asking, ASK)


@page("screening.see_link", needs=Permission.SEND_HISTORY)
def given(request: HttpRequest, act: Acting, person: UUID, link: UUID) -> HttpResponse:
    """Show a link that is open, to be handed to the client."""
    found, clock = _found(act, person, link), house_zone()
    address = address_of(act.organization, link) if found.state == "open" else ""
    return render(
        request,
        "screening/link.html",
        {
            "page_title": _("The link to the health history"),
            "link": found,
            "address": address,
            "picture": picture_of(address) if address else "",
            "mailed": moment_of(found.mailed_at, clock) if found.mailed_at else "",
            "state": shown.link_rows([found], clock)[0],
            "until": moment_of(found.expires_at, clock),
            "back": _back(act, person),
            "who": person_in(act, person).name,
            "person": person,
        },
    )


@page("screening.withdraw_link_page", needs=Permission.SEND_HISTORY)
def withdraw(request: HttpRequest, act: Acting, person: UUID, link: UUID) -> HttpResponse:
    """Ask whether to take a link back."""
    asking = Asking(
        title=_("Take this link back?"), submit=_("Take the link back"), tone="must",
        text=_("The link stops working at once. Answers that were given stay."),
        **_of_link(act, person, link),
    )  # fmt: skip
    done = _("The link no longer works. Answers that were given stay.")
    return _do_with(request, act, link, links.withdraw_link, asking, done)


@page("screening.mail_link_page", needs=Permission.SEND_HISTORY)
def mail(request: HttpRequest, act: Acting, person: UUID, link: UUID) -> HttpResponse:
    """Ask whether to send a link to the e-mail address on the chart."""
    asking = Asking(
        title=_("Send this link by e-mail?"), submit=_("Send the letter"),
        text=_("It goes to the address on the chart. The letter names nobody, not even this clinic."),
        **_of_link(act, person, link),
    )  # fmt: skip
    done = _("Handed to e-mail. The letter holds the link and nothing else.")
    return _do_with(request, act, link, links.mail_link, asking, done)


def _language(act: Acting, person: UUID) -> str:
    """The language this client read the form in last."""
    given_so_far = queries.links_of(act, person, datetime.now(UTC))
    return given_so_far[0].language if given_so_far else ""


def _found(act: Acting, person: UUID, link: UUID) -> LinkFacts:
    act.require(Permission.SEND_HISTORY, person_in(act, person).site_id)
    act.about(link)
    given_so_far = queries.links_of(act, person, datetime.now(UTC))
    found = next((one for one in given_so_far if one.id == link), None)
    if found is None:
        raise Http404
    return found


def _back(act: Acting, person: UUID) -> str:
    if act.standing.permits(Permission.SEE_SCREENING):
        return reverse("screening:workbench", args=[person])
    return reverse("people:chart", args=[person])


def _of_link(act: Acting, person: UUID, link: UUID) -> dict[str, str]:
    """Whose link it is, and the way back to it."""
    _found(act, person, link)
    return {
        "back": reverse("screening:given", args=[person, link]), "back_words": _("Back"),
        "who": person_in(act, person).name,
    }  # fmt: skip


def _do_with(
    request: HttpRequest, act: Acting, link: UUID, action: Callable[..., None], asking: Asking, done: str
) -> HttpResponse:
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> None:
        action(organization=act.organization, by=act.actor, id=link)

    return do_or_ask(request, form, do, asking, done=done, template=ASK)
