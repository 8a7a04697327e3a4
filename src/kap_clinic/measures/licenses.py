"""The licenses a house says it holds, and how each stands, as plain data for the command line."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting

from . import store
from .licensed_shown import counting_of, state_of
from .shelf import definition_of
from .words import Copy, every_copy

Plain = Mapping[str, object]


def listed(*, organization: UUID) -> dict[str, list[Plain]]:
    """Return every licensed copy of a house by instrument, the newest first, without its text."""
    with acting(organization, Actor.program("command line"), "measures.list_licenses") as act:
        is_for_profit = store.is_for_profit(act)
        found: dict[str, list[Plain]] = {}
        copies = every_copy(act)
        for one in copies:
            mine = [other for other in copies if other.instrument == one.instrument]
            is_newest = one.id in counting_of(mine)
            state = state_of(
                one, definition_of(one.instrument), is_newest=is_newest, is_for_profit=is_for_profit
            )
            found.setdefault(one.instrument, []).append(_told(one, str(state.words)))
        return found


def _told(one: Copy, state: str) -> Plain:
    return {
        "kind": one.kind, "version": one.key, "language": one.language, "holder": one.license.holder,
        "reference": one.license.reference, "valid_until": one.license.valid_until.isoformat(),
        "for_profit_allowed": one.license.is_for_profit_allowed, "signed_at": one.signed_at.isoformat(),
        "state": state,
    }  # fmt: skip
