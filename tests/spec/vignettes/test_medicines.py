"""Medicines as records write them.

Each is known by every ingredient in it: a product by its RxNorm code; where the code is not known, by the
ingredients, the brands and the everyday names in its words, whole words only. What is known by name is marked.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import cases
from tests.spec.vignettes.records import ANN, Resource, bundle, concept, day, given, patient, read

from kap.screening.record import PersonRecord


def order(code: str | None, status: str | None = "active", **more: Any) -> Resource:
    """A prescription of last week."""
    parts = given(status=status, intent="order", medicationCodeableConcept=concept(code), authoredOn=day(7))
    return {"resourceType": "MedicationRequest", "id": "m1", "subject": ANN, **parts, **more}


def of_ann(*resources: Resource) -> PersonRecord:
    """What is read about Ann."""
    return next(one for one in read(bundle(patient(), *resources)).people if one.person == "ann")


def in_the_record(*resources: Resource) -> str:
    """Each ingredient in the record with its course, how well it is known, and whether by name."""
    facts = [fact for fact in of_ann(*resources).facts if fact.what.startswith("ingredient:")]
    told = {
        fact.what.removeprefix("ingredient:"): (
            f"{fact.course.value if fact.course else ''}"
            f"{'' if fact.is_known else '?'}{' by name' if '(by name)' in str(fact.value) else ''}"
        )
        for fact in facts
    }
    courses = set(told.values())
    assert len(courses) <= 1
    return f"{', '.join(sorted(told))}: {courses.pop()}" if told else "nothing"


@cases("""
    medicine                         | code                                              | taken
    ---------------------------------+---------------------------------------------------+---------------------------------
    an ingredient's code             | rxnorm 6470                                       | lorazepam: active
    a product's code                 | rxnorm 238100                                     | lorazepam: active
    a product's code with words      | rxnorm 197591 Diazepam 5 MG Oral Tablet           | diazepam: active
    a product of two                 | rxnorm 351266                                     | buprenorphine, naloxone: active
    a product of two opioid parts    | rxnorm 863845                                     | morphine, naltrexone: active
    a product of two, one known      | rxnorm 856987                                     | hydrocodone: active
    a product whose code is unknown  | rxnorm 999999999 lorazepam 0.5 MG Oral Tablet     | lorazepam: active by name
    a code of another list           | ndc 0187-0063-01 Ativan 1 MG Oral Tablet          | lorazepam: active by name
    a brand                          | text Klonopin 0.5 mg                              | clonazepam: active by name
    a brand in capitals              | text XANAX XR                                     | alprazolam: active by name
    a brand of two                   | text Suboxone 8-2 mg film                         | buprenorphine, naloxone: active by name
    a brand of two, for depression   | text Auvelity ER 45-105 mg                        | bupropion, dextromethorphan: active by name
    a brand for weight               | text Contrave                                     | bupropion, naltrexone: active by name
    two ingredients in words         | text olanzapine/fluoxetine 6-25 mg                | fluoxetine, olanzapine: active by name
    mixed salts                      | text Adderall XR 20mg capsule                     | amphetamine, dextroamphetamine: active by name
    an MAOI                          | text Nardil 15 mg                                 | phenelzine: active by name
    a skin patch                     | text Emsam 6 mg/24 hr patch                       | selegiline: active by name
    sodium oxybate                   | text Xyrem 500 mg/mL oral solution                | sodium-oxybate: active by name
    a barbiturate                    | text Fioricet                                     | butalbital: active by name
    theophylline                     | text Theo-24 300 mg                               | theophylline: active by name
    a GLP-1                          | text Ozempic 1 mg weekly                          | semaglutide: active by name
    a GLP-1 and GIP                  | text Zepbound                                     | tirzepatide: active by name
    a GLP-1 product                  | rxnorm 897122                                     | liraglutide: active
    a pen for allergies              | text EpiPen 2-Pak                                 | epinephrine: active by name
    an SSRI by its code              | rxnorm 321988                                     | escitalopram: active
    an SSRI product                  | rxnorm 312938                                     | sertraline: active
    a muscle relaxant                | text cyclobenzaprine 10 mg                        | cyclobenzaprine: active by name
    an antihistamine                 | text Benadryl Allergy 25 mg                       | diphenhydramine: active by name
    a sleep aid                      | text Tylenol PM                                   | diphenhydramine: active by name
    an antibiotic                    | text clarithromycin 500 mg                        | clarithromycin: active by name
    for COVID                        | text Paxlovid                                     | ritonavir: active by name
    an inducer                       | text Rifadin 300 mg                               | rifampin: active by name
    an herb                          | text St. John's Wort 300 mg                       | st-johns-wort: active by name
    kratom                           | text Kratom powder                                | kratom: active by name
    tianeptine                       | text Tianeptine sodium                            | tianeptine: active by name
    MDMA                             | text MDMA                                         | mdma: active by name
    psilocybin                       | text Psilocybin mushrooms                         | psilocybin: active by name
    lithium                          | text Lithium carbonate ER 450 mg                  | lithium: active by name
    thyroid                          | text Armour Thyroid 60 mg                         | levothyroxine, liothyronine: active by name
    ketamine troche                  | text ketamine 100 mg troche                       | ketamine: active by name
    esketamine                       | text Spravato 84 mg dose pack                     | esketamine: active by name
    a lithium battery                | text lithium battery ingestion                    | other: active
    norketamine                      | text norketamine level                            | other: active
    esmolol is not ketamine          | text esmolol                                      | esmolol: active by name
    ketorolac                        | text ketorolac 10 mg                              | other: active
    norepinephrine                   | text norepinephrine                               | other: active
    dihydrocodeine                   | text dihydrocodeine                               | other: active
    acetaminophen                    | rxnorm 313782 Acetaminophen 325 MG Oral Tablet    | other: active
    an allergy in the wrong list     | text Allergic to ketamine                         | ketamine: active? by name
    a no in words                    | text Not taking lorazepam                         | lorazepam: active? by name
