"""Makes a protocol out of its document; a mistake in it is refused with file, line and a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import time
from typing import TypeVar

from kap.instruments.shelf import instrument_ids
from kap.protocols.checking import check
from kap.protocols.definition import (
    About,
    After,
    DaysAround,
    DoseRules,
    MeasureAt,
    Night,
    OnDay,
    Phase,
    Protocol,
    Rule,
    Session,
    SessionKind,
    Timing,
    WithinDose,
)
from kap.vocabulary.declared import Declared, declared
from kap.vocabulary.declared_sources import Sources, cited, sources_from
from kap.vocabulary.quantities import DosePerWeight
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.spans import Span
from kap.vocabulary.ucum import quantity_from

Amount = TypeVar("Amount", bound=Quantity)

_ABOUT = ("id", "version", "title", "effective_on", "describes", "drug", "routes")
_RULES = ("doses", "put_off", "night", "sources")
_COURSE = ("phases", "sessions", "measures")
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_DAY = re.compile(r"0|-?[1-9]\d{0,3}")


def protocol_from(file: str, text: str) -> Protocol:
    """Reads one protocol document.

    Raises: DeclarationError, with file and line, when anything in it is unknown, lacking or contradictory.
    """
    whole = declared(file, text)
    parts = whole.parts(needed=(*_ABOUT, *_RULES, *_COURSE))
    sources = sources_from(parts["sources"])
    made = Protocol(
        id=parts["id"].text(),
        version=parts["version"].whole(),
        about=_about(parts),
        phases=tuple(Phase(name.text(), title.text()) for name, title in parts["phases"].pairs()),
        sessions=tuple(_session(name, part, sources) for name, part in parts["sessions"].pairs()),
        doses=_doses(parts["doses"], sources),
        put_off=_rule(parts["put_off"], Span, sources),
        night=_night(parts["night"], sources),
        measures=tuple(_measure(name, part) for name, part in parts["measures"].pairs()),
        sources=sources,
    )
    places = parts["sessions"].named()
    check(made, lambda session, why: places.get(session, whole).wrong(why))
    return made


def _about(parts: Mapping[str, Declared]) -> About:
    return About(
        title=parts["title"].text(),
        describes=parts["describes"].text(),
        effective_on=parts["effective_on"].day(),
        drug=parts["drug"].one_of(Drug),
        routes=tuple(route.one_of(Route) for route in parts["routes"].listed()),
    )


def _doses(part: Declared, sources: Sources) -> DoseRules:
    given = part.parts(needed=("start", "over", "spacing", "usual_spacing"))
    return DoseRules(
        start=_rule(given["start"], DosePerWeight, sources),
        over=_rule(given["over"], Span, sources),
        spacing=_rule(given["spacing"], Span, sources),
        usual_spacing=_rule(given["usual_spacing"], Span, sources),
    )


def _night(part: Declared, sources: Sources) -> Night:
    given = part.parts(needed=("from", "to", "source"))
    night = Night(_hour(given["from"]), _hour(given["to"]), cited(given["source"], sources))
    if night.begins <= night.ends:
        raise part.wrong("a night begins on one day and ends on the next.")
    return night


def _rule(part: Declared, kind: type[Amount], sources: Sources) -> Rule[Amount]:
    given = part.parts(needed=("value", "source"))
    return Rule(_amount(given["value"], kind), cited(given["source"], sources))


def _amount(part: Declared, kind: type[Amount]) -> Amount:
    found = part.made(lambda: quantity_from(part.text()))
    if not isinstance(found, kind):
        raise part.wrong(f"expected a {kind.__name__}, in one of {', '.join(kind.UNITS)}.")
    return found


def _measure(name: Declared, part: Declared) -> MeasureAt:
    if name.text() not in instrument_ids():
        raise name.wrong(f"there is no instrument {name.text()!r} in the library.")
    return MeasureAt(name.text(), tuple(session.text() for session in part.listed()))


def _session(name: Declared, part: Declared, sources: Sources) -> Session:
    given = part.parts(
        needed=("kind", "phase", "title", "for"),
        optional=("day", "at", "after", "by", "window", "within", "needs"),
    )
    return Session(
        id=name.text(),
        kind=given["kind"].one_of(SessionKind),
        phase=given["phase"].text(),
        title=given["title"].text(),
        timing=Timing(
            when=_one_way(part, given, ("day", "at"), ("after", "by"), _when),
            length=_amount(given["for"], Span),
            window=_one_way(part, given, ("window",), ("within",), lambda ways: _window(ways, sources)),
        ),
        needs=tuple(need.text() for need in given["needs"].listed()) if "needs" in given else (),
    )


Made = TypeVar("Made")


def _one_way(
    part: Declared,
    found: Mapping[str, Declared],
    one: tuple[str, ...],
    other: tuple[str, ...],
    make: Callable[[Mapping[str, Declared]], Made],
) -> Made:
    given = {name: found[name] for name in (*one, *other) if name in found}
    if tuple(given) not in (one, other):
        raise part.wrong(f"give either {' and '.join(one)} or {' and '.join(other)}.")
    return make(given)


def _when(given: Mapping[str, Declared]) -> OnDay | After:
    if "after" in given:
        return After(given["after"].text(), _amount(given["by"], Span))
    return OnDay(_day(given["day"]), _hour(given["at"]))


def _window(given: Mapping[str, Declared], sources: Sources) -> DaysAround | WithinDose:
    if "window" in given:
        days = given["window"].parts(needed=("days_before", "days_after"))
        return DaysAround(days["days_before"].whole(), days["days_after"].whole())
    within = given["within"].parts(needed=("dose", "value", "source"))
    limit = Rule(_amount(within["value"], Span), cited(within["source"], sources))
    return WithinDose(within["dose"].text(), limit)


def _day(part: Declared) -> int:
    text = part.text()
    if not _DAY.fullmatch(text):
        raise part.wrong(f"expected a day of the protocol, a whole number, found {text!r}.")
    return int(text)


def _hour(part: Declared) -> time:
    text = part.text()
    if not _HOUR.fullmatch(text):
        raise part.wrong(f"expected an hour like 09:30, found {text!r}.")
    return time.fromisoformat(text)
