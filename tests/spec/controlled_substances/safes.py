"""How the tables tell what happened in a safe: one vial, two nurses, and a line of acts."""

from datetime import UTC, date, datetime
from uuid import UUID

from kap.controlled_substances.containers import Container, Safe
from kap.controlled_substances.log import state_after, volume_in
from kap.controlled_substances.movements import (
    Drawing,
    breaking,
    counting,
    drawing,
    giving,
    keeping_back,
    receiving,
    returning,
    wasting_from,
    wasting_rest,
)
from kap.histories.acts import Act
from kap.histories.entries import Entry
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Concentration
from kap.vocabulary.routes import Drug
from kap.vocabulary.spans import Span

TODAY = date(2026, 11, 21)
NINE = Instant(datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
NURSE, OTHER_NURSE = "nurse", "other nurse"
VIAL = Container(
    id=UUID(int=1),
    drug=Drug.KETAMINE,
    concentration=Concentration.mg_per_ml(50),
    lot="K-117",
    expires_on=date(2027, 3, 31),
)


def act(number: int, by: str = NURSE) -> Act:
    """The act with this number, a minute after the one before it."""
    at = NINE.plus(Span.minutes(number))
    return Act(id=UUID(int=1000 + number), happened_at=at, recorded_at=at, by=by)


def syringe(number: int) -> UUID:
    """The syringe with this number."""
    return UUID(int=100 + number)


def entry_of(told: str, number: int, safe: Safe) -> Entry:
    """One act of a story: received, drawn, given, waste rest, wasted, counted, returned or broken.

    A number after "drawn", "given" and "waste rest" is the syringe's.
    """
    words, _, volume = told.partition(": ")
    verb, _, which = words.partition(" ")
    doing = act(number)
    match verb:
        case "received":
            return receiving(doing, safe, VIAL, volume_in(volume), "Cedar Wholesale, invoice 31")
        case "drawn":
            drawn = Drawing(VIAL.id, syringe(int(which)), f"order {which}", volume_in(volume))
            return drawing(doing, safe, drawn, second=OTHER_NURSE, on=TODAY)
        case "given":
            return giving(doing, safe, syringe(int(which)), volume_in(volume), session="session 1")
        case "kept":
            back = int(which.removeprefix("back "))
            return keeping_back(doing, safe, syringe(back), volume_in(volume), why="stopped")
        case "waste":
            number = int(which.removeprefix("rest "))
            return wasting_rest(doing, safe, syringe(number), witness=OTHER_NURSE)
        case "wasted":
            return wasting_from(
                doing, safe, VIAL.id, volume_in(volume), witness=OTHER_NURSE, why="single-dose vial"
            )
        case "counted":
            return counting(doing, safe, VIAL.id, volume_in(volume), second=OTHER_NURSE)
        case "returned":
            return returning(doing, safe, VIAL.id, to="Reverse distributor")
    return breaking(doing, safe, VIAL.id, witness=OTHER_NURSE, why="fell on the floor")


def after(story: str) -> tuple[Safe, list[Entry]]:
    """The safe after a story, its acts parted by commas; refused where the story cannot have happened."""
    safe, entries = Safe(), []
    for number, told in enumerate(story.split(",")):
        entry = entry_of(told.strip(), number, safe)
        safe = state_after(safe, entry)
        entries.append(entry)
    return safe, entries
