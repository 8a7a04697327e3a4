"""What is known about one person when a screening begins, and what of their records nobody understood.

The facts a reader of records gives, and no others, by the `what` they carry:

- `birth-date`: a date, or a part of one; no course, no `when`.
- A condition or an allergy under its concept (`aneurysm`, `psychosis-primary`, `allergy:ketamine`, …), with
  its course; its value is the record's own words and code. `when` is the onset, else the day of recording.
  An allergy to a substance no rule asks about is under `allergy:other`, another condition of the problem list
  under `condition:other`; the value is its words.
- A medicine under `ingredient:lorazepam`, with its course; its value is the product as written; a
  medicine no rule asks about is under `ingredient:other`.
- A result under `lab:alt`, `lab:hcg`, …: an exact number in the concept's own unit, with `upper_limit` where
  the report gave one; or, for a test that only says yes or no, the word `recognition.result` gives.
- `blood-pressure`: both numbers of one reading. Other vital signs under `vital:weight`, `vital:pulse`, …
- What a form says about suicide, as `filled_forms.facts_from_forms` makes it: `cssrs:thoughts` and
  `cssrs:behavior` (or `cssrs:behavior-since`) with a level, `suicide-item:screen` with the answer, …
- An answer of the structured history: what `history.facts_from` makes of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from kap.vocabulary.facts import Fact
from kap.vocabulary.sentences import Sentence


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A part of a person's records that became no fact; kept and shown, never dropped.

    `came_from` names the place as a fact does, like `Condition/c1#code`.
    """

    came_from: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Everything read about one person; `person` is the identifier their records use."""

    person: str
    facts: tuple[Fact, ...]
    not_understood: tuple[NotUnderstood, ...] = ()
