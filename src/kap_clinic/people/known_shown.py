"""What is known of one person as a page lists it: by kind, what is present and new first, the rest folded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kap.vocabulary.facts import Course, Fact
from kap_clinic.accounts.shown import day_of
from kap_clinic.website.parts import Column, Empty, Row, Status, Table, Words
from kap_clinic.website.shown import shown_fact

from .queries import KnownFact

# Records of a whole life bring hundreds of entries a kind: so many are seen without asking.
_SHOWN = 12

_COURSES: Mapping[Course, Promise] = {
    Course.ACTIVE: gettext_lazy("present"),
    Course.PAST: gettext_lazy("past"),
    Course.FAMILY: gettext_lazy("in the family"),
    Course.DISTANT_FAMILY: gettext_lazy("in a distant relative"),
    Course.DENIED: gettext_lazy("said no"),
}
_ALLERGY, _ANY_ALLERGY, _OTHER = "allergy:", "allergy:any", ":other"
_RESULTS, _VITALS = ("lab:",), ("blood-pressure", "vital:")
_KINDS: Sequence[tuple[Promise, tuple[str, ...]]] = (
    (gettext_lazy("Allergies"), ("allergy:",)),
    (gettext_lazy("Medicines"), ("ingredient:",)),
    (gettext_lazy("Vital signs"), _VITALS),
    (gettext_lazy("Results"), _RESULTS),
    (gettext_lazy("Conditions and history"), ("",)),
)


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


@dataclass(frozen=True, kw_only=True)
class KnownKind:
    """Everything of one kind: what is present and new, and the rest.

    Missing: ``rest`` is None where there is little.
    """

    first: Table
    rest: Table | None


def known_kinds(facts: Iterable[KnownFact], born: object, time_zone: str) -> list[KnownKind]:
    """Return the facts by kind, each with its date and origin; kinds without any are left out.

    A birth date is listed only where it differs from the one the chart says above.
    """
    kinds: dict[int, list[KnownFact]] = {}
    for known in facts:
        if known.fact.what == "birth-date" and known.fact.value == born:
            continue
        kinds.setdefault(_kind_of(known.fact.what), []).append(known)
    return [_known_kind(str(_KINDS[kind][0]), kinds[kind], time_zone) for kind in sorted(kinds)]


def _kind_of(what: str) -> int:
    return next(place for place, (_words, starts) in enumerate(_KINDS) if what.startswith(starts))


def _known_kind(caption: str, facts: list[KnownFact], time_zone: str) -> KnownKind:
    facts.sort(key=_now_and_new, reverse=True)
    rest = facts[_SHOWN:]
    return KnownKind(
        first=_fact_table(caption, facts[:_SHOWN], time_zone),
        rest=_fact_table(_("{kind}, the rest").format(kind=caption), rest, time_zone) if rest else None,
    )


def _now_and_new(known: KnownFact) -> tuple[bool, date, datetime]:
    # What was taken once must not push out of sight what is taken now.
    is_over = known.fact.course not in (None, Course.ACTIVE)
    return not is_over, known.fact.day or date.min, known.recorded_at


def _fact_table(caption: str, facts: Sequence[KnownFact], time_zone: str) -> Table:
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
    if fact.what.endswith(_OTHER):
        return ""  # its words are its name already
    if isinstance(fact.value, bool):
        return _("yes") if fact.value else _("no")
    return date_format(fact.value, "j M Y") if isinstance(fact.value, date) else shown


def _course(fact: Fact) -> object:
    if not fact.is_known:
        return Status(words=_("doubtful"), tone="look")
    return _COURSES[fact.course] if fact.course else ""


def _words(fact: Fact) -> str:
    """Name a fact as a person reads it: the concept without its kind."""
    if fact.what.endswith(_OTHER):
        return str(fact.value)
    kind, colon, name = fact.what.rpartition(":")
    words = name.replace("-", " ")
    is_short = kind in ("lab", "vital") and len(words) <= len("inr") + 1
    return words.upper() if colon and is_short else words.capitalize()
