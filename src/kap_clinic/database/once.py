"""The id is the idempotency key: what is sent twice is written once, in the one place that knows how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence

from .door import DoorError, now_acting
from .models import TenantModel

Row = TypeVar("Row", bound=TenantModel)

OTHER_CONTENT = sentence(
    "This was already recorded with other content, and nothing was changed. "
    "Open the page again to see what is recorded."
)
_NOT_FREE = sentence("This id is not free. Open the page again and send it once more.")


@dataclass(frozen=True)
class Written(Generic[Row]):
    """A row under the id its maker gave it, and whether this call wrote it."""

    row: Row
    is_new: bool


def once(
    model: type[Row], id: UUID, said: Mapping[str, Any], noted: Mapping[str, Any] | None = None
) -> Written[Row]:
    """Add a row of the acting organization, or find the one this very call has added before.

    Shape: ``said`` must be the same again; ``noted`` is what the house adds (when, by whom).
    Raises: Refused when the id holds other content or belongs to somebody else; IntegrityError when the new
    row breaks another promise of the table.
    """
    act = now_acting()
    if act is None:
        raise DoorError("once() adds an organization's row: open acting() around it.")
    found = _found(model, id, act.organization)
    if found is None:
        row = model(id=id, organization_id=act.organization, **said, **(noted or {}))
        try:
            with transaction.atomic():
                row.save(force_insert=True)
            return Written(row, is_new=True)
        except IntegrityError as error:
            if not _is_about_the_id(error):
                raise
        # Somebody was quicker by a moment, perhaps this same person's second click.
        found = _found(model, id, act.organization)
    if found is None:
        raise Refused(_NOT_FREE)
    if any(getattr(found, name) != value for name, value in said.items()):
        raise Refused(OTHER_CONTENT)
    return Written(found, is_new=False)


def _found(model: type[Row], id: UUID, organization: UUID) -> Row | None:
    return model._default_manager.filter(id=id, organization_id=organization).first()


def _is_about_the_id(error: IntegrityError) -> bool:
    violated = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    return violated.endswith("_pkey")
