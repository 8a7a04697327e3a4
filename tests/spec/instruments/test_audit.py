"""AUDIT.

Ten questions; 1 to 8 of 0 to 4, 9 and 10 of 0, 2 or 4. Who never drinks goes on to 9 and 10; who has one or
two and never six or more may leave 4 to 8 blank (WHO manual 2001). What is passed over counts 0 and is not
missing.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form              | given       | total |                band
    ----------------------+-------------+-------+--------------------
    nothing               | 10x0        |     0 |            low risk
    the highest low       | 7x1 3x0     |     7 |            low risk
    the lowest hazardous  | 8x1 2x0     |     8 |           hazardous
    the highest hazardous | 7x2 1 2x0   |    15 |           hazardous
    the lowest harmful    | 8x2 2x0     |    16 |             harmful
    the highest harmful   | 3x3 5x2 2x0 |    19 |             harmful
    the lowest dependence | 8x2 2x2     |    20 | possible dependence
    the highest there is  | 10x4        |    40 | possible dependence
""")
def test_ten_answers_add_up_to_a_zone(given: str | None, total: Decimal | None, band: str | None) -> None:
    found = scored("audit", given)
    assert (found.total, found.band) == (total, band)


@cases("""
    the form                      | given         | total | complete |         blank
    ------------------------------+---------------+-------+----------+--------------
    never drinks                  | 0 7x. 2x0     |     0 |      yes |
    never drinks, injury long ago | 0 7x. 2 0     |     2 |      yes |
    one or two, never six         | 2 2x0 5x. 2x0 |     2 |      yes |
    one or two, six once          | 2 0 1 5x. 2x0 |       |       no | 4, 5, 6, 7, 8
    never drinks, 9 blank         | 0 9x.         |       |       no |         9, 10
""")
def test_what_the_form_passes_over_counts_zero_and_is_not_missing(
    given: str | None, total: Decimal | None, complete: bool, blank: str | None
) -> None:
    found = scored("audit", given)
    assert (found.total, found.complete, missing(found)) == (total, complete, blank)
