"""The safe of controlled substances.

What is drawn comes out of a container, what is given and wasted comes out of a syringe, and nothing comes out
that is not there. The rest of a dose is wasted whole, before a witness. A count that finds something else is
recorded as a discrepancy. Everything that ever came in is accounted for.
"""

from datetime import date
from uuid import UUID

import pytest
from tests.cases import cases
from tests.spec.controlled_substances.safes import (
    NURSE,
    OTHER_NURSE,
    TODAY,
    VIAL,
    act,
    after,
    syringe,
)

from kap.controlled_substances.containers import Container, Safe
from kap.controlled_substances.log import balance_after, safe_from
from kap.controlled_substances.movements import (
    Drawing,
    breaking,
    counting,
    drawing,
    keeping_back,
    receiving,
    returning,
    wasting_from,
    wasting_rest,
)
from kap.vocabulary.errors import Refused
from kap.vocabulary.quantities import Mass, Volume


@cases("""
    what happened                  | story                                                                          | remaining | in_syringe
    -------------------------------+--------------------------------------------------------------------------------+-----------+-----------
    a vial came                    | received: 10 mL                                                                | 10 mL     | 0 mL
    a dose was drawn               | received: 10 mL, drawn 1: 0.7 mL                                               | 9.3 mL    | 0.7 mL
    and given                      | received: 10 mL, drawn 1: 0.7 mL, given 1: 0.7 mL                              | 9.3 mL    | 0 mL
    half of it was given           | received: 10 mL, drawn 1: 0.7 mL, given 1: 0.3 mL                              | 9.3 mL    | 0.4 mL
    and the rest wasted            | received: 10 mL, drawn 1: 0.7 mL, given 1: 0.3 mL, waste rest 1                | 9.3 mL    | 0 mL
    nothing of it was given        | received: 10 mL, drawn 1: 0.7 mL, waste rest 1                                 | 9.3 mL    | 0 mL
    given in two parts             | received: 10 mL, drawn 1: 0.7 mL, given 1: 0.3 mL, given 1: 0.4 mL             | 9.3 mL    | 0 mL
    stopped, half had run in       | received: 10 mL, drawn 1: 1 mL, given 1: 1 mL, kept back 1: 0.5 mL              | 9 mL      | 0.5 mL
    stopped, and that wasted       | received: 10 mL, drawn 1: 1 mL, given 1: 1 mL, kept back 1: 0.5 mL, waste rest 1 | 9 mL     | 0 mL
    to the last drop               | received: 10 mL, drawn 1: 10 mL                                                | 0 mL      | 10 mL
    the vial was wasted            | received: 10 mL, drawn 1: 0.7 mL, wasted: 9.3 mL                               | 0 mL      | 0.7 mL
    counted and right              | received: 10 mL, drawn 1: 1 mL, counted: 9 mL                                  | 9 mL      | 1 mL
    counted, less there            | received: 10 mL, drawn 1: 1 mL, counted: 8.8 mL                                | 8.8 mL    | 1 mL
    counted, more there            | received: 10 mL, drawn 1: 1 mL, counted: 9.2 mL                                | 9.2 mL    | 1 mL
    sent back                      | received: 10 mL, returned                                                      | 0 mL      | 0 mL
    broken after a dose            | received: 10 mL, drawn 1: 1 mL, broken                                         | 0 mL      | 1 mL
    given after the vial was gone  | received: 10 mL, drawn 1: 1 mL, returned, given 1: 1 mL                        | 0 mL      | 0 mL
""")
def test_what_is_left(story: str, remaining: Volume, in_syringe: Volume) -> None:
    safe, entries = after(story)
    left = sum((one.left for one in safe.syringes.values()), start=Volume.ml(0))
    assert (safe.holding(VIAL.id).remaining, left) == (remaining, in_syringe)
    assert safe_from(reversed(entries)) == safe
    assert balance_after(entries, VIAL.id).adds_up


