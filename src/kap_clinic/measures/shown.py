"""Forms, scores and courses in the words and parts a page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kap.instruments.change_rules import Outcome
from kap.instruments.definition import Direction, SafetyLevel
from kap.instruments.license import ForProfit
from kap.vocabulary.decimals import plain
from kap.vocabulary.zones import zone
from kap_clinic.website.parts import Act, Column, Empty, Need, Row, Status, Step, Table

from .asked import AskedForm, LinkFacts
from .queries import Point
from .shelf import definition_of

HOW: Mapping[str, Promise] = {
    "link": gettext_lazy("by the client, by link"),
    "staff": gettext_lazy("with staff present"),
    "rater": gettext_lazy("rated by a clinician"),
}
ENDED: Mapping[str, tuple[Promise, str]] = {
    "complete": (gettext_lazy("complete"), "done"),
    "partial": (gettext_lazy("in part"), "look"),
    "missed": (gettext_lazy("missed"), "look"),
    "withdrawn": (gettext_lazy("taken back"), "quiet"),
}
LEVELS: Mapping[str, tuple[Promise, str]] = {
    SafetyLevel.NOTE.value: (gettext_lazy("read this answer"), "look"),
    SafetyLevel.SCREEN.value: (gettext_lazy("ask about suicide at this contact"), "must"),
    SafetyLevel.LOW.value: (gettext_lazy("low"), "look"),
    SafetyLevel.MODERATE.value: (gettext_lazy("moderate: assess today"), "must"),
    SafetyLevel.URGENT.value: (gettext_lazy("ask now, before they leave"), "must"),
    SafetyLevel.HIGH.value: (gettext_lazy("high: never leave alone"), "must"),
}
OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.RESPONSE: gettext_lazy("Response"),
    Outcome.PARTIAL_RESPONSE: gettext_lazy("Partial response"),
    Outcome.REMISSION: gettext_lazy("Remission"),
    Outcome.RECOVERY: gettext_lazy("Recovery"),
    Outcome.MEANINGFUL_IMPROVEMENT: gettext_lazy("Meaningful improvement"),
    Outcome.RELIABLE_IMPROVEMENT: gettext_lazy("Reliable improvement"),
    Outcome.DETERIORATION: gettext_lazy("Deterioration"),
}
DIRECTIONS: Mapping[Direction, Promise] = {
    Direction.HIGHER_IS_WORSE: gettext_lazy("lower is better"),
    Direction.HIGHER_IS_BETTER: gettext_lazy("higher is better"),
    Direction.NEITHER: gettext_lazy("neither end is better"),
}
FOR_PROFIT: Mapping[ForProfit, Promise] = {
    ForProfit.ALLOWED: gettext_lazy("allowed"),
    ForProfit.WORDING_EXCLUDED: gettext_lazy("words excluded"),
    ForProfit.ASK: gettext_lazy("ask the holder"),
}


def at_clock(moment: datetime, clock: str) -> str:
    """Write a moment by the clock that the page names."""
    return date_format(moment.astimezone(zone(clock)), "j M Y H:i")


def title_of(instrument: str) -> str:
    """Name an instrument as its paper does."""
    return definition_of(instrument).about.title


def score_in_words(point: Point) -> str:
    """Write a score with its band, or say that there is none."""
    number = plain(point.total.normalize()) if point.total is not None else ""
    words = " · ".join(part for part in (number, point.band) if part)
    return words or _("not scored")


def state_of(form: AskedForm, at: datetime, clock: str) -> Status:
    """Say where a form stands: how it ended, or by when it is due and how far it is."""
    if form.ended:
        words, tone = ENDED[form.ended]
        return Status(words=words, tone="quiet" if form.is_settled else tone)
    if form.opens_at > at:
        return Status(words=_("opens {day}").format(day=at_clock(form.opens_at, clock)), tone="quiet")
    due = at_clock(form.due_at, clock)
    if form.due_at <= at:
        return Status(words=_("was due {day}").format(day=due), tone="look")
    begun = _("begun, {n} answered, due {day}").format(n=form.answered, day=due)
    return Status(words=begun if form.answered else _("waits, due {day}").format(day=due))


def asked_table(forms: Sequence[AskedForm], at: datetime, clock: str) -> Table:
    """Everything that was asked of one person, the newest first."""
    return Table(
        caption=_("Forms asked"),
        columns=(
            Column(words=_("Form")), Column(words=_("Filled in")), Column(words=_("Asked")),
            Column(words=_("How it stands")),
        ),
        rows=tuple(
            Row(
                cells=(
                    Act(title_of(form.instrument), reverse("measures:form", args=[form.person, form.id])),
                    HOW[form.filled_by],
                    at_clock(form.asked_at, clock),
                    state_of(form, at, clock),
                )
            )
            for form in forms
        ),
        empty=Empty(
            what=_("Nothing was asked yet."),
            how=_("Ask a form, or let the client follow a schedule: what is asked and answered stands here."),
        ),
    )  # fmt: skip


def scores_table(points: Sequence[Point], person: object, clock: str) -> Table:
    """The newest score of each instrument, with the way to its course."""
    newest = {point.instrument: point for point in points}
    counts = {name: sum(point.instrument == name for point in points) for name in newest}
    return Table(
        caption=_("Newest scores"),
        columns=(
            Column(words=_("Form")), Column(words=_("Score")), Column(words=_("Given")),
            Column(words=_("Scores so far"), is_number=True), Column(words=_("Safety")),
        ),
        rows=tuple(
            Row(
                cells=(
                    Act(title_of(name), reverse("measures:course", args=[person, name])),
                    score_in_words(point),
                    at_clock(point.happened_at, clock),
                    str(counts[name]),
                    worst_of(point),
                )
            )
            for name, point in sorted(newest.items(), key=lambda pair: pair[1].happened_at, reverse=True)
        ),
        empty=Empty(what=_("No form was scored yet."), how=_("A form is scored when it ends.")),
    )  # fmt: skip


def worst_of(point: Point) -> Status | str:
    """The most urgent safety answer of a form; nothing where there was none."""
    order = list(LEVELS)
    found = sorted(point.safety, key=lambda one: order.index(one.level))
    if not found:
        return ""
    words, tone = LEVELS[found[-1].level]
    return Status(words=_("question {item}: {level}").format(item=found[-1].item, level=words), tone=tone)


def needs_of_person(forms: Sequence[AskedForm], at: datetime, clock: str) -> list[Need]:
    """What one person's forms need of staff now, what is due first first."""
    waits = [
        form
        for form in forms
        if (form.ended in ("missed", "partial") and not form.is_settled)
        or (not form.ended and form.filled_by != "link" and form.opens_at <= at)
    ]
    ordered = sorted(waits, key=lambda form: form.due_at)
    return [
        replace(
            need, who=_("Missed") if form.ended == "missed" else _("In part") if form.ended else _("Waits")
        )
        for form, need in zip(ordered, waiting_needs(ordered, at, clock), strict=True)
    ]


