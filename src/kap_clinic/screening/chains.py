"""Signatures and overrides as the proof of the trail checks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap_clinic.audit.chained import Chained

_SIGNATURES = """
    SELECT person_id, number, previous, digest, text, id, signed_at, signed_by, decision, drug, route
    FROM screening_signature
    WHERE organization_id = %s AND (person_id, number) > (%s, %s) ORDER BY person_id, number LIMIT %s
"""
# Each signing that the trail tells of names its signature among its subjects.
_UNSIGNED = """
    SELECT a.id FROM audit_entry a
    WHERE a.organization_id = %s AND a.action = 'screening.sign' AND a.outcome = 'done' AND NOT EXISTS (
        SELECT 1 FROM screening_signature s
        WHERE s.organization_id = a.organization_id AND s.id = ANY(a.subjects)
    ) ORDER BY a.id
"""
_OVERRIDES = """
    SELECT e.person_id, e.number, e.previous, e.digest, e.text, e.id, e.recorded_at, e.recorded_by, e.kind,
        o.id, o.rule, o.verdict, o.drug, o.route, o.why, o.reason, o.role, o.until
    FROM screening_overrideentry e
    JOIN screening_override o ON o.organization_id = e.organization_id AND o.id = e.override_id
    WHERE e.organization_id = %s AND (e.person_id, e.number) > (%s, %s)
    ORDER BY e.person_id, e.number LIMIT %s
"""
_UNMADE = """
    WITH ours AS (SELECT %s::uuid AS id)
    SELECT o.id FROM screening_override o WHERE o.organization_id = (SELECT id FROM ours) AND NOT EXISTS (
        SELECT 1 FROM screening_overrideentry e
        WHERE e.organization_id = o.organization_id AND e.override_id = o.id AND e.kind = 'override_made')
    UNION
    SELECT a.id FROM audit_entry a
    WHERE a.organization_id = (SELECT id FROM ours) AND a.outcome = 'done'
        AND a.action IN ('screening.override', 'screening.end_override') AND NOT EXISTS (
        SELECT 1 FROM screening_overrideentry e WHERE e.organization_id = a.organization_id
            AND e.override_id = ANY(a.subjects)
            AND e.kind = CASE a.action
                WHEN 'screening.override' THEN 'override_made' ELSE 'override_ended' END)
"""
_SAID = ("override", "rule", "verdict", "drug", "route", "why", "reason", "role")


def _signed(row: Sequence[Any]) -> Mapping[str, Any]:
    by, decision, drug, route = row[7:]
    body = {"decision": decision, "screening": {"drug": drug, "route": route, "person": str(row[0])}}
    return {"id": str(row[5]), "by": str(by), "body": body}


def _overridden(row: Sequence[Any]) -> Mapping[str, Any]:
    by, kind, *said, until = row[7:]
    shown = {"id": str(row[5]), "by": str(by), "kind": f"{kind}@1"}
    if kind == "override_ended":
        return {**shown, "body": {"override": str(said[0])}}
    body = dict(zip(_SAID, map(str, said), strict=True))
    return {**shown, "body": {**body, "until": str(Instant(until))}}


SIGNATURES = Chained(
    kind="signatures", words=sentence("the signatures"), table="screening_signature", rows=_SIGNATURES,
    shown=_signed, lost=_UNSIGNED,
)  # fmt: skip
OVERRIDES = Chained(
    kind="overrides", words=sentence("the overrides"), table="screening_overrideentry", rows=_OVERRIDES,
    shown=_overridden, lost=_UNMADE,
)  # fmt: skip
