"""Recognition: which concept a code or a name means, and that nothing is guessed."""

import pytest

from kap.screening import recognition
from kap.screening.code_tables import SYSTEMS
from kap.screening.packaged import rows_of
from kap.vocabulary.codes import LoincCode, RxNormCode, SnomedCode
from kap.vocabulary.facts import Course

SNOMED = "http://snomed.info/sct"
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
LOINC = "http://loinc.org"


def concepts(system: str, code: str, display: str = "", text: str = "") -> set[str]:
    """The concepts of one coded condition."""
    return {one.concept for one in recognition.condition([(system, code, display)], text)}


@pytest.mark.parametrize(
    ("system", "code", "expected"),
    [
        (ICD10, "F20.9", {"psychosis-primary"}),
        (ICD10, "F209", {"psychosis-primary"}),
        (ICD10, " f20.9 ", {"psychosis-primary"}),
        ("urn:oid:2.16.840.1.113883.6.90", "F20.9", {"psychosis-primary"}),
        ("http://hl7.org/fhir/sid/icd-9-cm", "F20.9", set()),
        (ICD10, "F32.3", {"psychosis-mood"}),
        (ICD10, "F32.2", set()),
        (ICD10, "F31.64", {"bipolar", "mania", "psychosis-mood"}),
        (ICD10, "F31.63", {"bipolar", "mania"}),
        (ICD10, "F31.5", {"bipolar", "psychosis-mood"}),
        (ICD10, "F31.32", {"bipolar"}),
        (ICD10, "F31.76", {"bipolar"}),
        (ICD10, "F10.951", {"psychosis-substance"}),
        (ICD10, "F10.21", set()),
        (ICD10, "I60.7", {"brain-hemorrhage", "aneurysm"}),
        (ICD10, "I60.9", {"brain-hemorrhage"}),
        (ICD10, "I63.9", set()),
        (ICD10, "S06.35AA", {"brain-hemorrhage"}),
        (ICD10, "S06.5X0A", {"bleeding-around-brain"}),
        (ICD10, "D18.02", set()),
        (ICD10, "Q28.2", {"avm"}),
        (ICD10, "I71.40", {"aneurysm"}),
        (ICD10, "Z33.1", {"pregnancy"}),
        (ICD10, "Z33.2", {"pregnancy"}),
        (ICD10, "O99.341", {"pregnancy"}),
        (ICD10, "O99.345", {"pregnancy-ended"}),
        (ICD10, "O90.6", {"pregnancy-ended"}),
        (ICD10, "O80", {"pregnancy-ended"}),
        (ICD10, "F53.0", set()),
        (ICD10, "F53.1", {"psychosis-postpartum"}),
        (ICD10, "K74.60", {"cirrhosis"}),
        (ICD10, "K74.00", {"liver-disease"}),
        (ICD10, "N30.10", {"interstitial-cystitis"}),
        (ICD10, "N30.00", {"urinary-infection"}),
        (ICD10, "N30.90", {"cystitis"}),
        (ICD10, "I16.1", {"hypertensive-crisis"}),
        (ICD10, "", set()),
        (SNOMED, "767631007", {"bipolar"}),
        (SNOMED, "191618007", {"bipolar", "mania"}),
        (SNOMED, "41836007", {"bipolar"}),
        (SNOMED, "4926007", {"psychosis-primary"}),
        (SNOMED, "169563005", {"pregnancy"}),
        (SNOMED, "450418003", {"brain-hemorrhage"}),
        (SNOMED, "44054006", set()),
    ],
)
def test_a_code_means_its_concepts_and_no_others(system: str, code: str, expected: set[str]) -> None:
    assert concepts(system, code) == expected


def test_the_display_beside_a_known_code_is_not_believed() -> None:
    assert concepts(SNOMED, "67362008", "Amblyopia") == {"aneurysm"}


def test_a_code_may_say_itself_that_it_is_over() -> None:
    (one,) = recognition.condition([(SNOMED, "4926007", "")])
    assert one.course is Course.PAST
    (sequel,) = recognition.condition([(ICD10, "I69.10", "")])
    assert sequel.course is Course.PAST


def test_of_two_codes_for_one_entry_the_sure_one_counts() -> None:
    both = [(ICD10, "Q28.3", ""), (ICD10, "I67.1", "Cerebral aneurysm")]
    (one,) = recognition.condition(both)
    assert (one.concept, one.is_doubtful, one.words) == ("aneurysm", False, "Cerebral aneurysm (I67.1)")
    (same,) = recognition.condition(reversed(both))
    assert same.is_doubtful is False


@pytest.mark.parametrize(
    ("text", "concept", "course"),
    [
        ("Schizophrenia", "psychosis-primary", None),
        ("History of cerebral aneurysm", "aneurysm", Course.PAST),
        ("Family history of schizophrenia", "psychosis-primary", Course.FAMILY),
        ("Ketamine-induced cystitis", "ketamine-cystitis", None),
        ("No history of psychosis", None, None),
        ("Suspected aneurysm", "aneurysm", None),
        ("Aunt with an aneurysm", "aneurysm", Course.DISTANT_FAMILY),
        ("Screening for abdominal aortic aneurysm", None, None),
        ("Sprained ankle", None, None),
        ("", None, None),
    ],
)
def test_a_condition_known_by_name_alone_stays_doubtful_and_a_negated_one_is_nothing(
    text: str, concept: str | None, course: Course | None
) -> None:
    found = recognition.condition([], text)
    assert [one.concept for one in found] == ([concept] if concept else [])
    assert all(one.is_doubtful and one.is_by_name and one.course is course for one in found)


