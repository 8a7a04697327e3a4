"""What is watched without being asked: daily tests, tests nobody answered, hours in which nobody is on call.

Tests go out in daylight to everybody who will be on call within a day, and none in the demonstration, where
nobody would answer. One that is not answered within the hour, and an hour that nobody covers, open a case: a
call for help might not be heard. Hours ahead that nobody covers are a case of the medical director's before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import timezone

from kap.casework.safety import ROSTER_GAP, UNHEARD
from kap.vocabulary.zones import zone
from kap_clinic.accounts.shown import house_zone, moment_of
from kap_clinic.audit.reading import organizations
from kap_clinic.cases.crises import is_known, open_or_raise
from kap_clinic.database.door import Acting, acting

from . import coverage, queries
from .actions import add_test
from .channels import Channels
from .models import DailyTest, Duty
from .sending import ON_CALL
from .sparing import Spared

TESTED_EVERY = timedelta(hours=20)
ANSWERED_WITHIN = timedelta(hours=1)
DAYLIGHT = range(8, 20)
TESTED_AHEAD = timedelta(hours=24)
WARNED_AHEAD = timedelta(days=7)


def watch(channels: Channels, at: datetime | None = None) -> None:
    """Do what is due in every organization; what fails for one of them holds up no other.

    Raises: KapError in the end, where something had to be left for the next round.
    """
    spared = Spared()
    for organization in organizations():
        now = at or timezone.now()
        with spared.going_on(organization):
            for duty in _untested(organization, now):
                with spared.going_on(duty.id):
                    _test(organization, duty, channels, now)
        with spared.going_on(organization):
            for test in _unanswered(organization, now):
                _give_up(organization, test, now)
        for warn in (_warn_of_now, _warn_of_days_ahead):
            with spared.going_on(organization):
                warn(organization, now)
    spared.tell()


def _untested(organization: UUID, at: datetime) -> list[queries.DutyLine]:
    if settings.ENVIRONMENT.is_demo:
        return []
    with acting(organization, ON_CALL, "on_call.look") as act:
        if not _is_daylight(at):
            return []
        found = queries.on_duty_within(act, at, at + TESTED_AHEAD)
        return [duty for duty in found if not _was_tested(act, duty.id, at)]


def _is_daylight(at: datetime) -> bool:
    return at.astimezone(zone(house_zone())).hour in DAYLIGHT


def _test(organization: UUID, duty: queries.DutyLine, channels: Channels, at: datetime) -> None:
    with acting(organization, ON_CALL, "on_call.test_daily") as act:
        # Two workers look at the same time, and one tests.
        Duty.objects.select_for_update().get(id=duty.id, organization_id=act.organization)
        if not _was_tested(act, duty.id, at):
            add_test(act, duty, channels, at)


def _was_tested(act: Acting, duty: UUID, at: datetime) -> bool:
    since = at - TESTED_EVERY
    rows = DailyTest.objects.filter(organization_id=act.organization, duty_id=duty, made_at__gt=since)
    return bool(rows.exists())


def _unanswered(organization: UUID, at: datetime) -> list[UUID]:
    with acting(organization, ON_CALL, "on_call.look") as act:
        rows = DailyTest.objects.filter(
            organization_id=act.organization, received_at__isnull=True, failed_at__isnull=True,
            made_at__lte=at - ANSWERED_WITHIN,
        )  # fmt: skip
        return list(rows.order_by("made_at").values_list("id", flat=True))


def _give_up(organization: UUID, test: UUID, at: datetime) -> None:
    with acting(organization, ON_CALL, "on_call.give_up_test") as act:
        rows = DailyTest.objects.filter(
            id=test, organization_id=act.organization, received_at__isnull=True, failed_at__isnull=True
        )
        if rows.update(failed_at=at):
            act.about(test)
            why = "A test message to whoever is on call was not answered within an hour."
            open_or_raise(act, id=test, person=None, kind=UNHEARD, why=why, at=at)


def _warn_of_now(organization: UUID, at: datetime) -> None:
    """Where a roster is kept at all, an hour that nobody covers is loud."""
    with acting(organization, ON_CALL, "on_call.look") as act:
        by_id: dict[UUID, list[str]] = {}
        for one in coverage.uncovered(act, at):
            # One case for one gap: it is named after the last duty that ended.
            since = one.since.isoformat() if one.since else f"ever at {one.site}"
            by_id.setdefault(uuid5(organization, f"nobody since {since}"), []).append(one.site)
        new = {id: sites for id, sites in by_id.items() if not is_known(act, id)}
    for id, sites in new.items():
        with acting(organization, ON_CALL, "on_call.warn_of_gap") as act:
            why = f"Nobody is on call now{_at(sites)}."
            open_or_raise(act, id=id, person=None, kind=UNHEARD, why=why, at=at)


def _warn_of_days_ahead(organization: UUID, at: datetime) -> None:
    """Hours within a week that nobody covers become a case while there is time to fill them."""
    with acting(organization, ON_CALL, "on_call.look") as act:
        if not _is_daylight(at) or not coverage.is_kept(act, at):
            return
        clock, new = house_zone(), {}
        for gap in coverage.gaps(act, at, at + WARNED_AHEAD):
            began = gap.window.opens_at.at
            id = uuid5(organization, f"nobody from {began.isoformat()}{_at(gap.sites)}")
            if began > at and not is_known(act, id):
                new[id] = f"Nobody is on call from {moment_of(began, clock)}{_at(gap.sites)}."
    for id, why in new.items():
        with acting(organization, ON_CALL, "on_call.warn_of_gap_ahead") as act:
            open_or_raise(act, id=id, person=None, kind=ROSTER_GAP, why=why, at=at)


def _at(sites: Sequence[str]) -> str:
    named = ", ".join(one for one in sites if one)
    return f" at {named}" if named else ""
