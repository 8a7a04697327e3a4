"""Readings of devices as JSON, under /api/v1: many at once, each batch with the id its sender gave it."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from kap.monitoring.vitals import Channel
from kap.people.permissions import Permission
from kap_clinic.accounts.calls import called

from . import readings

router = Router(tags=["dosing day"])


class ReadingIn(Schema):
    """What a device read at one moment; ``at`` carries its offset, a channel not read is left out."""

    at: AwareDatetime
    numbers: dict[Channel, Decimal]


class BatchIn(Schema):
    """Readings one device sends together; the same ``id`` sent again changes nothing."""

    id: UUID
    device: str = Field(min_length=1, max_length=64)
    readings: list[ReadingIn] = Field(min_length=1, max_length=readings.MOST)


class BatchOut(Schema):
    """What became of a batch: kept now, or known already."""

    schema_: str = Field("openkap.readings/1", alias="schema")
    id: UUID
    is_new: bool


@router.post("/dosing-day/{session}/readings", response=BatchOut, by_alias=True)
def record(request: HttpRequest, session: UUID, batch: BatchIn) -> dict[str, object]:
    """Keep a batch of readings; when this answers, they are written."""
    with called(request, "dosing_day.record_readings", Permission.CHART_SESSIONS) as act:
        told = [readings.Reading(at=one.at, numbers=one.numbers) for one in batch.readings]
        is_new = readings.record(
            organization=act.organization, by=act.actor, id=batch.id, session=session, device=batch.device,
            readings=told,
        )  # fmt: skip
    return {"id": batch.id, "is_new": is_new}
