"""The staff: roles, sites, phone and leaving, each once, each in the history and in the trail."""

from __future__ import annotations

import threading

import pytest

from kap.vocabulary.errors import Refused
from kap_clinic.accounts import actions, queries
from kap_clinic.database.identity import new_id
from kap_clinic.organizations.actions import add_site

pytestmark = pytest.mark.database


def person(house, member):
    with house.acting() as act:
        return queries.person(act, member.id)


def history(house, member):
    return [(change.kind, change.roles, change.by) for change in person(house, member).history]


def site_of(house, name="Lodge"):
    site = new_id()
    add_site(organization=house.id, by=house.program, id=site, name=name, time_zone="America/Denver")
    return site


def test_new_roles_hold_from_now_on_and_the_old_ones_stay_in_the_history(house, administrator, nurse):
    actions.change_roles(
        organization=house.id, by=administrator, id=new_id(), member=nurse.id,
        roles=["prescriber", "nurse"], because="finished her NP",
    )  # fmt: skip
    assert person(house, nurse).line.roles == ("prescriber", "nurse")
    assert history(house, nurse) == [
        ("roles", ("prescriber", "nurse"), "Ada Whitlock"),
        ("joined", ("nurse",), ""),
    ]
    assert house.trail() == [("accounts.change_roles", "done", administrator.id)]


def test_the_same_click_twice_is_one_change_and_other_content_is_refused(house, administrator, nurse):
    said = {"organization": house.id, "by": administrator, "id": new_id(), "member": nurse.id}
    for _click in range(2):
        actions.change_roles(**said, roles=["therapist"])
    with pytest.raises(Refused, match="already recorded with other content"):
        actions.change_roles(**said, roles=["custodian"])
    assert [kind for kind, _roles, _by in history(house, nurse)] == ["roles", "joined"]
    assert person(house, nurse).line.roles == ("therapist",)


@pytest.mark.parametrize(
    ("roles", "says"),
    [
        ([], "at least one role"),
        (["client"], "not a role of the staff"),
        (["king"], "not a role of the staff"),
    ],
)
def test_a_role_that_is_none_is_refused(house, administrator, nurse, roles, says):
    with pytest.raises(Refused, match=says):
        actions.change_roles(
            organization=house.id, by=administrator, id=new_id(), member=nurse.id, roles=roles
        )
    assert person(house, nurse).line.roles == ("nurse",)


def test_only_an_administrator_changes_the_staff(house, administrator, nurse):
    changes = (
        (actions.change_roles, {"roles": ["administrator"]}),
        (actions.change_sites, {"sites": None}),
        (actions.change_phone, {"phone": "303 555 0142"}),
        (actions.record_leaving, {}),
    )
    expected = []
    for role in ("nurse", "coordinator", "medical_director", "inspector", "engineer"):
        asking = house.member(role)
        for action, more in changes:
            with pytest.raises(Refused, match="work of: Administrator"):
                action(organization=house.id, by=asking, id=new_id(), member=nurse.id, **more)
            expected.append((f"accounts.{action.__name__}", "refused", asking.id))
    assert house.trail() == expected
    assert history(house, nurse) == [("joined", ("nurse",), "")]


def test_sites_are_given_one_by_one_or_all(house, administrator, nurse):
    site = site_of(house)
    said = {"organization": house.id, "by": administrator, "member": nurse.id}
    actions.change_sites(**said, id=new_id(), sites=[site])
    assert person(house, nurse).line.sites == (site,)
    actions.change_sites(**said, id=new_id(), sites=None)
    assert person(house, nurse).line.sites is None
    with pytest.raises(Refused, match="not a site of this organization"):
        actions.change_sites(**said, id=new_id(), sites=[new_id()])
    with pytest.raises(Refused, match="at least one site"):
        actions.change_sites(**said, id=new_id(), sites=[])


def test_a_phone_number_is_stored_sealed_and_opened_for_its_page(house, administrator, nurse):
    from kap_clinic.accounts.models import Member

    said = {"organization": house.id, "by": administrator, "member": nurse.id}
    actions.change_phone(**said, id=new_id(), phone="+1 303 555 0142")
    with house.acting():
        sealed = Member.objects.get(id=nurse.id).phone_sealed
    assert sealed.startswith("v1:")
    assert "0142" not in sealed
    assert person(house, nurse).phone == "+1 303 555 0142"
    actions.change_phone(**said, id=new_id(), phone="")
    assert person(house, nurse).phone == ""


