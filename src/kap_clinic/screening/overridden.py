"""What medical directors answered to findings: in force, run out, or ended before its day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kap.screening.screening import Treatment
from kap.vocabulary.findings import Override as Overriding
from kap.vocabulary.findings import Verdict
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence
from kap_clinic.accounts.queries import names_of
from kap_clinic.database.door import Acting

from . import store
from .models import Override, OverrideEntry

ENDED = "override_ended"


@dataclass(frozen=True, kw_only=True)
class Ending:
    """An override ended before its day: by whom, when, and why."""

    by: str
    at: datetime
    why: str


@dataclass(frozen=True, kw_only=True)
class OverrideLine:
    """One override as it was made.

    Missing: ``ended`` is None unless somebody ended it before its day.
    """

    id: UUID
    person: UUID
    answer: Overriding
    made_at: datetime
    until: datetime
    ended: Ending | None

    @property
    def rule(self) -> str:
        """The rule whose finding it answers."""
        return self.answer.answers[0]

    def counts_at(self, at: datetime) -> bool:
        """Say whether it is in force."""
        return at < self.until and self.ended is None


def overrides_of(
    act: Acting, persons: Iterable[UUID], treatment: Treatment
) -> dict[UUID, list[OverrideLine]]:
    """Return the overrides of these people for this treatment, the newest first."""
    rows = Override.objects.filter(
        person_id__in=set(persons), drug=treatment.drug.value, route=treatment.route.value,
        organization_id=act.organization,
    ).order_by("-made_at", "-id")  # fmt: skip
    found: dict[UUID, list[OverrideLine]] = {}
    for line in _lines(act, list(rows)):
        found.setdefault(line.person, []).append(line)
    return found


def override_line(act: Acting, override: UUID) -> OverrideLine | None:
    """Return one override, for whatever treatment."""
    rows = Override.objects.filter(id=override, organization_id=act.organization)
    return next(iter(_lines(act, list(rows))), None)


def _lines(act: Acting, rows: list[Override]) -> list[OverrideLine]:
    endings = {
        entry.override_id: entry
        for entry in OverrideEntry.objects.filter(
            override_id__in=[row.id for row in rows], kind=ENDED, organization_id=act.organization
        )
    }
    names = names_of([*(row.made_by for row in rows), *(one.recorded_by for one in endings.values())])
    return [_line(row, endings.get(row.id), names) for row in rows]


def _line(row: Override, ending: OverrideEntry | None, names: dict[UUID, str]) -> OverrideLine:
    ended = _ending(ending, names) if ending else None
    # Ended early, it answers until that moment and no longer: the finding then stands by itself again.
    until = min(row.until, ended.at) if ended else row.until
    answer = Overriding(
        answers=(row.rule, Verdict(row.verdict)), by=names.get(row.made_by, ""), role=row.role,
        why=Sentence("{why}", {"why": row.why}), until=Instant(until),
    )  # fmt: skip
    return OverrideLine(
        id=row.id, person=row.person_id, answer=answer, made_at=row.made_at, until=row.until, ended=ended
    )


def _ending(entry: OverrideEntry, names: dict[UUID, str]) -> Ending:
    why = store.body_of(entry.text)["why"]
    return Ending(by=names.get(entry.recorded_by, ""), at=entry.recorded_at, why=why)
