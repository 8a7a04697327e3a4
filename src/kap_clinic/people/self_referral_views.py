"""People refer themselves on a public page, in English or Spanish, while an administrator keeps it open."""

from __future__ import annotations

from uuid import UUID

from allauth.core.internal.ratelimit import consume, respond_429
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.cache import never_cache

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap_clinic.accounts.page import page
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import SELF_REFERRAL_AGAIN, Acting, acting
from kap_clinic.database.identity import new_id
from kap_clinic.database.models import Installation
from kap_clinic.organizations import queries as organizations
from kap_clinic.website.translated import reviewer_of

from .contacts import Contact
from .enquiries import Said, is_self_referral_open, refer_oneself, switch_self_referral

CLIENT = "client"
_VISITOR = Actor.program("self-referral")
# From one place, and from all places together: so many letters, and so many lines in the trail, a day.
_RATE = {"self-referral": "6/h/ip,200/d/key"}
_LINES = {"self-referral-lines": "200/d/key"}
_LOOKS = {"self-referral-page": "120/h/ip"}


class SelfReferralForm(forms.Form):
    """Five questions in plain words, of which one must be answered besides how to reach you."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    name = forms.CharField(
        label=pgettext_lazy(CLIENT, "Your name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=pgettext_lazy(CLIENT, "Your phone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=pgettext_lazy(CLIENT, "Your e-mail address"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": pgettext_lazy(CLIENT, "Write it like name@example.org.")},
    )
    seeks = forms.CharField(
        label=pgettext_lazy(CLIENT, "What would you like help with?"),
        help_text=pgettext_lazy(CLIENT, "A few words are enough. Only our staff can read them."),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    travel = forms.CharField(
        label=pgettext_lazy(CLIENT, "Where would you travel from?"), max_length=120, required=False
    )

    def clean(self) -> dict[str, object]:
        """Ask for one way to reach them."""
        said = super().clean() or {}
        if not (said.get("phone") or said.get("email") or self.errors):
            self.add_error(
                "phone", pgettext(CLIENT, "Give a phone number or an e-mail address, so that we can answer.")
            )
        return said


@never_cache
def refer(request: HttpRequest, organization: UUID) -> HttpResponse:
    """Ask somebody without an account what they seek, in their language, and keep it as an enquiry."""
    if not consume(request, app="kap.people", action="self-referral-page", config=_LOOKS, limit_get=True):
        return respond_429(request)
    if not organizations.exists(organization):
        raise Http404
    with acting(organization, _VISITOR, _visit(request, organization)) as act:
        is_open, house = is_self_referral_open(act), organizations.organization()
    asked = request.GET.get("language", "")
    language = asked if asked in ("en", "es") else _offered(house.language)
    with translation.override(language):
        shown = {
            "house": house.name,
            "language": language,
            "other": ("es", "Español") if language == "en" else ("en", "English"),
            "is_unreviewed": not reviewer_of(language),
            "is_synthetic": Installation.objects.filter(is_synthetic=True).exists(),
        }
        if not is_open:
            return render(request, "people/refer_closed.html", shown, status=404)
        return _asked(request, organization, language, shown)


def _visit(request: HttpRequest, organization: UUID) -> str:
    # Beyond the bound the page stays open, and only its visits are no longer written down.
    bounded = {"config": _LINES, "key": str(organization), "limit_get": True}
    is_written = consume(request, app="kap.people", action="self-referral-lines", **bounded)
    return "people.open_self_referral" if is_written else SELF_REFERRAL_AGAIN


@page("people.self_referral_page", needs=Permission.CHANGE_ORGANIZATION)
def switch(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show the address of the public page, and open or close it."""
    if request.method == "POST":
        is_open = request.POST.get("open") == "1"
        switch_self_referral(organization=act.organization, by=act.actor, is_open=is_open)
        messages.success(request, _("The page is open.") if is_open else _("The page is closed."))
        return redirect("people:self_referral")
    address = request.build_absolute_uri(reverse("referral:refer", args=[act.organization]))
    shown = {
        "page_title": _("Self-referral page"),
        "is_open": is_self_referral_open(act),
        "address": address,
    }
    return render(request, "people/self_referral.html", shown)


def _offered(language: str) -> str:
    wanted = translation.get_language() or language
    return wanted if wanted in ("en", "es") else "en"


def _asked(request: HttpRequest, organization: UUID, language: str, shown: dict[str, object]) -> HttpResponse:
    form = SelfReferralForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        bounded = {"config": _RATE, "key": str(organization)}
        if not consume(request, app="kap.people", action="self-referral", **bounded):
            return respond_429(request)
        told = form.cleaned_data
        try:
            refer_oneself(
                organization=organization, id=told["id"], name=told["name"], language=language,
                contact=Contact(phone=told["phone"], email=told["email"]),
                said=Said(seeks=told["seeks"], travel=told["travel"]),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.sentence.rendered(lambda words: pgettext(CLIENT, words)))
        else:
            return render(request, "people/refer_thanks.html", shown)
    return render(request, "people/refer.html", {**shown, "form": form})
