"""What somebody reads who wrote a declaration wrongly: where, what was wrong, what to write instead."""

from __future__ import annotations

import pytest
from tests.unit.kap.instruments.declarations import WHOLE, spoiled

from kap.instruments.loading import instrument_from
from kap.vocabulary.errors import DeclarationError


@pytest.mark.parametrize(
    ("found", "put", "said"),
    [
        (
            "  part: {mean: 1-2}",
            "  part: {mean: 1-2, bands: {from: {low: 0, high: 0.34}, to: 1, source: own}}",
            "line 19: high begins at 0.34, which is not a whole number of steps of 1: begin it on "
            "one, or give the "
            "bands a finer step, such as 0.01.",
        ),
        (
            "to: 6",
            "to: 6.5",
            "line 18: high: its end 6.5 is not a whole number of steps of 1; give the end in such "
            "steps, or the bands "
            "a finer step.",
        ),
        (
            "  total: {sum: 1-3,",
            "  total: {sum: 1-3, missing: 1,",
            "line 18: expected named parts: write {at_most: …, source: …}.",
        ),
        (
            "{low: 0, high: 3}",
            "{low: 0, middle: 5, high: 3}",
            "line 18: middle begins at 5, but the band after it, high, at 3: starts must rise.",
        ),
        (
            "{low: 0, high: 3}",
            "{low: 0, high: 7}",
            "line 18: high begins at 7, above the end of the scale at 6: begin it lower, or end the "
            "scale higher.",
        ),
        (
            "to: 6",
            "to: 5",
            "line 18: the bands of total run from 0 to 5, but its answers reach from 0 to 6: begin "
            "the first band "
            "and end the last where the answers do.",
        ),
        (
            "{low: 0, high: 3}",
            "{no: 0, yes: 3}",
            "line 18: a band cannot be called 'no': give it a word that tells how much.",
        ),
        (
            "  part: {mean: 1-2}",
            "  part: {mean: 1-2}\n  rest: {of: 1-2}",
            "line 20: 'of' is not known here; known are sum, mean, times, missing, bands, "
            "other_bands, source.",
        ),
        (
            "wording: site",
            "wording: library",
            "line 13: the wording is ours to show, but there is no text for 1, 2: write it, or "
            "wording: site.",
        ),
        (
            "3: {answers: 0-4}",
            "3: {answers: 0-4, text: How?}",
            "line 14: there is text, but the license does not let the library carry it: take it out.",
        ),
        (
            "direction: higher is worse",
            "direction: neither",
            "line 28: a change needs a direction, and nothing says which way is better: give one, or "
            "take changes "
            "out.",
        ),
        (
            "  part: {mean: 1-2}",
            "  part: {mean: 1-2}\neither_or: [1, 2]",
            "line 20: 1 is alone: write those of which one is enough on one line, as - 6, 7.",
        ),
        (
            "id: mood",
            "id: Mood",
            "line 1: 'Mood' is no id: write small letters, digits and hyphens, such as pc-ptsd-5.",
        ),
        (
            "id: mood",
            "id: moods",
            "line 1: the id is 'moods', but the file is named after 'mood': make them the same.",
        ),
        (
            "sources:\n",
            "sources:\n  paper: {unverified: a paper, stated_on: 2026-11-21}\n",
            "line 33: nothing cites the source 'paper': write source: paper where its statement "
            "stands, or take it "
            "out.",
        ),
        (
            "sources:\n",
            "sources:\n  paper: {citation: A, address: nowhere, read_on: 2026-11-21, taken: all, "
            "checked_by: us}\n",
            "line 33: A: 'nowhere' is neither a DOI (10.…) nor an https address.",
        ),
        (
            "sources:\n",
            "sources:\n  paper: {citation: A, address: 10.1000/a, read_on: today, taken: all, "
            "checked_by: us}\n",
            "line 33: expected a date like 2026-11-21, found 'today'.",
        ),
    ],
)
def test_a_mistake_says_once_where_it_is_and_what_to_write(found: str, put: str, said: str) -> None:
    with pytest.raises(DeclarationError) as wrong:
        instrument_from("mood.yaml", spoiled(found, put))
    assert str(wrong.value) == f"mood.yaml, {said}"


def test_a_kept_version_is_named_after_its_id_too() -> None:
    assert instrument_from("mood@1.yaml", WHOLE).key == "mood@1"


def test_where_it_was_read_stands_beside_the_rule_and_the_words() -> None:
    sourced = spoiled("part: {mean: 1-2}", "part: {mean: 1-2, source: own}")
    sourced = sourced.replace("for_profit: allowed,", "for_profit: allowed, wording_source: own,")
    mood = instrument_from("mood.yaml", sourced)
    assert [scale.source for scale in mood.scoring.scales] == [None, mood.sources["own"]]
    assert mood.license.wording_source is mood.sources["own"]
