"""How one item of an instrument is asked on a page, whatever kind of answer it takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kap.instruments.answering import Choice, Choices, Clock, Range, Several
from kap.instruments.definition import Instrument, Item
from kap.instruments.reading import NOT_APPLICABLE
from kap.vocabulary.decimals import plain
from kap_clinic.website.questions import KeypadInput

# Up to so many steps a number is chosen with one tap; above it is typed on the keypad.
_MOST_BOXES = 11


def field_of(item: Item, *, label: str, initial: str = "", help_text: str = "") -> forms.Field:
    """Return the field that asks one item; leaving it open is always allowed."""
    told: dict[str, Any] = {"label": label, "initial": initial, "required": False, "help_text": help_text}
    kind = item.kind
    if isinstance(kind, Clock):
        return forms.CharField(max_length=5, widget=forms.TextInput({"inputmode": "text"}), **told)
    if isinstance(kind, Several):
        told["initial"] = initial.split("+") if initial else []
        return forms.MultipleChoiceField(
            choices=_worded(kind.choices), widget=forms.CheckboxSelectMultiple, **told
        )
    if isinstance(kind, Range) and _steps(kind) >= _MOST_BOXES:
        return forms.CharField(max_length=12, widget=KeypadInput(is_whole=kind.step % 1 == 0), **told)
    choices = _numbers(kind) if isinstance(kind, Range) else _worded(kind.choices)
    if item.may_not_apply:
        choices.append((NOT_APPLICABLE, _("Does not apply")))
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **told)


def hints_of(definition: Instrument) -> dict[str, str]:
    """Say of the items that a form passes over after which answer they are asked."""
    return {
        name: str(_("Asked only after question {n}, from {answer} on.")).format(
            n=_number(definition, item), answer=answer_in_words(definition.item(item), plain(least))
        )
        for skip in definition.scoring.skips
        if skip.when.at_most == 0 and len(skip.when.reaching) == 1
        for item, least in skip.when.reaching.items()
        for name in skip.items
    }


def _number(definition: Instrument, item: str) -> str:
    return definition.item(item).label or item


def value_of(answered: Any) -> str:
    """Return what a field holds as an instrument reads it."""
    return "+".join(answered) if isinstance(answered, list) else str(answered or "").strip()


def label_of(definition: Instrument, item: Item) -> str:
    """Return what is printed beside an item: its words where we may show them, else its number."""
    number = item.label or item.id
    return f"{number}. {item.text}" if item.text else str(_("Item {n}")).format(n=number)


def answer_in_words(item: Item, value: str) -> str:
    """Return an answer in the words it was offered in; a number stays a number."""
    kind = item.kind
    if isinstance(kind, Choices | Several):
        words = {str(choice.value): choice.words or str(choice.value) for choice in kind.choices}
        return ", ".join(words.get(part, part) for part in value.split("+"))
    return value


def _worded(choices: tuple[Choice, ...]) -> list[tuple[str, Any]]:
    return [(str(choice.value), choice.words or str(choice.value)) for choice in choices]


def _numbers(kind: Range) -> list[tuple[str, Any]]:
    numbers = [plain(kind.lowest + kind.step * place) for place in range(_steps(kind) + 1)]
    return [(number, number) for number in numbers]


def _steps(kind: Range) -> int:
    return int((kind.highest - kind.lowest) / kind.step)
