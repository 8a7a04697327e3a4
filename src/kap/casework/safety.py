"""What follows a safety answer: four kinds of case, each worse than the last, a drill, and a roster in need.

The level of an answer comes from the instrument that declares it. A person has one open safety case at most;
a worse answer raises it, and nothing but a named person lowers or ends it.
"""

from __future__ import annotations

from datetime import date

from kap.casework.calls import Call, Called, Means
from kap.casework.kind import CaseKind, NoteKind, Outcome, Rung
from kap.vocabulary.errors import InputError
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.sources import UnverifiedSource
from kap.vocabulary.spans import Span

ACKNOWLEDGED, WITH_THEM = "acknowledged", "with-them"
MEANS_COUNSELED, PLAN_GIVEN = "means-counseled", "plan-given"
RAISED_IN_ERROR = "raised-in-error"

_SEEN = NoteKind(ACKNOWLEDGED, sentence("Taken: I am seeing to it"))
_STAYS = NoteKind(WITH_THEM, sentence("Somebody is with them, or on the line with them"))
_COUNSELED = NoteKind(
    MEANS_COUNSELED, sentence("Counseled on keeping firearms, medicines and other means out of reach")
)
_PLANNED = NoteKind(PLAN_GIVEN, sentence("Safety plan made with them and given to them"))
_IN_ERROR = Outcome(RAISED_IN_ERROR, sentence("Opened in error: the answer was not theirs, or was mistaken"))
_MOVED_ON = Outcome("emergency-care", sentence("In the hands of an emergency department or 911"))

_QUIETLY = (Means.SMS, Means.EMAIL)
_BY_ALL_MEANS = (Means.VOICE, Means.SMS, Means.EMAIL)
_OWN_TIMES = UnverifiedSource(
    key="how long a safety case may wait and who is called when, OpenKAP's own default",
    stated_on=date(2026, 11, 21),
)
_CALL_DIRECTOR = Call(Span.minutes(0), Called.DIRECTOR, _BY_ALL_MEANS)


def _ladder(*minutes: int, start: Called = Called.ON_CALL, quiet: int = 0) -> tuple[Call, ...]:
    """The steps from one place upward, each at its minute; the first `quiet` ones ring no telephone."""
    places = list(Called)[list(Called).index(start) :]
    return tuple(
        Call(Span.minutes(minute), who, _QUIETLY if number < quiet else _BY_ALL_MEANS)
        for number, (minute, who) in enumerate(zip(minutes, places, strict=False))
    )


def _safety_kind(
    id: str, name: Sentence, outcomes: tuple[Outcome, ...], *, lasts: Span, notes: tuple[NoteKind, ...],
    calls: tuple[Call, ...] = (), again_every: Span | None = None, late_call: Call | None = _CALL_DIRECTOR,
    is_drill: bool = False,
) -> CaseKind:  # fmt: skip
    """A safety kind: the medical director knows as soon as it is late, and its times are our own default."""
    return CaseKind(
        id=id, name=name, outcomes=outcomes, ladder=(Rung(Span.days(0), "medical_director"),),
        source=_OWN_TIMES, notes=notes, calls=calls, calls_again_every=again_every, late_call=late_call,
        lasts=lasts, is_drill=is_drill,
    )  # fmt: skip


