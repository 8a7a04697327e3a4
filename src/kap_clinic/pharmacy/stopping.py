"""A dose that was stopped: what had not run in goes back into its syringe, and waits there to be wasted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from kap.controlled_substances.log import KEPT_BACK
from kap.controlled_substances.movements import keeping_back
from kap.histories.acts import Act
from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Mass
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import acting

from . import store

_NOT_MEASURED = sentence(
    "Give an amount that the syringe can show: the log keeps four places of a milliliter."
)


def keep_back(
    *,
    organization: UUID,
    by: Actor,
    id: UUID,
    syringe: UUID,
    not_given: Mass,
    why: str,
    happened_at: datetime,
) -> bool:
    """Put what had not run in back into the syringe; call it inside ``acting()``. Say whether it was new.

    The dosing day joins this from its own action when it stops a dose; the same ``id`` changes nothing.

    Raises: Refused where less than that was given, or the syringe cannot show it.
    """
    with acting(organization, by, "pharmacy.keep_back") as act:
        opened = store.syringe_opened(act, syringe)
        act.require(Permission.GIVE_DOSES, opened.row.site_id)
        act.about(id)
        held = opened.told.syringe(syringe)
        strength = opened.told.holding(held.container).container.concentration
        volume = not_given / strength
        if strength * volume != not_given or not store.is_fine(volume):
            raise Refused(_NOT_MEASURED)
        if store.is_known(id, KEPT_BACK, {"syringe": str(syringe), "volume": volume.ucum}):
            return False
        told = Act(
            id=id, happened_at=Instant(happened_at), recorded_at=Instant(timezone.now()), by=str(by.id)
        )  # fmt: skip
        store.write(act, opened, keeping_back(told, opened.told, syringe, volume, why=why))
        announce(act, "pharmacy", opened.row.id, UUID(held.order))
        return True
