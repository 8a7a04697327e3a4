"""Allergies as records write them.

An allergy to ketamine or esketamine excludes, however it was written; that there is none at all is a no.
"""

from tests.cases import cases
from tests.spec.vignettes.records import ANN, Resource, answer, concept, condition, day, given, status, well

UNASKED = ("q1",)


def allergy(
    code: str | None, clinical: str | None = "active", verified: str | None = "confirmed", **more: object
) -> Resource:
    """An entry of the allergy list, made a month ago."""
    stands = given(
        code=concept(code),
        clinicalStatus=status("allergyintolerance-clinical", clinical),
        verificationStatus=status("allergyintolerance-verification", verified),
    )
    entry = {"resourceType": "AllergyIntolerance", "id": "a1", "patient": ANN, "recordedDate": day(30)}
    return {**entry, **stands, **more}


def of_a_well_person(entry: Resource, asked: bool) -> str:
    """What the rule says with this entry; a person nobody asked has no answers."""
    return answer("hypersensitivity", *(one for one in well() if asked or one["id"] not in UNASKED), entry)


@cases("""
    entry                                   | code                                  | clinical | verified         | answer
    ----------------------------------------+---------------------------------------+----------+------------------+---------------
    ketamine by RxNorm                      | rxnorm 6130                           | active   | confirmed        | stop: override
    esketamine by RxNorm                    | rxnorm 2119365                        | active   | confirmed        | stop: override
    a ketamine product by RxNorm            | rxnorm 238083                         | active   | confirmed        | stop: override
    ketamine by SNOMED substance            | sct 373464007                         | active   | confirmed        | stop: override
    ketamine by SNOMED and words            | sct 373464007 Ketamine (substance)    | active   | confirmed        | stop: override
    ketamine in words                       | text Ketamine                         | active   | confirmed        | stop: override
    ketamine in capitals                    | text KETAMINE HCL                     | active   | confirmed        | stop: override
    ketamine in Spanish                     | text Alergia a la ketamina            | active   | confirmed        | stop: override
    a brand                                 | text Ketalar                          | active   | confirmed        | stop: override
    the other brand                         | text Spravato nasal spray             | active   | confirmed        | stop: override
    long resolved                           | rxnorm 6130                           | resolved | confirmed        | stop: override
    inactive                                | rxnorm 6130                           | inactive | confirmed        | stop: override
    unconfirmed                             | rxnorm 6130                           | active   | unconfirmed      | unknown: fact
    refuted                                 | rxnorm 6130                           | active   | refuted          | proceed
    entered in error                        | rxnorm 6130                           |          | entered-in-error | proceed
    no statuses at all                      | rxnorm 6130                           |          |                  | stop: override
    a code nobody knows, with words         | epic 4711 Ketamine                    | active   | confirmed        | stop: override
    penicillin                              | rxnorm 7980 Penicillin G              | active   | confirmed        | proceed
    ketoprofen                              | text Ketoprofen                       | active   | confirmed        | proceed
    ketorolac                               | rxnorm 35827 ketorolac                | active   | confirmed        | proceed
    tiletamine                              | text Telazol (tiletamine)             | active   | confirmed        | proceed
    denied in words                         | text No allergy to ketamine           | active   | confirmed        | proceed
    an allergy status of ketamine in words  | text Allergy to ketamine              | active   | confirmed        | stop: override
""")  # fmt: skip
def test_an_entry_beside_a_no_of_the_person(
    code: str, clinical: str | None, verified: str | None, answer: str
) -> None:
    assert of_a_well_person(allergy(code, clinical, verified), asked=True) == answer


@cases("""
    entry                                   | code                                  | clinical | verified    | answer
    ----------------------------------------+---------------------------------------+----------+-------------+---------------
    no known allergy                        | sct 716186003 No known allergy        | active   | confirmed   | proceed
    no known drug allergy                   | sct 409137002                         | active   | confirmed   | proceed
    no known allergies, in words            | text No known allergies               | active   | confirmed   | proceed
    no known drug allergies, in words       | text No Known Drug Allergies          | active   | confirmed   | proceed
    the same, abbreviated                   | text NKDA                             | active   | confirmed   | proceed
    no known food allergy                   | sct 429625007 No known food allergy   | active   | confirmed   | unknown: fact
    no known latex allergy                  | sct 1003774007                        | active   | confirmed   | unknown: fact
    no known allergy, and nobody is sure    | sct 716186003                         | active   | unconfirmed | unknown: fact
    no known allergy, refuted               | sct 716186003                         | active   | refuted     | unknown: fact
    no known allergy, no longer so          | sct 716186003                         | inactive | confirmed   | unknown: fact
    penicillin only                         | rxnorm 7980 Penicillin G              | active   | confirmed   | unknown: fact
    ketamine                                | rxnorm 6130                           | active   | confirmed   | stop: override
""")  # fmt: skip
def test_an_entry_where_nobody_was_asked(code: str, clinical: str, verified: str, answer: str) -> None:
    assert of_a_well_person(allergy(code, clinical, verified), asked=False) == answer


def test_no_known_allergy_grows_old_and_needs_a_day() -> None:
    old = allergy("sct 716186003", recordedDate=day(366))
    assert of_a_well_person(old, asked=False) == "unknown: fact"
    assert of_a_well_person({**old, "recordedDate": day(365)}, asked=False) == "proceed"
    undated = {name: value for name, value in old.items() if name != "recordedDate"}
    assert of_a_well_person(undated, asked=False) == "unknown: fact"


def test_an_intolerance_only_asks_what_it_was() -> None:
    assert of_a_well_person(allergy("rxnorm 6130", type="intolerance"), asked=True) == "unknown: fact"


def test_the_substance_of_the_reaction_counts_like_the_name_of_the_entry() -> None:
    reaction = [{"substance": concept("rxnorm 6130"), "manifestation": [{"text": "hives"}]}]
    assert of_a_well_person(allergy("text anesthetic", reaction=reaction), asked=True) == "stop: override"


def test_a_condition_that_says_allergy_to_ketamine_in_words_asks() -> None:
    assert of_a_well_person(condition("text Allergy to ketamine"), asked=True) == "unknown: fact"


def test_an_allergy_to_an_unnamed_anesthetic_asks() -> None:
    assert of_a_well_person(condition("icd Z88.4"), asked=False) == "unknown: fact"
