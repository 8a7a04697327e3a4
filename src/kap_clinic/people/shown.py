"""How people and their facts are written on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap.vocabulary.facts import Course, Fact
from kap.vocabulary.partial_dates import PartialDate
from kap_clinic.accounts.shown import day_of
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Column, Empty, Row, Status, Step, Table
from kap_clinic.website.shown import shown_fact

from .duplicates import PossibleDuplicate
from .incoming import Who
from .journey import stage_in_words
from .queries import ChartHeader, KnownFact

_COURSES: Mapping[Course, Promise] = {
    Course.ACTIVE: gettext_lazy("present"),
    Course.PAST: gettext_lazy("past"),
    Course.FAMILY: gettext_lazy("in the family"),
    Course.DISTANT_FAMILY: gettext_lazy("in a distant relative"),
    Course.DENIED: gettext_lazy("said no"),
}
_WHY: Mapping[str, Promise] = {
    "identifier": gettext_lazy("the same number in another system"),
    "name-and-birth": gettext_lazy("the same name, and the birth date agrees"),
    "birth-and-like-name": gettext_lazy("the same birth date and a like name"),
    "name": gettext_lazy("the same name, another birth date"),
}
_RESULTS, _VITALS = ("lab:",), ("blood-pressure", "vital:")
_KINDS: Sequence[tuple[Promise, tuple[str, ...]]] = (
    (gettext_lazy("Allergies"), ("allergy:",)),
    (gettext_lazy("Medicines"), ("ingredient:",)),
    (gettext_lazy("Vital signs"), _VITALS),
    (gettext_lazy("Results"), _RESULTS),
    (gettext_lazy("Conditions and history"), ("",)),
)


def header_line(header: ChartHeader, today: date) -> str:
    """Say in one line who this is: age, pronouns, sex, language."""
    born = header.birth
    age = header.age_on(today)
    parts = [
        ngettext("%d year", "%d years", age) % age if age is not None else "",
        _("born {day}").format(day=birth_in_words(born)) if born else _("birth date not given"),
        header.pronouns,
        header.sex,
    ]
    return ", ".join(part for part in parts if part)


def birth_in_words(born: date | PartialDate | None) -> str:
    """Write a birth date as it is read; a part of one as it was given."""
    return date_format(born, "j M Y") if isinstance(born, date) else str(born or "")


def language_in_words(code: str) -> str:
    """Name a language; one we have no name for stays as it was sent."""
    if not code:
        return _("not asked")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def allergies_in_words(allergies: Sequence[KnownFact]) -> str:
    """Say what is known of allergies; nobody having asked is not the same as none."""
    named = [one for one in allergies if one.fact.course is not Course.DENIED]
    if named:
        return ", ".join(dict.fromkeys(_words(one.fact) for one in named))
    if allergies:
        days = [one.fact.day for one in allergies if one.fact.day]
        on = date_format(max(days), "j M Y") if days else _("day not known")
        return _("none stated, {on}").format(on=on)
    return _("not asked")


def fact_tables(facts: Iterable[KnownFact], born: object, time_zone: str) -> list[Table]:
    """Return the facts by kind, each with its date and origin; kinds without any are left out.

    A birth date is listed only where it differs from the one the chart says above.
    """
    kinds: dict[int, list[KnownFact]] = {}
    for known in facts:
        if known.fact.what == "birth-date" and known.fact.value == born:
            continue
        kinds.setdefault(_kind_of(known.fact.what), []).append(known)
    return [_fact_table(str(_KINDS[kind][0]), kinds[kind], time_zone) for kind in sorted(kinds)]


def _kind_of(what: str) -> int:
    return next(place for place, (_words, starts) in enumerate(_KINDS) if what.startswith(starts))


def _fact_table(caption: str, facts: list[KnownFact], time_zone: str) -> Table:
    facts.sort(key=lambda known: (known.fact.day or date.min, known.recorded_at), reverse=True)
    columns = (_("What"), _("As recorded"), _("How it stands"), _("On"), _("From"))
    return Table(
        caption=caption,
        columns=tuple(Column(words=words) for words in columns),
        rows=tuple(_fact_row(known, time_zone) for known in facts),
        empty=Empty(what=""),
    )


def _fact_row(known: KnownFact, time_zone: str) -> Row:
    shown, fact = shown_fact(known.fact), known.fact
    value = _("yes") if fact.value is True else _("no") if fact.value is False else shown.value
    day = date_format(fact.day, "j M Y") if fact.day else str(shown.on) or _("no date")
    recorded = day_of(known.recorded_at, time_zone)
    origin = _("{source}, recorded {day}: {origin}").format(
        source=known.source, day=recorded, origin=shown.origin
    )
    return Row(cells=(_words(fact), value, _course(fact), day, origin))


def _course(fact: Fact) -> object:
    if not fact.is_known:
        return Status(words=_("doubtful"), tone="look")
    return _COURSES[fact.course] if fact.course else ""


def _words(fact: Fact) -> str:
    """Name a fact as a person reads it: the concept without its kind."""
    kind, colon, name = fact.what.rpartition(":")
    words = name.replace("-", " ")
    is_short = kind in ("lab", "vital") and len(words) <= len("inr") + 1
    return words.upper() if colon and is_short else words.capitalize()


def candidate_table(who: Who, candidates: Sequence[PossibleDuplicate]) -> Table:
    """Put somebody beside the charts that may be theirs."""
    columns = (Column(words=_("Compared")), Column(words=_("Now told")))
    charts = tuple(
        Column(words=_("Chart {number}").format(number=number)) for number in range(1, len(candidates) + 1)
    )
    rows: list[tuple[Any, ...]] = [
        (_("Name"), who.name, *(one.name for one in candidates)),
        (_("Birth date"), who.birth or _("not given"), *(one.birth or _("not given") for one in candidates)),
        (_("Stage"), "", *(stage_in_words(one.stage) for one in candidates)),
        (_("Why it may be the same"), "", *(_WHY[one.why] for one in candidates)),
    ]
    return Table(
        caption=_("Side by side: {name}").format(name=who.name),
        columns=(*columns, *charts),
        rows=tuple(Row(cells=cells) for cells in rows),
        empty=Empty(what=""),
    )


def tabs_of(here: str, act: Acting) -> list[Step]:
    """Return the links between the pages of people that this person may open."""
    pages = [
        ("list", _("People"), Permission.SEE_PEOPLE),
        ("pipeline", _("Enquiries and referrals"), Permission.SEE_PEOPLE),
        ("imports", _("Records received"), Permission.OPEN_CHARTS),
        ("openings", _("Opened with a reason"), Permission.REVIEW_OPENINGS),
    ]
    return [
        Step(words, reverse(f"people:{name}"), is_here=name == here)
        for name, words, needs in pages
        if act.standing.permits(needs)
    ]


def waited(since: datetime, now: datetime) -> str:
    """Say how many days somebody has waited."""
    days = (now - since).days
    return ngettext("%d day", "%d days", days) % days if days else _("today")
