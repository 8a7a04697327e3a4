"""What is asked in the room: big targets, few keys, nothing that must be typed where a tap does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kap.monitoring import checklist as items
from kap.monitoring.session import Left
from kap_clinic.accounts.second_signature import SecondPerson
from kap_clinic.database.identity import new_id


class ActForm(forms.Form):
    """An act with the id its maker gives it: sent twice, it is done once."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)


def _asked(label: Any, *choices: tuple[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


class ChecklistForm(ActForm):
    """The checklist before a dose; what is left open stays unknown.

    Missing: ``cssrs`` is empty unless a C-SSRS was filled in today; what it says is not asked here again.
    """

    identity = _asked(
        _("Name and birth date, said by them"), ("yes", _("They agree")), ("no", _("They differ"))
    )
    consent = _asked(
        _("Consent for this drug and route"), ("yes", _("Signed, still wanted")), ("no", _("Not there"))
    )
    companion = _asked(
        _("Afterwards"), ("escort", _("An escort comes")), ("observer", _("Somebody stays overnight")),
        ("no", _("Nobody")),
    )  # fmt: skip
    observer = forms.CharField(label=_("Who stays overnight"), max_length=120, required=False)
    pregnancy = _asked(
        _("Pregnancy"), (items.NEGATIVE, _("hCG negative today")),
        (items.CANNOT, _("Cannot become pregnant")), (items.POSITIVE, _("hCG positive")),
    )  # fmt: skip
    suicide_risk = _asked(
        _("C-SSRS since the last contact"), ("none", _("Nothing")), ("low", _("Low")),
        ("moderate", _("Moderate")), ("high", _("High")),
    )  # fmt: skip
    ate_hours = forms.TypedChoiceField(
        label=_("Last ate, hours"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect,
        choices=[(12, _("12 h or more")), (8, _("8 h")), (6, _("6 h")), (4, _("4 h")), (2, _("2 h or less"))],
    )  # fmt: skip
    drank_hours = forms.TypedChoiceField(
        label=_("Last drank clear liquids, hours"), coerce=int, empty_value=None, required=False,
        widget=forms.RadioSelect,
        choices=[(8, _("8 h or more")), (4, _("4 h")), (2, _("2 h")), (1, _("1 h or less"))],
    )  # fmt: skip
    equipment = _asked(
        _("Oxygen, suction, bag and mask, defibrillator, rescue drugs"), ("yes", _("Checked today")),
        ("no", _("Something is missing")),
    )  # fmt: skip

    asked_at = forms.DateTimeField(widget=forms.HiddenInput, initial=timezone.now)

    _PLAIN = ("identity", "consent", "pregnancy", "equipment")

    def __init__(self, *arguments: Any, cssrs: str = "", **options: Any) -> None:
        """Ask for the C-SSRS only where no form of today tells it."""
        super().__init__(*arguments, **options)
        self.cssrs = cssrs
        if cssrs:
            del self.fields["suicide_risk"]

    def clean(self) -> dict[str, Any]:
        """An overnight observer has a name."""
        said = super().clean() or {}
        if said.get("companion") == "observer" and not said.get("observer", "").strip():
            self.add_error("observer", gettext("Write who stays overnight."))
        return said

    def answers(self) -> dict[str, str]:
        """The answers given, as the checklist takes them; hours are counted back from when it was asked."""
        said = self.cleaned_data
        at = said["asked_at"]
        found = {name: said[name] for name in self._PLAIN if said[name]}
        if risk := self.cssrs or said["suicide_risk"]:
            found[items.SUICIDE_RISK] = risk
        if said["companion"]:
            found[items.COMPANION] = _companion(said["companion"], said["observer"])
        for name, item in (("ate_hours", items.ATE_AT), ("drank_hours", items.DRANK_AT)):
            if said[name] is not None:
                found[item] = (at - timedelta(hours=said[name])).isoformat()
        return found


class SecondForm(ActForm):
    """The second person: who, and their PIN."""

    second = forms.TypedChoiceField(label=_("Second person"), coerce=UUID)
    pin = forms.CharField(
        label=_("Their PIN"), max_length=12,
        widget=forms.PasswordInput({"inputmode": "numeric", "autocomplete": "off"}, render_value=False),
    )  # fmt: skip

    def __init__(self, *arguments: Any, people: list[tuple[UUID, str]], **options: Any) -> None:
        """Offer the people who may stand beside."""
        super().__init__(*arguments, **options)
        offered: Any = self.fields["second"]
        offered.choices = people

    def signer(self, device: str) -> SecondPerson:
        """The second person as they gave themselves."""
        said = self.cleaned_data
        return SecondPerson(member=said["second"], pin=said["pin"], device=device)


class GiveForm(SecondForm):
    """The dose, from the syringe that was drawn up for it."""

    syringe = forms.UUIDField(widget=forms.HiddenInput)


class WhyForm(ActForm):
    """A reason, in a few words."""

    why = forms.CharField(label=_("Why"), max_length=300)


class StopForm(WhyForm):
    """Stopping a running dose: how much has gone in, and why."""

    dose = forms.UUIDField(widget=forms.HiddenInput)
    amount_in = forms.DecimalField(
        label=_("Gone in, mg"), min_value=0, max_digits=8, decimal_places=3,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip


class DoseForm(ActForm):
    """An act on one dose."""

    dose = forms.UUIDField(widget=forms.HiddenInput)


class EventForm(ActForm):
    """One tap: what happened; words only where somebody writes some."""

    what = forms.CharField(max_length=32)
    words = forms.CharField(label=_("In their words, or yours"), max_length=1000, required=False)


class AlarmForm(ActForm):
    """Taking an alarm, with what was done."""

    alarm = forms.UUIDField(widget=forms.HiddenInput)
    done = forms.CharField(label=_("What was done"), max_length=300, required=False)


class StrikeForm(WhyForm):
    """Striking what was charted wrongly."""

    entry = forms.UUIDField(widget=forms.HiddenInput)


class LeavingForm(ActForm):
    """What is seen and said before somebody leaves."""

    steady = _asked(_("Oriented, steady, nausea bearable"), ("yes", _("Yes")), ("no", _("Not yet")))
    instructed = _asked(_("Instructions given and understood"), ("yes", _("Yes")), ("no", _("Not yet")))
    with_whom = _asked(
        _("With whom"), ("escort", _("The escort is here")), ("observer", _("Somebody stays overnight")),
        ("no", _("Nobody yet")),
    )  # fmt: skip
    observer = forms.CharField(label=_("Who"), max_length=120, required=False)
    to = forms.ChoiceField(
        label=_("Where to"), choices=[("home", _("Home")), ("lodging", _("Their lodging here"))],
        required=False, initial="home", widget=forms.RadioSelect,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An overnight observer has a name."""
        said = super().clean() or {}
        if said.get("with_whom") == "observer" and not said.get("observer", "").strip():
            self.add_error("observer", gettext("Write who stays overnight."))
        return said

    def answers(self) -> dict[str, str]:
        """The answers given, as the checklist takes them."""
        said = self.cleaned_data
        found = {name: said[name] for name in ("steady", "instructed") if said[name]}
        if said["with_whom"]:
            found[items.WITH_WHOM] = _companion(said["with_whom"], said["observer"])
        return found

    def where_to(self) -> Left:
        """Home, unless their lodging here was chosen."""
        return Left(self.cleaned_data["to"] or "home")

    def companion(self) -> str:
        """Who takes them over, in words for the note."""
        name = self.cleaned_data["observer"].strip()
        if self.cleaned_data["with_whom"] == "observer":
            return gettext("%(name)s stays overnight") % {"name": name}
        return name or gettext("the escort")


def _companion(kind: str, name: str) -> str:
    return f"{items.OBSERVER}{name.strip()}" if kind == "observer" else kind


class SignForm(ActForm):
    """Signing the note as it was read."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class AmendForm(ActForm):
    """An amendment behind a signed note."""

    words = forms.CharField(
        label=_("What the note should say"), max_length=4000, widget=forms.Textarea({"rows": 4})
    )  # fmt: skip
