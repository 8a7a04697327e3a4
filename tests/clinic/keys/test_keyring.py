"""The keyring: made once, closed to others, rotated without losing anything, missed when it is lost."""

from __future__ import annotations

import json
import threading

import pytest
from django.db import connections

from kap_clinic.database.actors import Actor
from kap_clinic.database.identity import new_id
from kap_clinic.keys import actions
from kap_clinic.keys.errors import ErasedError, KeyringError
from kap_clinic.keys.installation import open_text as open_secret
from kap_clinic.keys.installation import seal_text as seal_secret
from kap_clinic.keys.keyring import is_signed
from kap_clinic.keys.keyring_file import read_keyring
from kap_clinic.keys.ring import establish, ring
from kap_clinic.keys.sealing import open_text, seal_text

pytestmark = pytest.mark.database

BY = Actor.program("command line")
NOTE = {"table": "notes", "column": "text"}
FACTOR = {"table": "mfa_authenticator", "column": "data"}


def file_of(home):
    return home / "keys" / "keyring.json"


def factor_of(house, secret):
    from allauth.mfa.models import Authenticator

    from kap_clinic.database.door import Reason, outside

    account = house.account_of(house.member("nurse"))
    with outside(Reason.SETUP):
        return Authenticator.objects.create(
            user=account, type="totp", data={"secret": seal_secret(secret, **FACTOR)}
        )


def test_the_keyring_is_made_once_and_only_its_owner_may_open_it(clinic, keys_home):
    first = establish()
    assert establish() == first == read_keyring(keys_home)
    assert file_of(keys_home).stat().st_mode & 0o777 == 0o600
    assert file_of(keys_home).parent.stat().st_mode & 0o777 == 0o700


def test_two_processes_that_make_it_at_once_agree(clinic, keys_home):
    made, meeting = [], threading.Barrier(4)

    def make():
        meeting.wait(20)
        made.append(establish().id)
        connections.close_all()

    makers = [threading.Thread(target=make) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert made == [read_keyring(keys_home).id] * 4


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_keyring_open_to_others_is_refused_with_what_to_do(clinic, keys_home, mode):
    establish()
    file_of(keys_home).chmod(mode)
    with pytest.raises(KeyringError, match="chmod 600"):
        ring()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"schema": "openkap.keyring/9"}'])
def test_a_keyring_that_cannot_be_understood_says_so_without_its_contents(clinic, keys_home, text):
    establish()
    file_of(keys_home).write_text(text)
    with pytest.raises(KeyringError, match="put back your copy"):
        ring()


def test_no_error_and_no_repr_shows_a_secret(clinic, keys_home):
    made = establish()
    shown = repr(made)
    for key in json.loads(file_of(keys_home).read_text())["roots"]:
        assert key["secret"] not in shown


def test_a_rotation_wraps_every_data_key_anew_and_everything_still_opens(clinic, keys_home):
    from kap_clinic.keys.models import DataKey

    houses, row = [clinic.organization("One"), clinic.organization("Two")], new_id()
    sealed = {}
    for house in houses:
        with house.acting() as act:
            sealed[house.id] = seal_text(act, house.name, **NOTE, row=row)
    factor = factor_of(houses[0], "JBSWY3DP")
    before = establish()
    changed = actions.rotate_root(by=BY, organizations=[house.id for house in houses])
    after = establish()
    assert (changed, len(after.roots), after.active_root != before.active_root) == (3, 2, True)
    for house in houses:
        with house.acting() as act:
            assert open_text(act, sealed[house.id], **NOTE, row=row) == house.name
            assert DataKey.objects.get().root_key == after.active_root
        assert house.trail()[-1] == ("keys.rotate_root", "done", BY.id)
    factor.refresh_from_db()
    assert factor.data["secret"].startswith(f"v1:{after.active_root}:")
    assert open_secret(factor.data["secret"], **FACTOR) == "JBSWY3DP"


def test_an_interrupted_rotation_is_finished_by_the_next(clinic, keys_home):
    from kap_clinic.keys.models import DataKey
    from kap_clinic.keys.ring import rotate_ring

    house, row = clinic.organization(), new_id()
    with house.acting() as act:
        sealed = seal_text(act, "x", **NOTE, row=row)
    rotate_ring()
    with house.acting() as act:
        assert open_text(act, sealed, **NOTE, row=row) == "x"
    assert actions.finish_rotation(by=BY, organizations=[house.id]) == 1
    with house.acting():
        assert DataKey.objects.get().root_key == ring().active_root


def test_heads_signed_before_a_rotation_are_still_proven(clinic, keys_home):
    key, signature = ring().sign(b"a head")
    actions.rotate_root(by=BY, organizations=[])
    assert ring().sign(b"a head")[0] != key
    assert is_signed(b"a head", signature, ring().public_keys[key])
    assert not is_signed(b"another head", signature, ring().public_keys[key])


def test_a_lost_keyring_is_never_replaced_in_silence(clinic, keys_home):
    house = clinic.organization()
    with house.acting() as act:
        seal_text(act, "x", **NOTE, row=new_id())
    file_of(keys_home).unlink()
    with pytest.raises(KeyringError, match="These are not lost: charts"):
        ring()
    assert not file_of(keys_home).exists()


def test_another_installations_keyring_is_recognized(clinic, keys_home):
    establish()
    told = json.loads(file_of(keys_home).read_text())
    file_of(keys_home).write_text(json.dumps({**told, "id": "ring-other"}))
    with pytest.raises(KeyringError, match="Put that one back"):
        establish()


def test_beginning_again_gives_up_what_is_lost_and_nothing_else(clinic, keys_home):
    from allauth.mfa.models import Authenticator

    house, row = clinic.organization(), new_id()
    with house.acting() as act:
        sealed = seal_text(act, "x", **NOTE, row=row)
    factor_of(house, "JBSWY3DP")
    with pytest.raises(KeyringError, match="nothing is lost"):
        actions.begin_again(by=BY, organizations=[house.id])
    file_of(keys_home).unlink()
    assert actions.begin_again(by=BY, organizations=[house.id]) == 1
    assert Authenticator.objects.count() == 0
    with house.acting() as act:
        with pytest.raises(ErasedError):
            open_text(act, sealed, **NOTE, row=row)
        again = seal_text(act, "y", **NOTE, row=row)
        assert open_text(act, again, **NOTE, row=row) == "y"
    assert establish() == read_keyring(keys_home)


def test_a_chain_goes_on_under_a_keyring_begun_anew_and_the_proof_says_so(clinic, keys_home):
    from tests.clinic.audit.chains import Chain

    from kap_clinic.audit.actions import mark_new_keyring

    chain = Chain(clinic=clinic, house=clinic.organization(), folder=keys_home)
    for _ in range(2):
        chain.fill(2)
        chain.seal()
    file_of(keys_home).unlink()
    actions.begin_again(by=BY, organizations=[chain.house.id])
    assert not chain.proof().is_intact
    mark_new_keyring([chain.house.id])
    chain.seal()
    proof = chain.proof()
    assert proof.problems == ()
    assert [note.template.split(" on ")[0] for note in proof.notes] == ["The keyring was begun anew"]
    chain.tamper("UPDATE audit_entry SET why = 'x' WHERE id = %s", chain.entry_at(2))
    assert chain.proof().problems[0].number == 2
