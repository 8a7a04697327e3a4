"""Sentences keep their facts apart from their words, in any language."""

import pickle
from decimal import Decimal

import pytest

from kap.vocabulary.errors import DeclarationError, KapError, Refused
from kap.vocabulary.sentences import Sentence, sentence

DOSE = sentence("A dose of {dose} needs {who}.", dose=Decimal("35.5"), who=sentence("a second person"))
SPANISH = {
    "A dose of {dose} needs {who}.": "{who} debe confirmar la dosis de {dose}.",
    "a second person": "Otra persona",
}


def test_a_sentence_reads_in_english_and_in_another_language() -> None:
    assert str(DOSE) == "A dose of 35.5 needs a second person."
    assert DOSE.rendered(SPANISH.__getitem__) == "Otra persona debe confirmar la dosis de 35.5."


def test_a_value_is_written_the_way_the_language_writes_it() -> None:
    shown = DOSE.rendered(SPANISH.__getitem__, show=lambda value: str(value).replace(".", ","))
    assert shown == "Otra persona debe confirmar la dosis de 35,5."


@pytest.mark.parametrize("slip", ["Una dosis de {dose}.", "Una dosis de {dosis} para {who}.", "Una dosis {"])
def test_a_translators_slip_never_hides_the_reason(slip: str) -> None:
    assert DOSE.rendered(lambda template: slip if "dose" in template else template) == str(DOSE)


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("A dose of {dose}.", {}),
        ("A dose.", {"dose": 1}),
        ("A dose of {dose}.", {"does": 1}),
        ("A dose of {dose", {"dose": 1}),
        ("A dose of {}.", {}),
        ("A dose of {0}.", {}),
        ("A dose of {dose.value}.", {"dose": 1}),
        ("A dose of {dose:>5}.", {"dose": 1}),
        ("A dose of {dose!r}.", {"dose": 1}),
    ],
)
def test_a_wrongly_written_sentence_is_found_when_it_is_written(
    template: str, values: dict[str, object]
) -> None:
    with pytest.raises(DeclarationError):
        Sentence(template, values)


def test_braces_can_be_written() -> None:
    assert str(sentence("{{dose}}")) == "{dose}"


def test_a_sentence_never_changes_and_equals_its_like() -> None:
    values: dict[str, object] = {"dose": 1}
    written = Sentence("A dose of {dose}.", values)
    values["dose"] = 2
    assert str(written) == "A dose of 1."
    with pytest.raises(TypeError):
        written.values["dose"] = 2  # type: ignore[index]
    assert written == sentence("A dose of {dose}.", dose=1)
    assert hash(written) == hash(sentence("A dose of {dose}.", dose=1))


def test_a_refusal_carries_its_sentence_from_process_to_process() -> None:
    refused = pickle.loads(pickle.dumps(Refused(DOSE)))
    assert isinstance(refused, KapError)
    assert refused.sentence == DOSE
    assert str(refused) == str(DOSE)
