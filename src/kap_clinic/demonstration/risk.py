"""How the invented people answered the C-SSRS: most without a yes, one low, one moderate and assessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from uuid import UUID

from kap.casework.safety import MEANS_COUNSELED, PLAN_GIVEN
from kap.vocabulary.zones import zone
from kap_clinic.cases.crises import close_safety_case, note_done, open_case_of
from kap_clinic.database.door import acting
from kap_clinic.measures.actions import enter
from kap_clinic.measures.asking import RATER, ask

from .clock import at_clock
from .ward import CLOCK, Ward, local

SCREENER = "cssrs-screener"
CALM: Mapping[str, str] = {"1": "0", "2": "0", "6": "0"}
LOW: Mapping[str, str] = {"1": "1", "2": "0", "6": "0"}
# Thoughts of how, without an intention; nothing was ever done.
MODERATE: Mapping[str, str] = {"1": "1", "2": "1", "3": "1", "4": "0", "5": "0", "6": "0"}
RATES, DECIDES = "Rosa Marquez", "Helen Osei"
_ASKED_AGO = timedelta(days=3)


def load_risk(ward: Ward, now: datetime) -> None:
    """Rate three people who are being screened, and end what the yeses opened; again changes nothing."""
    at = datetime.combine(local(now - _ASKED_AGO).date(), time(9, 45), zone(CLOCK))
    for name, said in (("Ben Torres", CALM), ("Ana Kowalczyk", LOW), ("Miriam Feld", MODERATE)):
        with at_clock(at):
            is_new = rate(ward, name, said)
        if is_new and said is LOW:
            with at_clock(at + timedelta(minutes=40)):
                _end(ward, name, "noted", "A wish to be dead in bad weeks, no thoughts of doing anything.")
        if is_new and said is MODERATE:
            with at_clock(at + timedelta(hours=2)):
                _assess(ward, name)


def rate(ward: Ward, name: str, answers: Mapping[str, str]) -> bool:
    """Ask somebody the screener and enter what was said; say whether it was new."""
    told = ward.by(RATES, "cssrs", name, person=ward.person(name), instrument=SCREENER, filled_by=RATER)
    is_new = ask(**told)
    if is_new:
        enter(**ward.by(RATES, "cssrs", name, "sheet"), asked=told["id"], answers=answers)
    return is_new


def _assess(ward: Ward, name: str) -> None:
    case = _case_of(ward, name)
    for what in (MEANS_COUNSELED, PLAN_GIVEN):
        note_done(**ward.by(DECIDES, what, name, case=case), what=what)
    _end(ward, name, "assessed-with-plan", "Thinks of how, intends nothing. Her sister keeps the medicines.")


def _end(ward: Ward, name: str, outcome: str, words: str) -> None:
    told = ward.by(DECIDES, "risk", name, case=_case_of(ward, name), outcome=outcome)
    close_safety_case(**told, said_by=DECIDES, answer=words)


def _case_of(ward: Ward, name: str) -> UUID:
    with acting(ward.organization, ward.members[DECIDES], "cases.see_cases") as act:
        case = open_case_of(act, ward.person(name))
    assert case is not None, "a yes has opened it just now"
    return case
