"""The house supplies its own licensed copy of an instrument's words or tables, and takes it back.

A copy is taken in whole or not at all, with the license its medical director says the house holds; the copies
before it stay, and the newest that was not taken back counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from kap.instruments import site
from kap.instruments.definition import Instrument
from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.database.once import once

from .models import LicensedCopy
from .shelf import HeldLicense, definition_of
from .words import TABLES, WORDS, house_today

_NOT_WHOLE = sentence("The file was changed after it was checked, or holds mistakes. Check it again.")
_NO_LICENSE = sentence(
    "Write whose license the house holds, and its number or date: without it no word is shown."
)
_OVER = sentence("This license has ended already. Give the last day of the one the house holds now.")
_NO_COPY = sentence("There is no such copy.")
_NO_WHY = sentence("Write why the copy is taken back.")


@dataclass(frozen=True)
class Checked:
    """What a file holds: words in a language, or tables by scale; or every mistake in it."""

    language: str
    mistakes: tuple[str, ...]
    worded: Instrument
    tables: site.Tables | None = None

    def reads(self) -> list[tuple[str, int, int]]:
        """Return of each scale read off a table how many raw sums the table holds, and how many there are."""
        found = []
        for name in sorted(site.tables_read_by(self.worded)):
            held, whole = site.raw_sums_read(self.worded, name, self.tables or {})
            found.append((name.replace("_", " "), held, whole))
        return found


def kinds_of(definition: Instrument) -> tuple[str, ...]:
    """Return what a house may supply of an instrument: its words, its tables, both or nothing."""
    missing = [one for one in dict(settings.LANGUAGES) if not site.why_no_wording(definition, one)]
    words = (WORDS,) if missing else ()
    return (*words, TABLES) if site.tables_read_by(definition) else words


def check(definition: Instrument, kind: str, text: str) -> Checked:
    """Read a file whole, and say what is wrong with it, line by line."""
    if kind == TABLES:
        read = site.checked_tables(definition, definition.id, text)
        return Checked("", read.mistakes, definition, read.tables)
    found = site.checked_wording(definition, definition.id, text)
    if found.wording is None:
        return Checked("", found.mistakes, definition)
    language = found.wording.language
    if language not in dict(settings.LANGUAGES):
        spoken = ", ".join(sorted(dict(settings.LANGUAGES)))
        return Checked(
            "", (f"{definition.id}: no page here is read in {language!r}: give {spoken}.",), definition
        )
    return Checked(language, (), site.with_wording(definition, definition.id, text))


def supply(
    *, organization: UUID, by: Actor, id: UUID, instrument: str, kind: str, text: str, held: HeldLicense
) -> bool:  # fmt: skip
    """Take in a licensed copy, signed by whoever says that the house holds its license.

    Raises: Refused.
    """
    with acting(organization, by, "measures.supply_copy") as act:
        act.require(Permission.KEEP_LICENSED_WORDS)
        act.about(id)
        definition = definition_of(instrument)
        checked = check(definition, kind if kind == TABLES else WORDS, text)
        if checked.mistakes:
            raise Refused(_NOT_WHOLE)
        if not (held.holder.strip() and held.reference.strip()):
            raise Refused(_NO_LICENSE)
        if held.valid_until < house_today():
            raise Refused(_OVER)
        said = {
            "instrument": definition.id, "version": definition.version, "kind": kind, "text": text,
            "language": checked.language, "holder": held.holder.strip(),
            "reference": held.reference.strip(), "valid_until": held.valid_until,
            "is_for_profit_allowed": held.is_for_profit_allowed,
        }  # fmt: skip
        return once(LicensedCopy, id, said, {"signed_at": timezone.now(), "signed_by": by.id}).is_new


def withdraw_copy(*, organization: UUID, by: Actor, id: UUID, why: str) -> None:
    """Take a copy back: from now on nobody is shown its words, or scored with its tables.

    Raises: Refused.
    """
    with acting(organization, by, "measures.withdraw_copy") as act:
        act.require(Permission.KEEP_LICENSED_WORDS)
        act.about(id)
        found = (
            LicensedCopy.objects.select_for_update().filter(id=id, organization_id=act.organization).first()
        )
        if found is None:
            raise Refused(_NO_COPY)
        if not why.strip():
            raise Refused(_NO_WHY)
        if found.withdrawn_at is None:
            found.withdrawn_at, found.withdrawn_by = timezone.now(), by.id
            found.withdrawn_because = why.strip()
            found.save()
