"""The demonstration app; it has no table."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """The invented organizations."""

    name = "kap_clinic.demonstration"
    label = "demonstration"
