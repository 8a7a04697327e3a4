"""What is asked of a plan: from which protocol and day, where a session goes, when it was held, why not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kap.protocols.shelf import library
from kap_clinic.database.identity import new_id
from kap_clinic.organizations.queries import SiteFacts
from kap_clinic.website.questions import DayField


def why(label: Any) -> forms.CharField:
    """Ask for a reason."""
    return forms.CharField(label=label, max_length=240, widget=forms.Textarea({"rows": 2}))


def clock(label: Any) -> forms.TimeField:
    """Ask for an hour of the day, as the clock of the place shows it."""
    return forms.TimeField(label=label, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


class PlanForm(forms.Form):
    """From which protocol, from which day, and where."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    protocol = forms.ChoiceField(label=_("Protocol"), widget=forms.RadioSelect)
    start_on = DayField(label=_("First day"), help_text=_("Day 1 of the protocol. Screening lies before it."))
    site = forms.TypedChoiceField(label=_("Where"), coerce=UUID, widget=forms.RadioSelect)
    has_begun = forms.BooleanField(
        label=_("This plan has begun already, and was kept on paper until now"), required=False
    )

    def __init__(self, *arguments: Any, sites: Sequence[SiteFacts], **options: Any) -> None:
        """Offer the protocols of the library and the sites that are open."""
        super().__init__(*arguments, **options)
        protocols: Any = self.fields["protocol"]
        protocols.choices = [(one.id, one.about.title) for one in library()]
        places: Any = self.fields["site"]
        places.choices = [(site.id, f"{site.name} ({site.time_zone})") for site in sites]
        if len(sites) == 1:
            self.initial["site"] = sites[0].id


class MoveForm(forms.Form):
    """Where a session goes, and why."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    on = DayField(label=_("To which day"))
    at = clock(_("Begins at"))
    because = why(_("Why"))


class HeldForm(forms.Form):
    """When a session was held."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    on = DayField(label=_("On which day"))
    began = clock(_("Began at"))
    ended = clock(_("Ended at"))


class WhyForm(forms.Form):
    """Why something is so."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    because = why(_("Why"))
