"""What the person told, as records hold it.

A well person who answered the structured history as the table says, and the age by the birth date.
"""

from datetime import date

from tests.cases import cases
from tests.spec.vignettes.records import answer, bundle, condition, history, patient, screened, with_well

ANSWERS = ("q1",)


@cases("""
    what was told                          | escort | observer | name | ago | answer
    ---------------------------------------+--------+----------+------+-----+------------------
    an escort                              | yes    |          |      | 0   | proceed
    an escort, 30 days ago                 | yes    |          |      | 30  | proceed
    an escort, 31 days ago                 | yes    |          |      | 31  | unknown: fact
    no escort and nothing about a night    | no     |          |      | 0   | unknown: fact
    neither                                | no     | no       |      | 0   | stop today: fact
    a named observer                       | no     | yes      | Rosa | 0   | proceed
    an observer nobody named               | no     | yes      |      | 0   | unknown: fact
    both                                   | yes    | yes      | Rosa | 0   | proceed
    nothing                                |        |          |      | 0   | unknown: fact
""")
def test_companion(
    escort: bool | None, observer: bool | None, name: str | None, ago: int, answer: str
) -> None:
    told = history(ago, escort=escort, overnight_observer=observer, overnight_observer_name=name)
    assert with_well("companion", told, instead_of=ANSWERS) == answer


@cases("""
    class           | told by          | pugh | ago | answer
    ----------------+------------------+------+-----+---------------
    A               | Practitioner/7   | A    | 1   | proceed
    B               | Practitioner/7   | B    | 1   | caution
    C               | Practitioner/7   | C    | 1   | stop: override
    small letter    | Practitioner/7   | c    | 1   | stop: override
    90 days old     | Practitioner/7   | B    | 90  | caution
    91 days old     | Practitioner/7   | B    | 91  | unknown: fact
    none            | Practitioner/7   |      | 1   | unknown: fact
""")
def test_the_class_of_a_cirrhosis(told_by: str, pugh: str | None, ago: int, answer: str) -> None:
    told = history(ago, by=told_by, child_pugh=pugh)
    assert with_well("hepatic", condition("icd K74.60"), told, instead_of=ANSWERS) == answer


@cases("""
    question                                       | rule                     | answered | answer
    -----------------------------------------------+--------------------------+----------+---------------------
    aneurysm-or-avm                                | aneurysm-avm             | yes      | stop: override
    aneurysm-or-avm, not answered                  | aneurysm-avm             |          | unknown: fact
    brain-bleeding                                 | intracerebral-hemorrhage | yes      | stop: override
    brain-bleeding, not answered                   | intracerebral-hemorrhage |          | unknown: fact
    psychosis-ever                                 | psychosis                | yes      | unknown: fact
    psychosis-ever, not answered                   | psychosis                |          | unknown: fact
    psychosis-in-family                            | psychosis                | yes      | caution
    psychosis-now                                  | psychosis                | yes      | stop: override
    mania-now                                      | mania                    | yes      | unknown: fact
    mania-now, not answered                        | mania                    |          | unknown: fact
    ketamine-allergy                               | hypersensitivity         | yes      | stop: override
    ketamine-allergy, not answered                 | hypersensitivity         |          | unknown: fact
    ketamine-bladder                               | bladder                  | yes      | stop: override
    interstitial-cystitis                          | bladder                  | yes      | hold: primary care
    bladder-symptoms                               | bladder                  | yes      | hold: primary care
    bladder-symptoms, not answered                 | bladder                  |          | unknown: fact
    cirrhosis                                      | hepatic                  | yes      | unknown: fact
    pregnant-now                                   | pregnancy                | yes      | stop today: remeasure
""")
def test_each_question(rule: str, answered: bool | None, answer: str, request) -> None:
    question = request.node.callspec.id.partition(",")[0]
    told = history(**{question: answered})
    assert with_well(rule, told, instead_of=ANSWERS) == answer


@cases("""
    rule and age of a no      | rule                     | ago | answer
    --------------------------+--------------------------+-----+--------------
    aneurysm, 365 days        | aneurysm-avm             | 365 | proceed
    aneurysm, 366 days        | aneurysm-avm             | 366 | unknown: fact
    hemorrhage, 365 days      | intracerebral-hemorrhage | 365 | proceed
    hemorrhage, 366 days      | intracerebral-hemorrhage | 366 | unknown: fact
    mania, 30 days            | mania                    | 30  | proceed
    mania, 31 days            | mania                    | 31  | unknown: fact
    bladder, 30 days          | bladder                  | 30  | proceed
    bladder, 31 days          | bladder                  | 31  | unknown: fact
    allergy, 365 days         | hypersensitivity         | 365 | proceed
    allergy, 366 days         | hypersensitivity         | 366 | unknown: fact
    family, 366 days          | psychosis                | 366 | unknown: fact
    tomorrow                  | aneurysm-avm             | -1  | unknown: fact
""")
def test_a_no_counts_for_its_time(rule: str, ago: int, answer: str) -> None:
    assert with_well(rule, history(ago), instead_of=ANSWERS) == answer


@cases("""
    who                           | born       | answer
    ------------------------------+------------+----------------
    18 today                      | 2008-11-21 | proceed
    18 tomorrow                   | 2008-11-22 | stop: override
    a child                       | 2015-06-01 | stop: override
    64, 65 tomorrow               | 1961-11-22 | proceed
    65 today                      | 1961-11-21 | caution
    90                            | 1936-05-05 | caution
    only a year, grown up         | 1980       | proceed
    only a year, 17 or 18         | 2008       | unknown: fact
    only a year, a child          | 2009       | stop: override
    only a year, 64 or 65         | 1961       | unknown: fact
    only a year, older            | 1960       | caution
    only a month, 18 or not       | 2008-11    | unknown: fact
    only a month, 18              | 2008-10    | proceed
    with a time                   | 1980-05-17T10:00:00Z | proceed
    not a date                    | 17.05.1980 | unknown: fact
    no such day                   | 1980-02-30 | unknown: fact
    in the future                 | 2030-01-01 | unknown: fact
    in another century            | 1826-01-01 | unknown: fact
    nothing                       |            | unknown: fact
""")
def test_age(born: str | None, answer: str) -> None:
    person = {"resourceType": "Patient", "id": "ann", **({"birthDate": born} if born else {})}
    assert with_well("age", person, instead_of=("ann",)) == answer


def test_the_age_is_that_of_the_day_screened_for() -> None:
    assert answer("age", patient(birthDate="2008-11-22"), on=date(2026, 11, 22)) == "proceed"


def test_a_record_of_somebody_who_died_says_so() -> None:
    died = screened(bundle(patient(deceasedDateTime="2025-01-01")))
    assert [part.came_from for part in died.not_understood] == ["Patient/ann#deceasedDateTime"]
