"""A progress note of one integration session: signed once, then only amended.

It holds what belongs into the chart: times, modality, disturbance and belief as rated, plan and risk. What a
client says in therapy beyond that belongs into a psychotherapy note, which is never the chart's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from kap.instruments.shelf import instrument
from kap.vocabulary.decimals import plain
from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant, Window
from kap.vocabulary.sentences import Sentence, sentence

Clock = Callable[[Instant], str]


class Modality(Enum):
    """Which therapy the session was."""

    EMDR = "EMDR"
    ART = "ART"
    IFS = "IFS"
    CBT = "CBT"
    MBCT = "MBCT"
    FAP = "FAP"
    SOMATIC = "somatic"
    MINDFULNESS = "mindfulness"
    TALKING = "talking"


class Risk(Enum):
    """What was heard of suicide risk when it was asked about in the session."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"

    @property
    def needs_somebody_today(self) -> bool:
        """Whether a note is not enough: somebody must act the same day."""
        return self in (Risk.MODERATE, Risk.HIGH)


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating before and after the work.

    Missing: a side that was not rated is None, and never zero.
    """

    before: Decimal | None
    after: Decimal | None

    @property
    def is_empty(self) -> bool:
        """Whether neither side was rated."""
        return self.before is None and self.after is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressNote:
    """What a progress note says.

    Units: `disturbance` is the SUDS, `belief` the VOC, both as those instruments are rated.
    Raises: InputError when a rating is off its scale, or plan or risk is said in no word.
    """

    session: Window
    modality: Modality
    disturbance: Rated
    belief: Rated
    plan: str
    risk: Risk
    risk_words: str = ""

    def __post_init__(self) -> None:
        for rated, name in ((self.disturbance, "suds"), (self.belief, "voc")):
            for side in (rated.before, rated.after):
                _refuse_off_scale(side, name)
        if not self.plan.strip():
            raise InputError("A progress note says what the plan is now: write it in a sentence.")
        if self.risk.needs_somebody_today and not self.risk_words.strip():
            raise InputError("Say what was heard, and what is done about it today.")


def sentences_of(note: ProgressNote, clock: Clock) -> Iterator[Sentence]:
    """The note as it is read."""
    yield sentence(
        "{modality}, from {began} to {ended}.",
        modality=note.modality.value,
        began=clock(note.session.opens_at),
        ended=clock(note.session.closes_at),
    )
    yield _rated(sentence("Disturbance (SUDS)"), note.disturbance)
    yield _rated(sentence("Belief (VOC)"), note.belief)
    yield sentence("Plan: {plan}", plan=note.plan.strip())
    words = note.risk_words.strip()
    if words:
        yield sentence("Suicide risk: {risk}. {words}", risk=note.risk.value, words=words)
    else:
        yield sentence("Suicide risk: {risk}.", risk=note.risk.value)


def _rated(what: Sentence, rated: Rated) -> Sentence:
    if rated.is_empty:
        return sentence("{what}: not rated.", what=what)
    if rated.after is None or rated.before is None:
        known = rated.before if rated.after is None else rated.after
        when = sentence("before") if rated.after is None else sentence("after")
        assert known is not None, "one side is rated"
        return sentence(
            "{what}: {known} {when}, otherwise not rated.", what=what, known=plain(known), when=when
        )
    return sentence(
        "{what}: {before} before, {after} after.",
        what=what, before=plain(rated.before), after=plain(rated.after),
    )  # fmt: skip


def _refuse_off_scale(value: Decimal | None, name: str) -> None:
    scale = instrument(name)
    answers = scale.items[0].kind
    if value is None:
        return
    if answers.lowest <= value <= answers.highest and value == value.to_integral_value():
        return
    raise InputError(
        f"{scale.about.title} is a whole number from {plain(answers.lowest)} to {plain(answers.highest)}."
    )
