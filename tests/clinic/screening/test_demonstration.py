"""The demonstration shows a screening at each stage, and loading it again changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

pytestmark = pytest.mark.database


def test_ana_waits_for_a_clearance_ben_may_go_on_and_miriam_is_stopped(database):
    from kap.screening.screening import Treatment
    from kap_clinic.cases.queries import cases_of
    from kap_clinic.database.door import acting
    from kap_clinic.demonstration.cast import CEDAR
    from kap_clinic.demonstration.loading import DEMO, id_of, load
    from kap_clinic.screening.queries import links_of, whole_of

    found = []
    for _again in range(2):
        load()
        with acting(id_of(CEDAR.name), DEMO, "test.look") as act:
            people = {name: id_of("client", name) for name in ("Ana Kowalczyk", "Ben Torres", "Miriam Feld")}
            wholes = {
                name: whole_of(act, person, Treatment(), datetime.now(UTC), "UTC")
                for name, person in people.items()
            }
            asked = [(line.asked_of, line.owner_name) for line in cases_of(act, people["Ana Kowalczyk"])]
            links = [link.state for link in links_of(act, people["Miriam Feld"], datetime.now(UTC))]
        said = {
            name: [(one.rule, one.verdict.value) for one in whole.standing.in_the_way][:1]
            for name, whole in wholes.items()
        }
        found.append((said, asked, links))
    assert found[0] == found[1]
    assert found[0] == (
        {
            "Ana Kowalczyk": [("blood-pressure", "hold")],
            "Ben Torres": [],
            "Miriam Feld": [("aneurysm-avm", "stop")],
        },
        [("primary care", "Priya Natarajan")],
        ["open"],
    )
