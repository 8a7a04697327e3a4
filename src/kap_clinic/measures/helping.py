"""Help that stands on the page the moment an answer is chosen, before it is saved or anybody heard of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import pgettext

from kap.casework.safety import kind_of_level
from kap.instruments.definition import Instrument, Item
from kap.instruments.reading import NOT_APPLICABLE
from kap.vocabulary.sentences import Sentence
from kap_clinic.cases.safety_answers import EMERGENCY, LIFELINE
from kap_clinic.database.door import acting
from kap_clinic.on_call.queries import number_for_clients

from . import links
from .shelf import level_of


@dataclass(frozen=True)
class HelpShown:
    """The lines of help in the client's language, and the number of whoever is on call.

    Missing: ``phone`` is empty where nobody on call gives theirs.
    """

    lines: tuple[str, ...]
    phone: str


class RadiosWithHelp(forms.RadioSelect):
    """One answer of several; those that need somebody to talk to are marked, so that help shows at once."""

    def __init__(self, helped: Collection[str], choices: Any) -> None:
        """Hold which answers these are."""
        super().__init__(choices=choices)
        self._helped = helped

    def create_option(self, name: str, value: Any, *more: Any, **named: Any) -> dict[str, Any]:
        """Mark an answer that needs help."""
        option: dict[str, Any] = super().create_option(name, value, *more, **named)
        if str(value) in self._helped:
            option["attrs"]["data-helped"] = True
        return option


def mark_helped(field: forms.Field, definition: Instrument, item: Item) -> bool:
    """Mark the answers of a question that open a case; say whether there are any."""
    if not isinstance(field, forms.ChoiceField):
        return False
    choices: Any = field.choices
    values = [str(value) for value, _words in choices if value != NOT_APPLICABLE]
    helped = {value for value in values if _opens_a_case(definition, item, value)}
    if helped:
        field.widget = RadiosWithHelp(helped, choices)
    return bool(helped)


def help_now(organization: UUID) -> HelpShown:
    """Return what stands beside such an answer, in the language of the page."""
    with acting(organization, links.CLIENT, "measures.look") as act:
        phone = number_for_clients(act, timezone.now())
    return HelpShown(lines=in_words((LIFELINE, EMERGENCY)), phone=phone)


def in_words(lines: Collection[Sentence]) -> tuple[str, ...]:
    """Say lines of help in the language of the page."""
    return tuple(line.rendered(lambda words: pgettext("client", words)) for line in lines)


def _opens_a_case(definition: Instrument, item: Item, value: str) -> bool:
    level = level_of(definition, item.id, value)
    return level is not None and kind_of_level(level.value) is not None
