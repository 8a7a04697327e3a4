"""What is asked at the safe: the label, the volume, and who stands second."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kap.dosing.loading import packaged_limits
from kap.vocabulary.decimals import plain
from kap.vocabulary.quantities import Concentration, Volume
from kap.vocabulary.routes import Drug
from kap_clinic.accounts.second_forms import SecondPersonForm
from kap_clinic.database.identity import new_id
from kap_clinic.website.questions import DayField, KeypadInput


def strengths() -> list[tuple[str, str]]:
    """Return the concentrations the drug comes in."""
    known = packaged_limits().liquids.concentrations.at
    return [(plain(one.in_unit("mg/mL")), str(one)) for one in known]


def milliliters(label: Any, help_text: Any = "", *, lowest: str = "0.0001") -> forms.DecimalField:
    """Ask for a volume as a syringe shows it."""
    return forms.DecimalField(
        label=label, help_text=help_text, min_value=Decimal(lowest), max_value=1000, decimal_places=4,
        widget=KeypadInput(unit="mL", is_whole=False),
    )  # fmt: skip


class DrawForm(SecondPersonForm):
    """Which container, what the syringe shows, and what the second person reads off the label."""

    container = forms.TypedChoiceField(label=_("From which container"), coerce=UUID, widget=forms.RadioSelect)
    drawn = milliliters(_("In the syringe"), _("What you read off the syringe."))
    label = forms.ChoiceField(
        label=_("On the label"),
        help_text=_("The second person reads it off the container, without looking at the log."),
        choices=strengths,
        widget=forms.RadioSelect({"data-inline": ""}),
    )

    def __init__(self, *arguments: Any, containers: Sequence[tuple[UUID, str]], **options: Any) -> None:
        """Offer the containers of this safe, the first to expire first chosen."""
        super().__init__(*arguments, **options)
        offered: Any = self.fields["container"]
        offered.choices = [(str(id), words) for id, words in containers]
        if containers:
            self.initial["container"] = str(containers[0][0])

    def read(self) -> dict[str, Any]:
        """Return container, label and volume as the action takes them."""
        told = self.cleaned_data
        return {
            "container": told["container"],
            "label": Concentration.mg_per_ml(told["label"]),
            "drawn": Volume.ml(told["drawn"]),
        }


class CountForm(SecondPersonForm):
    """What two people found in a container."""

    found = milliliters(_("Found in it"), _("Measure it; do not copy it from the log."), lowest="0")


class WasteFromForm(SecondPersonForm):
    """What is wasted from a container, and why."""

    volume = milliliters(_("Wasted"))
    why = forms.CharField(
        label=_("Why"), help_text=_("For example: single-dose vial, expired."), max_length=240
    )


class BrokenForm(SecondPersonForm):
    """How a container broke."""

    why = forms.CharField(label=_("How it happened"), max_length=400, widget=forms.Textarea({"rows": 2}))


class ReceiveForm(forms.Form):
    """One container as its label and the invoice tell it."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    drug = forms.TypedChoiceField(
        label=_("Drug"), choices=[(Drug.KETAMINE.value, _("ketamine"))], coerce=Drug,
        widget=forms.RadioSelect, initial=Drug.KETAMINE.value,
    )  # fmt: skip
    concentration = forms.ChoiceField(
        label=_("On the label"), choices=strengths, widget=forms.RadioSelect({"data-inline": ""})
    )
    volume = milliliters(_("Volume"))
    lot = forms.CharField(label=_("Lot"), max_length=64, widget=forms.TextInput({"autocomplete": "off"}))
    expires_on = DayField(
        label=_("Expires"), help_text=_("A label with a month only: the last day of that month.")
    )
    came_from = forms.CharField(
        label=_("From whom"), help_text=_("As the invoice says, with its number."), max_length=160
    )


class SendBackForm(forms.Form):
    """Where a container goes."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    to = forms.CharField(
        label=_("To whom"),
        help_text=_("The distributor that takes it back, and the number of the form."),
        max_length=160,
    )


class OpenSafeForm(forms.Form):
    """At which site a safe is opened."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    site = forms.TypedChoiceField(label=_("Where"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, sites: Sequence[tuple[UUID, str]], **options: Any) -> None:
        """Offer the registered sites that have none."""
        super().__init__(*arguments, **options)
        offered: Any = self.fields["site"]
        offered.choices = [(str(id), name) for id, name in sites]
