"""Opening a locked screen: by password, by the app's code, or by passkey; whatever the account has."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django import forms
from django.db import transaction
from django.http import HttpRequest

from kap_clinic.database.door import Reason, outside

from . import entrances, presence
from .forms import UnlockByCode, UnlockByPassword
from .models import Account
from .page import workplace_of
from .passkey_forms import PasskeyAgain

_FORMS: Mapping[str, type[Any]] = {
    "password": UnlockByPassword,
    "code": UnlockByCode,
    "credential": PasskeyAgain,
}
_PLACES: Mapping[str, type[Any]] = {
    "password": UnlockByPassword,
    "code": UnlockByCode,
    "passkey": PasskeyAgain,
}


@dataclass(frozen=True)
class Ways:
    """The ways this account can unlock; a way it does not have is None.

    Shape: ``passkey_options`` is what the browser hands to the authenticator.
    """

    password: forms.Form | None
    code: forms.Form | None
    passkey: forms.Form | None
    passkey_options: dict[str, Any]

    @property
    def is_bare(self) -> bool:
        """Whether there is no way at all: an account that came by a demo link."""
        return not (self.password or self.code or self.passkey)


def ways_of(account: Account) -> Ways:
    """Return the ways to unlock, with a fresh challenge for the passkey."""
    kinds = set(Authenticator.objects.filter(user_id=account.id).values_list("type", flat=True))
    has_code = bool(kinds & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES})
    has_passkey = Authenticator.Type.WEBAUTHN in kinds
    return Ways(
        password=UnlockByPassword(user=account) if account.has_usable_password() else None,
        code=UnlockByCode(user=account) if has_code else None,
        passkey=PasskeyAgain(user=account) if has_passkey else None,
        passkey_options={"request_options": begin_authentication(account)} if has_passkey else {},
    )


def try_to_unlock(request: HttpRequest, account: Account) -> tuple[Ways, str | None]:
    """Check the answer that was sent; return where to go on, or None when it was not right."""
    with outside(Reason.SIGN_IN):
        answered = _answered(account, request.POST)
        is_right = answered is not None and answered.is_valid()
        if is_right and isinstance(answered, UnlockByCode | PasskeyAgain):
            answered.save()
    ways = ways_of(account)
    if not (is_right or ways.is_bare):
        return _with(ways, answered), None
    where = workplace_of(request)
    if where is not None:
        transaction.on_commit(lambda: entrances.note(where, "accounts.unlock"))
    return ways, presence.unlock(request.session, time.time())


def _answered(account: Account, sent: Any) -> forms.Form | None:
    for field, form in _FORMS.items():
        if field in sent:
            return form(user=account, data=sent)
    return None


def _with(ways: Ways, answered: forms.Form | None) -> Ways:
    name = next((name for name, form in _PLACES.items() if isinstance(answered, form)), None)
    change: dict[str, Any] = {name: answered} if name and getattr(ways, name) else {}
    # A way the account does not have stays closed, whatever was sent.
    return replace(ways, **change)
