"""The safe: no sequence of movements takes more than there is, and milligrams always add up."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kap.controlled_substances.containers import Container, Safe
from kap.controlled_substances.log import balance_after, safe_from, state_after
from kap.controlled_substances.movements import (
    Drawing,
    counting,
    drawing,
    giving,
    receiving,
    returning,
    wasting_from,
    wasting_rest,
)
from kap.dosing.loading import packaged_limits
from kap.histories.acts import Act
from kap.histories.chain import first_break
from kap.histories.entries import Entry
from kap.histories.history import History
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Volume
from kap.vocabulary.routes import Drug
from kap.vocabulary.spans import Span

TODAY = date(2026, 11, 21)
NINE = Instant.parse("2026-11-21T09:00:00-07:00")
VOLUMES = st.decimals(min_value=0, max_value=12, places=2).map(Volume.ml)
VIALS = st.sampled_from((1, 2))
SYRINGES = st.sampled_from((11, 12, 13))
MOVES = st.tuples(
    st.sampled_from(("receive", "draw", "give", "waste rest", "waste", "count", "return")),
    VIALS,
    SYRINGES,
    VOLUMES,
)
STRENGTHS = packaged_limits().liquids.concentrations.at


def _entry(number: int, safe: Safe, move: tuple[str, int, int, Volume]) -> Entry:
    verb, vial, needle, volume = move
    at = NINE.plus(Span.minutes(number))
    act = Act(id=UUID(int=1000 + number), happened_at=at, recorded_at=at, by="nurse")
    container, syringe = UUID(int=vial), UUID(int=needle)
    label = Container(
        id=container, drug=Drug.KETAMINE, concentration=STRENGTHS[vial], lot="K", expires_on=TODAY
    )
    match verb:
        case "receive":
            return receiving(act, safe, label, volume, "Cedar")
        case "draw":
            drawn = Drawing(container, syringe, "order", volume)
            return drawing(act, safe, drawn, second="other", on=TODAY)
        case "give":
            return giving(act, safe, syringe, volume, session="s")
        case "waste rest":
            return wasting_rest(act, safe, syringe, witness="other")
        case "waste":
            return wasting_from(act, safe, container, volume, witness="other", why="expired")
        case "count":
            return counting(act, safe, container, volume, second="other")
    return returning(act, safe, container, to="Distributor")


def _lived(moves: list[tuple[str, int, int, Volume]]) -> tuple[Safe, list[Entry]]:
    safe, entries = Safe(), []
    for number, move in enumerate(moves):
        with suppress(Refused):
            entry = _entry(number, safe, move)
            safe = state_after(safe, entry)
            entries.append(entry)
    return safe, entries


@given(st.lists(MOVES, max_size=40))
def test_no_sequence_of_movements_makes_the_safe_negative(moves: list[tuple[str, int, int, Volume]]) -> None:
    safe, _ = _lived([("receive", 1, 11, Volume.ml(10)), *moves])
    for holding in safe.holdings.values():
        assert Decimal(0) <= holding.remaining.amount
    for syringe in safe.syringes.values():
        assert syringe.given + syringe.wasted <= syringe.drawn


@given(st.lists(MOVES, max_size=40))
def test_milligrams_add_up(moves: list[tuple[str, int, int, Volume]]) -> None:
    safe, entries = _lived([("receive", 1, 11, Volume.ml(10)), *moves])
    for id, holding in safe.holdings.items():
        balance, strength = balance_after(entries, id), holding.container.concentration
        assert balance.adds_up
        parts = (
            balance.remaining,
            balance.in_syringes,
            balance.given,
            balance.wasted,
            balance.removed,
            balance.lost,
        )
        total = sum(((strength * part).in_unit("mg") for part in parts), start=Decimal(0))
        assert total == (strength * (balance.received + balance.surplus)).in_unit("mg")


@given(st.lists(MOVES, max_size=25), st.randoms(use_true_random=False))
def test_the_safe_is_the_same_in_whatever_order_its_entries_arrive(moves, random) -> None:
    safe, entries = _lived([("receive", 1, 11, Volume.ml(10)), *moves])
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert safe_from(shuffled) == safe


@given(st.lists(MOVES, min_size=3, max_size=25), st.data())
def test_a_movement_that_is_changed_afterwards_is_named(moves, data) -> None:
    _, entries = _lived([("receive", 1, 11, Volume.ml(10)), ("draw", 1, 11, Volume.ml(1)), *moves])
    rows = list(History(tuple(entries)).sealed())
    assert first_break(rows) is None
    place = data.draw(st.integers(0, len(rows) - 1))
    changed = rows[place].text.replace("mL", "L", 1)
    rows[place] = type(rows[place])(place + 1, rows[place].previous, changed, rows[place].digest)
    found = first_break(rows)
    assert found is not None
    assert found.number == place + 1
