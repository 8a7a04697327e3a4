"""Gaps in the roster.

A gap is any stretch in which nobody has promised to be called, however short. Holidays are days like others.
A house with two sites may keep a roster for each, one for every site, or both.
"""

from tests.cases import cases

from kap.casework.roster import for_site, gaps_by_site, gaps_in
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


@cases("""
    whose promises there are               | every site | cedar | harbor | gaps of cedar | gaps of harbor
    ---------------------------------------+------------+-------+--------+---------------+---------------
    nobody's                               |            |       |        | 08-20         | 08-20
    one roster for every site              | 08-20      |       |        |               |
    a roster each                          |            | 08-20 | 08-20  |               |
    one site keeps none, and nobody else   |            | 08-20 |        |               | 08-20
    one site keeps none, one for all does  | 08-20      | 08-20 |        |               |
    a site's own gap that one for all fills| 12-20      | 08-12 |        |               | 08-12
    a site's own gap that nobody fills     | 14-20      | 08-12 | 08-14  | 12-14         |
""")
def test_a_site_is_covered_by_its_own_roster_or_the_one_for_every_site(
    every_site: str | None,
    cedar: str | None,
    harbor: str | None,
    gaps_of_cedar: str | None,
    gaps_of_harbor: str | None,
) -> None:
    told = ((None, every_site), ("Cedar", cedar), ("Harbor", harbor))
    promised = {site: [_window(hours)] for site, hours in told if hours}
    found = gaps_by_site(("Cedar", "Harbor"), promised, _window("08-20"))
    words = {
        site: ", ".join(f"{one.opens_at.at:%H}-{one.closes_at.at:%H}" for one in gaps)
        for site, gaps in found.items()
    }
    assert words == {"Cedar": gaps_of_cedar or "", "Harbor": gaps_of_harbor or ""}


@cases("""
    whose case it is                              | site   | every site | cedar | harbor | called
    ----------------------------------------------+--------+------------+-------+--------+------------
    of a site with somebody on call               | Cedar  | Ada        | Rosa  | Lena   | Rosa
    of a site with nobody: who is there for all   | Harbor | Ada        | Rosa  |        | Ada
    of a site with nobody, and nobody for all     | Harbor |            | Rosa  |        |
    of no site: who is there for all              |        | Ada        | Rosa  | Lena   | Ada
    of no site, and nobody is there for all       |        |            | Rosa  | Lena   | Rosa, Lena
""")
def test_a_case_calls_its_sites_own_people_first(
    site: str | None, every_site: str | None, cedar: str | None, harbor: str | None, called: str | None
) -> None:
    told = ((None, every_site), ("Cedar", cedar), ("Harbor", harbor))
    on_duty = {where: [who] if who else [] for where, who in told}
    assert ", ".join(for_site(site, on_duty)) == (called or "")


def _window(hours: str) -> Window:
    opens, closes = (Instant.parse(f"2026-12-25T{hour}:00:00Z") for hour in hours.split("-"))
    return Window(opens, closes)
