"""Coming in: which organization, the second step, the lock, and one's own account."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kap.people.permissions import Permission
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.organizations import queries as organizations

from . import entrances, lock, presence
from .models import Account
from .page import dress, workplace_of
from .unlocking import try_to_unlock, ways_of

# The first of these that somebody may open is where they arrive.
_ARRIVALS = (
    (Permission.SEE_DAY_BOARD, "website:day_board"),
    (Permission.SEE_ORGANIZATION, "organizations:organization"),
)


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the first page this person may open, after asking for the organization if need be."""
    where = workplace_of(request)
    if where is None:
        return redirect("accounts:choose")
    with acting(where[0], Actor.member(where[1]), "accounts.arrive") as act:
        names = [name for permission, name in _ARRIVALS if act.standing.permits(permission)]
    return redirect(names[0] if names else "accounts:account")


@login_required
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """Ask in which organization to work; where there is only one, nothing is asked."""
    workplaces = entrances.workplaces_of(_person(request).id)
    if request.method == "POST":
        chosen = [where for where in workplaces if str(where[0]) == request.POST.get("organization")]
    else:
        chosen = workplaces if len(workplaces) == 1 else []
    if chosen:
        entrances.enter(request, chosen[0])
        return redirect("accounts:home")
    shown = [(where[0], _name_of(where)) for where in workplaces]
    here = workplace_of(request)
    return render(request, "accounts/choose.html", {"workplaces": shown, "here": here and here[0]})


def _name_of(where: entrances.Workplace) -> str:
    with acting(where[0], Actor.member(where[1]), "accounts.choose"):
        return organizations.organization().name


@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Show how this person signs in, and what they can change about it."""
    own = list(Authenticator.objects.filter(user_id=request.user.pk).order_by("created_at", "pk"))
    kinds = Authenticator.Type
    codes = next((one for one in own if one.type == kinds.RECOVERY_CODES), None)
    shown: dict[str, Any] = {
        "page_title": _("Your account"),
        "passkeys": [one for one in own if one.type == kinds.WEBAUTHN],
        "app": next((one for one in own if one.type == kinds.TOTP), None),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "workplaces": len(entrances.workplaces_of(_person(request).id)),
    }
    where = workplace_of(request)
    if where is None:
        return render(request, "accounts/account.html", shown)
    with acting(where[0], Actor.member(where[1]), "accounts.see_account") as act:
        dress(request, act)
        return render(request, "accounts/account.html", shown)


@login_required
@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a passkey or an authenticator app, before anything else."""
    if not request.session.get(presence.FACTOR_DUE):
        return redirect("accounts:home")
    return render(request, "accounts/second_factor.html")


@login_required
@never_cache
def locked(request: HttpRequest) -> HttpResponse:
    """Lock the screen now; asked without a form, only say how."""
    if request.method == "POST" and not presence.is_locked(request.session):
        lock.lock_now(request, time.time())
    if presence.is_locked(request.session):
        return redirect("accounts:unlock")
    return render(request, "accounts/lock.html")


@login_required
@never_cache
def unlock(request: HttpRequest) -> HttpResponse:
    """Ask who is there; the right answer leads back to the page that was open."""
    if not presence.is_locked(request.session):
        return redirect("accounts:home")
    account = _person(request)
    if request.method != "POST":
        return render(request, "accounts/unlock.html", {"ways": ways_of(account)})
    ways, back = try_to_unlock(request, account)
    if back is not None:
        return redirect(back)
    return render(request, "accounts/unlock.html", {"ways": ways}, status=422)


@require_POST
@login_required
def in_use(request: HttpRequest) -> HttpResponse:
    """Take note that somebody is at the screen, typing or reading, though nothing was sent."""
    return HttpResponse(status=204)


def _person(request: HttpRequest) -> Account:
    person = request.user
    assert isinstance(person, Account), "the page asks for a sign-in first"
    return person


def closed(request: HttpRequest, **_named: str) -> HttpResponse:
    """Answer for the library's pages this house does not have."""
    raise Http404


def to_account(request: HttpRequest) -> HttpResponse:
    """Lead from the library's own overview to ours."""
    return redirect(reverse("accounts:account"))
