"""A site's own wording and tables are taken in whole or not at all, with every mistake told at its line."""

from __future__ import annotations

import pytest

from kap.instruments.documents import instrument_document, score_document
from kap.instruments.scoring import score
from kap.instruments.shelf import instrument, library
from kap.instruments.site import checked_tables, checked_wording, raw_sums_read, with_tables, with_wording
from kap.instruments.skeleton import tables_skeleton, wording_skeleton
from kap.vocabulary.errors import DeclarationError

WORDING = """\
language: en
stem: In the last two weeks
answers:
  1-4: {0: never, 1: seldom, 2: now and then, 3: half, 4: mostly, 5: always}
items: {1: one, 2-4: two to four, 5: five}
"""
ONE_TO_17 = ", ".join(str(number) for number in range(1, 18))


def test_a_sites_wording_is_shown_and_changes_no_score() -> None:
    worded = with_wording(instrument("who5"), "who5.yaml", WORDING)
    assert worded.has_wording
    assert (worded.about.stem, worded.about.recall) == ("In the last two weeks", "last 2 weeks")
    assert worded.item("3").text == "two to four"
    assert instrument_document(worded)["items"][3]["answers"]["5"] == "always"
    assert worded.item("5").kind == instrument("who5").item("5").kind, "without words the numbers stay"
    answers = {str(item): 3 for item in range(1, 6)}
    assert score(worded, answers) == score(instrument("who5"), answers)
    bare = with_wording(instrument("who5"), "who5.yaml", "language: en\nrecall: two weeks\nitems: {1-5: x}")
    assert (bare.about.stem, bare.about.recall) == (None, "two weeks")


@pytest.mark.parametrize(
    ("form", "text", "mistakes"),
    [
        ("who5", "language: en\nitems: {1-4: x}", ["line 2: items 5 have no text."]),
        ("who5", "language: en\nitems: {1-6: x}", ["line 2: there is no item '6'; the items are 1 to 5."]),
        ("who5", "language: en\nitems: {1-4: x, 5: ''}", ["line 2: item 5 has no text."]),
        ("who5", "language: en\nitems: {1-4: x, 5: [a]}", ["line 2: expected a text."]),
        ("who5", "items: {1-5: x}", ["line 1: language must be given."]),
        ("who5", "language: English\nitems: {}", [
            "line 1: expected a language such as en or es, found 'English'.",
        ]),
        ("who5", "[", ["line 2: this is not YAML: did not find expected node content."]),
        ("who5", "language: en\nitems: {1-5: x}\nanswers: {1: {0: a, 1: b, 2: c}}", [
            "line 3: item 1 has 6 answers; there are no words for 3, 4, 5.",
        ]),
        ("who5", "language: en\nanswers: {1-5: {7: a}}\ncolor: red", [
            "line 1: items 1, 2, 3, 4, 5 have no text.",
            "line 2: item 1 takes a number from 0 to 5; there is no 7.",
            "line 3: 'color' is not known here; known are language, stem, recall, answers, items.",
        ]),
        ("who5", "language: en\nitems: {1-5: x}\nanswers: {1-5: {none: a}}", [
            "line 3: 'none' is not a plain number: write digits with at most one point, like 0.5.",
        ]),
        ("promis29", "language: en\nitems: {1-29: x}\nanswers: {29: {0: none, 10: worst}}", []),
        ("promis29", "language: en\nitems: {1-29: x}\nanswers:\n  29: {0: none, 9: bad}", [
            "line 4: item 29 has 11 answers; there are no words for 10.",
        ]),
        ("promis29", "language: en\nitems: {1-29: x}\nanswers:\n  2: {1: a, 2: b, 3: c, 4: d, 5: e}\n"
         "  1-2: {1: a, 2: b, 3: c, 4: d, 5: e}", ["line 5: the answers of item 2 are given twice."]),
        ("psqi", "language: en\nitems: {1-18: x}\nanswers: {1: {0: a}}", [
            "line 3: item 1 takes a time of day from 00:00 to 23:59 and no words beside boxes.",
        ]),
        ("lec5", "language: es\nitems: {1-17: x}", [
            f"line 1: the answers of items {ONE_TO_17} need words in this language.",
        ]),
    ],
)  # fmt: skip
def test_every_mistake_of_a_file_is_told_with_its_line(form: str, text: str, mistakes: list[str]) -> None:
    assert list(checked_wording(instrument(form), "w", text).mistakes) == [f"w, {why}" for why in mistakes]


