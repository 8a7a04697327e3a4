"""What is asked about a referral, somebody who stands by a client, and a disputed birth date."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kap_clinic.database.identity import new_id
from kap_clinic.website.questions import DayField

from .contacts import Contact
from .forms import OFF, ChartForm, long_text, text
from .referrals import OUTCOMES, Referrer
from .supporters import DOES, MAY_BE_TOLD, Named


class ReferralForm(forms.Form):
    """Who referred somebody, why and when."""

    referral = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    referrer = text(_("Who referred them"))
    practice = text(_("Practice or organization"), required=False)
    referrer_phone = text(_("Telephone of the practice"), 40, required=False)
    referrer_email = forms.EmailField(
        label=_("E-mail of the practice"), required=False, widget=forms.EmailInput(dict(OFF))
    )
    why = long_text(
        _("Why they were referred"), 1200, required=False,
        hint=_("Kept sealed; only those who treat this person can read it afterwards."),
    )  # fmt: skip
    referred_on = DayField(label=_("Day of the referral"), required=False)

    def referral_said(self) -> dict[str, Any]:
        """Return what the action is told of the referral."""
        said = self.cleaned_data
        contact = Contact(phone=said["referrer_phone"], email=said["referrer_email"])
        referrer = Referrer(name=said["referrer"], practice=said["practice"], contact=contact)
        return {"id": said["referral"], "referrer": referrer, "why": said["why"], "on": said["referred_on"]}


class ReferredForm(ChartForm, ReferralForm):
    """A letter on the desk: who sent it, and whom it is about."""

    name = text(_("Name of the person they sent"))
    field_order = (
        "id", "referral", "referrer", "practice", "referrer_phone", "referrer_email", "why", "referred_on",
        "name", "birth", "phone", "email",
    )  # fmt: skip


class ToldBackForm(forms.Form):
    """What the referrer was told."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    outcome = forms.ChoiceField(
        label=_("What they were told"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect
    )
    how = text(_("How they were told"), 160, hint=_("For example: by letter, or by telephone to the nurse."))
    on = DayField(label=_("On which day"))


class RecordsForm(forms.Form):
    """Which files came with a referral."""

    def __init__(self, offered: list[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        """Offer the files that told of this person."""
        super().__init__(*arguments, **named)
        self.fields["records"] = forms.MultipleChoiceField(
            label=_("Which files came with it"), choices=offered, widget=forms.CheckboxSelectMultiple
        )


class SupporterForm(forms.Form):
    """Who stands by a client, as the client says it."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    name = text(_("Name"))
    relation = text(_("Who they are to the client"), 60, required=False, hint=_("For example: brother."))
    phone = text(_("Telephone"), 40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput(dict(OFF)))
    does = forms.ChoiceField(label=_("What they do"), choices=list(DOES.items()), widget=forms.RadioSelect)
    may_be_told = forms.ChoiceField(
        label=_("What they may be told"),
        help_text=_("Ask the client. Whatever is not ticked here is not told."),
        choices=list(MAY_BE_TOLD.items()),
        widget=forms.RadioSelect,
    )

    def named(self) -> Named:
        """Return what the action is told."""
        said = self.cleaned_data
        contact = Contact(phone=said["phone"], email=said["email"])
        told = {name: said[name] for name in ("name", "relation", "does", "may_be_told")}
        return Named(**told, contact=contact)


class BirthForm(forms.Form):
    """Which birth date is right, and how one knows."""

    birth = text(_("Birth date"), 10)
    because = text(_("How you know"), 240, hint=_("For example: seen on the passport."))
