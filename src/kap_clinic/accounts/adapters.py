"""What the sign-in library is told about this house: no open sign-up, sealed secrets, our words."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_rates
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kap_clinic.keys.installation import open_text, seal_text

from . import presence


def minutes_locked_out() -> int:
    """Return how long somebody waits at most after too many wrong attempts."""
    rates = get_rates(app="allauth.account", action="login_failed")
    return max((int(rate.duration) for rate in rates), default=60) // 60


class _Minutes:
    def __str__(self) -> str:
        return str(minutes_locked_out())


_WAIT = format_lazy(
    _("Too many wrong attempts. Wait {minutes} minutes, then try again."), minutes=lazystr(_Minutes())
)
_WRONG = _("The e-mail address or the password is not right. Check both and try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: an administrator invites."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask an administrator."),
        "email_password_mismatch": _WRONG,
        "incorrect_password": _("That is not the password of this account. Try again."),
        "incorrect_code": _("That code or passkey did not match. Try again with the one shown now."),
        "too_many_login_attempts": _WAIT,
        "rate_limited": _WAIT,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep the door of the library closed; invitations have their own page."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the first page this person may open."""
        return reverse("accounts:home")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the sign-in page."""
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the account."""
        return reverse("accounts:account")

    def is_reauthentication_required(self, *, app: str, **named: Any) -> bool:
        """Ask again before second factors change, unless the person has only just signed in."""
        since = self.request.session.get(presence.SIGNED_IN_AT, 0)
        if time.time() - since < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **named)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors whose secrets are sealed with the keyring before they reach the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "This is your only second step, and one is needed to sign in. Add a passkey first."
        ),
        "incorrect_code": _("That code or passkey did not match. Try again with the one shown now."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a TOTP secret or a recovery seed."""
        return seal_text(text, table="mfa_authenticator", column="data")

    def decrypt(self, encrypted_text: str) -> str:
        """Open what ``encrypt`` sealed."""
        return open_text(encrypted_text, table="mfa_authenticator", column="data")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last second factor: staff need one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user: Any, *kind: Authenticator.Type, **named: Any) -> str:
        """Number the passkeys until their owner names them."""
        passkeys = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
        number = passkeys.count() + 1
        return gettext("Passkey {number}").format(number=number)

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """Name this installation to the authenticator: the host, and our product's name."""
        entity = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "OpenKAP"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Name the account to the authenticator by its address; nothing else identifies it to its owner."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.email}
