"""Age.

Adults only; from 65 on with a plan. The birth date alone counts. A birth date written without its day or
month is used where every day it can be gives the same answer; where it does not, the age is unknown and
never guessed. The day of the tables is November 21, 2026.
"""

from datetime import date

from tests.cases import cases
from tests.spec.screening.people import TODAY, finding, said

from kap.screening.known import Known
from kap.screening.registry import packaged_rulebook
from kap.vocabulary.facts import Fact, FactStatus
from kap.vocabulary.partial_dates import PartialDate


@cases("""
    the birth date                          | born       | answer
    ----------------------------------------+------------+---------------
    eighteen today                          | 2008-11-21 | proceed
    eighteen tomorrow                       | 2008-11-22 | stop: override
    an infant                               | 2026-01-05 | stop: override
    born today                              | 2026-11-21 | stop: override
    in the middle                           | 1981-03-02 | proceed
    sixty-five tomorrow                     | 1961-11-22 | proceed
    sixty-five today                        | 1961-11-21 | caution
    ninety                                  | 1936-04-01 | caution
    a year, and every day of it is adult    | 1980       | proceed
    a year, and every day of it is under 18 | 2012       | stop: override
    a year in which eighteen falls          | 2008       | unknown: fact
    a month in which eighteen falls         | 2008-11    | unknown: fact
    a month before it, everyone is eighteen | 2008-10    | proceed
    a month after it, nobody is eighteen    | 2008-12    | stop: override
    a year in which sixty-five falls        | 1961       | unknown: fact
    a month in which sixty-five falls       | 1961-11    | unknown: fact
    a year long before                      | 1950       | caution
    the year it is now                      | 2026       | stop: override
    tomorrow                                | 2026-11-22 | unknown: fact
    a year that has not come                | 2027       | unknown: fact
    one hundred and nineteen                | 1906-11-22 | caution
    one hundred and twenty                  | 1906-11-21 | unknown: fact
    nobody recorded it                      |            | unknown: fact
""")
def test_the_age_stops_below_eighteen_and_cautions_from_sixty_five(
    born: str | None,
    answer: str,
) -> None:
    assert said(finding("age", [_birth(born)])) == answer


@cases("""
    the day                                  | on         | verdict
    -----------------------------------------+------------+--------
    February 28 of a year without a leap day | 2026-02-28 | stop
    March 1 of that year                     | 2026-03-01 | proceed
""")
def test_whoever_was_born_on_february_29_turns_eighteen_on_march_1(on: date, verdict: str) -> None:
    birth = Fact(what="birth-date", value=date(2008, 2, 29), came_from="Patient/p1#birthDate")
    rule, limits = packaged_rulebook().entries[0]
    assert rule.findings(Known([birth], on), limits)[0].verdict.value == verdict


def test_two_birth_dates_that_disagree_or_one_marked_doubtful_leave_the_age_unknown() -> None:
    disagreeing = [_birth("1980-01-01"), _birth("1980-01-02")]
    doubtful = Fact(
        what="birth-date", value=TODAY, status=FactStatus.DOUBTFUL, came_from="Patient/p1#birthDate"
    )
    for births in (disagreeing, [doubtful]):
        assert finding("age", births).verdict.value == "unknown"
    assert finding("age", [_birth("1980-01-01"), _birth("1980-01-01")]).verdict.value == "proceed"


def _birth(written: str | None) -> Fact | None:
    if written is None:
        return None
    value = date.fromisoformat(written) if written.count("-") == 2 else PartialDate(written)
    return Fact(what="birth-date", value=value, came_from="Patient/p1#birthDate")
