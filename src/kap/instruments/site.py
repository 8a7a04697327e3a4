"""What a site adds to an instrument: its own licensed wording, and tables the publisher lets only it have.

Both are handed in as the text of a file; they never change how an answer counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from kap.instruments.checking import reach_of
from kap.instruments.definition import Instrument
from kap.instruments.license import WordingFrom
from kap.instruments.rules import Lookup
from kap.instruments.wording import languages_of, worded
from kap.instruments.wording_files import CheckedWording, wording_from
from kap.vocabulary.declared import Declared, declared_elsewhere
from kap.vocabulary.errors import DeclarationError

_LANGUAGE = re.compile("[a-z]{2,3}(-[A-Z]{2})?")

Tables = Mapping[str, Mapping[Decimal, Decimal]]


@dataclass(frozen=True, slots=True)
class CheckedTables:
    """The tables of a file, or what is wrong with it."""

    tables: Tables | None
    mistakes: tuple[str, ...] = ()


def why_no_wording(definition: Instrument, language: str) -> str:
    """Why a site may not supply the words of an instrument in a language; nothing where it may."""
    if definition.license.wording is WordingFrom.NOBODY:
        return f"{definition.key} takes no wording from a site: {definition.license.terms}"
    if language in languages_of(definition):
        return (
            f"{definition.key} takes no wording from a site in this language: the library carries its words."
        )
    return ""


def checked_wording(definition: Instrument, file: str, text: str) -> CheckedWording:
    """Reads a site's file of words whole: its `language`, then `stem`, `recall`, `answers` and `items`."""
    try:
        whole = declared_elsewhere(file, text)
        language = _language(whole.parts_of("language")["language"])
    except DeclarationError as wrong:
        return CheckedWording(None, (str(wrong),))
    if why := why_no_wording(definition, language):
        return CheckedWording(None, (why,))
    return wording_from(definition, language, whole, ("language",))


def with_wording(definition: Instrument, file: str, text: str) -> Instrument:
    """The instrument in the site's own words.

    Raises: DeclarationError, with every mistake in the file, or why its license lets nobody show words.
    """
    checked = checked_wording(definition, file, text)
    if checked.wording is None:
        raise DeclarationError("\n".join(checked.mistakes))
    return worded(definition, checked.wording)


def checked_tables(definition: Instrument, file: str, text: str) -> CheckedTables:
    """Reads a site's file of tables: for each scale that has one, what each raw sum reads as."""
    try:
        return CheckedTables(_tables(definition, declared_elsewhere(file, text)))
    except DeclarationError as wrong:
        return CheckedTables(None, (str(wrong),))


def with_tables(definition: Instrument, file: str, text: str) -> Instrument:
    """The instrument with the site's tables.

    Raises: DeclarationError when a scale has no table to fill or a number is no number.
    """
    checked = checked_tables(definition, file, text)
    if checked.tables is None:
        raise DeclarationError(" ".join(checked.mistakes))
    read = checked.tables
    derived = tuple(
        replace(rule, table=read.get(rule.of, rule.table)) if isinstance(rule, Lookup) else rule
        for rule in definition.scoring.derived
    )
    return replace(definition, scoring=replace(definition.scoring, derived=derived))


def tables_read_by(definition: Instrument) -> frozenset[str]:
    """The scales whose numbers are read off a table that the site supplies."""
    return frozenset(rule.of for rule in definition.scoring.derived if isinstance(rule, Lookup))


def raw_sums_read(definition: Instrument, scale: str, tables: Tables) -> tuple[int, int]:
    """How many raw sums of a scale the tables read, and how many it has; the others have no T-score."""
    lowest, highest = _reach(definition, scale)
    return len(tables.get(scale, {})), int(highest - lowest) + 1


def _language(part: Declared) -> str:
    if not _LANGUAGE.fullmatch(part.text()):
        raise part.wrong(f"expected a language such as en or es, found {part.text()!r}.")
    return part.text()


def _tables(definition: Instrument, whole: Declared) -> Tables:
    known = tables_read_by(definition)
    tables = whole.named()
    for name, part in tables.items():
        if name not in known:
            names = ", ".join(sorted(known)) or "none"
            raise part.wrong(f"{definition.key} reads no table for {name!r}; it reads {names}.")
    filled = {name: part for name, part in tables.items() if not part.is_blank}
    if not filled:
        raise whole.wrong("no table is filled in.")
    return {name: _table(definition, name, part) for name, part in filled.items()}


def _reach(definition: Instrument, name: str) -> tuple[Fraction, Fraction]:
    return reach_of(definition, next(scale for scale in definition.scoring.scales if scale.name == name))


def _table(definition: Instrument, name: str, part: Declared) -> dict[Decimal, Decimal]:
    lowest, highest = _reach(definition, name)
    table = {}
    for raw, number in part.pairs():
        if not lowest <= raw.number() <= highest:
            raise raw.wrong(f"{name} runs from {lowest} to {highest}; there is no {raw.text()}.")
        table[raw.number()] = number.number()
    return table
