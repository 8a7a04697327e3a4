"""How the tables of this chapter write a filled-in form, and what is read off its score."""

from __future__ import annotations

import re

from tests.cases import TableError

from kap.instruments.definition import Instrument
from kap.instruments.scoring import Score, score
from kap.instruments.shelf import instrument

_REPEATED = re.compile(r"(\d+)x(\S+)")


def scored(instrument_id: str, given: str | None) -> Score:
    """Score a form written as its answers in order.

    `4x1` is four answers of 1, `.` is a blank, `10=2` is the answer to the item 10. Answers without a name go
    to the items that must be answered, in the paper's order. They stop short of the last only where answers with
    a name follow, as a form does that goes on to question 6.
    """
    definition = instrument(instrument_id)
    return score(definition, answers_of(definition, given or ""))


def answers_of(definition: Instrument, given: str) -> dict[str, str | None]:
    """The answers a form was written as, by item.

    Raises: TableError when it has more or fewer answers than the form has items.
    """
    named, unnamed = {}, []
    for token in given.split():
        name, is_named, answer = token.partition("=")
        repeated = _REPEATED.fullmatch(token)
        if is_named:
            named[name] = answer
        else:
            unnamed += [repeated[2]] * int(repeated[1]) if repeated else [token]
    places = [item.id for item in definition.items if item.is_needed]
    lacking = len(places) - len(unnamed)
    if unnamed and (lacking < 0 or (lacking and not named)):
        raise TableError(
            f"{definition.id} has {len(places)} items, {len(unnamed)} answers were written: write . for a blank."
        )
    return {
        name: None if answer == "." else answer
        for name, answer in (dict(zip(places, unnamed, strict=False)) | named).items()
    }


def safety(found: Score) -> str | None:
    """The safety answers of a score: `9 screen`."""
    return ", ".join(f"{one.item} {one.level.value}" for one in found.safety) or None


def missing(found: Score) -> str | None:
    """The items nobody answered: `3, 4`."""
    return ", ".join(found.missing) or None
