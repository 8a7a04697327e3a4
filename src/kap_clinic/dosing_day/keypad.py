"""Vital signs by keypad: five numbers in eight seconds, the last values in gray behind the empty boxes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kap.monitoring.vitals import Channel, doubts, packaged_channels

from .forms import ActForm

TYPED = (
    (Channel.SYSTOLIC, "systolic", _("Upper")),
    (Channel.DIASTOLIC, "diastolic", _("Lower")),
    (Channel.HEART_RATE, "heart_rate", _("Heart rate")),
    (Channel.OXYGEN, "oxygen", _("SpO₂")),
    (Channel.BREATHS, "breaths", _("Breaths")),
)
_KEYPAD = {"inputmode": "numeric", "maxlength": "3", "autocomplete": "off", "data-vital": ""}


class VitalsForm(ActForm):
    """Five numbers by keypad and what was observed; the last values stand in gray where nothing is typed."""

    sedation = forms.TypedChoiceField(
        label=_("Sedation, MOAA/S"), choices=[(n, str(n)) for n in (5, 4, 3, 2, 1, 0)], coerce=int,
        empty_value=None, required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    is_by_voice = forms.BooleanField(label=_("I spoke to them"), required=False)
    minutes_ago = forms.TypedChoiceField(
        label=_("Taken"), coerce=int, required=False, initial=0,
        choices=[(0, _("now")), *((n, _("%(n)d min ago") % {"n": n}) for n in (2, 5, 10, 15, 30))],
    )  # fmt: skip
    is_confirmed = forms.BooleanField(label=_("I measured again: this is right"), required=False)

    def __init__(self, *arguments: Any, last: Mapping[Channel, Any] | None = None, **options: Any) -> None:
        """Hold one box for each number, with the last value in gray."""
        super().__init__(*arguments, **options)
        known = last or {}
        for channel, name, label in TYPED:
            ghost = str(known[channel].number) if channel in known else ""
            self.fields[name] = forms.CharField(
                label=label, required=False, widget=forms.TextInput({**_KEYPAD, "placeholder": ghost})
            )

    @property
    def typed(self) -> list[Any]:
        """The boxes of the keypad, in the order they are filled."""
        return [self[name] for _channel, name, _label in TYPED]

    def clean(self) -> dict[str, Any]:
        """Read the numbers; an unusual one must be confirmed, an impossible one is not taken."""
        said = super().clean() or {}
        numbers = {
            channel: number
            for channel, name, _label in TYPED
            if (number := self._number(name, said.get(name, ""))) is not None
        }
        if said.get("sedation") is not None:
            numbers[Channel.SEDATION] = Decimal(said["sedation"])
        if not numbers and not self.errors:
            raise ValidationError(gettext("Type at least one number."), code="nothing")
        for doubt in doubts(numbers, packaged_channels()):
            if doubt.is_impossible or not said.get("is_confirmed"):
                self.add_error(None, doubt.reason.rendered(gettext))
        return {**said, "numbers": numbers}

    def _number(self, name: str, text: str) -> Decimal | None:
        if not text.strip():
            return None
        try:
            number = Decimal(text.strip())
            if number.is_finite() and abs(number) < Decimal(10000):
                return number
        except InvalidOperation:
            pass
        self.add_error(name, gettext("Type a number, like 124."))
        return None

    @property
    def needs_confirming(self) -> bool:
        """Whether what was typed is unusual and possible."""
        numbers = self.cleaned_data.get("numbers", {}) if hasattr(self, "cleaned_data") else {}
        found = doubts(numbers, packaged_channels())
        return bool(found) and not any(doubt.is_impossible for doubt in found)

    def told(self) -> dict[str, Any]:
        """What the action is told."""
        said = self.cleaned_data
        ago = timedelta(minutes=int(said["minutes_ago"] or 0))
        return {
            "id": said["id"], "numbers": said["numbers"], "is_by_voice": said["is_by_voice"],
            "is_confirmed": said["is_confirmed"], "at": timezone.now() - ago if ago else None,
        }  # fmt: skip
