"""The database app: no table of an organization, only what every table stands on."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    """Puts the watch on new connections."""

    name = "kap_clinic.database"
    label = "database"

    def ready(self) -> None:
        """Watch the application's connections for writes without a door."""
        from django.db.backends.signals import connection_created  # noqa: PLC0415 -- django insists

        from .watch import watch  # noqa: PLC0415 -- django insists

        connection_created.connect(watch, dispatch_uid="kap.watch")
