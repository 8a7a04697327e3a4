"""PCL-5.

Twenty answers of 0 to 4 are added up, and in four clusters B to E. There are no official severity bands.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import safety, scored


@cases("""
    the form                 | given           | total | band |  B | C |  D |  E
    -------------------------+-----------------+-------+------+----+---+----+---
    nothing                  | 20x0            |     0 |      |  0 | 0 |  0 |  0
    everything extremely     | 20x4            |    80 |      | 20 | 8 | 28 | 24
    each cluster by itself   | 5x1 2x2 7x3 6x4 |    54 |      |  5 | 4 | 21 | 24
    one of cluster C missing | 5x1 . 14x1      |       |      |  5 |   |  7 |  6
""")
def test_twenty_answers_add_up_in_clusters_and_to_no_band(
    given: str | None,
    total: Decimal | None,
    band: str | None,
    B: Decimal | None,
    C: Decimal | None,
    D: Decimal | None,
    E: Decimal | None,
) -> None:
    found = scored("pcl5", given)
    assert (
        found.total,
        found.band,
        found.subscales["B"],
        found.subscales["C"],
        found.subscales["D"],
        found.subscales["E"],
    ) == (total, band, B, C, D, E)


@cases("""
    the form     | given      | total | at or above 31 | at or above 33
    -------------+------------+-------+----------------+---------------
    below both   | 10x3 10x0  |    30 |             no |             no
    on the lower | 10x3 1 9x0 |    31 |            yes |             no
    between      | 10x3 2 9x0 |    32 |            yes |             no
    on the upper | 10x3 3 9x0 |    33 |            yes |            yes
    one missing  | 10x3 9x0 . |       |                |
""")
def test_the_published_cut_lies_between_31_and_33(
    given: str | None, total: Decimal | None, at_or_above_31: bool | None, at_or_above_33: bool | None
) -> None:
    found = scored("pcl5", given)
    assert (found.total, found.derived["at_or_above_31"], found.derived["at_or_above_33"]) == (
        total,
        at_or_above_31,
        at_or_above_33,
    )


@cases("""
    the form                      | given                       | provisional ptsd
    ------------------------------+-----------------------------+-----------------
    just enough                   | 2 4x0 2 0 2x2 5x0 2x2 4x0   |              yes
    none in B                     | 5x1 2 0 2x2 5x0 2x2 4x0     |               no
    none in C                     | 2 4x0 2x1 2x2 5x0 2x2 4x0   |               no
    only one in D                 | 2 4x0 2 0 2 6x0 2x2 4x0     |               no
    only one in E                 | 2 4x0 2 0 2x2 5x0 2 5x0     |               no
    the missing one could decide  | 2 4x0 2 0 2x2 5x0 2 4x0 .   |
    the missing one cannot decide | . 2 3x0 2 0 2x2 5x0 2x2 4x0 |              yes
""")
def test_a_provisional_diagnosis_needs_answers_of_two_in_every_cluster(
    given: str | None, provisional_ptsd: bool | None
) -> None:
    """One in B, one in C, two in D, two in E; a missing answer leaves it open only where it could decide."""
    found = scored("pcl5", given)
    assert found.derived["provisional_ptsd"] == provisional_ptsd


@cases("""
    the form   | given      | urgency
    -----------+------------+--------
    a little   | 15x0 1 4x0 |
    moderately | 15x0 2 4x0 | 16 note
""")
def test_taking_risks_is_a_soft_flag(given: str | None, urgency: str | None) -> None:
    found = scored("pcl5", given)
    assert safety(found) == urgency
