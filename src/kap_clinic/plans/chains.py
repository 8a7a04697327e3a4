"""The histories of plans as the proof of the trail checks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kap.vocabulary.sentences import sentence
from kap_clinic.audit.chained import Chained

_ROWS = """
    SELECT plan_id, number, previous, digest, text, id, recorded_at, recorded_by FROM plans_planentry
    WHERE organization_id = %s AND (plan_id, number) > (%s, %s) ORDER BY plan_id, number LIMIT %s
"""
# In canonical text a quotation mark within words is escaped: what is looked for is the kind and nothing else.
_LOST = """
    SELECT p.id FROM plans_plan p
    LEFT JOIN LATERAL (
        SELECT count(*) AS every,
            count(*) FILTER (WHERE strpos(e.text, '"kind":"plan_stopped@') > 0) AS stops,
            count(*) FILTER (WHERE strpos(e.text, '"kind":"session_began@') > 0) AS began,
            count(*) FILTER (WHERE strpos(e.text, '"kind":"session_ended@') > 0) AS ended
        FROM plans_planentry e WHERE e.organization_id = p.organization_id AND e.plan_id = p.id
    ) told ON true
    LEFT JOIN LATERAL (
        SELECT count(s.began_at) AS began, count(s.ended_at) AS ended
        FROM plans_plannedsession s WHERE s.organization_id = p.organization_id AND s.plan_id = p.id
    ) shown ON true
    WHERE p.organization_id = %s AND (
        told.every = 0 OR told.began < shown.began OR told.ended < shown.ended
        OR (p.stopped_at IS NOT NULL AND told.stops = 0)
    ) ORDER BY p.id
"""


def _shown(row: Sequence[Any]) -> Mapping[str, Any]:
    return {"id": str(row[5]), "by": str(row[7])}


PLANS = Chained(
    kind="plans", words=sentence("the histories of plans"), table="plans_planentry", rows=_ROWS, shown=_shown,
    lost=_LOST,
)  # fmt: skip
