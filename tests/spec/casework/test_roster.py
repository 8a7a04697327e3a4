"""Gaps in the roster.

A gap is any stretch in which nobody has promised to be called, however short. Holidays are days like others.
"""

from tests.cases import cases

from kap.casework.roster import gaps_in
from kap.vocabulary.moments import Instant, Window


@cases("""
    who has promised what                  | promised                 | gaps from 08 to 20
    ---------------------------------------+--------------------------+-------------------
    nobody                                 |                          | 08-20
    one person for all of it               | 08-20                    |
    one who began before and ends after    | 06-22                    |
    one who comes late                     | 10-20                    | 08-10
    one who leaves early                   | 08-18                    | 18-20
    two who touch                          | 08-12, 12-20             |
    two with an hour between them          | 08-12, 13-20             | 12-13
    two who overlap                        | 08-14, 12-20             |
    one within the other                   | 08-20, 10-12             |
    written down in another order          | 14-20, 08-12             | 12-14
    a promise for the next day             | 08-20, 21-23             |
    only a promise for the next day        | 21-23                    | 08-20
    a promise that begins as it ends       | 20-23                    | 08-20
    one that ended before                  | 05-07                    | 08-20
""")
def test_a_gap_is_an_hour_nobody_promised(promised: str | None, gaps_from_08_to_20: str | None) -> None:
    windows = [_window(one) for one in (promised or "").split(", ") if one]
    found = [f"{one.opens_at.at:%H}-{one.closes_at.at:%H}" for one in gaps_in(windows, _window("08-20"))]
    assert ", ".join(found) == (gaps_from_08_to_20 or "")


def _window(hours: str) -> Window:
    opens, closes = (Instant.parse(f"2026-12-25T{hour}:00:00Z") for hour in hours.split("-"))
    return Window(opens, closes)
