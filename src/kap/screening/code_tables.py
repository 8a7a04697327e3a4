"""The packaged tables of recognition: which codes and names stand for which concept, each with its origin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kap.screening.packaged import rows_of
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.facts import Course

SNOMED, ICD10, RXNORM, LOINC = "snomed", "icd-10-cm", "rxnorm", "loinc"
ROLES, INTERPRETATIONS, WORDS = "v3-rolecode", "v3-interpretation", "words"
SYSTEMS: Mapping[str, str] = {
    "http://snomed.info/sct": SNOMED,
    "urn:oid:2.16.840.1.113883.6.96": SNOMED,
    "http://hl7.org/fhir/sid/icd-10-cm": ICD10,
    "urn:oid:2.16.840.1.113883.6.90": ICD10,
    "http://www.nlm.nih.gov/research/umls/rxnorm": RXNORM,
    "urn:oid:2.16.840.1.113883.6.88": RXNORM,
    "http://loinc.org": LOINC,
    "urn:oid:2.16.840.1.113883.6.1": LOINC,
    "http://terminology.hl7.org/CodeSystem/v3-RoleCode": ROLES,
    "http://hl7.org/fhir/v3/RoleCode": ROLES,
    "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation": INTERPRETATIONS,
    "http://hl7.org/fhir/v2/0078": INTERPRETATIONS,
}

_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One concept a code stands for; `course` is what the code itself says, beyond the entry's own status."""

    concept: str
    course: Course | None
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measurement is of, and the unit its number is kept in; None where the answer is a word."""

    concept: str
    unit: UcumUnit | None


def words_in(name: str) -> list[str]:
    """The words of a name in small letters, without what stands between them."""
    return _BETWEEN_WORDS.sub(" ", name.lower()).split()


def meanings_of(system: str, code: str) -> tuple[Meaning, ...]:
    """The concepts a diagnosis code stands for; an ICD-10-CM code means what its closest heading means."""
    match SYSTEMS.get(system):
        case "snomed":
            return _conditions().get((SNOMED, code.strip()), ())
        case "icd-10-cm":
            plain = code.strip().upper().replace(".", "")
            headings = (plain[:length] for length in range(len(plain), 0, -1))
            return next((known for heading in headings if (known := _conditions().get((ICD10, heading)))), ())
    return ()


def ingredient_of(system: str, code: str) -> str | None:
    """The ingredient a medicine's product or ingredient code stands for."""
    return _medicines().get(code.strip()) if SYSTEMS.get(system) == RXNORM else None


@cache
def condition_names() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names of conditions with the concepts they stand for, the longest name first."""
    rows = sorted(rows_of("names.csv"), key=lambda row: -len(row["name"]))
    return tuple((row["name"], tuple(row["concepts"].split())) for row in rows)


@cache
def medicine_names() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Names of medicines with the ingredient each stands for, under the first word of the name."""
    names: dict[str, list[tuple[str, str]]] = {}
    for row in rows_of("medicines.csv"):
        if row["kind"] != "product":
            words = words_in(row["reads"])
            names.setdefault(words[0], []).append((" ".join(words), row["ingredient"]))
    return {first: tuple(known) for first, known in names.items()}


@cache
def measurements() -> Mapping[str, Measured]:
    """What each LOINC code measures."""
    return {
        row["loinc"]: Measured(row["concept"], UcumUnit(row["unit"]) if row["unit"] else None)
        for row in rows_of("measurements.csv")
    }


@cache
def results() -> Mapping[tuple[str, str], str]:
    """What each code or word says about a test that only says yes or no."""
    return {(row["system"], row["code"]): row["result"] for row in rows_of("results.csv")}


@cache
def relatives() -> Mapping[tuple[str, str], Course]:
    """How close each relative is."""
    return {(row["system"], row["code"]): Course(row["course"]) for row in rows_of("relatives.csv")}


@cache
def _conditions() -> Mapping[tuple[str, str], tuple[Meaning, ...]]:
    return {
        (row["system"], row["code"].replace(".", "")): tuple(
            Meaning(concept, Course(row["course"]) if row["course"] else None, row["certainty"] == "doubtful")
            for concept in row["concepts"].split()
        )
        for row in rows_of("conditions.csv")
    }


@cache
def _medicines() -> Mapping[str, str]:
    return {row["rxnorm"]: row["ingredient"] for row in rows_of("medicines.csv") if row["rxnorm"]}
