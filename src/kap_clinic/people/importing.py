"""A file becomes charts: received, its possible duplicates answered by a person, then written at once."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid5

from django.utils import timezone

from kap.people.permissions import Permission
from kap.screening.record import NotUnderstood
from kap.vocabulary.errors import Refused
from kap.vocabulary.facts import Fact
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.accounts.names import sort_name_of
from kap_clinic.accounts.shown import house_today
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.identity import new_id
from kap_clinic.keys.sealing import open_text, seal_text

from . import store
from .actions import add_change
from .births import compare_birth
from .contacts import seal_contact
from .discarding import take_up_again, waiting_file
from .duplicates import PossibleDuplicate, Sought, external_id, possible_duplicates
from .incoming import Incoming, Newcomer, labels_in, read_file
from .journey import REFERRAL
from .models import ExternalIdentifier, Import, Person
from .queries import standing_places
from .store import Origin, place_of

_UNANSWERED = sentence("Say of each person whether they have a chart already.")
_NO_CHOICE = sentence("Choose one of the charts offered, or another person.")
_DISCARDED = sentence("This file was put aside. Send it again to place its people.")
_NO_SOURCE = sentence("Say who sent this, for example the practice's name.")

_TABLE, _COLUMN = "people_import", "file_sealed"
Answers = Mapping[str, UUID | None]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One person of a file, with the charts that may be theirs."""

    newcomer: Newcomer
    candidates: Sequence[PossibleDuplicate]


@dataclass(frozen=True, kw_only=True)
class Received:
    """What became of a file: written now, written before, or waiting for answers.

    Shape: ``is_new`` says that this very call received or wrote it.
    """

    id: UUID
    is_new: bool
    is_written: bool
    questions: Sequence[Question] = ()
    notes: Sequence[Sentence] = ()


def receive_file(
    *, organization: UUID, by: Actor, content: bytes, source: str, answers: Answers | None = None
) -> Received:
    """Take a file in and write it, unless somebody in it may have a chart already; the same file once.

    Raises: Refused; InputError when the file cannot be read.
    """
    with acting(organization, by, "people.receive_file") as act:
        act.require(Permission.OPEN_CHARTS)
        source = source.strip()[:120]
        if not source:
            raise Refused(_NO_SOURCE)
        digest = sha256(content).hexdigest()
        id = uuid5(organization, f"import\n{source}\n{digest}")
        act.about(id)
        store.hold_imports(act)
        found = Import.objects.filter(id=id).first()
        if found is not None and found.written_at is not None:
            return Received(id=id, is_new=False, is_written=True)
        incoming = read_file(content, house_today())
        row = found or _row(act, id, digest, source, content, incoming)
        take_up_again(row)
        return _answered(act, row, content, incoming, answers or {}, is_new=found is None)


def place_people(*, organization: UUID, by: Actor, id: UUID, answers: Answers) -> Received:
    """Write a file that waited, each person into the chart that was chosen or into a new one.

    Raises: Refused when somebody is not answered; nothing is written then.
    """
    with acting(organization, by, "people.place_people") as act:
        act.require(Permission.OPEN_CHARTS)
        act.about(id)
        store.hold_imports(act)
        row = waiting_file(act, id)
        if row.written_at is not None:
            return Received(id=id, is_new=False, is_written=True)
        if row.discarded_at is not None:
            raise Refused(_DISCARDED)
        content = _content(act, row)
        incoming = read_file(content, house_today())
        written = _answered(act, row, content, incoming, answers, is_new=False)
        if not written.is_written:
            raise Refused(_UNANSWERED)
        return written


def questions_of(act: Acting, id: UUID) -> Received:
    """Return who in a waiting file may have a chart already.

    Raises: Refused.
    """
    act.require(Permission.OPEN_CHARTS)
    row = waiting_file(act, id)
    if row.written_at is not None:
        return Received(id=id, is_new=False, is_written=True)
    incoming = read_file(_content(act, row), house_today())
    questions, _ = _asked(act, row.source, incoming, {})
    return Received(id=id, is_new=False, is_written=False, questions=questions, notes=incoming.notes)


def _answered(
    act: Acting, row: Import, content: bytes, incoming: Incoming, answers: Answers, *, is_new: bool
) -> Received:
    questions, charts = _asked(act, row.source, incoming, answers)
    if questions:
        return Received(id=row.id, is_new=is_new, is_written=False, questions=questions, notes=incoming.notes)
    _write(act, row, content, incoming, charts)
    return Received(id=row.id, is_new=True, is_written=True, notes=incoming.notes)


