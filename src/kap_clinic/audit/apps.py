"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail and its seals."""

    name = "kap_clinic.audit"
    label = "audit"
