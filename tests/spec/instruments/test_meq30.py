"""MEQ30.

Thirty answers of 0 to 5 in the stand-alone order, as raw sums and percent of the highest. Complete is 60
percent or more on all four. The item key was compared with public copies only, and the score says so.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form             | given                             | total | mystical | transcendence | ineffability
    ---------------------+-----------------------------------+-------+----------+---------------+-------------
    nothing              | 30x0                              |     0 |        0 |             0 |            0
    everything           | 30x5                              |   150 |       75 |            30 |           15
    time and space alone | 1 5x0 1 3x0 1 0 1 5x0 1 2x0 1 8x0 |     6 |        0 |             6 |            0
    beyond words alone   | 2x0 5 6x0 5 18x0 5 0              |    15 |        0 |             0 |           15
""")
def test_four_factors_are_added_up(
    given: str | None,
    total: Decimal | None,
    mystical: Decimal | None,
    transcendence: Decimal | None,
    ineffability: Decimal | None,
) -> None:
    found = scored("meq30", given)
    assert (
        found.total,
        found.subscales["mystical"],
        found.subscales["transcendence"],
        found.subscales["ineffability"],
    ) == (total, mystical, transcendence, ineffability)


@cases("""
    the form    | given                             | positive mood
    ------------+-----------------------------------+--------------
    alone       | 0 2 5x0 2 3x0 2 4x0 2 9x0 2 2x0 2 |            12
    everything  | 30x5                              |            30
    one missing | 29x1 .                            |
""")
def test_the_fourth_factor_is_joy_peace_and_wonder(given: str | None, positive_mood: Decimal | None) -> None:
    found = scored("meq30", given)
    assert found.subscales["positive_mood"] == positive_mood


@cases("""
    the form                         | given                | mystical percent | complete mystical experience
    ---------------------------------+----------------------+------------------+-----------------------------
    exactly sixty on all             | 30x3                 |               60 |                          yes
    one point short of words         | 2x3 2 27x3           |               60 |                           no
    everything on words, little else | 2x1 5 6x1 5 18x1 5 1 |               20 |                           no
    one of mood missing              | 29x3 .               |               60 |
""")
def test_complete_needs_sixty_percent_on_all_four(
    given: str | None, mystical_percent: Decimal | None, complete_mystical_experience: bool | None
) -> None:
    found = scored("meq30", given)
    assert (found.derived["mystical_percent"], found.derived["complete_mystical_experience"]) == (
        mystical_percent,
        complete_mystical_experience,
    )
