"""The timelines of dosing sessions as the proof of the trail checks them, with the doses and the notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kap.vocabulary.decimals import plain
from kap.vocabulary.sentences import sentence
from kap_clinic.audit.chained import Chained

_ROWS = """
    SELECT e.session_id, e.number, e.previous, e.digest, e.text, e.id, e.recorded_at, e.recorded_by,
        a.order_id, a.drug, a.route, a.amount_mg, a.second
    FROM dosing_day_sessionentry e
    LEFT JOIN dosing_day_administration a ON a.organization_id = e.organization_id AND a.id = e.id
    WHERE e.organization_id = %s AND (e.session_id, e.number) > (%s, %s)
    ORDER BY e.session_id, e.number LIMIT %s
"""
# A session remembers how far its timeline had grown; a dose on record stands in it; a note stays.
_LOST = """
    WITH ours AS (SELECT %s::uuid AS id)
    SELECT s.id FROM dosing_day_dosingsession s
    LEFT JOIN LATERAL (
        SELECT max(e.number) AS last FROM dosing_day_sessionentry e
        WHERE e.organization_id = s.organization_id AND e.session_id = s.id
    ) told ON true
    WHERE s.organization_id = (SELECT id FROM ours) AND coalesce(told.last, 0) <> s.last_number
    UNION
    SELECT a.id FROM dosing_day_administration a
    WHERE a.organization_id = (SELECT id FROM ours) AND NOT EXISTS (
        SELECT 1 FROM dosing_day_sessionentry e
        WHERE e.organization_id = a.organization_id AND e.id = a.id AND e.session_id = a.session_id)
    UNION
    SELECT n.id FROM dosing_day_sessionnote n
    WHERE n.organization_id = (SELECT id FROM ours)
        AND encode(sha256(convert_to(n.text, 'UTF8')), 'hex') <> n.digest
    UNION
    SELECT a.id FROM audit_entry a
    WHERE a.organization_id = (SELECT id FROM ours) AND a.outcome = 'done'
        AND a.action = 'dosing_day.sign_note' AND NOT EXISTS (
            SELECT 1 FROM dosing_day_sessionnote n
            WHERE n.organization_id = a.organization_id AND n.session_id = ANY(a.subjects))
    ORDER BY 1
"""


def _shown(row: Sequence[Any]) -> Mapping[str, Any]:
    by, order, drug, route, amount, second = row[7:]
    shown: dict[str, Any] = {"id": str(row[5]), "by": str(by)}
    if '"kind":"dose_given@' not in row[4]:
        return shown
    if order is None:
        # Nothing that was sealed says this: the dose is missing from the medication record.
        return {**shown, "record": "missing"}
    body = {"order": str(order), "drug": drug, "route": route, "amount": f"{plain(amount)} mg"}
    return {**shown, "body": {**body, "with": str(second)}}


SESSIONS = Chained(
    kind="sessions", words=sentence("the timelines of dosing sessions"), table="dosing_day_sessionentry",
    rows=_ROWS, shown=_shown, lost=_LOST,
)  # fmt: skip
