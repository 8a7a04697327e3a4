"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Enquiries, charts, facts, imports."""

    name = "kap_clinic.people"
    label = "people"
