"""One session as the tables tell it: what was done at which minute, by the nurse and a second person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from kap.histories.acts import Act
from kap.histories.entries import Entry
from kap.monitoring import acts
from kap.monitoring.before_a_dose import Day, before_a_dose, packaged_before_a_dose
from kap.monitoring.session import Given, Session
from kap.monitoring.timeline import session_from
from kap.monitoring.vitals import BY_HAND, Channel, Vitals, packaged_channels
from kap.screening.registry import packaged_rulebook
from kap.vocabulary.facts import Fact
from kap.vocabulary.findings import Finding
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Mass
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.spans import Span

TODAY = date(2026, 11, 21)
ARRIVED_AT = Instant.parse("2026-11-21T09:00:00-07:00")
NURSE, SECOND = "nurse", "prescriber"
ORDER = UUID(int=900)

READY: Mapping[str, str] = {
    "identity": "yes",
    "consent": "yes",
    "companion": "escort",
    "pregnancy": "cannot become pregnant",
    "suicide-risk": "none",
    "ate-at": "2026-11-20T20:00:00-07:00",
    "drank-at": "2026-11-21T06:30:00-07:00",
    "equipment": "yes",
}
CALM: Mapping[str, int] = {
    "systolic": 124,
    "diastolic": 78,
    "heart-rate": 72,
    "oxygen-saturation": 98,
    "respiratory-rate": 14,
    "sedation": 5,
}


def at(minute: int | str | Decimal) -> Instant:
    """So many minutes after the arrival."""
    return ARRIVED_AT.plus(Span.minutes(minute))


def numbers(read: Mapping[str, object]) -> dict[Channel, Decimal]:
    """Numbers under the names of their channels; what is None was not read."""
    return {Channel(name): Decimal(str(number)) for name, number in read.items() if number is not None}


def vitals(
    read: Mapping[str, object], minute: int | str | Decimal = 0, *, id: int = 1, by_voice: bool = False
) -> Vitals:
    """One reading, so many minutes after the arrival."""
    return Vitals(entry=UUID(int=id), at=at(minute), numbers=numbers(read), is_by_voice=by_voice)


class Room:
    """A session being told: every call adds one entry, at the minute the room's clock shows."""

    def __init__(self) -> None:
        self.entries: list[Entry] = [acts.arriving(self.act(0, 1))]
        self.minute: int | str | Decimal = 0

    def act(self, minute: int | str | Decimal, id: int, by: str = NURSE) -> Act:
        """One act with its own id."""
        return Act(id=UUID(int=id), happened_at=at(minute), recorded_at=at(minute), by=by)

    def next(self, by: str = NURSE) -> Act:
        """The next act, at this minute."""
        return self.act(self.minute, len(self.entries) + 1, by)

    def at(self, minute: int | str | Decimal) -> Room:
        """The room so many minutes after the arrival."""
        self.minute = minute
        return self

    @property
    def session(self) -> Session:
        """The session as it stands."""
        return session_from(self.entries)

    def add(self, entry: Entry) -> Room:
        """The room after one more entry."""
        self.entries.append(entry)
        return self

    def answers(self, given: Mapping[str, str]) -> Room:
        """The room after these items were answered."""
        for item, answer in given.items():
            self.add(acts.answering(self.next(), self.session, item, answer))
        return self

    def reads(self, read: Mapping[str, object], *, by_voice: bool = False, confirmed: bool = True) -> Room:
        """The room after vital signs were charted."""
        act = self.next()
        taken = Vitals(
            entry=act.id, at=act.happened_at, numbers=numbers(read), is_by_voice=by_voice, came_from=BY_HAND
        )
        return self.add(
            acts.taking(act, self.session, taken, packaged_channels(), is_confirmed=confirmed)
        )  # fmt: skip

    def times_out(self) -> Room:
        """The room after two people agreed."""
        return self.add(acts.timing_out(self.next(), self.session, self.findings(), SECOND))

    def gives(self, given: Given | None = None) -> Room:
        """The room after a dose was begun."""
        return self.add(acts.giving(self.next(), self.session, given or infusion(), SECOND))

    def ends(self) -> Room:
        """The room after the running dose ran in."""
        running = self.session.running
        assert running is not None
        return self.add(acts.ending(self.next(), self.session, running.id))

    def day(self, *chart: Fact) -> Day:
        """What is known outside the session at this minute."""
        return Day(
            chart=chart,
            rulebook=packaged_rulebook(),
            limits=packaged_before_a_dose(),
            on=TODAY,
            at=at(self.minute),
        )

    def findings(self, *chart: Fact) -> tuple[Finding, ...]:
        """What must be so before a dose, at this minute."""
        return before_a_dose(self.session, self.day(*chart))


def ready() -> Room:
    """A room five minutes after an arrival at which everything was found in order."""
    return Room().at(5).answers(READY).reads(CALM)


def dosed(given: Given | None = None) -> Room:
    """A room ten minutes after the arrival, with a dose begun."""
    return ready().at(10).times_out().gives(given)


def recovering() -> Room:
    """A room in which the infusion has run in."""
    return dosed().at(50).ends()


def gone() -> Room:
    """A room somebody has left without a dose."""
    room = Room().at(20)
    return room.add(acts.leaving_undosed(room.next(), room.session, "Felt unwell, comes back on Monday."))


def infusion(order: UUID = ORDER) -> Given:
    """35 mg into a vein over 40 minutes."""
    return Given(
        order=order, drug=Drug.KETAMINE, amount=Mass.mg(35), route=Route.IV, over=Span.minutes(40)
    )  # fmt: skip


def by_route(route: Route) -> Given:
    """35 mg by one route; all at once where it is no infusion."""
    return infusion() if route is Route.IV else Given(
        order=ORDER, drug=Drug.KETAMINE, amount=Mass.mg(35), route=route
    )  # fmt: skip


def said(finding: Finding) -> str:
    """A finding as a table writes it: its verdict, and what clears it."""
    way = finding.clears_by
    return finding.verdict.value if way is None else f"{finding.verdict.value}: {way.way.value}"


def finding(findings: tuple[Finding, ...], rule: str) -> Finding:
    """The finding of one rule."""
    return next(one for one in findings if one.rule == rule)
