"""Private text, sealed for the one row it belongs to; called inside ``acting()``.

Sealed under the organization's data key, or under one client's own (``owner``), which can be destroyed.
"""

from __future__ import annotations

from uuid import UUID

from kap_clinic.database.door import Acting

from . import envelope
from .data_keys import key_in_use, key_named


def seal_text(
    act: Acting, text: str, *, table: str, column: str, row: UUID, owner: UUID | None = None
) -> str:
    """Seal a text for one column of one row.

    Missing: without ``owner`` the organization's own key is used.
    Raises: KeyringError.
    """
    key_id, key = key_in_use(act.organization, owner or act.organization)
    return envelope.seal(text, key_id=key_id, key=key, where=_place(act, table, column, row))


def open_text(act: Acting, sealed: str, *, table: str, column: str, row: UUID) -> str:
    """Open a text in the row it was sealed for.

    Raises: SealError when it was changed or carried elsewhere, ErasedError when its key was destroyed,
    KeyringError.
    """
    return envelope.unseal(
        sealed,
        key_of=lambda key_id: key_named(act.organization, key_id),
        where=_place(act, table, column, row),
    )


def _place(act: Acting, table: str, column: str, row: UUID) -> list[str]:
    return envelope.place(table, column, row, act.organization)
