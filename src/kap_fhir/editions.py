"""Which release of FHIR a resource follows, where its profile or its structure shows it.

A release we do not read is refused whole: half a record is worse than none. What would be equally valid in R4
shows nothing, and is read as R4.

Source: HL7 FHIR R4 (4.0.1), "Differences from STU3" of each resource page, https://hl7.org/fhir/R4/diff.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from kap_fhir.shapes import JsonObject, object_of, text_of

DSTU2, STU3, OLDER, R5 = "DSTU2", "STU3", "DSTU2 or STU3", "R5"

_KINDS: Final[Mapping[str, str]] = {
    "MedicationOrder": DSTU2, "DiagnosticOrder": DSTU2, "Conformance": DSTU2, "DeviceUseRequest": DSTU2,
    "ImagingObjectSelection": DSTU2, "Order": DSTU2, "OrderResponse": DSTU2,
    "ProcedureRequest": OLDER, "ReferralRequest": OLDER, "DeviceComponent": OLDER, "DataElement": OLDER,
    "BodySite": OLDER, "Sequence": STU3, "ImagingManifest": STU3, "EligibilityRequest": OLDER,
    "EligibilityResponse": OLDER, "ProcessRequest": OLDER, "ProcessResponse": OLDER,
    "ServiceDefinition": STU3, "ExpansionProfile": STU3,
    "InventoryItem": R5, "NutritionIntake": R5, "ImagingSelection": R5, "GenomicStudy": R5, "Transport": R5,
    "EncounterHistory": R5, "DeviceUsage": R5, "DeviceDispense": R5, "FormularyItem": R5,
}  # fmt: skip

# Elements that R4 does not have, by resource.
_ELEMENTS: Final[Mapping[str, Mapping[str, str]]] = {
    "Patient": {"animal": OLDER, "careProvider": DSTU2},
    "Condition": {
        "patient": DSTU2, "dateRecorded": DSTU2, "assertedDate": STU3, "context": STU3, "participant": R5,
    },
    "Observation": {"comments": DSTU2, "comment": STU3, "related": OLDER, "context": STU3, "triggeredBy": R5},
    "AllergyIntolerance": {"substance": DSTU2, "status": DSTU2, "assertedDate": STU3, "participant": R5},
    "MedicationRequest": {"context": STU3, "definition": STU3, "medication": R5},
    "MedicationStatement": {"patient": DSTU2, "wasNotTaken": DSTU2, "taken": STU3, "medication": R5},
    "MedicationAdministration": {
        "patient": DSTU2, "wasNotGiven": DSTU2, "notGiven": STU3, "prescription": OLDER, "medication": R5,
        "occurenceDateTime": R5, "occurencePeriod": R5,
    },
    "MedicationDispense": {"notDone": STU3, "medication": R5},
    "Encounter": {"patient": DSTU2, "incomingReferral": OLDER, "actualPeriod": R5},
    "Procedure": {
        "notPerformed": DSTU2, "notDone": STU3, "context": STU3, "occurrenceDateTime": R5,
        "occurrencePeriod": R5,
    },
    "DiagnosticReport": {"context": STU3, "codedDiagnosis": OLDER, "image": OLDER},
    "FamilyMemberHistory": {"notDone": STU3},
    "Immunization": {"wasNotGiven": DSTU2, "notGiven": STU3, "explanation": OLDER},
    "QuestionnaireResponse": {"context": STU3, "parent": STU3, "group": DSTU2},
}  # fmt: skip

_NO_ELEMENTS: Final[Mapping[str, str]] = {}
_REMEMBERED: Final = 512  # a sender has few profiles, and names one in every resource

# Elements whose shape R4 changed: the kind of JSON value the other release has there.
_SHAPES: Final[Mapping[str, Mapping[str, tuple[tuple[type, str], ...]]]] = {
    "Condition": {
        "clinicalStatus": ((str, OLDER),),
        "verificationStatus": ((str, OLDER),),
        "category": ((dict, OLDER),),
    },
    "AllergyIntolerance": {
        "clinicalStatus": ((str, OLDER),),
        "verificationStatus": ((str, OLDER),),
        "category": ((str, DSTU2),),
        "type": ((dict, R5),),
    },
    "Observation": {"category": ((dict, OLDER),), "interpretation": ((dict, OLDER),)},
    "Encounter": {"class": ((str, DSTU2), (list, R5))},
    "QuestionnaireResponse": {"questionnaire": ((dict, OLDER),)},
}

# What stands after "|" is the version of FHIR for FHIR's own profiles only; a guide counts its own versions:
# US Core 3.0.1 and the Patient Summary 1.0.0 are both written in R4.
_ITS_OWN: Final = r"^https?://hl7\.org/fhir/StructureDefinition/[^|]*\|"
_PROFILES: Final = (
    (re.compile(rf"/DSTU2/|/fhir/1\.0/|{_ITS_OWN}1\.0|/daf/|/argonaut/"), DSTU2),
    (re.compile(rf"/STU3/|/fhir/3\.0/|{_ITS_OWN}3\.0|standardhealthrecord\.org"), STU3),
    (re.compile(rf"/R5/|/fhir/5\.0/|{_ITS_OWN}5\.0"), R5),
)
_R4_PROFILE: Final = re.compile(rf"/us/core/|/fhir/4\.0/|/R4/|{_ITS_OWN}4\.0")


def other_release(resource: JsonObject) -> tuple[str, str] | None:
    """The release a resource shows that is not R4, and the element that shows it."""
    kind = text_of(resource.get("resourceType"))
    if release := _KINDS.get(kind):
        return release, kind
    for profile in _profiles(resource):
        if release := _release_of(profile):
            return release, f"{kind}.meta.profile"
    elements = _ELEMENTS.get(kind, _NO_ELEMENTS)
    if not elements.keys().isdisjoint(resource):
        for element, release in elements.items():
            if resource.get(element) is not None:
                return release, f"{kind}.{element}"
    for element, shapes in _SHAPES.get(kind, {}).items():
        for shape_of_value, release in shapes:
            if isinstance(resource.get(element), shape_of_value):
                return release, f"{kind}.{element}"
    return _in_a_name(resource) if kind == "Patient" else None


def shows_r4(resource: JsonObject) -> bool:
    """Whether a resource shows that it follows R4, and not merely could."""
    if any(_is_of_r4(profile) for profile in _profiles(resource)):
        return True
    statuses = (resource.get("clinicalStatus"), resource.get("verificationStatus"))
    return any(isinstance(status, dict) for status in statuses)


@lru_cache(_REMEMBERED)
def _release_of(profile: str) -> str:
    """The release that is not R4 which the address of a profile names; empty where it names none."""
    if _is_of_r4(profile):
        return ""
    return next((release for shape, release in _PROFILES if shape.search(profile)), "")


@lru_cache(_REMEMBERED)
def _is_of_r4(profile: str) -> bool:
    return bool(_R4_PROFILE.search(profile))


def _profiles(resource: JsonObject) -> list[str]:
    profiles: Any = object_of(resource.get("meta")).get("profile")
    return [profile for profile in profiles if isinstance(profile, str)] if isinstance(profiles, list) else []


def _in_a_name(resource: JsonObject) -> tuple[str, str] | None:
    names = resource.get("name")
    for name in names if isinstance(names, list) else []:
        if isinstance(object_of(name).get("family"), list):
            return DSTU2, "Patient.name.family"
    return None
