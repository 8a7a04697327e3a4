"""Scores one set of answers: total, band, subscales, what follows from them, and what is a safety matter.

One answer set in, one score out; nothing is stored and nobody is told. A missing answer is never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from kap.instruments.definition import Formula, Instrument, SafetyLevel, Scale
from kap.instruments.reading import Reading, read_answers
from kap.instruments.rules import Criterion, Linear, Lookup, Tally
from kap.instruments.sleep import COMPUTED
from kap.vocabulary.bands import Band, Bands
from kap.vocabulary.decimals import exact_product, exact_sum, quotient
from kap.vocabulary.sentences import Sentence, sentence

TOTAL = "total"

Derived = Decimal | bool | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyAnswer:
    """One answer that is a safety matter, whatever else was answered."""

    item: str
    value: Decimal
    level: SafetyLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a set of answers scores under one version of an instrument.

    Missing: `total`, `band` and every subscale are None where they are not known; `missing` names the items.
    """

    instrument: str
    total: Decimal | None
    complete: bool
    band: str | None
    subscales: Mapping[str, Decimal | None]
    derived: Mapping[str, Derived]
    safety: tuple[SafetyAnswer, ...]
    missing: tuple[str, ...]
    notes: tuple[Sentence, ...]


def score(definition: Instrument, answers: Mapping[str, object]) -> Score:
    """Scores one set of answers, given by item id.

    Missing: an item that is left out, None or blank was not answered.
    Raises: InputError, naming the item, for an answer nobody could have given or an item that does not exist.
    """
    return score_reading(definition, read_answers(definition, answers))


def score_reading(definition: Instrument, reading: Reading) -> Score:
    """Scores answers that were read before."""
    scoring = definition.scoring
    numbers = dict(reading.numbers)
    if scoring.computed:
        numbers |= COMPUTED[scoring.computed.rule](numbers, scoring.computed.limits)
    made = {scale.name: _number_of(scale, definition, numbers) for scale in scoring.scales}
    band, band_notes = _band(definition, reading.numbers, made)
    known = [scale for scale in scoring.scales if made[scale.name] is not None]
    flags = [note for scale in known for note in _filled_in(scale, numbers, reading.missing)]
    return Score(
        instrument=definition.key,
        total=made.get(TOTAL),
        complete=not reading.missing,
        band=band,
        subscales={name: number for name, number in made.items() if name != TOTAL},
        derived=_derived(definition, reading, made),
        safety=_safety(definition, reading.numbers),
        missing=reading.missing,
        notes=(
            *map(sentence, scoring.notes),
            *reading.notes,
            *flags,
            *band_notes,
            *_unanswered_safety(definition, reading.missing),
        ),
    )


def _number_of(scale: Scale, definition: Instrument, numbers: Mapping[str, Decimal | None]) -> Decimal | None:
    parts = _parts(scale, definition, numbers)
    given = [part for part in parts if part is not None]
    allowed = scale.missing.at_most if scale.missing else 0
    if not given or len(parts) - len(given) > allowed:
        return None
    total = Decimal(0)
    for part in given:
        total = exact_sum(total, part)
    total = exact_product(total, Decimal(scale.times))
    if scale.formula is Formula.MEAN:
        return quotient(total, Decimal(len(given)))
    if len(given) == len(parts):
        return total
    prorated = quotient(exact_product(total, Decimal(len(parts))), Decimal(len(given)))
    assert scale.missing is not None
    return prorated.quantize(Decimal(1), ROUND_HALF_UP) if scale.missing.is_rounded else prorated


def _parts(
    scale: Scale, definition: Instrument, numbers: Mapping[str, Decimal | None]
) -> list[Decimal | None]:
    known = {item.id: item for item in definition.items}

    def counted(name: str, answer: Decimal) -> Decimal:
        return known[name].counts(answer) if name in known else answer

    parts: list[Decimal | None] = []
    for part in scale.parts:
        given = [counted(name, answer) for name in part if (answer := numbers[name]) is not None]
        parts.append(max(given, default=None))
    return parts


