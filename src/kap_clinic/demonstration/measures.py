"""What the people in screening were asked: one filled in two forms on paper, one has a link open."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from kap.vocabulary.zones import zone
from kap_clinic.database.actors import Actor
from kap_clinic.measures.actions import enter
from kap_clinic.measures.asking import LINK, STAFF, ask
from kap_clinic.measures.links import give_link

CLOCK = "America/Denver"
# The answer to each question in turn; question 9 was answered with not at all.
_PHQ9 = "333222220"
_DAYS_AGO = timedelta(days=3)


def load_measures(organization: UUID, by: Actor, id_of: Any, today: date) -> None:
    """Enter a PHQ-9 and a GAD-7, and give one link; again changes nothing."""
    told: dict[str, Any] = {"organization": organization, "by": by}
    ana, ben = id_of("client", "Ana Kowalczyk"), id_of("client", "Ben Torres")
    answers = {str(number): digit for number, digit in enumerate(_PHQ9, start=1)}
    _entered(told, id_of, ana, "phq9", {**answers, "10": "1"}, today - _DAYS_AGO)
    everywhere = {str(number): "2" for number in range(1, 8)}
    _entered(told, id_of, ana, "gad7", everywhere, today - _DAYS_AGO)
    ask(**told, id=id_of("form", "gad7", str(ben)), person=ben, instrument="gad7", filled_by=LINK)
    give_link(**told, id=id_of("forms", str(ben)), person=ben, language="en")


def _entered(
    told: dict[str, Any], id_of: Any, person: UUID, instrument: str, answers: dict[str, str], on: date
) -> None:
    id = id_of("form", instrument, str(person), "".join(answers.values()))
    ask(**told, id=id, person=person, instrument=instrument, filled_by=STAFF)
    at = datetime.combine(on, time(9, 30), zone(CLOCK))
    enter(**told, id=id_of("sheet", str(id)), asked=id, answers=answers, given_at=at)
