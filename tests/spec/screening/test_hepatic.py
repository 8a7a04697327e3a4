"""The liver.

ALT and AST are both needed, each as a multiple of the upper limit its own report prints, not older than 90
days. Above 3 times: hold. Above 5 times, or above 3 times with bilirubin above 2 times, or Child-Pugh class
C: excluded. Class B: longer watching. Cirrhosis, or liver failure now, without a class: unknown.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.screening.people import entry, finding, findings, reading, said, told

from kap.vocabulary.facts import Fact


@cases("""
    the results, upper limits 40, 40 and 1.2 | alt | ast | bilirubin | answer
    -----------------------------------------+-----+-----+-----------+-------------------
    all within                               |  25 |  22 |       0.8 | proceed
    all within, bilirubin not measured       |  25 |  22 |           | proceed
    raised a little                          |  90 |  80 |       0.8 | proceed
    ALT exactly 3 times                      | 120 |  22 |       0.8 | proceed
    ALT above 3 times                        | 121 |  22 |       0.8 | hold: hepatology
    AST above 3 times                        |  25 | 121 |       0.8 | hold: hepatology
    ALT exactly 5 times                      | 200 |  22 |       0.8 | hold: hepatology
    ALT above 5 times                        | 201 |  22 |       0.8 | stop: override
    AST above 5 times                        |  25 | 201 |       0.8 | stop: override
    above 3 times, bilirubin exactly 2 times | 121 |  22 |       2.4 | hold: hepatology
    above 3 times, bilirubin above 2 times   | 121 |  22 |       2.5 | stop: override
    exactly 3 times, bilirubin above 2 times | 120 |  22 |       2.5 | proceed
    above 3 times, bilirubin not measured    | 121 |  22 |           | hold: hepatology
    above 5 times, bilirubin not measured    | 201 |  22 |           | stop: override
    only ALT                                 |  25 |     |       0.8 | unknown: remeasure
    only AST                                 |     |  22 |       0.8 | unknown: remeasure
    only ALT, and above 3 times              | 121 |     |       0.8 | hold: hepatology
    nothing measured                         |     |     |           | unknown: remeasure
""")
def test_the_enzymes_and_bilirubin_decide_by_their_own_upper_limits(
    alt: Decimal | None,
    ast: Decimal | None,
    bilirubin: Decimal | None,
    answer: str,
) -> None:
    found = finding("hepatic", [_alt(alt), _ast(ast), _bilirubin(bilirubin)])
    assert said(found) == answer


@cases("""
    what is recorded                       | entry         | course    | child_pugh | class_ago | answer
    ---------------------------------------+---------------+-----------+------------+-----------+---------------
    cirrhosis, no class                    | cirrhosis     | active    |            |           | unknown: fact
    cirrhosis, class A                     | cirrhosis     | active    | A          |         0 | proceed
    cirrhosis, class B                     | cirrhosis     | active    | B          |         0 | caution
    cirrhosis, class C                     | cirrhosis     | active    | C          |         0 | stop: override
    cirrhosis, class A 90 days ago         | cirrhosis     | active    | A          |        90 | proceed
    cirrhosis, class A 91 days ago         | cirrhosis     | active    | A          |        91 | unknown: fact
    cirrhosis, class C 91 days ago         | cirrhosis     | active    | C          |        91 | unknown: fact
    cirrhosis called resolved, no class    | cirrhosis     | past      |            |           | unknown: fact
    liver failure now, no class            | liver-failure | active    |            |           | unknown: fact
    liver failure, over                    | liver-failure | past      |            |           | proceed
    cirrhosis nobody confirmed, no class   | cirrhosis     | suspected |            |           | unknown: fact
    cirrhosis nobody confirmed, class A    | cirrhosis     | suspected | A          |         0 | proceed
    another liver disease                  | liver-disease | active    |            |           | proceed
    a mother's cirrhosis                   | cirrhosis     | family    |            |           | proceed
    nothing recorded, class C, 91 days ago |               |           | C          |        91 | unknown: fact
    nothing recorded, class B              |               |           | B          |         0 | caution
    nothing recorded, class C              |               |           | C          |         0 | stop: override
