"""The session's note, assembled from its timeline.

Every sentence comes from something that was charted; what is missing is said to be missing, and nothing is made up.
"""

import pytest
from tests.spec.monitoring.room import CALM, Room, by_route, dosed, ready

from kap.monitoring import acts
from kap.monitoring.alarms import packaged_alarms, watched
from kap.monitoring.note import note_of
from kap.monitoring.session import Left, Session
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Mass
from kap.vocabulary.routes import Route

NAMES = {"nurse": "Rosa M.", "prescriber": "Dr. Osei"}


def told(session: Session) -> dict[str, list[str]]:
    """The note's passages in English."""
    passages = note_of(session, _clock, lambda who: NAMES[who])
    return {str(one.heading): [str(sentence) for sentence in one.sentences] for one in passages}


def _clock(at: Instant) -> str:
    return at.in_zone("America/Denver").strftime("%H:%M")


def test_a_whole_session() -> None:
    room = dosed().at(30).reads({**CALM, "systolic": 162, "diastolic": 96, "heart-rate": 88, "sedation": 4})
    for alarm in watched(room.session.readings, packaged_alarms()).alarms:
        room.add(acts.raising(room.next(), alarm))
    called = room.session.open_alarms[0].id
    room.at(31).add(acts.taking_alarm(room.next("prescriber"), room.session, called, "Watched, no symptoms."))
    room.at(35).add(acts.noting(room.next(), room.session, "words", "“I am at the sea.”"))
    room.at(36).add(acts.noting(room.next(), room.session, "nausea"))
    room.at(50).ends().at(110).reads({**CALM, "systolic": 128}, by_voice=True)
    room.answers({"with-whom": "escort"})
    room.add(acts.leaving(room.next(), room.session, (), Left.HOME, "her sister"))
    assert told(room.session) == {
        "Before the dose": [
            "Arrived at 09:00.",
            "Name and birth date said by the person: yes (09:05).",
            "Consent signed and still wanted: yes (09:05).",
            "Somebody afterwards: escort (09:05).",
            "Pregnancy: cannot become pregnant (09:05).",
            "C-SSRS since the last contact: none (09:05).",
            "Last ate: 20:00 (09:05).",
            "Last drank: 06:30 (09:05).",
            "Emergency equipment checked: yes (09:05).",
            "Time-out by two people at 09:10.",
        ],
        "Dose": [
            "35 mg ketamine IV over 40 min, begun at 09:10, by Rosa M. with Dr. Osei.",
            "It ended at 09:50.",
        ],
        "Vital signs": [
            "First blood pressure 124/78 mmHg at 09:05.",
            "Highest 162/96 mmHg at 09:30.",
            "Last 128/78 mmHg at 10:50.",
            "Oxygen saturation 98 % in 3 readings.",
            "Heart rate 72 to 88 in 3 readings.",
            "Breathing rate 14 in 3 readings.",
            "Sedation (MOAA/S) 4 to 5 in 3 readings.",
        ],
        "Alarms": [
            "At 09:30: Blood pressure 162/96 mmHg.",
            "Dr. Osei took it at 09:31: Watched, no symptoms.",
        ],
        "What happened": ["09:35 Words spoken: “I am at the sea.”", "09:36 Nausea."],
        "Leaving": [
            "Taken over by: escort (10:50).",
            "Went home with her sister at 10:50, by the criteria.",
            "The session took 110 minutes.",
        ],
    }


def test_what_was_not_charted_is_said_to_be_missing() -> None:
    assert told(Room().session) == {
        "Before the dose": ["Arrived at 09:00.", "There was no time-out."],
        "Dose": ["Nothing was given."],
        "Vital signs": ["No blood pressure was charted."],
        "Leaving": ["The person has not left yet."],
    }


def test_a_dose_that_was_held_and_a_person_who_left_without_one() -> None:
    room = ready().at(12)
    room.add(acts.holding(room.next(), room.session, "Blood pressure too high."))
    room.add(acts.leaving_undosed(room.next(), room.session, "Comes back on Monday."))
    note = told(room.session)
    assert note["Dose"] == ["Nothing was given."]
    assert note["Vital signs"][3:5] == ["Oxygen saturation 98 % in 1 reading.", "Heart rate 72 in 1 reading."]
    assert note["What happened"] == ["09:12 Dose held: Blood pressure too high."]
    assert note["Leaving"] == [
        "Left at 09:12 without a dose: Comes back on Monday.",
        "The session took 12 minutes.",
    ]


def test_a_dose_that_was_stopped() -> None:
    room = dosed().at(30)
    dose = room.session.doses[0].id
    room.add(acts.stopping(room.next(), room.session, dose, Mass.mg("17.5"), "Too much for her."))
    assert told(room.session)["Dose"][1] == "Stopped at 09:30 after 17.5 mg: Too much for her."


@pytest.mark.parametrize(
    ("route", "sentences"),
    [
        (Route.IM, ["35 mg ketamine IM at 09:10, by Rosa M. with Dr. Osei."]),
        (
            Route.IV,
            [
                "35 mg ketamine IV over 40 min, begun at 09:10, by Rosa M. with Dr. Osei.",
                "Its end is not recorded.",
            ],
        ),
    ],
)
def test_how_a_dose_was_given(route: Route, sentences: list[str]) -> None:
    assert told(dosed(by_route(route)).session)["Dose"] == sentences


def test_alarms_that_nobody_took_and_that_were_taken_without_a_word() -> None:
    room = ready().at(20).reads({**CALM, "systolic": 205}).at(21).reads({**CALM, "oxygen-saturation": 93})
    for alarm in watched(room.session.readings, packaged_alarms()).alarms:
        room.add(acts.raising(room.next(), alarm))
    first = room.session.open_alarms[0].id
    room.add(acts.taking_alarm(room.next(), room.session, first, ""))
    assert told(room.session)["Alarms"] == [
        "At 09:21: Blood pressure 205/78 mmHg.",
        "Rosa M. took it at 09:21.",
        "At 09:21: Oxygen saturation 93 %.",
        "Nobody has taken this alarm.",
    ]


def test_somebody_who_went_to_the_lodging() -> None:
    room = dosed().at(50).ends().at(120)
    room.add(acts.leaving(room.next(), room.session, (), Left.LODGING, "J. Weber stays overnight"))
    assert told(room.session)["Leaving"][0] == (
        "Went to the lodging at 11:00, by the criteria; J. Weber stays overnight."
    )
