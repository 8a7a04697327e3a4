"""The protocols app."""

from django.apps import AppConfig


class ProtocolsConfig(AppConfig):
    """Pages of protocols; it has no tables."""

    name = "kap_clinic.protocols"
    label = "protocols"