def test_an_unknown_code_is_read_by_its_display() -> None:
    (one,) = recognition.condition([(SNOMED, "999999", "Paranoid schizophrenia")])
    assert (one.concept, one.is_doubtful) == ("psychosis-primary", True)


@pytest.mark.parametrize(
    ("codings", "text", "expected", "by_name"),
    [
        ([(RXNORM, "6470", "Lorazepam")], "", {"ingredient:lorazepam"}, False),
        ([(RXNORM, "2601743", "")], "", {"ingredient:tirzepatide"}, False),
        ([(RXNORM, "999", "lorazepam 0.5 MG Oral Tablet")], "", {"ingredient:lorazepam"}, True),
        ([], "dextromethorphan / bupropion", {"ingredient:dextromethorphan", "ingredient:bupropion"}, True),
        ([], "St. John's wort", {"ingredient:st-johns-wort"}, True),
        ([], "Ketorolac 10 mg", set(), True),
        ([("urn:other", "6470", "")], "", set(), True),
    ],
)
def test_a_medicine_is_its_ingredients_by_code_else_by_name(
    codings: list[recognition.Coding], text: str, expected: set[str], by_name: bool
) -> None:
    found = recognition.medicine(codings, text)
    assert {one.concept for one in found} == expected
    assert all(one.is_by_name is by_name for one in found)


@pytest.mark.parametrize(
    ("codings", "text", "is_intolerance", "expected"),
    [
        ([(RXNORM, "6130", "Ketamine")], "", False, {"allergy:ketamine"}),
        ([(RXNORM, "2119365", "")], "", False, {"allergy:esketamine"}),
        ([], "S-Ketamine", False, {"allergy:ketamine", "allergy:esketamine"}),
        ([], "Ketalar", False, {"allergy:ketamine"}),
        ([], "Spravato nasal spray", False, {"allergy:esketamine"}),
        ([], "Ketoprofen", False, set()),
        ([], "No allergy to ketamine", False, set()),
        ([(RXNORM, "6130", "")], "", True, {"intolerance:ketamine"}),
        ([(SNOMED, "716186003", "No known allergy")], "", False, {"allergy:any"}),
        ([(ICD10, "Z88.4", "")], "", False, {"allergy:anesthetic"}),
        ([(ICD10, "F20.9", "")], "ketamine", False, {"allergy:ketamine"}),
    ],
)
def test_an_allergy_is_its_substance_by_code_else_by_name(
    codings: list[recognition.Coding], text: str, is_intolerance: bool, expected: set[str]
) -> None:
    found = recognition.allergy(codings, text, is_intolerance=is_intolerance)
    assert {one.concept for one in found} == expected


def test_a_measurement_is_known_by_its_loinc_code_with_the_unit_it_is_kept_in() -> None:
    measured = recognition.measurement([("urn:other", "x", ""), (LOINC, "1743-4", "")])
    assert measured is not None
    assert (measured.concept, str(measured.unit)) == ("lab:alt", "U/L")
    answered = recognition.measurement([(LOINC, "2106-3", "")])
    assert answered is not None
    assert (answered.concept, answered.unit) == ("lab:hcg", None)
    assert recognition.measurement([(LOINC, "0000-0", ""), (SNOMED, "1742-6", "")]) is None


@pytest.mark.parametrize(
    ("codings", "text", "expected"),
    [
        ([(SNOMED, "10828004", "")], "", "positive"),
        ([(SNOMED, "260415000", "Not detected")], "", "negative"),
        ([("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "POS", "")], "", "positive"),
        ([("urn:local", "P", "Positive")], "", "positive"),
        ([], "NEGATIVE", "negative"),
        ([], "Non-reactive", "negative"),
        ([], "Not pregnant", "negative"),
        ([], "equivocal", "indeterminate"),
        ([], "see note", None),
    ],
)
def test_a_result_says_positive_negative_or_indeterminate_and_otherwise_nothing(
    codings: list[recognition.Coding], text: str, expected: str | None
) -> None:
    assert recognition.result(codings, text) == expected


def test_a_relative_nobody_named_counts_as_near() -> None:
    roles = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
    assert recognition.kinship([(roles, "SIS", "sister")]) is Course.FAMILY
    assert recognition.kinship([(roles, "COUSN", "cousin")]) is Course.DISTANT_FAMILY
    assert recognition.kinship([(roles, "HSIB", "half-sibling")]) is Course.DISTANT_FAMILY
    assert recognition.kinship([]) is Course.FAMILY


def test_every_packaged_code_checks_as_a_code_of_its_system() -> None:
    for table in ("conditions.csv", "relatives.csv", "results.csv"):
        for row in rows_of(table):
            if row["system"] == "snomed":
                SnomedCode(row["code"])
    for row in rows_of("measurements.csv"):
        LoincCode(row["loinc"])
    for row in rows_of("medicines.csv"):
        if row["system"] == "rxnorm":
            RxNormCode(row["code"])
    assert set(SYSTEMS.values()) >= {row["system"] for row in rows_of("conditions.csv")}


def test_every_packaged_code_says_where_it_was_read() -> None:
    for table in ("conditions.csv", "medicines.csv", "measurements.csv"):
        assert all(row["source"] for row in rows_of(table))
