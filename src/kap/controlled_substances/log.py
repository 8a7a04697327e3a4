"""The log of a safe: what it holds after each movement, and that everything received is accounted for.

No entry takes more than there is: the one that would is refused, in whichever order entries arrive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from kap.controlled_substances.containers import (
    NOTHING,
    Container,
    Discrepancy,
    Holding,
    Safe,
    Syringe,
)
from kap.histories.entries import Entry
from kap.histories.history import replay
from kap.histories.upcasters import Upcasters
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.quantities import Concentration, Volume
from kap.vocabulary.routes import Drug
from kap.vocabulary.sentences import sentence
from kap.vocabulary.ucum import quantity_from

RECEIVED, DRAWN, GIVEN, WASTED = "container_received", "drug_drawn", "drug_given", "drug_wasted"
COUNTED, RETURNED, BROKEN = "container_counted", "container_returned", "container_broken"
KEPT_BACK = "drug_kept_back"
UPCASTERS = Upcasters(
    current=dict.fromkeys((RECEIVED, DRAWN, GIVEN, KEPT_BACK, WASTED, COUNTED, RETURNED, BROKEN), 1), steps={}
)

_NOT_HERE = sentence("This container is no longer in the safe.")
_TWICE = sentence("This container was received already. Each vial has its own entry.")
_DRAWN_TWICE = sentence("This syringe was drawn already. Each drawing has its own entry.")
_NOTHING_MOVED = sentence("A movement moves something: give a volume above zero.")


def safe_from(entries: Iterable[Entry]) -> Safe:
    """What a safe holds, told from its log.

    Raises: Refused, InputError as `state_after` does.
    """
    return replay(UPCASTERS.all_brought_up(entries), state_after, Safe())


def state_after(safe: Safe, entry: Entry) -> Safe:
    """What the safe holds after one more movement.

    Raises: Refused where more would be taken than there is; InputError for an entry that is no movement.
    """
    if entry.name not in _STEPS:
        raise InputError(f"{entry.kind!r} is no movement of a safe: it belongs to another history.")
    return _STEPS[entry.name](safe, entry, entry.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What became of everything a container, or the containers of one strength, ever held; volumes.

    Shape: received and surplus together are all the others together.
    """

    received: Volume = NOTHING
    surplus: Volume = NOTHING
    remaining: Volume = NOTHING
    in_syringes: Volume = NOTHING
    given: Volume = NOTHING
    wasted: Volume = NOTHING
    removed: Volume = NOTHING
    lost: Volume = NOTHING

    @property
    def adds_up(self) -> bool:
        """Whether nothing is unaccounted for."""
        out = self.remaining + self.in_syringes + self.given + self.wasted + self.removed + self.lost
        return self.received + self.surplus == out


def balance_after(entries: Iterable[Entry], container: UUID) -> Balance:
    """What became of one container's content: told twice, from the movements and from what is there now.

    Raises: Refused, InputError as `state_after` does.
    """
    known = tuple(UPCASTERS.all_brought_up(entries))
    safe = safe_from(known)
    moved = [entry for entry in known if entry.body["container"] == str(container)]
    counts = [one for one in safe.discrepancies if one.container == container]
    return Balance(
        received=_sum(moved, RECEIVED),
        surplus=_total(one.found - one.expected for one in counts if not one.is_loss),
        remaining=safe.holding(container).remaining,
        in_syringes=_total(one.left for one in safe.syringes.values() if one.container == container),
        given=_sum(moved, GIVEN) - _sum(moved, KEPT_BACK),
        wasted=_sum(moved, WASTED),
        removed=_sum(moved, RETURNED) + _sum(moved, BROKEN),
        lost=_total(one.expected - one.found for one in counts if one.is_loss),
    )


def volume_in(text: str) -> Volume:
    """Reads a volume back as an entry holds it.

    Raises: InputError when it is none.
    """
    found = quantity_from(text)
    if not isinstance(found, Volume):
        raise InputError(f"{text!r} is not a volume: an entry of a safe moves volumes.")
    return found


