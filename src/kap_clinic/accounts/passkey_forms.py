"""A passkey asked at the door, as the second step, or to confirm; a wrong one leaves its row in the trail."""

from __future__ import annotations

from collections.abc import Callable

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.core.exceptions import ValidationError

from .models import Account
from .passkeys import account_named

# Somebody who must wait has left enough rows; a wrong code then leaves none either.
_WAITS = "too_many_login_attempts"


class PasskeyAtTheDoor(LoginWebAuthnForm):
    """A passkey in place of a password; it says by itself whose it is."""

    def clean_credential(self) -> Authenticator:
        """Check the answer."""
        return _noticed(super().clean_credential, lambda: account_named(self.cleaned_data["credential"]))


class PasskeyAfterPassword(AuthenticateWebAuthnForm):
    """A passkey as the second step."""

    def clean_credential(self) -> Authenticator:
        """Check the answer."""
        return _noticed(super().clean_credential, lambda: self.user)


class PasskeyAgain(ReauthenticateWebAuthnForm):
    """A passkey of somebody who is signed in: to confirm a change, or to unlock the screen."""

    def clean_credential(self) -> Authenticator:
        """Check the answer."""
        return _noticed(super().clean_credential, lambda: self.user)


def _noticed(check: Callable[[], Authenticator], whose: Callable[[], Account | None]) -> Authenticator:
    """Check, and tell of a wrong answer; one that names nobody here has nobody's trail to stand in."""
    try:
        return check()
    except ValidationError as wrong:
        account = whose() if wrong.code != _WAITS else None
        if account is not None:
            authentication_failed.send(
                sender=Authenticator, request=context.request, user=account, authenticator=None,
                reauthentication=False,
            )  # fmt: skip
        raise
