"""The integration app."""

from django.apps import AppConfig


class IntegrationConfig(AppConfig):
    """Progress notes and their histories."""

    name = "kap_clinic.integration"
    label = "integration"
