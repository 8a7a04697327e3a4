"""A ward on the day of a dose: a session in any state, told by few words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.dosed import Dispensary, dispensary, weighed

CALM = {
    "systolic": 124,
    "diastolic": 78,
    "heart-rate": 72,
    "oxygen-saturation": 98,
    "respiratory-rate": 14,
    "sedation": 5,
}
READY = {
    "identity": "yes",
    "consent": "yes",
    "companion": "escort",
    "pregnancy": "cannot become pregnant",
    "suicide-risk": "none",
    "equipment": "yes",
}


def numbers(read: dict[str, Any]) -> dict[Any, Decimal]:
    """Numbers under the names of their channels; what is None was not read."""
    from kap.monitoring.vitals import Channel

    return {Channel(name): Decimal(str(number)) for name, number in read.items() if number is not None}


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """The pharmacy, the planned session with the first dose, and the syringe drawn for it."""

    pharmacy: Dispensary
    planned: UUID
    syringe: UUID | None = None

    @property
    def house(self) -> Any:
        """The organization."""
        return self.pharmacy.ward.house

    @property
    def staff(self) -> dict[str, Any]:
        """Who works here, by role."""
        return self.pharmacy.ward.staff

    @property
    def second(self) -> Any:
        """The second person, at the room's tablet."""
        return self.pharmacy.witness

    def by(self, role: str, **said: Any) -> dict[str, Any]:
        """What every action is told."""
        return self.pharmacy.ward.by(role, **said)

    def started(self) -> UUID:
        """A session that has begun."""
        from kap_clinic.dosing_day import actions

        told = self.by("nurse", planned_session=self.planned)
        actions.start(**told)
        return told["id"]

    def ready(self, **changed: str) -> UUID:
        """A session whose checklist is answered, with a calm reading."""
        session = self.started()
        self.answer_all(session, **changed)
        self.read(session)
        return session

    def answer_all(self, session: UUID, **changed: str) -> None:
        """Answer the whole checklist."""
        from django.utils import timezone

        from kap_clinic.dosing_day import actions

        at = (timezone.now() - timedelta(hours=8)).isoformat()
        answers = READY | {"ate-at": at, "drank-at": at} | changed
        actions.answer(**self.by("nurse", session=session, answers=answers))

    def read(self, session: UUID, *, by_voice: bool = False, **changed: Any) -> UUID:
        """Chart a calm reading, but for what is said otherwise."""
        from kap_clinic.dosing_day import actions

        read = CALM | {name.replace("_", "-"): number for name, number in changed.items()}
        told = self.by(
            "nurse", session=session, numbers=numbers(read), is_by_voice=by_voice, is_confirmed=True
        )  # fmt: skip
        actions.take_vitals(**told)
        return told["id"]

    def timed_out(self) -> UUID:
        """A session after the time-out."""
        from kap_clinic.dosing_day import giving

        session = self.ready()
        giving.time_out(**self.by("nurse", session=session, second=self.second))
        return session

    def beside(self) -> Treatment:
        """One more person of this house whose first dose is ordered, released and drawn up by two."""
        made = replace(self.pharmacy, ward=self.pharmacy.ward.beside().with_plan())
        weighed(made.ward)
        return Treatment(pharmacy=made, planned=made.ward.session("dose-1").id, syringe=made.drawn())

    def giving(self, session: UUID) -> dict[str, Any]:
        """What giving the dose is told."""
        return self.by("nurse", session=session, syringe=self.syringe, second=self.second)

    def dosed(self) -> UUID:
        """A session in which the dose runs."""
        from kap_clinic.dosing_day import giving

        session = self.timed_out()
        giving.give(**self.giving(session))
        return session

    def file(self, session: UUID) -> Any:
        """The session as it stands."""
        from kap_clinic.dosing_day.queries import session_file

        with self.house.acting(self.staff["nurse"]) as act:
            return session_file(act, session)


def treatment(clinic: Any) -> Treatment:
    """The first dose is ordered, released and drawn up by two."""
    made = dispensary(clinic)
    return Treatment(pharmacy=made, planned=made.ward.session("dose-1").id, syringe=made.drawn())
