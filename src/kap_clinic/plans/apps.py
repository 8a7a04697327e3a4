"""The plans app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans, their sessions and their histories."""

    name = "kap_clinic.plans"
    label = "plans"
