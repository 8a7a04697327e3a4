"""The session's note, assembled from its timeline: what was charted, in sentences; nothing is made up.

A sentence stands only where its facts were charted; what is missing is said to be missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from kap.monitoring.checklist import (
    AT_LEAVING,
    ATE_AT,
    COMPANION,
    CONSENT,
    DRANK_AT,
    EQUIPMENT,
    IDENTITY,
    INSTRUCTED,
    PREGNANCY,
    STEADY,
    SUICIDE_RISK,
    TIMES,
    WITH_WHOM,
)
from kap.monitoring.session import EVENTS, Answer, Dose, Left, Phase, Session
from kap.monitoring.timeline import DOSE_HELD
from kap.monitoring.vitals import Channel
from kap.vocabulary.decimals import plain
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence, sentence

Clock = Callable[[Instant], str]

_EVENT_NAMES = {kind.id: kind.name for kind in EVENTS} | {DOSE_HELD: sentence("Dose held")}


ITEMS = {
    IDENTITY: sentence("Name and birth date said by the person"),
    CONSENT: sentence("Consent signed and still wanted"),
    COMPANION: sentence("Somebody afterwards"),
    PREGNANCY: sentence("Pregnancy"),
    SUICIDE_RISK: sentence("C-SSRS since the last contact"),
    ATE_AT: sentence("Last ate"),
    DRANK_AT: sentence("Last drank"),
    EQUIPMENT: sentence("Emergency equipment checked"),
    STEADY: sentence("Oriented, steady, nausea bearable"),
    INSTRUCTED: sentence("Instructions given and understood"),
    WITH_WHOM: sentence("Taken over by"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the note under its heading."""

    heading: Sentence
    sentences: tuple[Sentence, ...]


def note_of(session: Session, clock: Clock, names: Callable[[str], str]) -> tuple[Passage, ...]:
    """The note: `clock` writes a moment as the wall showed it, `names` says who somebody is."""
    passages = (
        Passage(sentence("Before the dose"), tuple(_before(session, clock))),
        Passage(sentence("Dose"), tuple(_doses(session, clock, names))),
        Passage(sentence("Vital signs"), tuple(_vitals(session, clock))),
        Passage(sentence("Alarms"), tuple(_alarms(session, clock, names))),
        Passage(sentence("What happened"), tuple(_events(session, clock))),
        Passage(sentence("Leaving"), tuple(_leaving(session, clock))),
    )
    return tuple(passage for passage in passages if passage.sentences)


def _before(session: Session, clock: Clock) -> Iterable[Sentence]:
    yield sentence("Arrived at {at}.", at=clock(session.began[Phase.ARRIVED]))
    yield from _answers(session, [item for item in ITEMS if item not in AT_LEAVING], clock)
    if Phase.TIMED_OUT in session.began:
        yield sentence("Time-out by two people at {at}.", at=clock(session.began[Phase.TIMED_OUT]))
    else:
        yield sentence("There was no time-out.")


def _answers(session: Session, items: Iterable[str], clock: Clock) -> Iterable[Sentence]:
    for item in items:
        if answer := session.checklist.get(item):
            yield _answered(item, answer, clock)


def _answered(item: str, answer: Answer, clock: Clock) -> Sentence:
    said = {"item": ITEMS[item], "answer": _shown(item, answer.value, clock), "at": clock(answer.at)}
    return Sentence("{item}: {answer} ({at}).", said)


def _shown(item: str, answer: str, clock: Clock) -> str:
    return clock(Instant.parse(answer)) if item in TIMES else answer


def _doses(session: Session, clock: Clock, names: Callable[[str], str]) -> Iterable[Sentence]:
    if not session.doses:
        yield sentence("Nothing was given.")
    for dose in session.doses:
        yield _given(dose, clock, names)
        if dose.ended_at is None:
            yield sentence("Its end is not recorded.")
        elif dose.why_stopped:
            yield sentence(
                "Stopped at {at} after {amount}: {why}",
                at=clock(dose.ended_at), amount=dose.amount_in, why=dose.why_stopped,
            )  # fmt: skip
        elif dose.given.over is not None:
            yield sentence("It ended at {at}.", at=clock(dose.ended_at))


