"""Signing in: what it leaves in the trail, when it is throttled, what must come before anything else."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode

import pytest
from tests.houses import PASSWORD

from kap_clinic.accounts import presence
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database


@pytest.fixture
def browser(clinic):
    from django.test import Client

    return Client(HTTP_HOST="localhost")


def sign_in(browser, email, password=PASSWORD):
    return browser.post("/account/login/", {"login": email, "password": password})


def give_codes(account):
    """Recovery codes and an app: a second factor whose codes a test can know."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    from kap_clinic.database.door import Reason, outside

    with outside(Reason.SETUP):
        TOTP.activate(account, "JBSWY3DPEHPK3PXP")
        return RecoveryCodes.activate(account).get_unused_codes()


def test_a_sign_in_enters_the_only_organization_and_leaves_one_row(house, browser):
    nurse = house.member("nurse", email="mira@example.org")
    assert sign_in(browser, "MIRA@example.org")["Location"] == "/account/home/"
    assert house.trail() == [("accounts.sign_in", "done", nurse.id)]


def test_a_sign_out_leaves_one_row_in_the_organization_that_was_worked_in(house, browser):
    nurse = house.member("nurse", email="mira@example.org")
    sign_in(browser, "mira@example.org")
    browser.post("/account/logout/")
    assert [row[0] for row in house.trail()] == ["accounts.sign_in", "accounts.sign_out"]
    assert browser.get("/staff/")["Location"].startswith("/account/login/")
    assert house.trail()[-1] == ("accounts.sign_out", "done", nurse.id)


def test_a_wrong_password_leaves_a_refusal_in_each_organization_of_the_account(clinic, house, browser):
    from kap_clinic.accounts.entrances import SIGN_IN
    from kap_clinic.audit.models import Entry

    other = clinic.organization("Harbor")
    member = house.member("nurse", email="mira@example.org")
    again = join(other, house.account_of(member))
    answer = sign_in(browser, "mira@example.org", "wrong")
    assert "The e-mail address or the password is not right" in answer.content.decode()
    for place, who in ((house, member.id), (other, again)):
        assert place.trail() == [("accounts.sign_in", "refused", SIGN_IN.id)]
        with place.acting():
            row = Entry.objects.get(outcome="refused")
        assert (row.actor_program, row.subjects) == ("sign-in", [who])
        assert "mira" not in row.why


def test_a_wrong_password_of_nobody_reads_the_same_and_leaves_nothing(house, browser):
    house.member("nurse", email="mira@example.org")
    known = sign_in(browser, "mira@example.org", "wrong").content.decode()
    unknown = sign_in(browser, "nobody@example.org", "wrong").content.decode()
    sentence = "The e-mail address or the password is not right"
    assert sentence in known
    assert sentence in unknown
    assert len(house.trail()) == 1


def test_after_five_wrong_passwords_even_the_right_one_waits_and_is_told_how_long(house, browser):
    house.member("nurse", email="mira@example.org")
    for _attempt in range(5):
        sign_in(browser, "mira@example.org", "wrong")
    answer = sign_in(browser, "mira@example.org")
    assert answer.status_code == 200
    assert "Wait 5 minutes, then try again" in answer.content.decode()
    assert [row[1] for row in house.trail()] == ["refused"] * 5


def test_nothing_opens_before_there_is_a_second_factor(house, browser):
    house.member("administrator", email="ada@example.org")
    sign_in(browser, "ada@example.org")
    for page in ("/", "/staff/", "/organization/", "/audit/"):
        assert browser.get(page)["Location"] == "/account/second-step/"
    assert browser.get("/api/v1/staff").status_code == 403
    assert browser.get("/account/second-step/").status_code == 200
    # Only just signed in: the pages that set one up do not ask for the password again.
    assert browser.get("/account/2fa/webauthn/add/").status_code == 200
    assert browser.get("/account/2fa/totp/activate/").status_code == 200


def test_with_a_second_factor_the_password_alone_opens_nothing_and_a_code_does_once(house, browser):
    nurse = house.member("nurse", email="mira@example.org")
    codes = give_codes(house.account_of(nurse))
    assert sign_in(browser, "mira@example.org")["Location"] == "/account/2fa/authenticate/"
    assert browser.get("/staff/")["Location"].startswith("/account/login/")
    assert house.trail() == []
    wrong = browser.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "That code or passkey did not match" in wrong.content.decode()
    assert [row[:2] for row in house.trail()] == [("accounts.sign_in", "refused")]
    assert browser.post("/account/2fa/authenticate/", {"code": codes[0]})["Location"] == "/account/home/"
    assert browser.get("/staff/").status_code == 200
    browser.post("/account/logout/")
    sign_in(browser, "mira@example.org")
    assert browser.post("/account/2fa/authenticate/", {"code": codes[0]}).status_code == 200


def passkey_answer(account):
    """What a browser sends for a passkey that says it is this account's, and is nobody's."""
    client = {"type": "webauthn.get", "challenge": b64(b"c" * 32), "origin": "http://localhost"}
    told = {
        "clientDataJSON": b64(json.dumps(client).encode()),
        "authenticatorData": b64(bytes(32) + b"\x05" + bytes(4)),
        "signature": b64(b"s" * 70),
        "userHandle": b64(str(account).encode()),
    }
    answer = {"id": b64(b"i" * 16), "rawId": b64(b"i" * 16), "type": "public-key", "response": told}
    return {"credential": json.dumps(answer)}


def b64(raw):
    return urlsafe_b64encode(raw).decode().rstrip("=")


