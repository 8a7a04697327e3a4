"""A fact as a rule sees it: what is known, since when, how well, and who or what said so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.bounds import Bound
from kap.vocabulary.codes import Code, UcumUnit
from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant
from kap.vocabulary.partial_dates import PartialDate
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.sentences import Sentence, sentence

FactValue = (
    Quantity | BloodPressure | Bound | Decimal | int | str | bool | date | PartialDate | Instant | Code
)


class FactStatus(Enum):
    """How well a fact is known."""

    RECORDED = "recorded"  # somebody wrote it down, a device measured it, a referral brought it
    CONFIRMED = "confirmed"  # a clinician checked it with the person
    DOUBTFUL = "doubtful"  # two sources disagree, or the reading was marked as not to be trusted
    MISSING = "missing"  # nobody has said


class Course(Enum):
    """How a condition, an allergy or a medicine stands with a person; a measurement has no course."""

    ACTIVE = "active"  # present, back again, taken now, or never said to have ended
    PAST = "past"  # resolved, inactive, in remission, stopped, "history of"
    FAMILY = "family"  # in a parent, brother, sister or child, or in a relative nobody named
    DISTANT_FAMILY = "distant-family"  # in a relative further away than those
    DENIED = "denied"  # the person, asked for exactly this, said no on a known day


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing known, or known to be missing, about a person, a place or a day.

    Refuted entries, entries made in error and entries about somebody else are no facts about this person.
    `when` is the moment or day it holds for; `local_day` is that moment's calendar day where it happened.

    Units: a plain number, or a bound of one, needs its unit (`1` for a count or a score); a quantity has its
    own. `upper_limit` is the upper end of normal that a laboratory printed beside its own number, in the same
    unit.
    Missing: a missing fact has no value and is never read as zero or as no.
    Raises: InputError when value, unit, status and upper limit contradict each other.
    """

    what: str
    value: FactValue | None = None
    unit: UcumUnit | None = None
    when: Instant | date | PartialDate | None = None
    local_day: date | None = None
    status: FactStatus = FactStatus.RECORDED
    course: Course | None = None
    upper_limit: Decimal | None = None
    came_from: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) != (self.status is FactStatus.MISSING):
            raise InputError(f"{self.what!r}: a fact has a value exactly when it is not missing.")
        if isinstance(self.value, float):
            raise InputError(f"{self.what!r}: a binary float is not exact; give a Decimal.")
        is_number = isinstance(self.value, int | Decimal | Bound) and not isinstance(self.value, bool)
        if is_number != (self.unit is not None):
            raise InputError(f"{self.what!r}: a plain number, and nothing else, needs a unit beside it.")
        if self.status is not FactStatus.MISSING and not self.came_from:
            raise InputError(f"{self.what!r}: say who or what this fact came from.")
        if self.upper_limit is not None and not is_number:
            raise InputError(f"{self.what!r}: only a number can have an upper limit beside it.")

    @classmethod
    def missing(cls, what: str) -> Fact:
        """A fact that a rule needs and nobody has given."""
        return cls(what=what, status=FactStatus.MISSING)

    @property
    def is_known(self) -> bool:
        """Whether a rule may rely on it."""
        return self.status in (FactStatus.RECORDED, FactStatus.CONFIRMED)

    @property
    def day(self) -> date | None:
        """The calendar day it holds for.

        Missing: None when it has no date, or only part of one.
        """
        if self.local_day is not None:
            return self.local_day
        match self.when:
            case Instant() as moment:
                return moment.at.date()
            case date() as day:
                return day
        return None

    def in_words(self) -> Sentence:
        """Says the fact with its value, time and origin."""
        if self.status is FactStatus.MISSING:
            return sentence("{what}: not recorded", what=self.what)
        value = f"{self.value} {self.unit}" if self.unit and self.unit.value != "1" else self.value
        said = {"what": self.what, "value": value, "status": self.status.value, "came_from": self.came_from}
        if self.when is None:
            return Sentence("{what}: {value} ({status}, from {came_from})", said)
        return Sentence("{what}: {value} on {when} ({status}, from {came_from})", {**said, "when": self.when})