@cases("""
    what cannot be                 | story                                                                | words
    -------------------------------+----------------------------------------------------------------------+------------------------------
    more drawn than there is       | received: 10 mL, drawn 1: 10.01 mL                                   | There is 10 mL by the log, and this would take 10.01 mL
    more given than was drawn      | received: 10 mL, drawn 1: 0.7 mL, given 1: 0.71 mL                   | There is 0.7 mL by the log
    given twice                    | received: 10 mL, drawn 1: 0.7 mL, given 1: 0.7 mL, given 1: 0.7 mL   | There is 0 mL by the log
    more kept back than was given  | received: 10 mL, drawn 1: 1 mL, given 1: 0.5 mL, kept back 1: 0.6 mL  | There is 0.5 mL by the log
    the rest wasted twice          | received: 10 mL, drawn 1: 0.7 mL, waste rest 1, waste rest 1         | Nothing is left in it
    more wasted than there is      | received: 10 mL, wasted: 10.01 mL                                    | There is 10 mL by the log
    nothing drawn                  | received: 10 mL, drawn 1: 0 mL                                       | moves something
    received twice                 | received: 10 mL, received: 10 mL                                     | was received already
    one syringe drawn twice        | received: 10 mL, drawn 1: 1 mL, drawn 1: 1 mL                        | was drawn already
    drawn after it was sent back   | received: 10 mL, returned, drawn 1: 1 mL                             | no longer in the safe
    counted after it broke         | received: 10 mL, broken, counted: 0 mL                               | no longer in the safe
    an empty one sent back         | received: 10 mL, drawn 1: 10 mL, returned                            | Nothing is left in it
    drawn from no known container  | drawn 1: 1 mL                                                        | no such container
    given from no known syringe    | received: 10 mL, given 1: 1 mL                                       | no such syringe
""")
def test_what_cannot_have_happened_is_refused(story: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        after(story)


def test_a_count_that_finds_less_is_a_loss_and_one_that_finds_more_is_not() -> None:
    safe, _ = after("received: 10 mL, counted: 9.9 mL, counted: 9.95 mL")
    assert [(str(one.expected), str(one.found), one.is_loss) for one in safe.discrepancies] == [
        ("10 mL", "9.9 mL", True),
        ("9.9 mL", "9.95 mL", False),
    ]


def test_everything_that_came_in_is_accounted_for() -> None:
    _, entries = after(
        "received: 10 mL, drawn 1: 1 mL, given 1: 0.6 mL, waste rest 1, drawn 2: 0.5 mL, wasted: 0.2 mL, "
        "counted: 8.2 mL, counted: 8.3 mL, returned"
    )
    balance = balance_after(entries, VIAL.id)
    told = {name: str(getattr(balance, name)) for name in balance.__slots__}
    assert told == {
        "received": "10 mL",
        "surplus": "0.1 mL",
        "remaining": "0 mL",
        "in_syringes": "0.5 mL",
        "given": "0.6 mL",
        "wasted": "0.6 mL",
        "removed": "8.3 mL",
        "lost": "0.1 mL",
    }
    assert balance.adds_up


def test_a_container_knows_how_much_of_the_drug_it_holds_and_when_it_was_opened() -> None:
    holding = after("received: 10 mL, drawn 1: 1 mL, drawn 2: 1 mL")[0].holding(VIAL.id)
    assert (holding.mass, holding.opened_at) == (Mass.mg(400), act(1).happened_at)
    assert holding.container == VIAL


@cases("""
    the label says it expires on | day        | answer
    -----------------------------+------------+--------
    today                        | 2026-11-21 | drawn
    yesterday                    | 2026-11-20 | expired
""")
def test_an_expired_container_is_not_drawn_from(day: date, answer: str) -> None:
    vial = Container(
        id=UUID(int=2),
        drug=VIAL.drug,
        concentration=VIAL.concentration,
        lot="K-2",
        expires_on=day,
    )
    safe = safe_from([receiving(act(0), Safe(), vial, Volume.ml(10), "Cedar Wholesale")])
    drawn = Drawing(vial.id, syringe(1), "order 1", Volume.ml(1))
    if answer == "drawn":
        assert drawing(act(1), safe, drawn, second=OTHER_NURSE, on=TODAY).name == "drug_drawn"
        return
    with pytest.raises(Refused, match=f"expired on {day}"):
        drawing(act(1), safe, drawn, second=OTHER_NURSE, on=TODAY)


def test_two_people_stand_behind_it_and_they_are_never_the_same() -> None:
    safe, _ = after("received: 10 mL, drawn 1: 1 mL")
    drawn = Drawing(VIAL.id, syringe(2), "order 2", Volume.ml(1))
    doing = act(9)
    for alone in (
        lambda: drawing(doing, safe, drawn, second=NURSE, on=TODAY),
        lambda: wasting_rest(doing, safe, syringe(1), witness=NURSE),
        lambda: wasting_from(doing, safe, VIAL.id, Volume.ml(1), witness=NURSE, why="expired"),
        lambda: counting(doing, safe, VIAL.id, Volume.ml(1), second=NURSE),
        lambda: breaking(doing, safe, VIAL.id, witness=NURSE, why="fell"),
    ):
        with pytest.raises(Refused, match="cannot be the same person"):
            alone()


def test_what_must_be_told_is_told() -> None:
    safe, _ = after("received: 10 mL")
    no_lot = Container(
        id=UUID(int=3),
        drug=VIAL.drug,
        concentration=VIAL.concentration,
        lot=" ",
        expires_on=VIAL.expires_on,
    )
    one = Volume.ml(1)
    for silent, words in (
        (lambda: receiving(act(1), safe, no_lot, one, "Cedar Wholesale"), "Write the lot"),
        (lambda: receiving(act(1), Safe(), VIAL, one, " "), "whom it came from"),
        (lambda: wasting_from(act(1), safe, VIAL.id, one, witness=OTHER_NURSE, why=" "), "Write why"),
        (lambda: keeping_back(act(1), safe, syringe(1), one, why=" "), "Write why"),
        (lambda: breaking(act(1), safe, VIAL.id, witness=OTHER_NURSE, why=""), "Write why"),
        (lambda: returning(act(1), safe, VIAL.id, to=""), "Write why"),
    ):
        with pytest.raises(Refused, match=words):
            silent()
