"""PC-PTSD-5.

Five yes or no questions after a gate: without a traumatic event the score is 0 (Prins 2016). Cut 4, or 3
where nobody must be missed and for women (Bovin 2021).
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form                  | given          | total |     band | complete | band at cut 3
    --------------------------+----------------+-------+----------+----------+--------------
    no event at all           | gate=0         |     0 | negative |      yes |      negative
    no event, yet answered    | gate=0 5x1     |     0 | negative |      yes |      negative
    two                       | gate=1 2x1 3x0 |     2 | negative |      yes |      negative
    three                     | gate=1 3x1 2x0 |     3 | negative |      yes |      positive
    four                      | gate=1 4x1 0   |     4 | positive |      yes |      positive
    five, gate not kept       | 5x1            |     5 | positive |      yes |      positive
    an event and nothing else | gate=1         |       |          |       no |
""")
def test_yes_answers_are_counted_and_no_event_scores_zero(
    given: str | None, total: Decimal | None, band: str | None, complete: bool, band_at_cut_3: str | None
) -> None:
    found = scored("pc-ptsd-5", given)
    assert (found.total, found.band, found.complete, found.derived["band_at_cut_3"]) == (
        total,
        band,
        complete,
        band_at_cut_3,
    )


@cases("""
    the form            | given                      | total
    --------------------+----------------------------+------
    yes and no in words | gate=yes yes no yes no yes |     3
""")
def test_words_are_understood(given: str | None, total: Decimal | None) -> None:
    found = scored("pc-ptsd-5", given)
    assert found.total == total
