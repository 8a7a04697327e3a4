"""The packaged tables of recognition: which codes and names stand for which concept, each with its origin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from kap.screening.packaged import rows_of
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.facts import Course

SNOMED, ICD10, ICD10_WHO, RXNORM, LOINC = "snomed", "icd-10-cm", "icd-10", "rxnorm", "loinc"
ROLES, INTERPRETATIONS, WORDS = "v3-rolecode", "v3-interpretation", "words"
SYSTEMS: Mapping[str, str] = {
    "http://snomed.info/sct": SNOMED,
    "urn:oid:2.16.840.1.113883.6.96": SNOMED,
    "http://hl7.org/fhir/sid/icd-10-cm": ICD10,
    "urn:oid:2.16.840.1.113883.6.90": ICD10,
    "http://hl7.org/fhir/sid/icd-10": ICD10_WHO,
    "urn:oid:2.16.840.1.113883.6.3": ICD10_WHO,
    "http://www.nlm.nih.gov/research/umls/rxnorm": RXNORM,
    "urn:oid:2.16.840.1.113883.6.88": RXNORM,
    "http://loinc.org": LOINC,
    "urn:oid:2.16.840.1.113883.6.1": LOINC,
    "http://terminology.hl7.org/CodeSystem/v3-RoleCode": ROLES,
    "http://hl7.org/fhir/v3/RoleCode": ROLES,
    "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation": INTERPRETATIONS,
    "http://hl7.org/fhir/v2/0078": INTERPRETATIONS,
}

NO_ALLERGY = "allergy:any"
_NAMES = frozenset({"ingredient", "name", "brand"})
# How systems are also named where an address belongs: by their number alone, or by what people call them.
_PLAIN_SYSTEMS: Mapping[str, str] = {
    **{address.lower().removeprefix("urn:oid:"): name for address, name in SYSTEMS.items()},
    **{address.lower(): name for address, name in SYSTEMS.items()},
    **{"snomed": SNOMED, "snomed ct": SNOMED, "snomed-ct": SNOMED, "loinc": LOINC, "rxnorm": RXNORM},
    **{"icd-10-cm": ICD10, "icd10cm": ICD10, "icd-10": ICD10_WHO, "icd10": ICD10_WHO},
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


def system_of(address: str) -> str | None:
    """The code system an address names, however it was written: with https, in capitals, by its name."""
    if found := SYSTEMS.get(address):
        return found
    plain = address.strip().rstrip("/").lower()
    return _PLAIN_SYSTEMS.get(plain.replace("https://", "http://", 1))


def meanings_of(system: str, code: str) -> tuple[Meaning, ...]:
    """The concepts a diagnosis code stands for; an ICD-10-CM code means what its closest heading means.

    Exporters also put ICD-10-CM codes under the name of the WHO's ICD-10, and the two differ in places: what
    is coded so is doubtful.
    """
    match system_of(system):
        case "snomed" | "loinc" as name:
            return _conditions().get((name, code.strip()), ())
        case "icd-10-cm":
            return _closest(code)
        case "icd-10":
            return tuple(replace(meaning, is_doubtful=True) for meaning in _closest(code))
    return ()


def _closest(code: str) -> tuple[Meaning, ...]:
    plain = code.strip().upper().replace(".", "")
    headings = (plain[:length] for length in range(len(plain), 0, -1))
    return next((known for heading in headings if (known := _conditions().get((ICD10, heading)))), ())


def ingredients_of(system: str, code: str) -> tuple[str, ...]:
    """The ingredients a medicine's product or ingredient code stands for; none where it is not known."""
    return _medicines().get((system_of(system) or "", code.strip()), ())


@cache
def condition_names() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names of conditions with the concepts they stand for, the longest name first."""
    rows = sorted(rows_of("names.csv"), key=lambda row: -len(row["name"]))
    conditions = (row for row in rows if row["concepts"] != NO_ALLERGY)
    return tuple((row["name"], tuple(row["concepts"].split())) for row in conditions)


@cache
def no_allergy_names() -> frozenset[str]:
    """What is written where somebody was asked and has no allergy at all."""
    return frozenset(row["name"] for row in rows_of("names.csv") if row["concepts"] == NO_ALLERGY)


@cache
def medicine_names() -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Names of medicines with the ingredients each stands for, under the first word of the name."""
    names: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for row in rows_of("medicines.csv"):
        if row["kind"] in _NAMES:
            words = words_in(row["reads"])
            names.setdefault(words[0], []).append((" ".join(words), tuple(row["ingredients"].split())))
    return {first: tuple(known) for first, known in names.items()}


@cache
def false_friends() -> tuple[str, ...]:
    """Phrases that hold the name of a medicine and mean none."""
    rows = rows_of("medicines.csv")
    return tuple(" ".join(words_in(row["reads"])) for row in rows if row["kind"] == "no medicine")


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
def relative_names() -> tuple[tuple[str, Course], ...]:
    """How close each relative is, by what they are called; the longest name first."""
    named = [(code, course) for (system, code), course in relatives().items() if system == WORDS]
    return tuple(sorted(named, key=lambda one: -len(one[0])))


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
def _medicines() -> Mapping[tuple[str, str], tuple[str, ...]]:
    rows = (row for row in rows_of("medicines.csv") if row["code"])
    return {(row["system"], row["code"]): tuple(row["ingredients"].split()) for row in rows}
