"""The inspector's page: who, what, whose, when; narrowed, turned over, copied, proven."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from tests.clinic.audit.tables import page_of

from kap_clinic.database.door import acting
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database


@pytest.fixture
def house(clinic):
    return clinic.organization()


@pytest.fixture
def inspector(house):
    return house.member("inspector", name="Inés Prüfer")


@pytest.fixture
def page(house, inspector):
    return house.client_for(inspector)


def shown(response):
    """Return the rows of the page as (who, what, concerning, outcome)."""
    return [line[1:5] for line in page_of(response).lines]


def refused_act(house, by):
    from kap.vocabulary.errors import Refused
    from kap.vocabulary.sentences import sentence

    with pytest.raises(Refused), acting(house.id, by, "organizations.change_site"):
        raise Refused(sentence("The site {name} is closed.", name="Cedar"))


def put_at(clinic, entry, moment):
    """Move one entry's time, as nobody but the tests' superuser can."""
    import psycopg

    address = clinic.cluster.superuser_address(clinic.database)
    with psycopg.connect(**address.conninfo()) as server:
        server.execute("SET session_replication_role = replica")
        server.execute("UPDATE audit_entry SET recorded_at = %s WHERE id = %s", (moment, entry))


def newest_entry(house):
    from kap_clinic.audit.models import Entry

    with house.acting(action="audit.seal"):
        return Entry.objects.order_by("-recorded_at", "-id").values_list("id", flat=True)[0]


def test_the_page_says_who_did_what_and_is_itself_in_the_trail(house, page, inspector):
    nurse = house.member("nurse", name="Nora Quist")
    with acting(house.id, nurse, "organizations.see_site") as act:
        act.about(house.id)
    shown(page.get(reverse("audit:list")))
    rows = shown(page.get(reverse("audit:list")))
    assert rows[0] == ("Inés Prüfer", "Looked at the audit", "", "done")
    assert rows[1] == ("Nora Quist", "Looked at a site", "Cedar House", "done")
    assert house.trail()[-1] == ("audit.see", "done", inspector.id)


def test_a_refusal_shows_its_reason_without_the_values(house, page):
    refused_act(house, house.member("nurse", name="Nora Quist"))
    rows = shown(page.get(reverse("audit:list"), {"refused": "on"}))
    assert rows == [("Nora Quist", "Changed a site", "", "refused: The site … is closed.")]


def test_lines_are_narrowed_by_name_act_and_subject(house, page):
    nora, omar, subject = (
        house.member("nurse", name="Nora Quist"),
        house.member("nurse", name="Omar"),
        new_id(),
    )
    for nurse in (nora, omar):
        with acting(house.id, nurse, "organizations.see_site") as act:
            act.about(subject)
    with acting(house.id, nora, "organizations.see_sites"):
        pass
    by_name = shown(page.get(reverse("audit:list"), {"actor": str(nora.id)}))
    assert [row[1] for row in by_name] == ["Looked at the sites", "Looked at a site"]
    by_act = shown(page.get(reverse("audit:list"), {"action": "organizations.see_site"}))
    assert [row[0] for row in by_act] == ["Omar", "Nora Quist"]
    by_subject = shown(page.get(reverse("audit:list"), {"subject": str(subject), "actor": str(omar.id)}))
    assert by_subject == [("Omar", "Looked at a site", str(subject), "done")]
    assert shown(page.get(reverse("audit:list"), {"actor": "setup", "action": "audit.verify"})) == []


def test_days_begin_and_end_by_the_clock_that_was_chosen(clinic, house, page):
    from kap_clinic.organizations.actions import add_site

    add_site(organization=house.id, by=house.program, id=new_id(), name="Denver", time_zone="America/Denver")
    with acting(house.id, house.program, "organizations.see_grants"):
        pass
    put_at(clinic, newest_entry(house), datetime(2026, 3, 2, 6, 30, tzinfo=UTC))
    asked = {"action": "organizations.see_grants", "end_month": "3", "end_day": "1", "end_year": "2026"}
    denver = shown(page.get(reverse("audit:list"), {**asked, "clock": "America/Denver"}))
    assert len(denver) == 1
    assert shown(page.get(reverse("audit:list"), {**asked, "clock": "UTC"})) == []


def test_days_in_the_wrong_order_are_answered_beside_the_field(page):
    asked = {
        "start_month": "3",
        "start_day": "2",
        "start_year": "2026",
        "end_month": "3",
        "end_day": "1",
        "end_year": "2026",
    }
    response = page.get(reverse("audit:list"), asked)
    assert "The last day is before the first" in response.content.decode()


@pytest.mark.parametrize("asked", [{"subject": "x"}, {"before": "x"}, {"clock": "Mars"}, {"action": "x"}])
def test_what_cannot_be_understood_never_breaks_the_page(page, asked):
    assert page.get(reverse("audit:list"), asked).status_code == 200


def test_pages_turn_over_without_losing_or_repeating_a_line(house, page):
    for _ in range(120):
        with acting(house.id, house.program, "organizations.see_sites"):
            pass
    asked = {"action": "organizations.see_sites"}
    turned = [page_of(page.get(reverse("audit:list"), asked))]
    while "Older" in turned[-1].links:
        turned.append(page_of(page.get(turned[-1].links["Older"])))
    assert [len(one.lines) for one in turned] == [50, 50, 20]
    back = page_of(page.get(turned[-1].links["Newer"]))
    assert back.lines == turned[1].lines
    assert "Newer" not in turned[0].links


def test_one_row_and_three_rows_ask_the_database_the_same(house, page, django_queries):
    from kap_clinic.audit.models import Entry

    shown(page.get(reverse("audit:list")))
    counts = []
    for wanted in (1, 3):
        with house.acting(action="audit.seal"):
            have = Entry.objects.filter(action="organizations.see_site").count()
        for _ in range(wanted - have):
            with acting(house.id, house.member("nurse"), "organizations.see_site") as act:
                act.about(new_id())
        with django_queries() as seen:
            assert len(shown(page.get(reverse("audit:list"), {"action": "organizations.see_site"}))) == wanted
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_nothing_is_said_plainly_when_nothing_is_there(page):
    response = page.get(reverse("audit:list"), {"action": "keys.destroy"})
    assert "Nothing in the trail answers this." in response.content.decode()


def test_a_line_says_whether_it_is_sealed(house, page, tmp_path):
    from kap_clinic.audit.sealer import Sealer

    assert "Nothing is sealed yet" in page.get(reverse("audit:list")).content.decode()
    Sealer(tmp_path).tick()
    with acting(house.id, house.program, "organizations.see_site"):
        pass
    response = page.get(reverse("audit:list"))
    assert "Sealed up to row" in response.content.decode()
    assert page_of(response).lines[-1][5] == "1"
    assert page_of(response).lines[0][5] == ""


@pytest.mark.parametrize(
    ("role", "name", "expected"),
    [
        ("inspector", "list", 200),
        ("medical_director", "list", 200),
        ("nurse", "list", 403),
        ("coordinator", "list", 403),
        ("inspector", "copy", 200),
        ("medical_director", "copy", 403),
        ("nurse", "copy", 403),
    ],
)
def test_only_those_who_may_see_or_copy_the_trail_do(house, role, name, expected):
    client = house.client_for(house.member(role))
    address = reverse(f"audit:{name}", args=["csv"] if name == "copy" else [])
    response = client.get(address)
    assert response.status_code == expected
    b"".join(getattr(response, "streaming_content", []))


@pytest.mark.parametrize(
    ("role", "expected"), [("inspector", 200), ("medical_director", 200), ("nurse", 403)]
)
def test_only_those_who_may_verify_do(house, role, expected, tmp_path):
    member = house.member(role)
    response = house.client_for(member).post(reverse("audit:verify"))
    assert response.status_code == expected
    assert house.trail()[-1] == ("audit.verify" if expected == 200 else "audit.verify_page",
                                 "done" if expected == 200 else "refused", member.id)  # fmt: skip


def test_the_proof_is_shown_with_what_it_counted(house, page, clinic):
    from kap_clinic.audit.sealer import Sealer
    from kap_clinic.keys.ring import home

    Sealer(home()).tick()
    said = page.post(reverse("audit:verify")).content.decode()
    assert "Nothing was changed, removed or added" in said
    put_at(clinic, newest_entry_sealed(house), datetime(2020, 1, 1, tzinfo=UTC))
    said = page.post(reverse("audit:verify")).content.decode()
    assert "The audit is not what was sealed" in said
    assert "is not what was sealed." in said


def newest_entry_sealed(house):
    from kap_clinic.audit.models import Seal

    with house.acting(action="audit.seal"):
        return Seal.objects.order_by("-number").values_list("entry_id", flat=True)[0]


def copied(page, kind, **asked):
    response = page.get(reverse("audit:copy", args=[kind]), asked)
    return b"".join(response.streaming_content).decode()


def test_a_copy_as_csv_holds_every_line_and_no_formula(house, page, inspector):
    schemer = house.member("nurse", name="=HYPERLINK(1)")
    for _ in range(3):
        with acting(house.id, schemer, "organizations.see_site") as act:
            act.about(house.id)
    rows = list(csv.DictReader(io.StringIO(copied(page, "csv", action="organizations.see_site"))))
    assert [row["actor"] for row in rows] == ["'=HYPERLINK(1)"] * 3
    assert rows[0]["action_in_words"] == "Looked at a site"
    assert rows[0]["subjects"] == str(house.id)
    assert house.trail()[-1] == ("audit.export", "done", inspector.id)


def test_a_copy_larger_than_a_batch_is_whole_and_leaves_one_row(house, page, monkeypatch):
    from kap_clinic.audit import actions

    monkeypatch.setattr(actions, "BATCH", 4)
    for _ in range(10):
        with acting(house.id, house.program, "organizations.see_site"):
            pass
    lines = [json.loads(line) for line in copied(page, "jsonl", action="organizations.see_site").splitlines()]
    assert len({line["id"] for line in lines}) == 10
    assert [action for action, _, _ in house.trail()].count("audit.export") == 1


def test_the_row_of_a_copy_is_written_before_its_first_line(house, page):
    response = page.get(reverse("audit:copy", args=["csv"]))
    assert house.trail()[-1][0] == "audit.export"
    response.close()
    assert house.trail()[-1][0] == "audit.export"


def test_another_organizations_lines_never_show(clinic, house, page):
    other = clinic.organization("Other")
    with acting(other.id, other.program, "organizations.see_site"):
        pass
    assert shown(page.get(reverse("audit:list"), {"action": "organizations.see_site"})) == []
    assert copied(page, "jsonl", action="organizations.see_site") == ""
