"""Turns a finding of the core into what the findings list shows."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.decimals import plain
from kap.vocabulary.facts import Fact, FactStatus, FactValue
from kap.vocabulary.findings import Finding
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.sources import AnySource, Source

from .parts import Act, Grounds, ShownFact, ShownFinding, Words

_PLACES, _FIGURES = 2, 3
_HOW_WELL = {
    FactStatus.RECORDED: "",
    FactStatus.CONFIRMED: _("confirmed"),
    FactStatus.DOUBTFUL: _("doubtful"),
    FactStatus.MISSING: _("not recorded"),
}


def shown_fact(fact: Fact) -> ShownFact:
    """A fact with its value, day and origin; a long number is shortened, and told whole in the origin.

    Missing: a missing fact says so in place of its value.
    """
    if fact.status is FactStatus.MISSING:
        return ShownFact(what=fact.what, value=_HOW_WELL[FactStatus.MISSING])
    when = formats.date_format(fact.when, "j M Y") if isinstance(fact.when, date) else str(fact.when or "")
    value = shortened(fact.value)
    whole = "" if value == fact.value else gettext("exactly {value}").format(value=fact.value)
    origin = [fact.came_from, str(_HOW_WELL[fact.status]), whole]
    return ShownFact(
        what=fact.what,
        value=f"{value}{_unit(fact)}",
        on=when,
        origin=", ".join(part for part in origin if part),
    )


def _unit(fact: Fact) -> str:
    """A space and the unit as it is read; nothing for a plain number."""
    if isinstance(fact.value, BloodPressure):
        return " mmHg"
    return f" {fact.unit}" if fact.unit and fact.unit.value != "1" else ""


def shortened(value: FactValue | None) -> FactValue | None:
    """Return a number as it is read: two decimals, or three figures below one; other values as they are.

    Rules never see it: a number is shortened for the eye alone.
    """
    match value:
        case Decimal():
            return _shortened(value)
        case Quantity():
            return type(value)(_shortened(value.value), value.unit)
        case BloodPressure():
            upper, lower = (n if n is None else _shortened(n) for n in (value.systolic, value.diastolic))
            return BloodPressure(upper, lower)
    return value


def _shortened(number: Decimal) -> Decimal:
    places = _PLACES if abs(number) >= 1 else _FIGURES - 1 - number.adjusted()
    step = Decimal(1).scaleb(-places)
    if not number or number == number.quantize(step):
        return number
    return Decimal(plain(number.quantize(step, ROUND_HALF_EVEN)))


def address_of_source(source: AnySource) -> str:
    """Where a source can be read; nothing where nobody has read it."""
    if not isinstance(source, Source):
        return ""
    return source.address if source.address.startswith("https://") else f"https://doi.org/{source.address}"


def shown_finding(finding: Finding, act: Act | None = None, answer: Words = "") -> ShownFinding:
    """A finding as it is read, with what can be done about it and the answer it was given."""
    because = finding.because
    return ShownFinding(
        verdict=finding.verdict.value,
        reason=because.reason,
        would_change_if=because.would_change_if,
        grounds=Grounds(
            rule=finding.rule,
            facts=tuple(shown_fact(fact) for fact in because.facts),
            source=because.source.citation,
            source_url=address_of_source(because.source),
            is_unverified=not because.source.verified,
        ),
        act=act,
        answer=answer,
    )
