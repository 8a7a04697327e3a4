"""Pregnancy.

No dose on a day with a positive test or a recorded present pregnancy; that is cleared by measuring again,
never overridden. A negative test counts for 7 days and is repeated on the day before each course. Whoever
cannot become pregnant says so, for 365 days. Everybody is asked; recorded sex is never looked at.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.screening.people import finding, reading, said, told


@cases("""
    the newest test and the answer    | hcg           | test_ago | can | said_ago | answer
    ----------------------------------+---------------+----------+-----+----------+----------------------
    positive today                    | positive      |        0 | yes |        0 | stop today: remeasure
    positive today, "I cannot"        | positive      |        0 | no  |        0 | stop today: remeasure
    positive half a year ago          | positive      |      180 | yes |        0 | stop today: remeasure
    negative today                    | negative      |        0 | yes |        0 | proceed
    negative 7 days ago               | negative      |        7 | yes |        0 | proceed
    negative 8 days ago               | negative      |        8 | yes |        0 | unknown: remeasure
    negative 7 days ago, nobody asked | negative      |        7 |     |          | proceed
    negative 8 days ago, nobody asked | negative      |        8 |     |          | unknown: fact
    negative, dated tomorrow          | negative      |       -1 | yes |        0 | unknown: remeasure
    negative, without a date          | negative      |          | yes |        0 | unknown: remeasure
    neither positive nor negative     | indeterminate |        0 | yes |        0 | unknown: remeasure
    neither, and cannot               | indeterminate |        0 | no  |        0 | proceed
    no test, can                      |               |          | yes |        0 | unknown: remeasure
    no test, cannot                   |               |          | no  |        0 | proceed
    no test, could not 365 days ago   |               |          | no  |      365 | proceed
    no test, could not 366 days ago   |               |          | no  |      366 | unknown: fact
    no test, nobody asked             |               |          |     |          | unknown: fact
""")
def test_a_positive_test_stops_the_day_and_a_fresh_negative_one_clears_it(
    hcg: str | None,
    test_ago: int | None,
    can: bool | None,
    said_ago: int | None,
    answer: str,
) -> None:
    facts = [reading("lab:hcg", hcg, test_ago), reading("can-become-pregnant", can, said_ago)]
    assert said(finding("pregnancy", facts)) == answer


@cases("""
    what is recorded                 | course    | since | hcg      | test_ago | answer
    ---------------------------------+-----------+-------+----------+----------+----------------------
    present                          | active    |    60 |          |          | stop today: remeasure
    present, without a date          | active    |       | negative |        0 | stop today: remeasure
    present, negative later          | active    |    60 | negative |        0 | unknown: fact
    present, negative the same day   | active    |     3 | negative |        3 | stop today: remeasure
    present, negative before         | active    |     3 | negative |        5 | stop today: remeasure
    present, later negative, too old | active    |    60 | negative |        8 | stop today: remeasure
    not confirmed                    | suspected |    60 |          |          | unknown: remeasure
    over                             | past      |   400 |          |          | unknown: fact
    over, and a fresh negative test  | past      |   400 | negative |        2 | proceed
""")
def test_a_recorded_pregnancy_stops_the_day_until_the_record_and_a_test_agree(
    course: str,
    since: int | None,
    hcg: str | None,
    test_ago: int | None,
    answer: str,
) -> None:
    facts = [told("pregnancy", course, since), reading("lab:hcg", hcg, test_ago)]
    assert said(finding("pregnancy", facts)) == answer


@cases("""
    the concentration, mIU/mL | hcg  | verdict
    --------------------------+------+--------
    none                      |    0 | proceed
    just below the lower line |  4.9 | proceed
    on the lower line         |    5 | unknown
    just below the upper line | 24.9 | unknown
    on the upper line         |   25 | stop
    far above                 | 9000 | stop
""")
def test_a_measured_hcg_is_negative_below_5_and_positive_from_25(hcg: Decimal, verdict: str) -> None:
    facts = [reading("lab:hcg", hcg, 0, unit="m[iU]/mL"), reading("can-become-pregnant", True, 0)]
    assert finding("pregnancy", facts).verdict.value == verdict


@cases("""
    the day's tests            | first    | second        | verdict
    ---------------------------+----------+---------------+--------
    one positive, one negative | negative | positive      | stop
    one unclear, one negative  | negative | indeterminate | unknown
    both negative              | negative | negative      | proceed
""")
def test_of_one_days_tests_the_stricter_counts(first: str, second: str, verdict: str) -> None:
    facts = [reading("lab:hcg", first, 0), reading("lab:hcg", second, 0)]
    assert finding("pregnancy", [*facts, reading("can-become-pregnant", True, 0)]).verdict.value == verdict


def test_a_newer_negative_test_answers_an_older_positive_one() -> None:
    facts = [reading("lab:hcg", "positive", 20), reading("lab:hcg", "negative", 1)]
    assert finding("pregnancy", facts).verdict.value == "proceed"


def test_a_test_marked_as_doubtful_says_nothing() -> None:
    facts = [reading("lab:hcg", "negative", 0, doubtful=True), reading("can-become-pregnant", True, 0)]
    assert finding("pregnancy", facts).verdict.value == "unknown"


def test_yes_and_no_on_the_same_day_is_a_yes() -> None:
    facts = [reading("can-become-pregnant", False, 0), reading("can-become-pregnant", True, 0)]
    assert finding("pregnancy", facts).verdict.value == "unknown"
