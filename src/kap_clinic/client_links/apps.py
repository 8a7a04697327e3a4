"""The client links app."""

from django.apps import AppConfig


class ClientLinksConfig(AppConfig):
    """Links to clients, and the pages around what they open."""

    name = "kap_clinic.client_links"
    label = "client_links"
