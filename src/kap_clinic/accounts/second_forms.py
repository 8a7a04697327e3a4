"""What is asked of the second person, the PIN they set, and the device they sign on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kap_clinic.database.identity import new_id

from .pins import LENGTH
from .second_signature import SecondPerson


def pin_box(autocomplete: str) -> forms.PasswordInput:
    """Ask for a PIN on the device's number keys; it is never shown again."""
    return forms.PasswordInput({"inputmode": "numeric", "maxlength": LENGTH, "autocomplete": autocomplete})


class SecondPersonForm(forms.Form):
    """Who stands second, and the PIN or the passkey answer that proves it; other forms build on it."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    second = forms.TypedChoiceField(label=_("Who stands second"), coerce=UUID, required=False)
    pin = forms.CharField(label=_("Their PIN"), max_length=LENGTH, required=False, widget=pin_box("off"))
    credential = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *arguments: Any, people: Sequence[tuple[UUID, str]], usual: UUID | None = None, **options: Any
    ) -> None:
        """Offer the people who may sign, the one of the last time first chosen."""
        super().__init__(*arguments, **options)
        self.order_fields([*(name for name in self.fields if name not in _SECOND), *_SECOND])
        # An empty box of JSON is sent as "null".
        is_by_passkey = self.data.get("credential", "") not in ("", "null")
        self.fields["second"].required = self.fields["pin"].required = not is_by_passkey
        offered: Any = self.fields["second"]
        offered.choices = [("", _("Choose a name")), *((str(id), name) for id, name in people)]
        if usual in {id for id, _name in people}:
            self.initial["second"] = str(usual)

    def second_person(self, cookies: Mapping[str, str], cookie: str) -> SecondPerson:
        """Return what the second person gave, on the device whose cookie this is."""
        told = self.cleaned_data
        return SecondPerson(
            member=told["second"] or None, pin=told["pin"], device=cookies.get(cookie, ""),
            passkey=told["credential"] or None,
        )  # fmt: skip


_SECOND = ("second", "pin", "credential")


class PinForm(forms.Form):
    """A new PIN, twice."""

    pin = forms.CharField(
        label=_("Six digits"),
        help_text=_("Only you know them. They sign beside a colleague; they never sign you in."),
        max_length=LENGTH,
        widget=pin_box("new-password"),
    )
    again = forms.CharField(label=_("The same again"), max_length=LENGTH, widget=pin_box("new-password"))

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ."""
        told: dict[str, Any] = super().clean() or {}
        if {"pin", "again"} <= told.keys() and told["pin"] != told["again"]:
            self.add_error("again", _("The two differ. Type the same six digits twice."))
        return told


class DeviceForm(forms.Form):
    """What people call this device."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    name = forms.CharField(
        label=_("What people call this device"),
        help_text=_("For example: tablet of room 2."),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
