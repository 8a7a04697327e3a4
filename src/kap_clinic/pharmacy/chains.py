"""The logs of safes as the proof of the trail checks them: every row, and that the balances still follow."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kap.vocabulary.sentences import sentence
from kap_clinic.audit.chained import Chained

# What a container and a syringe must show is summed again from what was sealed about them. A text that is no
# longer one of ours holds no volume, and nothing adds up with it.
_ROWS = re.sub(
    r"VOLUME\((\w+)\)",
    r"""substring(\1.text from '"volume":"([0-9]+([.][0-9]+)?) mL"')::numeric""",
    """
    SELECT m.safe_id, m.number, m.previous, m.digest, m.text, m.id, m.recorded_at, m.recorded_by, m.kind,
        m.container_id, m.syringe_id, c.drug, c.lot, c.expires_on, s.order_id, s.second,
        c.remaining_ml = (
            SELECT sum(CASE one.kind WHEN 'container_received' THEN 1 WHEN 'drug_given' THEN 0
                    WHEN 'drug_kept_back' THEN 0 WHEN 'container_counted' THEN 0
                    WHEN 'drug_wasted' THEN CASE WHEN one.syringe_id IS NULL THEN -1 ELSE 0 END
                    ELSE -1 END * VOLUME(one))
            FROM pharmacy_movement one
            WHERE one.organization_id = m.organization_id AND one.container_id = m.container_id
        ) + coalesce((
            SELECT sum(d.found_ml - d.expected_ml) FROM pharmacy_discrepancy d
            JOIN pharmacy_movement counted ON counted.organization_id = d.organization_id
                AND counted.id = d.id AND counted.kind = 'container_counted'
                AND VOLUME(counted) = d.found_ml
            WHERE d.organization_id = m.organization_id AND d.container_id = m.container_id
        ), 0) AS container_adds_up,
        m.syringe_id IS NULL OR (
            SELECT bool_and(sealed.volume = CASE sealed.kind
                WHEN 'drug_drawn' THEN s.drawn_ml WHEN 'drug_given' THEN s.given_ml ELSE s.wasted_ml END)
            FROM (
                SELECT kinds.kind, coalesce(
                    sum(CASE one.kind WHEN 'drug_kept_back' THEN -1 ELSE 1 END * VOLUME(one)), 0) AS volume
                FROM unnest(ARRAY['drug_drawn', 'drug_given', 'drug_wasted']) AS kinds (kind)
                LEFT JOIN pharmacy_movement one ON one.organization_id = m.organization_id
                    AND one.syringe_id = m.syringe_id
                    AND CASE one.kind WHEN 'drug_kept_back' THEN 'drug_given' ELSE one.kind END = kinds.kind
                GROUP BY kinds.kind
            ) sealed
        ) AS syringe_adds_up
    FROM pharmacy_movement m
    JOIN pharmacy_container c ON c.organization_id = m.organization_id AND c.id = m.container_id
    LEFT JOIN pharmacy_syringe s ON s.organization_id = m.organization_id AND s.id = m.syringe_id
    WHERE m.organization_id = %s AND (m.safe_id, m.number) > (%s, %s)
    ORDER BY m.safe_id, m.number LIMIT %s
""",
)
# A safe remembers how far its log had grown; the trail, how often something was done that leaves a row.
_LOST = """
    WITH ours AS (SELECT %s::uuid AS id)
    SELECT f.id FROM pharmacy_safe f
    LEFT JOIN LATERAL (
        SELECT m.number, m.digest FROM pharmacy_movement m
        WHERE m.organization_id = f.organization_id AND m.safe_id = f.id ORDER BY m.number DESC LIMIT 1
    ) last ON true
    WHERE f.organization_id = (SELECT id FROM ours)
        AND (f.number <> coalesce(last.number, 0) OR (last.digest IS NOT NULL AND f.digest <> last.digest))
    UNION
    SELECT a.id FROM audit_entry a
    WHERE a.organization_id = (SELECT id FROM ours) AND a.outcome = 'done'
        AND a.action IN (
            'pharmacy.draw_up', 'pharmacy.give', 'pharmacy.waste', 'pharmacy.receive', 'pharmacy.count',
            'pharmacy.waste_from', 'pharmacy.record_breakage', 'pharmacy.send_back', 'dosing_day.give')
        AND NOT EXISTS (
            SELECT 1 FROM pharmacy_movement m
            WHERE m.organization_id = a.organization_id AND m.id = ANY(a.subjects))
    ORDER BY 1
"""


def _shown(row: Sequence[Any]) -> Mapping[str, Any]:
    by, kind, container, syringe, drug, lot, expires_on, order, second, *adds_up = row[7:]
    body: dict[str, Any] = {"container": str(container)}
    if kind == "container_received":
        body |= {"drug": drug, "lot": lot, "expires_on": str(expires_on)}
    if syringe is not None:
        body["syringe"] = str(syringe)
    if kind == "drug_drawn":
        body |= {"order": str(order), "second": str(second)}
    shown: dict[str, Any] = {"id": str(row[5]), "by": str(by), "kind": f"{kind}@1", "body": body}
    # Nothing that was sealed says this: a balance that does not follow is shown otherwise than sealed.
    return shown if all(adds_up) else {**shown, "balance": "does not follow from the log"}


SAFES = Chained(
    kind="safes", words=sentence("the logs of safes"), table="pharmacy_movement", rows=_ROWS, shown=_shown,
    lost=_LOST,
)  # fmt: skip
