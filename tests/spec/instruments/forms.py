"""How the tables of this chapter write a filled-in form, and what is read off its score."""

from __future__ import annotations

import re

from kap.instruments.scoring import Score, score
from kap.instruments.shelf import instrument

_REPEATED = re.compile(r"(\d+)x(\S+)")


def scored(instrument_id: str, given: str | None) -> Score:
    """Score a form written as its answers in order.

    `4x1` is four answers of 1, `.` is a blank, `10=2` is the answer to the item 10. Answers without a name go
    to the items that must be answered, in the paper's order.
    """
    definition = instrument(instrument_id)
    places = iter([item.id for item in definition.items if item.is_needed])
    answers: dict[str, object] = {}
    for token in (given or "").split():
        name, named, answer = token.partition("=")
        repeated = _REPEATED.fullmatch(token)
        if named:
            answers[name] = None if answer == "." else answer
            continue
        for one in [repeated[2]] * int(repeated[1]) if repeated else [token]:
            answers[next(places)] = None if one == "." else one
    return score(definition, answers)


def safety(found: Score) -> str | None:
    """The safety answers of a score: `9 screen`."""
    return ", ".join(f"{one.item} {one.level.value}" for one in found.safety) or None


def missing(found: Score) -> str | None:
    """The items nobody answered: `3, 4`."""
    return ", ".join(found.missing) or None
