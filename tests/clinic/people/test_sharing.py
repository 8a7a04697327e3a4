"""One chart is read by one other organization: for a purpose, in both trails, until it is ended."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from kap.vocabulary.errors import Refused
from kap.vocabulary.facts import Course, Fact
from kap_clinic.database.identity import new_id
from kap_clinic.organizations.granting import Terms
from kap_clinic.people import sharing
from kap_clinic.people.actions import add_facts

pytestmark = pytest.mark.database


class Shared:
    """A chart of ours, another organization, and a prescriber on either side."""

    def __init__(self, charts, clinic):
        self.charts, self.house, self.person = charts, charts.house, charts.person
        self.giver = self.house.member("prescriber", name="Priya Natarajan")
        self.juniper = clinic.organization("Juniper")
        self.reader = self.juniper.member("prescriber", name="Amara Dlamini")
        told = Fact(what="aneurysm", value="Aneurysm of the aorta", when=date(2026, 1, 12),
                    course=Course.PAST, came_from="Condition/c1#code")  # fmt: skip
        add_facts(organization=self.house.id, by=charts.nurse, person=self.person, facts=[told])

    def share(self, by=None, person=None, **other):
        id = new_id()
        terms = {"receiver": self.juniper.id, "receiver_name": "Juniper", "because": "joint spring retreat"}
        sharing.share_chart(
            organization=self.house.id, by=by or self.giver, id=id, person=person or self.person,
            terms=Terms(**{**terms, **other}),
        )  # fmt: skip
        return id

    def end(self, grant, by=None):
        sharing.end_sharing_of_chart(organization=self.house.id, by=by or self.giver, id=grant)

    def seen(self):
        with self.juniper.acting(self.reader) as act:
            return [(one.header.name, one.grant.other_name) for one in sharing.shared_with_us(act)]


@pytest.fixture
def shared(charts, clinic):
    return Shared(charts, clinic)


def test_the_receiver_reads_this_one_chart_until_it_is_ended_and_ending_twice_ends_it_once(shared):
    shared.charts.open("Ben Torres")
    assert shared.seen() == []
    grant = shared.share()
    assert shared.seen() == [("Ana Keller", "Cedar House")]
    with shared.juniper.acting(shared.reader) as act:
        found = sharing.shared_chart(act, grant)
        assert [known.fact.what for known in found.facts] == ["aneurysm"]
        assert sharing.shared_chart(act, new_id()) is None
    for _click in range(2):
        shared.end(grant)
    assert shared.seen() == []
    assert [row[0] for row in shared.house.trail()[-3:]] == [
        "people.share_chart",
        "people.end_sharing_of_chart",
        "people.end_sharing_of_chart",
    ]


def test_it_ends_by_itself_and_a_grant_of_somebody_else_opens_nothing(shared, clinic):
    from kap_clinic.organizations.models import Sharing

    shared.share(until=datetime.now(UTC) + timedelta(hours=1))
    with shared.house.acting():
        Sharing.objects.update(until=datetime.now(UTC) - timedelta(seconds=1))
    assert shared.seen() == []
    stranger = clinic.organization("Strangers")
    with stranger.acting():
        Sharing.objects.create(
            organization_id=stranger.id, receiver_id=shared.juniper.id, kind="person", because="x",
            subject_id=shared.person, granted_at=datetime.now(UTC), granted_by=new_id(),
        )  # fmt: skip
    assert shared.seen() == []


def test_who_may_share_and_end_and_what_makes_no_sense(shared):
    for role in ("nurse", "coordinator", "administrator"):
        with pytest.raises(Refused):
            shared.share(by=shared.house.member(role))
    for other, says in (
        ({"receiver": new_id()}, "no organization with this id"),
        ({"receiver": shared.house.id}, "your own organization"),
        ({"because": " "}, "for what purpose"),
        ({"until": datetime(2020, 1, 1, tzinfo=UTC)}, "end in the future"),
        ({"person": new_id()}, "no chart with this id"),
    ):
        with pytest.raises(Refused, match=says):
            shared.share(**other)
    grant = shared.share()
    with pytest.raises(Refused, match="work of: Prescriber"):
        shared.end(grant, by=shared.charts.nurse)
    with pytest.raises(Refused, match="granted no such access"):
        sharing.end_sharing_of_chart(organization=shared.juniper.id, by=shared.reader, id=grant)
    assert shared.seen() == [("Ana Keller", "Cedar House")]


def test_the_pages_share_read_and_end_and_both_trails_tell_of_it(shared, queries_of):
    giver, reader = shared.house.client_for(shared.giver), shared.juniper.client_for(shared.reader)
    told = {
        "id": str(new_id()), "receiver": str(shared.juniper.id), "receiver_name": "Juniper",
        "because": "joint retreat", "until_day_0": "", "until_day_1": "", "until_day_2": "",
    }  # fmt: skip
    for _click in range(2):
        assert giver.post(f"/people/{shared.person}/share/", told).url == f"/people/{shared.person}/"
    chart = giver.get(f"/people/{shared.person}/").content.decode()
    for part in ("Juniper", "joint retreat", "Priya Natarajan", "End the access of Juniper"):
        assert part in chart
    assert "Ana Keller" in reader.get("/people/shared/").content.decode()
    address = f"/people/shared/{told['id']}/"
    page = reader.get(address).content.decode()
    for part in ("Aneurysm of the aorta", "Cedar House lets you read this chart", "Nothing can be written"):
        assert part in page
    assert shared.juniper.trail()[-1] == ("people.see_shared_chart", "done", shared.reader.id)
    assert shared.house.trail()[-1] == ("people.read_shared_chart", "done", sharing.READER.id)
    # Nowhere else: not in the list, not under its own address, not to those who may see no chart.
    assert "Keller" not in reader.get("/people/").content.decode()
    assert reader.get(f"/people/{shared.person}/").status_code == 403
    administrator = shared.juniper.client_for(shared.juniper.member("administrator"))
    assert administrator.get(address).status_code == 403
    assert shared.house.trail()[-1][0] == "people.read_shared_chart"
    one = queries_of(reader, "/people/shared/")
    for name in ("Ben Torres", "Cleo Marsh"):
        shared.share(person=shared.charts.open(name))
    assert queries_of(reader, "/people/shared/") == one
    giver.post(f"/people/shared/{told['id']}/end/")
    assert reader.get(address).status_code == 404