def test_who_has_left_can_open_nothing_from_that_moment(house, administrator, nurse):
    client = house.client_for(nurse)
    assert client.get("/staff/").status_code == 200
    actions.record_leaving(
        organization=house.id, by=administrator, id=new_id(), member=nurse.id, because="moved away"
    )
    assert client.get("/staff/").status_code == 403
    # The session has lost the organization: it is asked where to work, and there is nowhere.
    assert client.get("/staff/")["Location"] == "/account/organization/"
    assert "belongs to no organization" in client.get("/account/organization/").content.decode()
    assert person(house, nurse).line.left_at is not None
    assert history(house, nurse)[0] == ("left", ("nurse",), "Ada Whitlock")
    with pytest.raises(Refused, match="has left"):
        actions.change_roles(
            organization=house.id, by=administrator, id=new_id(), member=nurse.id, roles=["nurse"]
        )


def test_the_last_administrator_stays_one(house, administrator, nurse):
    said = {"organization": house.id, "by": administrator, "member": administrator.id}
    with pytest.raises(Refused, match="last administrator"):
        actions.change_roles(**said, id=new_id(), roles=["nurse"])
    with pytest.raises(Refused, match="last administrator"):
        actions.record_leaving(**said, id=new_id())
    second = house.member("administrator")
    actions.record_leaving(**said, id=new_id())
    with pytest.raises(Refused, match="last administrator"):
        actions.record_leaving(organization=house.id, by=second, member=second.id, id=new_id())


def test_two_administrators_cannot_remove_each_other_in_the_same_moment(house, administrator):
    from django.db import connections

    second = house.member("administrator")
    together, refused = threading.Barrier(2), []

    def remove(by, member):
        together.wait()
        try:
            actions.record_leaving(organization=house.id, by=by, member=member.id, id=new_id())
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=remove, args=pair)
        for pair in ((administrator, second), (second, administrator))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    with house.acting() as act:
        assert len(queries.staff(act).lines) == 1


def test_the_pages_of_an_administrator_change_a_person(house, administrator, nurse):
    site = site_of(house)
    client, at = house.client_for(administrator), f"/staff/{nurse.id}/"
    for page, told in (
        ("roles", {"roles": ["therapist"], "because": "new work"}),
        ("sites", {"sites": [str(site)]}),
        ("phone", {"phone": "303 555 0142"}),
        ("leaving", {"because": "moved"}),
    ):
        answer = client.post(f"{at}{page}/", {"id": str(new_id()), **told})
        assert (page, answer.get("Location")) == (page, at)
    shown = client.get(at).content.decode()
    for words in ("Therapist", "Lodge", "303 555 0142", "new work", "moved", "Left", "Ada Whitlock"):
        assert words in shown
    wrong = client.post(f"{at}phone/", {"id": str(new_id()), "phone": "call me"})
    assert "can be dialed" in wrong.content.decode()


def test_a_nurse_sees_the_staff_and_no_way_to_change_it(house, administrator, nurse):
    client = house.client_for(nurse)
    for page in ("", "roles/", f"{administrator.id}/"):
        assert client.get(f"/staff/{page}").status_code == 200
    for page in ("invitations/", "invitations/new/", f"{administrator.id}/roles/", f"{nurse.id}/leaving/"):
        assert client.get(f"/staff/{page}").status_code == 403
    assert "Change roles" not in client.get(f"/staff/{administrator.id}/").content.decode()


def test_another_organizations_people_are_not_found(clinic, house, administrator):
    stranger = clinic.organization("Harbor").member("nurse")
    client = house.client_for(administrator)
    assert client.get(f"/staff/{stranger.id}/").status_code == 404
    assert client.get(f"/api/v1/staff/{stranger.id}").status_code == 404
    with pytest.raises(Refused, match="Nobody of this organization"):
        actions.record_leaving(organization=house.id, by=administrator, member=stranger.id, id=new_id())
