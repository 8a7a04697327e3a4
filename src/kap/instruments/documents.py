"""Instruments and scores as plain data: the one shape the command line and the web API answer in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kap.instruments.answering import Choices, Several
from kap.instruments.checking import reach_of
from kap.instruments.codes import CodeGroup
from kap.instruments.definition import Instrument, Item, Scale
from kap.instruments.scoring import Score
from kap.instruments.translation import ORIGINAL
from kap.vocabulary.sources import AnySource

Plain = dict[str, Any]


def score_document(score: Score) -> Plain:
    """A score as plain data; a number that cannot be known is null."""
    return {
        "schema": "openkap.score/1",
        "instrument": score.instrument,
        "total": _plain(score.total),
        "complete": score.complete,
        "band": score.band,
        "subscales": _each(score.subscales),
        "derived": _each(score.derived),
        "safety": [
            {"item": answer.item, "value": _plain(answer.value), "level": answer.level.value}
            for answer in score.safety
        ],
        "missing": list(score.missing),
        "notes": [str(note) for note in score.notes],
    }


def instrument_document(definition: Instrument) -> Plain:
    """An instrument as plain data: ids, version, items with their ranges, scales, license state, codes."""
    about = definition.about
    return {
        "id": definition.id,
        "version": definition.version,
        "title": about.title,
        "measures": about.measures,
        "direction": about.direction.value,
        "recall": about.recall,
        "answered_by": about.answered_by.value,
        "minutes": about.minutes,
        "items": [_item(item) for item in definition.items],
        "scales": [_scale(definition, scale) for scale in definition.scoring.scales],
        "change_rules": [rules.name for rules in definition.changes],
        "license": {
            "wording": definition.license.wording.value,
            "for_profit": definition.license.for_profit.value,
            "holder": definition.license.holder,
            "terms": definition.license.terms,
            "verified": definition.license.source.verified,
            "wording_read_in": _citation(definition.license.wording_source),
        },
        "languages": _languages(definition),
        "codes": [_codes(group) for group in definition.codes],
        "vectors": definition.vectors,
        "compared": definition.compared,
        "sources": {name: source.citation for name, source in definition.sources.items()},
        "unverified": sorted(name for name, source in definition.sources.items() if not source.verified),
    }


def _item(item: Item) -> Plain:
    kind = item.kind
    return {
        "id": item.id,
        "label": item.label,
        "kind": type(kind).__name__.lower(),
        "lowest": _plain(kind.lowest),
        "highest": _plain(kind.highest),
        "answers": {str(choice.value): choice.words for choice in kind.choices}
        if isinstance(kind, Choices | Several)
        else None,
        "expected": kind.in_words(),
        "needed": item.is_needed,
        "text": item.text,
    }


def _scale(definition: Instrument, scale: Scale) -> Plain:
    lowest, highest = reach_of(definition, scale)
    return {
        "name": scale.name,
        "lowest": float(lowest) if lowest.denominator > 1 else int(lowest),
        "highest": float(highest) if highest.denominator > 1 else int(highest),
        "bands": [str(words) for words in scale.bands.in_words()] if scale.bands else [],
        "read_in": _citation(scale.source),
    }


def _citation(source: AnySource | None) -> str | None:
    return source.citation if source else None


def _languages(definition: Instrument) -> list[Plain]:
    """Each language whose official words are carried here; none where a site supplies its own."""
    terms = definition.license
    original = [{"language": ORIGINAL, "holder": terms.holder, "verified": terms.source.verified}]
    return (original if definition.has_wording else []) + [
        {"language": one.wording.language, "holder": one.holder, "verified": one.source.verified}
        for one in definition.translations
    ]


def _codes(group: CodeGroup) -> Plain:
    return {
        "panel": str(group.panel) if group.panel else None,
        "scales": {name: str(code) for name, code in group.scales.items()},
        "items": {name: str(code) for name, code in group.items.items()},
        "answers": {value: str(code) for value, code in group.answers.items()},
        "read_in": group.source.citation,
        "verified": group.source.verified,
    }


def _each(numbers: Mapping[str, Decimal | bool | str | None]) -> Plain:
    return {name: _plain(number) for name, number in numbers.items()}


def _plain(value: Decimal | bool | str | None) -> int | float | bool | str | None:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
