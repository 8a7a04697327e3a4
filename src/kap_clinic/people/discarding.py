"""A file that waits for an answer is put aside for a reason; sent again, it asks again."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting

from . import store
from .models import Import

_NO_IMPORT = sentence("This organization has received no such file.")
_IN_THE_CHARTS = sentence("This file is in the charts already; what it brought stays in their history.")
_WHY = sentence("Say why this file is put aside.")
_FIELDS = ["discarded_at", "discarded_by", "because"]


def discard_file(*, organization: UUID, by: Actor, id: UUID, because: str) -> None:
    """Put a waiting file aside, for a reason; a second time changes nothing.

    Raises: Refused; also for a file that is in the charts.
    """
    with acting(organization, by, "people.discard_file") as act:
        act.require(Permission.OPEN_CHARTS)
        act.about(id)
        store.hold_imports(act)
        row = waiting_file(act, id)
        if row.written_at is not None:
            raise Refused(_IN_THE_CHARTS)
        if not because.strip():
            raise Refused(_WHY)
        if row.discarded_at is None:
            row.discarded_at, row.discarded_by = timezone.now(), by.id
            row.because = because.strip()[:240]
            row.save(update_fields=_FIELDS)


def take_up_again(row: Import) -> None:
    """Let a file that was put aside wait again, because it was sent again."""
    if row.discarded_at is not None:
        row.discarded_at, row.discarded_by, row.because = None, None, ""
        row.save(update_fields=_FIELDS)


def waiting_file(act: Acting, id: UUID) -> Import:
    """Return a file that was received.

    Raises: Refused.
    """
    row = Import.objects.filter(id=id, organization_id=act.organization).first()
    if row is None:
        raise Refused(_NO_IMPORT)
    return row
