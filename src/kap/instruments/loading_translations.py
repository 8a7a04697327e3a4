"""Reads the official translations a declaration carries, each with its holder, its terms and its source."""

from __future__ import annotations

from dataclasses import replace

from kap.instruments.definition import Instrument
from kap.instruments.license import WordingFrom
from kap.instruments.translation import ORIGINAL, Translation
from kap.instruments.wording_files import wording_from
from kap.vocabulary.declared import Declared
from kap.vocabulary.declared_sources import Sources, cited
from kap.vocabulary.errors import DeclarationError

_OTHERS = ("holder", "terms", "source")


def with_translations(definition: Instrument, part: Declared | None, sources: Sources) -> Instrument:
    """The instrument with the translations its file declares.

    Raises: DeclarationError, with file and line, where words are forbidden or not whole.
    """
    if part is None:
        return definition
    if definition.license.wording is not WordingFrom.LIBRARY:
        raise part.wrong("there is a translation, but the license does not let the library carry words.")
    translations = tuple(_translation(definition, name, table, sources) for name, table in part.pairs())
    return replace(definition, translations=translations)


def _translation(definition: Instrument, name: Declared, table: Declared, sources: Sources) -> Translation:
    language = name.text()
    if language == ORIGINAL:
        raise name.wrong("this is the language of the original.")
    told = table.parts_of(*_OTHERS)
    checked = wording_from(definition, language, table, _OTHERS)
    if checked.wording is None:
        raise DeclarationError(" ".join(checked.mistakes))
    return Translation(
        wording=checked.wording,
        holder=told["holder"].text(),
        terms=told["terms"].text(),
        source=cited(told["source"], sources),
    )
