"""The outside hears from us while the ladder climbs, and hears nothing once it hangs."""

from __future__ import annotations

import pytest
from tests.outside import telephone_exchange

from kap.vocabulary.errors import KapError
from kap_clinic.on_call import heartbeat
from kap_clinic.on_call.heartbeat import Pulse


@pytest.fixture
def listener():
    with telephone_exchange() as exchange:
        yield exchange


def test_the_outside_is_asked_only_while_the_ladder_is_climbed(listener, monkeypatch):
    pulse = Pulse(f"http://127.0.0.1:{listener.port}/ping/our-own-id")
    assert (pulse.beat(), listener.pings) == (False, [])
    pulse.climbed()
    assert (pulse.beat(), listener.pings) == (True, ["/ping/our-own-id"])
    monkeypatch.setattr(heartbeat, "ALIVE_WITHIN", 0.0)
    assert (pulse.beat(), len(listener.pings)) == (False, 1)


def test_without_an_address_nobody_is_told():
    pulse = Pulse("")
    pulse.climbed()
    assert (pulse.is_alive, pulse.beat()) == (True, False)


def test_an_outside_that_is_gone_or_refuses_is_a_mistake_the_log_names_without_the_address(listener):
    pulse = Pulse(f"http://127.0.0.1:{listener.port}/ping/secret-id")
    pulse.climbed()
    listener.status = 404
    with pytest.raises(KapError, match="answered 404: check KAP_HEARTBEAT_URL") as refused:
        pulse.beat()
    gone = Pulse("http://127.0.0.1:1/ping/secret-id")
    gone.climbed()
    with pytest.raises(KapError, match="cannot be reached") as unreached:
        gone.beat()
    assert "secret-id" not in f"{refused.value}{unreached.value}"
