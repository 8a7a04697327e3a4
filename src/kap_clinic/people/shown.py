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
from kap_clinic.organizations.queries import Grant
from kap_clinic.organizations.sharing_views import state_of
from kap_clinic.website.parts import Column, Empty, Row, Status, Step, Table, Words
from kap_clinic.website.shown import shown_fact

from .births import born_in_words
from .duplicates import PossibleDuplicate
from .incoming import Who
from .journey import ENQUIRY, LOST, STAGES, stage_in_words
from .queries import ChartHeader, KnownFact
from .referrals import OUTCOMES
from .referred import ReferralFacts
from .supporters import DOES, ESCORT, MAY_BE_TOLD, Supporter

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
_ALLERGY, _ANY_ALLERGY = "allergy:", "allergy:any"
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


def allergies_in_words(facts: Iterable[Fact]) -> str:
    """Say what is known of allergies: from records, and from what was told.

    A "no" to one substance says nothing of the others, and nobody having asked is not the same as none.
    """
    allergies = [fact for fact in facts if fact.what.startswith(_ALLERGY)]
    denied = [fact for fact in allergies if fact.course is Course.DENIED]
    named = [fact for fact in allergies if fact.course is not Course.DENIED]
    if named:
        return ", ".join(dict.fromkeys(_words(fact) for fact in named))
    if nothing := [fact for fact in denied if fact.what == _ANY_ALLERGY]:
        return _("none told, {on}").format(on=_newest_day(nothing))
    if denied:
        told = ", ".join(dict.fromkeys(_words(fact).lower() for fact in denied))
        return _("none to {told}, {on}; others not asked").format(told=told, on=_newest_day(denied))
    return _("not asked")


def _newest_day(facts: Iterable[Fact]) -> str:
    days = [fact.day for fact in facts if fact.day]
    return date_format(max(days), "j M Y") if days else _("day not known")


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
    value = _value(fact, shown.value)
    # In one piece: a day that is broken in two lines is misread.
    day = date_format(fact.day, "j\u00a0M\u00a0Y") if fact.day else str(shown.on) or _("no date")
    recorded = day_of(known.recorded_at, time_zone)
    origin = _("{source}, recorded {day}: {origin}").format(
        source=known.source, day=recorded, origin=shown.origin
    )
    return Row(cells=(_words(fact), value, _course(fact), day, origin))


def _value(fact: Fact, shown: Words) -> Words:
    if isinstance(fact.value, bool):
        return _("yes") if fact.value else _("no")
    return date_format(fact.value, "j M Y") if isinstance(fact.value, date) else shown


def _course(fact: Fact) -> object:
    if not fact.is_known:
        return Status(words=_("doubtful"), tone="look")
    return _COURSES[fact.course] if fact.course else ""


def _words(fact: Fact) -> str:
    """Name a fact as a person reads it: the concept without its kind."""
    kind, colon, name = fact.what.rpartition(":")
    if name == "other":
        return str(fact.value)
    words = name.replace("-", " ")
    is_short = kind in ("lab", "vital") and len(words) <= len("inr") + 1
    return words.upper() if colon and is_short else words.capitalize()


def candidate_table(who: Who, candidates: Sequence[PossibleDuplicate]) -> Table:
    """Put somebody beside the charts that may be theirs."""
    columns = (Column(words=_("Compared")), Column(words=_("Now told")))
    charts = tuple(
        Column(words=_("Chart {number}").format(number=number)) for number in range(1, len(candidates) + 1)
    )
    births = [who.birth, *(one.birth for one in candidates)]
    rows: list[tuple[Any, ...]] = [
        (_("Name"), who.name, *(one.name for one in candidates)),
        (_("Birth date"), *(born_in_words(one) or _("not given") for one in births)),
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
        ("shared", _("Shared with us"), Permission.SEE_CHART),
        ("openings", _("Opened with a reason"), Permission.REVIEW_OPENINGS),
    ]
    return [
        Step(words, reverse(f"people:{name}"), is_here=name == here)
        for name, words, needs in pages
        if act.standing.permits(needs)
    ]


def stages_counted(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Name every stage from the first call on, and lost, each with how many stand there now."""
    return [(stage_in_words(stage), counts.get(stage, 0)) for stage in (ENQUIRY, *STAGES, LOST)]


def waited(since: datetime, now: datetime) -> str:
    """Say how many days somebody has waited."""
    days = (now - since).days
    return ngettext("%d day", "%d days", days) % days if days else _("today")


def supporter_facts(one: Supporter) -> dict[str, Any]:
    """Say who stands by a client, how to reach them, and what they may be told."""
    named = one.named
    return {
        "id": one.id,
        "called": named.name,
        "name": f"{named.name}, {named.relation}" if named.relation else named.name,
        "is_escort": named.does == ESCORT,
        "facts": [
            (_("Does"), str(DOES.get(named.does, named.does))),
            (_("Reached at"), named.contact.in_words),
            (_("May be told"), str(MAY_BE_TOLD.get(named.may_be_told, named.may_be_told))),
        ],
    }


def referral_facts(one: ReferralFacts) -> dict[str, Any]:
    """Say who referred, when, why, what came along, and what they were told back."""
    facts = [
        (_("On"), date_format(one.on, "j M Y") if one.on else _("day not known")),
        (_("Reached at"), one.referrer.contact.in_words or _("not given")),
    ]
    if one.why:
        facts.append((_("Why"), one.why))
    told = [
        _("{outcome}, {how}, {day}, by {by}").format(
            outcome=OUTCOMES.get(answer.outcome, answer.outcome), how=answer.how,
            day=date_format(answer.on, "j M Y"), by=answer.by or _("a program"),
        )
        for answer in one.told
    ]  # fmt: skip
    facts.append((_("Told back"), "; ".join(told) or _("nothing yet")))
    return {"id": one.id, "name": one.referrer.in_words, "facts": facts, "records": one.records}


def grant_line(one: Grant, by: str, now: datetime) -> dict[str, Any]:
    """Say with whom a chart is shared, for what purpose, by whom and until when."""
    return {
        "id": one.id,
        "is_live": one.is_live(now),
        "name": one.other_name,
        "facts": [
            (_("For"), one.because),
            (_("Granted by"), by or _("a program")),
            (_("Holds"), state_of(one, now)),
        ],
    }
