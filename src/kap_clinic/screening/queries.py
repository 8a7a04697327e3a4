"""One person's screening as it stands: record, findings, answers, signature; run inside ``acting()``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from kap.casework.kinds import CLEARED, CLEARED_WITH_CONDITIONS
from kap.screening.filled_forms import FilledForm
from kap.screening.frozen import Difference, differences, frozen
from kap.screening.record import NotUnderstood, PersonRecord
from kap.screening.registry import packaged_rulebook
from kap.screening.screening import Treatment, screen
from kap.screening.standing import Clearance, Standing
from kap.vocabulary.errors import Refused
from kap.vocabulary.findings import Finding
from kap.vocabulary.moments import Instant
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.sentences import sentence
from kap.vocabulary.zones import zone
from kap_clinic.accounts.queries import names_of
from kap_clinic.cases import queries as cases
from kap_clinic.cases.queries import CaseLine
from kap_clinic.database.door import Acting
from kap_clinic.measures.heard import forms_about_suicide_of
from kap_clinic.people import queries as people

from .models import HistoryLink, Signature
from .overridden import OverrideLine, overrides_of
from .signed import signed_body
from .told import Told, told_by, with_birth, with_forms, with_history

_NO_FINDING = sentence("No rule says this any more. Open the screening again to see what it says now.")


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A signed screening as it was kept: its number, decision, words, whole text and who signed when.

    Shape: ``assessed`` are the titles of the rules OpenKAP did not screen and the signer assessed.
    """

    number: int
    digest: str
    decision: str
    words: str
    signed_at: datetime
    signed_by: str
    assessed: tuple[str, ...]
    screening: Mapping[str, Any]

    @property
    def treatment(self) -> Treatment:
        """What the person was screened for."""
        told = self.screening
        return Treatment(Drug(told["drug"]), Route(told["route"]), told["protocol"])


@dataclass(frozen=True, kw_only=True)
class Whole:
    """Everything a reader of one screening needs.

    Missing: ``signed`` is None until somebody signed.
    """

    standing: Standing
    told: tuple[Told, ...]
    cases: tuple[CaseLine, ...]
    overrides: tuple[OverrideLine, ...]
    signed: Signed | None

    @property
    def kept(self) -> dict[str, Any]:
        """The screening as it would be kept under a signature now."""
        return frozen(self.standing, packaged_rulebook())

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What says something else than when it was signed; nothing before a signature."""
        return differences(self.signed.screening, self.kept) if self.signed else ()


@dataclass(frozen=True, kw_only=True)
class LinkFacts:
    """A link to the health history; ``state`` is open, finished, withdrawn or over."""

    id: UUID
    language: str
    made_at: datetime
    expires_at: datetime
    finished_at: datetime | None
    mailed_at: datetime | None
    state: str


def whole_of(act: Acting, person: UUID, treatment: Treatment, at: datetime, clock: str) -> Whole:
    """Return one person's screening as it stands.

    Raises: Refused without access to the chart.
    """
    born = people.header_of(act, person).birth
    record = with_birth(people.record_of(act, person), born)
    return wholes(act, {person: record}, treatment, at, clock)[person]


def wholes(
    act: Acting, records: Mapping[UUID, PersonRecord], treatment: Treatment, at: datetime, clock: str
) -> dict[UUID, Whole]:
    """Return the screenings of many people with as many queries as one needs."""
    told, cleared = told_by(act, records), cases.clearances_of(act, records)
    overridden, signed = overrides_of(act, records, treatment), signatures(act, records, treatment)
    forms = forms_about_suicide_of(act, records, clock)
    now, day = Instant(at), at.astimezone(zone(clock)).date()
    return {
        person: Whole(
            standing=Standing(
                screen(_with_all(record, told.get(person, []), forms.get(person, [])), treatment, day),
                (
                    *(line.answer for line in overridden.get(person, ())),
                    *_clearances(cleared.get(person, []), clock),
                ),
                now,
            ),
            told=tuple(told.get(person, [])),
            cases=tuple(cleared.get(person, [])),
            overrides=tuple(overridden.get(person, ())),
            signed=signed.get(person),
        )
        for person, record in records.items()
    }


def _with_all(
    record: PersonRecord, told: Iterable[Told], forms: Iterable[FilledForm | NotUnderstood]
) -> PersonRecord:
    return with_forms(with_history(record, told), forms)


def signatures(act: Acting, persons: Iterable[UUID], treatment: Treatment) -> dict[UUID, Signed]:
    """Return the newest signature of each of these people for this treatment."""
    rows = Signature.objects.filter(
        person_id__in=set(persons), drug=treatment.drug.value, route=treatment.route.value,
        organization_id=act.organization,
    )  # fmt: skip
    newest = {row.person_id: row for row in rows.order_by("number")}
    names = names_of(row.signed_by for row in newest.values())
    return {person: _signed(row, names) for person, row in newest.items()}


def every_signature(act: Acting, person: UUID) -> list[Signed]:
    """Return all that was signed for one person, for whatever treatment, the newest first."""
    rows = list(
        Signature.objects.filter(person_id=person, organization_id=act.organization).order_by("-number")
    )
    names = names_of(row.signed_by for row in rows)
    return [_signed(row, names) for row in rows]


def links_of(act: Acting, person: UUID, at: datetime) -> list[LinkFacts]:
    """Return the links that were given to one person, the newest first."""
    rows = HistoryLink.objects.filter(person_id=person, organization_id=act.organization)
    return [
        LinkFacts(
            id=row.id, language=row.language, made_at=row.made_at, expires_at=row.expires_at,
            finished_at=row.finished_at, mailed_at=row.mailed_at, state=_state(row, at),
        )
        for row in rows.order_by("-made_at", "-id")
    ]  # fmt: skip


def _state(row: HistoryLink, at: datetime) -> str:
    if row.finished_at:
        return "finished"
    if row.withdrawn_at:
        return "withdrawn"
    return "over" if row.expires_at <= at else "open"


def _signed(row: Signature, names: dict[UUID, str]) -> Signed:
    body = signed_body(row.text)
    return Signed(
        number=row.number, digest=row.digest, decision=row.decision, words=body["words"],
        signed_at=row.signed_at, signed_by=names.get(row.signed_by, ""), screening=body["screening"],
        assessed=tuple(one["title"] for one in body["assessed_elsewhere"]),
    )  # fmt: skip


def _clearances(lines: list[CaseLine], clock: str) -> list[Clearance]:
    """The newest answer to each rule's request; one that was not cleared takes back an older clearance."""
    answered: dict[str, CaseLine] = {}
    for line in lines:
        ended = line.state.closing
        if ended is not None and line.state.kind.outcome(ended.outcome).is_answer:
            answered.setdefault(line.rule, line)
    return [
        Clearance(rule=rule, by=ended.said_by, conditions=line.answer, until=_end_of(line, clock))
        for rule, line in answered.items()
        if (ended := line.state.closing) and ended.outcome in (CLEARED, CLEARED_WITH_CONDITIONS)
    ]


def _end_of(line: CaseLine, clock: str) -> Instant:
    assert line.counts_until is not None, "a clearance counts until a day"
    next_day = line.counts_until + timedelta(days=1)
    return Instant(datetime.combine(next_day, time.min, tzinfo=zone(clock)))


def finding_of(whole: Whole, rule: str) -> Finding:
    """Return what one rule says.

    Raises: Refused.
    """
    found = next((one for one in whole.standing.screening.findings if one.rule == rule), None)
    if found is None:
        raise Refused(_NO_FINDING)
    return found
