"""The orders app."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Orders and their histories."""

    name = "kap_clinic.orders"
    label = "orders"
