"""Two organizations cannot see or change each other: tables, pages, ids, API, raw SQL as the app role."""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver
from tests.rows import NOON, fill, tenant_models

from kap.people.roles import ROLES
from kap_clinic.database.door import Reason, outside
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

MARK = "Zanzibar"
RAW_PROBES = 8_000
SHARED_PROBES = 2_000
PAGE_PROBES = 2_000
# What a grant of one person's chart opens, to read; and the grant itself.
SHARED = {
    "organizations_sharing", "people_person", "people_recordedfact", "people_unread", "plans_plan",
    "plans_planentry", "plans_plannedsession", "screening_historyanswer", "screening_signeddecision",
}  # fmt: skip
# What anybody may open without an account; it leaves a row with those whose page it is, and nothing else.
PUBLIC = ("measures.open_forms", "people.open_self_referral", "screening.open_history")

READS = (
    "SELECT * FROM {t} WHERE organization_id = %(theirs)s",
    "SELECT * FROM {t} WHERE id = %(id)s",
    "SELECT * FROM {t} WHERE id = ANY(ARRAY[%(id)s]::uuid[])",
    "SELECT * FROM {t} WHERE organization_id <> %(ours)s",
    "SELECT * FROM {t} a WHERE EXISTS (SELECT 1 FROM {t} b WHERE b.id = %(id)s)",
    "SELECT {t} FROM {t} WHERE {t}::text LIKE '%%' || %(mark)s || '%%'",
    "SELECT count(*) FROM {t} WHERE id = %(id)s HAVING count(*) > 0",
    "WITH x AS (SELECT * FROM {t}) SELECT * FROM x WHERE id = %(id)s",
    "SELECT * FROM {t} TABLESAMPLE SYSTEM (100) WHERE organization_id = %(theirs)s",
    "SELECT * FROM {t} WHERE id = %(id)s FOR UPDATE",
)
WRITES = (
    "UPDATE {t} SET id = id WHERE id = %(id)s",
    "UPDATE {t} SET organization_id = %(ours)s WHERE id = %(id)s",
    "UPDATE {t} SET organization_id = %(theirs)s",
    "DELETE FROM {t} WHERE id = %(id)s",
    "DELETE FROM {t} WHERE organization_id = %(theirs)s",
    "INSERT INTO {t} SELECT * FROM {t} WHERE id = %(id)s",
    "TRUNCATE {t}",
    "ALTER TABLE {t} DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE {t} NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY own_organization ON {t}",
    "COPY {t} TO STDOUT",
    "CREATE OR REPLACE VIEW v AS SELECT * FROM {t}",
    "SET ROLE kap_owner",
    "SET ROLE kap_backup",
    "SET row_security = off; SELECT * FROM {t} WHERE id = %(id)s",
    "LOCK TABLE {t} IN ACCESS EXCLUSIVE MODE",
)


@pytest.fixture
def two(clinic: Any) -> Any:
    """Two organizations with a row in every table; theirs are marked."""
    ours, theirs = clinic.organization("Ours"), clinic.organization(MARK)
    fill(ours, "Own")
    return ours, theirs, fill(theirs, MARK)


def test_raw_sql_as_the_application_role_reaches_no_row_of_another_organization(two):
    ours, theirs, ids = two
    chance, outcomes = random.Random(2), Counter[str]()
    before = _everything(theirs)
    tables = sorted(ids)
    for number in range(RAW_PROBES):
        table, template = chance.choice(tables), chance.choice(READS + WRITES)
        told = {"id": ids[table], "ours": ours.id, "theirs": theirs.id, "mark": MARK}
        outcomes[_probe(ours, template.format(t=table), told, number)] += 1
    assert outcomes["seen"] == outcomes["changed"] == 0
    assert outcomes["nothing"] > 1000
    assert outcomes["refused"] > 1000
    assert _everything(theirs) == before


def _probe(ours: Any, sql: str, told: dict[str, Any], number: int) -> str:
    """Run one statement with our tenant set, then undo it; say whether it saw or changed theirs."""
    try:
        with transaction.atomic(), outside(Reason.SETUP), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('kap.organization', %s, true)", [str(ours.id)])
            cursor.execute(sql, told)
            rows = cursor.fetchall() if cursor.description else []
            transaction.set_rollback(True)
            if any(MARK in str(row) or str(told["theirs"]) in str(row) for row in rows):
                return "seen"
            if cursor.description is None and cursor.rowcount > 0 and "WHERE id" in sql:
                return "changed"
            return "nothing"
    except DatabaseError:
        return "refused"