""")  # fmt: skip
def test_what_a_medicine_is(code: str, taken: str) -> None:
    assert in_the_record(order(code)) == taken


def test_a_medicine_nobody_knows_is_listed_and_kept() -> None:
    [why] = of_ann(order("rxnorm 313782 Acetaminophen 325 MG Oral Tablet")).not_understood
    assert (why.came_from, "Acetaminophen" in str(why.why)) == (
        "MedicationRequest/m1#medicationCodeableConcept",
        True,
    )


def test_words_that_name_another_ingredient_than_the_code_are_kept_as_doubtful() -> None:
    facts = of_ann(order("rxnorm 197589 Lorazepam 0.5 MG Oral Tablet")).facts
    assert [(fact.what, fact.is_known) for fact in facts[1:]] == [
        ("ingredient:diazepam", True),
        ("ingredient:lorazepam", False),
    ]


@cases("""
    how written           | how_it_stands    | taken
    ----------------------+------------------+--------------------
    active                | active           | lorazepam: active
    on hold               | on-hold          | lorazepam: active?
    a draft               | draft            | lorazepam: active?
    unknown               | unknown          | lorazepam: active?
    not said              |                  | lorazepam: active?
    completed             | completed        | lorazepam: past
    stopped               | stopped          | lorazepam: past
    cancelled             | cancelled        | nothing
    entered in error      | entered-in-error | nothing
    nothing R4 has        | finished         | nothing
""")
def test_how_a_prescription_stands(how_it_stands: str | None, taken: str) -> None:
    assert in_the_record(order("rxnorm 6470", how_it_stands)) == taken


@cases("""
    what is meant         | intent         | taken
    ----------------------+----------------+--------------------
    an order              | order          | lorazepam: active
    a first order         | original-order | lorazepam: active
    a proposal            | proposal       | lorazepam: active?
    a plan                | plan           | lorazepam: active?
    an option             | option         | lorazepam: active?