def container_in(body: Mapping[str, Any]) -> Container:
    """Reads the label of a container back from the entry that received it.

    Raises: InputError when its strength is none.
    """
    strength = quantity_from(body["concentration"])
    if not isinstance(strength, Concentration):
        raise InputError(f"{body['concentration']!r} is not a concentration: read the label again.")
    return Container(
        id=UUID(body["container"]),
        drug=Drug(body["drug"]),
        concentration=strength,
        lot=body["lot"],
        expires_on=date.fromisoformat(body["expires_on"]),
    )


def _received(safe: Safe, entry: Entry, body: Mapping[str, Any]) -> Safe:
    container, filled = container_in(body), _moved(body)
    if container.id in safe.holdings:
        raise Refused(_TWICE)
    return safe.with_holding(Holding(container=container, filled=filled, remaining=filled))


def _drawn(safe: Safe, entry: Entry, body: Mapping[str, Any]) -> Safe:
    holding, syringe, volume = _here(safe, body), UUID(body["syringe"]), _moved(body)
    if syringe in safe.syringes:
        raise Refused(_DRAWN_TWICE)
    opened_at = holding.opened_at or entry.happened_at
    left = replace(_less(holding, volume), opened_at=opened_at)
    drawn = Syringe(id=syringe, container=holding.container.id, order=body["order"], drawn=volume)
    return safe.with_holding(left).with_syringe(drawn)


def _given(safe: Safe, entry: Entry, body: Mapping[str, Any]) -> Safe:
    syringe, volume = safe.syringe(UUID(body["syringe"])), _moved(body)
    _refuse_more(syringe.left, volume)
    return safe.with_syringe(replace(syringe, given=syringe.given + volume))


def _kept_back(safe: Safe, entry: Entry, body: Mapping[str, Any]) -> Safe:
    syringe, volume = safe.syringe(UUID(body["syringe"])), _moved(body)
    _refuse_more(syringe.given, volume)
    return safe.with_syringe(replace(syringe, given=syringe.given - volume))


def _wasted(safe: Safe, entry: Entry, body: Mapping[str, Any]) -> Safe:
    volume = _moved(body)
    if body["syringe"] is None:
        return safe.with_holding(_less(_here(safe, body), volume))
    syringe = safe.syringe(UUID(body["syringe"]))
    _refuse_more(syringe.left, volume)
    return safe.with_syringe(replace(syringe, wasted=syringe.wasted + volume))


def _counted(safe: Safe, entry: Entry, body: Mapping[str, Any]) -> Safe:
    holding, found = _here(safe, body), volume_in(body["volume"])
    if found == holding.remaining:
        return safe
    differs = Discrepancy(
        count=entry.id, container=holding.container.id, expected=holding.remaining, found=found
    )
    counted = safe.with_holding(replace(holding, remaining=found))
    return replace(counted, discrepancies=(*safe.discrepancies, differs))


def _gone(safe: Safe, entry: Entry, body: Mapping[str, Any]) -> Safe:
    return safe.with_holding(replace(_less(_here(safe, body), _moved(body)), is_here=False))


_STEPS: Mapping[str, Callable[[Safe, Entry, Mapping[str, Any]], Safe]] = {
    RECEIVED: _received,
    DRAWN: _drawn,
    GIVEN: _given,
    KEPT_BACK: _kept_back,
    WASTED: _wasted,
    COUNTED: _counted,
    RETURNED: _gone,
    BROKEN: _gone,
}


def _here(safe: Safe, body: Mapping[str, Any]) -> Holding:
    holding = safe.holding(UUID(body["container"]))
    if not holding.is_here:
        raise Refused(_NOT_HERE)
    return holding


def _less(holding: Holding, volume: Volume) -> Holding:
    _refuse_more(holding.remaining, volume)
    return replace(holding, remaining=holding.remaining - volume)


def _refuse_more(there: Volume, wanted: Volume) -> None:
    if wanted > there:
        raise Refused(
            sentence("There is {there} by the log, and this would take {wanted}.", there=there, wanted=wanted)
        )


def _moved(body: Mapping[str, Any]) -> Volume:
    volume = volume_in(body["volume"])
    if not volume.amount:
        raise Refused(_NOTHING_MOVED)
    return volume


def _sum(entries: Iterable[Entry], name: str) -> Volume:
    return _total(volume_in(entry.body["volume"]) for entry in entries if entry.name == name)


def _total(volumes: Iterable[Volume]) -> Volume:
    return sum(volumes, start=NOTHING)
