"""A house with an administrator and a nurse; what a page asks of the database; the mail that went out."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Letter:
    """One mail as its reader sees it."""

    to: str
    subject: str
    text: str

    def link(self, beginning):
        """Return the path of the link that begins like this."""
        return re.search(rf"https?://[^/\s]+({re.escape(beginning)}\S*)", self.text).group(1)


@pytest.fixture
def house(clinic):
    """Return an organization."""
    return clinic.organization()


@pytest.fixture
def administrator(house):
    """Return somebody who invites people and gives them roles."""
    return house.member("administrator", name="Ada Whitlock")


@pytest.fixture
def nurse(house):
    """Return somebody who may not."""
    return house.member("nurse", name="Mira Anand")


@pytest.fixture
def outbox(clinic, monkeypatch):
    """Run the mail jobs that wait, as the worker does, and return every letter sent since the last look."""
    from django.conf import settings
    from django.core import mail
    from procrastinate.contrib.django.models import ProcrastinateJob

    from kap_clinic.accounts.jobs import send_invitation

    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
    mail.outbox = []
    done = set()

    def letters():
        for job in ProcrastinateJob.objects.filter(task_name=send_invitation.name).order_by("id"):
            if job.id not in done:
                done.add(job.id)
                send_invitation(**job.args)
        sent, mail.outbox = mail.outbox, []
        return [Letter(one.to[0], one.subject, one.body) for one in sent]

    return letters


@pytest.fixture
def queries_of():
    """Return how many queries a page needs."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(client, address):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    return count
