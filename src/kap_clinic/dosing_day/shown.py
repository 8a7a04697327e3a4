"""A session in the words and shapes of the room: what stands in the line, on the tiles, in the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kap.histories.entries import Entry
from kap.monitoring import timeline as kinds
from kap.monitoring.alarms import Level, Sign
from kap.monitoring.note import ITEMS
from kap.monitoring.session import EVENTS
from kap.monitoring.vitals import Channel
from kap.people.permissions import Permission
from kap.vocabulary.decimals import plain
from kap.vocabulary.findings import Finding, Verdict
from kap.vocabulary.moments import Instant
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Act, Need, Words

from .queries import Read, SessionFile, SessionLine, open_sessions

TONES = {Level.QUIET: "", Level.LOOK: "look", Level.ACT: "must"}
_EVENT_NAMES = {kind.id: kind.name for kind in EVENTS}


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One vital sign, readable at arm's length: its value, unit, moment, and the tone of an exception."""

    name: Words
    value: str
    unit: str
    at: str
    tone: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One entry of the timeline as the room shows it; ``is_struck`` where it no longer counts."""

    id: UUID
    number: int
    happened_at: datetime
    at: str
    what: Words
    detail: Words
    by: str
    tone: str = ""
    is_struck: bool = False
    may_be_struck: bool = False


def tiles(file: SessionFile) -> list[Tile]:
    """The vitals as they stand: pressure, heart, oxygen, breathing, sedation."""
    newest, tone = file.newest, {sign: TONES[level] for sign, level in file.levels.items()}
    upper, lower = newest.get(Channel.SYSTOLIC), newest.get(Channel.DIASTOLIC)
    is_one = upper is not None and lower is not None and upper.at == lower.at
    pressure = f"{plain(upper.number)}/{plain(lower.number)}" if is_one and upper and lower else "–"
    return [
        Tile(
            name=_("Blood pressure"), value=pressure, unit="mmHg" if is_one else "",
            at=_clock(upper if is_one else None, file), tone=tone[Sign.PRESSURE],
        ),
        _tile(file, Channel.HEART_RATE, _("Heart rate"), "/min"),
        _tile(file, Channel.OXYGEN, _("SpO₂"), "%", tone[Sign.OXYGEN]),
        _tile(file, Channel.BREATHS, _("Breaths"), "/min"),
        _tile(file, Channel.SEDATION, _("MOAA/S"), ""),
    ]  # fmt: skip


def _tile(file: SessionFile, channel: Channel, name: Words, unit: str, tone: str = "") -> Tile:
    read = file.newest.get(channel)
    value = plain(read.number) if read else "–"
    return Tile(name=name, value=value, unit=unit if read else "", at=_clock(read, file), tone=tone)


def _clock(read: Read | None, file: SessionFile) -> str:
    return clock(read.at, file.time_zone) if read else str(_("not read"))


def clock(at: datetime, time_zone: str) -> str:
    """What the clock on the wall showed."""
    return Instant(at).in_zone(time_zone).strftime("%H:%M")


def minutes_since(at: datetime, now: datetime) -> int:
    """Whole minutes that have gone."""
    return max(0, int((now - at).total_seconds() // 60))


RULES: dict[str, Words] = {
    "identity": gettext_lazy("name and birth date"),
    "consent": gettext_lazy("consent"),
    "blood-pressure": gettext_lazy("blood pressure"),
    "near-the-first-pressure": gettext_lazy("blood pressure beside the first"),
    "oxygen": gettext_lazy("oxygen saturation"),
    "heart-rate": gettext_lazy("heart rate"),
    "companion": gettext_lazy("somebody afterwards"),
    "pregnancy": gettext_lazy("pregnancy"),
    "suicide-risk": gettext_lazy("C-SSRS since the last contact"),
    "ate-at": gettext_lazy("when they last ate"),
    "drank-at": gettext_lazy("when they last drank"),
    "equipment": gettext_lazy("emergency equipment"),
    "time-since-the-dose": gettext_lazy("the end of the dose"),
    "awake": gettext_lazy("sedation by voice"),
    "steady": gettext_lazy("oriented and steady"),
    "instructed": gettext_lazy("instructions"),
}


def open_items(findings: Iterable[Finding]) -> list[Words]:
    """What nobody has answered or measured yet, in few words; the rest of the findings is shown whole."""
    return [RULES[one.rule] for one in findings if one.verdict is Verdict.UNKNOWN]


def due_in_words(due_at: datetime | None, now: datetime) -> tuple[str, str]:
    """When the next vitals are due, and the tone of that."""
    if due_at is None:
        return "", ""
    if now >= due_at:
        late = minutes_since(due_at, now)
        return _("BP due now") if late < 1 else _("BP %(n)d min late") % {"n": late}, "look"
    left = -(-int((due_at - now).total_seconds()) // 60)
    return _("next BP in %(n)d min") % {"n": left}, ""


def lines(file: SessionFile, after: int = 0) -> list[Line]:
    """The timeline's entries recorded after one number, the newest happening first."""
    struck = {entry.body["entry"] for _number, entry in file.entries if entry.name == kinds.STRUCK}
    found = [_line(number, entry, file, struck) for number, entry in file.entries if number > after]
    return sorted(found, key=lambda line: (line.happened_at, line.number), reverse=True)


