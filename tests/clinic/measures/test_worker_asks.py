"""The worker asks what schedules ask without being told: it visits every house when its minute comes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from tests.clinic.measures.conftest import open_chart
from tests.clinic.test_worker import home, until, worker

from kap_clinic.measures import following
from kap_clinic.measures.jobs import do_what_is_due, keep_time, visit
from kap_clinic.measures.models import Followed

__all__ = ["home", "worker"]
pytestmark = [pytest.mark.database]


def follow(desk, person=None):
    told = desk.by(desk.nurse, person=person or desk.person, schedule_id="usual", time_zone="America/Denver")
    following.follow(**told, starts_on=datetime.now(UTC).date() - timedelta(days=2))


def waiting():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'organization' FROM procrastinate_jobs WHERE task_name = 'measures.visit'"
        )
        return sorted(row[0] for row in cursor.fetchall())


def test_every_house_is_visited_by_a_job_of_its_own_that_waits_once(desk, clinic):
    other = clinic.organization("Birch House")
    follow(desk)
    for _again in range(2):
        keep_time(0)
    assert waiting() == sorted([str(desk.house.id), str(other.id)])
    visit(str(desk.house.id))
    assert desk.forms()


def test_one_clients_trouble_keeps_nobody_else_waiting(desk, caplog):
    follow(desk)
    with desk.house.acting():
        Followed.objects.update(schedule="gone@1")
    ben = open_chart(desk.house, desk.nurse, "Ben Tran")
    follow(desk, ben)
    assert do_what_is_due(desk.house.id, datetime.now(UTC))[1] == 6
    assert "There is no schedule 'gone'" in caplog.text


@pytest.mark.slow
def test_the_worker_asks_by_itself(desk, request):
    follow(desk)
    request.getfixturevalue("worker")
    until(desk.forms)
