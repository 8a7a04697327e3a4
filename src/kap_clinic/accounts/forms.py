"""What is asked when somebody joins, unlocks, or is given other roles."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from allauth.account.forms import ReauthenticateForm as LibraryPassword
from allauth.mfa.base.forms import ReauthenticateForm as LibraryCode
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kap_clinic.database.identity import new_id
from kap_clinic.organizations.queries import site_names

from .actions import STAFF_ROLES
from .models import Account

ALL_SITES = "all"


class RoleBoxes(forms.CheckboxSelectMultiple):
    """Roles to tick, each with the sentence that says what it is for."""

    template_name = "accounts/widgets/roles.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Put each role's sentence beside its box."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        sentences = {role.id: role.sentence.rendered(gettext) for role in STAFF_ROLES}
        for _group, options, _index in context["widget"]["optgroups"]:
            for option in options:
                option["sentence"] = sentences[option["value"]]
        return context


def role_choices() -> list[tuple[str, str]]:
    """Return the roles of the staff with their names."""
    return [(role.id, role.name.rendered(gettext)) for role in STAFF_ROLES]


class RolesField(forms.MultipleChoiceField):
    """One or more roles of the staff."""

    def __init__(self, **options: Any) -> None:
        """Offer every role of the staff."""
        super().__init__(label=_("Roles"), choices=role_choices, widget=RoleBoxes, **options)


class SitesField(forms.MultipleChoiceField):
    """All sites, or some."""

    def __init__(self, **options: Any) -> None:
        """Offer the sites of the organization we act in, when the form is shown."""
        super().__init__(
            label=_("Sites"), choices=_site_choices, widget=forms.CheckboxSelectMultiple, **options
        )

    def clean(self, value: Any) -> list[UUID] | None:
        """Answer None for all sites."""
        chosen = super().clean(value)
        return None if ALL_SITES in chosen else [UUID(one) for one in chosen]

    def prepare_value(self, value: Any) -> Any:
        """Show None as the choice of all sites."""
        if value is None:
            return [ALL_SITES]
        return [str(one) for one in value]


def _site_choices() -> list[tuple[str, str]]:
    names = sorted(site_names().items(), key=lambda item: item[1])
    return [
        (ALL_SITES, gettext("All sites, also those opened later")),
        *((str(id), name) for id, name in names),
    ]


class InvitationForm(forms.Form):
    """Whom to invite, as what, and where."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The mail names the organization and nothing else of the clinic."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    roles = RolesField()
    sites = SitesField(initial=[ALL_SITES])


class RolesForm(forms.Form):
    """Other roles, and why."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    roles = RolesField()
    because = forms.CharField(label=_("Why"), max_length=240, required=False)


class SitesForm(forms.Form):
    """Other sites, and why."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    sites = SitesField()
    because = forms.CharField(label=_("Why"), max_length=240, required=False)


class LeavingForm(forms.Form):
    """That somebody has left, and why."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    because = forms.CharField(label=_("Why"), max_length=240, required=False)


class PhoneForm(forms.Form):
    """A phone number, as it is dialed."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("With the country code where it is not a US number. It is stored sealed."),
        max_length=32,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )

    def clean_phone(self) -> str:
        """Take something that can be dialed."""
        phone: str = self.cleaned_data["phone"].strip()
        digits = re.sub(r"\D", "", phone)
        if phone and not (7 <= len(digits) <= 15 and re.fullmatch(r"\+?[\d\s().x-]+", phone)):
            raise forms.ValidationError(_("Enter a number that can be dialed, for example +1 303 555 0142."))
        return phone


class SendingForm(forms.Form):
    """Nothing is asked; the id makes a second click harmless."""

    sending = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)


class JoiningForm(forms.Form):
    """The name colleagues read, and a password."""

    name = forms.CharField(
        label=_("Your name, as colleagues read it"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters. A short sentence of your own is strong, and easy to remember."),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *arguments: Any, email: str, **options: Any) -> None:
        """Hold the address the password must not resemble."""
        super().__init__(*arguments, **options)
        self.email = email

    def clean_password(self) -> str:
        """Take a password that is not easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password, Account(email=self.email))
        return password


class UnlockByPassword(LibraryPassword):
    """The password, once more; wrong ones are throttled by the library."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Ask without the link to a forgotten password: the screen is locked, not the account."""
        super().__init__(*arguments, **options)
        self.fields["password"].help_text = ""


class UnlockByCode(LibraryCode):
    """The code the authenticator app shows, or a recovery code."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Say what is asked."""
        super().__init__(*arguments, **options)
        self.fields["code"].label = _("Code from the app, or a recovery code")
