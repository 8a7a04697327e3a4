"""Which instrument a stored key means, and whether its words may be put to a client here."""

from __future__ import annotations

from kap.instruments.definition import AnsweredBy, Instrument, SafetyLevel
from kap.instruments.scoring import score
from kap.instruments.shelf import instrument, library
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.sentences import Sentence, sentence

_UNKNOWN = sentence("The library has no such instrument. Choose one from the library.")
_OTHER_VERSION = sentence("This form was asked under a version the library no longer holds. Ask it again.")
_NO_ITEM = sentence("This form has no such question.")


def definition_of(instrument_id: str, version: int | None = None) -> Instrument:
    """Return an instrument of the library, in the version a form was asked under.

    Raises: Refused.
    """
    if instrument_id not in library():
        raise Refused(_UNKNOWN)
    found = instrument(instrument_id)
    if version is not None and found.version != version:
        raise Refused(_OTHER_VERSION)
    return found


def why_not_sent(definition: Instrument, language: str, *, is_for_profit: bool) -> Sentence | None:
    """Return why a form cannot be put to a client in a language; None where it can."""
    title = definition.about.title
    if definition.about.answered_by is AnsweredBy.CLINICIAN:
        return sentence("{title} is rated by a clinician and is never sent to a client.", title=title)
    if not definition.has_wording:
        return sentence(
            "{title}: only the score may be recorded, because its license does not let us show its words. "
            "It cannot be sent; enter the answers from the holder's own form.",
            title=title,
        )
    if not definition.license.may_show_wording(is_for_profit=is_for_profit):
        return sentence(
            "{title}: its words exclude commercial use, and nobody has said that this house is run without "
            "profit. Enter the answers from the holder's own form, or say so in the library.",
            title=title,
        )
    if language not in languages_of(definition):
        return sentence(
            "{title} has no official words in this language here. Ask it with an interpreter, staff present.",
            title=title,
        )
    return None


def languages_of(definition: Instrument) -> tuple[str, ...]:
    """Return the languages in which the library holds official words of a form."""
    return ("en",) if definition.has_wording else ()


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
