"""What follows a sign-in, a failed one, a sign-out, and a change of second factors."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from allauth.account.signals import user_logged_in as came_in
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from kap.vocabulary.sentences import Sentence, sentence

from . import entrances, presence
from .models import Account
from .page import workplace_of

_WRONG_PASSWORD = sentence("The e-mail address or the password was wrong.")
_WRONG_CODE = sentence("The passkey or code was wrong.")


@receiver(came_in)
def begin(request: HttpRequest, user: Account, **_: Any) -> None:
    """Remember the sign-in; enter the organization at once where there is only one."""
    presence.begin(request.session, time.time(), is_factor_due=not is_mfa_enabled(user))
    workplaces = entrances.workplaces_of(user.id)
    if len(workplaces) == 1:
        entrances.enter(request, workplaces[0])


@receiver(user_login_failed)
def password_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Leave a refusal in the trail of each organization a known account belongs to."""
    if request is None:
        return
    account = entrances.account_under(str(credentials.get("email") or credentials.get("username") or ""))
    if account is not None:
        _failed(request, account, _WRONG_PASSWORD)


@receiver(authentication_failed)
def code_failed(request: HttpRequest, user: Account, **_: Any) -> None:
    """Leave a refusal for a wrong code after the right password, or while unlocking."""
    _failed(request, user, _WRONG_CODE)


@receiver(user_logged_out)
def end(request: HttpRequest, **_: Any) -> None:
    """Leave a row in the trail of the organization that was worked in."""
    where = workplace_of(request)
    if where is not None:
        transaction.on_commit(partial(entrances.note, where, "accounts.sign_out"))


@receiver(authenticator_added)
@receiver(authenticator_removed)
def factors_changed(request: HttpRequest, user: Account, **_: Any) -> None:
    """Remember whether a second factor must still be set up."""
    if is_mfa_enabled(user):
        request.session.pop(presence.FACTOR_DUE, None)
    else:
        request.session[presence.FACTOR_DUE] = True


def _failed(request: HttpRequest, account: Account, why: Sentence) -> None:
    """A person who is signed in was confirming or unlocking; everybody else was signing in."""
    where = workplace_of(request) if request.user.is_authenticated else None
    if where is not None:
        action = "accounts.unlock" if presence.is_locked(request.session) else "accounts.confirm"
        transaction.on_commit(partial(entrances.note_refusal, where, action, why, by_person=True))
        return
    for workplace in entrances.workplaces_of(account.id):
        transaction.on_commit(partial(entrances.note_refusal, workplace, "accounts.sign_in", why))
