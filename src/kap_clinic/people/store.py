"""Many rows at once: facts and what nobody understood, written by one statement each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from kap.histories.chain import canonical_text
from kap.screening.record import NotUnderstood
from kap.vocabulary.facts import Fact
from kap.vocabulary.sentences import Sentence
from kap_clinic.accounts.names import name_words
from kap_clinic.database.door import Acting
from kap_clinic.database.identity import new_id

from .models import NameWord
from .stored_facts import columns_of

# COPY is refused under row-level security; one INSERT of columns is as near as a guarded table lets us come.
_TEXTS = (
    "what", "value", "unit", "held_at", "local_day", "status", "course", "upper_limit", "came_from", "place",
)  # fmt: skip
_FACTS = """
    INSERT INTO people_recordedfact
        (id, what, value, unit, held_at, local_day, status, course, upper_limit, came_from, place,
         organization_id, person_id, source, brought_by_id, recorded_at, recorded_by)
    SELECT facts.*, %s, %s, %s, %s, %s, %s
    FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
                %s::text[], %s::text[], %s::text[], %s::text[]) AS facts
    ON CONFLICT DO NOTHING
"""
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('kap.imports ' || %s, 0))"
_NAMELESS = re.compile(r"(/|\[)entry-?\d+|Bundle\.entry\[")
_UNREAD = """
    INSERT INTO people_unread
        (id, came_from, place, why, organization_id, person_id, source, brought_by_id, recorded_at)
    SELECT parts.*, %s, %s, %s, %s, %s
    FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[]) AS parts
    ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """From where, by which import and when something is recorded."""

    source: str
    brought_by: UUID | None
    at: datetime


def add_facts(act: Acting, person: UUID, facts: Sequence[tuple[str, Fact]], origin: Origin) -> int:
    """Add facts to a chart, each with the place it stands on; return how many."""
    if not facts:
        return 0
    rows = [{**columns_of(fact), "place": place} for place, fact in facts]
    with connection.cursor() as cursor:
        cursor.execute(
            _FACTS,
            [
                act.organization, person, origin.source, origin.brought_by, origin.at, act.actor.id,
                [new_id() for _ in rows], *([row[name] for row in rows] for name in _TEXTS),
            ],
        )  # fmt: skip
        return int(cursor.rowcount)


def add_words(act: Acting, person: UUID, name: str) -> None:
    """Let every word of a name find its chart."""
    NameWord.objects.bulk_create(
        NameWord(organization_id=act.organization, person_id=person, word=word) for word in name_words(name)
    )


def end_places(act: Acting, person: UUID, places: Iterable[str], origin: Origin) -> None:
    """Let nothing stand any more on these places of a source; what stood there stays in the history."""
    ended = [(place, Fact.missing("ended")) for place in sorted(places)]
    add_facts(act, person, ended, origin)


def add_unread(act: Acting, person: UUID | None, parts: Sequence[NotUnderstood], origin: Origin) -> None:
    """Keep what nobody understood, with the reason."""
    if not parts:
        return
    told = [part.came_from for part in parts]
    with connection.cursor() as cursor:
        cursor.execute(
            _UNREAD,
            [
                act.organization, person, origin.source, origin.brought_by, origin.at,
                [new_id() for _ in parts], told, [place_of(one, origin.brought_by) for one in told],
                [written_sentence(part.why) for part in parts],
            ],
        )  # fmt: skip


def place_of(came_from: str, brought_by: UUID | None) -> str:
    """Return the entry of a record an origin lies in: `Condition/c1` of `Condition/c1#code`.

    An entry without an id is named by its place in one file: another file's must not replace it.
    """
    entry = came_from.partition("#")[0]
    return f"{brought_by}/{entry}" if _NAMELESS.search(entry) else entry


def hold_imports(act: Acting) -> None:
    """Let only one file be placed at a time, so that two cannot open a chart for the same person."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [str(act.organization)])


def written_sentence(words: Sentence) -> str:
    """Write a reason as its template and its values."""
    return canonical_text([words.template, {name: str(value) for name, value in words.values.items()}])
