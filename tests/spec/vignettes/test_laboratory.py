"""Laboratory results as records write them.

A well person whose results are those of the table: the liver against the report's own end of normal, and
pregnancy tests by word and by number.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.vignettes.records import (
    ANN,
    Resource,
    concept,
    day,
    enzyme,
    given,
    history,
    observation,
    patient,
    quantity,
    status,
    with_well,
)

LIVER = ("lab-1742-6", "lab-1920-8", "lab-1975-2")
CAN = ("q1",)


@cases("""
    results                                  | alt   | alt_limit | ast | bilirubin | ago | answer
    -----------------------------------------+-------+-----------+-----+-----------+-----+------------------
    all within                               | 30    | 40        | 25  | 0.8       | 10  | proceed
    raised, under three times                | 119   | 40        | 25  | 0.8       | 10  | proceed
    three times                              | 120   | 40        | 25  | 0.8       | 10  | proceed
    above three times                        | 120.1 | 40        | 25  | 0.8       | 10  | hold: hepatology
    five times                               | 200   | 40        | 25  | 0.8       | 10  | hold: hepatology
    above five times                         | 200.1 | 40        | 25  | 0.8       | 10  | stop: override
    above three times of another range       | 150   | 55        | 25  | 0.8       | 10  | proceed
    above three times of a narrow range      | 90    | 29        | 25  | 0.8       | 10  | hold: hepatology
    above three and bilirubin twice          | 130   | 40        | 25  | 2.4       | 10  | hold: hepatology
    above three and bilirubin above twice    | 130   | 40        | 25  | 2.5       | 10  | stop: override
    bilirubin above twice, enzymes within    | 30    | 40        | 25  | 2.5       | 10  | proceed
    AST above five times                     | 30    | 40        | 201 | 0.8       | 10  | stop: override
    AST above three times                    | 30    | 40        | 121 | 0.8       | 10  | hold: hepatology
    no bilirubin, above three                | 130   | 40        | 25  |           | 10  | hold: hepatology
    no bilirubin, within                     | 30    | 40        | 25  |           | 10  | proceed
    no AST                                   | 30    | 40        |     | 0.8       | 10  | unknown: remeasure
    no ALT                                   |       | 40        | 25  | 0.8       | 10  | unknown: remeasure
    no range of normal                       | 30    |           | 25  | 0.8       | 10  | unknown: remeasure
    90 days old                              | 30    | 40        | 25  | 0.8       | 90  | proceed
    91 days old                              | 30    | 40        | 25  | 0.8       | 91  | unknown: remeasure
    nothing                                  |       |           |     |           | 10  | unknown: remeasure
""")  # fmt: skip
def test_the_liver(
    alt: Decimal | None, alt_limit: Decimal | None, ast: Decimal | None, bilirubin: Decimal | None,
    ago: int, answer: str,
) -> None:  # fmt: skip
    numbers = [None if one is None else float(one) for one in (alt, alt_limit, ast, bilirubin)]
    results = [
        *([enzyme("1742-6", numbers[0], numbers[1], ago)] if alt else []),
        *([enzyme("1920-8", numbers[2], 40, ago)] if ast else []),
        *([enzyme("1975-2", numbers[3], 1.2, ago, "mg/dL")] if bilirubin else []),
    ]
    assert with_well("hepatic", *results, instead_of=LIVER) == answer


@cases("""
    written as                               | value  | unit   | limit | limit_unit | answer
    -----------------------------------------+--------+--------+-------+------------+------------------
    units a liter                            | 130    | U/L    | 40    | U/L        | hold: hepatology
    international units                      | 130    | IU/L   | 40    | IU/L       | hold: hepatology
    UCUM international units                 | 130    | [iU]/L | 40    | [iU]/L     | hold: hepatology
    microkatal                               | 2.2    | ukat/L | 0.7   | ukat/L     | hold: hepatology
    microkatal against units                 | 2.2    | ukat/L | 40    | U/L        | hold: hepatology
    nanokatal                                | 2200   | nkat/L | 700   | nkat/L     | hold: hepatology
    units a milliliter                       | 0.13   | U/mL   | 0.04  | U/mL       | hold: hepatology
    the limit without a unit                 | 130    | U/L    | 40    |            | hold: hepatology
    a limit in another kind of unit          | 130    | U/L    | 40    | mg/dL      | unknown: remeasure
    a unit of something else                 | 130    | mg/dL  | 40    | mg/dL      | unknown: remeasure
    a limit of nothing                       | 130    | U/L    | 0     | U/L        | unknown: remeasure
