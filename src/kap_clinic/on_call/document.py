"""The roster as a document another program reads: who is called, the gaps, the ways out and their tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from kap_clinic.config.environment import Environment
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting

from . import coverage, queries
from .channels import channels_of
from .queries import DailyTestLine, DutyLine

AHEAD = timedelta(days=14)


def roster_document(organization: UUID, environment: Environment, at: datetime) -> dict[str, Any]:
    """Return the roster of one organization for the next two weeks; it holds no number and no address."""
    with acting(organization, Actor.program("command line"), "on_call.see_roster") as act:
        hearing = queries.may_send_safety_forms(act, at)
        lines = queries.duties(act, at, at + AHEAD)
        ways = channels_of(environment)
        return {
            "organization": str(organization),
            "is_heard": hearing.is_heard,
            "why": str(hearing.why),
            "now": [_duty(line) for line in lines if line.starts_at <= at],
            "next": [_duty(line) for line in lines if line.starts_at > at],
            "gaps": [
                {
                    "from": _time(gap.window.opens_at.at), "until": _time(gap.window.closes_at.at),
                    "sites": list(gap.sites),
                }
                for gap in coverage.gaps(act, at, at + AHEAD)
            ],
            "ways_out": {means.value: "real" if way.is_real else "folder" for means, way in ways.items()},
            "tests": [_test(line) for line in queries.daily_tests(act)],
        }  # fmt: skip


def _duty(line: DutyLine) -> dict[str, Any]:
    return {
        "name": line.somebody.name, "called": line.place.value, "site": line.site_name or None,
        "from": _time(line.starts_at), "until": _time(line.until),
        "handed_over_by": line.taken_from or None,
    }  # fmt: skip


def _test(line: DailyTestLine) -> dict[str, Any]:
    return {
        "name": line.name, "sent": _time(line.made_at), "answered": _time(line.received_at),
        "given_up": _time(line.failed_at), "text_not_delivered": line.is_in_vain,
    }  # fmt: skip


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="seconds")
