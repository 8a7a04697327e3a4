"""Numbers for the operator's own monitoring: processes, jobs, backups, size; nothing about a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from hmac import compare_digest

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from kap_clinic.audit.backups import standing
from kap_clinic.processes.state import read_state

_JOBS = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1"
_SIZE = "SELECT pg_database_size(current_database())"

Sample = tuple[str, float]


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer a monitor that carries KAP_METRICS_TOKEN; without one set, there is nothing here.

    Shape: the Prometheus text format, version 0.0.4.
    """
    expected = settings.ENVIRONMENT.metrics_token
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not expected or not compare_digest(given.encode(), expected.encode()):
        return HttpResponse("There is nothing at this address.\n", status=404, content_type="text/plain")
    lines = [f"{name} {value:g}\n" for name, value in _samples(datetime.now(UTC))]
    return HttpResponse("".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")


def _samples(at: datetime) -> Iterator[Sample]:
    yield from _processes()
    with connection.cursor() as cursor:
        cursor.execute(_JOBS)
        for status, count in cursor.fetchall():
            yield f'kap_jobs{{status="{status}"}}', count
        cursor.execute(_SIZE)
        yield "kap_database_bytes", cursor.fetchone()[0]
    yield from _backups(at)


def _processes() -> Iterator[Sample]:
    state = read_state(settings.ENVIRONMENT.home)
    for service in state.services if state else ():
        yield f'kap_process_running{{name="{service.name}"}}', service.standing == "running"
        yield f'kap_process_restarts_total{{name="{service.name}"}}', service.restarts


def _backups(at: datetime) -> Iterator[Sample]:
    found = standing(settings.ENVIRONMENT.home)
    if found.made_at:
        yield "kap_backup_age_seconds", (at - found.made_at).total_seconds()
    if found.drilled_at:
        yield "kap_drill_age_seconds", (at - found.drilled_at).total_seconds()
        yield "kap_drill_proven", found.is_proven
