"""The keys app."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Data keys, wrapped by the keyring."""

    name = "kap_clinic.keys"
    label = "keys"
