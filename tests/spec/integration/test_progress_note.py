"""The progress note of an integration session.

It says when the session was, which therapy, the ratings before and after, the plan and what was heard of
suicide risk. It is signed once; what comes later is added under its own name and time.
"""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from tests.cases import cases

from kap.histories.acts import Act
from kap.histories.entries import Entry
from kap.integration.note import Modality, ProgressNote, Rated, Risk, sentences_of
from kap.integration.writing import Amendment, amending, note_from, signing, state_after
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.moments import Instant, Window

BEGAN, ENDED = Instant.parse("2026-06-02T21:30:00Z"), Instant.parse("2026-06-02T22:45:00Z")


def note(**other: Any) -> ProgressNote:
    said: dict[str, Any] = {
        "session": Window(BEGAN, ENDED), "modality": Modality.EMDR,
        "disturbance": Rated(Decimal(7), Decimal(2)), "belief": Rated(Decimal(2), Decimal(6)),
        "plan": "Same target before the second dose.", "risk": Risk.NONE,
    }  # fmt: skip
    return ProgressNote(**{**said, **other})


def read(one: ProgressNote) -> list[str]:
    return [
        str(line) for line in sentences_of(one, lambda at: at.in_zone("America/Denver").strftime("%H:%M"))
    ]


def act(number: int, minutes: int) -> Act:
    at = Instant(ENDED.at + timedelta(minutes=minutes))
    return Act(id=UUID(int=number), happened_at=at, recorded_at=at, by="therapist")


@cases("""
    what was rated       | before | after | says
    ---------------------+--------+-------+-----
    before and after     |      7 |     2 | Disturbance (SUDS): 7 before, 2 after.
    down to nothing      |      7 |     0 | Disturbance (SUDS): 7 before, 0 after.
    before only          |      7 |       | Disturbance (SUDS): 7 before, otherwise not rated.
    after only           |        |     2 | Disturbance (SUDS): 2 after, otherwise not rated.
    neither              |        |       | Disturbance (SUDS): not rated.
""")
def test_what_was_not_rated_is_not_zero(before: Decimal | None, after: Decimal | None, says: str) -> None:
    assert read(note(disturbance=Rated(before, after)))[1] == says


@cases("""
    what the therapist writes        | suds | voc | plan  | risk     | words       | refused because
    ---------------------------------+------+-----+-------+----------+-------------+----------------
    the highest of both              |   10 |   7 | Rest. | none     |             |
    the lowest of both               |    0 |   1 | Rest. | none     |             |
    disturbance above its scale      |   11 |   7 | Rest. | none     |             | Subjective Units of Disturbance is a whole number from 0 to 10
    a belief below its scale         |   10 |   0 | Rest. | none     |             | Validity of Cognition is a whole number from 1 to 7
    half a point                     |  2.5 |   7 | Rest. | none     |             | whole number
    no plan                          |    1 |   7 |       | none     |             | says what the plan is
    a low risk without words         |    1 |   7 | Rest. | low      |             |
    a moderate risk without words    |    1 |   7 | Rest. | moderate |             | Say what was heard
    a high risk, told and acted upon |    1 |   7 | Rest. | high     | Not alone.  |
""")
def test_a_note_says_what_it_must(
    suds: Decimal, voc: Decimal, plan: str | None, risk: Risk, words: str | None, refused_because: str | None
) -> None:
    said: dict[str, Any] = {
        "disturbance": Rated(suds, None), "belief": Rated(None, voc), "plan": plan or "", "risk": risk,
        "risk_words": words or "",
    }  # fmt: skip
    if refused_because is None:
        assert note(**said).risk is risk
        return
    with pytest.raises(InputError, match=re.escape(refused_because)):
        note(**said)


def test_a_note_reads_in_sentences() -> None:
    assert read(note()) == [
        "EMDR, from 15:30 to 16:45.",
        "Disturbance (SUDS): 7 before, 2 after.",
        "Belief (VOC): 2 before, 6 after.",
        "Plan: Same target before the second dose.",
        "Suicide risk: none.",
    ]
    told = note(risk=Risk.MODERATE, risk_words="Thoughts without intent; seen by the prescriber.")
    assert read(told)[-1] == "Suicide risk: moderate. Thoughts without intent; seen by the prescriber."


def test_a_signed_note_is_read_back_as_it_was_and_only_added_to() -> None:
    without_ratings = note(disturbance=Rated(None, None), modality=Modality.ART)
    for one in (note(), without_ratings):
        signed = note_from([amending(act(2, 60), " The eye set was vertical. "), signing(act(1, 5), one)])
        assert (signed.note, signed.by) == (one, "therapist")
        assert signed.amendments == (
            Amendment(act(2, 60).happened_at, "therapist", "The eye set was vertical."),
        )
    with pytest.raises(Refused, match="Write what is to be added"):
        amending(act(3, 70), "  ")


def test_entries_that_tell_no_note_are_refused() -> None:
    with pytest.raises(InputError, match="none is here"):
        note_from([])
    with pytest.raises(InputError, match="signed once"):
        note_from([amending(act(2, 60), "More.")])
    with pytest.raises(InputError, match="signed once"):
        note_from([signing(act(1, 5), note()), signing(act(2, 6), note())])
    told = act(4, 80)
    strange = Entry(
        id=told.id, happened_at=told.happened_at, recorded_at=told.recorded_at, by="x", kind="note_burned@1",
        content="{}",
    )  # fmt: skip
    with pytest.raises(InputError, match="nothing that is done to a note"):
        state_after(note_from([signing(act(1, 5), note())]), strange)
