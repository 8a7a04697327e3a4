"""The cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Clocked cases and their histories."""

    name = "kap_clinic.cases"
    label = "cases"