""")
def test_enzymes_in_each_unit(
    value: Decimal, unit: str, limit: Decimal, limit_unit: str | None, answer: str
) -> None:
    high = quantity(float(limit), limit_unit, limit_unit)
    alt = observation(
        "1742-6", 10, valueQuantity=quantity(float(value), unit, unit), referenceRange=[{"high": high}]
    )
    assert with_well("hepatic", alt, instead_of=("lab-1742-6",)) == answer


@cases("""
    bilirubin                                | value  | unit   | limit | answer
    -----------------------------------------+--------+--------+-------+------------------
    micromole, twice                         | 41     | umol/L | 20.5  | hold: hepatology
    micromole, above twice                   | 42     | umol/L | 20.5  | stop: override
    millimole, above twice                   | 0.042  | mmol/L | 0.0205| stop: override
    milligrams a liter, above twice          | 25     | mg/L   | 12    | stop: override
""")
def test_bilirubin_in_each_unit_beside_an_enzyme_above_three_times(
    value: Decimal, unit: str, limit: Decimal, answer: str
) -> None:
    alt = enzyme("1742-6", 130)
    bilirubin = enzyme("1975-2", float(value), float(limit), unit=unit)
    assert with_well("hepatic", alt, bilirubin, instead_of=LIVER[::2]) == answer


@cases("""
    the report's range                       | text        | answer
    -----------------------------------------+-------------+------------------
    from and to                              | 7-40        | hold: hepatology
    from and to with a unit                  | 7 - 40 U/L  | hold: hepatology
    with a long dash                         | 7–40        | hold: hepatology
    in a word                                | 7 to 40     | hold: hepatology
    below                                    | <40         | hold: hepatology
    below or equal                           | <= 40 U/L   | hold: hepatology
    below or equal in one sign               | ≤40         | hold: hepatology
    in brackets                              | (7-40)      | hold: hepatology
    in brackets with a unit                  | [7 - 40] U/L| hold: hepatology
    up to                                    | 0.0-40.0    | hold: hepatology
    below in words                           | less than 40| hold: hepatology
    in words only                            | see report  | unknown: remeasure
""")
def test_a_range_written_in_words(text: str, answer: str) -> None:
    alt = observation(
        "1742-6", 10, valueQuantity=quantity(130, "U/L", "U/L"), referenceRange=[{"text": text}]
    )
    assert with_well("hepatic", alt, instead_of=("lab-1742-6",)) == answer


def test_a_range_for_somebody_else_leaves_the_limit_open() -> None:
    two = [{"high": quantity(40, "U/L"), "appliesTo": [{"text": "female"}]},
           {"high": quantity(55, "U/L"), "appliesTo": [{"text": "male"}]}]  # fmt: skip
    alt = observation("1742-6", 10, valueQuantity=quantity(130, "U/L", "U/L"), referenceRange=two)
    assert with_well("hepatic", alt, instead_of=("lab-1742-6",)) == "unknown: remeasure"


@cases("""
    ALT is only a bound                      | side | value | answer
    -----------------------------------------+------+-------+------------------
    less than what can be measured           | <    | 5     | proceed
    less than the line                       | <    | 120   | proceed
    less than a number over the line         | <    | 130   | unknown: remeasure
    more than the line to hold               | >    | 120   | unknown: remeasure
    more than a number over the line to hold | >    | 121   | hold: hepatology
    more than the line to stop               | >    | 1000  | stop: override
    more than a number under the line        | >    | 100   | unknown: remeasure