""")
def test_cirrhosis_and_liver_failure_need_their_child_pugh_class_where_the_enzymes_are_fine(
    entry: str | None,
    course: str | None,
    child_pugh: str | None,
    class_ago: int | None,
    answer: str,
) -> None:
    facts = [
        told(entry, course),
        reading("child-pugh", child_pugh, class_ago),
        _alt(Decimal(25)),
        _ast(Decimal(22)),
    ]
    found = finding("hepatic", facts)
    assert said(found) == answer


@cases("""
    the ALT                           | alt | alt_ago | limit | doubtful | verdict
    ----------------------------------+-----+---------+-------+----------+--------
    90 days ago                       |  25 |      90 |    40 | no       | proceed
    91 days ago                       |  25 |      91 |    40 | no       | unknown
    91 days ago, and far too high     | 900 |      91 |    40 | no       | unknown
    without a date                    |  25 |         |    40 | no       | unknown
    dated tomorrow                    |  25 |      -1 |    40 | no       | unknown
    the report gives no upper limit   |  25 |       0 |       | no       | unknown
    the report's upper limit is zero  |  25 |       0 |     0 | no       | unknown
    a preliminary result              |  25 |       0 |    40 | yes      | unknown
    another laboratory's lower limit  | 121 |       0 |    30 | no       | hold
    another laboratory's higher limit | 121 |       0 |    60 | no       | proceed
""")
def test_a_result_counts_while_it_is_recent_final_and_has_its_own_upper_limit(
    alt: Decimal, alt_ago: int | None, limit: Decimal | None, doubtful: bool, verdict: str
) -> None:
    result = reading("lab:alt", alt, alt_ago, unit="U/L", upper_limit=limit, doubtful=doubtful)
    assert finding("hepatic", [result, _ast(Decimal(22))]).verdict.value == verdict


def test_of_one_days_results_the_higher_counts_and_an_older_day_does_not() -> None:
    today = [_alt(Decimal(25)), _alt(Decimal(130)), _ast(Decimal(22))]
    assert finding("hepatic", today).verdict.value == "hold"
    older = reading("lab:alt", Decimal(900), 5, unit="U/L", upper_limit=Decimal(40))
    assert finding("hepatic", [older, _alt(Decimal(25)), _ast(Decimal(22))]).verdict.value == "proceed"


def test_high_enzymes_outrank_a_missing_child_pugh_class_and_class_c_outranks_them() -> None:
    facts = [entry("cirrhosis"), _alt(Decimal(121)), _ast(Decimal(22)), _bilirubin(Decimal(1))]
    assert finding("hepatic", facts).verdict.value == "hold"
    assert finding("hepatic", [*facts, reading("child-pugh", "C", 0)]).verdict.value == "stop"


def test_missing_enzymes_do_not_hide_a_child_pugh_class_b() -> None:
    told_b = [entry("cirrhosis"), reading("child-pugh", "B", 0)]
    assert [said(found) for found in findings("hepatic", told_b)] == ["unknown: remeasure", "caution"]


def test_a_multiple_is_shown_rounded_up_so_that_it_never_reads_as_the_line_itself() -> None:
    found = finding("hepatic", [_alt(Decimal(121)), _ast(Decimal(22)), _bilirubin(Decimal(1))])
    assert str(found.because.reason) == "ALT is 3.1 times its upper limit."


def _alt(value: Decimal | None) -> Fact | None:
    return reading("lab:alt", value, 0, unit="U/L", upper_limit=Decimal(40))


def _ast(value: Decimal | None) -> Fact | None:
    return reading("lab:ast", value, 0, unit="U/L", upper_limit=Decimal(40))


def _bilirubin(value: Decimal | None) -> Fact | None:
    return reading("lab:bilirubin", value, 0, unit="mg/dL", upper_limit=Decimal("1.2"))
