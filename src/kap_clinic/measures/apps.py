"""The measures app."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Forms asked, answers, scores, schedules."""

    name = "kap_clinic.measures"
    label = "measures"
