"""Invented forms for /design: one question of each kind, right and wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .questions import DayField, KeypadInput


class SpecimenForm(forms.Form):
    """One question of each kind."""

    name = forms.CharField(label=_("Full name"), help_text=_("As on the license."))
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The invitation goes there."))
    born_on = DayField(label=_("Date of birth"), help_text=_("For example 3 27 1984."))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose a role")), ("nurse", _("Nurse")), ("therapist", _("Therapist"))],
    )
    sites = forms.MultipleChoiceField(
        label=_("Sites"),
        help_text=_("Where this person works."),
        choices=[("cedar", "Cedar House"), ("birch", "Birch Lodge")],
        widget=forms.CheckboxSelectMultiple,
    )
    nights = forms.ChoiceField(
        label=_("Nights after a dose"),
        choices=[("yes", _("May be the named night staff")), ("no", _("Works days only"))],
        widget=forms.RadioSelect,
    )
    systolic = forms.IntegerField(label=_("Systolic blood pressure"), widget=KeypadInput("mmHg"))
    why = forms.CharField(label=_("Anything to add"), required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label=_("This person has read the house rules"))


class SignInForm(forms.Form):
    """Address and password, as the sign-in page asks for them."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput({"autocomplete": "current-password"})
    )

    def clean(self) -> dict[str, Any]:
        """Nothing opens with a specimen."""
        raise forms.ValidationError(_("This address and password do not belong together. Check both."))


class UnlockForm(forms.Form):
    """The password alone."""

    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class FilterForm(forms.Form):
    """Three filters of a list."""

    who = forms.CharField(label=_("Who"), required=False)
    what = forms.ChoiceField(label=_("What"), required=False, choices=[("", _("Everything"))])
    day = forms.CharField(label=_("On or before"), required=False)


def wrong_form() -> SpecimenForm:
    """The same questions, answered badly."""
    answers = {"name": "Rosa Mendes", "email": "rosa at example", "born_on_month": "2", "born_on_day": "30",
               "born_on_year": "1984", "systolic": "138"}  # fmt: skip
    form = SpecimenForm(answers, prefix=None, auto_id="wrong_%s")
    form.is_valid()
    return form
