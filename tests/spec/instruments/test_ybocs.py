"""Y-BOCS.

Ten ratings of 0 to 4; items 1b and 6b are not added. Bands as usual, and after Storch 2015.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form             | given          | total |        band |   band storch 2015
    ---------------------+----------------+-------+-------------+-------------------
    nothing              | 10x0           |     0 | subclinical |               mild
    just below mild      | 7x1 3x0        |     7 | subclinical |               mild
    the lowest mild      | 8x1 2x0        |     8 |        mild |               mild
    13, still mild       | 3x2 7x1        |    13 |        mild |               mild
    14                   | 4x2 6x1        |    14 |        mild |           moderate
    the highest mild     | 5x2 5x1        |    15 |        mild |           moderate
    the lowest moderate  | 6x2 4x1        |    16 |    moderate |           moderate
    the highest moderate | 3x3 7x2        |    23 |    moderate |           moderate
    the lowest severe    | 4x3 6x2        |    24 |      severe |           moderate
    25                   | 5x3 5x2        |    25 |      severe |           moderate
    26                   | 6x3 4x2        |    26 |      severe | moderate to severe
    the highest severe   | 4 9x3          |    31 |      severe | moderate to severe
    the lowest extreme   | 2x4 8x3        |    32 |     extreme | moderate to severe
    34                   | 4x4 6x3        |    34 |     extreme | moderate to severe
    35                   | 5x4 5x3        |    35 |     extreme |             severe
    the highest there is | 10x4 1b=4 6b=4 |    40 |     extreme |             severe
""")
def test_ten_ratings_add_up_to_a_band(
    given: str | None, total: Decimal | None, band: str | None, band_storch_2015: str | None
) -> None:
    found = scored("ybocs", given)
    assert (found.total, found.band, found.derived["band_storch_2015"]) == (total, band, band_storch_2015)


@cases("""
    the form                | given          | obsessions | compulsions
    ------------------------+----------------+------------+------------
    obsessions alone        | 5x3 5x0        |         15 |           0
    compulsions alone       | 5x0 5x4        |          0 |          20
    1b and 6b are not added | 10x1 1b=4 6b=4 |          5 |           5
    one compulsion missing  | 9x1 .          |          5 |
""")
def test_obsessions_and_compulsions_are_five_ratings_each(
    given: str | None, obsessions: Decimal | None, compulsions: Decimal | None
) -> None:
    found = scored("ybocs", given)
    assert (found.subscales["obsessions"], found.subscales["compulsions"]) == (obsessions, compulsions)
