"""A site's own wording and tables are taken in whole or not at all."""

from __future__ import annotations

import pytest

from kap.instruments.documents import score_document
from kap.instruments.scoring import score
from kap.instruments.shelf import instrument
from kap.instruments.site import with_tables, with_wording
from kap.vocabulary.errors import DeclarationError

WORDING = "stem: In the last two weeks\nitems: {1: one, 2-4: two to four, 5: five}\n"


def test_a_sites_wording_is_shown_and_changes_no_score() -> None:
    worded = with_wording(instrument("who5"), "who5.yaml", WORDING)
    assert worded.has_wording
    assert worded.about.stem == "In the last two weeks"
    assert worded.item("3").text == "two to four"
    answers = {str(item): 3 for item in range(1, 6)}
    assert score(worded, answers) == score(instrument("who5"), answers)
    assert with_wording(instrument("who5"), "who5.yaml", "items: {1-5: x}").about.stem is None


@pytest.mark.parametrize(
    ("form", "text", "sentence"),
    [
        ("who5", "items: {1-4: x}", "w.yaml, line 1: items 5 have no text."),
        ("who5", "items: {1-6: x}", "w.yaml, line 1: there is no item '6'."),
        ("bdi2", "items: {total: x}", "bdi2@1 takes no wording from a site: Commercial"),
        ("phq9", "items: {1-10: x}", "phq9@1 takes no wording from a site: No permission required"),
    ],
)
def test_wording_that_is_not_whole_or_not_permitted_is_refused(form: str, text: str, sentence: str) -> None:
    with pytest.raises(DeclarationError) as wrong:
        with_wording(instrument(form), "w.yaml", text)
    assert str(wrong.value).startswith(sentence)


def test_a_t_score_comes_only_from_the_sites_table() -> None:
    answers = {str(item): 1 for item in range(1, 29)} | {"29": 0}
    with_table = with_tables(instrument("promis29"), "t.yaml", "anxiety: {4: 40.3}")
    derived = score_document(score(with_table, answers))["derived"]
    assert (derived["anxiety_t"], derived["depression_t"]) == (40.3, None)
    higher = score(with_table, answers | {"5": 5})
    assert higher.derived["anxiety_t"] is None


def test_a_table_nobody_reads_is_refused() -> None:
    with pytest.raises(
        DeclarationError, match="promis29@1 reads no table for 'mood'; it reads anxiety, depression"
    ):
        with_tables(instrument("promis29"), "t.yaml", "mood: {4: 40}")
    with pytest.raises(DeclarationError, match="phq9@1 reads no table for 'total'; it reads none"):
        with_tables(instrument("phq9"), "t.yaml", "total: {4: 40}")
