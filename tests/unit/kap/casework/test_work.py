"""The acts on a case that the manual's tables do not reach."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from kap.casework.kind import CaseKind, Outcome, Rung
from kap.casework.kinds import CLEARANCE_REQUEST, kind_of
from kap.casework.work import Act, attempt, case_from, closing, handing_over, opening
from kap.histories.entries import Entry
from kap.vocabulary.errors import DeclarationError, InputError, Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap.vocabulary.spans import Span

MONDAY = Instant.parse("2026-11-02T09:00:00Z")
TUESDAY = Instant.parse("2026-11-03T09:00:00Z")
FRIDAY = Instant.parse("2026-11-06T09:00:00Z")


def act(number: int, at: Instant, by: str = "nurse") -> Act:
    return Act(id=UUID(int=number), happened_at=at, recorded_at=at, by=by)


@pytest.fixture
def opened() -> Entry:
    return opening(act(1, MONDAY), CLEARANCE_REQUEST, FRIDAY, "nurse")


def test_a_case_is_due_after_it_is_opened():
    with pytest.raises(Refused, match="due after it is opened"):
        opening(act(1, MONDAY), CLEARANCE_REQUEST, MONDAY, "nurse")


def test_a_case_is_handed_to_somebody_else(opened):
    case = case_from([opened])
    assert case_from([opened, handing_over(act(2, TUESDAY), case, "prescriber")]).owner == "prescriber"
    with pytest.raises(Refused, match="owns the case already"):
        handing_over(act(2, TUESDAY), case, "nurse")


def test_an_attempt_says_something(opened):
    with pytest.raises(Refused, match="Say what was tried"):
        attempt(act(2, TUESDAY), case_from([opened]), "  ")


def test_an_attempt_written_down_after_the_closing_takes_its_place_before_it(opened):
    case = case_from([opened])
    ended = closing(act(2, FRIDAY), case, "cleared", "Dr. Odum, cardiology")
    late = attempt(act(3, TUESDAY), case, "Telephoned.")
    assert [one.how for one in case_from([opened, ended, late]).attempts] == ["Telephoned."]


def test_of_two_closings_the_first_stands(opened):
    case = case_from([opened])
    first = closing(act(2, TUESDAY), case, "not-cleared", "Dr. Odum, cardiology")
    second = closing(act(3, FRIDAY), case, "cleared", "Dr. Odum, cardiology")
    ended = case_from([opened, second, first]).closing
    assert ended is not None
    assert ended.outcome == "not-cleared"


def test_entries_that_tell_no_case_are_refused(opened):
    tried = attempt(act(2, TUESDAY), case_from([opened]), "Telephoned.")
    again = opening(act(3, TUESDAY), CLEARANCE_REQUEST, FRIDAY, "nurse")
    strange = Entry(
        id=UUID(int=4), happened_at=TUESDAY, recorded_at=TUESDAY, by="nurse", kind="case_sung@1", content="{}"
    )
    for entries, says in (
        ([], "begins with the entry that opened it"),
        ([tried], "opened once, before anything else"),
        ([opened, again], "opened once, before anything else"),
        ([opened, strange], "nothing that is done to a case"),
    ):
        with pytest.raises(InputError, match=says):
            case_from(entries)


def test_an_outcome_or_a_kind_nobody_declared_is_refused(opened):
    with pytest.raises(InputError, match="ends with one of cleared"):
        closing(act(2, TUESDAY), case_from([opened]), "approved", "Dr. Odum, cardiology")
    with pytest.raises(InputError, match="There is no kind of case 'lawsuit'"):
        kind_of("lawsuit")


def test_a_kind_that_could_never_end_or_climbs_backward_is_refused_when_declared():
    told = {"id": "x", "name": sentence("X"), "source": CLEARANCE_REQUEST.source}
    with pytest.raises(DeclarationError, match="must be able to end"):
        CaseKind(outcomes=(), ladder=(), **told)
    ends = (Outcome("done", sentence("Done")),)
    rungs = (Rung(Span.days(2), "prescriber"), Rung(Span.days(2), "medical_director"))
    with pytest.raises(DeclarationError, match="comes later than the one before"):
        CaseKind(outcomes=ends, ladder=rungs, **told)
    with pytest.raises(DeclarationError, match=r"needs \['a-plan'\], which nobody can note"):
        CaseKind(outcomes=(Outcome("safe", sentence("Safe"), needs=("a-plan",)),), ladder=(), **told)


def test_a_kind_without_a_ladder_rises_to_nobody(opened):
    quiet = CaseKind(
        id="quiet", name=sentence("Quiet"), outcomes=CLEARANCE_REQUEST.outcomes, ladder=(),
        source=CLEARANCE_REQUEST.source,
    )  # fmt: skip
    case = case_from([opened])
    assert replace(case, kind=quiet).risen_to(FRIDAY) is None


def test_a_closing_seals_the_words_of_the_answer_and_until_when_it_counts(opened):
    case = case_from([opened])
    told = closing(act(2, TUESDAY), case, "cleared", "Dr. Odum", " With a pill. ", date(2026, 12, 1)).body
    assert (told["answer"], told["counts_until"]) == ("With a pill.", "2026-12-01")
    assert closing(act(2, TUESDAY), case, "cleared", "Dr. Odum").body.keys() == {"outcome", "said_by"}