""")
def test_what_is_meant_by_a_prescription(intent: str, taken: str) -> None:
    assert in_the_record(order("rxnorm 6470", intent=intent)) == taken


def test_what_is_not_to_be_given_is_not_taken() -> None:
    assert in_the_record(order("rxnorm 6470", doNotPerform=True)) == "nothing"


@cases("""
    entry                        | kind                     | how_it_stands | taken
    -----------------------------+--------------------------+---------------+--------------------
    a statement                  | MedicationStatement      | active        | lorazepam: active
    a statement, taken before    | MedicationStatement      | completed     | lorazepam: past
    a statement, not taken       | MedicationStatement      | not-taken     | lorazepam: denied
    a statement, intended        | MedicationStatement      | intended      | lorazepam: active?
    given once                   | MedicationAdministration | completed     | lorazepam: past
    being given                  | MedicationAdministration | in-progress   | lorazepam: active
    not given                    | MedicationAdministration | not-done      | nothing
    handed out                   | MedicationDispense       | completed     | lorazepam: active?
    to be handed out             | MedicationDispense       | in-progress   | lorazepam: active?
    declined at the counter      | MedicationDispense       | declined      | nothing
""")
def test_each_kind_of_entry(kind: str, how_it_stands: str, taken: str) -> None:
    entry = order(
        "rxnorm 6470", how_it_stands, resourceType=kind, effectiveDateTime=day(3), whenHandedOver=day(3)
    )
    assert in_the_record(entry) == taken


MEDICATION = {"resourceType": "Medication", "id": "med1", "code": concept("rxnorm 6470 lorazepam")}
UUID = "urn:uuid:5c1d1b5c-2f0e-4cbb-9d0a-7f3b5ee7c0de"
SERVER = "https://hospital.example/fhir"


def by_reference(reference: Resource) -> Resource:
    """A prescription that names its medicine elsewhere."""
    return order(None, medicationReference=reference)


def test_a_medicine_inside_the_prescription() -> None:
    assert (
        in_the_record({**by_reference({"reference": "#med1"}), "contained": [MEDICATION]})
        == "lorazepam: active"
    )


def test_a_medicine_beside_the_prescription() -> None:
    assert in_the_record(by_reference({"reference": "Medication/med1"}), MEDICATION) == "lorazepam: active"


def test_a_medicine_of_another_version() -> None:
    assert (
        in_the_record(by_reference({"reference": "Medication/med1/_history/2"}), MEDICATION)
        == "lorazepam: active"
    )


@pytest.mark.parametrize("address", [UUID, f"{SERVER}/Medication/med1"])
def test_a_medicine_by_its_full_address(address: str) -> None:
    entries = [
        {"fullUrl": f"{SERVER}/Patient/ann", "resource": patient()},
        {"fullUrl": f"{SERVER}/MedicationRequest/m1", "resource": by_reference({"reference": address})},
        {"fullUrl": address, "resource": MEDICATION},
    ]
    [ann] = read({"resourceType": "Bundle", "type": "searchset", "entry": entries}).people
    assert [fact.what for fact in ann.facts] == ["birth-date", "ingredient:lorazepam"]


def test_a_medicine_that_is_not_in_the_file_is_known_by_what_is_displayed() -> None:
    named = {"reference": "Medication/elsewhere", "display": "Lorazepam 1 mg tablet"}
    assert in_the_record(by_reference(named)) == "lorazepam: active by name"
    assert in_the_record(by_reference({"reference": "Medication/elsewhere"})) == "nothing"


def test_a_medicine_by_the_ingredients_it_lists() -> None:
    parts = [{"itemCodeableConcept": concept("rxnorm 6470")}, {"itemCodeableConcept": concept("rxnorm 2670")}]
    compound = {"resourceType": "Medication", "id": "med1", "code": {"text": "compound"}, "ingredient": parts}
    assert (
        in_the_record(by_reference({"reference": "Medication/med1"}), compound)
        == "codeine, lorazepam: active"
    )
