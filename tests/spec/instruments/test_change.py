"""Change.

What a later score is beside an earlier one depends on the published rule; several coexist, each under its name.
An empty cell is not known, or the rule does not speak about such a beginning.
"""

from decimal import Decimal

import pytest
from tests.cases import cases

from kap.instruments.change import change
from kap.instruments.change_rules import Outcome
from kap.instruments.scoring import Score
from kap.instruments.shelf import instrument
from kap.vocabulary.errors import InputError


def made(form: str, total: Decimal | None, **subscales: Decimal) -> Score:
    return Score(
        instrument=f"{form}@1",
        total=total,
        complete=total is not None,
        band=None,
        subscales=subscales,
        derived={},
        safety=(),
        missing=(),
        notes=(),
    )


@cases("""
    from and to                      | before | after | response | remission | meaningful | worse
    ---------------------------------+--------+-------+----------+-----------+------------+------
    half, to four                    |      8 |     4 |      yes |       yes |         no |    no
    one point short of half          |     15 |     8 |       no |        no |        yes |    no
    exactly half                     |     16 |     8 |      yes |        no |        yes |    no
    five points                      |     20 |    15 |       no |        no |        yes |    no
    four points                      |     20 |    16 |       no |        no |         no |    no
    to five is no remission          |     20 |     5 |      yes |        no |        yes |    no
    to four is                       |     20 |     4 |      yes |       yes |        yes |    no
    four points worse                |     10 |    14 |       no |        no |         no |    no
    five points worse                |     10 |    15 |       no |        no |         no |   yes
    from nothing, half cannot be told |     0 |     0 |          |       yes |         no |    no
    not answered before              |        |     4 |          |       yes |            |
    not answered after               |     10 |       |          |           |            |
""")
def test_phq9_by_the_usual_rules(
    before: Decimal | None,
    after: Decimal | None,
    response: bool | None,
    remission: bool | None,
    meaningful: bool | None,
    worse: bool | None,
) -> None:
    found = change(instrument("phq9"), made("phq9", before), made("phq9", after), "usual").outcomes
    assert found == {
        Outcome.RESPONSE: response,
        Outcome.REMISSION: remission,
        Outcome.MEANINGFUL_IMPROVEMENT: meaningful,
        Outcome.DETERIORATION: worse,
    }


@cases("""
    from and to                       | before | after | recovery | reliable
    ----------------------------------+--------+-------+----------+---------
    from ten to nine                  |     10 |     9 |      yes |       no
    from nine it does not speak       |      9 |     3 |          |      yes
    to ten is no recovery             |     20 |    10 |       no |      yes
    six points                        |     15 |     9 |      yes |      yes
    five points                       |     14 |     9 |      yes |       no
""")
def test_phq9_by_the_rules_of_nhs_talking_therapies(
    before: Decimal, after: Decimal, recovery: bool | None, reliable: bool
) -> None:
    found = change(instrument("phq9"), made("phq9", before), made("phq9", after), "nhs-talking-therapies")
    assert found.outcomes[Outcome.RECOVERY] == recovery
    assert found.outcomes[Outcome.RELIABLE_IMPROVEMENT] == reliable


@cases("""
    from and to                     | before | after | meaningful | reliable | recovery
    --------------------------------+--------+-------+------------+----------+---------
    nine points                     |     50 |    41 |         no |       no |       no
    ten points                      |     50 |    40 |        yes |       no |       no
    fourteen points                 |     50 |    36 |        yes |       no |       no
    fifteen points                  |     50 |    35 |        yes |      yes |       no
    to 29                           |     50 |    29 |        yes |      yes |       no
    to 28                           |     50 |    28 |        yes |      yes |      yes
    to 28, by ten points only       |     38 |    28 |        yes |       no |       no
""")
def test_pcl5_by_the_usual_rules(
    before: Decimal, after: Decimal, meaningful: bool, reliable: bool, recovery: bool
) -> None:
    found = change(instrument("pcl5"), made("pcl5", before), made("pcl5", after), "usual").outcomes
    assert (
        found[Outcome.MEANINGFUL_IMPROVEMENT],
        found[Outcome.RELIABLE_IMPROVEMENT],
        found[Outcome.RECOVERY],
    ) == (meaningful, reliable, recovery)


@cases("""
    from and to               | form  | rules            | before | after | outcome                | holds
    --------------------------+-------+------------------+--------+-------+------------------------+------
    wellbeing rises by ten    | who5  | usual            |     40 |    52 | meaningful improvement | yes
    wellbeing rises by eight  | who5  | usual            |     40 |    48 | meaningful improvement | no
    wellbeing falls by twelve | who5  | usual            |     52 |    40 | deterioration          | yes
    MADRS to nine             | madrs | usual            |     30 |     9 | remission              | yes
    MADRS to ten              | madrs | usual            |     30 |    10 | remission              | no
    MADRS to twelve, by trial | madrs | ketamine-trials  |     30 |    12 | remission              | yes
    MADRS to thirteen         | madrs | ketamine-trials  |     30 |    13 | remission              | no
    Y-BOCS falls by 35 percent | ybocs | consensus       |     20 |    13 | response               | yes
    Y-BOCS falls by 30 percent | ybocs | consensus       |     20 |    14 | response               | no
    Y-BOCS falls by 25 percent | ybocs | consensus       |     20 |    15 | partial response       | yes
    Y-BOCS to 14, by signal   | ybocs | signal-detection |     30 |    14 | remission              | yes
    ISI falls by eight        | isi   | usual            |     20 |    12 | meaningful improvement | no
    ISI falls by nine         | isi   | usual            |     20 |    11 | meaningful improvement | yes
""")
def test_other_instruments_by_their_rules(
    form: str, rules: str, before: Decimal, after: Decimal, outcome: Outcome, holds: bool
) -> None:
    found = change(instrument(form), made(form, before), made(form, after), rules)
    assert found.outcomes[outcome] is holds


def test_points_and_percent_are_above_zero_for_the_better_whichever_way_the_scale_runs() -> None:
    calmer = change(instrument("phq9"), made("phq9", Decimal(20)), made("phq9", Decimal(5)), "usual")
    better = change(instrument("who5"), made("who5", Decimal(40)), made("who5", Decimal(60)), "usual")
    assert (calmer.improved_points, calmer.improved_percent) == (15, 75)
    assert (better.improved_points, better.improved_percent) == (20, 50)


def test_a_subscale_can_be_what_a_rule_is_about() -> None:
    before, after = (
        made("bpi", None, severity=Decimal(5), interference=interference, worst=Decimal(5))
        for interference in (Decimal(6), Decimal(5))
    )
    assert change(instrument("bpi"), before, after, "usual").outcomes[Outcome.MEANINGFUL_IMPROVEMENT]


def test_scores_of_two_versions_are_not_compared() -> None:
    with pytest.raises(InputError, match="A score of gad7@1 cannot be read as phq9@1"):
        change(instrument("phq9"), made("gad7", Decimal(1)), made("phq9", Decimal(1)), "usual")


def test_a_set_of_rules_nobody_declared_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="no change rules named 'mine'; it has usual, nhs-talking-therapies"):
        change(instrument("gad7"), made("gad7", Decimal(1)), made("gad7", Decimal(1)), "mine")
    with pytest.raises(InputError, match="it has none"):
        change(instrument("cadss"), made("cadss", Decimal(1)), made("cadss", Decimal(1)), "usual")
