"""What follows from a block's answers and scales: criteria, levels, tallies, tables, safety answers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from kap.instruments.columns.reading import AnswerRows, count_of
from kap.instruments.columns.result import UNKNOWN, Column, Flags, Named, Numbers, Small, Yes
from kap.instruments.columns.scales import ScaleColumn, band_of
from kap.instruments.definition import Instrument, SafetyRule
from kap.instruments.rules import Count, Criterion, Linear, Lookup, Reach, Tally, Triage
from kap.instruments.scoring import TOTAL
from kap.vocabulary.bands import Bands


def band_names(bands: Bands) -> tuple[str, ...]:
    """The names of the bands, lowest first."""
    return tuple(band.name for band in bands.bands)


def conclude(
    definition: Instrument, block: AnswerRows, numbers: Mapping[str, ScaleColumn]
) -> dict[str, Column]:
    """Everything an instrument derives beside its scales."""
    found: dict[str, Column] = {}
    for scale in definition.scoring.scales:
        if scale.bands and scale.name != TOTAL:
            found[f"{scale.name}_band"] = Named(
                band_names(scale.bands), band_of(scale.bands, numbers[scale.name])
            )
        for name, bands in scale.other_bands:
            found[name] = Named(band_names(bands), band_of(bands, numbers[scale.name]))
    for rule in definition.scoring.derived:
        found[rule.name] = _concluded(rule, block, numbers)
    return found


def triaged(triage: Triage, block: AnswerRows) -> Named:
    """The level each row reaches for certain."""
    names = (*(level.name for level in triage.levels), triage.otherwise)
    size = block.size
    at: Small = np.full(size, len(names) - 1, np.int8)
    is_open: Flags = np.ones(size, np.bool_)
    is_certain: Flags = np.ones(size, np.bool_)
    for place, level in enumerate(triage.levels):
        reached: Flags = np.zeros(size, np.bool_)
        blank: Flags = np.zeros(size, np.bool_)
        for item, threshold in level.any_of.items():
            reached |= block[item].reaches(threshold)
            missed = block[item].blank
            if missed is not None:
                blank |= missed
        at[is_open & reached] = place
        at[is_open & reached & ~is_certain] = UNKNOWN
        is_open &= ~reached
        is_certain &= ~blank
    at[is_open & ~is_certain] = UNKNOWN
    return Named(names, at)


def find_safety(definition: Instrument, block: AnswerRows) -> dict[str, Named]:
    """The level each safety item reaches."""
    return {rule.item: _levels(rule, block) for rule in definition.scoring.safety}


def _levels(rule: SafetyRule, block: AnswerRows) -> Named:
    answer = block[rule.item]
    at: Small = np.full(len(answer.value), UNKNOWN, np.int8)
    for threshold, _ in rule.levels:
        at += answer.reaches(threshold).view(np.int8)
    return Named(tuple(level.value for _, level in rule.levels), at)


def _concluded(
    rule: Criterion | Linear | Tally | Lookup, block: AnswerRows, numbers: Mapping[str, ScaleColumn]
) -> Column:
    if isinstance(rule, Criterion):
        return _criterion(rule, block, numbers)
    if isinstance(rule, Tally):
        return _tallied(rule, block)
    number = numbers[rule.of].number
    if isinstance(rule, Lookup):
        return _looked_up(rule, number)
    return (number - float(rule.less)) * float(rule.times) / float(rule.over)


def _criterion(rule: Criterion, block: AnswerRows, numbers: Mapping[str, ScaleColumn]) -> Yes:
    is_met, is_not = _condition(rule.all_of[0], block, numbers)
    for condition in rule.all_of[1:]:
        met, not_met = _condition(condition, block, numbers)
        is_met, is_not = is_met & met, is_not | not_met
    # Yes is 1, no is 0, neither is -1; as arithmetic on bytes, for masks would be many times slower.
    at: Small = is_met.view(np.int8) - (~(is_met | is_not)).view(np.int8)
    return Yes(at)


def _condition(
    condition: Count | Reach, block: AnswerRows, numbers: Mapping[str, ScaleColumn]
) -> tuple[Flags, Flags]:
    if isinstance(condition, Count):
        return count_of(condition, block)
    summed = numbers[condition.scale]
    holds: Flags = np.ones(block.size, np.bool_)
    if condition.at_least is not None:
        holds &= summed.at_least(condition.at_least)
    if condition.at_most is not None:
        holds &= summed.number <= float(condition.at_most)
    return (holds, ~holds) if summed.known is None else (holds & summed.known, summed.known & ~holds)


def _tallied(rule: Tally, block: AnswerRows) -> Numbers:
    counted: Numbers = np.zeros(block.size, np.float64)
    for name in rule.items:
        answer = block[name]
        counted += answer.reaches(rule.reaching)
        if answer.blank is not None:
            counted[answer.blank] = np.nan
    return counted


def _looked_up(rule: Lookup, number: Numbers) -> Numbers:
    found: Numbers = np.full(len(number), np.nan)
    for raw, read in (rule.table or {}).items():
        found[number == float(raw)] = float(read)
    return found
