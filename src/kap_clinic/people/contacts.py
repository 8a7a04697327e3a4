"""How somebody is reached: sealed in the row it belongs to, opened only where it is shown."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from kap_clinic.database.door import Acting
from kap_clinic.keys.sealing import open_text, seal_text


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How a person wants to be reached."""

    phone: str = ""
    email: str = ""
    address: str = ""

    @property
    def in_words(self) -> str:
        """Return what there is, in one line."""
        return " · ".join(part for part in (self.phone, self.email, self.address) if part)


NO_CONTACT = Contact()


def seal_contact(act: Acting, contact: Contact | None, table: str, row: UUID) -> str:
    """Seal a contact for its row; nothing where there is none."""
    if contact is None or not contact.in_words:
        return ""
    return seal_text(act, json.dumps(asdict(contact)), table=table, column="contact_sealed", row=row)


def open_contact(act: Acting, sealed: str, table: str, row: UUID) -> Contact:
    """Open the contact of a row.

    Missing: an empty contact where none was given.
    """
    if not sealed:
        return NO_CONTACT
    return Contact(**json.loads(open_text(act, sealed, table=table, column="contact_sealed", row=row)))
