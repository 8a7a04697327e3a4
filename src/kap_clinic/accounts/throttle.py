"""Throttling counters shared by every worker: Django's database cache, written through the door.

The sign-in library counts by its own locks. What clients open by link is counted here in one statement, so
that a worker killed midway leaves no lock behind that keeps a client's answer out.
"""

import time
from collections.abc import Mapping
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connection

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


# One row counts one thing in one stretch of time; the worker clears what is over.
_COUNT = """
    INSERT INTO django_cache (cache_key, value, expires)
    SELECT key, '1', now() + make_interval(secs => lasts)
    FROM unnest(%s::text[], %s::float[]) AS told (key, lasts)
    ON CONFLICT (cache_key) DO UPDATE SET value = (django_cache.value::bigint + 1)::text
    RETURNING cache_key, value
"""


def is_within(bounds: Mapping[str, tuple[int, int]]) -> bool:
    """Count one more of each of these, and say whether all stay within their bounds.

    Shape: each is named, with so many in so many seconds.
    """
    stretch = {name: f"count:{name}:{int(time.time()) // bounds[name][1]}" for name in sorted(bounds)}
    lasts = [float(bounds[name][1]) for name in stretch]
    with outside(Reason.THROTTLE), connection.cursor() as cursor:
        cursor.execute(_COUNT, [list(stretch.values()), lasts])
        counted = dict(cursor.fetchall())
    return all(int(counted[key]) <= bounds[name][0] for name, key in stretch.items())
