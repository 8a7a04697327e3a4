"""BPI, short form.

Severity is the mean of four ratings, interference of seven with at least four answered.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form                | given                | total | severity | interference | worst band
    ------------------------+----------------------+-------+----------+--------------+-----------
    nothing                 | 11x0                 |       |        0 |            0 |       mild
    the highest             | 11x10                |       |       10 |           10 |     severe
    four of seven           | 4 3x2 4x5 3x.        |       |      2.5 |            5 |       mild
    three of seven          | 5 3x2 3x5 4x.        |       |     2.75 |              |   moderate
    one of severity missing | 6 2x2 . 7x3          |       |          |            3 |   moderate
    7 is severe             | 7 3x1 7x1            |       |      2.5 |            1 |     severe
    by the paper's numbers  | 3=4 4=2 5=3 6=3 9A=1 |       |        3 |              |       mild
""")
def test_severity_and_interference_are_means(
    given: str | None,
    total: Decimal | None,
    severity: Decimal | None,
    interference: Decimal | None,
    worst_band: str | None,
) -> None:
    found = scored("bpi", given)
    assert (
        found.total,
        found.subscales["severity"],
        found.subscales["interference"],
        found.derived["worst_band"],
    ) == (total, severity, interference, worst_band)
