"""Throttling counters shared by every worker: Django's database cache, written through the door."""

from typing import Any

from django.core.cache.backends.db import DatabaseCache

from kap_clinic.database.door import Reason, outside


class ThrottleCache(DatabaseCache):
    """Django's database cache, opened with a reason; it holds counters and nothing about a person."""

    def _base_set(self, *arguments: Any, **options: Any) -> Any:
        with outside(Reason.THROTTLE):
            return super()._base_set(*arguments, **options)  # type: ignore[misc]

    def _base_delete_many(self, keys: Any) -> bool:
        with outside(Reason.THROTTLE):
            return bool(super()._base_delete_many(keys))  # type: ignore[misc]

    def clear(self) -> None:
        """Forget every counter."""
        with outside(Reason.THROTTLE):
            super().clear()
