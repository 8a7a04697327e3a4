"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, members, invitations."""

    name = "kap_clinic.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Connect what happens after a sign-in."""
        from . import signals  # noqa: F401, PLC0415 -- django insists
