"""Sharing: a grant opens one site to one organization, to read, until it ends; both sides see the grant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id
from kap_clinic.organizations import actions, queries

pytestmark = pytest.mark.database


class Two:
    """Two organizations, and a site of the first."""

    def __init__(self, clinic):
        self.cedar, self.juniper = clinic.organization("Cedar House"), clinic.organization("Juniper")
        self.giver = self.cedar.member("administrator")
        self.site = new_id()
        actions.add_site(
            organization=self.cedar.id, by=self.giver, id=self.site, name="Lodge", time_zone="America/Denver"
        )

    def share(self, **other):
        grant = new_id()
        said = {
            "organization": self.cedar.id, "by": self.giver, "id": grant, "site": self.site,
            "receiver": self.juniper.id, "receiver_name": "Juniper", "because": "spring retreat",
        }  # fmt: skip
        actions.share_site(**{**said, **other})
        return grant

    def seen_by_juniper(self):
        with self.juniper.acting():
            return [(site.name, site.shared_by) for site in queries.sites()]


@pytest.fixture
def two(clinic):
    return Two(clinic)


def test_the_receiver_reads_the_site_and_whose_it_is_and_both_sides_see_the_grant(two):
    assert two.seen_by_juniper() == []
    grant = two.share()
    assert two.seen_by_juniper() == [("Lodge", "Cedar House")]
    for house, other, is_given in ((two.cedar, "Juniper", True), (two.juniper, "Cedar House", False)):
        with house.acting():
            found = [(one.id, one.other_name, one.is_given, one.because) for one in queries.grants("site")]
        assert found == [(grant, other, is_given, "spring retreat")]
    assert two.cedar.trail()[-1] == ("organizations.share_site", "done", two.giver.id)


def test_ending_the_grant_closes_the_site_again_and_ending_it_twice_ends_it_once(two):
    grant = two.share()
    for _click in range(2):
        actions.end_sharing(organization=two.cedar.id, by=two.giver, id=grant)
    assert two.seen_by_juniper() == []
    with two.juniper.acting():
        assert [one.ended_at is None for one in queries.grants("site")] == [False]
    assert two.cedar.trail()[-1] == ("organizations.end_sharing", "done", two.giver.id)


def test_a_grant_ends_by_itself_at_its_time(two):
    two.share(until=datetime.now(UTC) + timedelta(hours=1))
    assert two.seen_by_juniper() == [("Lodge", "Cedar House")]
    with two.cedar.acting():
        from kap_clinic.organizations.models import Sharing

        Sharing.objects.update(until=datetime.now(UTC) - timedelta(seconds=1))
    assert two.seen_by_juniper() == []


def test_closing_a_site_ends_what_was_granted_on_it(two):
    two.share()
    actions.close_site(organization=two.cedar.id, by=two.giver, id=two.site)
    with two.juniper.acting():
        assert queries.sites(with_closed=True) == []


def test_the_receiver_may_not_change_close_or_share_on_what_it_reads(two):
    grant = two.share()
    receiver = two.juniper.member("administrator")
    said = {"organization": two.juniper.id, "by": receiver}
    changed = {"name": "Mine", "address": "", "time_zone": "America/Denver", "dea_registration": ""}
    for attempt in (
        lambda: actions.change_site(**said, id=two.site, **changed),
        lambda: actions.close_site(**said, id=two.site),
        lambda: two.share(**said, receiver=two.cedar.id),
    ):
        with pytest.raises(Refused, match="no such site"):
            attempt()
    with pytest.raises(Refused, match="granted no such access"):
        actions.end_sharing(**said, id=grant)
    assert two.seen_by_juniper() == [("Lodge", "Cedar House")]


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"receiver": "unknown"}, "no organization with this id"),
        ({"receiver": "ours"}, "your own organization"),
        ({"until": datetime(2020, 1, 1, tzinfo=UTC)}, "end in the future"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused_with_a_sentence(two, other, says):
    named = {"unknown": new_id(), "ours": two.cedar.id}
    with pytest.raises(Refused, match=says):
        two.share(**{key: named.get(value, value) for key, value in other.items()})
    assert two.cedar.trail()[-1] == ("organizations.share_site", "refused", two.giver.id)


def test_only_an_administrator_grants_or_ends_access(two):
    grant = two.share()
    nurse = two.cedar.member("nurse")
    with pytest.raises(Refused, match="work of: Administrator"):
        two.share(by=nurse)
    with pytest.raises(Refused, match="work of: Administrator"):
        actions.end_sharing(organization=two.cedar.id, by=nurse, id=grant)
    assert two.seen_by_juniper() == [("Lodge", "Cedar House")]


def test_the_pages_grant_and_end_and_the_receivers_pages_show_whose_site_it_is(two):
    giver, receiver = two.cedar.client_for(two.giver), two.juniper.client_for(two.juniper.member("nurse"))
    told = {
        "id": str(new_id()), "receiver": str(two.juniper.id), "receiver_name": "Juniper",
        "because": "retreat", "until_day_0": "", "until_day_1": "", "until_day_2": "",
    }  # fmt: skip
    for _click in range(2):
        answer = giver.post(f"/organization/sites/{two.site}/share/", told)
        assert answer.status_code == 302, answer.content.decode()
    assert "shared by Cedar House" in receiver.get("/organization/sites/").content.decode()
    assert "Shared by Cedar House" in receiver.get(f"/organization/sites/{two.site}/").content.decode()
    assert "retreat" in receiver.get("/organization/sharing/").content.decode()
    giver.post(f"/organization/sharing/{told['id']}/end/")
    assert receiver.get(f"/organization/sites/{two.site}/").status_code == 404


def test_the_list_asks_the_database_as_often_for_three_grants_as_for_one(two, queries_of):
    client = two.cedar.client_for(two.giver)
    two.share()
    client.get("/organization/sharing/")
    one = queries_of(client, "/organization/sharing/")
    two.share()
    two.share()
    assert queries_of(client, "/organization/sharing/") == one
