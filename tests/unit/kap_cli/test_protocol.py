"""`kap protocol`: what it answers, and how it ends when it cannot."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from kap_cli.doors import run

KINDS = {
    *("screening", "preparation", "dose", "integration", "rest", "practice", "discharge", "follow-up"),
}


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command: exit code, stdout, stderr."""

    def tell(*arguments: str) -> tuple[int, str, str]:
        code = run(["protocol", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return tell


def applied(told: Any, start: str = "2026-06-01", zone: str = "America/Denver") -> Any:
    """The five days applied, as JSON."""
    code, out, _ = told("apply", "intensive-5-day", "--start", start, "--time-zone", zone, "--json")
    assert code == 0
    return json.loads(out)


def test_the_five_days_are_dated_events_with_windows(told: Any) -> None:
    answer = applied(told)
    assert list(answer) == ["schema", "protocol", "events"]
    assert (answer["schema"], answer["protocol"]) == ("openkap.protocol-apply/1", "intensive-5-day")
    events = {event["id"]: event for event in answer["events"]}
    assert {event["kind"] for event in events.values()} == KINDS
    assert [event["day"] for event in events.values() if event["kind"] == "dose"] == [2, 4]
    assert events["integration-1"] == {
        "id": "integration-1",
        "kind": "integration",
        "phase": "first-dose",
        "day": 2,
        "start": "2026-06-02T15:30:00-06:00",
        "end": "2026-06-02T16:45:00-06:00",
        "window": {"not_before": "2026-06-02T11:30:00-06:00", "not_after": "2026-06-03T09:00:00-06:00"},
        "needs": ["dose-1"],
    }
    assert events["screening"]["day"] == -6
    for event in events.values():
        assert {*event["needs"]} <= events.keys()
    starts = [datetime.fromisoformat(event["start"]) for event in events.values()]
    assert starts == sorted(starts)


def test_where_the_clock_skips_an_hour_the_later_dose_says_why(told: Any) -> None:
    events = {event["id"]: event for event in applied(told, start="2026-03-06")["events"]}
    first, second = (datetime.fromisoformat(events[f"dose-{n}"]["start"]) for n in (1, 2))
    assert second - first == timedelta(hours=48)
    assert events["dose-2"]["start"] == "2026-03-09T10:00:00-06:00"
    assert events["dose-2"]["reasons"][0].startswith("Starts at 10:00, not at 09:00: 48 h must pass")
    code, out, _ = told("apply", "intensive-5-day", "--start", "2026-03-06", "--time-zone", "America/Denver")
    assert code == 0
    assert "Starts at 10:00, not at 09:00" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("homemade", "--start", "2026-06-01", "--time-zone", "UTC"), "There is no protocol 'homemade'"),
        (("iv-series", "--start", "2026-02-30", "--time-zone", "UTC"), "'2026-02-30' is not a day"),
        (("iv-series", "--start", "20260601", "--time-zone", "UTC"), "'20260601' is not a day"),
        (("iv-series", "--start", "0001-01-01", "--time-zone", "UTC"), "cannot start on 0001-01-01"),
        (
            ("iv-series", "--start", "2026-06-01", "--time-zone", "Mars/X"),
            "not an IANA time zone",
        ),
    ],
)
def test_what_cannot_be_applied_is_said_in_one_sentence(
    told: Any, arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = told("apply", *arguments, "--json")
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_protocols_are_listed_and_shown_with_their_sources(told: Any) -> None:
    code, out, _ = told("list", "--json")
    assert code == 0
    listed = json.loads(out)
    assert listed["schema"] == "openkap.protocol-list/1"
    ids = [one["id"] for one in listed["protocols"]]
    assert ids == ["intensive-5-day", "iv-series", "ultra-rapid-3-day"]
    assert told("list")[1].count("\n") == len(ids)
    shown = json.loads(told("show", "ultra-rapid-3-day", "--json")[1])
    assert shown["rules"]["spacing"]["amount"] == "20 h"
    assert shown["rules"]["spacing"]["source"]["verified"] is False
    words = told("show", "ultra-rapid-3-day")[1]
    assert "spacing        20 h (unverified)" in words
    assert "3 h after dose-1" in words
