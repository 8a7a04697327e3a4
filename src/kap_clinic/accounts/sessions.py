"""Sessions in the database, written through the door like every other global table."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

from kap_clinic.database.door import Reason, outside


class SessionStore(DatabaseSessions):
    """Django's own database sessions, opened with a reason."""

    def save(self, must_create: bool = False) -> None:
        """Write the session in a transaction of its own."""
        with outside(Reason.SESSION):
            super().save(must_create=must_create)

    def delete(self, session_key: str | None = None) -> None:
        """Remove a session that has ended."""
        with outside(Reason.SESSION):
            super().delete(session_key)

    @classmethod
    def clear_expired(cls) -> None:
        """Remove every session that has run out."""
        with outside(Reason.SESSION):
            super().clear_expired()

    @classmethod
    def get_model_class(cls) -> Any:
        """Return Django's session table."""
        return DatabaseSessions.get_model_class()
