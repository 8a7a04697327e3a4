"""Orders.

A prescriber signs what was proposed within limits, and releases it for its session. A change is a new entry and
must be released anew. What was withdrawn stays withdrawn.
"""

from uuid import UUID

import pytest
from tests.cases import cases
from tests.spec.dosing.asking import NOW, asked, proposed, weighed

from kap.dosing.orders import (
    Order,
    OrderState,
    changing,
    order_from,
    ordered_from,
    releasing,
    signing,
    state_after,
    withdrawing,
)
from kap.dosing.proposals import Before, Proposal
from kap.histories.acts import Act
from kap.histories.entries import Entry
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.quantities import DosePerWeight, Mass, Volume
from kap.vocabulary.routes import Route
from kap.vocabulary.spans import Span

OVER, BAG = Span.minutes(40), Volume.ml(50)


def _act(number: int) -> Act:
    at = NOW.plus(Span.minutes(number))
    return Act(id=UUID(int=number + 1), happened_at=at, recorded_at=at, by=f"prescriber {number}")


def _proposal(per_weight: str = "0.5") -> Proposal:
    return proposed(asked(Route.IV, DosePerWeight.mg_per_kg(per_weight)), weighed(Mass.kg(70)))


def _entry(verb: str, number: int, order: Order | None) -> Entry:
    what = ordered_from(_proposal("0.4" if verb == "changed" else "0.5"), OVER, BAG)
    if order is None:
        return signing(_act(number), "person", "session", what, _proposal())
    match verb:
        case "changed":
            return changing(_act(number), order, what, _proposal("0.4"), "more sedated last time")
        case "released":
            return releasing(_act(number), order)
    return withdrawing(_act(number), order, "ill today")


def _after(story: str) -> tuple[Order, list[Entry]]:
    order, entries = None, []
    for number, verb in enumerate(story.split(", ")):
        entries.append(_entry(verb, number, order))
        order = state_after(order, entries[-1])
    assert order is not None
    return order, entries


@cases("""
    what happened           | story                                | state     | amount | may be drawn
    ------------------------+--------------------------------------+-----------+--------+-------------
    signed                  | signed                               | signed    | 35 mg  | no
    released                | signed, released                     | released  | 35 mg  | yes
    changed before          | signed, changed                      | signed    | 28 mg  | no
    changed after release   | signed, released, changed            | signed    | 28 mg  | no
    and released again      | signed, released, changed, released  | released  | 28 mg  | yes
    withdrawn               | signed, withdrawn                    | withdrawn | 35 mg  | no
    withdrawn after release | signed, released, withdrawn          | withdrawn | 35 mg  | no
""")
def test_how_an_order_stands(story: str, state: OrderState, amount: Mass, may_be_drawn: bool) -> None:
    order, entries = _after(story)
    assert (order.state, order.what.amount) == (state, amount)
    assert order_from(reversed(entries)) == order
    if may_be_drawn:
        order.require_released()
    else:
        with pytest.raises(Refused):
            order.require_released()


@cases("""
    what cannot be                | story                          | words
    ------------------------------+--------------------------------+--------------------
    released twice                | signed, released, released     | released already
    released after it was taken back | signed, withdrawn, released | was withdrawn
    changed after it was taken back  | signed, withdrawn, changed  | was withdrawn
    taken back twice              | signed, withdrawn, withdrawn   | was withdrawn
""")
def test_what_may_not_be_done_is_refused(story: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        _after(story)


def test_a_late_release_does_not_wake_a_withdrawn_order() -> None:
    order, entries = _after("signed, withdrawn")
    late = releasing(_act(5), _after("signed")[0])
    assert state_after(order, late) == order
    assert order_from([*entries, late]).state is OrderState.WITHDRAWN


@cases("""
    what stands in the way      | given_before | words
    ----------------------------+--------------+------------------------
    the session's total reached | 70 mg        | total is reached
""")
def test_only_what_was_proposed_within_limits_is_ordered(given_before: Mass, words: str) -> None:
    proposal = proposed(
        asked(Route.IV, Mass.mg(20)), weighed(Mass.kg(70)), Before(given_in_session=given_before)
    )
    with pytest.raises(Refused, match=words):
        ordered_from(proposal, None, None)


def test_nothing_unknown_or_held_is_ordered() -> None:
    doses = tuple(NOW.minus(Span.days(day)) for day in (1, 2, 3))
    often = proposed(asked(Route.IV, Mass.mg(20)), weighed(Mass.kg(70)), Before(doses_at=doses))
    for proposal, words in (
        (often, "This would be dose 4"),
        (proposed(asked(Route.IV, Mass.mg(20)), weighed(None)), "No body weight"),
    ):
        with pytest.raises(Refused, match=words):
            ordered_from(proposal, OVER, BAG)


def test_only_what_runs_into_a_vein_has_a_time_and_a_volume() -> None:
    injection = proposed(asked(Route.IM, Mass.mg(40)), weighed(Mass.kg(70)))
    assert ordered_from(injection, None, None).over is None
    for over, bag in ((OVER, None), (None, BAG)):
        with pytest.raises(Refused, match="runs into a vein"):
            ordered_from(injection, over, bag)


def test_a_reason_is_told() -> None:
    order, _ = _after("signed")
    what = ordered_from(_proposal(), OVER, BAG)
    for silent in (
        lambda: changing(_act(3), order, what, _proposal(), " "),
        lambda: withdrawing(_act(3), order, ""),
    ):
        with pytest.raises(Refused, match="Write why"):
            silent()


def test_the_order_keeps_the_proposal_as_it_was_read() -> None:
    _, entries = _after("signed")
    body = entries[0].body
    assert (body["proposal"]["schema"], body["over"], body["made_up_to"]) == (
        "openkap.dose/1",
        "40 min",
        "50 mL",
    )


def test_entries_that_are_no_order_are_not_guessed_at() -> None:
    order, entries = _after("signed")
    for wrong in (
        lambda: order_from([]),
        lambda: order_from([releasing(_act(1), order)]),
        lambda: state_after(order, entries[0]),
        lambda: state_after(order, _act(4).entry("order_painted@1", {})),
        lambda: state_after(None, _act(4).entry("order_signed@1", {**entries[0].body, "amount": "35 mL"})),
    ):
        with pytest.raises(InputError):
            wrong()