def _given(dose: Dose, clock: Clock, names: Callable[[str], str]) -> Sentence:
    first, second = (names(who) for who in dose.people)
    said = {
        "drug": dose.given.drug.value,
        "amount": dose.given.amount,
        "route": dose.given.route.value.upper(),
        "at": clock(dose.began_at),
        "first": first,
        "second": second,
    }
    if dose.given.over is None:
        return Sentence("{amount} {drug} {route} at {at}, by {first} with {second}.", said)
    over = {**said, "over": dose.given.over}
    return Sentence("{amount} {drug} {route} over {over}, begun at {at}, by {first} with {second}.", over)


def _vitals(session: Session, clock: Clock) -> Iterable[Sentence]:
    pressures = [one for one in session.readings if one.pressure is not None and one.pressure.is_whole]
    if not pressures:
        yield sentence("No blood pressure was charted.")
    else:
        first, last = pressures[0], pressures[-1]
        peak = max(pressures, key=lambda one: one.numbers[Channel.SYSTOLIC])
        for template, one in (
            ("First blood pressure {reading} mmHg at {at}.", first),
            ("Highest {reading} mmHg at {at}.", peak),
            ("Last {reading} mmHg at {at}.", last),
        ):
            yield Sentence(template, {"reading": one.pressure, "at": clock(one.at)})
    for channel, template in (
        (Channel.OXYGEN, "Oxygen saturation {numbers} % in {readings}."),
        (Channel.HEART_RATE, "Heart rate {numbers} in {readings}."),
        (Channel.BREATHS, "Breathing rate {numbers} in {readings}."),
        (Channel.SEDATION, "Sedation (MOAA/S) {numbers} in {readings}."),
    ):
        numbers = [one.numbers[channel] for one in session.readings if channel in one.numbers]
        if numbers:
            yield Sentence(template, {"numbers": _from_to(numbers), "readings": _readings(len(numbers))})


def _readings(count: int) -> Sentence:
    return sentence("1 reading") if count == 1 else sentence("{count} readings", count=count)


def _from_to(numbers: list[Decimal]) -> Sentence | str:
    lowest, highest = plain(min(numbers)), plain(max(numbers))
    if lowest == highest:
        return lowest
    return sentence("{lowest} to {highest}", lowest=lowest, highest=highest)


def _alarms(session: Session, clock: Clock, names: Callable[[str], str]) -> Iterable[Sentence]:
    for alarm in session.alarms:
        yield sentence("At {at}: {reason}", at=clock(alarm.at), reason=alarm.reason)
        if alarm.taken_at is None:
            yield sentence("Nobody has taken this alarm.")
        else:
            said = {"who": names(alarm.taken_by), "at": clock(alarm.taken_at)}
            if alarm.done:
                yield Sentence("{who} took it at {at}: {done}", {**said, "done": alarm.done})
            else:
                yield Sentence("{who} took it at {at}.", said)


def _events(session: Session, clock: Clock) -> Iterable[Sentence]:
    for event in session.events:
        said = {"at": clock(event.at), "what": _EVENT_NAMES[event.what]}
        if event.words:
            yield Sentence("{at} {what}: {words}", {**said, "words": event.words})
        else:
            yield Sentence("{at} {what}.", said)


def _leaving(session: Session, clock: Clock) -> Iterable[Sentence]:
    leaving = session.leaving
    yield from _answers(session, AT_LEAVING, clock)
    if leaving is None:
        yield sentence("The person has not left yet.")
        return
    stay = leaving.at.since(session.began[Phase.ARRIVED]).on_the_clock() // timedelta(minutes=1)
    at = clock(leaving.at)
    if leaving.how is Left.HOME:
        yield sentence(
            "Went home with {companion} at {at}, by the criteria.", companion=leaving.companion, at=at
        )
    elif leaving.how is Left.LODGING:
        yield sentence(
            "Went to the lodging at {at}, by the criteria; {companion}.", companion=leaving.companion, at=at
        )
    else:
        yield sentence("Left at {at} without a dose: {why}", at=at, why=leaving.why)
    yield sentence("The session took {minutes} minutes.", minutes=stay)
