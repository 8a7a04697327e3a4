"""Reads and writes the rows behind a form: the lock, its answers as they stand, its score once it ends."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from kap.histories.chain import canonical_text
from kap.instruments.definition import Instrument
from kap.instruments.documents import score_document
from kap.instruments.scoring import Score, score
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.database.door import Acting

from .models import Answer, Asked, ProfitStatement, Scored

COMPLETE, PARTIAL, MISSED, WITHDRAWN = "complete", "partial", "missed", "withdrawn"

_NO_FORM = sentence("There is no such form.")


def locked(act: Acting, asked: UUID) -> Asked:
    """Return a form that was asked, locked until this transaction ends.

    Raises: Refused.
    """
    found = Asked.objects.select_for_update().filter(id=asked, organization_id=act.organization).first()
    if found is None:
        raise Refused(_NO_FORM)
    act.about(asked, found.person_id)
    return found


def answers_of(act: Acting, asked: Iterable[UUID]) -> dict[UUID, dict[str, Answer]]:
    """Return the answer that stands to each item of these forms: the one recorded last."""
    rows = Answer.objects.filter(asked_id__in=set(asked), organization_id=act.organization)
    found: dict[UUID, dict[str, Answer]] = {}
    for row in rows.order_by("recorded_at", "id"):
        found.setdefault(row.asked_id, {})[row.item] = row
    return found


def history_of(act: Acting, asked: UUID) -> dict[str, list[Answer]]:
    """Return every answer to each item of one form, the first one first."""
    rows = Answer.objects.filter(asked_id=asked, organization_id=act.organization)
    found: dict[str, list[Answer]] = {}
    for row in rows.order_by("recorded_at", "id"):
        found.setdefault(row.item, []).append(row)
    return found


def score_of(
    act: Acting, row: Asked, definition: Instrument, rater: UUID | None, now: datetime,
    note: Sentence | None = None,
) -> Score:  # fmt: skip
    """Score a form as its answers stand; keep that, with what to note about it, after the scores before."""
    given = answers_of(act, [row.id]).get(row.id, {})
    made = score(definition, {item: one.value for item, one in given.items()})
    made = replace(made, notes=(*made.notes, note)) if note else made
    number = Scored.objects.filter(asked_id=row.id, organization_id=act.organization).count() + 1
    Scored.objects.create(
        id=uuid5(row.id, f"score {number}"), organization_id=act.organization, asked_id=row.id,
        person_id=row.person_id, number=number, instrument=definition.id, version=definition.version,
        total=made.total, band=made.band or "", is_complete=made.complete,
        result=canonical_text(json.loads(json.dumps(score_document(made)))), rater=rater,
        happened_at=max(one.given_at for one in given.values()), scored_at=now, scored_by=act.actor.id,
    )  # fmt: skip
    return made


def is_for_profit(act: Acting) -> bool:
    """Say whether the house is run for profit.

    Missing: unless somebody said otherwise it counts as such, and fewer words are shown.
    """
    said = ProfitStatement.objects.filter(organization_id=act.organization).order_by("-said_at", "-id")
    newest = said.values_list("is_for_profit", flat=True).first()
    return newest is not False
