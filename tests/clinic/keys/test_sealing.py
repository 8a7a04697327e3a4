"""Sealed text opens in its own place, under its own key, and nowhere else."""

from __future__ import annotations

import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from django.db import connections

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id
from kap_clinic.keys import actions
from kap_clinic.keys.errors import ErasedError, KeyringError, SealError
from kap_clinic.keys.installation import open_text as open_secret
from kap_clinic.keys.installation import seal_text as seal_secret
from kap_clinic.keys.models import DataKey
from kap_clinic.keys.sealing import open_text, seal_text

pytestmark = pytest.mark.database

PHONE = {"table": "accounts_member", "column": "phone_sealed"}


@pytest.fixture
def house(clinic, keys_home):
    return clinic.organization()


def test_a_sealed_text_opens_where_it_was_sealed_and_shows_nothing(house):
    row = new_id()
    with house.acting() as act:
        sealed = seal_text(act, "+1 555 0100 ☎", **PHONE, row=row)
        assert open_text(act, sealed, **PHONE, row=row) == "+1 555 0100 ☎"
    version, key, _nonce, _bytes = sealed.split(":")
    with house.acting():
        assert (version, key) == ("v1", DataKey.objects.get().id.hex)
    assert "555" not in sealed


def test_the_same_text_is_never_sealed_the_same_way_twice(house):
    row = new_id()
    with house.acting() as act:
        assert seal_text(act, "x", **PHONE, row=row) != seal_text(act, "x", **PHONE, row=row)


@pytest.mark.parametrize("elsewhere", ["row", "column", "table"])
def test_a_sealed_text_carried_to_another_place_does_not_open(house, elsewhere):
    here = {**PHONE, "row": new_id()}
    there = {**here, elsewhere: new_id() if elsewhere == "row" else "other"}
    with house.acting() as act:
        sealed = seal_text(act, "x", **here)
        with pytest.raises(SealError, match="carried here from another row"):
            open_text(act, sealed, **there)


def test_a_sealed_text_carried_to_another_organization_does_not_open(clinic, house):
    row, other = new_id(), clinic.organization("Other")
    with house.acting() as act:
        sealed = seal_text(act, "x", **PHONE, row=row)
    with other.acting() as act, pytest.raises(SealError, match="does not have"):
        open_text(act, sealed, **PHONE, row=row)


def flipped(sealed):
    head, nonce, body = sealed.rsplit(":", 2)
    raw = bytearray(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    raw[0] ^= 1
    return f"{head}:{nonce}:{urlsafe_b64encode(bytes(raw)).decode().rstrip('=')}"


@pytest.mark.parametrize("spoil", [flipped, lambda sealed: sealed[:-30], lambda _: "", lambda _: "plain"])
def test_a_sealed_text_that_was_changed_does_not_open(house, spoil):
    row = new_id()
    with house.acting() as act:
        sealed = seal_text(act, "a text of some length", **PHONE, row=row)
        with pytest.raises(SealError):
            open_text(act, spoil(sealed), **PHONE, row=row)


def test_a_new_data_key_seals_and_the_old_one_still_opens(house):
    row, administrator = new_id(), house.member("administrator")
    with house.acting() as act:
        before = seal_text(act, "before", **PHONE, row=row)
    actions.rotate_data_key(organization=house.id, owner=house.id, by=administrator)
    with house.acting() as act:
        after = seal_text(act, "after", **PHONE, row=row)
        assert open_text(act, before, **PHONE, row=row) == "before"
        assert open_text(act, after, **PHONE, row=row) == "after"
    assert before.split(":")[1] != after.split(":")[1]
    assert house.trail()[-1] == ("keys.rotate_data_key", "done", administrator.id)


def test_a_destroyed_key_takes_its_text_along_and_no_other(house):
    client, row, administrator = new_id(), new_id(), house.member("administrator")
    with house.acting() as act:
        private = seal_text(act, "journal", table="journal", column="text", row=row, owner=client)
        shared = seal_text(act, "phone", **PHONE, row=row)
    assert actions.destroy(organization=house.id, owner=client, by=administrator) == 1
    with house.acting() as act:
        with pytest.raises(ErasedError, match="Nobody can read it any more"):
            open_text(act, private, table="journal", column="text", row=row)
        assert open_text(act, shared, **PHONE, row=row) == "phone"
        assert DataKey.objects.get(owner_id=client).wrapped == ""
        again = seal_text(act, "new page", table="journal", column="text", row=row, owner=client)
        assert open_text(act, again, table="journal", column="text", row=row) == "new page"
    assert house.trail()[-1] == ("keys.destroy", "done", administrator.id)


@pytest.mark.parametrize("action", [actions.rotate_data_key, actions.destroy])
def test_only_an_administrator_rotates_or_destroys(house, action):
    nurse = house.member("nurse")
    with pytest.raises(Refused):
        action(organization=house.id, owner=house.id, by=nurse)
    assert house.trail()[-1][1:] == ("refused", nurse.id)


def test_two_first_writers_use_one_key(house):
    row, sealed = new_id(), []
    meeting = threading.Barrier(2)

    def write():
        with house.acting() as act:
            meeting.wait(20)
            sealed.append(seal_text(act, "x", **PHONE, row=row))
        connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len({one.split(":")[1] for one in sealed}) == 1
    with house.acting():
        assert DataKey.objects.count() == 1


def test_a_secret_of_the_installation_opens_in_its_column_alone(clinic, keys_home):
    sealed = seal_secret("JBSWY3DP", table="mfa_authenticator", column="data")
    assert open_secret(sealed, table="mfa_authenticator", column="data") == "JBSWY3DP"
    with pytest.raises(SealError):
        open_secret(sealed, table="accounts_account", column="data")


def test_a_data_key_wrapped_for_one_owner_does_not_serve_another(clinic, house):
    with house.acting() as act:
        row = new_id()
        sealed = seal_text(act, "x", **PHONE, row=row)
        DataKey.objects.update(owner_id=new_id())
        with pytest.raises(SealError):
            open_text(act, sealed, **PHONE, row=row)


def test_text_under_a_root_key_that_is_not_here_says_which_keyring_to_look_for(house, keys_home):
    row = new_id()
    with house.acting() as act:
        sealed = seal_text(act, "x", **PHONE, row=row)
    file = keys_home / "keys" / "keyring.json"
    text = file.read_text()
    root = text.split('"roots"')[1].split('"id": "')[1].split('"')[0]
    file.write_text(text.replace(root, "root-0000000000000000"))
    with house.acting() as act, pytest.raises(KeyringError, match=root):
        open_text(act, sealed, **PHONE, row=row)
