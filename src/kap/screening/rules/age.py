"""Age: adults only, and extra care from the age at which blood pressure and memory need watching.

Counts: the birth date. A birth date known only to its year or month counts where every day it can be gives
the same answer, and leaves the age open where it does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kap.screening.answers import Answers
from kap.screening.known import Known, not_recorded
from kap.screening.limits import Limit, Limits
from kap.screening.rule import Rule
from kap.vocabulary.facts import Fact
from kap.vocabulary.findings import Finding
from kap.vocabulary.partial_dates import PartialDate
from kap.vocabulary.sentences import sentence

_SAYS = Answers("age")
_MISSING = (not_recorded("birth-date"),)

_NO_BIRTH_DATE = sentence("No birth date is recorded.")
_DISAGREE = sentence("More than one birth date is recorded, or it is marked as doubtful.")
_TELL = sentence("A whole birth date, checked against an identity document.")
_NEVER = sentence("Only the passing of time, or a birth date recorded wrongly.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeLimits(Limits):
    """From which age a person is an adult, is older, and is older than anybody has become."""

    adult: Limit
    older: Limit
    oldest_believable: Limit


def age(known: Known, limits: AgeLimits) -> Finding:
    """Stops below adulthood, cautions the older, and leaves open what the birth date leaves open."""
    births = known.of("birth-date")
    if not births:
        return _SAYS.unknown(_NO_BIRTH_DATE, _MISSING, limits.unanswered.source, _TELL)
    if not all(birth.is_known for birth in births) or len({birth.value for birth in births}) > 1:
        return _SAYS.unknown(_DISAGREE, births, limits.unanswered.source, _TELL)
    earliest, latest = _days_of(births[0])
    oldest, youngest = _years(earliest, known.on), _years(latest, known.on)
    if oldest < 0 or youngest >= limits.oldest_believable.value:
        reason = sentence("The birth date {born} cannot be right.", born=births[0].value)
        return _SAYS.unknown(reason, births, limits.oldest_believable.source, _TELL)
    if _step(oldest, limits) != _step(youngest, limits):
        reason = sentence(
            "Born {born}, the person is {youngest} or {oldest} years old, and the answer differs.",
            born=births[0].value,
            youngest=max(youngest, 0),
            oldest=oldest,
        )
        return _SAYS.unknown(reason, births, limits.unanswered.source, _TELL)
    return _decided(oldest, births, limits)


def _decided(years: int, births: list[Fact], limits: AgeLimits) -> Finding:
    match _step(years, limits):
        case "under":
            reason = sentence(
                "The person is {years}, under {adult} years old.", years=years, adult=limits.adult.value
            )
            return _SAYS.stop(reason, births, limits.adult.source, _NEVER)
        case "older":
            reason = sentence(
                "The person is {years}, {older} or older: an ECG, memory, falls and a larger rise in blood"
                " pressure are considered in the plan.",
                years=years,
                older=limits.older.value,
            )
            return _SAYS.caution(reason, births, limits.older.source, _NEVER)
    reason = sentence("The person is {years} years old.", years=years)
    return _SAYS.proceed(reason, births, limits.adult.source, _NEVER)


def _step(years: int, limits: AgeLimits) -> str:
    if years < limits.adult.value:
        return "under"
    return "older" if years >= limits.older.value else "between"


def _days_of(birth: Fact) -> tuple[date, date]:
    if isinstance(birth.value, PartialDate):
        return birth.value.first_day, birth.value.last_day
    assert isinstance(birth.value, date), "A birth date is a date, whole or in part."
    return birth.value, birth.value


def _years(born: date, on: date) -> int:
    # Whoever was born on February 29 turns a year older on March 1 where the year has no such day.
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


RULE = Rule("age", AgeLimits, age)
