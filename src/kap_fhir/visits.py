"""Reasons given for visits and procedures; they matter where the problem list is silent about the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kap.screening.record import NotUnderstood
from kap.vocabulary.facts import Fact
from kap_fhir import recognizing
from kap_fhir.conditions import concepts_told, facts_of, reasons_of
from kap_fhir.entries import Entry
from kap_fhir.medicines import NO_STATUS
from kap_fhir.references import Names
from kap_fhir.standing import BY_STATUS, Standing, status_of
from kap_fhir.when import When, first_said


def read_visit(entry: Entry, names: Names, on: date | None) -> Iterator[Fact | NotUnderstood]:
    """What somebody suspected on the day of a visit; a reason is never sure."""
    yield from _read(entry, names, first_said(entry.resource, "period"))


def read_procedure(entry: Entry, names: Names, on: date | None) -> Iterator[Fact | NotUnderstood]:
    """What a procedure itself tells of, and the reasons given for it."""
    done = first_said(entry.resource, "performedDateTime", "performedPeriod")
    yield from _read(entry, names, done, ("code", entry.resource.get("code")))


def _read(
    entry: Entry, names: Names, when: When, *more: tuple[str, object]
) -> Iterator[Fact | NotUnderstood]:
    status = status_of(entry.kind, entry.resource)
    if status not in BY_STATUS[entry.kind]:
        yield entry.unclear("status", NO_STATUS)
        return
    standing = BY_STATUS[entry.kind][status]
    if standing is None:
        return
    doubted = Standing(standing.course, is_sure=False)
    for element, concept in (*more, *reasons_of(entry)):
        if any(known.is_by_name for known in recognizing.condition(concept)):
            continue  # a test for a thing, and the fear of it, are called after it too
        for found in facts_of(entry, element, concept, doubted, when):
            # An unknown reason is no gap in the record: the visit is kept as it is.
            if isinstance(found, Fact) and found.what not in _on_the_problem_list(entry, names):
                yield found


def _on_the_problem_list(entry: Entry, names: Names) -> frozenset[str]:
    person = names.person_of(entry)
    return names.told_of(person, concepts_told) if isinstance(person, Entry) else frozenset()
