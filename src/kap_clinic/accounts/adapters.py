"""What the sign-in library is told about this house: no open sign-up, sealed secrets, our names."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from kap_clinic.keys.installation import open_text, seal_text


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: an administrator invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep the door of the library closed; invitations have their own page."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors whose secrets are sealed with the keyring before they reach the database."""

    def encrypt(self, text: str) -> str:
        """Seal a TOTP secret or a recovery seed."""
        return seal_text(text, table="mfa_authenticator", column="data")

    def decrypt(self, encrypted_text: str) -> str:
        """Open what ``encrypt`` sealed."""
        return open_text(encrypted_text, table="mfa_authenticator", column="data")

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """Name this installation to the authenticator: the host, and our product's name."""
        entity = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "OpenKAP"}
