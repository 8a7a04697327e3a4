"""The page behind a sign-in link of the demonstration: who you will be, and one button."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kap_clinic.accounts.demo_links import account_behind, enter_by_link
from kap_clinic.accounts.devices import COOKIE

from .cast import PIN, TABLET, person_with


@never_cache
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Show whom the link signs in; sign in when the button is pressed.

    Raises: Refused for a used or foreign link.
    """
    if request.method == "POST":
        enter_by_link(request, token, timezone.now())
        response = redirect("website:day_board")
        # Whoever looks around has no clinic device: this browser stands in for one.
        response.set_cookie(COOKIE, TABLET, httponly=True, samesite="Lax")
        return response
    person = person_with(account_behind(token).email)
    context = {"page_title": _("Enter the demonstration"), "person": person, "pin": PIN}
    return render(request, "demonstration/enter.html", context)