""")
def test_an_enzyme_that_is_only_a_bound(side: str, value: Decimal, answer: str) -> None:
    bound = {**quantity(float(value), "U/L", "U/L"), "comparator": side}
    alt = observation("1742-6", 10, valueQuantity=bound, referenceRange=[{"high": quantity(40, "U/L")}])
    assert with_well("hepatic", alt, instead_of=("lab-1742-6",)) == answer


def hcg(code: str, ago: int | None, **value: object) -> Resource:
    """A pregnancy test by its LOINC code."""
    return observation(code, ago, id="hcg", **value)


CODED = {
    "positive": {"valueCodeableConcept": concept("sct 10828004 Positive")},
    "negative": {"valueCodeableConcept": concept("sct 260385009 Negative")},
    "detected": {"valueCodeableConcept": concept("sct 260373001 Detected")},
    "not detected": {"valueCodeableConcept": concept("sct 260415000 Not detected")},
    "indeterminate": {"valueCodeableConcept": concept("sct 82334004 Indeterminate")},
    "Positive (text)": {"valueCodeableConcept": {"text": "Positive"}},
    "NEGATIVE (string)": {"valueString": "NEGATIVE"},
    "Neg. (string)": {"valueString": "Neg."},
    "yes (boolean)": {"valueBoolean": True},
    "no (boolean)": {"valueBoolean": False},
    "interpreted POS": {"interpretation": [{"coding": [{"code": "POS", "system":
        "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"}]}]},
    "interpreted NEG": {"interpretation": [{"coding": [{"code": "NEG", "system":
        "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"}]}]},
    "weak positive (string)": {"valueString": "Weak positive"},
    "LOINC positive": {"valueCodeableConcept": concept("loinc LA6576-8 Positive")},
    "LOINC negative": {"valueCodeableConcept": concept("loinc LA6577-6 Negative")},
    "nothing": {},
}  # fmt: skip


@cases("""
    test                               | code    | result            | ago | answer
    -----------------------------------+---------+-------------------+-----+----------------------
    urine, positive                    | 2106-3  | positive          | 0   | stop today: remeasure
    urine, negative today              | 2106-3  | negative          | 0   | proceed
    urine, negative a week ago         | 2106-3  | negative          | 7   | proceed
    urine, negative eight days ago     | 2106-3  | negative          | 8   | unknown: remeasure
    urine, positive a month ago        | 2106-3  | positive          | 30  | stop today: remeasure
    rapid urine, detected              | 80384-1 | detected          | 0   | stop today: remeasure
    rapid urine, not detected          | 80384-1 | not detected      | 0   | proceed
    serum, positive                    | 2118-8  | positive          | 0   | stop today: remeasure
    serum beta, negative               | 2110-5  | negative          | 0   | proceed
    rapid serum, positive in words     | 80385-8 | Positive (text)   | 0   | stop today: remeasure
    urine, negative in capitals        | 2106-3  | NEGATIVE (string) | 0   | proceed
    urine, abbreviated                 | 2106-3  | Neg. (string)     | 0   | proceed
    urine, a yes                       | 2106-3  | yes (boolean)     | 0   | stop today: remeasure
    urine, a no                        | 2106-3  | no (boolean)      | 0   | proceed
    urine, interpreted positive        | 2106-3  | interpreted POS   | 0   | stop today: remeasure
    urine, interpreted negative        | 2106-3  | interpreted NEG   | 0   | proceed
    urine, weakly positive             | 2106-3  | weak positive (string) | 0 | stop today: remeasure
    urine, a LOINC answer of yes       | 2106-3  | LOINC positive    | 0   | stop today: remeasure
    urine, a LOINC answer of no        | 2106-3  | LOINC negative    | 0   | proceed
    urine, indeterminate               | 2106-3  | indeterminate     | 0   | unknown: remeasure
    urine, no result                   | 2106-3  | nothing           | 0   | unknown: remeasure
    urine, negative on no known day    | 2106-3  | negative          |     | unknown: remeasure
    urine, negative tomorrow           | 2106-3  | negative          | -1  | unknown: remeasure
