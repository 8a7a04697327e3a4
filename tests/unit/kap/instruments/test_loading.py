"""A declaration that is written wrongly is refused when it is loaded, with its file and line."""

from __future__ import annotations

import pytest
from tests.unit.kap.instruments.declarations import WHOLE, spoiled

from kap.instruments.loading import instrument_from
from kap.vocabulary.errors import DeclarationError


def test_the_whole_declaration_is_read() -> None:
    mood = instrument_from("mood.yaml", WHOLE)
    assert (mood.key, mood.item_ids_in_words(), mood.has_wording) == ("mood@1", "1 to 3", False)
    assert len(mood.codes[0].all_codes) == 4


@pytest.mark.parametrize(
    ("found", "put", "line", "sentence"),
    [
        ("version: 1", "version: one", 2, "expected a whole number, found 'one'."),
        ("title: Mood\n", "title: Mood\ncolor: red\n", 4, "'color' is not known here"),
        ("title: Mood\n", "", 1, "title must be given."),
        ("title: Mood", "title: []", 3, "expected a text."),
        ("title: Mood", "title: ''", 3, "expected a text."),
        ("direction: higher is worse", "direction: up", 5, "expected one of 'higher is worse'"),
        ("direction: higher is worse", "direction: neither", 28, "a change needs a direction"),
        ("minutes: 1", "minutes: 1\nminutes: 2", 9, "'minutes' is written twice."),
        (
            "source: own}\nchoices",
            "source: nobody}\nchoices",
            9,
            "the source 'nobody' is not among the sources",
        ),
        (
            "wording: site",
            "wording: library",
            13,
            "the wording is ours to show, but there is no text for 1, 2: write it, or wording: site.",
        ),
        ("3: {answers: 0-4}", "3: {answers: 0-4, text: How?}", 14, "there is text, but the license"),
        ("{0: Never, 1: Often}", "[Never, Often]", 11, "expected named parts: write {name: value}."),
        ("{0: Never, 1: Often}", "{}", 13, "A list of answers needs at least one"),
        ("3: {answers: 0-4}", "3: {answers: rarely}", 14, "'rarely' is no kind of answer"),
        ("3: {answers: 0-4}", "3: {answers: 0-x}", 14, "'x' is not the end of a range."),
        ("3: {answers: 0-4}", "3: {answers: 4-0}", 14, "A range needs a highest answer whole steps above"),
        ("3: {answers: 0-4}", "2-3: {answers: 0-4}", 13, "two items share an id."),
        ("3: {answers: 0-4}", "3: {answers: 0-4, reversed: true}", 14, "expected yes or no, found 'true'."),
        ("items: 2, source: own", "items: 7, source: own", 16, "there is no '7'; known are 1, 2, 3."),
        ("items: 2, source: own", "items: 3-2, source: own", 16, "'3-2' runs backwards."),
        ("part: {mean: 1-2}", "part: {mean: 1-2, sum: 1}", 19, "part needs either a sum or a mean:"),
        ("part: {mean: 1-2}", "part: {times: 2}", 19, "part needs either a sum or a mean:"),
        ("{low: 0, high: 3}", "{low: 0, high: 0}", 18, "starts must rise."),
        ("to: 6", "to: 7", 18, "the bands of total run from 0 to 7, but its answers reach from 0 to 6:"),
        ("3: {levels: {1: note", "9: {levels: {1: note", 22, "there is no item '9'."),
        ("{1: note, 2: high}", "{1: maybe}", 22, "expected one of 'note'"),
        ("{1: note, 2: high}", "{one: high}", 22, "'one' is not a plain number"),
        ("of: total, over: 6", "of: sum, over: 6", 26, "there is no scale 'sum'; there are part, total."),
        ("share: {of: total, over: 6,", "share: {over: 6,", 26, "of must be given."),
        ("tally: 1-2, reaching: 1", "tally: 1-2", 25, "reaching must be given."),
        (
            "response: {improved_percent: 50, source",
            "response: {source",
            28,
            "response needs at least one of",
        ),
        ("response: {improved", "applause: {improved", 28, "'applause' is not known here"),
        ("panel: 44249-1", "panel: 44249-2", 30, "'44249-2' does not check as a LoincCode"),
        ("scales: {total: 44261-6}", "scales: {sum: 44261-6}", 30, "there is no scale 'sum'."),
        ("LA32-8", "LA32-7", 30, "'LA32-7' does not check as a LoincAnswer"),
        ("stated_on: 2026-11-21", "stated_on: today", 33, "expected a date like 2026-11-21, found 'today'."),
        ("unverified: our own", "citation: ours", 33, "'stated_on' is not known here"),
        (
            "vectors: by hand",
            "vectors: by hand\ncomputed: {rule: magic, gives: x, limits: {}, source: own}",
            32,
            "no rule",
        ),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(found: str, put: str, line: int, sentence: str) -> None:
    with pytest.raises(DeclarationError) as wrong:
        instrument_from("mood.yaml", spoiled(found, put))
    assert str(wrong.value).startswith(f"mood.yaml, line {line}: ")
    assert sentence in str(wrong.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "mood.yaml, line 1: the file is empty."),
        ("id: [", "mood.yaml, line 2: this is not YAML"),
        ("id: *x", "mood.yaml, line 1: this is not YAML"),
    ],
)
def test_a_file_that_is_no_declaration_says_so(text: str, sentence: str) -> None:
    with pytest.raises(DeclarationError) as wrong:
        instrument_from("mood.yaml", text)
    assert str(wrong.value).startswith(sentence)


def test_bands_with_an_open_end_do_not_span_a_scale() -> None:
    with pytest.raises(DeclarationError, match="an instrument needs at least one item"):
        instrument_from("mood.yaml", _without_items())


def _without_items() -> str:
    kept = [line for line in WHOLE.splitlines() if not line.startswith((" ", "skips", "scales", "triage"))]
    dropped = ("items", "choices", "safety", "derived", "changes", "codes", "sources")
    lines = [line for line in kept if not line.startswith(dropped)]
    return "\n".join([*lines, "items: {}", "sources: {own: {unverified: ours, stated_on: 2026-11-21}}"])
