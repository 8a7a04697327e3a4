"""One person's facts as a spec table tells them, and what one rule finds in them on the day of the tables."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from kap.screening.known import Known
from kap.screening.registry import packaged_rulebook
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.facts import Course, Fact, FactStatus
from kap.vocabulary.findings import Finding, Scope, worst_first

TODAY = date(2026, 11, 21)
ORIGIN = "Condition/c1#code"


def days_ago(days: int | None) -> date | None:
    """The day so many days before the day of the tables; tomorrow is -1."""
    return None if days is None else TODAY - timedelta(days=days)


def finding(rule: str, facts: Iterable[Fact | None]) -> Finding:
    """The worst that one rule, with the limits this version came with, finds in these facts."""
    return findings(rule, facts)[0]


def findings(rule: str, facts: Iterable[Fact | None]) -> tuple[Finding, ...]:
    """All that one rule finds in these facts, worst first."""
    known = Known([fact for fact in facts if fact is not None], TODAY)
    entries = packaged_rulebook().entries
    return worst_first(next(asked.findings(known, limits) for asked, limits in entries if asked.id == rule))


def entry(
    concept: str | None,
    course: Course | None = Course.ACTIVE,
    *,
    doubtful: bool = False,
    ago: int | None = 100,
) -> Fact | None:
    """One entry of a record; none where the table leaves the cell blank."""
    if concept is None:
        return None
    status = FactStatus.DOUBTFUL if doubtful else FactStatus.RECORDED
    return Fact(
        what=concept, value=concept, course=course, when=days_ago(ago), status=status, came_from=ORIGIN
    )


def told(concept: str | None, course: str | None, ago: int | None = 100) -> Fact | None:
    """One entry with its course as the tables tell it; a suspected one is not confirmed."""
    if concept is None or course is None:
        return None
    word, _, rest = course.partition(" ")
    is_suspected = word == "suspected"
    named = Course(rest or "active") if is_suspected else Course(course)
    return entry(concept, named, doubtful=is_suspected, ago=ago)


def no(concept: str, ago: int | None) -> Fact | None:
    """A no to one question, so many days ago; none where it was never asked."""
    return None if ago is None else entry(concept, Course.DENIED, ago=ago)


def reading(
    concept: str,
    value: Decimal | int | str | bool | None,
    ago: int | None,
    *,
    unit: str | None = None,
    upper_limit: Decimal | None = None,
    doubtful: bool = False,
) -> Fact | None:
    """One reading or plain answer; none where the table leaves the cell blank."""
    if value is None:
        return None
    return Fact(
        what=concept,
        value=value,
        unit=UcumUnit(unit) if unit else None,
        when=days_ago(ago),
        upper_limit=upper_limit,
        status=FactStatus.DOUBTFUL if doubtful else FactStatus.RECORDED,
        came_from="Observation/o1#value",
    )


def said(found: Finding) -> str:
    """A finding as the tables show it: its verdict, whether it binds today only, and what clears it."""
    binds = " today" if found.scope is Scope.TODAY else ""
    if found.clears_by is None:
        return f"{found.verdict.value}{binds}"
    return f"{found.verdict.value}{binds}: {found.clears_by.whose or found.clears_by.way.value}"
