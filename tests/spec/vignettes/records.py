"""A person as another system would send them: everything asked and well, until a table says otherwise."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from tests.spec.screening.people import TODAY, days_ago, said

from kap.screening.screening import Screening, Treatment, screen
from kap.vocabulary.findings import worst_first
from kap_fhir.reading import Reading, read_people

Resource = dict[str, Any]

SYSTEMS = {
    "icd": "http://hl7.org/fhir/sid/icd-10-cm",
    "icd9": "http://hl7.org/fhir/sid/icd-9-cm",
    "who": "http://hl7.org/fhir/sid/icd-10",
    "sct": "http://snomed.info/sct",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "ndc": "http://hl7.org/fhir/sid/ndc",
    "loinc": "http://loinc.org",
    "role": "http://terminology.hl7.org/CodeSystem/v3-RoleCode",
    "epic": "urn:oid:1.2.840.114350.1.13.0.1.7.2.696580",
}
ANN = {"reference": "Patient/ann"}
BOB = {"reference": "Patient/bob"}
UCUM = "http://unitsofmeasure.org"

NOTHING_WRONG: dict[str, bool | str] = {
    "aneurysm-or-avm": False, "brain-bleeding": False, "psychosis-ever": False, "psychosis-in-family": False,
    "mania-now": False, "ketamine-allergy": False, "can-become-pregnant": False, "pregnant-now": False,
    "cirrhosis": False, "ketamine-bladder": False, "interstitial-cystitis": False, "bladder-symptoms": False,
    "escort": True,
}  # fmt: skip


def day(ago: int | None) -> str | None:
    """A day as FHIR writes it; none where the table leaves the cell blank."""
    then = days_ago(ago)
    return then.isoformat() if then else None


def given(**parts: Any) -> Resource:
    """The elements of a resource that hold anything."""
    return {name.rstrip("_"): value for name, value in parts.items() if value not in (None, "", [])}


def concept(words: str | None) -> Resource | None:
    """A coded concept from a cell: `icd F20.0`, `sct 58214004 Schizophrenia`, `text anxiety`; several by `+`."""
    if not words:
        return None
    codings: list[Resource] = []
    text = None
    for part in words.split(" + "):
        kind, _, rest = part.strip().partition(" ")
        if kind == "text":
            text = rest
        else:
            code, _, display = rest.partition(" ")
            codings.append(given(system=SYSTEMS[kind], code=code, display=display))
    return given(coding=codings, text=text)


def status(kind: str, code: str | None) -> Resource | None:
    """A clinical or verification status as R4 writes it."""
    if not code:
        return None
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{kind}", "code": code}]}


def patient(id: str = "ann", **more: Any) -> Resource:
    """A person of 45 years."""
    return {"resourceType": "Patient", "id": id, "birthDate": "1981-03-02", **more}


def condition(
    code: str | None, clinical: str | None = "active", verified: str | None = "confirmed", **more: Any
) -> Resource:
    """An entry of the problem list."""
    stands = given(
        clinicalStatus=status("condition-clinical", clinical),
        verificationStatus=status("condition-ver-status", verified),
    )
    return {"resourceType": "Condition", "id": "c1", "subject": ANN, "code": concept(code), **stands, **more}


def quantity(value: Any, unit: str | None, code: str | None = None) -> Resource:
    """A number with its unit in words, and in a UCUM code where there is one."""
    return given(value=value, unit=unit, system=UCUM if code else None, code=code)


def observation(code: str, ago: int | None = 1, *, id: str = "o1", **more: Any) -> Resource:
    """A final observation with a LOINC code."""
    seen = {"resourceType": "Observation", "id": id, "status": "final", "subject": ANN}
    return {**seen, **given(code=concept(f"loinc {code}"), effectiveDateTime=day(ago)), **more}


def pressure(
    systolic: Any, diastolic: Any, ago: int | None = 1, unit: str = "mm[Hg]", **more: Any
) -> Resource:
    """A blood pressure panel; a number nobody gave is left out."""
    halves = (("8480-6", systolic), ("8462-4", diastolic))
    parts = [
        {"code": concept(f"loinc {code}"), "valueQuantity": quantity(value, unit, unit)}
        for code, value in halves
        if value is not None
    ]
    return observation("85354-9", ago, **{"id": "bp1", "component": parts, **more})


def enzyme(code: str, value: Any, upper: Any = 40, ago: int | None = 10, unit: str = "U/L") -> Resource:
    """A laboratory number with the report's own upper end of normal."""
    limit = [{"high": quantity(upper, unit, unit)}] if upper is not None else []
    return observation(
        code, ago, id=f"lab-{code}", valueQuantity=quantity(value, unit, unit), referenceRange=limit
    )


