"""What is asked about an organization, its sites and its grants."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kap.vocabulary.zones import zone, zone_names
from kap_clinic.database.identity import new_id
from kap_clinic.website.questions import DayField, KeypadInput

from .actions import NOT_DEA
from .dea import is_dea_registration, tidied


class ZoneInput(forms.TextInput):
    """A text box that offers the IANA zones as one types."""

    template_name = "organizations/widgets/zone.html"

    def __init__(self) -> None:
        """Hold the name of the list."""
        super().__init__({"list": "zones", "autocomplete": "off", "spellcheck": "false"})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template the zones people live in."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["zones"] = sorted(one for one in zone_names() if "/" in one and "Etc/" not in one)
        return context


class OrganizationForm(forms.Form):
    """Name, language and how screens behave."""

    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language of its mails"), choices=settings.LANGUAGES)
    lock_after_minutes = forms.IntegerField(
        label=_("A screen locks when nobody used it for"),
        help_text=_("1 to 60 minutes. Nobody is signed out, and nothing is lost."),
        min_value=1,
        max_value=60,
        widget=KeypadInput(_("minutes")),  # type: ignore[arg-type]
    )
    sign_out_after_hours = forms.IntegerField(
        label=_("A session ends, however busy, after"),
        help_text=_("1 to 24 hours. One shift is a good measure."),
        min_value=1,
        max_value=24,
        widget=KeypadInput(_("hours")),  # type: ignore[arg-type]
    )


class SiteForm(forms.Form):
    """What is said about a site; the id makes a second click harmless."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    name = forms.CharField(label=_("Name"), max_length=120)
    address = forms.CharField(label=_("Address"), max_length=240, required=False)
    time_zone = forms.CharField(
        label=_("Time zone"),
        help_text=_("Start typing a city, for example Denver. Everything at this site happens by its clock."),
        max_length=64,
        widget=ZoneInput,
    )
    dea_registration = forms.CharField(
        label=_("DEA registration"),
        help_text=_("Without one, no controlled substance may be held, drawn or given at this site."),
        max_length=16,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_time_zone(self) -> str:
        """Take a zone that exists."""
        name: str = self.cleaned_data["time_zone"].strip()
        if name not in zone_names():
            raise forms.ValidationError(_("Choose a time zone of the list, for example America/Denver."))
        return name

    def clean_dea_registration(self) -> str:
        """Take a number whose check digit is right."""
        number = tidied(self.cleaned_data["dea_registration"])
        if number and not is_dea_registration(number):
            raise forms.ValidationError(NOT_DEA.rendered(gettext))
        return number


class SharingForm(forms.Form):
    """With whom something is shared, for what purpose, and until when."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    receiver = forms.UUIDField(
        label=_("Id of the other organization"),
        help_text=_("Its administrator finds it on their organization page. Nothing can be shared by name."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "invalid": _("An organization's id looks like 01932b1e-7c5a-7000-8000-1f2e3d4c5b6a.")
        },
    )
    receiver_name = forms.CharField(
        label=_("What you call it"), help_text=_("Shown beside the grant, on your side only."), max_length=120
    )
    because = forms.CharField(label=_("For what purpose"), max_length=240)
    until_day = DayField(
        label=_("Last day"), help_text=_("Leave it empty to share until you end it."), required=False
    )

    def said(self, time_zone: str) -> dict[str, Any]:
        """Return what the action is told; the last day ends by the site's own clock."""
        said = {name: self.cleaned_data[name] for name in ("id", "receiver", "receiver_name", "because")}
        day = self.cleaned_data["until_day"]
        next_day = day and datetime.combine(day + timedelta(days=1), time.min, zone(time_zone))
        return {**said, "until": next_day or None}
