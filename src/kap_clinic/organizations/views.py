"""The organization's settings."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kap.people.permissions import Permission
from kap.vocabulary.zones import zone
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Step

from . import actions, queries
from .forms import OrganizationForm


@page("organizations.see", needs=Permission.SEE_ORGANIZATION)
def organization(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show what the organization is called and how its screens behave."""
    facts = queries.organization()
    act.about(facts.id)
    minutes, hours = facts.lock_after_minutes, facts.sign_out_after_hours
    shown = [
        (_("Name"), facts.name),
        (_("Language of its mails"), dict(settings.LANGUAGES).get(facts.language, facts.language)),
        (_("A screen locks after"), ngettext("%d minute", "%d minutes", minutes) % minutes),
        (_("A session ends after"), ngettext("%d hour", "%d hours", hours) % hours),
        (_("Id, for sharing with another organization"), str(facts.id)),
    ]
    return render(
        request,
        "organizations/organization.html",
        {"page_title": _("Organization"), "facts": shown, "tabs": tabs_of("organization")},
    )


@page("organizations.change_page", needs=Permission.CHANGE_ORGANIZATION)
def change(request: HttpRequest, act: Acting) -> HttpResponse:
    """Ask for the settings, and change them."""
    form = OrganizationForm(request.POST or None, initial=asdict(queries.organization()))

    def do() -> None:
        actions.change_organization(organization=act.organization, by=act.actor, **form.cleaned_data)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("The organization's settings are saved."))
        return redirect("organizations:organization")
    return render(
        request,
        "website/ask.html",
        {
            "page_title": _("Change the organization's settings"),
            "form": form,
            "submit_label": _("Save the settings"),
            "cancel_url": reverse("organizations:organization"),
            "back_words": _("Organization"),
        },
    )


def tabs_of(here: str) -> list[Step]:
    """Return the links between the pages of the organization."""
    pages = (("organization", _("Settings")), ("sites", _("Sites")), ("grants", _("Shared access")))
    return [Step(words, reverse(f"organizations:{name}"), is_here=name == here) for name, words in pages]


def day_at(moment: datetime | None, time_zone: str) -> str:
    """Write the day something happened, by the clock of the place."""
    return date_format(moment.astimezone(zone(time_zone)), "j M Y") if moment else ""
