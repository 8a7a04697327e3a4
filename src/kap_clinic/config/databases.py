"""What Django is told of the database: the app role for everything, the owner for migrations."""

from __future__ import annotations

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from .environment import Environment


def django_databases(environment: Environment) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES: ``default`` is the app role, ``owner`` migrates."""
    return {
        alias: {
            "ENGINE": "django.db.backends.postgresql",
            **_parts(_address(environment, role)),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
        for alias, role in (("default", "app"), ("owner", "owner"))
    }


def _address(environment: Environment, role: str) -> str:
    if environment.database is not None:
        return getattr(environment.database, role) or ""
    from kap_clinic.database.addresses import embedded_address  # noqa: PLC0415 -- slow import

    return embedded_address(environment.home, role)


def _parts(address: str) -> dict[str, Any]:
    told = dict(conninfo_to_dict(address))
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    parts: dict[str, Any] = {ours: told.pop(theirs, "") for theirs, ours in names.items()}
    return {**parts, "OPTIONS": told}
