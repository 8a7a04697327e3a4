"""What an installation is told from outside is understood, or answered with a sentence."""

from pathlib import Path

import pytest

from kap.vocabulary.errors import InputError, KapError, Refused
from kap_clinic.config.environment import Mode, read_environment


def test_a_silent_environment_is_safe():
    told = read_environment({})
    assert (told.mode, told.host, told.port, told.stream_port, told.workers) == (
        Mode.PRODUCTION,
        "127.0.0.1",
        8000,
        8001,
        2,
    )
    assert (told.origin, told.stream_origin) == ("http://localhost:8000", "http://localhost:8001")
    assert told.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert (told.database, told.smtp_host) == (None, "")


def test_the_command_line_overrides_what_the_environment_says():
    told = read_environment({"KAP_PORT": "9000"}, overriding={"KAP_PORT": "9100"})
    assert (told.port, told.origin) == (9100, "http://localhost:9100")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "clinic.example.org", "::"])
def test_an_address_open_to_the_network_needs_protection(host, tmp_path):
    with pytest.raises(Refused, match="will not listen"):
        read_environment({"KAP_HOST": host})
    (tmp_path / "file.pem").touch()
    pem = str(tmp_path / "file.pem")
    assert read_environment({"KAP_HOST": host, "KAP_BEHIND_PROXY": "yes"}).host == host
    assert read_environment({"KAP_HOST": host, "KAP_TLS_CERTIFICATE": pem, "KAP_TLS_KEY": pem}).has_tls


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.5", "localhost", "::1", "[::1]"])
def test_an_address_only_this_machine_reaches_needs_none(host):
    assert read_environment({"KAP_HOST": host}).origin == "http://localhost:8000"


def test_a_proxy_serves_the_stream_under_the_same_name():
    proxied = read_environment({"KAP_ORIGIN": "https://kap.example.org", "KAP_BEHIND_PROXY": "yes"})
    assert (proxied.origin, proxied.stream_origin) == ("https://kap.example.org", "https://kap.example.org")
    assert proxied.allowed_hosts[0] == "kap.example.org"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"KAP_PORT": "http"}, "whole number from 1 to 65535"),
        ({"KAP_PORT": "0"}, "whole number from 1 to 65535"),
        ({"KAP_PORT": "65536"}, "whole number from 1 to 65535"),
        ({"KAP_PORT": "8001"}, "each need their own"),
        ({"KAP_MODE": "test"}, "demo or production"),
        ({"KAP_ORIGIN": "kap.example.org"}, "KAP_ORIGIN"),
        ({"KAP_ORIGIN": "https://kap.example.org/app"}, "nothing after it"),
        ({"KAP_TLS_CERTIFICATE": "/no/such.pem"}, "does not exist"),
        ({"DATABASE_URL": "mysql://host/kap"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://host"}, "names no database"),
        ({"DATABASE_URL_OWNER": "postgresql://host/kap"}, "DATABASE_URL is not"),
        ({"KAP_SMTP_URL": "smtp://mail.example.org"}, "with TLS"),
        ({"KAP_SMTP_URL": "smtps://mail.example.org"}, "KAP_MAIL_FROM is not"),
        ({"KAP_TELEPHONE_URL": "http://a:b@sms.example.org"}, "with TLS"),
        ({"KAP_TELEPHONE_URL": "https://sms.example.org"}, "no account and token"),
        ({"KAP_TELEPHONE_URL": "https://a:b@sms.example.org"}, "KAP_TELEPHONE_FROM"),
        ({"KAP_HEARTBEAT_URL": "http://hc.example.org/1"}, "with TLS"),
        (
            {"KAP_SMTP_URL": "smtps://mail.example.org:mail", "KAP_MAIL_FROM": "a@example.org"},
            "cannot be read",
        ),
    ],
)
def test_a_value_that_cannot_be_understood_is_answered_with_a_sentence(told, says):
    with pytest.raises(InputError, match=says):
        read_environment(told)


def test_no_password_reaches_a_message_or_a_repr():
    url = "postgresql://kap_app:hunter2@db.example.org:5432/kap"
    smtp = "smtps://clinic:hunter2@mail.example.org"
    told = read_environment({"DATABASE_URL": url, "KAP_SMTP_URL": smtp, "KAP_MAIL_FROM": "a@example.org"})
    assert "hunter2" not in repr(told)
    assert (told.smtp_password, told.database.app) == ("hunter2", url)
    for broken in ({"DATABASE_URL": "pg:" + url}, {"KAP_SMTP_URL": "x" + smtp}):
        with pytest.raises(KapError) as refusal:
            read_environment(broken)
        assert "hunter2" not in str(refusal.value)


def test_the_telephone_gateway_and_the_heartbeat_keep_their_secrets():
    told = read_environment({
        "KAP_TELEPHONE_URL": "https://AC1:hunter2@sms.example.org/", "KAP_TELEPHONE_FROM": "+15555550100",
        "KAP_HEARTBEAT_URL": "https://hc.example.org/hunter2",
    })  # fmt: skip
    assert "hunter2" not in repr(told)
    gateway = told.telephone
    assert (gateway.base, gateway.account, gateway.token) == ("https://sms.example.org", "AC1", "hunter2")
    assert told.heartbeat_url == "https://hc.example.org/hunter2"
    assert read_environment({}).telephone is None


def test_doctor_says_which_ways_out_are_missing_where_people_are_real():
    from kap_cli.outside_checks import look_at_ways_out

    def said(**variables):
        (check,) = look_at_ways_out(read_environment(variables))
        return check.sentence

    told = {
        "KAP_SMTP_URL": "smtps://mail.example.org", "KAP_MAIL_FROM": "a@example.org",
        "KAP_TELEPHONE_URL": "https://AC1:secret@sms.example.org", "KAP_TELEPHONE_FROM": "+15555550100",
    }  # fmt: skip
    assert "KAP_SMTP_URL, KAP_TELEPHONE_URL, KAP_HEARTBEAT_URL is not set" in said()
    assert "might not hear: KAP_HEARTBEAT_URL is not set" in said(**told)
    assert "are set up" in said(**told, KAP_HEARTBEAT_URL="https://hc.example.org/1")
    assert "stay in its outbox" in said(KAP_MODE="demo")


def test_two_checkouts_of_root_never_share_a_state_folder(tmp_path):
    homes = {read_environment({"KAP_ROOT": str(tmp_path / name)}).home for name in ("one", "two")}
    assert len(homes) == 2
    assert read_environment({"KAP_HOME": "/srv/kap"}).home == Path("/srv/kap")
