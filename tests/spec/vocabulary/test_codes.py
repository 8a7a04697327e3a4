"""Codes.

Each coding system is its own type. Where codes have a check digit, a mistyped one is refused.
"""

import pytest
from tests.cases import cases

from kap.vocabulary.codes import Code, Icd10Code, LoincCode, RxNormCode, SnomedCode, UcumUnit
from kap.vocabulary.errors import InputError

SYSTEMS: dict[str, type[Code]] = {
    "SNOMED CT": SnomedCode,
    "ICD-10-CM": Icd10Code,
    "RxNorm": RxNormCode,
    "LOINC": LoincCode,
    "UCUM": UcumUnit,
}


@cases("""
    what it means                       | system    | code               | accepted
    ------------------------------------+-----------+--------------------+---------
    diabetes mellitus                   | SNOMED CT | 73211009           | yes
    its last digit mistyped             | SNOMED CT | 73211008           | no
    two digits swapped                  | SNOMED CT | 72311009           | no
    a description, not a concept        | SNOMED CT | 751689013          | no
    a concept of an extension           | SNOMED CT | 900000000000207008 | yes
    too short                           | SNOMED CT | 10007              | no
    essential hypertension              | ICD-10-CM | I10                | yes
    a depressive episode, with decimals | ICD-10-CM | F33.2              | yes
    the point left out                  | ICD-10-CM | F332               | no
    small letters                       | ICD-10-CM | f33.2              | no
    ketamine                            | RxNorm    | 6130               | yes
    a leading zero                      | RxNorm    | 06130              | no
    letters                             | RxNorm    | N02AX              | no
    systolic blood pressure             | LOINC     | 8480-6             | yes
    its check digit mistyped            | LOINC     | 8480-5             | no
    its check digit left out            | LOINC     | 8480               | no
    an even number of digits            | LOINC     | 72166-2            | yes
    milligrams per kilogram             | UCUM      | mg/kg              | yes
    millimeters of mercury              | UCUM      | mm[Hg]             | yes
    breaths a minute                    | UCUM      | /min               | yes
    kidney filtration                   | UCUM      | mL/min/{1.73_m2}   | yes
    a score                             | UCUM      | {score}            | yes
    a count                             | UCUM      | 1                  | yes
    mcg is not UCUM                     | UCUM      | mcg                | no
    mmHg is not UCUM                    | UCUM      | mmHg               | no
    an empty part                       | UCUM      | mg//kg             | no
""")
def test_a_code_is_accepted_only_by_the_system_it_belongs_to(system: str, code: str, accepted: bool) -> None:
    if accepted:
        assert str(SYSTEMS[system](code)) == code
    else:
        with pytest.raises(InputError):
            SYSTEMS[system](code)


def test_the_same_digits_in_two_systems_are_two_codes() -> None:
    assert SnomedCode("73211009") != RxNormCode("73211009")
