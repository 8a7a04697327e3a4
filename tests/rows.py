"""One row in every table of an organization, each carrying a mark that must never be seen from another."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from kap_clinic.database.door import Reason, outside
from kap_clinic.database.identity import new_id
from kap_clinic.database.models import TenantModel, WithinTenant

NOON = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
SOMEBODY = UUID("019bbc00-0000-7000-8000-000000000001")


def tenant_models() -> list[type[TenantModel]]:
    """Return every model whose rows belong to an organization, those referred to first."""
    found = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    refers = {
        model: [
            field.related_model
            for field in model._meta.local_fields
            if isinstance(field, WithinTenant) and field.related_model is not model
        ]
        for model in found
    }
    return [*TopologicalSorter(refers).static_order()]


def fill(house: Any, mark: str) -> dict[str, UUID]:
    """Write one marked row into every table of this organization; return table → id."""
    ids: dict[str, UUID] = {}
    for model in tenant_models():
        table = model._meta.db_table
        with house.acting(action="test.fill"):
            if table == "organizations_organization":
                ids[table] = house.id
                continue
            told = {
                field.attname: _value(field, mark, ids, house)
                for field in model._meta.local_fields
                if not field.null and field.attname not in ("id", "organization_id")
            }
            ids[table] = model.objects.create(id=new_id(), organization_id=house.id, **told).id
    return ids


def _value(field: models.Field[Any, Any], mark: str, ids: dict[str, UUID], house: Any) -> Any:
    if isinstance(field, WithinTenant):
        return ids[field.related_model._meta.db_table]
    if isinstance(field, models.ForeignKey):
        return _global_row(field, mark, house)
    if isinstance(field, models.EmailField):
        return f"{mark.lower()}@example.org"
    if isinstance(field, models.CharField | models.TextField):
        place = f"{field.model._meta.db_table}.{field.name}"
        return ONLY_SO.get(place, ONLY_SO.get(field.name, mark))[: field.max_length or None]
    if type(field).__name__ == "ArrayField":
        return []
    if isinstance(field, models.DateTimeField):
        return NOON + timedelta(days=1) if field.name in ENDS else NOON
    if isinstance(field, models.JSONField):
        return field.get_default()
    if isinstance(field, models.DecimalField):
        return field.default if field.has_default() else Decimal(1)
    for kind, value in VALUES:
        if isinstance(field, kind):
            return value() if callable(value) else value
    raise AssertionError(f"Tell tests/rows.py how to fill {field}.")


def _entry_text(kind: str, body: dict[str, Any]) -> str:
    at = NOON.isoformat()
    return json.dumps({"kind": kind, "by": str(SOMEBODY), "happened_at": at, "recorded_at": at, "body": body})


# What must come after something else began.
ENDS = {"due_at", "until", "expires_at", "ends_at", "closes_at"}
# Columns of text that hold more than words.
ONLY_SO = {
    "time_zone": "America/Denver",
    "digest": "0" * 64,
    "previous": "0" * 64,
    "at": NOON.isoformat(),
    "birth": "1984-03",
    "unused": "{}",
    "cases_case.kind": "clearance-request",
    "cases_caseentry.text": json.dumps(
        {
            "kind": "case_opened@1", "by": str(SOMEBODY), "happened_at": NOON.isoformat(),
            "recorded_at": NOON.isoformat(),
            "body": {
                "kind": "clearance-request", "due_at": "2026-01-20T00:00:00Z", "owner": str(SOMEBODY)
            },
        }
    ),
    "dosing_day_devicebatch.readings": "[]",
    "dosing_day_dosingsession.how_left": "",
    "dosing_day_dosingsession.phase": "arrived",
    "dosing_day_sessionentry.text": json.dumps(
        {
            "kind": "arrived@1", "by": str(SOMEBODY), "happened_at": NOON.isoformat(),
            "recorded_at": NOON.isoformat(), "body": {},
        }
    ),
    "dosing_day_sessionnote.text": "{}",
    "measures_asked.ended": "",
    "measures_asked.instrument": "phq9",
    "measures_licensedcopy.instrument": "who5",
    "measures_licensedcopy.kind": "words",
    "measures_licensedcopy.withdrawn_because": "",
    "measures_scored.instrument": "phq9",
    "measures_scored.result": json.dumps(
        {"subscales": {}, "derived": {}, "safety": [], "missing": [], "notes": []}
    ),
    "plans_plan.protocol": "intensive-5-day",
    "plans_planentry.text": json.dumps(
        {
            "kind": "plan_made@1", "by": str(SOMEBODY), "happened_at": NOON.isoformat(),
            "recorded_at": NOON.isoformat(),
            "body": {
                "protocol": "intensive-5-day", "version": 1, "start_on": "2026-01-14",
                "zone": "America/Denver",
            },
        }
    ),
    "plans_plannedsession.session": "integration-1",
    "plans_plannedsession.kind": "integration",
    "plans_plannedsession.state": "planned",
    "integration_noteentry.text": json.dumps(
        {
            "kind": "note_signed@1", "by": str(SOMEBODY), "happened_at": NOON.isoformat(),
            "recorded_at": NOON.isoformat(),
            "body": {
                "began_at": "2026-01-14T12:00:00Z", "ended_at": "2026-01-14T13:00:00Z", "modality": "EMDR",
                "disturbance": [None, None], "belief": [None, None], "plan": "Rest.", "risk": "none",
                "risk_words": "",
            },
        }
    ),
    "on_call_duty.place": "on-call",
    "on_call_laddersigned.kind": "crisis",
    "on_call_laddersigned.minutes": "0,5,10,15",
    "on_call_callmade.who": "on-call",
    "on_call_message.means": "email",
    "screening_override.verdict": "stop",
    "screening_signature.decision": "wait",
    "screening_signeddecision.decision": "wait",
    "screening_signeddecision.drug": "ketamine",
    "screening_signeddecision.route": "iv",
    "screening_signeddecision.verdict": "stop",
    "screening_overrideentry.text": '{"body": {"why": ""}}',
    "screening_signature.text": (
        '{"id": "019bbc00-0000-7000-8000-000000000001", "by": "x", "kind": "screening_signed@2", '
        '"happened_at": "2026-01-14T12:00:00Z", "recorded_at": "2026-01-14T12:00:00Z", '
        '"body": {"words": "", "assessed_elsewhere": [], "screening": {"drug": "ketamine", "route": "iv", '
        '"protocol": null, "verdict": "unknown", "findings": []}}}'
    ),
    "orders_order.state": "signed",
    "orders_orderentry.text": _entry_text(
        "order_signed@1",
        {
            "person": str(SOMEBODY), "session": str(SOMEBODY), "drug": "ketamine", "route": "iv",
            "amount": "35 mg", "over": None, "made_up_to": None, "proposal": {},
        },
    ),
    "pharmacy_movement.kind": "container_received",
    "pharmacy_movement.text": _entry_text(
        "container_received@1",
        {
            "container": str(SOMEBODY), "drug": "ketamine", "concentration": "50 mg/mL", "lot": "K-1",
            "expires_on": "2027-01-14", "volume": "10 mL", "from": "Cedar Wholesale",
        },
    ),
    "drug": "ketamine",
    "route": "iv",
}  # fmt: skip
VALUES: list[tuple[type[Any], Any]] = [
    (models.UUIDField, new_id),
    (models.DateField, NOON.date()),
    (models.TimeField, NOON.time()),
    (models.BooleanField, False),
    (models.IntegerField, 1),
]


def _global_row(field: models.ForeignKey[Any, Any], mark: str, house: Any) -> Any:
    table = field.related_model._meta.db_table
    with outside(Reason.SETUP):
        if table == "accounts_account":
            return field.related_model.objects.create_user(f"{mark.lower()}.{new_id()}@example.org").id
        return field.related_model.objects.create(id=new_id()).id
