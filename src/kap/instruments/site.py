"""What a site adds to an instrument: its own licensed wording, and tables the publisher lets only it have.

Both are handed in as the text of a file; they never change how a score is made.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kap.instruments.definition import Instrument
from kap.instruments.license import WordingFrom
from kap.instruments.naming import ids_in
from kap.instruments.rules import Lookup
from kap.vocabulary.declared import Declared, declared
from kap.vocabulary.errors import DeclarationError


def with_wording(definition: Instrument, file: str, text: str) -> Instrument:
    """The instrument with the site's own wording: an optional `stem`, and a text for every item.

    Raises: DeclarationError when the license lets nobody show text, or an item is unknown or without text.
    """
    if definition.license.wording is not WordingFrom.SITE:
        raise DeclarationError(f"{definition.key} takes no wording from a site: {definition.license.terms}")
    parts = declared(file, text).parts(needed=("items",), optional=("stem",))
    words = _by_item(parts["items"], frozenset(item.id for item in definition.items))
    stem = parts["stem"].text() if "stem" in parts else None
    return replace(
        definition,
        about=replace(definition.about, stem=stem),
        items=tuple(replace(item, text=words[item.id]) for item in definition.items),
    )


def with_tables(definition: Instrument, file: str, text: str) -> Instrument:
    """The instrument with the site's tables: for each scale that has one, what each raw sum reads as.

    Raises: DeclarationError when a scale has no table to fill or a number is no number.
    """
    tables = declared(file, text).named()
    open_tables = {rule.of for rule in definition.scoring.derived if isinstance(rule, Lookup)}
    for name, part in tables.items():
        if name not in open_tables:
            known = ", ".join(sorted(open_tables)) or "none"
            raise part.wrong(f"{definition.key} reads no table for {name!r}; it reads {known}.")
    read = {name: _table(part) for name, part in tables.items()}
    derived = tuple(
        replace(rule, table=read.get(rule.of, rule.table)) if isinstance(rule, Lookup) else rule
        for rule in definition.scoring.derived
    )
    return replace(definition, scoring=replace(definition.scoring, derived=derived))


def _by_item(part: Declared, known: frozenset[str]) -> dict[str, str]:
    words: dict[str, str] = {}
    for name, text in part.pairs():
        for item_id in ids_in(name):
            if item_id not in known:
                raise name.wrong(f"there is no item {item_id!r}.")
            words[item_id] = text.text()
    if lacking := sorted(known - words.keys()):
        raise part.wrong(f"items {', '.join(lacking)} have no text.")
    return words


def _table(part: Declared) -> dict[Decimal, Decimal]:
    return {raw.number(): number.number() for raw, number in part.pairs()}
