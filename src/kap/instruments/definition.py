"""An instrument as a value: its items, how they are scored, what a score means, and where each part was read.

Everything that is shown about an instrument (score, bands, chart lines, FHIR, documents) derives from this
one value. It is versioned: an old answer is always read with the definition it was given under.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from kap.instruments.answering import Kind
from kap.instruments.change_rules import ChangeRules
from kap.instruments.codes import CodeGroup
from kap.instruments.license import License
from kap.instruments.rules import Criterion, Linear, Lookup, Skip, Tally, Triage
from kap.instruments.translation import ORIGINAL, Translation
from kap.vocabulary.bands import Bands
from kap.vocabulary.errors import InputError
from kap.vocabulary.sources import AnySource


class Direction(Enum):
    """What a higher score means."""

    HIGHER_IS_WORSE = "higher is worse"
    HIGHER_IS_BETTER = "higher is better"
    NEITHER = "neither"


class AnsweredBy(Enum):
    """Who gives the answers."""

    CLIENT = "client"
    CLINICIAN = "clinician"


class Formula(Enum):
    """How a scale's parts become one number."""

    SUM = "sum"
    MEAN = "mean"


class SafetyLevel(Enum):
    """How urgent one answer is, mildest first; what is done about it is decided elsewhere."""

    NOTE = "note"  # a soft flag for the clinician who reads the form
    SCREEN = "screen"  # ask about suicide at this contact (C-SSRS)
    LOW = "low"
    MODERATE = "moderate"
    URGENT = "urgent"  # ask now, before the person leaves
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question: its stable id, what may be answered, and how the answer counts.

    Shape: `label` is what the paper prints before it (`5a`), when that is not its id.
    `unrated` is the number that means nobody rated it; it is missing, not a score.
    """

    id: str
    kind: Kind
    text: str | None = None
    label: str | None = None
    is_reversed: bool = False
    is_needed: bool = True
    unrated: Decimal | None = None
    may_not_apply: bool = False

    def counts(self, answer: Decimal) -> Decimal:
        """What an answer adds to a scale: itself, or its mirror image where it is worded in reverse."""
        return self.kind.lowest + self.kind.highest - answer if self.is_reversed else answer


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRule:
    """How many answers may be missing, each then standing at the mean of those given.

    `is_rounded`: whether the paper rounds such a score to a whole number (half up).
    """

    at_most: int
    is_rounded: bool
    source: AnySource


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One number made of items: their sum or mean, of a group of items only the highest.

    Shape: `parts` holds one tuple of item ids a part; a part of several counts once, by its highest answer.
    `other_bands` are further published ways to cut the same scale, by name. `source` says where it was read
    how answers count and become this number, where that is not the source of its bands.
    """

    name: str
    formula: Formula
    parts: tuple[tuple[str, ...], ...]
    times: int = 1
    missing: MissingRule | None = None
    bands: Bands | None = None
    other_bands: tuple[tuple[str, Bands], ...] = ()
    source: AnySource | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyRule:
    """From which answer on an item is a safety matter, and how urgent, however little else is answered."""

    item: str
    levels: tuple[tuple[Decimal, SafetyLevel], ...]
    source: AnySource

    def level_of(self, answer: Decimal) -> SafetyLevel | None:
        """The highest level an answer reaches."""
        reached = [level for at_least, level in self.levels if answer >= at_least]
        return reached[-1] if reached else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A rule of our own that makes further values out of the answers, with the limits it grades by."""

    rule: str
    gives: tuple[str, ...]
    limits: Mapping[str, tuple[Decimal, ...]]
    source: AnySource


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """Everything that turns answers into a score.

    Shape: scales may be made of `computed` values (the seven components of the sleep index) like of items;
    `either_or` lists items of which one answered is enough.
    """

    scales: tuple[Scale, ...] = ()
    skips: tuple[Skip, ...] = ()
    either_or: tuple[tuple[str, ...], ...] = ()
    triage: Triage | None = None
    safety: tuple[SafetyRule, ...] = ()
    derived: tuple[Criterion | Linear | Tally | Lookup, ...] = ()
    computed: Computed | None = None
    notes: tuple[str, ...] = ()

    def scale(self, name: str) -> Scale | None:
        """One of its scales."""
        return next((scale for scale in self.scales if scale.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a person should know before filling it in or reading it.

    Units: `recall_days` is how many days back the answers speak of.
    Missing: `recall_days` is None where the form asks about now, a lifetime or a session.
    """

    title: str
    measures: str
    direction: Direction
    recall: str
    answered_by: AnsweredBy
    minutes: int
    stem: str | None = None
    recall_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One version of a questionnaire or rating scale.

    Shape: `vectors` says where its test cases come from, `compared` which other implementation agrees;
    `language` is the one its words are in.
    """

    id: str
    version: int
    about: About
    items: tuple[Item, ...]
    scoring: Scoring
    license: License
    vectors: str
    compared: str | None = None
    codes: tuple[CodeGroup, ...] = ()
    changes: tuple[ChangeRules, ...] = ()
    translations: tuple[Translation, ...] = ()
    language: str = ORIGINAL
    sources: Mapping[str, AnySource]

    @property
    def key(self) -> str:
        """Its id with its version, as kept beside every answer: `phq9@1`."""
        return f"{self.id}@{self.version}"

    @property
    def has_wording(self) -> bool:
        """Whether every item can be put to a person in words."""
        return all(item.text for item in self.items)

    def item(self, item_id: str) -> Item:
        """One of its items.

        Raises: InputError when it has no such item.
        """
        for item in self.items:
            if item.id == item_id:
                return item
        raise InputError(f"{self.key} has no item {item_id!r}: its items are {self.item_ids_in_words()}.")

    def item_ids_in_words(self) -> str:
        """Names its items: `1 to 9`, or each of them where they are not numbered through."""
        ids = [item.id for item in self.items]
        if len(ids) > 2 and ids == [str(number) for number in range(1, len(ids) + 1)]:
            return f"1 to {len(ids)}"
        return ", ".join(ids)
