"""The demonstration shows one person between two doses, one whose window closes; again changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

pytestmark = pytest.mark.database


def test_tomas_is_between_his_doses_and_nadias_window_is_closing(database: str) -> None:
    from kap.vocabulary.moments import Instant
    from kap_clinic.database.door import acting
    from kap_clinic.demonstration.cast import CEDAR
    from kap_clinic.demonstration.loading import DEMO, id_of, load
    from kap_clinic.plans.needs import needs_of
    from kap_clinic.plans.queries import sessions_of

    found = []
    for _again in range(2):
        load()
        with acting(id_of(CEDAR.name), DEMO, "test.look") as act:
            lines = sessions_of(act, id_of("client", "Tomas Lindgren"))
            states = {line.session: line.state.value for line in lines if line.began_at}
            needs = needs_of(act, id_of(CEDAR.name, "Cedar House"), Instant(datetime.now(UTC)))
        found.append((states, [(need.who, need.tone) for need in needs]))
    assert found[0] == found[1]
    assert found[0][0] == {"preparation-1": "held", "dose-1": "held", "integration-1": "held"}
    assert ("Nadia Rahimi", "look") in found[0][1]
