"""An official translation changes what is read and nothing of what is scored."""

from __future__ import annotations

import pytest
from tests.unit.kap.instruments.declarations import WHOLE

from kap.instruments.documents import instrument_document
from kap.instruments.loading import instrument_from
from kap.instruments.scoring import score
from kap.instruments.shelf import instrument, library
from kap.instruments.wording import in_language, languages_of
from kap.vocabulary.errors import DeclarationError

TRANSLATED = WHOLE.replace("wording: site", "wording: library").replace(
    "items:\n  1-2: {answers: often}\n  3: {answers: 0-4}",
    "items:\n  1-2: {answers: often, text: Low?}\n  3: {answers: 0-4, text: How low?}\n"
    "translations:\n  es:\n    holder: nosotros\n    terms: libre\n    source: own\n"
    "    answers: {1-2: {0: Nunca, 1: A menudo}}\n    items: {1-2: ¿Triste?, 3: ¿Cuánto?}",
)


def test_a_translation_is_read_with_its_holder_and_its_source() -> None:
    mood = instrument_from("mood.yaml", TRANSLATED)
    assert languages_of(mood) == ("en", "es")
    (translation,) = mood.translations
    assert (translation.holder, translation.terms, translation.source.verified) == (
        "nosotros",
        "libre",
        False,
    )
    spanish = in_language(mood, "es")
    assert spanish is not None
    assert [item.text for item in spanish.items] == ["¿Triste?", "¿Triste?", "¿Cuánto?"]
    assert spanish.item("1").kind.in_words() == mood.item("1").kind.in_words()
    assert in_language(mood, "en") is mood
    assert in_language(mood, "fr") is None
    assert in_language(instrument("who5"), "en") is None


@pytest.mark.parametrize(
    ("found", "put", "line", "sentence"),
    [
        ("  es:", "  en:", 16, "this is the language of the original."),
        ("    holder: nosotros\n", "", 17, "holder must be given."),
        ("source: own\n    answers", "source: nobody\n    answers", 19, "the source 'nobody' is not among"),
        ("3: ¿Cuánto?", "4: ¿Cuánto?", 21, "there is no item '4'"),
        ("1: A menudo}", "2: A menudo}", 20, "item 1 takes 0 or 1; there is no 2."),
        ("    answers: {1-2: {0: Nunca, 1: A menudo}}\n", "", 17, "the answers of items 1, 2 need words"),
    ],
)
def test_a_translation_that_is_not_whole_is_refused(found: str, put: str, line: int, sentence: str) -> None:
    assert TRANSLATED.count(found) == 1
    with pytest.raises(DeclarationError) as wrong:
        instrument_from("mood.yaml", TRANSLATED.replace(found, put))
    assert str(wrong.value).startswith(f"mood.yaml, line {line}: {sentence}")


def test_a_translation_of_words_the_library_may_not_carry_is_refused() -> None:
    spoiled = WHOLE + "translations: {es: {}}\n"
    with pytest.raises(DeclarationError, match="the license does not let the library carry words"):
        instrument_from("mood.yaml", spoiled)


def test_what_is_carried_in_spanish_says_that_nobody_compared_it_yet() -> None:
    found = {name: one.translations for name, one in library().items() if one.translations}
    assert sorted(found) == ["asq", "gad2", "gad7", "phq2", "phq8", "phq9"]
    for name, (spanish,) in found.items():
        assert (spanish.wording.language, spanish.source.verified) == ("es", False)
        if name == "asq":
            continue
        stem = "Durante las últimas 2 semanas, ¿qué tan seguido ha tenido molestias debido a los siguientes "
        assert spanish.wording.stem == f"{stem}problemas?"
        whole = found["phq9" if name.startswith("phq") else "gad7"][0].wording.items
        assert spanish.wording.items.items() <= whole.items(), "the short forms say it in the same words"


def test_a_score_knows_no_language() -> None:
    phq9 = instrument("phq9")
    spanish = in_language(phq9, "es")
    assert spanish is not None
    answers = {str(item): item % 4 for item in range(1, 11)}
    assert score(spanish, answers) == score(phq9, answers)


def test_an_instrument_lists_its_languages() -> None:
    document = instrument_document(instrument("gad7"))
    assert document["languages"] == [
        {"language": "en", "holder": "Pfizer Inc.", "verified": True},
        {"language": "es", "holder": "Pfizer Inc.", "verified": False},
    ]
    assert instrument_document(instrument("who5"))["languages"] == []
