"""A house with a chart, the people who ask and read forms, and two ways to open a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from kap_clinic.database.identity import new_id

SAFE_FORM, SAFETY_FORM, RATED = "gad7", "phq9", "cssrs-screener"
ALL_OF_GAD7 = {str(number): "1" for number in range(1, 8)}


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A house, the people who ask and read forms in it, and the chart of Ana Keller."""

    house: Any
    nurse: Any
    coordinator: Any
    therapist: Any
    director: Any
    person: UUID

    def by(self, actor: Any, **said: Any) -> dict[str, Any]:
        """What an action on this house is told."""
        return {"organization": self.house.id, "by": actor, "id": new_id(), **said}

    def ask(self, instrument: str = SAFE_FORM, filled_by: str = "staff", **more: Any) -> UUID:
        """Ask a form of Ana Keller; its id."""
        from kap_clinic.measures.asking import ask

        told = self.by(more.pop("by", self.nurse), person=more.pop("person", self.person), **more)
        ask(**told, instrument=instrument, filled_by=filled_by)
        return told["id"]

    def link(self, *instruments: str) -> UUID:
        """Ask forms by link and make the link; its id."""
        from kap_clinic.measures.links import give_link

        for name in instruments or (SAFE_FORM,):
            self.ask(name, "link")
        told = self.by(self.nurse, person=self.person, language="en")
        give_link(**told)
        return told["id"]

    def put_on_call(self) -> UUID:
        """Put the medical director on call for a day; the duty."""
        from kap_clinic.on_call.actions import put_on_call

        now = datetime.now(UTC)
        told = self.by(self.director, member=self.director.id, place="on-call", phone="+15555550123")
        put_on_call(
            **told, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(days=1), gives_number=True
        )
        return told["id"]

    def asked_behind(self, link: UUID) -> UUID:
        """The form behind a link."""
        from kap_clinic.measures.models import Asked

        with self.house.acting():
            return Asked.objects.get(link_id=link).id

    def key(self, link: UUID) -> dict[str, Any]:
        """What a client's every action is told."""
        from kap_clinic.measures.tokens import token_of

        return {"organization": self.house.id, "link": link, "token": token_of(link)}

    def address(self, link: UUID, page: str = "") -> str:
        """The address of a client's page."""
        from kap_clinic.measures.tokens import token_of

        return f"/forms/{self.house.id}/{link}/{token_of(link)}/{page}"

    def scores(self, instrument: str = SAFE_FORM) -> Any:
        """The scores as the nurse reads them."""
        from kap_clinic.measures.queries import scores_of

        with self.house.acting(self.nurse) as act:
            return scores_of(act, self.person, instrument)

    def forms(self) -> Any:
        """Everything asked of Ana Keller, the newest first."""
        from kap_clinic.measures.asked import asked_of

        with self.house.acting(self.nurse) as act:
            return asked_of(act, self.person)

    def state(self, asked: UUID) -> str:
        """How a form stands."""
        return next(one.ended for one in self.forms() if one.id == asked)

    def values(self, asked: UUID) -> dict[str, str]:
        """The answers that stand."""
        from kap_clinic.measures.answered import values_of

        with self.house.acting() as act:
            return values_of(act, asked)

    def expire(self, asked: UUID) -> None:
        """Let a form's time be over."""
        from kap_clinic.measures.models import Asked

        past = datetime.now(UTC) - timedelta(minutes=1)
        with self.house.acting():
            Asked.objects.filter(id=asked).update(opens_at=past, due_at=past, expires_at=past)


def open_chart(house: Any, by: Any, name: str = "Ana Keller", **more: Any) -> UUID:
    """Open a chart."""
    from kap_clinic.people.actions import open_chart as action

    id = new_id()
    action(
        organization=house.id, by=by, id=id, name=name, birth=date(1984, 3, 27).isoformat(),
        stage="preparation", **more,
    )  # fmt: skip
    return id


@pytest.fixture
def desk(clinic: Any) -> Desk:
    """One house with one chart."""
    house = clinic.organization("Cedar House")
    nurse = house.member("nurse", name="Rosa Marquez")
    return Desk(
        house=house,
        nurse=nurse,
        coordinator=house.member("coordinator", name="Grace Lindqvist"),
        therapist=house.member("therapist", name="Tom Reyes"),
        director=house.member("medical_director", name="Helen Osei"),
        person=open_chart(house, nurse),
    )
