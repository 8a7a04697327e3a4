"""A plan and what was signed go with a shared chart: to be read, and without the reasons."""

from __future__ import annotations

import json
from importlib import import_module

import pytest
from tests.planned import ward
from tests.rows import NOON

from kap_clinic.database.identity import new_id
from kap_clinic.organizations.granting import Terms
from kap_clinic.people import sharing

pytestmark = pytest.mark.database


@pytest.fixture
def joint(clinic):
    """Ana Keller's plan in Cedar House, shared with Juniper."""
    cedar, juniper = ward(clinic), clinic.organization("Juniper")
    cedar.sign_screening()
    planned = cedar.with_plan()
    grant = new_id()
    terms = Terms(receiver=juniper.id, receiver_name="Juniper", because="joint retreat")
    told = {"organization": cedar.house.id, "by": cedar.staff["prescriber"], "id": grant}
    sharing.share_chart(**told, person=cedar.person, terms=terms)
    return planned, juniper, grant


def test_the_receiver_reads_the_sessions_what_was_signed_and_what_was_told_and_changes_nothing(joint):
    cedar, juniper, grant = joint
    from kap_clinic.plans.actions import stop_plan
    from kap_clinic.plans.models import PlannedSession
    from kap_clinic.screening.models import Signature

    reader = juniper.member("prescriber", name="Amara Dlamini")
    page = juniper.client_for(reader).get(f"/people/shared/{grant}/").content.decode()
    for part in ("Five-day intensive", "America/Denver", "Day 2, ", "Plan made", "Go on to preparation",
                 "Signed by Priya Natarajan", "who assessed what the software does not screen",
                 "health history", "Overnight observer"):  # fmt: skip
        assert part in page, part
    assert "/plans/sessions/" not in page
    assert "Rosa Marquez" not in page
    assert "this clinic" not in page
    assert cedar.house.trail()[-1][0] == "people.read_shared_chart"
    with juniper.acting(reader) as act:
        found = sharing.shared_chart(act, grant)
        assert found.plan.facts.made_by == "Cedar House"
        assert PlannedSession.objects.filter(person_id=cedar.person).update(title="Taken") == 0
        # What was found and why is the giver's alone.
        assert not Signature.objects.exists()
    nurse = juniper.member("administrator")
    assert juniper.client_for(nurse).get(f"/people/shared/{grant}/").status_code == 403
    stop_plan(**{**cedar.by("prescriber", plan=cedar.plan), "because": "moved away"})
    assert (
        "The plan was stopped." in juniper.client_for(reader).get(f"/people/shared/{grant}/").content.decode()
    )
    sharing.end_sharing_of_chart(organization=cedar.house.id, by=cedar.staff["prescriber"], id=grant)
    with juniper.acting(reader):
        assert not PlannedSession.objects.exists()


def test_what_was_signed_before_this_release_is_told_as_it_stands(clinic):
    from django.apps import apps
    from django.db import connection

    from kap_clinic.screening.models import Signature, SignedDecision

    cedar = ward(clinic)
    migration = import_module("kap_clinic.screening.migrations.0006_signeddecision")
    with cedar.house.acting(action="audit.seal"):
        Signature.objects.create(
            organization_id=cedar.house.id, person_id=cedar.person, number=1, previous="", digest="",
            text=json.dumps({"body": {"screening": {"verdict": "hold"}}}), drug="ketamine", route="im",
            decision="wait", signed_at=NOON, signed_by=cedar.staff["prescriber"].id,
        )  # fmt: skip
        with connection.schema_editor(atomic=False) as editor:
            migration.tell_what_was_decided(apps, editor)
        told = SignedDecision.objects.values_list("person_id", "route", "decision", "verdict", "signed_by")
        assert list(told) == [(cedar.person, "im", "wait", "hold", "Priya Natarajan")]
