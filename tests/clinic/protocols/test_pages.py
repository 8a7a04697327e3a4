"""The protocol pages: every protocol, and one with its sessions, numbers and sources."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.database


def test_who_treats_reads_every_protocol_and_where_its_numbers_come_from(clinic: Any) -> None:
    house = clinic.organization("Cedar House")
    nurse = house.client_for(house.member("nurse"))
    listed = nurse.get("/protocols/").content.decode()
    for words in ("Five-day intensive retreat", "48 h at least", "20 h at least, below the usual 48 h"):
        assert words in listed
    shown = nurse.get("/protocols/intensive-5-day/").content.decode()
    for words in (
        "day 4 at 09:00",
        "up to 1 day later",
        "within 24 h of “Second dose”",
        "openkap-default/usual-spacing",
    ):
        assert words in shown
    assert "7 numbers were checked by nobody." in shown
    assert nurse.get("/protocols/homemade/").status_code == 404
    inspector = house.client_for(house.member("inspector"))
    assert inspector.get("/protocols/").status_code == 403
