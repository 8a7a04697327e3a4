"""Invitations: by mail, once, for seven days, until withdrawn; whoever comes is on the staff in one write."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kap.vocabulary.errors import Refused
from kap_clinic.accounts import invitations, queries
from kap_clinic.accounts.tokens import token_of
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

MIRA = {"email": "Mira@Example.org", "name": "Mira Anand", "roles": ["nurse"], "sites": None}
NEW = {"name": "Mira Anand", "password": "a quiet room with paper"}


@pytest.fixture
def administrator(house):
    return house.member("administrator")


def invite(house, by, **other):
    id = new_id()
    invitations.invite(organization=house.id, by=by, id=id, **{**MIRA, **other})
    return id


def accept(house, id, *, sending=None, **told):
    token = token_of(id, sending or id)
    return invitations.accept(organization=house.id, invitation=id, token=token, **{**NEW, **told})


def waiting(house):
    with house.acting():
        return [(one.email, one.state) for one in queries.invitations()]


def test_a_mail_with_the_organizations_name_and_nothing_else_of_it_goes_out_once(
    house, administrator, outbox
):
    id = new_id()
    for _click in range(2):
        invitations.invite(organization=house.id, by=administrator, id=id, **MIRA)
    letters = outbox()
    assert [letter.to for letter in letters] == ["mira@example.org"]
    assert "Cedar House invites you" in letters[0].subject
    assert "urse" not in letters[0].text
    assert f"/account/invitation/{house.id}/{id}/{token_of(id, id)}/" in letters[0].text
    assert waiting(house) == [("mira@example.org", "waiting")]
    assert ("accounts.invite", "done", administrator.id) in house.trail()


def test_the_token_is_nowhere_in_the_database(house, administrator):
    from procrastinate.contrib.django.models import ProcrastinateJob

    from kap_clinic.accounts.models import Invitation

    id = invite(house, administrator)
    token = token_of(id, id)
    with house.acting():
        row = Invitation.objects.get(id=id)
    assert token not in str(vars(row))
    assert token not in str(ProcrastinateJob.objects.values_list("args", flat=True))


def test_who_accepts_is_on_the_staff_with_account_member_history_and_trail_together(house, administrator):
    id = invite(house, administrator)
    account, member = accept(house, id)
    with house.acting() as act:
        found = queries.person(act, member)
    assert (found.line.name, found.line.roles, found.email) == ("Mira Anand", ("nurse",), "mira@example.org")
    assert [change.kind for change in found.history] == ["joined"]
    assert account.check_password(NEW["password"])
    assert house.trail()[-1] == ("accounts.accept_invitation", "done", invitations.INVITEE.id)
    assert waiting(house) == []


def test_a_link_works_once(house, administrator):
    id = invite(house, administrator)
    accept(house, id)
    with pytest.raises(Refused, match="does not open an invitation"):
        accept(house, id)
    with house.acting() as act:
        assert len(queries.staff(act).lines) == 2


@pytest.mark.parametrize(("days", "opens"), [(6.99, True), (7, False)])
def test_a_link_works_for_seven_days(house, administrator, days, opens):
    from kap_clinic.accounts.models import Invitation

    id = invite(house, administrator)
    with house.acting():
        row = Invitation.objects.get(id=id)
        row.expires_at -= timedelta(days=days)
        row.save()
    if opens:
        accept(house, id)
        return
    with pytest.raises(Refused, match="its seven days are over"):
        accept(house, id)
    assert waiting(house) == [("mira@example.org", "expired")]


def test_a_withdrawn_link_opens_nothing_and_is_not_mailed(house, administrator, outbox):
    id = invite(house, administrator)
    for _click in range(2):
        invitations.withdraw(organization=house.id, by=administrator, id=id)
    assert outbox() == []
    with pytest.raises(Refused, match="withdrawn"):
        accept(house, id)
    with pytest.raises(Refused, match="was withdrawn"):
        invitations.send_again(organization=house.id, by=administrator, id=id, sending=new_id())
    assert ("accounts.keep_back_invitation", "done") in [row[:2] for row in house.trail()]
    assert "accounts.mail_invitation" not in [row[0] for row in house.trail()]


def test_sent_again_the_new_link_works_and_the_old_one_does_not(house, administrator, outbox):
    id, sending = invite(house, administrator), new_id()
    outbox()
    for _click in range(2):
        invitations.send_again(organization=house.id, by=administrator, id=id, sending=sending)
    assert [token_of(id, sending) in letter.text for letter in outbox()] == [True]
    with pytest.raises(Refused, match="replaced by a newer one"):
        accept(house, id)
    accept(house, id, sending=sending)
    with pytest.raises(Refused, match="was accepted"):
        invitations.withdraw(organization=house.id, by=administrator, id=id)


def test_only_an_administrator_invites_sends_again_and_withdraws(house, administrator):
    id, nurse = invite(house, administrator), house.member("nurse")
    said = {"organization": house.id, "by": nurse}
    for attempt in (
        lambda: invite(house, nurse),
        lambda: invitations.send_again(**said, id=id, sending=new_id()),
        lambda: invitations.withdraw(**said, id=id),
    ):
        with pytest.raises(Refused, match="work of: Administrator"):
            attempt()
    assert [row[1] for row in house.trail() if row[2] == nurse.id] == ["refused"] * 3


def test_who_works_here_is_not_invited_again(house, administrator):
    house.member("nurse", email="mira@example.org")
    with pytest.raises(Refused, match="works here already"):
        invite(house, administrator)


def test_a_token_of_another_invitation_opens_nothing(house, administrator):
    first, second = invite(house, administrator), invite(house, administrator, email="ben@example.org")
    with pytest.raises(Refused, match="does not open"):
        invitations.accept(organization=house.id, invitation=first, token=token_of(second, second), **NEW)


def test_somebody_with_an_account_signs_in_and_joins_with_it(clinic, house, administrator):
    other = clinic.organization("Harbor")
    there = other.member("nurse", email="mira@example.org")
    id = invite(house, administrator)
    link = f"/account/invitation/{house.id}/{id}/{token_of(id, id)}/"
    from django.test import Client

    nobody = Client(HTTP_HOST="localhost")
    assert "Sign in to join" in nobody.get(link).content.decode()
    assert nobody.post(link, NEW).status_code == 200
    assert waiting(house) == [("mira@example.org", "waiting")]
    with pytest.raises(Refused, match="Sign in with it"):
        accept(house, id)
    client = other.client_for(there)
    assert "Join Cedar House" in client.get(link).content.decode()
    assert client.post(link)["Location"] == "/account/home/"
    assert "Cedar House" in client.get("/organization/").content.decode()
    stranger = other.client_for(other.member("nurse"))
    assert stranger.get(link).status_code == 410


def test_somebody_elses_account_cannot_take_the_invitation(house, administrator):
    id = invite(house, administrator)
    link = f"/account/invitation/{house.id}/{id}/{token_of(id, id)}/"
    client = house.client_for(house.member("nurse"))
    assert "for another address" in client.get(link).content.decode()
    assert "for another address" in client.post(link).content.decode()
    assert waiting(house) == [("mira@example.org", "waiting")]


def test_who_left_and_comes_back_is_the_same_person_with_the_whole_history(house, administrator):
    from kap_clinic.accounts.actions import record_leaving

    account, member = accept(house, invite(house, administrator))
    record_leaving(organization=house.id, by=administrator, id=new_id(), member=member)
    again = accept(house, invite(house, administrator, roles=["therapist"]), account=account)
    assert again[1] == member
    with house.acting() as act:
        found = queries.person(act, member)
    assert (found.line.roles, found.line.left_at) == (("therapist",), None)
    assert [change.kind for change in found.history] == ["joined", "left", "joined"]


def test_the_page_takes_the_person_on_and_leads_to_the_second_factor(house, administrator):
    from django.test import Client

    id = invite(house, administrator)
    link, browser = f"/account/invitation/{house.id}/{id}/{token_of(id, id)}/", Client(HTTP_HOST="localhost")
    page = browser.get(link).content.decode()
    assert "Join Cedar House" in page
    assert "keeps the night" in page
    weak = browser.post(link, {**NEW, "password": "mira@example.org"})
    assert "password" in weak.content.decode()
    assert waiting(house) == [("mira@example.org", "waiting")]
    assert browser.post(link, NEW).status_code == 302
    assert browser.get("/staff/")["Location"] == "/account/second-step/"
    assert ("accounts.sign_in", "done") in [row[:2] for row in house.trail()]
    assert Client(HTTP_HOST="localhost").get(link).status_code == 410


def test_addresses_that_are_no_invitation_answer_calmly_and_are_throttled(house):
    from django.test import Client

    browser = Client(HTTP_HOST="localhost")
    assert browser.get(f"/account/invitation/{new_id()}/{new_id()}/abc/").status_code == 404
    answers = [browser.get(f"/account/invitation/{house.id}/{new_id()}/abc/").status_code for _ in range(30)]
    assert answers == [410] * 29 + [429]


def test_the_pages_invite_send_again_and_withdraw(house, administrator, outbox):
    client = house.client_for(administrator)
    told = {"id": str(new_id()), "name": "Mira Anand", "email": "mira@example.org", "roles": ["nurse"],
            "sites": ["all"]}  # fmt: skip
    for _click in range(2):
        assert client.post("/staff/invitations/new/", told)["Location"] == "/staff/invitations/"
    client.post(f"/staff/invitations/{told['id']}/send/", {"sending": str(new_id())})
    assert len(outbox()) == 1
    client.post(f"/staff/invitations/{told['id']}/withdraw/")
    assert "withdrawn" in client.get("/staff/invitations/").content.decode()
    missing = client.post("/staff/invitations/new/", {"id": str(new_id()), "name": "Ben"}).content.decode()
    assert "things to put right" in missing


def test_the_list_asks_the_database_as_often_for_three_as_for_one(house, administrator, queries_of):
    client = house.client_for(administrator)
    invite(house, administrator)
    client.get("/staff/invitations/")
    one = queries_of(client, "/staff/invitations/")
    invite(house, administrator, email="ben@example.org")
    invite(house, administrator, email="ana@example.org")
    assert queries_of(client, "/staff/invitations/") == one
