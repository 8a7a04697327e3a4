"""The screening app."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Histories told, overrides, signatures."""

    name = "kap_clinic.screening"
    label = "screening"
