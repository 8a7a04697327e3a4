"""Opening the link of an invitation: a new account, or the one somebody has already."""

from __future__ import annotations

from uuid import UUID

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core.internal.ratelimit import consume, respond_429
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from kap.people.roles import role_of
from kap.vocabulary.errors import Refused
from kap_clinic.database.door import Reason, acting, outside
from kap_clinic.organizations import queries as organizations

from . import entrances, invitations
from .forms import JoiningForm
from .models import Account, Invitation

_RATE = {"invitation": "30/5m/ip"}


@never_cache
def join(request: HttpRequest, organization: UUID, invitation: UUID, token: str) -> HttpResponse:
    """Show who invites and as what, and take the person on."""
    if not consume(request, app="kap.accounts", action="invitation", config=_RATE, limit_get=True):
        return respond_429(request)
    if not organizations.exists(organization):
        raise Http404
    try:
        found, house = _look(organization, invitation, token)
    except Refused as refusal:
        why = refusal.sentence.rendered(gettext)
        return render(request, "accounts/invitation_over.html", {"why": why}, status=410)
    shown: dict[str, object] = {
        "organization": house,
        "email": found.email,
        "roles": [role_of(role) for role in found.roles],
    }
    if request.user.is_authenticated:
        return _with_this_account(request, found, token, shown)
    if invitations.has_account(found.email):
        sign_in = f"{reverse('account_login')}?next={request.path}"
        return render(request, "accounts/join_sign_in.html", {**shown, "sign_in_url": sign_in})
    return _with_a_new_account(request, found, token, shown)


def _look(organization: UUID, invitation: UUID, token: str) -> tuple[Invitation, str]:
    with acting(organization, invitations.INVITEE, "accounts.open_invitation") as act:
        found = invitations.opened(act, invitation, token)
        return found, organizations.organization().name


def _with_this_account(
    request: HttpRequest, found: Invitation, token: str, shown: dict[str, object]
) -> HttpResponse:
    person = request.user
    assert isinstance(person, Account)
    is_same = person.email.lower() == found.email.lower()
    if request.method == "POST" and is_same:
        _account, member = invitations.accept(
            organization=found.organization_id, invitation=found.id, token=token, name=found.name,
            account=person,
        )  # fmt: skip
        entrances.enter(request, (found.organization_id, member))
        return redirect("accounts:home")
    return render(request, "accounts/join_here.html", {**shown, "is_same": is_same})


def _with_a_new_account(
    request: HttpRequest, found: Invitation, token: str, shown: dict[str, object]
) -> HttpResponse:
    form = JoiningForm(request.POST or None, initial={"name": found.name}, email=found.email)
    if request.method == "POST" and form.is_valid():
        try:
            account, _member = invitations.accept(
                organization=found.organization_id, invitation=found.id, token=token, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence.rendered(gettext))
        else:
            return _come_in(request, account)
    return render(request, "accounts/join.html", {**shown, "form": form})


def _come_in(request: HttpRequest, account: Account) -> HttpResponse:
    with outside(Reason.SIGN_IN):
        account.backend = "django.contrib.auth.backends.ModelBackend"
        credentials = {"email": account.email}
        return perform_password_login(request, credentials, Login(user=account, email=account.email))
