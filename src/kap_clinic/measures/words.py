"""The words a form is read in here: the library's own, or the licensed copy the house has supplied.

A score is always made with the definition itself; only tables that a publisher lets nobody else have, and the
house has supplied, add numbers to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from kap.instruments import site
from kap.instruments.definition import Instrument
from kap.instruments.license import License
from kap.instruments.translation import ORIGINAL
from kap.instruments.wording import in_language
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.zones import zone
from kap_clinic.accounts.queries import names_of
from kap_clinic.accounts.shown import house_zone
from kap_clinic.database.door import Acting

from . import shelf, store
from .models import LicensedCopy

WORDS, TABLES = "words", "tables"


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A licensed copy the house supplied: the file, and the license it says it holds for it.

    Missing: ``language`` is empty for tables, ``withdrawn_because`` until somebody takes the copy back.
    """

    id: UUID
    instrument: str
    version: int
    kind: str
    language: str
    text: str
    license: shelf.HeldLicense
    signed_at: datetime
    signed_by: str
    withdrawn_because: str

    @property
    def key(self) -> str:
        """The instrument in the version it was written for."""
        return f"{self.instrument}@{self.version}"


def copies_of(act: Acting, definition: Instrument) -> tuple[Copy, ...]:
    """Return every copy the house supplied of an instrument, the newest first."""
    return _copies(_rows(act).filter(instrument=definition.id))


def every_copy(act: Acting) -> tuple[Copy, ...]:
    """Return every copy the house supplied of any instrument, the newest first."""
    return _copies(_rows(act))


def held_here(act: Acting) -> dict[str, tuple[str, ...]]:
    """Return the languages in which the house's own words may be used now, by instrument, with one query."""
    today, is_for_profit = house_today(), store.is_for_profit(act)
    newest: dict[tuple[str, str], LicensedCopy] = {}
    for row in _rows(act).filter(kind=WORDS, withdrawn_at=None):
        newest.setdefault((row.instrument, row.language), row)
    found: dict[str, tuple[str, ...]] = {}
    for (instrument, language), row in sorted(newest.items()):
        if shelf.why_not_used(_license(row), is_for_profit, today) is None:
            found[instrument] = (*found.get(instrument, ()), language)
    return found


def house_today() -> date:
    """Return the day it is at the house: a license ends with the day it names."""
    return timezone.now().astimezone(zone(house_zone())).date()


def why_not_sent(act: Acting, definition: Instrument, language: str) -> Sentence | None:
    """Return why a form cannot be put to a client in a language here; None where it can."""
    row = None
    if in_language(definition, language) is None:
        row = _newest(act, definition, WORDS, language)
    held = _license(row) if row else None
    return shelf.why_not_sent(
        definition, language, is_for_profit=store.is_for_profit(act), held=held, today=house_today()
    )


def language_for(act: Acting, definition: Instrument, language: str) -> str:
    """Return the language a form is asked in of somebody who speaks this one: theirs, or the original's."""
    if language in ("", ORIGINAL) or why_not_sent(act, definition, language) is not None:
        return ORIGINAL
    return language


def languages_here(act: Acting, definition: Instrument) -> tuple[str, ...]:
    """Return the languages in which a form can be read here, in the library's words or the house's own."""
    return tuple(
        one
        for one in dict(settings.LANGUAGES)
        if in_language(definition, one) or _of_the_house(act, definition, one)
    )


def in_words(act: Acting, definition: Instrument, language: str) -> Instrument:
    """Return a form as it is read here in a language, or in the original where there is no official one.

    Missing: a form whose words nobody may show stays without them.
    """
    for spoken in dict.fromkeys((language, ORIGINAL)):
        found = in_language(definition, spoken) or _of_the_house(act, definition, spoken)
        if found is not None:
            return found
    return definition


def with_tables(act: Acting, definition: Instrument) -> tuple[Instrument, Sentence | None]:
    """Return an instrument with the tables the house supplied, and the sentence that says so."""
    row = _newest(act, definition, TABLES, "") if site.tables_read_by(definition) else None
    if row is None or shelf.why_not_used(_license(row), store.is_for_profit(act), house_today()):
        return definition, None
    note = sentence(
        "T-scores are read from the table this house supplied on {day}, under its license {reference}.",
        day=date_format(row.signed_at, "j M Y"),
        reference=row.reference,
    )
    return _tabled(row.instrument, row.version, row.text), note


def _of_the_house(act: Acting, definition: Instrument, language: str) -> Instrument | None:
    """The form in the house's own words; None where it has none, or may not use them."""
    row = _newest(act, definition, WORDS, language)
    if row is None or shelf.why_not_used(_license(row), store.is_for_profit(act), house_today()):
        return None
    return replace(
        _worded(row.instrument, row.version, row.text), license=_attributed(definition.license, row)
    )


def _attributed(terms: License, row: LicensedCopy) -> License:
    return replace(terms, holder=row.holder, terms=f"Used under license {row.reference}.")


@lru_cache(maxsize=64)
def _worded(instrument: str, version: int, text: str) -> Instrument:
    return site.with_wording(shelf.definition_of(instrument, version), instrument, text)


@lru_cache(maxsize=16)
def _tabled(instrument: str, version: int, text: str) -> Instrument:
    return site.with_tables(shelf.definition_of(instrument, version), instrument, text)


def _newest(act: Acting, definition: Instrument, kind: str, language: str) -> LicensedCopy | None:
    found: LicensedCopy | None = _rows(act).filter(
        instrument=definition.id, version=definition.version, kind=kind, language=language, withdrawn_at=None
    ).first()  # fmt: skip
    return found


def _rows(act: Acting) -> Any:
    return LicensedCopy.objects.filter(organization_id=act.organization).order_by("-signed_at", "-id")


def _license(row: LicensedCopy) -> shelf.HeldLicense:
    return shelf.HeldLicense(
        holder=row.holder, reference=row.reference, valid_until=row.valid_until,
        is_for_profit_allowed=row.is_for_profit_allowed,
    )  # fmt: skip


def _copies(found: Any) -> tuple[Copy, ...]:
    rows = list(found)
    names = names_of(row.signed_by for row in rows)
    return tuple(_copy(row, names.get(row.signed_by, "")) for row in rows)


def _copy(row: LicensedCopy, signed_by: str) -> Copy:
    return Copy(
        id=row.id, instrument=row.instrument, version=row.version, kind=row.kind, language=row.language,
        text=row.text, license=_license(row), signed_at=row.signed_at, signed_by=signed_by,
        withdrawn_because=row.withdrawn_because,
    )  # fmt: skip
