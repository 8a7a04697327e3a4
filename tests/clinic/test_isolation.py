"""Two organizations cannot see or change each other: tables, pages, ids, API, raw SQL as the app role."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from django.db import DatabaseError
from tests.rows import NOON
from tests.strangers import MARK, READS, WRITES, addresses, everything, path_of, probe

from kap.people.roles import ROLES
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

RAW_PROBES = 8_000
PAGE_PROBES = 2_000
# What anybody may open without an account; it leaves a row with those whose page it is, and nothing else.
PUBLIC = ("measures.open_forms", "people.open_self_referral", "screening.open_history")


def test_raw_sql_as_the_application_role_reaches_no_row_of_another_organization(two):
    ours, theirs, ids = two
    chance, outcomes = random.Random(2), Counter[str]()
    before = everything(theirs)
    tables = sorted(ids)
    for number in range(RAW_PROBES):
        table, template = chance.choice(tables), chance.choice(READS + WRITES)
        told = {"id": ids[table], "ours": ours.id, "theirs": theirs.id, "mark": MARK}
        outcomes[probe(ours, template.format(t=table), told, number)] += 1
    assert outcomes["seen"] == outcomes["changed"] == 0
    assert outcomes["nothing"] > 1000
    assert outcomes["refused"] > 1000
    assert everything(theirs) == before


def test_a_row_cannot_refer_to_a_row_of_another_organization(two):
    ours, _, ids = two
    from kap_clinic.accounts.models import MemberChange

    with pytest.raises(DatabaseError, match="within"), ours.acting():
        MemberChange.objects.create(
            organization_id=ours.id, member_id=ids["accounts_member"], kind="x", roles=[], changed_at=NOON,
            changed_by=new_id(),
        )  # fmt: skip


def test_no_page_or_api_shows_or_changes_anything_of_another_organization_whoever_asks(two):
    ours, theirs, ids = two
    before = everything(theirs)
    clients = [ours.client_for(ours.member(role.id, name=f"Probe {role.id}")) for role in ROLES]
    clients.append(ours.client_for(ours.member(*[role.id for role in ROLES], name="Probe everything")))
    known = [*ids.values(), theirs.id]
    chance, statuses, asked_for = random.Random(3), Counter(), ""
    routes = [one for one in addresses() if not one[0].startswith(("/account/", "/static/"))]
    for _ in range(PAGE_PROBES):
        route, names = chance.choice(routes)
        path = path_of(route, names, known, chance)
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
    after = everything(theirs)
    visits = set(after.pop("audit_entry")) - set(before.pop("audit_entry"))
    assert [row for (row,) in visits if not any(f",{action}," in row for action in PUBLIC)] == []
    assert after == before


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
