"""The outcomes app."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Outcome pages; it has no tables."""

    name = "kap_clinic.outcomes"
    label = "outcomes"