def history(ago: int | None = 5, *, by: str = "Patient/ann", **answers: bool | str | None) -> Resource:
    """The structured history, answered with nothing wrong except what is said here; None is not answered."""
    told = {**NOTHING_WRONG, **{name.replace("_", "-"): value for name, value in answers.items()}}
    items = [
        {"linkId": name, "answer": [_answer(value)]} for name, value in told.items() if value is not None
    ]
    return given(
        resourceType="QuestionnaireResponse",
        id="q1",
        status="completed",
        questionnaire="urn:openkap:history|1",
        subject=ANN,
        author={"reference": by},
        authored=day(ago),
        item=items,
    )


def _answer(value: bool | str) -> Resource:
    if isinstance(value, bool):
        return {"valueBoolean": value}
    return {"valueCoding": {"code": value}} if len(value) == 1 else {"valueString": value}


def filled(
    form: str,
    answers: str | None,
    ago: int | str | None = 5,
    *,
    id: str = "form1",
    status: str = "completed",
    **more: Any,
) -> Resource:
    """A form as far as it was filled in, written `question=answer`, under our own name for it.

    When is so many days ago, or a moment.
    """
    items = [
        {"linkId": item, "answer": [{"valueInteger": int(answer)}]}
        for item, answer in (pair.split("=") for pair in (answers or "").split())
    ]
    told = {"resourceType": "QuestionnaireResponse", "id": id, "status": status, "subject": ANN}
    when = ago if isinstance(ago, str) else day(ago)
    return {**told, **given(questionnaire=f"urn:openkap:{form}|1", authored=when, item=items), **more}


def well() -> list[Resource]:
    """Everything that lets every rule go on: a person, measured and asked."""
    return [
        patient(),
        pressure(118, 74),
        enzyme("1742-6", 22),
        enzyme("1920-8", 19),
        enzyme("1975-2", 0.7, 1.2, unit="mg/dL"),
        history(),
        filled("cssrs-screener", "1=0 2=0 6=0", id="cssrs"),
    ]


def bundle(*resources: Resource, type: str = "collection") -> Resource:
    """A bundle of resources without addresses."""
    return {"resourceType": "Bundle", "type": type, "entry": [{"resource": one} for one in resources]}


def sent(*documents: Any) -> bytes:
    """One document as JSON, several as NDJSON."""
    return "\n".join(json.dumps(one) for one in documents).encode()


def read(record: bytes | Resource, on: date = TODAY) -> Reading:
    """What is read from a file on the day of the tables."""
    return read_people(record if isinstance(record, bytes) else sent(record), on=on)


def screened(record: bytes | Resource, person: str = "ann", on: date = TODAY) -> Screening:
    """One person of a file, screened on the day of the tables."""
    whole = read(record, on)
    return screen(next(one for one in whole.people if one.person == person), Treatment(), on)


def answer(rule: str, *resources: Resource, person: str = "ann", on: date = TODAY) -> str:
    """The worst a rule finds in a bundle of these resources."""
    return answer_in(bundle(*resources), rule, person=person, on=on)


def answer_in(record: bytes | Resource, rule: str, *, person: str = "ann", on: date = TODAY) -> str:
    """The worst a rule finds in a file."""
    found = [one for one in screened(record, person, on).findings if one.rule == rule]
    return said(worst_first(found)[0])


def with_well(rule: str, *resources: Resource, instead_of: tuple[str, ...] = ()) -> str:
    """The worst a rule finds in a well person with these resources added, or put in place of others."""
    kept = [one for one in well() if one["id"] not in instead_of]
    return answer(rule, *kept, *resources)
