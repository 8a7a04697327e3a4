"""A person's outcome: scores before and after, doses marked, integration beside them, the rule's name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.planned import Ward, ward

from kap_clinic.plans.actions import hold_session

pytestmark = pytest.mark.database
NOW = datetime.now(UTC).replace(microsecond=0)


def held(made: Ward, session: str, began: datetime) -> None:
    """A session that took an hour."""
    ended = began + timedelta(hours=1)
    told = made.by("nurse", session=made.session(session).id)
    hold_session(**told, began_at=began, ended_at=ended)


def test_an_outcome_names_the_rule_and_shows_what_is_missing(clinic: Any) -> None:
    made = ward(clinic)
    made.sign_screening()
    made = made.with_plan()
    therapist, address = made.client("therapist"), reverse("outcomes:person", args=[made.person])
    empty = therapist.get(address).content.decode()
    assert "No dose was given yet." in empty
    assert "not scored" in empty
    made.scored(20, NOW - timedelta(days=8))
    held(made, "dose-1", NOW - timedelta(days=5))
    held(made, "integration-1", NOW - timedelta(days=5, hours=-6))
    made.scored(14, NOW - timedelta(days=4))
    held(made, "dose-2", NOW - timedelta(days=3))
    made.scored(9, NOW - timedelta(days=1))
    shown = therapist.get(address).content.decode()
    for words in ("20 → 14", "14 → 9", "+11", "response: yes (rule “usual”)", "remission: no (rule “usual”)"):
        assert words in shown
    assert "within 24 h" in shown
    assert "not recorded" in shown
    assert shown.count('class="dose"') == 4, "two doses, in the wide picture and in the narrow one"
    plan = therapist.get(reverse("plans:plan", args=[made.person])).content.decode()
    assert "1 of 1 dose" in plan or "1 of 2 doses" in plan
    assert made.client("coordinator").get(address).status_code == 403
