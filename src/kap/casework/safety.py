"""What follows a safety answer: four kinds of case, each worse than the last, a drill, and a roster unheard.

The level of an answer comes from the instrument that declares it. A person has one open safety case at most;
a worse answer raises it, and nothing but a named person lowers or ends it.
"""

from __future__ import annotations

from datetime import date

from kap.casework.calls import Call, Called, Means
from kap.casework.kind import CaseKind, NoteKind, Outcome, Rung
from kap.vocabulary.errors import InputError
from kap.vocabulary.sentences import sentence
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
_DIRECTOR_WHEN_LATE = (Rung(Span.days(0), "medical_director"),)
_CALL_DIRECTOR = Call(Span.minutes(0), Called.DIRECTOR, _BY_ALL_MEANS)

SAFETY_QUESTIONS = CaseKind(
    id="safety-questions",
    name=sentence("Ask about suicide now"),
    outcomes=(
        Outcome("asked", sentence("Asked with the C-SSRS: nothing further is needed")),
        Outcome("assessed", sentence("Assessed by a clinician without the C-SSRS")),
        _MOVED_ON,
        _IN_ERROR,
    ),
    ladder=_DIRECTOR_WHEN_LATE,
    source=_OWN_TIMES,
    notes=(_SEEN, _STAYS, _PLANNED),
    calls=(
        Call(Span.minutes(0), Called.ON_CALL, _QUIETLY),
        Call(Span.minutes(30), Called.BACKUP, _QUIETLY),
        Call(Span.minutes(60), Called.DIRECTOR, _BY_ALL_MEANS),
    ),
    late_call=_CALL_DIRECTOR,
    lasts=Span.hours(1),
)
SAFETY_NOTE = CaseKind(
    id="safety-note",
    name=sentence("Low suicide risk: a clinician's note"),
    outcomes=(Outcome("noted", sentence("Noted by a clinician")), _MOVED_ON, _IN_ERROR),
    ladder=_DIRECTOR_WHEN_LATE,
    source=_OWN_TIMES,
    notes=(_SEEN, _COUNSELED, _PLANNED),
    late_call=_CALL_DIRECTOR,
    lasts=Span.days(1),
)
SAME_DAY_ASSESSMENT = CaseKind(
    id="same-day-assessment",
    name=sentence("Moderate suicide risk: assess today"),
    outcomes=(
        Outcome(
            "assessed-with-plan",
            sentence("Assessed today, with a safety plan"),
            needs=(MEANS_COUNSELED, PLAN_GIVEN),
        ),
        _MOVED_ON,
        _IN_ERROR,
    ),
    ladder=_DIRECTOR_WHEN_LATE,
    source=_OWN_TIMES,
    notes=(_SEEN, _STAYS, _COUNSELED, _PLANNED),
    calls=(
        Call(Span.minutes(0), Called.ON_CALL, _QUIETLY),
        Call(Span.minutes(30), Called.BACKUP, _BY_ALL_MEANS),
        Call(Span.minutes(60), Called.DIRECTOR, _BY_ALL_MEANS),
    ),
    late_call=_CALL_DIRECTOR,
    lasts=Span.hours(8),
)
_CRISIS_CALLS = (
    Call(Span.minutes(0), Called.ON_CALL, _BY_ALL_MEANS),
    Call(Span.minutes(5), Called.BACKUP, _BY_ALL_MEANS),
    Call(Span.minutes(10), Called.DIRECTOR, _BY_ALL_MEANS),
    Call(Span.minutes(15), Called.EVERYBODY, _BY_ALL_MEANS),
)
CRISIS = CaseKind(
    id="crisis",
    name=sentence("Crisis: never left alone"),
    outcomes=(
        Outcome(
            "safe-with-plan", sentence("Safe now, with a safety plan"), needs=(MEANS_COUNSELED, PLAN_GIVEN)
        ),
        _MOVED_ON,
        Outcome("other-clinician", sentence("In the care of a named clinician elsewhere")),
        Outcome("died", sentence("Died")),
        _IN_ERROR,
    ),
    ladder=_DIRECTOR_WHEN_LATE,
    source=_OWN_TIMES,
    notes=(_SEEN, _STAYS, _COUNSELED, _PLANNED),
    calls=_CRISIS_CALLS,
    late_call=_CALL_DIRECTOR,
    lasts=Span.hours(1),
)
CRISIS_DRILL = CaseKind(
    id="crisis-drill",
    name=sentence("DRILL: crisis"),
    outcomes=(
        Outcome("drill-heard", sentence("Drill over: it was heard")),
        Outcome("drill-unheard", sentence("Drill over: something must be mended")),
    ),
    ladder=_DIRECTOR_WHEN_LATE,
    source=_OWN_TIMES,
    notes=(_SEEN,),
    calls=_CRISIS_CALLS,
    lasts=Span.hours(1),
    is_drill=True,
)
UNHEARD = CaseKind(
    id="unheard",
    name=sentence("A call for help might not be heard"),
    outcomes=(
        Outcome("mended", sentence("Mended: a test was sent and answered")),
        Outcome("staffed", sentence("Mended: somebody is on call")),
    ),
    ladder=_DIRECTOR_WHEN_LATE,
    source=_OWN_TIMES,
    notes=(_SEEN,),
    late_call=_CALL_DIRECTOR,
    calls=(
        Call(Span.minutes(0), Called.BACKUP, _QUIETLY),
        Call(Span.minutes(30), Called.DIRECTOR, _BY_ALL_MEANS),
    ),
    lasts=Span.hours(4),
)

RISING = (SAFETY_QUESTIONS, SAFETY_NOTE, SAME_DAY_ASSESSMENT, CRISIS)
SAFETY_KINDS = (*RISING, CRISIS_DRILL, UNHEARD)
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
    """Whether a case of one kind must be raised to the other."""
    return kind in RISING and than in RISING and RISING.index(kind) > RISING.index(than)
