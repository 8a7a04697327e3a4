"""The histories of progress notes as the proof of the trail checks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kap.vocabulary.sentences import sentence
from kap_clinic.audit.chained import Chained

_ROWS = """
    SELECT note_id, number, previous, digest, text, id, recorded_at, recorded_by FROM integration_noteentry
    WHERE organization_id = %s AND (note_id, number) > (%s, %s) ORDER BY note_id, number LIMIT %s
"""
# Each amendment that the trail tells of names its entry among its subjects; a signature has its note's id.
_LOST = """
    WITH ours AS (SELECT %s::uuid AS id)
    SELECT n.id FROM integration_progressnote n
    WHERE n.organization_id = (SELECT id FROM ours) AND NOT EXISTS (
        SELECT 1 FROM integration_noteentry e
        WHERE e.organization_id = n.organization_id AND e.note_id = n.id AND e.number = 1)
    UNION
    SELECT a.id FROM audit_entry a
    WHERE a.organization_id = (SELECT id FROM ours) AND a.outcome = 'done'
        AND a.action = 'integration.amend_note' AND NOT EXISTS (
        SELECT 1 FROM integration_noteentry e
        WHERE e.organization_id = a.organization_id AND e.number > 1 AND e.id = ANY(a.subjects))
    ORDER BY 1
"""


def _shown(row: Sequence[Any]) -> Mapping[str, Any]:
    return {"id": str(row[5]), "by": str(row[7])}


NOTES = Chained(
    kind="notes", words=sentence("the histories of progress notes"), table="integration_noteentry",
    rows=_ROWS, shown=_shown, lost=_LOST,
)  # fmt: skip
