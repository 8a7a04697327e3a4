"""Answers out of a FHIR R4 QuestionnaireResponse: found by LOINC or linkId, the rest listed as unread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kap.instruments.answering import Choices
from kap.instruments.codes import CodeGroup
from kap.instruments.definition import Instrument, Item
from kap.instruments.reading import ids_by_name
from kap.vocabulary.errors import InputError
from kap_fhir.shapes import JsonObject, items_of, object_of, text_of

_LOINC: Final = "http://loinc.org"
_WEIGHTS: Final = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
)
_PLAIN: Final = ("valueInteger", "valueDecimal", "valueBoolean", "valueString", "valueTime")


@dataclass(frozen=True, slots=True)
class ReadResponse:
    """What a response says to an instrument: answers by item id, and the linkIds that were not understood."""

    answers: Mapping[str, object]
    unread: tuple[str, ...]


def answers_from(response: JsonObject, definition: Instrument) -> ReadResponse:
    """Reads a QuestionnaireResponse as answers to one instrument.

    Missing: an item without an answer, or declined, is left out.
    Raises: InputError when it is no usable response, holds no item of the instrument, answers one twice, or
    gives an answer that cannot be told as a number.
    """
    if response.get("resourceType") != "QuestionnaireResponse":
        raise InputError("This is no QuestionnaireResponse: give one, or answers by item id.")
    if response.get("status") == "entered-in-error":
        raise InputError("This response was entered in error: it is not scored.")
    answered = list(_answered(response))
    names = _names(definition, [key for item in answered for key in keys_of(item)])
    totals = {str(code) for group in definition.codes for code in group.scales.values()}
    answers: dict[str, object] = {}
    unread: list[str] = []
    for item in answered:
        name = next((names[key] for key in keys_of(item) if key in names), None)
        if name is None:
            # A total that was sent along is no answer: it is worked out here.
            unread += [] if totals & set(keys_of(item)) else [text_of(item.get("linkId"))]
        elif name in answers:
            raise InputError(f"Item {name} is answered twice in this response: send it with one answer.")
        else:
            answers[name] = _value(item, definition.item(name), definition)
    if not answers:
        raise InputError(
            f"This response holds no item of {definition.key}: check which instrument it answers."
        )
    return ReadResponse(answers, tuple(unread))


def _names(definition: Instrument, given: list[str]) -> dict[str, str]:
    """Every name an item came under: its id or the paper's label, and LOINC codes somebody verified."""
    ours = {name for item in definition.items for name in (item.id, item.label)}
    names = ids_by_name(definition, {key for key in given if key in ours})
    coded = {str(code): item for group in verified_codes(definition) for item, code in group.items.items()}
    return {**coded, **names}


def verified_codes(definition: Instrument) -> tuple[CodeGroup, ...]:
    """The groups of codes somebody has verified; no answer is recognized by another."""
    return tuple(group for group in definition.codes if group.source.verified)


def _answered(part: JsonObject) -> Iterator[JsonObject]:
    """The items that hold an answer, in groups or below other items too."""
    for item in items_of(part.get("item")):
        answers = items_of(item.get("answer"))
        if answers:
            yield item
        yield from _answered(item)
        for answer in answers:
            yield from _answered(answer)


def keys_of(item: JsonObject) -> tuple[str, ...]:
    """The linkId as it is, and its last part: `/44250-9` and `phq9/1` are written so."""
    link = text_of(item.get("linkId"))
    definition = text_of(item.get("definition"))
    return (link, link.rpartition("/")[2], definition.rpartition("/")[2].rpartition("#")[2])


def _value(item: JsonObject, asked: Item, definition: Instrument) -> object:
    values = [answer_in(answer, asked, definition) for answer in items_of(item.get("answer"))]
    return values[0] if len(values) == 1 else values


def answer_in(answer: JsonObject, asked: Item, definition: Instrument) -> object:
    """One answer as the instrument takes it.

    Missing: None where the person declined.
    Raises: InputError when it cannot be told as a number.
    """
    for name in _PLAIN:
        if name in answer:
            given = answer[name]
            return given[:5] if name == "valueTime" and isinstance(given, str) else given
    coding = object_of(answer.get("valueCoding"))
    if not coding:
        raise InputError(
            f"Item {asked.id} is answered in a form that cannot be read: send a number or a code."
        )
    return _coded(coding, asked, definition)


def _coded(coding: JsonObject, asked: Item, definition: Instrument) -> object:
    code = text_of(coding.get("code"))
    by_code = {
        str(answer): int(value)
        for group in verified_codes(definition)
        if not group.answers_of or asked.id in group.answers_of
        for value, answer in group.answers.items()
    }
    if code in by_code and coding.get("system") in (None, _LOINC):
        return by_code[code]
    if code == "asked-declined":
        return "Refused" if _may_refuse(asked) else None
    weight = next((one for one in items_of(coding.get("extension")) if one.get("url") in _WEIGHTS), None)
    if weight is not None and "valueDecimal" in weight:
        return weight["valueDecimal"]
    if (
        isinstance(asked.kind, Choices)
        and (display := text_of(coding.get("display")))
        and _known(asked, display)
    ):
        return display
    if code.replace(".", "", 1).isdecimal():
        return Decimal(code)
    raise InputError(
        f"Item {asked.id} is answered with the code {code[:20]!r}, which {definition.key} does not know: "
        "send its LOINC answer code, its number, or its ordinal value."
    )


def _may_refuse(asked: Item) -> bool:
    return _known(asked, "Refused")


def _known(asked: Item, words: str) -> bool:
    kind = asked.kind
    return isinstance(kind, Choices) and any(
        choice.words is not None and choice.words.casefold() == words.casefold() for choice in kind.choices
    )
