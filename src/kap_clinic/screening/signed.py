"""A signature read back from its text; an older one is read as the newest would say it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from kap.histories.chain import canonical_text
from kap.histories.entries import Entry
from kap.histories.upcasters import Upcasters
from kap.screening.registry import packaged_rulebook
from kap.vocabulary.moments import Instant

SIGNED = "screening_signed"


def _with_names(body: dict[str, Any]) -> dict[str, Any]:
    """The first version said in one word that all rules not delivered were assessed; here they are named."""
    titles = packaged_rulebook().titles
    rest = body["screening"]["not_screened"] if body["has_assessed_the_rest"] else []
    kept = {name: value for name, value in body.items() if name != "has_assessed_the_rest"}
    return {**kept, "assessed_elsewhere": [{"rule": rule, "title": titles.get(rule, rule)} for rule in rest]}


HOW_SIGNED = Upcasters(current={SIGNED: 2}, steps={f"{SIGNED}@1": _with_names})
KIND = f"{SIGNED}@{HOW_SIGNED.current[SIGNED]}"


def signed_body(text: str) -> dict[str, Any]:
    """Return what a signature says: the decision, the words, the rules assessed elsewhere, the screening."""
    told = json.loads(text)
    entry = Entry(
        id=UUID(told["id"]),
        happened_at=Instant.parse(told["happened_at"]),
        recorded_at=Instant.parse(told["recorded_at"]),
        by=told["by"],
        kind=told["kind"],
        content=canonical_text(told["body"]),
    )
    return HOW_SIGNED.brought_up(entry).body