def waiting_needs(forms: Sequence[AskedForm], at: datetime, clock: str) -> list[Need]:
    """What waits for staff: missed, ended in part, or to be filled in here."""
    return [
        Need(
            who=form.person_name,
            what=_("{form}, {how}").format(form=title_of(form.instrument), how=HOW[form.filled_by]),
            where=state_of(form, at, clock).words,
            act=Act(_("Open the form"), reverse("measures:form", args=[form.person, form.id])),
            tone="look" if form.ended or form.due_at <= at else "act",
        )
        for form in forms
    ]


def link_rows(links: Sequence[LinkFacts], person: UUID, clock: str) -> list[Step]:
    """Each link that was given, with its state; an open one leads to its page."""
    words = {
        "open": _("given {day}, open until {end}"),
        "finished": _("given {day}, finished"),
        "withdrawn": _("given {day}, replaced or taken back"),
        "over": _("given {day}, its time is over"),
    }
    return [
        Step(
            words[link.state].format(day=at_clock(link.made_at, clock), end=at_clock(link.expires_at, clock)),
            reverse("measures:given", args=[person, link.id]) if link.state == "open" else "",
        )
        for link in links
    ]


def form_facts(form: AskedForm, points: Sequence[Point], clock: str) -> list[tuple[str, str]]:
    """How a form was asked, filled in and scored, in facts."""
    facts = [
        (_("Filled in"), str(HOW[form.filled_by])),
        (_("Asked"), at_clock(form.asked_at, clock)),
        (_("Open"), f"{at_clock(form.opens_at, clock)} – {at_clock(form.expires_at, clock)}"),
        (_("Due"), at_clock(form.due_at, clock)),
    ]
    for point in points:
        facts.append((_("Version"), point.key))
        facts.append((_("Answered"), at_clock(point.happened_at, clock)))
        if point.rater:
            facts.append((_("Rated by"), point.rater))
        if point.number > 1:
            facts.append((_("Scored"), _("{n} times, after corrections").format(n=point.number)))
        facts += [(name.replace("_", " "), _value(value)) for name, value in point.subscales.items()]
    return facts


def _value(value: Decimal | None) -> str:
    return _("not known") if value is None else plain(value.normalize())
