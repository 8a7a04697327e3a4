"""What the custodian does with a safe: opens it, receives, counts, wastes from a container, sends away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone

from kap.controlled_substances import movements
from kap.controlled_substances.containers import Container as Label
from kap.controlled_substances.containers import Safe as SafeTold
from kap.controlled_substances.log import BROKEN, COUNTED, RECEIVED, RETURNED, WASTED
from kap.dosing.loading import packaged_limits
from kap.histories.acts import Act
from kap.histories.entries import Entry
from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Concentration, Volume
from kap.vocabulary.routes import Drug
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.accounts.second_signature import SecondPerson, signed_by_second
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once

from . import store
from .models import Safe
from .places import registered_site

_UNUSUAL = sentence("This drug does not come in that concentration. Read the label again.")
_TOO_FINE = sentence("Give the volume in milliliters with at most four places.")
_EXPIRED = sentence("This container is expired already. It belongs to the distributor, not into the safe.")


def open_safe(*, organization: UUID, by: Actor, id: UUID, site: UUID) -> bool:
    """Open the safe of a site that has a DEA registration, once; say whether it was new.

    Raises: Refused.
    """
    with acting(organization, by, "pharmacy.open_safe") as act:
        act.require(Permission.KEEP_SAFE, site)
        registered_site(site)
        act.about(id, site)
        row = store.begin_safe(act, id, site)
        known = Safe.objects.filter(site_id=site, organization_id=act.organization).first()
        if known is not None and known.id != id:
            return False
        noted = {"digest": row.digest, "opened_at": row.opened_at, "opened_by": row.opened_by}
        return once(Safe, id, {"site_id": site}, noted).is_new


def receive(
    *, organization: UUID, by: Actor, id: UUID, safe: UUID, drug: Drug, concentration: Concentration,
    volume: Volume, lot: str, expires_on: date, came_from: str,
) -> bool:  # fmt: skip
    """Receive one container into a safe; say whether it was new.

    Shape: ``id`` is the movement's and the container's.
    Raises: Refused.
    """
    with acting(organization, by, "pharmacy.receive") as act:
        row = store.safe_locked(act, safe)
        act.require(Permission.KEEP_SAFE, row.site_id)
        place = registered_site(row.site_id)
        act.about(id)
        said = {
            "container": str(id), "drug": drug.value, "concentration": concentration.ucum,
            "volume": volume.ucum, "lot": lot.strip(), "expires_on": expires_on.isoformat(),
        }  # fmt: skip
        if store.is_known(id, RECEIVED, said):
            return False
        now = timezone.now()
        _refuse_unless(concentration in packaged_limits().liquids.concentrations.at, _UNUSUAL)
        _refuse_unless(expires_on >= Instant(now).day_in(place.time_zone), _EXPIRED)
        _refuse_unless(store.is_fine(volume), _TOO_FINE)
        label = Label(id=id, drug=drug, concentration=concentration, lot=lot, expires_on=expires_on)
        opened = store.Opened(row, SafeTold())
        store.write(act, opened, movements.receiving(_act(id, by), opened.told, label, volume, came_from))
        announce(act, "pharmacy", safe)
        return True


def count(
    *, organization: UUID, by: Actor, id: UUID, container: UUID, found: Volume, second: SecondPerson
) -> bool:
    """Count what is in a container, two people; what differs from the log is kept as a discrepancy.

    Raises: Refused.
    """

    def move(told: Act, safe: SafeTold, signer: str) -> Entry:
        return movements.counting(told, safe, container, found, second=signer)

    said = {"container": str(container), "volume": found.ucum}
    with acting(organization, by, "pharmacy.count") as act:
        _refuse_unless(store.is_fine(found), _TOO_FINE)
        return _with_second(act, id, container, second, COUNTED, said, move)


def waste_from(
    *, organization: UUID, by: Actor, id: UUID, container: UUID, volume: Volume, why: str,
    second: SecondPerson,
) -> bool:  # fmt: skip
    """Waste what is left in an opened or expired container, before a witness.

    Raises: Refused.
    """

    def move(told: Act, safe: SafeTold, signer: str) -> Entry:
        return movements.wasting_from(told, safe, container, volume, witness=signer, why=why)

    said = {"container": str(container), "volume": volume.ucum, "why": why.strip()}
    with acting(organization, by, "pharmacy.waste_from") as act:
        _refuse_unless(store.is_fine(volume), _TOO_FINE)
        return _with_second(act, id, container, second, WASTED, said, move)


def record_breakage(
    *, organization: UUID, by: Actor, id: UUID, container: UUID, why: str, second: SecondPerson
) -> bool:
    """Record that a container broke, before a witness; what was in it is gone.

    Raises: Refused.
    """

    def move(told: Act, safe: SafeTold, signer: str) -> Entry:
        return movements.breaking(told, safe, container, witness=signer, why=why)

    said = {"container": str(container), "why": why.strip()}
    with acting(organization, by, "pharmacy.record_breakage") as act:
        return _with_second(act, id, container, second, BROKEN, said, move)


def send_back(*, organization: UUID, by: Actor, id: UUID, container: UUID, to: str) -> bool:
    """Send a container away with all that is in it; say whether it was new.

    Raises: Refused.
    """
    with acting(organization, by, "pharmacy.send_back") as act:
        act.about(id)
        opened = store.container_opened(act, container)
        act.require(Permission.KEEP_SAFE, opened.row.site_id)
        if store.is_known(id, RETURNED, {"container": str(container), "to": to.strip()}):
            return False
        entry = movements.returning(_act(id, by), opened.told, container, to=to)
        store.write(act, opened, entry)
        announce(act, "pharmacy", opened.row.id)
        return True


def _with_second(
    act: Acting, id: UUID, container: UUID, second: SecondPerson, kind: str, said: Mapping[str, object],
    move: Callable[[Act, SafeTold, str], Entry],
) -> bool:  # fmt: skip
    act.about(id)
    opened = store.container_opened(act, container)
    site = opened.row.site_id
    act.require(Permission.COUNT_SAFE, site)
    if store.is_known(id, kind, said):
        return False
    signer = signed_by_second(act, id=id, second=second, needs=Permission.SIGN_SECOND, site=site)
    store.write(act, opened, move(_act(id, act.actor), opened.told, str(signer)))
    announce(act, "pharmacy", opened.row.id)
    return True


def _act(id: UUID, by: Actor) -> Act:
    now = Instant(timezone.now())
    return Act(id=id, happened_at=now, recorded_at=now, by=str(by.id))


def _refuse_unless(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