def test_a_wrong_passkey_leaves_a_refusal_at_the_door_and_as_the_second_step(house, browser):
    nurse = house.member("nurse", email="mira@example.org")
    account = house.account_of(nurse)
    browser.get("/account/2fa/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"})
    for whose in (account.pk, new_id(), "no id"):
        sent = browser.post("/account/2fa/webauthn/login/", passkey_answer(whose))
        assert sent["Location"] == "/account/login/"
    assert browser.post("/account/2fa/webauthn/login/", {"credential": "[]"}).status_code == 302
    assert [row[:2] for row in house.trail()] == [("accounts.sign_in", "refused")]
    give_codes(account)
    sign_in(browser, "mira@example.org")
    page = browser.post("/account/2fa/authenticate/", passkey_answer(account.pk))
    assert "That code or passkey did not match" in page.content.decode()
    assert [row[:2] for row in house.trail()] == [("accounts.sign_in", "refused")] * 2


def test_secrets_of_second_factors_are_sealed_in_the_database(house):
    from allauth.mfa.models import Authenticator

    nurse = house.member("nurse")
    give_codes(house.account_of(nurse))
    for row in Authenticator.objects.all():
        secrets = [value for value in row.data.values() if isinstance(value, str)]
        assert secrets
        assert all(value.startswith("v1:") for value in secrets)


def test_the_last_second_factor_stays(house, browser):
    nurse = house.member("nurse", email="mira@example.org")
    codes = give_codes(house.account_of(nurse))
    sign_in(browser, "mira@example.org")
    browser.post("/account/2fa/authenticate/", {"code": codes[0]})
    browser.post("/account/2fa/totp/deactivate/", {})
    sign = browser.get("/account/2fa/totp/deactivate/").content.decode()
    assert "This is your only second step" in sign


def join(house, account):
    """Let an existing account work in a second organization too."""
    from django.utils import timezone

    from kap_clinic.accounts import store
    from kap_clinic.database.identity import new_id

    with house.acting(action="test.join") as act:
        member = store.make_member(
            act, id=new_id(), account=account.id, name="Mira Anand", roles=["nurse"], sites=None,
            at=timezone.now(),
        )  # fmt: skip
    return member.id


def test_who_works_in_two_organizations_chooses_and_may_change(clinic, house, browser):
    other = clinic.organization("Harbor")
    nurse = house.member("nurse", email="mira@example.org")
    account = house.account_of(nurse)
    elsewhere = join(other, account)
    codes = give_codes(account)
    sign_in(browser, "mira@example.org")
    browser.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert browser.get("/account/home/")["Location"] == "/account/organization/"
    shown = browser.get("/account/organization/").content.decode()
    assert "Cedar House" in shown
    assert "Harbor" in shown
    browser.post("/account/organization/", {"organization": str(other.id)})
    assert "Harbor" in browser.get("/organization/").content.decode()
    browser.post("/account/organization/", {"organization": str(house.id)})
    assert "Cedar House" in browser.get("/organization/").content.decode()
    came = [row[0] for row in other.trail() if row[0].startswith("accounts.sign")]
    assert came == ["accounts.sign_in", "accounts.sign_out"]
    assert ("accounts.sign_in", "done", elsewhere) in other.trail()


def test_nobody_enters_an_organization_that_is_not_theirs(clinic, house):
    other = clinic.organization("Harbor")
    client = house.client_for(house.member("nurse"))
    client.post("/account/organization/", {"organization": str(other.id)})
    assert "Cedar House" in client.get("/organization/").content.decode()
    assert other.trail() == []


def test_a_reset_password_signs_in_and_the_old_one_does_not(house, browser, outbox):
    nurse = house.member("nurse", email="mira@example.org")
    browser.post("/account/password/reset/", {"email": "mira@example.org"})
    link = outbox()[-1].link("/account/password/reset/key/")
    page = browser.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    told = {"password1": "an entirely new sentence", "password2": "an entirely new sentence"}
    assert browser.post(form, told)["Location"] == "/account/password/reset/key/done/"
    assert "is not right" in sign_in(browser, "mira@example.org").content.decode()
    assert sign_in(browser, "mira@example.org", told["password1"]).status_code == 302
    assert house.trail()[-1] == ("accounts.sign_in", "done", nurse.id)
    assert (
        "no longer works" in browser.__class__(HTTP_HOST="localhost").get(link, follow=True).content.decode()
    )


def test_a_demo_link_signs_in_once_and_asks_no_second_factor(house, browser):
    from django.test import RequestFactory
    from django.utils import timezone

    from kap.vocabulary.errors import Refused
    from kap_clinic.accounts.demo_links import account_behind, enter_by_link, make_link
    from kap_clinic.accounts.sessions import SessionStore

    nurse = house.member("nurse")
    token = make_link(house.account_of(nurse).id)
    assert account_behind(token).id == house.account_of(nurse).id
    request = RequestFactory().post("/demo/")
    request.session = SessionStore()
    enter_by_link(request, token, timezone.now())
    assert presence.FACTOR_DUE not in request.session
    assert house.trail() == [("accounts.sign_in", "done", nurse.id)]
    for use in (lambda: account_behind(token), lambda: enter_by_link(request, token, timezone.now())):
        with pytest.raises(Refused, match="was used"):
            use()


def test_the_librarys_open_doors_are_closed(browser, clinic):
    for page in ("signup/", "email/", "confirm-email/", "confirm-email/abc/", "login/code/confirm/"):
        assert browser.get(f"/account/{page}").status_code == 404
        assert browser.post(f"/account/{page}").status_code == 404