def _asked(
    act: Acting, source: str, incoming: Incoming, answers: Answers
) -> tuple[list[Question], dict[str, UUID | None]]:
    """Return who is not answered yet, and the chart of everybody else; None is a new one."""
    sought = [
        Sought(name=one.who.name, birth=one.who.birth, identifiers=_names(source, one))
        for one in incoming.people
    ]
    questions, charts = [], {}
    for one, found in zip(incoming.people, possible_duplicates(act, sought), strict=True):
        certain = [same.person for same in found if same.is_certain]
        if one.key in answers:
            charts[one.key] = _chosen(answers[one.key], found)
        elif len(certain) == 1:
            charts[one.key] = certain[0]
        elif found:
            questions.append(Question(newcomer=one, candidates=found))
        else:
            charts[one.key] = None
    return questions, charts


def _chosen(chosen: UUID | None, found: Sequence[PossibleDuplicate]) -> UUID | None:
    if chosen is not None and chosen not in {one.person for one in found}:
        raise Refused(_NO_CHOICE)
    return chosen


def _names(source: str, one: Newcomer) -> tuple[tuple[str, str, str], ...]:
    own = ((source, "Patient", one.key),) if one.has_id else ()
    return (*own, *one.identifiers)


def _write(
    act: Acting, row: Import, content: bytes, incoming: Incoming, charts: Mapping[str, UUID | None]
) -> None:
    at = timezone.now()
    origin = Origin(source=row.source, brought_by=row.id, at=at)
    known = {chart for chart in charts.values() if chart is not None}
    labels = labels_in(content) if any(standing_places(act, one, row.source) for one in known) else set()
    for one in incoming.people:
        chart = charts[one.key]
        person = chart or _new_chart(act, one, at)
        act.about(person)
        facts = [(place_of(fact.came_from, row.id), fact) for fact in one.facts]
        if chart is not None:
            _end_what_is_gone(act, person, labels, facts, origin)
            compare_birth(act, person, one.who.birth, row.source)
            add_change(act, person, "records", row.source)
        store.add_facts(act, person, facts, origin)
        store.add_unread(act, person, one.unread, origin)
        _keep_names(act, person, _names(row.source, one), row.id, at)
    store.add_unread(act, None, incoming.unplaced, origin)
    row.written_at, row.written_by = at, act.actor.id
    row.save(update_fields=["written_at", "written_by"])


def _end_what_is_gone(
    act: Acting, person: UUID, labels: set[str], facts: Sequence[tuple[str, Fact]], origin: Origin
) -> None:
    # An entry that came again and says nothing any more was taken back: what it said must not stand.
    gone = standing_places(act, person, origin.source) & labels - {place for place, _ in facts}
    store.end_places(act, person, gone, origin)


def _new_chart(act: Acting, one: Newcomer, at: datetime) -> UUID:
    id, who = new_id(), one.who
    Person.objects.create(
        id=id, organization_id=act.organization, name=who.name, sort_name=sort_name_of(who.name),
        birth=who.birth, sex=who.sex, pronouns=who.pronouns, language=who.language, stage=REFERRAL,
        contact_sealed=seal_contact(act, who.contact, "people_person", id), opened_at=at,
        opened_by=act.actor.id,
    )  # fmt: skip
    store.add_words(act, id, who.name)
    add_change(act, id, "opened", REFERRAL)
    return id


def _keep_names(
    act: Acting, person: UUID, names: Sequence[tuple[str, str, str]], brought_by: UUID, at: datetime
) -> None:
    rows = [
        ExternalIdentifier(
            id=external_id(act.organization, *name), organization_id=act.organization, person_id=person,
            system=name[0], kind=name[1], value=name[2], brought_by_id=brought_by, recorded_at=at,
        )
        for name in dict.fromkeys(names)
    ]  # fmt: skip
    ExternalIdentifier.objects.bulk_create(rows, ignore_conflicts=True)


def _row(act: Acting, id: UUID, digest: str, source: str, content: bytes, incoming: Incoming) -> Import:
    packed = content if content[:2] == b"\x1f\x8b" else gzip.compress(content, 1, mtime=0)
    sealed = seal_text(act, base64.b64encode(packed).decode(), table=_TABLE, column=_COLUMN, row=id)
    return Import.objects.create(
        id=id, organization_id=act.organization, digest=digest, source=source, form=incoming.form,
        file_sealed=sealed, people=len(incoming.people), resources=incoming.resources,
        understood=incoming.understood, facts=sum(len(one.facts) for one in incoming.people),
        unread=len(_unread(incoming)), unused=json.dumps(incoming.unused, sort_keys=True),
        received_at=timezone.now(), received_by=act.actor.id,
    )  # fmt: skip


def _unread(incoming: Incoming) -> list[NotUnderstood]:
    return [*(part for one in incoming.people for part in one.unread), *incoming.unplaced]


def _content(act: Acting, row: Import) -> bytes:
    return gzip.decompress(
        base64.b64decode(open_text(act, row.file_sealed, table=_TABLE, column=_COLUMN, row=row.id))
    )
