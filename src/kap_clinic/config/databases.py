"""What Django is told of the database: the app role for everything, the owner for migrations."""

from __future__ import annotations

from typing import Any

from kap_clinic.database.addresses import addresses_of

from .environment import Environment


def django_databases(environment: Environment) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES: ``default`` is the app role, ``owner`` migrates."""
    addresses = addresses_of(environment)
    return {"default": django_database(addresses["app"]), "owner": django_database(addresses["owner"])}


def django_database(address: dict[str, Any]) -> dict[str, Any]:
    """Return one entry of DATABASES for an address."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        **address,
    }
