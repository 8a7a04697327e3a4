"""What a prescriber is asked: the dose and how it runs, the signature, the reason."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kap.dosing.weights import Basis, Formula
from kap.protocols.definition import Protocol
from kap.vocabulary.quantities import DosePerWeight, Mass, Volume
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.spans import Span
from kap_clinic.database.identity import new_id
from kap_clinic.website.questions import KeypadInput

from .proposing import Wish

PER_WEIGHT, MASS = "mg/kg", "mg"
ROUTES = {
    Route.IV: _("into a vein"),
    Route.IM: _("into a muscle"),
    Route.SC: _("under the skin"),
    Route.SL: _("under the tongue"),
    Route.IN: _("into the nose"),
    Route.PO: _("swallowed"),
}


class WishForm(forms.Form):
    """What is asked for, before any limit; sent by address, so that a proposal can be read again."""

    amount = forms.DecimalField(
        label=_("Dose"), min_value=Decimal("0.01"), max_value=1000, decimal_places=2,
        widget=KeypadInput(is_whole=False),
    )  # fmt: skip
    unit = forms.ChoiceField(
        label=_("Unit"),
        choices=[(PER_WEIGHT, _("mg for each kg")), (MASS, _("mg"))],
        widget=forms.RadioSelect({"data-inline": ""}),
    )
    route = forms.TypedChoiceField(label=_("Route"), coerce=Route)
    over = forms.IntegerField(
        label=_("Over"), min_value=1, max_value=600, required=False, widget=KeypadInput(unit="min")
    )
    made_up_to = forms.DecimalField(
        label=_("Made up to"), min_value=1, max_value=1000, decimal_places=2, required=False,
        widget=KeypadInput(unit="mL", is_whole=False),
    )  # fmt: skip
    basis = forms.TypedChoiceField(
        label=_("Reckoned on"),
        choices=[
            (Basis.ACTUAL.value, _("actual weight")),
            (Basis.IDEAL.value, _("ideal weight")),
            (Basis.ADJUSTED.value, _("adjusted weight")),
        ],
        coerce=Basis,
    )
    formula = forms.TypedChoiceField(
        label=_("Formula for the ideal weight"),
        choices=[
            ("", _("none")),
            (Formula.FEMALE.value, _("female: 45.5 kg at 152.4 cm")),
            (Formula.MALE.value, _("male: 50 kg at 152.4 cm")),
        ],
        coerce=Formula,
        required=False,
    )

    def __init__(self, *arguments: Any, routes: Sequence[Route], **options: Any) -> None:
        """Offer the routes of the protocol."""
        super().__init__(*arguments, **options)
        offered: Any = self.fields["route"]
        offered.choices = [(route.value, ROUTES[route]) for route in routes]

    def wish(self, drug: Drug) -> Wish:
        """Return what is asked for."""
        told = self.cleaned_data
        amount: DosePerWeight | Mass = Mass.mg(told["amount"])
        if told["unit"] == PER_WEIGHT:
            amount = DosePerWeight.mg_per_kg(told["amount"])
        return Wish(
            drug=drug, route=told["route"], amount=amount, basis=told["basis"],
            formula=told["formula"] or None,
        )  # fmt: skip

    def over_span(self) -> Span | None:
        """Return over how long it runs."""
        minutes = self.cleaned_data["over"]
        return Span.minutes(minutes) if minutes else None

    def bag(self) -> Volume | None:
        """Return what it is made up to."""
        volume = self.cleaned_data["made_up_to"]
        return Volume.ml(volume) if volume else None


def usual(protocol: Protocol) -> dict[str, Any]:
    """Return what a protocol asks for at the start, as the form shows it."""
    rules = protocol.doses
    return {
        "amount": rules.start.amount.in_unit("mg/kg").normalize(),
        "unit": PER_WEIGHT,
        "route": protocol.about.routes[0].value,
        "over": int(rules.over.amount.in_unit("min")),
        "made_up_to": "",
        "basis": Basis.ACTUAL.value,
        "formula": "",
    }


class SignForm(forms.Form):
    """The signature under a proposal as it was read."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    seen = forms.CharField(widget=forms.HiddenInput)


class ChangeForm(SignForm):
    """The signature under another proposal, and why."""

    why = forms.CharField(label=_("Why it is changed"), max_length=400, widget=forms.Textarea({"rows": 2}))


class ReleaseForm(forms.Form):
    """The release of an order for its session."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)


class WithdrawForm(ReleaseForm):
    """Why an order is taken back."""

    why = forms.CharField(label=_("Why it is withdrawn"), max_length=400, widget=forms.Textarea({"rows": 2}))