SAFETY_QUESTIONS = _safety_kind(
    "safety-questions",
    sentence("Ask about suicide now"),
    (
        Outcome("asked", sentence("Asked with the C-SSRS: nothing further is needed")),
        Outcome("assessed", sentence("Assessed by a clinician without the C-SSRS")),
        _MOVED_ON,
        _IN_ERROR,
    ),
    lasts=Span.hours(1),
    notes=(_SEEN, _STAYS, _PLANNED),
    calls=_ladder(0, 30, 60, quiet=2),
)
SAFETY_NOTE = _safety_kind(
    "safety-note",
    sentence("Low suicide risk: a clinician's note"),
    (Outcome("noted", sentence("Noted by a clinician")), _MOVED_ON, _IN_ERROR),
    lasts=Span.days(1),
    notes=(_SEEN, _COUNSELED, _PLANNED),
)
SAME_DAY_ASSESSMENT = _safety_kind(
    "same-day-assessment",
    sentence("Moderate suicide risk: assess today"),
    (
        Outcome(
            "assessed-with-plan",
            sentence("Assessed today, with a safety plan"),
            needs=(MEANS_COUNSELED, PLAN_GIVEN),
        ),
        _MOVED_ON,
        _IN_ERROR,
    ),
    lasts=Span.hours(8),
    notes=(_SEEN, _STAYS, _COUNSELED, _PLANNED),
    calls=_ladder(0, 30, 60, quiet=1),
)
CRISIS = _safety_kind(
    "crisis",
    sentence("Crisis: never left alone"),
    (
        Outcome(
            "safe-with-plan", sentence("Safe now, with a safety plan"), needs=(MEANS_COUNSELED, PLAN_GIVEN)
        ),
        _MOVED_ON,
        Outcome("other-clinician", sentence("In the care of a named clinician elsewhere")),
        Outcome("died", sentence("Died")),
        _IN_ERROR,
    ),
    lasts=Span.hours(1),
    notes=(_SEEN, _STAYS, _COUNSELED, _PLANNED),
    calls=_ladder(0, 5, 10, 15),
    again_every=Span.minutes(15),
)
CRISIS_DRILL = _safety_kind(
    "crisis-drill",
    sentence("DRILL: crisis"),
    (
        Outcome("drill-heard", sentence("Drill over: it was heard")),
        Outcome("drill-unheard", sentence("Drill over: something must be mended")),
    ),
    lasts=Span.hours(1),
    notes=(_SEEN,),
    calls=CRISIS.calls,
    late_call=None,
    is_drill=True,
)
UNHEARD = _safety_kind(
    "unheard",
    sentence("A call for help might not be heard"),
    (
        Outcome("mended", sentence("Mended: a test was sent and answered")),
        Outcome("staffed", sentence("Mended: somebody is on call")),
    ),
    lasts=Span.hours(4),
    notes=(_SEEN,),
    calls=_ladder(0, 30, start=Called.BACKUP, quiet=1),
)
ROSTER_GAP = _safety_kind(
    "roster-gap",
    sentence("Hours ahead in which nobody is on call"),
    (
        Outcome("covered", sentence("Covered: somebody is on call")),
        Outcome("closed-then", sentence("Nobody is treated or asked in those hours")),
    ),
    lasts=Span.days(2),
    notes=(_SEEN,),
    calls=_ladder(0, start=Called.DIRECTOR, quiet=1),
    late_call=Call(Span.minutes(0), Called.DIRECTOR, _QUIETLY),
)

RISING = (SAFETY_QUESTIONS, SAFETY_NOTE, SAME_DAY_ASSESSMENT, CRISIS)
OF_THE_ROSTER = (UNHEARD, ROSTER_GAP)
SAFETY_KINDS = (*RISING, CRISIS_DRILL, *OF_THE_ROSTER)
_OF_LEVEL = {
    "note": None,
    "screen": SAFETY_QUESTIONS,
    "low": SAFETY_NOTE,
    "moderate": SAME_DAY_ASSESSMENT,
    "urgent": SAME_DAY_ASSESSMENT,
    "high": CRISIS,
}


def kind_of_level(level: str) -> CaseKind | None:
    """The case a safety answer of this level opens, or raises an open one to.

    Missing: None for an answer that is only to be read.
    Raises: InputError for a level no instrument may declare.
    """
    if level not in _OF_LEVEL:
        raise InputError(f"A safety answer is of level {', '.join(_OF_LEVEL)}, not {level!r}.")
    return _OF_LEVEL[level]


def is_worse(kind: CaseKind, than: CaseKind) -> bool:
    """Whether a case of one kind must be raised to the other.

    A note on low risk can wait a day; a new answer that asks for the questions cannot: they are asked anew.
    """
    if (kind, than) == (SAFETY_QUESTIONS, SAFETY_NOTE):
        return True
    return kind in RISING and than in RISING and RISING.index(kind) > RISING.index(than)
