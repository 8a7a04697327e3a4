"""One form on the staff's side: its answers, entering them, rating, correcting, taking back, printing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kap.instruments.definition import Instrument, SafetyLevel
from kap.instruments.translation import ORIGINAL
from kap.people.permissions import Permission
from kap.people.roles import roles_permitting
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.accounts.queries import staff
from kap_clinic.accounts.shown import house_zone
from kap_clinic.database.door import Acting
from kap_clinic.people.access import person_in, require_chart
from kap_clinic.people.queries import header_in
from kap_clinic.website.asking import Asking, do_or_ask
from kap_clinic.website.parts import Status

from . import actions, answered, asked, asking, licensed_shown, queries, shown, words
from .asked import AskedForm
from .forms import ChosenForm, CorrectForm, SheetForm
from .shelf import definition_of

_MOST_RATERS = 200


@page("measures.see_form", needs=Permission.SEE_MEASURES)
def form(request: HttpRequest, act: Acting, person: UUID, asked_id: UUID) -> HttpResponse:
    """Show one form: how it stands, every answer with its safety, and what it scored."""
    found, definition = _found(act, person, asked_id)
    row, clock, now = require_chart(act, person), house_zone(), datetime.now(UTC)
    points = [one for one in queries.scores_of(act, person, found.instrument) if one.asked == asked_id]
    may = act.standing.permits(Permission.ENTER_MEASURES, row.site_id)
    told = {
        "page_title": definition.about.title,
        "header": header_in(row),
        "found": found,
        "state": shown.state_of(found, now, clock),
        "how": shown.HOW[found.filled_by],
        "point": points[0] if points else None,
        "score": shown.score_in_words(points[0]) if points else "",
        "lines": answered.lines_of(act, found, definition, clock, may_correct=may and bool(points)),
        "facts": shown.form_facts(found, points, clock) + licensed_shown.read_in(act, asked_id),
        "may_enter": may and not found.ended and found.opens_at <= now < found.expires_at,
        "may_ask": act.standing.permits(Permission.ASK_MEASURES, row.site_id),
        "needs_settling": found.ended in ("missed", "partial") and not found.is_settled,
        "definition": definition,
    }
    return render(request, "measures/form.html", told)


@page("measures.enter_page", needs=Permission.ENTER_MEASURES)
def enter(request: HttpRequest, act: Acting, person: UUID, asked_id: UUID) -> HttpResponse:
    """Ask every item of one form on a page, to be entered or rated; each is kept as it is chosen."""
    found, original = _found(act, person, asked_id)
    definition = words.in_words(act, original, request.GET.get("language", ORIGINAL))
    given, clock = answered.values_of(act, asked_id), house_zone()
    is_rated = found.filled_by == asking.RATER
    sheet = SheetForm(
        request.POST or None, definition=definition, answered=given,
        raters=_raters(act) if is_rated else None, rater=act.actor.id,
    )  # fmt: skip

    def do() -> None:
        kept = actions.enter(
            organization=act.organization, by=act.actor, id=sheet.cleaned_data["id"], asked=asked_id,
            answers=sheet.answers(), rater=sheet.rater(), given_at=sheet.given_at(clock),
        )  # fmt: skip
        for level in [one.level for one in kept if one.level]:
            messages.warning(request, _("Safety: {level}.").format(level=shown.LEVELS[level.value][0]))

    back = reverse("measures:form", args=[person, asked_id])
    if request.method == "POST" and is_accepted(sheet, do):
        return redirect(back)
    told = {
        "page_title": definition.about.title, "form": sheet, "definition": definition, "back": back,
        "who": require_chart(act, person).name, "submit_label": _("Keep and score"), "cancel_url": back,
        "others": _other_languages(act, original, definition.language),
        "choose_url": reverse("measures:choose", args=[person, asked_id, "item"]),
    }  # fmt: skip
    return render(request, "measures/enter.html", told)


@page("measures.answer_page", needs=Permission.ENTER_MEASURES)
@require_POST
def choose(request: HttpRequest, act: Acting, person: UUID, asked_id: UUID, item: str) -> HttpResponse:
    """Keep one answer of a sheet as it is chosen, act on it, and say what became of it."""
    _form, definition = _found(act, person, asked_id)
    asked_item = next((one for one in definition.items if one.id == item), None)
    if asked_item is None:
        raise Http404
    chosen = ChosenForm(request.POST, definition=definition, item=asked_item)
    kept: list[actions.Kept] = []

    def do() -> None:
        kept.append(
            actions.answer_on_sheet(
                organization=act.organization, by=act.actor, sheet=chosen.cleaned_data["id"],
                turn=chosen.cleaned_data["turn"], asked=asked_id, item=item, value=chosen.value,
            )
        )  # fmt: skip

    is_kept = is_accepted(chosen, do)
    level = kept[0].level if kept else None
    told = {
        "number": asked_item.label or item, "is_kept": is_kept, "level": level,
        "status": _status(level) if level else None,
        "why_not": [why for whys in chosen.errors.values() for why in whys],
    }  # fmt: skip
    return render(request, "measures/kept.html", told, status=200 if is_kept else 422)


@page("measures.correct_page", needs=Permission.ENTER_MEASURES)
def correct(request: HttpRequest, act: Acting, person: UUID, asked_id: UUID, item: str) -> HttpResponse:
    """Ask for a corrected answer, and why it is corrected."""
    _form, definition = _found(act, person, asked_id)
    asked_item = next((one for one in definition.items if one.id == item), None)
    if asked_item is None:
        raise Http404
    given = answered.values_of(act, asked_id).get(item, "")
    wanted = CorrectForm(request.POST or None, definition=definition, item=asked_item, answered=given)

    def do() -> None:
        actions.correct(
            organization=act.organization, by=act.actor, id=wanted.cleaned_data["id"], asked=asked_id,
            item=item, value=wanted.value, why=wanted.cleaned_data["why"],
        )  # fmt: skip

    words = (_("Correct an answer"), _("Correct this answer"))
    return _asked(request, act, person, asked_id, wanted, do, words)


@page("measures.withdraw_page", needs=Permission.ASK_MEASURES)
def withdraw(request: HttpRequest, act: Acting, person: UUID, asked_id: UUID) -> HttpResponse:
    """Ask whether to take a form back."""
    _found(act, person, asked_id)
    sure = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> None:
        asking.withdraw(organization=act.organization, by=act.actor, asked=asked_id)

    words = (_("Take this form back?"), _("Take the form back"))
    return _asked(request, act, person, asked_id, sure, do, words)


@page("measures.settle_page", needs=Permission.ASK_MEASURES)
def settle(request: HttpRequest, act: Acting, person: UUID, asked_id: UUID) -> HttpResponse:
    """Ask whether a missed form has been seen to."""
    _found(act, person, asked_id)
    sure = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> None:
        asking.settle(organization=act.organization, by=act.actor, asked=asked_id)

    words = (_("Has this been seen to?"), _("I have seen to it"))
    return _asked(request, act, person, asked_id, sure, do, words)


@page("measures.print_form", needs=Permission.SEE_MEASURES)
def paper(request: HttpRequest, act: Acting, person: UUID, asked_id: UUID) -> HttpResponse:
    """Show a form as a sheet to be printed and filled in with a pen."""
    found, definition = _found(act, person, asked_id)
    chart = require_chart(act, person)
    # A sheet is for the client: it is printed in their language, where there are official words in it.
    definition = words.in_words(act, definition, person_in(act, person).language or ORIGINAL)
    told = {
        "page_title": definition.about.title,
        "who": chart.name,
        "definition": definition,
        "lines": answered.boxes_of(definition),
        "back": reverse("measures:form", args=[person, asked_id]),
        "found": found,
    }
    return render(request, "measures/paper.html", told)


def _other_languages(act: Acting, definition: Instrument, here: str) -> list[tuple[str, str]]:
    """In which other languages a form can be read out here."""
    spoken = words.languages_here(act, definition)
    return [(one, licensed_shown.named(one)) for one in spoken if one != here]


def _status(level: SafetyLevel) -> Status:
    said, tone = shown.LEVELS[level.value]
    return Status(words=said, tone=tone)


def _raters(act: Acting) -> dict[UUID, str]:
    """Who works here and may rate: by their roles."""
    return {
        line.id: line.name
        for line in staff(act, limit=_MOST_RATERS).lines
        if any(role.id in line.roles for role in roles_permitting(Permission.ENTER_MEASURES))
    }


def _found(act: Acting, person: UUID, asked_id: UUID) -> tuple[AskedForm, Instrument]:
    found = asked.form(act, asked_id)
    if found is None or found.person != person:
        raise Http404
    act.about(asked_id)
    return found, words.in_words(act, definition_of(found.instrument, found.version), ORIGINAL)


def _asked(
    request: HttpRequest, act: Acting, person: UUID, asked_id: UUID, form: forms.Form, do: Callable[[], None],
    words: tuple[str, str],
) -> HttpResponse:  # fmt: skip
    asking = Asking(
        title=words[0], submit=words[1], back=reverse("measures:form", args=[person, asked_id]),
        back_words=_("Back"), who=require_chart(act, person).name,
    )  # fmt: skip
    return do_or_ask(request, form, do, asking)
