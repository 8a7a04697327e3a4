"""An outcome in rows: before and after, dose by dose, and the rule that calls it a response."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kap.instruments.change_rules import Outcome as Answer
from kap.instruments.course import CoursePoint, Judgment
from kap.instruments.definition import Direction
from kap.integration.adherence import Followed
from kap.outcomes.person import AroundDose
from kap.vocabulary.decimals import plain
from kap_clinic.accounts.shown import day_of, moment_of
from kap_clinic.website.parts import Act, Column, Empty, Row, Status, Table

from .queries import Outcome, PersonOutcome

ANSWERS: Mapping[Answer, Promise] = {
    Answer.RESPONSE: gettext_lazy("response"),
    Answer.REMISSION: gettext_lazy("remission"),
}
WINDOWS: Mapping[str, Promise] = {
    "first-day": gettext_lazy("within 24 h"),
    "second-day": gettext_lazy("within 48 h"),
    "third-day": gettext_lazy("within 72 h"),
}


def before_and_after(found: PersonOutcome, person: UUID, clock: str) -> Table:
    """Each instrument from its start to now, with what the rules call it."""
    return Table(
        caption=_("Before and after"),
        columns=(
            Column(words=_("Measure")), Column(words=_("Before the first dose")), Column(words=_("Newest")),
            Column(words=_("Change")), Column(words=_("What that counts as")),
        ),
        rows=tuple(_instrument_row(one, person, clock) for one in found.outcomes.values()),
        empty=Empty(what=_("Nothing was scored yet.")),
        note=_("A positive change is a change to the better. Missing scores are gaps, never zeros."),
    )  # fmt: skip


def dose_by_dose(found: PersonOutcome, clock: str) -> Table:
    """Each dose with the scores around it and the integration that followed."""
    around = {name: {one.dose_at: one for one in outcome.around} for name, outcome in found.outcomes.items()}
    rows = []
    for number, followed in enumerate(found.integrated.followed, start=1):
        scores = [_around(around[name].get(followed.dose_at)) for name in found.outcomes]
        when = moment_of(followed.dose_at.at, clock)
        name = _("dose {n}, {moment}").format(n=number, moment=when)
        rows.append(Row(cells=(name, _integrated(followed, clock), *scores)))
    titles = [outcome.definition.about.title for outcome in found.outcomes.values()]
    return Table(
        caption=_("Dose by dose"),
        columns=(
            Column(words=_("Dose")), Column(words=_("Integration")),
            *(Column(words=title) for title in titles),
        ),
        rows=tuple(rows),
        empty=Empty(what=_("No dose was given yet.")),
    )  # fmt: skip


def _instrument_row(one: Outcome, person: UUID, clock: str) -> Row:
    url = reverse("measures:course", args=[person, one.definition.id])
    start = one.course.baseline if one.course else None
    newest = one.course.newest if one.course else None
    return Row(
        cells=(
            Act(one.definition.about.title, url), _point(start, clock), _point(newest, clock),
            _change(one, start, newest), _answers(one.answers),
        )
    )  # fmt: skip


def _point(point: CoursePoint | None, clock: str) -> str:
    if point is None or point.number is None:
        return _("not scored")
    return _("{number} on {day}").format(number=_plain(point), day=day_of(point.at.at, clock))


def _change(one: Outcome, start: CoursePoint | None, newest: CoursePoint | None) -> str:
    if not (start and newest and start.number is not None and newest.number is not None and one.course):
        return ""
    risen = newest.number - start.number
    better = risen if one.course.direction is Direction.HIGHER_IS_BETTER else -risen
    return f"{'+' if better > 0 else ''}{plain(better.normalize())}"


def _answers(answers: tuple[Judgment, ...]) -> str:
    """Each answer with the rule's name: `response: yes (usual)`."""
    holds = {True: _("yes"), False: _("no"), None: _("cannot be told")}
    said = [
        _("{what}: {holds} (rule “{rule}”)").format(
            what=ANSWERS[one.outcome], holds=holds[one.holds], rule=one.rule_set
        )
        for one in answers
    ]
    return "; ".join(said) or _("not two scores to compare yet")


def _integrated(followed: Followed, clock: str) -> Status:
    if followed.integrated_at is None:
        return Status(words=_("not recorded"), tone="look")
    when = moment_of(followed.integrated_at.at, clock)
    if followed.reached is None:
        return Status(words=_("{moment}, later than 72 h").format(moment=when), tone="look")
    window = WINDOWS[followed.reached.name]
    return Status(words=_("{window}, {moment}").format(window=window, moment=when), tone="ink")


def _around(one: AroundDose | None) -> str:
    if one is None:
        return ""
    return f"{_plain(one.before)} → {_plain(one.after)}"


def _plain(point: CoursePoint | None) -> str:
    return "?" if point is None or point.number is None else plain(point.number.normalize())
