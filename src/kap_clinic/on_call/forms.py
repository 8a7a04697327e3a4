"""What is asked about the roster: who, from when until when, and how they are reached."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kap.casework.calls import Called
from kap.vocabulary.zones import zone
from kap_clinic.database.identity import new_id
from kap_clinic.website.questions import DayField, KeypadInput

_TIME = forms.TimeInput({"autocomplete": "off", "placeholder": "08:00", "size": 5}, format="%H:%M")


class ReachForm(forms.Form):
    """Who is called, and how."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    member = forms.TypedChoiceField(label=_("Who"), coerce=UUID, widget=forms.RadioSelect)
    phone = forms.CharField(
        label=_("Telephone"),
        help_text=_("With the country, like +15555550100. Text messages and calls go here."),
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=120,
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    gives_number = forms.BooleanField(
        label=_("Clients who answer a question about suicide are told this number"), required=False
    )

    def __init__(self, *arguments: Any, people: list[tuple[UUID, str]], **options: Any) -> None:
        """Offer the people who work here."""
        super().__init__(*arguments, **options)
        offered: Any = self.fields["member"]
        offered.choices = people


class HandOverForm(ReachForm):
    """Who has the rest of a duty, and from when; times are by the clock of the house."""

    from_day = DayField(label=_("From"))
    from_time = forms.TimeField(label=_("At"), widget=_TIME)
    field_order = ("id", "member", "from_day", "from_time", "phone", "email", "gives_number")

    def said(self, time_zone: str) -> dict[str, Any]:
        """Return what the action is told, with the moment in the zone of the house."""
        told = dict(self.cleaned_data)
        told["at"] = _moment(told.pop("from_day"), told.pop("from_time"), time_zone)
        return told


class DutyForm(ReachForm):
    """Who is on call, as what, for which site, from when until when; times are by the clock of the house."""

    place = forms.ChoiceField(
        label=_("Is called"),
        choices=[(Called.ON_CALL.value, _("first")), (Called.BACKUP.value, _("as backup"))],
        widget=forms.RadioSelect,
        initial=Called.ON_CALL.value,
    )
    site = forms.TypedChoiceField(
        label=_("For"),
        help_text=_("A site's own people are called before those for every site."),
        coerce=UUID,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    from_day = DayField(label=_("From"))
    from_time = forms.TimeField(label=_("At"), widget=_TIME, initial=time(8))
    until_day = DayField(label=_("Until"))
    until_time = forms.TimeField(label=_("At"), widget=_TIME, initial=time(8))
    field_order = (
        "id", "member", "place", "site", "from_day", "from_time", "until_day", "until_time", "phone", "email",
        "gives_number",
    )  # fmt: skip

    def __init__(self, *arguments: Any, sites: list[tuple[UUID, str]], **options: Any) -> None:
        """Offer the sites, where the house has more than one place to be on call for."""
        super().__init__(*arguments, **options)
        offered: Any = self.fields["site"]
        offered.choices = [("", _("every site")), *sites]
        if len(sites) < 2:
            del self.fields["site"]

    def said(self, time_zone: str) -> dict[str, Any]:
        """Return what the action is told, with both moments in the zone of the house."""
        told = dict(self.cleaned_data)
        for name, key in (("from", "starts_at"), ("until", "ends_at")):
            told[key] = _moment(told.pop(f"{name}_day"), told.pop(f"{name}_time"), time_zone)
        return told


class MinutesForm(forms.Form):
    """After how many minutes each step of one ladder is called, and what that rests on."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    why = forms.CharField(
        label=_("What these minutes rest on"),
        help_text=_("For example: our drills of May, how far our on-call lives. No client's name."),
        max_length=240,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *arguments: Any, steps: list[tuple[str, int]], **options: Any) -> None:
        """Ask for the minute of each step but the first, which goes out at once."""
        super().__init__(*arguments, **options)
        for number, (words, minute) in enumerate(steps[1:], start=2):
            self.fields[f"step_{number}"] = forms.IntegerField(
                label=words, min_value=1, max_value=24 * 60, initial=minute, widget=KeypadInput()
            )
        self.order_fields(["id", *(name for name in self.fields if name.startswith("step_")), "why"])

    @property
    def minutes(self) -> list[int]:
        """The minutes of every step, the first one at once."""
        return [0, *(value for name, value in self.cleaned_data.items() if name.startswith("step_"))]


class DrillForm(forms.Form):
    """Why a drill is held."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    why = forms.CharField(
        label=_("What is practiced"),
        help_text=_("For example: spring drill, nobody answers for five minutes. No client's name."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def from_now(now: datetime) -> dict[str, Any]:
    """What a hand-over begins with: this moment."""
    return {"from_day": now.date(), "from_time": now.time().replace(second=0, microsecond=0)}


def first_days(today: date) -> dict[str, Any]:
    """What a new duty begins with: from today to tomorrow."""
    return {"from_day": today, "until_day": today + timedelta(days=1)}


def _moment(day: date, at: time, time_zone: str) -> datetime:
    return datetime.combine(day, at, tzinfo=zone(time_zone))
