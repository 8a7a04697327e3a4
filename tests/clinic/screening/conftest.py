"""A house with a chart, and the people who screen: nurse, prescriber, medical director, coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from kap_clinic.database.identity import new_id

TODAY = datetime.now(UTC).date()
SOON = TODAY + timedelta(days=30)

# Answers that leave nothing open in the history, as a healthy client gives them.
NOTHING_EVER = {
    **dict.fromkeys(
        (
            *("aneurysm-or-avm", "brain-bleeding", "psychosis-ever", "psychosis-in-family", "mania-now"),
            *("ketamine-allergy", "can-become-pregnant", "pregnant-now", "cirrhosis", "ketamine-bladder"),
            *("interstitial-cystitis", "bladder-symptoms", "overnight-observer"),
        ),
        "no",
    ),
    "escort": "yes",
}


@dataclass(frozen=True, kw_only=True)
class Bench:
    """A house, the people who screen in it, and the chart of Ana Keller, who is being screened."""

    house: Any
    nurse: Any
    prescriber: Any
    director: Any
    coordinator: Any
    person: UUID

    def by(self, actor: Any, **said: Any) -> dict[str, Any]:
        """What every action on this chart is told."""
        return {"organization": self.house.id, "by": actor, "id": new_id(), "person": self.person, **said}

    def whole(self, person: UUID | None = None) -> Any:
        """The screening as it stands."""
        from kap.screening.screening import Treatment
        from kap_clinic.screening.queries import whole_of

        with self.house.acting() as act:
            return whole_of(act, person or self.person, Treatment(), datetime.now(UTC), "UTC")

    def verdicts(self) -> dict[str, str]:
        """What each rule says."""
        return {one.rule: one.verdict.value for one in self.whole().standing.screening.findings}

    def record(self, *facts: Any, person: UUID | None = None) -> None:
        """Bring in facts as an import would."""
        from kap_clinic.people.actions import add_facts

        add_facts(organization=self.house.id, by=self.nurse, person=person or self.person, facts=facts)

    def open(self, name: str) -> UUID:
        """Open one more chart of somebody who is being screened."""
        from kap_clinic.people.actions import open_chart

        id = new_id()
        told = {
            "organization": self.house.id,
            "by": self.nurse,
            "id": id,
            "name": name,
            "birth": "1984-03-27",
        }
        open_chart(**told, stage="screening")
        return id

    def sign(self, **other: Any) -> tuple[dict[str, Any], bool]:
        """Let the prescriber sign what they read; say what was told and whether it was new."""
        from kap.screening.screening import Treatment
        from kap_clinic.screening import actions

        whole = self.whole()
        said = {
            "treatment": Treatment(), "decision": "go-on", "words": "Discussed with her.",
            "seen": actions.fingerprint(whole), "assessed": whole.standing.screening.not_screened,
        }  # fmt: skip
        told = self.by(self.prescriber, **{**said, **other})
        return told, actions.sign(**told)

    def make_whole(self) -> None:
        """Answer everything, so that no rule that is delivered stands in the way."""
        from kap_clinic.screening.telling import confirm_history, record_missing

        confirm_history(**self.by(self.nurse, answers=NOTHING_EVER))
        record_missing(**self.by(self.nurse, facts=[pressure(118, 76), *livers(), *calm()]))


def pressure(systolic: int, diastolic: int, on: date = TODAY) -> Any:
    """One blood pressure."""
    from kap.vocabulary.blood_pressures import BloodPressure
    from kap.vocabulary.facts import Fact

    reading = BloodPressure(Decimal(systolic), Decimal(diastolic))
    return Fact(what="blood-pressure", value=reading, when=on, came_from="Observation/o1#value")


def livers() -> list[Any]:
    """ALT and AST as a laboratory reports them."""
    from kap.vocabulary.codes import UcumUnit
    from kap.vocabulary.facts import Fact

    told = {"value": Decimal(22), "unit": UcumUnit("U/L"), "when": TODAY, "upper_limit": Decimal(40)}
    return [Fact(what=what, came_from="Observation/o2#value", **told) for what in ("lab:alt", "lab:ast")]


def calm(on: date = TODAY) -> list[Any]:
    """A C-SSRS screener without a yes, as an import brings it."""
    from kap.vocabulary.facts import Fact

    told = {"value": "none", "when": on, "came_from": "QuestionnaireResponse/c1#1"}
    return [Fact(what=what, **told) for what in ("cssrs:thoughts", "cssrs:behavior")]


def aneurysm() -> Any:
    """An aneurysm in the record."""
    from kap.vocabulary.facts import Course, Fact

    return Fact(
        what="aneurysm", value="cerebral aneurysm, coiled", course=Course.PAST, when=date(2019, 5, 2),
        came_from="Condition/c1#code",
    )  # fmt: skip


@pytest.fixture
def bench(clinic: Any) -> Bench:
    """One house with one chart."""
    house = clinic.organization("Cedar House")
    made = Bench(
        house=house,
        nurse=house.member("nurse", name="Rosa Marquez"),
        prescriber=house.member("prescriber", name="Priya Natarajan"),
        director=house.member("medical_director", name="Helen Osei"),
        coordinator=house.member("coordinator", name="Grace Lindqvist"),
        person=new_id(),
    )
    return Bench(**{**vars(made), "person": made.open("Ana Keller")})


@pytest.fixture
def queries_of() -> Any:
    """Return how many queries a page needs."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(client: Any, address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    return count
