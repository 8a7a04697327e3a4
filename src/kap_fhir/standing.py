"""How an entry stands: present, over or never there, and whether anybody is sure.

Refuted entries and entries made in error say nothing about the person. Provisional, differential and
unconfirmed ones are doubtful: a rule may ask because of them, and may never be content because of them.

Source: HL7 FHIR R4 (4.0.1) value sets condition-clinical, condition-ver-status, allergyintolerance-clinical,
allergyintolerance-verification, medicationrequest-status, medicationrequest-intent,
medication-statement-status, medication-admin-status, medicationdispense-status, observation-status,
diagnostic-report-status, event-status, encounter-status, history-status, questionnaire-answers-status
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kap.vocabulary.facts import Course, FactStatus
from kap_fhir.shapes import JsonObject, codes_of, object_of, text_of
from kap_fhir.when import NEVER_SAID, has_come, when

_PRESENT: Final = {"active", "recurrence", "relapse"}
_OVER: Final = {"inactive", "remission", "resolved"}
_REFUTED: Final = {"refuted", "entered-in-error"}
_VERIFIED: Final = {"confirmed", "unconfirmed", "presumed", "provisional", "differential"}


@dataclass(frozen=True, slots=True)
class Standing:
    """The course of an entry and how well it is known."""

    course: Course | None
    is_sure: bool = True

    def status(self, is_doubted: bool = False) -> FactStatus:
        """How well a fact of this entry is known."""
        return FactStatus.RECORDED if self.is_sure and not is_doubted else FactStatus.DOUBTFUL


_TAKEN, _TAKEN_PERHAPS = Standing(Course.ACTIVE), Standing(Course.ACTIVE, is_sure=False)
_NO_LONGER, _NOT_TAKEN = Standing(Course.PAST), Standing(Course.DENIED)
_SEEN, _SEEN_PERHAPS = Standing(None), Standing(None, is_sure=False)

# None: it never happened, or was written in error. A status that is not listed is not understood.
BY_STATUS: Final[Mapping[str, Mapping[str, Standing | None]]] = {
    "MedicationRequest": {
        "active": _TAKEN, "on-hold": _TAKEN_PERHAPS, "draft": _TAKEN_PERHAPS, "unknown": _TAKEN_PERHAPS,
        "": _TAKEN_PERHAPS, "completed": _NO_LONGER, "stopped": _NO_LONGER, "cancelled": None,
        "entered-in-error": None,
    },
    "MedicationStatement": {
        "active": _TAKEN, "intended": _TAKEN_PERHAPS, "on-hold": _TAKEN_PERHAPS, "unknown": _TAKEN_PERHAPS,
        "": _TAKEN_PERHAPS, "completed": _NO_LONGER, "stopped": _NO_LONGER, "not-taken": _NOT_TAKEN,
        "entered-in-error": None,
    },
    "MedicationAdministration": {
        "in-progress": _TAKEN, "on-hold": _TAKEN_PERHAPS, "unknown": _TAKEN_PERHAPS, "": _TAKEN_PERHAPS,
        "completed": _NO_LONGER, "stopped": _NO_LONGER, "not-done": None, "entered-in-error": None,
    },
    # What was handed out may be taken for long after: the hand-over is over, the taking perhaps not.
    "MedicationDispense": {
        "completed": _TAKEN_PERHAPS, "in-progress": _TAKEN_PERHAPS, "preparation": _TAKEN_PERHAPS,
        "on-hold": _TAKEN_PERHAPS, "unknown": _TAKEN_PERHAPS, "": _TAKEN_PERHAPS, "stopped": _NO_LONGER,
        "cancelled": None, "declined": None, "entered-in-error": None,
    },
    "Observation": {
        "final": _SEEN, "amended": _SEEN, "corrected": _SEEN, "preliminary": _SEEN_PERHAPS,
        "unknown": _SEEN_PERHAPS, "": _SEEN_PERHAPS, "registered": None, "cancelled": None,
        "entered-in-error": None,
    },
    "Procedure": {
        "completed": _NO_LONGER, "in-progress": _TAKEN, "stopped": _NO_LONGER,
        "on-hold": _TAKEN_PERHAPS, "unknown": _TAKEN_PERHAPS, "": _TAKEN_PERHAPS, "preparation": None,
        "not-done": None, "entered-in-error": None,
    },
    # The reason for a visit is what somebody suspected that day; it is never sure.
    "Encounter": {
        "arrived": _TAKEN_PERHAPS, "triaged": _TAKEN_PERHAPS, "in-progress": _TAKEN_PERHAPS,
        "onleave": _TAKEN_PERHAPS, "finished": Standing(Course.PAST, is_sure=False),
        "unknown": _TAKEN_PERHAPS, "": _TAKEN_PERHAPS, "planned": None, "cancelled": None,
        "entered-in-error": None,
    },
    "FamilyMemberHistory": {
        "completed": _SEEN, "partial": _SEEN, "": _SEEN_PERHAPS, "health-unknown": _SEEN_PERHAPS,
        "entered-in-error": None,
    },
    "QuestionnaireResponse": {
        "completed": _SEEN, "amended": _SEEN, "in-progress": _SEEN_PERHAPS, "stopped": _SEEN_PERHAPS,
        "": _SEEN_PERHAPS, "entered-in-error": None,
    },
    "DiagnosticReport": {
        "final": _SEEN, "amended": _SEEN, "corrected": _SEEN, "appended": _SEEN, "partial": _SEEN_PERHAPS,
        "preliminary": _SEEN_PERHAPS, "unknown": _SEEN_PERHAPS, "": _SEEN_PERHAPS, "registered": None,
        "cancelled": None, "entered-in-error": None,
    },
}  # fmt: skip


def status_of(kind: str, resource: JsonObject) -> str:
    """The status an entry was given, in small letters."""
    return text_of(resource.get("status")).lower()


def of_condition(resource: JsonObject, on: date | None) -> Standing | None:
    """How a condition or an allergy stands; None where it was refuted or written in error.

    Missing: one that nobody said had ended is present; one that is called present and has ended is doubtful.
    """
    verified = codes_of(resource.get("verificationStatus"))
    if verified & _REFUTED:
        return None
    # A sender may put its own code beside FHIR's; where there is none of FHIR's, nobody can be sure.
    is_sure = (verified & _VERIFIED or verified) <= {"confirmed"}
    clinical = codes_of(resource.get("clinicalStatus"))
    has_ended, is_end_readable = _ended(resource, on)
    if clinical & _OVER:
        return Standing(Course.PAST, is_sure and not clinical & _PRESENT)
    if clinical & _PRESENT:
        return Standing(Course.ACTIVE, is_sure and not has_ended and is_end_readable)
    if clinical:
        return Standing(Course.ACTIVE, is_sure=False)
    return Standing(Course.PAST if has_ended else Course.ACTIVE, is_sure and is_end_readable)


def _ended(resource: JsonObject, on: date | None) -> tuple[bool, bool]:
    """Whether a condition has ended, and whether what was said about its end can be read."""
    period = object_of(resource.get("abatementPeriod"))
    end = when(resource.get("abatementDateTime") or period.get("end") or period.get("start"))
    if end is not NEVER_SAID:
        return has_come(end, on), not end.is_unreadable
    told = ("abatementAge", "abatementRange", "abatementString")
    return any(resource.get(element) for element in told) or resource.get("abatementBoolean") is True, True
