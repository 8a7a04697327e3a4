"""Which instrument a stored key means, and whether its words may be put to a client here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from kap.instruments.definition import AnsweredBy, Instrument, SafetyLevel
from kap.instruments.scoring import score
from kap.instruments.shelf import instrument, instrument_at, library
from kap.instruments.wording import languages_of
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.sentences import Sentence, sentence

_UNKNOWN = sentence("The library has no such instrument. Choose one from the library.")
_OTHER_VERSION = sentence("This form was asked under a version the library does not hold. Ask it again.")
_NO_ITEM = sentence("This form has no such question.")


@dataclass(frozen=True, kw_only=True)
class HeldLicense:
    """The license a house says it holds for its own copy; nothing is checked against the holder's books."""

    holder: str
    reference: str
    valid_until: date
    is_for_profit_allowed: bool


def definition_of(instrument_id: str, version: int | None = None) -> Instrument:
    """Return an instrument of the library: the newest, or the version a form was asked under.

    Raises: Refused.
    """
    if instrument_id not in library():
        raise Refused(_UNKNOWN)
    try:
        return instrument(instrument_id) if version is None else instrument_at(instrument_id, version)
    except InputError as wrong:
        raise Refused(_OTHER_VERSION) from wrong


def why_not_sent(
    definition: Instrument, language: str, *, is_for_profit: bool, held: HeldLicense | None, today: date
) -> Sentence | None:
    """Return why a form cannot be put to a client in a language; None where it can.

    Missing: ``held`` is None where the house has no copy of its own in this language.
    """
    title = definition.about.title
    if definition.about.answered_by is AnsweredBy.CLINICIAN:
        return sentence("{title} is rated by a clinician and is never sent to a client.", title=title)
    if language in languages_of(definition):
        return None if definition.license.may_show_wording(is_for_profit=is_for_profit) else _excluded(title)
    if held is not None:
        return why_not_used(held, is_for_profit, today)
    if not definition.has_wording:
        return sentence(
            "{title}: only the score may be recorded, because its license does not let us show its words. "
            "It cannot be sent; enter the answers from the holder's own form, or let the medical director "
            "supply the house's own licensed words in the library.",
            title=title,
        )
    return sentence(
        "{title} has no official words in this language here. Ask it with an interpreter, staff present.",
        title=title,
    )


def _excluded(title: str) -> Sentence:
    return sentence(
        "{title}: its words exclude commercial use, and nobody has said that this house is run without "
        "profit. Enter the answers from the holder's own form, or say so in the library.",
        title=title,
    )


def why_not_used(held: HeldLicense, is_for_profit: bool, today: date) -> Sentence | None:
    """Return why the house's own copy may not be used now; None where it may."""
    if held.valid_until < today:
        return sentence(
            "The license {reference} of {holder} ended on {day}. Renew it and supply the words again in the "
            "library; until then enter the answers from the holder's own form.",
            reference=held.reference,
            holder=held.holder,
            day=date_format(held.valid_until, "j M Y"),
        )
    if is_for_profit and not held.is_for_profit_allowed:
        return sentence(
            "The license {reference} of {holder} excludes commercial use, and nobody has said that this "
            "house is run without profit. Enter the answers from the holder's own form, or say so in the "
            "library.",
            reference=held.reference,
            holder=held.holder,
        )
    return None


def holds_safety(definition: Instrument) -> bool:
    """Say whether any item of a form is a safety matter."""
    return bool(definition.scoring.safety)


def level_of(definition: Instrument, item: str, value: str) -> SafetyLevel | None:
    """Check one answer as it is given, and return how urgent it is.

    Missing: None where it is no safety matter, or was passed over.
    Raises: Refused for an answer nobody could have given.
    """
    expected = next((one.kind.in_words() for one in definition.items if one.id == item), None)
    if expected is None:
        raise Refused(_NO_ITEM)
    try:
        found = score(definition, {item: value}).safety
    except InputError as wrong:
        raise Refused(
            sentence(
                "Question {item} takes {expected}. Correct it, or leave it open.",
                item=item,
                expected=expected,
            )
        ) from wrong
    return found[0].level if found else None
