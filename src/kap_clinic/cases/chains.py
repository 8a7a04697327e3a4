"""The histories of cases as the proof of the trail checks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kap.vocabulary.sentences import sentence
from kap_clinic.audit.chained import Chained

_ROWS = """
    SELECT e.case_id, e.number, e.previous, e.digest, e.text, e.id, e.recorded_at, e.recorded_by,
        c.outcome, c.said_by, c.answer, c.counts_until
    FROM cases_caseentry e JOIN cases_case c ON c.organization_id = e.organization_id AND c.id = e.case_id
    WHERE e.organization_id = %s AND (e.case_id, e.number) > (%s, %s) ORDER BY e.case_id, e.number LIMIT %s
"""
# In canonical text a quotation mark within words is escaped: what is looked for is the kind and nothing else.
_LOST = """
    SELECT c.id FROM cases_case c
    LEFT JOIN LATERAL (
        SELECT count(*) AS every,
            count(*) FILTER (WHERE strpos(e.text, '"kind":"case_closed@') > 0) AS closings,
            count(*) FILTER (WHERE strpos(e.text, '"kind":"case_tried@') > 0) AS tries
        FROM cases_caseentry e WHERE e.organization_id = c.organization_id AND e.case_id = c.id
    ) told ON true
    WHERE c.organization_id = %s AND (
        told.every = 0 OR told.tries < c.tries OR (c.closed_at IS NOT NULL AND told.closings = 0)
    ) ORDER BY c.id
"""


def _shown(row: Sequence[Any]) -> Mapping[str, Any]:
    by, outcome, said_by, answer, counts_until = row[7:]
    shown: dict[str, Any] = {"id": str(row[5]), "by": str(by)}
    if '"kind":"case_closed@' in row[4]:
        body = {"outcome": outcome, "said_by": said_by}
        if '"answer":"' in row[4]:
            body["answer"] = answer
        if '"counts_until":"' in row[4]:
            body["counts_until"] = str(counts_until)
        shown["body"] = body
    return shown


CASES = Chained(
    kind="cases", words=sentence("the histories of cases"), table="cases_caseentry", rows=_ROWS, shown=_shown,
    lost=_LOST,
)  # fmt: skip