""")
def test_a_pregnancy_test_of_a_person_who_can_become_pregnant(
    code: str, result: str, ago: int | None, answer: str
) -> None:
    can = history(can_become_pregnant=True)
    assert with_well("pregnancy", can, hcg(code, ago, **CODED[result]), instead_of=CAN) == answer


@cases("""
    concentration                | code    | value | unit     | comparator | answer
    -----------------------------+---------+-------+----------+------------+----------------------
    far above                    | 19080-1 | 1200  | m[IU]/mL |            | stop today: remeasure
    at 25                        | 21198-7 | 25    | m[iU]/mL |            | stop today: remeasure
    just under 25                | 21198-7 | 24.9  | m[iU]/mL |            | unknown: remeasure
    at 5                         | 21198-7 | 5     | m[iU]/mL |            | unknown: remeasure
    just under 5                 | 21198-7 | 4.9   | m[iU]/mL |            | proceed
    less than 5                  | 21198-7 | 5     | mIU/mL   | <          | proceed
    at most 5                    | 21198-7 | 5     | mIU/mL   | <=         | unknown: remeasure
    less than 10                 | 21198-7 | 10    | mIU/mL   | <          | unknown: remeasure
    less than 1                  | 21198-7 | 1     | mIU/mL   | <          | proceed
    more than 200000             | 21198-7 | 200000| mIU/mL   | >          | stop today: remeasure
    international units a liter  | 21198-7 | 30    | [IU]/L   |            | stop today: remeasure
    units a liter                | 21198-7 | 30    | U/L      |            | stop today: remeasure
    a unit nobody knows          | 21198-7 | 30    | ng/mL    |            | unknown: remeasure
""")
def test_a_concentration_of_hcg(
    code: str, value: Decimal, unit: str, comparator: str | None, answer: str
) -> None:
    amount = {**quantity(float(value), unit, unit), **given(comparator=comparator)}
    can = history(can_become_pregnant=True)
    assert with_well("pregnancy", can, hcg(code, 0, valueQuantity=amount), instead_of=CAN) == answer


@cases("""
    what was told                                  | can   | now | gender | answer
    -----------------------------------------------+-------+-----+--------+----------------------
    cannot, and no test                            | no    |     | female | proceed
    can, and no test                               | yes   |     | female | unknown: remeasure
    nobody asked, recorded as a man                |       |     | male   | unknown: fact
    nobody asked, recorded as a woman              |       |     | female | unknown: fact
    can, recorded as a man                         | yes   |     | male   | unknown: remeasure
    pregnant now                                   | yes   | yes | female | stop today: remeasure
    pregnant now, and told that they cannot be     | no    | yes | female | stop today: remeasure
""")
def test_who_is_asked_is_everybody(can: bool | None, now: bool | None, gender: str, answer: str) -> None:
    told = history(can_become_pregnant=can, pregnant_now=now)
    assert with_well("pregnancy", patient(gender=gender), told, instead_of=("ann", "q1")) == answer


def test_a_result_inside_a_report_is_of_the_day_of_the_report() -> None:
    inside = {
        name: value for name, value in hcg("2106-3", None, **CODED["negative"]).items() if name != "subject"
    }
    report = {"resourceType": "DiagnosticReport", "id": "d1", "status": "final", "subject": ANN, "contained": [inside],
              "effectiveDateTime": day(1), "result": [{"reference": "#hcg"}]}  # fmt: skip
    assert with_well("pregnancy", history(can_become_pregnant=True), report, instead_of=CAN) == "proceed"


def test_a_status_of_pregnancy_by_its_own_code() -> None:
    pregnant = observation("82810-3", 1, id="p", valueCodeableConcept=concept("sct 77386006 Pregnant"))
    assert with_well("pregnancy", pregnant) == "stop today: remeasure"


def test_a_later_negative_test_beside_an_old_entry_of_a_pregnancy_asks() -> None:
    entry = {"resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/ann"},
             "clinicalStatus": status("condition-clinical", "active"), "code": concept("sct 77386006"),
             "recordedDate": day(300)}  # fmt: skip
    assert with_well("pregnancy", entry, hcg("2106-3", 0, **CODED["negative"])) == "unknown: fact"