def test_where_no_words_may_be_given_the_file_is_refused_with_the_reason() -> None:
    for form, sentence in (
        ("bdi2", "bdi2@1 takes no wording from a site: Commercial"),
        ("phq9", "phq9@1 takes no wording from a site in this language: the library carries its words."),
    ):
        with pytest.raises(DeclarationError) as wrong:
            with_wording(instrument(form), "w.yaml", "language: en\nitems: {1-10: x}")
        assert str(wrong.value).startswith(sentence)


def test_a_site_may_bring_an_official_translation_of_words_the_library_carries() -> None:
    text = wording_skeleton(instrument("pcl5"), "es").replace('""', '"palabras"')
    worded = with_wording(instrument("pcl5"), "pcl5.yaml", text)
    assert worded.item("1").text == "palabras"


@pytest.mark.parametrize("form", [name for name, one in library().items() if not one.has_wording])
def test_the_empty_file_of_every_instrument_is_right_once_it_is_filled_in(form: str) -> None:
    definition = instrument(form)
    empty = wording_skeleton(definition, "en")
    filled = checked_wording(definition, "w", empty.replace('""', '"words"'))
    if definition.license.wording.value == "nobody":
        assert len(filled.mistakes) == 1
    else:
        assert (filled.mistakes, filled.wording is None) == ((), False)
        assert len(checked_wording(definition, "w", empty).mistakes) == len(definition.items)


def test_the_empty_file_names_what_the_paper_prints() -> None:
    lines = wording_skeleton(instrument("psqi"), "en").splitlines()
    assert '  5: ""  # printed as 5a' in lines
    assert '  5-18: {0: "", 1: "", 2: "", 3: ""}' in lines
    assert "answers:" not in wording_skeleton(instrument("ebi"), "en")
    assert '  1, 1b, 2-6, 6b, 7-10: {0: "", 1: "", 2: "", 3: "", 4: ""}' in wording_skeleton(
        instrument("ybocs"), "en"
    )


def test_a_t_score_comes_only_from_the_sites_table() -> None:
    answers = {str(item): 1 for item in range(1, 29)} | {"29": 0}
    with_table = with_tables(instrument("promis29"), "t.yaml", "anxiety: {4: 40.3}")
    derived = score_document(score(with_table, answers))["derived"]
    assert (derived["anxiety_t"], derived["depression_t"]) == (40.3, None)
    higher = score(with_table, answers | {"5": 5})
    assert higher.derived["anxiety_t"] is None


@pytest.mark.parametrize(
    ("form", "text", "mistake"),
    [
        ("promis29", "mood: {4: 40}", "t, line 1: promis29@1 reads no table for 'mood'; it reads anxiety"),
        ("phq9", "total: {4: 40}", "t, line 1: phq9@1 reads no table for 'total'; it reads none."),
        ("promis29", "anxiety: {3: 40}", "t, line 1: anxiety runs from 4 to 20; there is no 3."),
        ("promis29", "anxiety: {4: high}", "t, line 1: 'high' is not a plain number"),
    ],
)
def test_a_table_nobody_reads_is_refused(form: str, text: str, mistake: str) -> None:
    (told,) = checked_tables(instrument(form), "t", text).mistakes
    assert told.startswith(mistake)
    with pytest.raises(DeclarationError):
        with_tables(instrument(form), "t", text)


def test_the_empty_tables_are_told_empty_and_there_are_none_where_none_is_read() -> None:
    empty = tables_skeleton(instrument("promis29"))
    assert checked_tables(instrument("promis29"), "t", empty).mistakes == (
        "t, line 3: no table is filled in.",
    )
    filled = empty.replace("# 4: 40.3", "4: 40.3")
    tables = checked_tables(instrument("promis29"), "t", filled).tables
    assert tables is not None
    assert [raw_sums_read(instrument("promis29"), name, tables) for name in sorted(tables)] == [(1, 17)] * 7
    assert raw_sums_read(instrument("promis29"), "anxiety", {}) == (0, 17)
    assert tables_skeleton(instrument("phq9")) == ""
