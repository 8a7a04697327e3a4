"""The minutes of the ladders of this house: what was signed, by whom, and which hold for a case.

A case is called by the minutes that held when it was opened or last raised: setting them anew changes nothing
about a case that climbs already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from kap.casework.case import Case
from kap.casework.kind import CaseKind
from kap.casework.ladder_times import SETTABLE, sets_pace_of, with_minutes
from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.accounts.queries import names_of
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once

from .models import LadderSigned

_NOT_SETTABLE = sentence("The minutes of this kind of case are not set by a house.")
_NO_WHY = sentence("Say in a few words what these minutes rest on, for whoever reviews them.")


@dataclass(frozen=True, kw_only=True)
class Signed:
    """The minutes of one kind as they were signed, by whom, when, and what they rest on."""

    kind: str
    minutes: tuple[int, ...]
    why: str
    at: datetime
    by: str


def set_minutes(
    *, organization: UUID, by: Actor, id: UUID, kind: str, minutes: Sequence[int], why: str
) -> bool:
    """Set after how many minutes each step of a kind is called, and sign it.

    Raises: Refused when these minutes could not be climbed, or nothing says what they rest on.
    """
    with acting(organization, by, "on_call.set_minutes") as act:
        act.require(Permission.SET_LADDER)
        found = next((one for one in SETTABLE if one.id == kind), None)
        if found is None:
            raise Refused(_NOT_SETTABLE)
        if not why.strip():
            raise Refused(_NO_WHY)
        with_minutes(found, minutes)
        said = {"kind": kind, "minutes": ",".join(map(str, minutes)), "why": why.strip()}
        written = once(LadderSigned, id, said, {"signed_at": timezone.now(), "signed_by": by.id})
        act.about(id)
        announce(act, "on_call", id)
        return written.is_new


def signed(act: Acting) -> list[Signed]:
    """Return everything that was signed, the newest first."""
    rows = list(LadderSigned.objects.filter(organization_id=act.organization).order_by("-signed_at", "-id"))
    names = names_of(row.signed_by for row in rows)
    return [
        Signed(
            kind=row.kind, minutes=_minutes(row), why=row.why, at=row.signed_at,
            by=names.get(row.signed_by, ""),
        )
        for row in rows
    ]  # fmt: skip


def in_force(kind: CaseKind, all_signed: Sequence[Signed], at: datetime) -> Signed | None:
    """Return what holds for a kind at a moment.

    Missing: None where nothing was signed by then, so that OpenKAP's own minutes hold, or where what was
    signed no longer fits the steps there are.
    """
    pace = sets_pace_of(kind)
    found = next((one for one in all_signed if one.kind == pace.id and one.at <= at), None)
    return found if found is not None and _fits(kind, found) else None


def paced(state: Case, all_signed: Sequence[Signed]) -> Case:
    """Return a case that is called by the minutes of this house."""
    holds = in_force(state.kind, all_signed, state.clock.opens_at.at)
    return state if holds is None else replace(state, kind=with_minutes(state.kind, holds.minutes))


def _fits(kind: CaseKind, found: Signed) -> bool:
    """Whether a ladder that was signed under an earlier version can still be climbed."""
    try:
        with_minutes(kind, found.minutes)
    except Refused:
        return False
    return True


def _minutes(row: LadderSigned) -> tuple[int, ...]:
    return tuple(int(one) for one in row.minutes.split(","))