def _everything(house: Any) -> dict[str, list[Any]]:
    """Return every row of an organization as it sees itself."""
    seen = {}
    with outside(Reason.SETUP), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kap.organization', %s, true)", [str(house.id)])
        for model in tenant_models():
            cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t ORDER BY 1")
            seen[model._meta.db_table] = cursor.fetchall()
    return seen


def test_a_row_cannot_refer_to_a_row_of_another_organization(two):
    ours, _, ids = two
    from kap_clinic.accounts.models import MemberChange

    with pytest.raises(DatabaseError, match="within"), ours.acting():
        MemberChange.objects.create(
            organization_id=ours.id, member_id=ids["accounts_member"], kind="x", roles=[], changed_at=NOON,
            changed_by=new_id(),
        )  # fmt: skip


def _addresses() -> list[tuple[str, list[str]]]:
    """Return every address of the clinic as (template, names of its arguments)."""
    found = []

    def walk(resolver: URLResolver, prefix: str) -> None:
        for pattern in resolver.url_patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern, route)
            elif isinstance(pattern, URLPattern):
                found.append(route)

    walk(get_resolver(), "/")
    return [(route, re.findall(r"<(?:\w+:)?(\w+)>", route)) for route in found]


def test_no_page_or_api_shows_or_changes_anything_of_another_organization_whoever_asks(two):
    ours, theirs, ids = two
    before = _everything(theirs)
    clients = [ours.client_for(ours.member(role.id, name=f"Probe {role.id}")) for role in ROLES]
    clients.append(ours.client_for(ours.member(*[role.id for role in ROLES], name="Probe everything")))
    known = [*ids.values(), theirs.id]
    chance, statuses, asked_for = random.Random(3), Counter(), ""
    addresses = [one for one in _addresses() if not one[0].startswith(("/account/", "/static/"))]
    for _ in range(PAGE_PROBES):
        route, names = chance.choice(addresses)
        path = _path(route, names, known, chance)
        client = chance.choice(clients)
        named = str(chance.choice(known))
        response = _ask(client, path, named, chance)
        statuses[response.status_code] += 1
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode(errors="replace")
        assert MARK not in text, f"{path} shows a marked value"
        # The trail names what somebody asked for and was refused; it learned those ids from the asker.
        asked_for += path + named
        told = asked_for if path.startswith("/audit/") else path + named
        leaked = {str(one) for one in known if str(one) in text and str(one) not in told}
        assert not leaked, f"{path} shows ids of another organization"
        assert response.status_code < 500, f"{path} breaks"
    assert statuses[200] > PAGE_PROBES // 20, statuses
    after = _everything(theirs)
    visits = set(after.pop("audit_entry")) - set(before.pop("audit_entry"))
    assert [row for (row,) in visits if not any(f",{action}," in row for action in PUBLIC)] == []
    assert after == before


def _path(route: str, names: list[str], known: list[UUID], chance: random.Random) -> str:
    for name in names:
        value = str(chance.choice(known)) if chance.random() < 0.9 else str(new_id())
        route = re.sub(rf"<(?:\w+:)?{name}>", value, route, count=1)
    return route.replace("^", "").replace("$", "").replace("\\Z", "")


def _ask(client: Any, path: str, theirs: str, chance: random.Random) -> Any:
    query = chance.choice(
        ["", "?q=Zanz", f"?id={theirs}", f"?subject={theirs}", f"?site={theirs}", f"?after={theirs}"]
    )
    form = dict.fromkeys(("id", "site", "sites", "member", "subject", "receiver", "name", "because"), theirs)
    kind = chance.choice(["get", "get", "get", "post", "put", "delete"])
    if kind == "get":
        return client.get(path + query)
    if kind == "post":
        return client.post(path, form)
    return getattr(client, kind)(path, form, content_type="application/json")


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
    before, chance, seen = _everything(theirs), random.Random(4), set[str]()
    for number in range(SHARED_PROBES):
        table = chance.choice(sorted(ids))
        is_reading = chance.random() < 0.5
        template = chance.choice(READS if is_reading else WRITES)
        told = {"id": ids[table], "ours": ours.id, "theirs": theirs.id, "mark": MARK}
        outcome = _probe(ours, template.format(t=table), told, number)
        assert outcome != "changed", template.format(t=table)
        # A copy of what may be read is refused like every other writing.
        assert outcome != "seen" or (is_reading and table in SHARED), template.format(t=table)
        seen |= {table} if outcome == "seen" else set()
    assert seen == SHARED
    assert _everything(theirs) == before
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
    for route, names in _addresses():
        if route.startswith(("/account/", "/static/", "/refer/", "/demo/")):
            continue
        path = _path(route, names, [ids["people_person"], ids["organizations_sharing"]], random.Random(5))
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
