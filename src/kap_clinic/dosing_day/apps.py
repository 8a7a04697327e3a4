"""The dosing day app."""

from django.apps import AppConfig


class DosingDayConfig(AppConfig):
    """Dosing sessions, live."""

    name = "kap_clinic.dosing_day"
    label = "dosing_day"
