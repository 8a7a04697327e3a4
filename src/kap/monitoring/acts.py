"""What is done in a session: each act becomes one entry of its timeline, or is refused with the reason.

An act may come late, with the moment it happened; it may come twice, and is then the same entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from kap.histories.acts import Act
from kap.histories.entries import Entry
from kap.monitoring import timeline as kinds
from kap.monitoring.alarms import Alarm
from kap.monitoring.checklist import accepted
from kap.monitoring.gate import blocking
from kap.monitoring.session import EVENTS, Given, Left, Phase, Session
from kap.monitoring.vitals import Channels, Vitals, doubts
from kap.vocabulary.decimals import plain
from kap.vocabulary.errors import Refused
from kap.vocabulary.findings import Finding
from kap.vocabulary.quantities import Mass
from kap.vocabulary.sentences import Sentence, sentence

_HAS_LEFT = sentence("The person has left. Add a correction to the note instead.")
_NOT_TIMED_OUT = sentence("The time-out comes before the dose. Do it with a second person.")
_TIMED_OUT = sentence("The time-out is done already.")
_GIVEN = sentence("This order has been given. A further dose needs a further order.")
_RUNS = sentence("A dose is running. Record its end, or stop it, first.")
_NO_DOSE = sentence("There is no such dose running in this session.")
_NOTHING_GIVEN = sentence("Nothing was given yet.")
_SAY_WHY = sentence("Say why, in a few words.")
_TOO_MUCH = sentence("More than the dose cannot have gone in. Check the pump.")
_NO_ALARM = sentence("This alarm is not in this session, or somebody has taken it.")
_UNKNOWN_EVENT = sentence("This event is not on the list. Choose one of the list, or write a note.")
_ALONE = sentence("A second person is needed; one cannot be both.")
_NOT_STRIKABLE = sentence("Only readings and events can be struck. Correct anything else in the note.")
_WAS_GIVEN = sentence("A dose was given: the person leaves by the criteria for going home.")


def arriving(act: Act) -> Entry:
    """Begins a session: the person is in the room."""
    return entry_of(act, kinds.ARRIVED, {})


def answering(act: Act, session: Session, item: str, answer: str) -> Entry:
    """Answers one item of a checklist; a later answer takes its place.

    Raises: Refused once the person has left; InputError for an item or an answer not on the list.
    """
    _here(session)
    return entry_of(act, kinds.CHECKED, {"item": item, "answer": accepted(item, answer)})


def timing_out(act: Act, session: Session, findings: tuple[Finding, ...], second: str) -> Entry:
    """Two people stop and agree: this person, this drug, this dose, nothing in the way.

    Raises: Refused while anything is unknown or stands in the way, or without a second person.
    """
    _here(session)
    _need(Phase.TIMED_OUT not in session.began, _TIMED_OUT)
    _need(bool(second) and second != act.by, _ALONE)
    _refuse_blocked(findings)
    return entry_of(act, kinds.TIMED_OUT, {"with": second})


def giving(act: Act, session: Session, given: Given, second: str) -> Entry:
    """Gives a dose, two people agreeing.

    Raises: Refused before the time-out, while a dose runs, for an order already given, or without a second
    person.
    """
    _here(session)
    _need(Phase.TIMED_OUT in session.began, _NOT_TIMED_OUT)
    _need(all(dose.given.order != given.order for dose in session.doses), _GIVEN)
    _need(session.running is None, _RUNS)
    _need(bool(second) and second != act.by, _ALONE)
    body: dict[str, Any] = {
        "order": str(given.order),
        "drug": given.drug.value,
        "amount": given.amount.ucum,
        "route": given.route.value,
        "with": second,
    }
    if given.over is not None:
        body["over"] = given.over.ucum
    return entry_of(act, kinds.DOSE_GIVEN, body)


def ending(act: Act, session: Session, dose: UUID) -> Entry:
    """Records that a dose has run in.

    Raises: Refused when no such dose runs.
    """
    _here(session)
    _running(session, dose)
    return entry_of(act, kinds.DOSE_ENDED, {"dose": str(dose)})


def stopping(act: Act, session: Session, dose: UUID, amount_in: Mass, why: str) -> Entry:
    """Stops a running dose and says how much went in.

    Raises: Refused when no such dose runs, without a reason, or for more than the whole dose.
    """
    _here(session)
    _need(amount_in <= _running(session, dose), _TOO_MUCH)
    body = {"dose": str(dose), "amount_in": amount_in.ucum, "why": _said(why)}
    return entry_of(act, kinds.DOSE_STOPPED, body)


def holding(act: Act, session: Session, why: str) -> Entry:
    """Records that the dose is not given now.

    Raises: Refused without a reason, or once the person has left.
    """
    _here(session)
    return entry_of(act, kinds.DOSE_HELD, {"why": _said(why)})


def taking(act: Act, session: Session, vitals: Vitals, channels: Channels, *, is_confirmed: bool) -> Entry:
    """Charts vital signs that somebody took.

    Raises: Refused for a number that cannot be, or an unusual one nobody has confirmed.
    """
    _here(session)
    for doubt in doubts(vitals.numbers, channels):
        if doubt.is_impossible or not is_confirmed:
            raise Refused(doubt.reason)
    numbers = {channel.value: plain(number) for channel, number in vitals.numbers.items()}
    body = {"numbers": numbers, "is_by_voice": vitals.is_by_voice, "came_from": vitals.came_from}
    return entry_of(act, kinds.VITALS_TAKEN, body)


def noting(act: Act, session: Session, what: str, words: str = "") -> Entry:
    """Notes something that happened, by its word from the list.

    Raises: Refused for a word that is not on the list, or once the person has left.
    """
    _here(session)
    _need(any(kind.id == what for kind in EVENTS), _UNKNOWN_EVENT)
    return entry_of(act, kinds.EVENT_NOTED, {"what": what, "words": words.strip()})


def striking(act: Act, session: Session, entry: UUID, why: str) -> Entry:
    """Strikes a reading or an event that was charted wrongly; it stays in the timeline, struck.

    Raises: Refused for anything else, or without a reason.
    """
    _here(session)
    known = {reading.entry for reading in session.readings} | {event.id for event in session.events}
    _need(entry in known, _NOT_STRIKABLE)
    return entry_of(act, kinds.STRUCK, {"entry": str(entry), "why": _said(why)})


def raising(act: Act, alarm: Alarm) -> Entry:
    """Calls an alarm out."""
    body = {
        "sign": alarm.sign.value,
        "level": alarm.level.value,
        "reading": str(alarm.reading),
        "reason": str(alarm.reason),
    }
    return entry_of(act, kinds.ALARM_RAISED, body)


def taking_alarm(act: Act, session: Session, alarm: UUID, done: str) -> Entry:
    """A person takes an alarm: they are there, and say what they did.

    Raises: Refused for an alarm that is not open.
    """
    _need(any(one.id == alarm for one in session.open_alarms), _NO_ALARM)
    return entry_of(act, kinds.ALARM_TAKEN, {"alarm": str(alarm), "done": done.strip()})


def moving_to_recovery(act: Act, session: Session) -> Entry:
    """The person rests; the dose is over.

    Raises: Refused while a dose runs, or before one was given.
    """
    _here(session)
    _need(bool(session.doses), _NOTHING_GIVEN)
    _need(session.running is None, _RUNS)
    return entry_of(act, kinds.MOVED_TO_RECOVERY, {})


def leaving(act: Act, session: Session, findings: tuple[Finding, ...], to: Left, companion: str) -> Entry:
    """The person goes home, or to their lodging, by the criteria.

    Raises: Refused while a criterion is not met or not known, or when they have left already.
    """
    _here(session)
    _need(bool(session.doses), _NOTHING_GIVEN)
    _refuse_blocked(findings)
    return entry_of(act, kinds.LEFT, {"how": to.value, "companion": companion, "why": ""})


def leaving_undosed(act: Act, session: Session, why: str) -> Entry:
    """The person leaves without having been given anything.

    Raises: Refused when a dose was given, or without a reason.
    """
    _here(session)
    _need(not session.doses, _WAS_GIVEN)
    return entry_of(act, kinds.LEFT, {"how": Left.UNDOSED.value, "companion": "", "why": _said(why)})


def entry_of(act: Act, name: str, body: Mapping[str, Any]) -> Entry:
    """An act as the entry that is kept, in the newest version of its kind."""
    return act.entry(f"{name}@1", body)


def _here(session: Session) -> None:
    _need(session.leaving is None, _HAS_LEFT)


def _running(session: Session, dose: UUID) -> Mass:
    running = session.running
    if running is None or running.id != dose:
        raise Refused(_NO_DOSE)
    return running.given.amount


def _said(why: str) -> str:
    _need(bool(why.strip()), _SAY_WHY)
    return why.strip()


def _refuse_blocked(findings: tuple[Finding, ...]) -> None:
    left = blocking(findings)
    if left:
        raise Refused(left[0].because.reason)


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
