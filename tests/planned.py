"""A house with one person whose screening is signed and who may have a plan: for every test after that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from kap.vocabulary.zones import zone
from kap_clinic.database.identity import new_id

ZONE = "America/Denver"
# The day at the house: in its evening UTC has tomorrow's date, and a reading of tomorrow counts for nothing.
TODAY = datetime.now(zone(ZONE)).date()
BEFORE = TODAY - timedelta(days=5)
NEXT_WEEK = TODAY + timedelta(days=7)
# Answers that leave nothing open in the health history, as a healthy client gives them.
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
class Ward:
    """A house with a site, the people who work in it, and the chart of Ana Keller."""

    house: Any
    site: UUID
    person: UUID
    staff: dict[str, Any]
    plan: UUID | None = None

    def by(self, role: str, **said: Any) -> dict[str, Any]:
        """What every action is told."""
        return {"organization": self.house.id, "by": self.staff[role], "id": new_id(), **said}

    def client(self, role: str) -> Any:
        """A browser in which somebody of this role is signed in."""
        return self.house.client_for(self.staff[role])

    def session(self, name: str) -> Any:
        """One session of the plan as it stands."""
        from kap_clinic.plans.queries import sessions_of

        with self.house.acting(self.staff["prescriber"]) as act:
            return next(line for line in sessions_of(act, self.person) if line.session == name)

    def sign_screening(self, decision: str = "go-on") -> None:
        """Answer everything, and let the prescriber sign."""
        from kap.screening.screening import Treatment
        from kap_clinic.screening import actions, telling
        from kap_clinic.screening.queries import whole_of

        telling.confirm_history(**self.by("nurse", person=self.person, answers=NOTHING_EVER))
        telling.record_missing(**self.by("nurse", person=self.person, facts=_readings()))
        with self.house.acting() as act:
            whole = whole_of(act, self.person, Treatment(), datetime.now(UTC), ZONE)
        actions.sign(
            **self.by(
                "prescriber", person=self.person, treatment=Treatment(), decision=decision, words="",
                seen=actions.fingerprint(whole), assessed=whole.standing.screening.not_screened,
            )
        )  # fmt: skip

    def scored(self, total: int, at: datetime) -> None:
        """A PHQ-9 on paper with this total, given then; item 9 is never among it."""
        from kap_clinic.measures.actions import enter
        from kap_clinic.measures.asking import ask

        asked = self.by("nurse", person=self.person, instrument="phq9", filled_by="staff")
        ask(**asked)
        answers = {str(item): str(min(3, max(0, total - 3 * (item - 1)))) for item in range(1, 9)}
        enter(**self.by("nurse", asked=asked["id"], answers={**answers, "9": "0"}, given_at=at))

    def beside(self) -> Ward:
        """One more person in the same house whose screening is signed."""
        from kap_clinic.people.actions import open_chart

        another = replace(self, person=new_id(), plan=None)
        open_chart(
            **{**self.by("nurse"), "id": another.person}, name="Ben Tran", birth="1979-10-02",
            stage="screening",
        )  # fmt: skip
        another.sign_screening()
        return another

    def with_plan(self, protocol: str = "intensive-5-day", start_on: date = NEXT_WEEK) -> Ward:
        """Let the prescriber make the plan."""
        from kap_clinic.plans.actions import make_plan

        told = self.by("prescriber", person=self.person, protocol=protocol, start_on=start_on, site=self.site)
        make_plan(**told)
        return replace(self, plan=told["id"])


def ward(clinic: Any) -> Ward:
    """A house in Denver with Ana Keller's chart; nothing is signed yet."""
    from kap_clinic.organizations.actions import add_site
    from kap_clinic.people.actions import open_chart

    house = clinic.organization("Cedar House")
    staff = {
        "nurse": house.member("nurse", name="Rosa Marquez"),
        "prescriber": house.member("prescriber", name="Priya Natarajan"),
        "medical_director": house.member("medical_director", name="Helen Osei"),
        "therapist": house.member("therapist", name="Jonah Ferreira"),
        "coordinator": house.member("coordinator", name="Grace Lindqvist"),
        "custodian": house.member("custodian", name="Noor Haddad"),
        "administrator": house.member("administrator", name="Ida Brandt"),
    }
    made = Ward(house=house, site=new_id(), person=new_id(), staff=staff)
    place = {"id": made.site, "name": "Cedar House", "address": "1 Cedar Lane", "time_zone": ZONE}
    add_site(organization=house.id, by=staff["administrator"], **place)
    chart = {"id": made.person, "name": "Ana Keller", "birth": "1984-03-27", "stage": "screening"}
    open_chart(organization=house.id, by=staff["nurse"], **chart)
    return made


def _readings() -> list[Any]:
    from kap.vocabulary.blood_pressures import BloodPressure
    from kap.vocabulary.codes import UcumUnit
    from kap.vocabulary.facts import Fact

    pressure = BloodPressure(Decimal(118), Decimal(76))
    livers = {"value": Decimal(22), "unit": UcumUnit("U/L"), "when": TODAY, "upper_limit": Decimal(40)}
    return [
        Fact(what="blood-pressure", value=pressure, when=TODAY, came_from="Observation/o1#value"),
        *(Fact(what=what, came_from="Observation/o2#value", **livers) for what in ("lab:alt", "lab:ast")),
        *(
            Fact(what=what, value="none", when=BEFORE, came_from="QuestionnaireResponse/c1#1")
            for what in ("cssrs:thoughts", "cssrs:behavior")
        ),
    ]
