"""The organizations app."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Tenants, sites, sharing grants."""

    name = "kap_clinic.organizations"
    label = "organizations"
