"""What is done to a safe, each movement one entry of its log; what may not be done is refused before that.

Two people stand behind what is drawn and what is wasted, and they are never the same person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kap.controlled_substances.containers import NOTHING, Container, Safe
from kap.controlled_substances.log import (
    BROKEN,
    COUNTED,
    DRAWN,
    GIVEN,
    KEPT_BACK,
    RECEIVED,
    RETURNED,
    WASTED,
    state_after,
)
from kap.histories.acts import Act
from kap.histories.entries import Entry
from kap.vocabulary.errors import Refused
from kap.vocabulary.quantities import Volume
from kap.vocabulary.sentences import Sentence, sentence

_SAME_PERSON = sentence("Two people stand behind this, and they cannot be the same person.")
_NO_REASON = sentence("Write why, so that whoever reads the log knows.")
_NO_LOT = sentence("Write the lot as it stands on the label.")
_NO_ORIGIN = sentence("Write whom it came from, as the invoice says.")
_EMPTY = sentence("Nothing is left in it to account for.")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn: from which container, into which syringe, for which order, how much."""

    container: UUID
    syringe: UUID
    order: str
    volume: Volume


def receiving(act: Act, safe: Safe, container: Container, filled: Volume, came_from: str) -> Entry:
    """A container comes into the safe.

    Raises: Refused when it is expired, or its lot or origin is not told.
    """
    _need(bool(container.lot.strip()), _NO_LOT)
    _need(bool(came_from.strip()), _NO_ORIGIN)
    body = {
        "container": str(container.id),
        "drug": container.drug.value,
        "concentration": container.concentration.ucum,
        "lot": container.lot.strip(),
        "expires_on": container.expires_on.isoformat(),
        "volume": filled.ucum,
        "from": came_from.strip(),
    }
    return _possible(safe, act.entry(f"{RECEIVED}@1", body))


def drawing(act: Act, safe: Safe, drawn: Drawing, *, second: str, on: date) -> Entry:
    """Two people draw up for an order.

    Raises: Refused when the container is expired or holds less, or when the two are one person.
    """
    _refuse_same(act, second)
    expires_on = safe.holding(drawn.container).container.expires_on
    if on > expires_on:
        raise Refused(sentence("This container expired on {day}. Take another.", day=expires_on.isoformat()))
    body = {
        "container": str(drawn.container),
        "syringe": str(drawn.syringe),
        "order": drawn.order,
        "volume": drawn.volume.ucum,
        "second": second,
    }
    return _possible(safe, act.entry(f"{DRAWN}@1", body))


def giving(act: Act, safe: Safe, syringe: UUID, volume: Volume, *, session: str) -> Entry:
    """What is in a syringe, or a part of it, is given in a session.

    Raises: Refused when that much is not in it.
    """
    body = {
        "container": str(safe.syringe(syringe).container),
        "syringe": str(syringe),
        "volume": volume.ucum,
        "session": session,
    }
    return _possible(safe, act.entry(f"{GIVEN}@1", body))


def keeping_back(act: Act, safe: Safe, syringe: UUID, volume: Volume, *, why: str) -> Entry:
    """A dose was stopped: what had not run in is in the syringe again, and waits to be wasted.

    Raises: Refused when less than that was given, or no reason is told.
    """
    _need(bool(why.strip()), _NO_REASON)
    body = {
        "container": str(safe.syringe(syringe).container),
        "syringe": str(syringe),
        "volume": volume.ucum,
        "why": why.strip(),
    }
    return _possible(safe, act.entry(f"{KEPT_BACK}@1", body))


def wasting_rest(act: Act, safe: Safe, syringe: UUID, *, witness: str) -> Entry:
    """What was drawn and not given is wasted before a witness: all of it, never less.

    Raises: Refused when nothing is left, or the witness is the one who wastes.
    """
    _refuse_same(act, witness)
    held = safe.syringe(syringe)
    _need(held.left > NOTHING, _EMPTY)
    body = {
        "container": str(held.container),
        "syringe": str(syringe),
        "volume": held.left.ucum,
        "witness": witness,
        "why": "rest of a dose",
    }
    return _possible(safe, act.entry(f"{WASTED}@1", body))


def wasting_from(act: Act, safe: Safe, container: UUID, volume: Volume, *, witness: str, why: str) -> Entry:
    """What is left in an opened or expired container is wasted before a witness, with the reason.

    Raises: Refused when there is less, no reason, or the witness is the one who wastes.
    """
    _refuse_same(act, witness)
    _need(bool(why.strip()), _NO_REASON)
    body = {
        "container": str(container),
        "syringe": None,
        "volume": volume.ucum,
        "witness": witness,
        "why": why.strip(),
    }
    return _possible(safe, act.entry(f"{WASTED}@1", body))


def counting(act: Act, safe: Safe, container: UUID, found: Volume, *, second: str) -> Entry:
    """Two people count what is in a container; finding something else is recorded, never refused.

    Raises: Refused when the two are one person, or the container is gone.
    """
    _refuse_same(act, second)
    body = {"container": str(container), "volume": found.ucum, "second": second}
    return _possible(safe, act.entry(f"{COUNTED}@1", body))


def returning(act: Act, safe: Safe, container: UUID, *, to: str) -> Entry:
    """A container leaves the safe with all that is in it.

    Raises: Refused when it is empty or gone, or nobody is named.
    """
    _need(bool(to.strip()), _NO_REASON)
    return _leaving(act, safe, container, f"{RETURNED}@1", {"to": to.strip()})


def breaking(act: Act, safe: Safe, container: UUID, *, witness: str, why: str) -> Entry:
    """A container broke, and what was in it is gone.

    Raises: Refused when it is empty or gone, nothing is told, or the witness is the one who tells.
    """
    _refuse_same(act, witness)
    _need(bool(why.strip()), _NO_REASON)
    return _leaving(act, safe, container, f"{BROKEN}@1", {"witness": witness, "why": why.strip()})


def _leaving(act: Act, safe: Safe, container: UUID, kind: str, told: dict[str, str]) -> Entry:
    remaining = safe.holding(container).remaining
    _need(remaining > NOTHING, _EMPTY)
    return _possible(safe, act.entry(kind, {"container": str(container), "volume": remaining.ucum, **told}))


def _possible(safe: Safe, entry: Entry) -> Entry:
    """The entry, once the safe has been seen to allow it."""
    state_after(safe, entry)
    return entry


def _refuse_same(act: Act, other: str) -> None:
    _need(other != act.by, _SAME_PERSON)


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
