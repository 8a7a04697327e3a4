"""Reads the codes of an instrument out of its declaration file."""

from __future__ import annotations

from kap.instruments.codes import CodeGroup, LoincAnswer
from kap.instruments.definition import Item, Scoring
from kap.instruments.naming import ids_of
from kap.vocabulary.codes import LoincCode
from kap.vocabulary.declared import Declared
from kap.vocabulary.declared_sources import Sources, cited


def codes_from(
    part: Declared | None, items: tuple[Item, ...], scoring: Scoring, sources: Sources
) -> tuple[CodeGroup, ...]:
    """The groups of codes, each with its source."""
    return tuple(_group(member, items, scoring, sources) for member in (part.listed() if part else ()))


def _group(part: Declared, items: tuple[Item, ...], scoring: Scoring, sources: Sources) -> CodeGroup:
    found = part.parts(needed=("source",), optional=("panel", "scales", "items", "answers", "answers_of"))
    known = frozenset(item.id for item in items)
    scales = found["scales"].named() if "scales" in found else {}
    for name, code in scales.items():
        if scoring.scale(name) is None:
            raise code.wrong(f"there is no scale {name!r}.")
    return CodeGroup(
        source=cited(found["source"], sources),
        panel=_loinc(found["panel"]) if "panel" in found else None,
        scales={name: _loinc(code) for name, code in scales.items()},
        items=dict(_items(found["items"], known)) if "items" in found else {},
        answers={value: _answer(code) for value, code in found["answers"].named().items()}
        if "answers" in found
        else {},
        answers_of=ids_of(found["answers_of"], known) if "answers_of" in found else (),
    )


def _items(part: Declared, known: frozenset[str]) -> list[tuple[str, LoincCode]]:
    return [(ids_of(name, known)[0], _loinc(code)) for name, code in part.pairs()]


def _loinc(part: Declared) -> LoincCode:
    return part.made(lambda: LoincCode(part.text()))


def _answer(part: Declared) -> LoincAnswer:
    return part.made(lambda: LoincAnswer(part.text()))