def _line(number: int, entry: Entry, file: SessionFile, struck: Iterable[str]) -> Line:
    what, detail = _SAYS[entry.name](entry.body, file.time_zone)
    is_struck = str(entry.id) in struck
    strikable = entry.name in (kinds.VITALS_TAKEN, kinds.EVENT_NOTED)
    return Line(
        id=entry.id,
        number=number,
        happened_at=entry.happened_at.at,
        at=clock(entry.happened_at.at, file.time_zone),
        what=what,
        detail=detail,
        by=file.names.get(UUID(entry.by)) or str(_("a program")),
        tone=_tone(entry),
        is_struck=is_struck,
        may_be_struck=strikable and not is_struck and file.session.leaving is None,
    )


def _tone(entry: Entry) -> str:
    if entry.name == kinds.ALARM_RAISED:
        return TONES[Level(entry.body["level"])]
    return "look" if entry.name in (kinds.DOSE_STOPPED, kinds.DOSE_HELD) else ""


def _vitals(body: dict[str, Any], _zone: str) -> tuple[Words, Words]:
    numbers = body["numbers"]
    pressure = [numbers.get("systolic", "?"), numbers.get("diastolic", "?")]
    parts = ["/".join(pressure)] if {"systolic", "diastolic"} & numbers.keys() else []
    for name, word in (
        ("heart-rate", "HR"),
        ("oxygen-saturation", "SpO₂"),
        ("respiratory-rate", "RR"),
        ("sedation", "MOAA/S"),
    ):
        if name in numbers:
            parts.append(f"{word} {numbers[name]}")
    voice = [_("by voice")] if body["is_by_voice"] else []
    return _("Vitals"), " · ".join([*parts, *voice])


def _given(body: dict[str, Any], _zone: str) -> tuple[Words, Words]:
    over = _(" over %(span)s") % {"span": body["over"]} if "over" in body else ""
    return _("Dose given"), f"{body['amount']} {body['drug']} {body['route'].upper()}{over}"


def _noted(body: dict[str, Any], _zone: str) -> tuple[Words, Words]:
    return _EVENT_NAMES[body["what"]], body["words"]


def _left(body: dict[str, Any], _zone: str) -> tuple[Words, Words]:
    words = {"home": _("Went home"), "lodging": _("Went to the lodging"), "undosed": _("Left without a dose")}
    return words[body["how"]], body["companion"] or body["why"]


_SAYS: dict[str, Any] = {
    kinds.ARRIVED: lambda body, zone: (_("Arrived"), ""),
    kinds.CHECKED: lambda body, zone: (ITEMS[body["item"]], _answer(body, zone)),
    kinds.TIMED_OUT: lambda body, zone: (_("Time-out"), _("two people")),
    kinds.DOSE_GIVEN: _given,
    kinds.DOSE_ENDED: lambda body, zone: (_("Dose has run in"), ""),
    kinds.DOSE_STOPPED: lambda body, zone: (_("Dose stopped"), f"{body['amount_in']}: {body['why']}"),
    kinds.DOSE_HELD: lambda body, zone: (_("Dose held"), body["why"]),
    kinds.VITALS_TAKEN: _vitals,
    kinds.EVENT_NOTED: _noted,
    kinds.STRUCK: lambda body, zone: (_("Struck an entry"), body["why"]),
    kinds.ALARM_RAISED: lambda body, zone: (_("Alarm"), body["reason"]),
    kinds.ALARM_TAKEN: lambda body, zone: (_("Alarm taken"), body["done"]),
    kinds.MOVED_TO_RECOVERY: lambda body, zone: (_("Moved to recovery"), ""),
    kinds.LEFT: _left,
}


def _answer(body: dict[str, Any], zone: str) -> str:
    if body["item"] in ("ate-at", "drank-at"):
        return clock(Instant.parse(body["answer"]).at, zone)
    return str(body["answer"])


def needs_of(act: Acting, site: UUID, now: datetime) -> list[Need]:
    """What the day board says of sessions under way: alarms nobody has taken, vitals that are late."""
    if not act.standing.permits(Permission.SEE_DOSING_DAY, site):
        return []
    return [need for line in open_sessions(act, site) if (need := _need(line, now)) is not None]


def _need(line: SessionLine, now: datetime) -> Need | None:
    url = reverse("dosing_day:room", args=[line.id])
    if line.open_alarms:
        words = ngettext("{n} alarm waits for a person", "{n} alarms wait for a person", line.open_alarms)
        tone = "must" if line.level is Level.ACT else "look"
        said = words.format(n=line.open_alarms)
        return Need(who=line.person_name, what=said, act=Act(_("Open the room"), url), tone=tone)
    if line.due_at is not None and now >= line.due_at + timedelta(minutes=1):
        late = _("vitals %(n)d min late") % {"n": minutes_since(line.due_at, now)}
        return Need(who=line.person_name, what=late, act=Act(_("Open the room"), url), tone="look")
    return None
