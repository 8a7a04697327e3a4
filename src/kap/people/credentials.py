"""What a person is licensed, certified, registered and trained for, on a given day and in a given place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kap.vocabulary.errors import InputError
from kap.vocabulary.facts import Fact
from kap.vocabulary.findings import ClearedBy, Clearing, Explanation, Finding, Verdict
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.sources import AnySource


class CredentialKind(Enum):
    """What kind of proof it is."""

    LICENSE = "license"  # to practice a profession, in one state or every state of a compact
    BOARD_CERTIFICATION = "board certification"
    DEA_REGISTRATION = "DEA registration"  # for controlled substances, at one place
    LIFE_SUPPORT = "life support"  # BLS, ACLS
    TRAINING = "training"  # KAP, EMDR, ART


class Expiry(Enum):
    """The two ways a credential can have no last day."""

    NEVER = "never"  # it says that it does not expire
    UNKNOWN = "unknown"  # nobody has seen its last day


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One proof a person holds, the places it counts in, and its first and last day.

    Shape: `places` are states or registered places; a compact lists its states. None listed is none covered.
    A suspended, surrendered or revoked credential has the day before that as its last day.
    Missing: an unknown last day is `Expiry.UNKNOWN`, never `Expiry.NEVER`.
    Raises: InputError when its last day lies before its first.
    """

    kind: CredentialKind
    subject: str
    places: frozenset[str] = frozenset()
    valid_from: date
    last_day: date | Expiry

    def __post_init__(self) -> None:
        if isinstance(self.last_day, date) and self.last_day < self.valid_from:
            raise InputError("A credential's last day lies before its first: check both dates.")

    def is_valid_on(self, day: date) -> bool | None:
        """Whether it counts on a day, its first and last included.

        Missing: None when its last day is unknown.
        """
        if day < self.valid_from:
            return False
        match self.last_day:
            case Expiry.NEVER:
                return True
            case Expiry.UNKNOWN:
                return None
            case last_day:
                return day <= last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What a task asks of the person who does it, where, and who says so."""

    kind: CredentialKind
    subject: str
    place: str | None = None
    source: AnySource

    def is_met_by(self, credential: Credential) -> bool:
        """Whether a credential is of this kind, subject and place; its days are not looked at."""
        return (credential.kind, credential.subject) == (self.kind, self.subject) and (
            self.place is None or self.place in credential.places
        )

    @property
    def words(self) -> Sentence:
        """Names what is asked."""
        said = {"subject": self.subject, "kind": self.kind.value}
        if self.place is None:
            return Sentence("{subject} {kind}", said)
        return Sentence("{subject} {kind} for {place}", {**said, "place": self.place})


def missing_for(
    requirements: Iterable[Requirement], credentials: Iterable[Credential], on: date
) -> tuple[Finding, ...]:
    """What stands between a person and a task on a day; nothing when every requirement is met.

    Missing: a credential nobody recorded, or whose last day nobody knows, is UNKNOWN; one that has ended or
    has not begun is HOLD.
    """
    held = tuple(credentials)
    findings = (
        _finding(requirement, [c for c in held if requirement.is_met_by(c)], on)
        for requirement in requirements
    )
    return tuple(finding for finding in findings if finding is not None)


def _finding(requirement: Requirement, candidates: list[Credential], on: date) -> Finding | None:
    validity = [credential.is_valid_on(on) for credential in candidates]
    if True in validity:
        return None
    words = requirement.words
    if not candidates:
        return _unmet(
            requirement, Verdict.UNKNOWN, sentence("No {credential} is recorded.", credential=words)
        )
    if None in validity:
        reason = sentence("Nobody has recorded when the {credential} ends.", credential=words)
        return _unmet(requirement, Verdict.UNKNOWN, reason)
    last_days = [c.last_day for c in candidates if c.valid_from <= on and isinstance(c.last_day, date)]
    if not last_days:
        first = min(credential.valid_from for credential in candidates)
        reason = sentence("The {credential} begins on {day}.", credential=words, day=first)
        return _unmet(requirement, Verdict.HOLD, reason, first)
    reason = sentence("The {credential} ended on {day}.", credential=words, day=max(last_days))
    return _unmet(requirement, Verdict.HOLD, reason, max(last_days))


def _unmet(requirement: Requirement, verdict: Verdict, reason: Sentence, day: date | None = None) -> Finding:
    what = str(requirement.words)
    fact = Fact(what=what, value=day, came_from="credential register") if day else Fact.missing(what)
    return Finding(
        rule="credential",
        verdict=verdict,
        clears_by=Clearing(ClearedBy.FACT),
        because=Explanation(
            reason=reason,
            facts=(fact,),
            source=requirement.source,
            would_change_if=sentence(
                "A {credential} is recorded that is valid on the day.", credential=requirement.words
            ),
        ),
    )
