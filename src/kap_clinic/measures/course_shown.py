"""A course in words and rows: what stands beneath the picture, and what each published rule says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kap.instruments.course import Course, CoursePoint, Judgment, course
from kap.instruments.definition import Instrument
from kap.instruments.scoring import TOTAL
from kap.vocabulary.decimals import plain
from kap.vocabulary.moments import Instant
from kap_clinic.accounts.shown import day_of
from kap_clinic.website.parts import Act, Column, Empty, Row, Status, Table
from kap_clinic.website.shown import address_of_source

from .asked import AskedForm
from .queries import Point
from .shown import OUTCOMES, at_clock, score_in_words, worst_of


def course_of(
    definition: Instrument, scale: str, points: Sequence[Point], missed: Sequence[AskedForm],
    doses: Sequence[datetime],
) -> Course:  # fmt: skip
    """The course on one scale: what was scored, what was missed, and the doses between."""
    scored = [CoursePoint(Instant(point.happened_at), number_of(point, scale)) for point in points]
    gaps = [CoursePoint(Instant(form.due_at), None) for form in missed]
    return course(definition, [*scored, *gaps], [Instant(at) for at in doses], scale)


def number_of(point: Point, scale: str) -> Decimal | None:
    """The number of one scale of a score."""
    return point.total if scale == TOTAL else point.subscales.get(scale)


def course_table(
    drawn: Course | None, points: Sequence[Point], missed: Sequence[AskedForm], doses: Sequence[datetime],
    person: UUID, clock: str,
) -> Table:  # fmt: skip
    """Every point, gap and dose in the order of time; the picture in rows."""
    rows = [(point.happened_at, _point_row(point, drawn, person, clock)) for point in points]
    rows += [(form.due_at, _missed_row(form, clock)) for form in missed]
    rows += [(at, _dose_row(number, at, clock)) for number, at in enumerate(doses, start=1)]
    return Table(
        caption=_("The same in rows"),
        columns=(
            Column(words=_("When")), Column(words=_("What")), Column(words=_("Score")),
            Column(words=_("Beside the start")), Column(words=_("Safety")),
        ),
        rows=tuple(row for _at, row in sorted(rows, key=lambda pair: pair[0])),
        empty=Empty(what=_("Nothing was scored yet.")),
    )  # fmt: skip


def rule_sets(judged: Sequence[Judgment]) -> list[tuple[str, list[Mapping[str, object]]]]:
    """What each named set of rules says, with the source of every line."""
    return [
        (name.replace("-", " "), [_line(one) for one in lines])
        for name, lines in groupby(judged, key=lambda one: one.rule_set)
    ]


def _line(one: Judgment) -> Mapping[str, object]:
    holds = {True: _("yes"), False: _("no"), None: _("cannot be told")}[one.holds]
    is_worse = one.outcome.value == "deterioration"
    tone = ("must" if is_worse else "done") if one.holds else "quiet"
    return {
        "outcome": OUTCOMES[one.outcome],
        "holds": Status(words=holds, tone=tone),
        "source": one.source.citation,
        "url": address_of_source(one.source),
        "is_unverified": not one.source.verified,
    }


def _point_row(point: Point, drawn: Course | None, person: UUID, clock: str) -> Row:
    number = number_of(point, drawn.scale) if drawn else None
    start = drawn.baseline if drawn else None
    beside = ""
    if number is not None and start is not None and start.number is not None:
        moved = number - start.number
        is_start = point.happened_at == start.at.at
        beside = _("the start") if is_start else _moved(moved)
    open_form = reverse("measures:form", args=[person, point.asked])
    what = _("answered") if point.is_complete else _("answered in part")
    return Row(
        cells=(
            Act(at_clock(point.happened_at, clock), open_form),
            what,
            score_in_words(point),
            beside,
            worst_of(point),
        )
    )


def _moved(points: Decimal) -> str:
    """A difference with its sign; the minus is the typographer's, as wide as the plus."""
    sign = "+" if points > 0 else "\N{MINUS SIGN}" if points < 0 else "±"
    return f"{sign}{plain(abs(points).normalize())}"


def _missed_row(form: AskedForm, clock: str) -> Row:
    missed = Status(words=_("missed"), tone="look")
    return Row(cells=(day_of(form.due_at, clock), missed, _("no score"), "", ""))


def _dose_row(number: int, at: datetime, clock: str) -> Row:
    return Row(cells=(at_clock(at, clock), _("dose {n}").format(n=number), "", "", ""))


def summary(drawn: Course, doses: Sequence[datetime], clock: str) -> str:
    """The picture in one sentence, for whoever does not see it."""
    known = [point for point in drawn.points if point.number is not None]
    lost = len(drawn.points) - len(known)
    if not known:
        return _("No score yet; {n} missed.").format(n=lost)
    first, last = known[0], known[-1]
    words = ngettext(
        "{first} on {begun}, the only score",
        "From {first} on {begun} to {last} on {ended}, over {n} scores",
        len(known),
    ).format(
        first=_plain(first), begun=day_of(first.at.at, clock), last=_plain(last),
        ended=day_of(last.at.at, clock), n=len(known),
    )  # fmt: skip
    parts = [words]
    parts += [ngettext("{n} dose", "{n} doses", len(doses)).format(n=len(doses))] if doses else []
    parts += [_("{n} missed").format(n=lost)] if lost else []
    return ", ".join(parts) + "."


def compared(drawn: Course, clock: str) -> str:
    """Which two scores the published rules compare."""
    start, last = drawn.baseline, drawn.newest
    if start is None or last is None:
        return ""
    why = _("the last before the first dose") if drawn.doses and start.at < drawn.doses[0] else _("the first")
    return _("{last} on {ended}, beside {first} on {begun} ({why}).").format(
        last=_plain(last), ended=day_of(last.at.at, clock), first=_plain(start),
        begun=day_of(start.at.at, clock), why=why,
    )  # fmt: skip


def _plain(point: CoursePoint) -> str:
    assert point.number is not None
    return plain(point.number.normalize())