def _filled_in(
    scale: Scale, numbers: Mapping[str, Decimal | None], missing: tuple[str, ...]
) -> list[Sentence]:
    """Says where a number stands on fewer answers than the paper asks for."""
    blank = sum(all(numbers[name] is None for name in part) for part in scale.parts)
    notes = [
        sentence("Item {item} is missing: of its group, the highest answer that was given counts.", item=name)
        for part in scale.parts
        if len(part) > 1
        for name in part
        if name in missing
    ]
    if blank:
        notes.append(
            sentence(
                "{scale} is worked out from {given} of {all} answers: each missing one stands at their mean.",
                scale=scale.name,
                given=len(scale.parts) - blank,
                all=len(scale.parts),
            )
        )
    return notes


def _band(
    definition: Instrument, numbers: Mapping[str, Decimal | None], made: Mapping[str, Decimal | None]
) -> tuple[str | None, list[Sentence]]:
    triage = definition.scoring.triage
    if triage:
        level, at_least = triage.level_of(numbers)
        if at_least is None:
            return level, []
        return level, [sentence("At least {level}; what is missing could raise it.", level=at_least)]
    total = definition.scoring.scale(TOTAL)
    return (band_name(total.bands, made[TOTAL]) if total else None), []


def band_name(bands: Bands | None, number: Decimal | None) -> str | None:
    """The band a number lies in; one between two steps has not reached the upper."""
    if bands is None or number is None:
        return None
    steps = quotient(number, bands.step).to_integral_value(ROUND_FLOOR)
    band = bands.band_of(exact_product(steps, bands.step))
    return band.name if isinstance(band, Band) else None


def _derived(
    definition: Instrument, reading: Reading, made: Mapping[str, Decimal | None]
) -> dict[str, Derived]:
    found: dict[str, Derived] = {}
    for scale in definition.scoring.scales:
        if scale.bands and scale.name != TOTAL:
            found[f"{scale.name}_band"] = band_name(scale.bands, made[scale.name])
        for name, bands in scale.other_bands:
            found[name] = band_name(bands, made[scale.name])
    for rule in definition.scoring.derived:
        found[rule.name] = _concluded(rule, reading, made)
    return found


def _concluded(
    rule: Criterion | Linear | Tally | Lookup, reading: Reading, made: Mapping[str, Decimal | None]
) -> Derived:
    if isinstance(rule, Criterion):
        return rule.is_met(reading.numbers, made)
    if isinstance(rule, Tally):
        return _tallied(rule, reading)
    number = made[rule.of]
    if number is None:
        return None
    if isinstance(rule, Lookup):
        return rule.table.get(number) if rule.table is not None else None
    return quotient(exact_product(exact_sum(number, -rule.less), rule.times), rule.over)


def _tallied(rule: Tally, reading: Reading) -> Decimal | None:
    counted = 0
    for name in rule.items:
        several, answer = reading.sets.get(name), reading.numbers.get(name)
        if several is not None:
            counted += int(rule.reaching) in several
        elif answer is not None:
            counted += answer >= rule.reaching
        else:
            return None
    return Decimal(counted)


def _safety(definition: Instrument, numbers: Mapping[str, Decimal | None]) -> tuple[SafetyAnswer, ...]:
    found = []
    for rule in definition.scoring.safety:
        answer = numbers[rule.item]
        level = None if answer is None else rule.level_of(answer)
        if answer is not None and level is not None:
            found.append(SafetyAnswer(item=rule.item, value=answer, level=level))
    return tuple(found)


def _unanswered_safety(definition: Instrument, missing: tuple[str, ...]) -> list[Sentence]:
    return [
        sentence("Item {item} is about safety and was not answered: ask it.", item=rule.item)
        for rule in definition.scoring.safety
        if rule.item in missing
    ]
