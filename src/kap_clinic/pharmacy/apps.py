"""The pharmacy app."""

from django.apps import AppConfig


class PharmacyConfig(AppConfig):
    """Safes, containers, syringes and their movements."""

    name = "kap_clinic.pharmacy"
    label = "pharmacy"
