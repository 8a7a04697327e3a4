"""The on-call app."""

from django.apps import AppConfig


class OnCallConfig(AppConfig):
    """The roster, its channels and the calls that are made."""

    name = "kap_clinic.on_call"
    label = "on_call"
