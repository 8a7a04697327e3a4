"""What a sharing grant opens to another organization: its own rows, to be read, and nothing else."""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID

import pytest
from tests.rows import NOON
from tests.strangers import MARK, READS, WRITES, addresses, everything, path_of, probe

from kap.people.roles import ROLES
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

SHARED_PROBES = 2_000
# What a grant of one person's chart opens, to read; and the grant itself.
SHARED = {
    "organizations_sharing", "people_person", "people_recordedfact", "people_unread", "plans_plan",
    "plans_planentry", "plans_plannedsession", "screening_historyanswer", "screening_signeddecision",
}  # fmt: skip


@pytest.fixture
def granted(two: Any) -> Any:
    """The marked chart of the others is shared with us."""
    from kap_clinic.organizations.models import Sharing
    from kap_clinic.people.models import Unread

    ours, theirs, ids = two
    with theirs.acting():
        ids["people_unread"] = Unread.objects.create(
            organization_id=theirs.id, person_id=ids["people_person"], brought_by_id=ids["people_import"],
            source=MARK, place="c", came_from="c#code", why='["not read", {}]', recorded_at=NOON,
        ).id  # fmt: skip
        Sharing.objects.create(
            organization_id=theirs.id, receiver_id=ours.id, kind="person", subject_id=ids["people_person"],
            giver_name=MARK, receiver_name="Ours", because="one retreat", granted_at=NOON,
            granted_by=theirs.program.id,
        )  # fmt: skip
    return two


def test_a_shared_chart_opens_its_own_rows_to_be_read_and_nothing_else_to_any_statement(granted):
    from kap_clinic.people.models import Person, RecordedFact, Unread
    from kap_clinic.plans.models import Plan, PlanEntry, PlannedSession
    from kap_clinic.screening.models import HistoryAnswer, SignedDecision

    ours, theirs, ids = granted
    with theirs.acting():
        another = Person.objects.create(
            organization_id=theirs.id, name=f"{MARK} kept", sort_name="kept", stage="referral",
            opened_at=NOON, opened_by=theirs.program.id,
        )  # fmt: skip
        kept = Plan.objects.create(
            organization_id=theirs.id, person=another, site_id=ids["organizations_site"], protocol=MARK,
            version=1, start_on=NOON.date(), time_zone="UTC", made_at=NOON, made_by=new_id(),
        )  # fmt: skip
        PlanEntry.objects.create(
            organization_id=theirs.id, plan=kept, number=1, previous="", digest="", text=MARK,
            recorded_at=NOON, recorded_by=new_id(),
        )  # fmt: skip
    before, chance, seen = everything(theirs), random.Random(4), set[str]()
    for number in range(SHARED_PROBES):
        table = chance.choice(sorted(ids))
        is_reading = chance.random() < 0.5
        template = chance.choice(READS if is_reading else WRITES)
        told = {"id": ids[table], "ours": ours.id, "theirs": theirs.id, "mark": MARK}
        outcome = probe(ours, template.format(t=table), told, number)
        assert outcome != "changed", template.format(t=table)
        # A copy of what may be read is refused like every other writing.
        assert outcome != "seen" or (is_reading and table in SHARED), template.format(t=table)
        seen |= {table} if outcome == "seen" else set()
    assert seen == SHARED
    assert everything(theirs) == before
    with ours.acting():
        assert set(Person.objects.exclude(organization_id=ours.id)) == {Person(id=ids["people_person"])}
        assert not Person.objects.filter(id=another.id).exists()
        found = PlanEntry.objects.exclude(organization_id=ours.id).values_list("plan_id", flat=True)
        assert set(found) == {ids["plans_plan"]}
        for model in (RecordedFact, Unread, Plan, PlannedSession, HistoryAnswer, SignedDecision):
            found = model.objects.exclude(organization_id=ours.id).values_list("person_id", flat=True)
            assert set(found) == {ids["people_person"]}


def test_a_shared_chart_is_shown_on_the_pages_of_shared_charts_and_on_no_other(granted):
    ours, _, ids = granted
    client = ours.client_for(ours.member(*[role.id for role in ROLES], name="Probe everything"))
    shown = set()
    for route, names in addresses():
        if route.startswith(("/account/", "/static/", "/refer/", "/demo/")):
            continue
        path = path_of(route, names, [ids["people_person"], ids["organizations_sharing"]], random.Random(5))
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if MARK.encode() in body:
            shown.add(route)
    assert shown == {"/people/shared/"}


def test_a_sharing_grant_opens_exactly_the_one_thing_it_names_to_the_one_it_names_to_read(clinic):
    from kap_clinic.organizations.models import Sharing, Site

    ours, friends, strangers = (clinic.organization(name) for name in ("Ours", "Friends", "Strangers"))
    shared, kept = new_id(), new_id()
    with ours.acting():
        for id, name in ((shared, "Lake house"), (kept, "Town house")):
            Site.objects.create(id=id, organization_id=ours.id, name=name, time_zone="UTC", opened_at=NOON)
        grant = Sharing.objects.create(
            organization_id=ours.id, receiver_id=friends.id, kind="site", subject_id=shared,
            because="one retreat", granted_at=NOON, granted_by=ours.program.id,
        )  # fmt: skip

    def seen_by(house: Any) -> set[UUID]:
        with house.acting():
            return set(Site.objects.values_list("id", flat=True))

    assert (seen_by(ours), seen_by(friends), seen_by(strangers)) == ({shared, kept}, {shared}, set())
    with friends.acting():
        assert Site.objects.filter(id=shared).update(name="Taken") == 0
        assert Site.objects.filter(id=shared).delete()[0] == 0
        assert Sharing.objects.filter(id=grant.id).update(receiver_id=strangers.id) == 0
    with ours.acting():
        Sharing.objects.filter(id=grant.id).update(until=NOON)
    assert seen_by(friends) == set()
    with ours.acting():
        Sharing.objects.filter(id=grant.id).update(until=None, ended_at=NOON, ended_by=ours.program.id)
    assert seen_by(friends) == set()
    with ours.acting():
        Sharing.objects.filter(id=grant.id).update(ended_at=None, ended_by=None, kind="member")
    assert seen_by(friends) == set()
