"""Doses: limits only tighten, nothing is rounded up, and what is drawn never holds more than the dose."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from kap.dosing.caps import Tightening
from kap.dosing.loading import packaged_limits
from kap.dosing.proposals import Before, DoseAsked, Proposal, propose
from kap.dosing.syringes import prepare
from kap.dosing.weights import Body, Weighing
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import DosePerWeight, Mass
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.sentences import sentence

LIMITS = packaged_limits()
DAY, NOW = date(2026, 11, 21), Instant(datetime(2026, 11, 21, 9, tzinfo=UTC))
NUMBERS = st.decimals(min_value="0.01", max_value=500, places=2)
MASSES, WEIGHTS = NUMBERS.map(Mass.mg), st.decimals(min_value=20, max_value=250, places=1).map(Mass.kg)
PER_WEIGHT = st.decimals(min_value="0.01", max_value=5, places=2).map(DosePerWeight.mg_per_kg)
ROUTES = st.sampled_from(Route)
AT_MOST = st.lists(st.one_of(MASSES, PER_WEIGHT), max_size=4)


def _proposed(route, amount, weight, at_most=(), given_before=None, *, is_first=False) -> Proposal:
    source = LIMITS.frequency.doses.source
    return propose(
        DoseAsked(drug=Drug.KETAMINE, route=route, amount=amount, is_first=is_first),
        Body(weighings=(Weighing(weight, DAY),)),
        Before(given_in_session=given_before or Mass.mg(0)),
        LIMITS,
        on=DAY,
        at=NOW,
        tightenings=[Tightening(one, sentence("at most that"), source) for one in at_most],
    )


def _dose(proposal: Proposal) -> Mass:
    return proposal.dose or Mass.mg(0)


@given(ROUTES, st.one_of(MASSES, PER_WEIGHT), WEIGHTS, AT_MOST, AT_MOST)
def test_a_limit_laid_over_others_never_lets_more_through(route, amount, weight, some, more) -> None:
    assert _dose(_proposed(route, amount, weight, [*some, *more])) <= _dose(
        _proposed(route, amount, weight, some)
    )


@given(ROUTES, st.one_of(MASSES, PER_WEIGHT), WEIGHTS, AT_MOST, MASSES, st.booleans())
def test_with_what_was_given_before_no_cap_is_ever_passed(
    route, amount, weight, at_most, given_before, is_first
) -> None:
    proposal = _proposed(route, amount, weight, at_most, given_before, is_first=is_first)
    if proposal.dose is not None:
        assert all(given_before + proposal.dose <= cap.at_most for cap in proposal.caps)
        assert proposal.dose <= proposal.steps[0].comes_to


@given(MASSES, st.sampled_from(LIMITS.liquids.concentrations.at))
def test_a_syringe_never_holds_more_than_the_dose_and_lacks_less_than_one_mark(dose, strength) -> None:
    mark = LIMITS.liquids.drawn_step.at
    if dose >= strength * mark:
        made = prepare(dose, strength, LIMITS.liquids)
        assert made.dose <= dose
        assert dose - made.dose < strength * mark
